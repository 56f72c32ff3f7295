"""What a page says of a plan's actions today: how each stands, and how many do."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from saferplan.plans.delivery import Standing, standing
from saferplan.web.plans.contents import actions_in
from saferplan.web.plans.models import Action, Plan

COLOURS = {
    "done": "green",
    "reported": "blue",
    "not yet due": "grey",
    "due soon": "yellow",
    "overdue": "red",
    "not reported": "pink",
    "not settled": "orange",
    "stopped": "purple",
}
# The order in which a reader wants to hear of them.
ORDER = tuple(COLOURS)


@dataclass(frozen=True)
class Delivery:
    """
    How the actions of a plan stand today.

    each     per action's id
    counts   (state, how many), those that are none left out
    silent   how many have never been reported on by anybody
    no_lead  how many nobody leads
    """

    each: dict[int, Standing]
    counts: list[tuple[str, int]]
    silent: int
    no_lead: int


def delivery_of(
    plan: Plan, content: dict[str, Any], *, today: date | None = None
) -> Delivery:
    """Return how the actions in a plan's contents stand."""
    today = today or timezone.localdate()
    shown = {action["id"]: action for action in actions_in(content)}
    rows = (
        Action.objects.filter(pk__in=shown)
        .annotate(last=Max("updates__at"))
        .values_list("pk", "status", "last")
    )
    adopted = plan.versions.filter(state__in=["adopted", "reviewed"]).first()
    since = max(plan.begins, adopted.on) if adopted else plan.begins
    each = {
        pk: stands(shown[pk], status, last, every=plan.every, since=since, today=today)
        for pk, status, last in rows
    }
    found: Counter[str] = Counter(one.state for one in each.values())
    return Delivery(
        each=each,
        counts=[(state, found[state]) for state in ORDER if found[state]],
        silent=sum(last is None for _, _, last in rows),
        no_lead=sum(not action["lead"] for action in shown.values()),
    )


def stands(
    action: dict[str, Any],
    status: str,
    last: datetime | None,
    *,
    every: str,
    since: date,
    today: date,
) -> Standing:
    begins = as_day(action["begins"])
    return standing(
        status,
        today=today,
        due=as_day(action["due"]),
        every=action["every"] or every,
        reported=timezone.localdate(last) if last else None,
        since=max(since, begins) if begins else since,
    )


def as_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
