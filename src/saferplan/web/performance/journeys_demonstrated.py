"""The demonstration's journey maps: one for all to read, one being written."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.performance.journey_map import asked, steps_of
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.models.journey import JourneyMap, JourneyStep
from saferplan.web.performance.services.answering import Outcome, answer
from saferplan.web.performance.services.journeys import (
    add_indicator,
    begin,
    change_step,
    publish,
)

# Invented waits, in days at the median, with how long each may be.
WAITS = {
    "First contact, and needs assessed": (1.5, 2),
    "Support from an adviser": (38, 14),
    "Decision to charge": (44, None),
    "First hearing": (31, 28),
    "Trial": (112, None),
}
SAYS = "Partnership’s own count, last quarter"
# What the partnership counts, or others in it, beside what is usual.
COUNTED = {
    "Support from an adviser": [
        ("Victims who stay with their adviser to the end", "up"),
    ],
    "Investigation": [("Cases closed within 30 days", "up")],
    "Decision to charge": [("Cases closed within 30 days", "down")],
    "Harmed again, or not": [("Homes burgled again within a year", "down")],
}
# Those that count everybody who comes to a step.
HOW_MANY = {
    "The crime is recorded": "Domestic abuse offences recorded",
    "Support from an adviser": "Referrals to independent advisers",
    "Investigation": "Domestic abuse offences investigated to a decision",
    "Decision to charge": "Defendants charged with domestic abuse",
    "First hearing": "Defendants at a first hearing for domestic abuse",
    "Outcome": "Defendants convicted of domestic abuse",
}
# What agencies answered to the questions of a kind, by the step they are about; None
# where they were asked and could not tell.
ANSWERS = {
    ("wait too long", "Support from an adviser"): (
        "Two of five advisers’ posts were empty from March to July. Both are filled.",
        "Victim service, quarterly report",
    ),
    ("step without indicator", "After-care and restorative justice"): (
        None,
        "Victim service, when asked in the partnership’s meeting",
    ),
}
ANSWERED_AGO = 45  # days
APART = {
    "Needs as a victim assessed": "Seen at another address and on another day than "
    "perpetrator programmes.",
    "At court, on either side": "Separate entrances and waiting rooms, asked for when "
    "the hearing is listed.",
}


@transaction.atomic
def make_journeys(partnership: Partnership, say: Callable[[str], None]) -> None:
    """Make the maps, unless that was done."""
    if partnership.journeys.exists():
        return
    say("Mapping journeys")
    people = Person.objects.filter(memberships__partnership=partnership)
    head = people.get(memberships__role=Role.HEAD)
    analyst = people.get(memberships__role=Role.ANALYST)
    victim = begin(partnership, "victim", by=analyst)
    for title, (wait, limit) in WAITS.items():
        change(victim, title, by=analyst, wait=wait, wait_source=SAYS, limit=limit)
    kept = {each.title: each for each in partnership.indicators.all()}
    for title, counted in COUNTED.items():
        step = victim.steps.get(title=title)
        for name, better in counted:
            add_indicator(
                step,
                title=name,
                better=better,
                indicator=kept.get(name),
                by=analyst,
            )
    for title, name in HOW_MANY.items():
        if name in kept:
            tell_how_many(victim, title, kept[name], by=analyst)
    answer_some(victim, by=analyst)
    publish(victim, public=True, by=head)
    dual = begin(partnership, "dual role", by=analyst)
    for title, rule in APART.items():
        change(dual, title, by=analyst, apart=rule)


def change(made: JourneyMap, title: str, *, by: Person, **words: Any) -> None:
    step = made.steps.get(title=title)
    before: JourneyStep | None = made.steps.filter(number__lt=step.number).last()
    change_step(step, seen=step.edition, after=before, by=by, **words)


def tell_how_many(
    made: JourneyMap, title: str, indicator: Indicator, *, by: Person
) -> None:
    add_indicator(
        made.steps.get(title=title),
        title=indicator.title,
        better=indicator.polarity,
        indicator=indicator,
        tells_how_many=True,
        by=by,
    )


def answer_some(made: JourneyMap, *, by: Person) -> None:
    day = timezone.localdate() - timedelta(days=ANSWERED_AGO)
    for question in asked(made, steps_of(made), orphans=[]):
        for (kind, step), (said, source) in ANSWERS.items():
            if question.kind == kind and step in question.about:
                outcome = Outcome.ANSWERED if said else Outcome.UNKNOWN
                answer(
                    *(made, question),
                    outcome=outcome,
                    said=said or "",
                    source=source,
                    day=day,
                    by=by,
                )
