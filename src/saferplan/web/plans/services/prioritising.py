"""Choosing priorities: the candidates, what counts how much, and what was agreed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.plans.priorities import CRITERIA, shares_of
from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.plans.candidates import drawn_from
from saferplan.web.plans.evidence import published_by
from saferplan.web.plans.matrix import matrix_of, problems_of, weighting_of
from saferplan.web.plans.models import Era, NotChosen, Priority, Problem, Weighting
from saferplan.web.plans.permissions import check_can_choose, check_can_write

Values = dict[str, dict[str, Any]]


@transaction.atomic
def draw_problems(partnership: Partnership, *, by: Person) -> tuple[int, int]:
    """
    Take candidates from the newest published assessment.

    Returns how many are new, and how many had newer figures. What somebody typed stays.
    """
    check_can_write(by, partnership)
    assessment = published_by(partnership)
    if assessment is None:
        raise NotAllowed(
            "No assessment is published yet. Publish one, or add candidates by hand."
        )
    there = {each.title: each for each in partnership.problems.select_for_update()}
    added = renewed = 0
    for drawn in drawn_from(assessment):
        problem = there.get(drawn.title)
        if problem is None:
            Problem.objects.create(
                partnership=partnership,
                title=drawn.title,
                finding=drawn.finding,
                values=drawn.values,
                by=by,
                at=timezone.now(),
            )
            added += 1
            continue
        values = {**problem.values, **replaced(problem.values, drawn.values)}
        if (values, drawn.finding) != (problem.values, problem.finding):
            problem.values, problem.finding = values, drawn.finding
            problem.edition += 1
            problem.save()
            renewed += 1
    if added or renewed:
        tell("took candidates for priority from", str(assessment), partnership, by=by)
    return added, renewed


def replaced(before: Values, drawn: Values) -> Values:
    """The drawn values, but for those that somebody typed."""
    return {
        name: value
        for name, value in drawn.items()
        if name not in before or before[name].get("drawn")
    }


@transaction.atomic
def save_problem(
    partnership: Partnership,
    *,
    title: str,
    by: Person,
    source: str = "",
    finding: dict[str, Any] | None = None,
    values: Values | None = None,
    problem: Problem | None = None,
    seen: int = 0,
) -> Problem:
    """
    Add a candidate, or change one.

    seen  the edition this person was looking at, of one that is there already

    Raises NotAllowed if `by` may not, neither a finding nor a source is given, a value
    has no source, the name is taken, or somebody else changed it meanwhile.
    """
    check_can_write(by, partnership)
    title, finding, values = title.strip(), finding or {}, values or {}
    check_has_sources(title, source, finding, values)
    same = partnership.problems.filter(title__iexact=title)
    if problem is not None:
        same = same.exclude(pk=problem.pk)
    if same.exists():
        raise NotAllowed(f"There is a candidate called {title} already.")
    if problem is None:
        problem = Problem(partnership=partnership)
    else:
        problem = Problem.objects.select_for_update().get(pk=problem.pk)
        if problem.edition != seen:
            raise NotAllowed(
                "Somebody else has changed this candidate since you opened it. What "
                "you typed is below and not saved. Look at theirs in another tab first."
            )
        problem.edition += 1
    problem.title, problem.source = title, source.strip()
    problem.finding, problem.values = finding, values
    problem.by, problem.at = by, timezone.now()
    problem.save()
    tell("wrote a candidate for priority", title, partnership, by=by)
    return problem


def check_has_sources(
    title: str, source: str, finding: dict[str, Any], values: Values
) -> None:
    if not finding and not source.strip():
        raise NotAllowed(
            f"Say where {title} comes from: a finding, or a source in your words."
        )
    for name, said in values.items():
        if said.get("value") is not None and not said.get("source", "").strip():
            raise NotAllowed(f"Say where the {CRITERIA[name][0].lower()} comes from.")


@transaction.atomic
def set_aside(problem: Problem, *, why: str, by: Person) -> None:
    """Take a candidate off the list, with the reason; without one, put it back."""
    check_can_write(by, problem.partnership)
    problem.set_aside_at = timezone.now() if why.strip() else None
    problem.set_aside_why = why.strip()
    problem.save(update_fields=["set_aside_at", "set_aside_why"])
    what = "set a candidate aside" if why.strip() else "put a candidate back"
    tell(what, problem.title, problem.partnership, by=by, reason=why.strip())


@transaction.atomic
def set_weights(
    partnership: Partnership,
    *,
    weights: dict[str, float],
    scoring: str,
    places: int,
    why: str,
    by: Person,
) -> Weighting:
    """Say what each criterion counts. What was said before stays in the table."""
    check_can_write(by, partnership)
    shares_of(weights)  # says what is wrong with them
    if not why.strip():
        raise NotAllowed("Say why these weights. Whoever is not chosen will ask.")
    made = Weighting.objects.create(
        partnership=partnership,
        weights=weights,
        scoring=scoring,
        places=places,
        why=why.strip(),
        by=by,
        at=timezone.now(),
    )
    tell("set the weights of priorities", str(made), partnership, by=by, reason=why)
    return made


@dataclass(frozen=True)
class Chosen:
    """A candidate made a priority, with what it needs to be one."""

    problem: Problem
    why: str
    measure: str
    view: str
    view_source: str
    target: str = ""
    evidence_gap: str = ""


@transaction.atomic
def begin_era(
    partnership: Partnership,
    *,
    begins: date,
    ends: date,
    rationale: str,
    agreed: str,
    review_on: date,
    chosen: list[Chosen],
    not_chosen: dict[Problem, str],
    by: Person,
) -> Era:
    """
    Record the priorities that were agreed, with the matrix as it stands.

    not_chosen  why each other candidate was not

    Those in force on the day these begin end the day before, and stay readable. Raises
    NotAllowed if `by` may not, a priority rests on nothing, or a reason is missing.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    check_can_choose(by, partnership)
    problems = problems_of(partnership)
    check_era(partnership, begins, ends, review_on)
    if not rationale.strip() or not agreed.strip():
        raise NotAllowed("Say why these priorities, who agreed, and where.")
    check_choice(problems, chosen, not_chosen)
    era = Era.objects.create(
        partnership=partnership,
        begins=begins,
        ends=ends,
        rationale=rationale.strip(),
        agreed=agreed.strip(),
        review_on=review_on,
        matrix=matrix_of(problems, weighting_of(partnership)),
        by=by,
        at=timezone.now(),
    )
    for number, one in enumerate(chosen, start=1):
        Priority.objects.create(
            era=era,
            number=number,
            title=one.problem.title,
            why=one.why.strip(),
            measure=one.measure.strip(),
            target=one.target.strip(),
            finding=one.problem.finding,
            evidence_gap=one.evidence_gap.strip(),
            view=one.view.strip(),
            view_source=one.view_source.strip(),
        )
    NotChosen.objects.bulk_create(
        NotChosen(era=era, title=each.title, why=why.strip(), finding=each.finding)
        for each, why in not_chosen.items()
    )
    for other in partnership.eras.filter(begins__lt=begins):
        if other.last_day >= begins:
            Era.objects.filter(pk=other.pk).update(replaced_on=begins)
    record_event(
        "recorded the priorities agreed",
        str(era),
        by=by,
        partnership=partnership,
        audience=Audience.MEMBERS,
        link=reverse("plans:era", args=[era.pk]),
        detail={"reason": era.agreed},
    )
    return era


def check_era(
    partnership: Partnership, begins: date, ends: date, review_on: date
) -> None:
    if ends <= begins:
        raise NotAllowed("The last day must come after the first.")
    if not begins <= review_on <= ends:
        raise NotAllowed("The review must be between the first and the last day.")
    later = partnership.eras.filter(begins__gte=begins).order_by("begins").first()
    if later:
        raise NotAllowed(
            f"Priorities from {later.begins:%-d %B %Y} are recorded already. These "
            f"must begin after that day."
        )


def check_choice(
    problems: list[Problem], chosen: list[Chosen], not_chosen: dict[Problem, str]
) -> None:
    if not chosen:
        raise NotAllowed("Choose at least one priority.")
    named = {one.problem.pk for one in chosen} | {each.pk for each in not_chosen}
    left = [each.title for each in problems if each.pk not in named]
    silent = left + [each.title for each, why in not_chosen.items() if not why.strip()]
    if silent:
        raise NotAllowed(f"Say why {silent[0]} was not chosen.")
    for one in chosen:
        needed = {
            "why it was chosen": one.why,
            "how anybody can tell that it worked": one.measure,
            "what people say of it": one.view,
            "where they said it": one.view_source,
            "what it rests on, as no finding speaks of it": one.evidence_gap
            or one.problem.finding,
        }
        missing = [name for name, said in needed.items() if not said]
        if missing:
            raise NotAllowed(f"Say of {one.problem.title} {missing[0]}.")


def tell(
    what: str, subject: str, partnership: Partnership, *, by: Person, reason: str = ""
) -> None:
    record_event(
        what,
        subject,
        by=by,
        partnership=partnership,
        link=reverse("plans:compare"),
        detail={"reason": reason} if reason else {},
    )
