"""The demonstration's journey maps: one for all to read, one being written."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.performance.models.journey import JourneyMap, JourneyStep
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
        ("Referrals to independent advisers", "neither"),
        ("Victims who stay with their adviser to the end", "up"),
    ],
    "Investigation": [("Cases closed within 30 days", "up")],
    "Decision to charge": [("Cases closed within 30 days", "down")],
    "Harmed again, or not": [("Homes burgled again within a year", "down")],
}
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
    publish(victim, public=True, by=head)
    dual = begin(partnership, "dual role", by=analyst)
    for title, rule in APART.items():
        change(dual, title, by=analyst, apart=rule)


def change(made: JourneyMap, title: str, *, by: Person, **words: Any) -> None:
    step = made.steps.get(title=title)
    before: JourneyStep | None = made.steps.filter(number__lt=step.number).last()
    change_step(step, seen=step.edition, after=before, by=by, **words)
