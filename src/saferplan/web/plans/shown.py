"""What a page says of a plan's actions today: how each stands, and how many do."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from saferplan.plans.delivery import Standing, standing
from saferplan.web.plans.contents import actions_in
from saferplan.web.plans.models import Action, Plan, Update
from saferplan.web.plans.models.action import Status
from saferplan.web.plans.models.version import IN_FORCE

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
class Related:
    """
    What another part of the site knows of an action, in a line.

    kind    what it is: "Indicator", "Target"
    title   of the thing itself, and `link` leads to it
    said    how it stands, in words
    colour  of a tag with `state` in it; no tag without
    """

    kind: str
    title: str
    link: str
    said: str
    state: str = ""
    colour: str = "grey"


# What apps that know plans tell of an action, for those who work on its plan. They add
# to this when they are started.
Relating = Callable[[Action], list[Related]]
RELATING: list[Relating] = []


def related_to(action: Action) -> list[Related]:
    """All that is told of an action, app by app."""
    return [line for relate in RELATING for line in relate(action)]


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
    plan: Plan, content: dict[str, Any], *, on: date | None = None
) -> Delivery:
    """
    Return how the actions in a plan's contents stood at the end of a day.

    on  otherwise today; what was reported later does not count
    """
    shown = {action["id"]: action for action in actions_in(content)}
    said = last_reports(shown, on)
    first = dict(Action.objects.filter(pk__in=shown).values_list("pk", "status"))
    adopted = plan.versions.filter(state__in=IN_FORCE).defer("body").first()
    since = max(plan.begins, adopted.on) if adopted else plan.begins
    today = on or timezone.localdate()
    each = {}
    for pk, action in shown.items():
        status, last = said.get(pk, (as_it_came(first[pk]), None))
        each[pk] = stands(
            action, status, last, every=plan.every, since=since, today=today
        )
    found: Counter[str] = Counter(one.state for one in each.values())
    return Delivery(
        each=each,
        counts=[(state, found[state]) for state in ORDER if found[state]],
        silent=sum(pk not in said for pk in shown),
        no_lead=sum(not action["lead"] for action in shown.values()),
    )


def last_reports(
    actions: Iterable[int], on: date | None
) -> dict[int, tuple[str, datetime]]:
    """The newest report on each action by a day: its status and when it was made."""
    updates = Update.objects.filter(action__in=actions)
    if on is not None:
        updates = updates.filter(at__date__lte=on)
    newest_last = updates.order_by("at", "pk").values_list("action_id", "status", "at")
    return {pk: (status, at) for pk, status, at in newest_last}


def as_it_came(status: str) -> str:
    """The status of an action before any report: only "not settled" is one."""
    return status if status == Status.NOT_SETTLED else Status.NOT_BEGUN


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
