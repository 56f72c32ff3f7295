"""Who was heard, group by group, while there is still time to hear others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import MethodError, NotAllowed
from saferplan.web.consultations.models import (
    AboutPerson,
    Consultation,
    Outreach,
    Population,
    Question,
)
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.responding import owner_of
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person

Row = dict[str, Any]


def days_left(consultation: Consultation) -> int:
    """Whole days until the close; none after it."""
    return max(0, (consultation.closes_at - timezone.now()).days)


def heard_by_group(question: Question) -> tuple[Counter[str], int]:
    """
    Count people by what they said of themselves, and those who did not say.

    Only individuals whose response counts: an organisation is no person, and one that
    was late or taken back is in no share. This goes from each response to its own
    keyed digest, never the other way.
    """
    counted = question.consultation.responses.counted().individuals()
    owners = {owner_of(token) for token in counted.values_list("token", flat=True)}
    said: Counter[str] = Counter()
    answered = 0
    for about in AboutPerson.objects.filter(question=question):
        if about.owner in owners:
            answered += 1
            said.update(about.chosen[:1])
    return said, len(owners) - answered


def participation_of(question: Question) -> Row | None:
    """
    Return how each group's share of answers compares with its share of residents.

    None while nobody has said how many of each live here; {"problem": ...} where no
    answer can be given.
    """
    population = Population.objects.filter(question=question).first()
    if population is None:
        return None
    # Two seconds to import, and only here.
    import pandas as pd

    from saferplan.methods.participation import participation

    # In the order in which they are asked: a database need not keep a mapping's.
    living = population.people
    people = pd.Series(
        {each: living[each] for each in question.options if each in living}, dtype=float
    )
    said, silent = heard_by_group(question)
    outside = sum(count for option, count in said.items() if option not in people)
    try:
        found = participation(
            pd.Series({group: said[group] for group in people.index}, dtype=float),
            people,
            not_stated=silent + outside,
        )
    except MethodError as reason:
        return {"problem": str(reason)}
    return {
        "source": population.source,
        "groups": [
            {
                "group": str(group),
                **{
                    name: None if pd.isna(row[name]) else float(row[name])
                    for name in (
                        *("respondents", "share", "population_share"),
                        *("index", "lower", "upper", "needed"),
                    )
                },
                "verdict": row["verdict"],
                "caution": row["caution"],
            }
            for group, row in found.groups.iterrows()
        ],
        "missing": list(found.missing),
        "unheard": list(found.unheard),
        "cautions": list(found.cautions),
    }


def gaps_in(found: Row, done: Iterable[Outreach]) -> list[Row]:
    """
    Return each group heard too little, with what was done so that it is heard.

    found  as `participation_of` returns it
    """
    short = {*found["missing"], *found["unheard"]}
    logged = list(done)
    return [
        {**group, "done": [each for each in logged if each.group == group["group"]]}
        for group in found["groups"]
        if group["group"] in short
    ]


def by_week(consultation: Consultation) -> list[tuple[date, int]]:
    """Count responses by the week in which they came, each by its first day."""
    opened = timezone.localdate(consultation.opens_at)
    weeks: Counter[int] = Counter()
    sent = consultation.responses.counted().values_list("sent_at", flat=True)
    for moment in sent:
        weeks[max(0, (timezone.localdate(moment) - opened).days // 7)] += 1
    last = min(consultation.closes_at, max(timezone.now(), consultation.opens_at))
    known = max([(timezone.localdate(last) - opened).days // 7, *weeks])
    return [(opened + timedelta(weeks=week), weeks[week]) for week in range(known + 1)]


def sensitivity_of(question: Question, option: str) -> Row | None:
    """
    Return the share that chose `option`, as it is and weighted to who lives here.

    A check of how much the share depends on who answered; never the figure itself. The
    weights are worked out and dropped: nothing that joins a person to an answer stays.
    None where too little is known.
    """
    margins = {
        each.key: each.population.people
        for each in question.consultation.questions.filter(
            apart=True, population__isnull=False
        ).select_related("population")
    }
    if not margins:
        return None
    import pandas as pd

    from saferplan.methods.weighting import rake, sensitivity

    frame, chose = people_and_answers(question, option, margins)
    # Only who answered this question is weighted: the others say nothing of it.
    frame, chose = frame[chose.notna()], chose.dropna()
    try:
        weights = rake(
            frame, {key: pd.Series(of, dtype=float) for key, of in margins.items()}
        )
        found = sensitivity(chose, weights)
    except MethodError as reason:
        return {"problem": str(reason)}
    plain, weighted = (found.shares.loc[name] for name in ("unweighted", "weighted"))
    if pd.isna(plain["share"]) or pd.isna(weighted["share"]):
        return {"problem": "Too few people answered for a share."}
    return {
        "option": option,
        "asked": int(plain["asked"]),
        "plain": [float(plain[name]) for name in ("share", "lower", "upper")],
        "weighted": [float(weighted[name]) for name in ("share", "lower", "upper")],
        "effective": float(weights.effective),
        "cautions": list(found.cautions),
    }


def people_and_answers(
    question: Question, option: str, margins: Mapping[str, Any]
) -> tuple[Any, Any]:
    import pandas as pd

    responses = question.consultation.responses.counted().individuals()
    tokens = dict(responses.values_list("pk", "token"))
    about: dict[str, dict[str, str]] = {}
    rows = AboutPerson.objects.filter(question__key__in=margins).select_related(
        "question"
    )
    for row in rows.filter(consultation=question.consultation):
        chosen = row.chosen[0] if row.chosen else ""
        if chosen in margins[row.question.key]:
            about.setdefault(row.owner, {})[row.question.key] = chosen
    said = dict(
        question.answers.filter(response__in=tokens).values_list("response", "chosen")
    )
    index = sorted(tokens)
    frame = pd.DataFrame(
        [about.get(owner_of(tokens[pk]), {}) for pk in index],
        index=index,
        columns=list(margins),
    )
    chose = pd.Series(
        [float(option in said[pk]) if pk in said else None for pk in index],
        index=index,
        dtype=float,
    )
    return frame, chose


@transaction.atomic
def keep_population(
    question: Question, people: Mapping[str, int], *, source: str, by: Person
) -> Population:
    """Say how many of each group live here. Raises NotAllowed without a source."""
    check_can_read(by, question.consultation)
    if len(people) < 2:
        raise NotAllowed("Give a number for at least two groups.")
    if not source.strip():
        raise NotAllowed("Say where the numbers are from, and of when.")
    kept, _ = Population.objects.update_or_create(
        question=question,
        defaults={
            "people": dict(people),
            "source": source.strip(),
            "by": by,
            "at": timezone.now(),
        },
    )
    tell(question.consultation, f"set residents against “{question}” of", by=by)
    return kept


@transaction.atomic
def log_outreach(
    question: Question,
    group: str,
    *,
    what: str,
    on: date,
    reached: int | None = None,
    by: Person,
) -> Outreach:
    """Note what was done so that a group is heard."""
    check_can_read(by, question.consultation)
    if group not in question.options:
        raise NotAllowed("That is no group of this question.")
    logged = Outreach.objects.create(
        consultation=question.consultation,
        question=question,
        group=group,
        what=what.strip(),
        on=on,
        reached=reached,
        by=by,
        at=timezone.now(),
    )
    tell(question.consultation, f"reached out to {group} on", by=by)
    return logged


def tell(consultation: Consultation, what: str, *, by: Person) -> None:
    record_event(
        what[:100],
        str(consultation),
        by=by,
        partnership=consultation.partnership,
        link=reverse("consultations:heard", args=[consultation.pk]),
    )
