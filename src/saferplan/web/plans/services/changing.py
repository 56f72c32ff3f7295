"""Writing a plan: making it, adding actions, changing their words, taking them out."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed, SaferplanError
from saferplan.plans import read_time_frame
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Organisation, Partnership, Person
from saferplan.web.plans.models import (
    Action,
    Plan,
    Priority,
    Revision,
    Strand,
    Theme,
)
from saferplan.web.plans.models.action import WORDING, wording_of
from saferplan.web.plans.permissions import check_can_change, check_can_write
from saferplan.web.plans.services.naming import follow_names, names_of
from saferplan.web.plans.services.outlining import add_part, keep_outline

LISTS = frozenset({"contributors", "needs"})
FIRST_THEMES = (
    "Awareness raising",
    "Prevention",
    "Action / intervention / enforcement",
    "Analytical review",
)


class ChangedMeanwhile(SaferplanError):
    """Somebody else changed the action first; `theirs` is what they wrote."""

    def __init__(self, theirs: Revision) -> None:
        self.theirs = theirs
        super().__init__(
            f"{theirs.by} has changed this action since you opened it. Yours was not "
            f"saved, and is still below. Theirs stands beside it: take from it what "
            f"you want, and save again."
        )


@transaction.atomic
def make_plan(
    partnership: Partnership,
    *,
    title: str,
    begins: date,
    ends: date,
    by: Person,
    source: str = "",
    themes: tuple[str, ...] = FIRST_THEMES,
    **words: Any,
) -> Plan:
    """Make an empty plan with the usual themes; `words` are others of its own."""
    check_can_write(by, partnership)
    plan = Plan.objects.create(
        partnership=partnership,
        title=title,
        begins=begins,
        ends=ends,
        source=source,
        **words,
        made_at=timezone.now(),
        made_by=by,
    )
    Theme.objects.bulk_create(
        Theme(plan=plan, number=number, title=theme)
        for number, theme in enumerate(themes, start=1)
    )
    keep_outline(plan, "made a plan", by=by)
    record_event("made a plan", title, by=by, partnership=partnership, link=link(plan))
    return plan


def add_strand(plan: Plan, *, title: str, by: Person, **words: Any) -> Strand:
    strand: Strand = add_part(plan, "strands", by=by, title=title, **words)
    return strand


@transaction.atomic
def add_action(
    plan: Plan, *, strand: Strand, theme: Theme, by: Person, **words: Any
) -> Action:
    """Add an action with these words (see `WORDING`), the last of its strand."""
    check_can_change(by, plan)
    # Two who add at once want the same number: the second waits here for the first.
    Plan.objects.select_for_update().get(pk=plan.pk)
    last = strand.actions.aggregate(last=Max("number"))["last"] or 0
    action = Action(plan=plan, strand=strand, theme=theme, number=last + 1)
    put_words(action, words)
    action.save()
    set_lists(action, words)
    keep_revision(action, by=by)
    record_event(
        "added an action",
        str(action),
        by=by,
        partnership=plan.partnership,
        link=link_to(action),
    )
    return action


@transaction.atomic
def change_action(action: Action, *, seen: int, by: Person, **words: Any) -> Action:
    """
    Give an action other words.

    seen   the edition this person was looking at

    Raises ChangedMeanwhile, and changes nothing, if another came between. Words that
    are the same already make no new edition.
    """
    action = Action.objects.select_for_update(of=("self",)).with_all().get(pk=action.pk)
    check_can_change(by, action.plan)
    if action.removed_at:
        raise NotAllowed("This action was taken out of the plan. Put it back first.")
    before = wording_of(action)
    if action.edition != seen:
        raise ChangedMeanwhile(action.revisions.select_related("by").latest("number"))
    put_words(action, words)
    set_lists(action, words)
    after = wording_of(action)
    if after == before:
        return action
    action.edition += 1
    action.save()
    keep_revision(action, by=by)
    record_event(
        "changed an action",
        str(action),
        by=by,
        partnership=action.plan.partnership,
        link=link_to(action),
        detail={"changed": [name for name in WORDING if before[name] != after[name]]},
    )
    return action


@transaction.atomic
def move_action(
    action: Action, *, strand: Strand, theme: Theme, seen: int, by: Person
) -> Action:
    """
    Put an action into another strand or theme. In another strand it is the last.

    Raises ChangedMeanwhile, and moves nothing, if another changed it since.
    """
    Plan.objects.select_for_update(of=("self",)).get(pk=action.plan_id)
    action = Action.objects.select_for_update(of=("self",)).with_all().get(pk=action.pk)
    check_can_change(by, action.plan)
    if action.edition != seen:
        raise ChangedMeanwhile(action.revisions.select_related("by").latest("number"))
    if (action.strand_id, action.theme_id) == (strand.pk, theme.pk):
        return action
    names, was = names_of(action.plan), f"{action.name}, {action.theme}"
    if action.strand_id != strand.pk:
        last = strand.actions.aggregate(last=Max("number"))["last"] or 0
        action.number = last + 1
    action.strand, action.theme = strand, theme
    action.edition += 1
    action.save()
    keep_revision(action, by=by)
    follow_names(action.plan, names, by=by)
    record_event(
        "moved an action",
        str(action),
        by=by,
        partnership=action.plan.partnership,
        link=link_to(action),
        detail={"from": was, "to": f"{action.name}, {action.theme}"},
    )
    return action


def set_lists(action: Action, words: dict[str, Any]) -> None:
    """Set what stands in tables of its own: who helps, and what must be done first."""
    if "contributors" in words:
        action.contributors.set(words["contributors"])
    if "needs" in words:
        needs = [each for each in words["needs"] if each.pk != action.pk]
        action.needs.set(needs)


def put_words(action: Action, words: dict[str, Any]) -> None:
    unknown = words.keys() - set(WORDING)
    assert not unknown, f"an action has no {unknown}"
    for name, value in words.items():
        if name not in LISTS:
            setattr(action, name, value)
    if isinstance(action.money, float | int):
        action.money = Decimal(action.money)
    read_time(action)


def read_time(action: Action) -> None:
    """Say what the time frame means, as far as it is understood."""
    plan = action.plan
    frame = read_time_frame(action.time_frame, years=(plan.begins.year, plan.ends.year))
    action.begins, action.due = frame.begins, frame.due
    action.every = frame.every
    action.time_problem = frame.problem if action.time_frame else ""


def keep_revision(action: Action, *, by: Person) -> None:
    Revision.objects.create(
        action=action,
        number=action.edition,
        wording=wording_of(action),
        by=by,
        at=timezone.now(),
    )


@transaction.atomic
def go_back(action: Action, number: int, *, seen: int, by: Person) -> Action:
    """Give an action the words it had at an earlier edition, as a new edition."""
    words = action.revisions.get(number=number).wording
    return change_action(action, seen=seen, by=by, **out_of_json(words))


def out_of_json(words: dict[str, Any]) -> dict[str, Any]:
    """A revision's words as an action takes them."""
    money = words["money"]
    return {
        **words,
        "lead": Organisation.objects.filter(pk=words["lead"]).first(),
        "owner": Person.objects.filter(pk=words["owner"]).first(),
        "priority": Priority.objects.filter(pk=words.get("priority") or 0).first(),
        "contributors": Organisation.objects.filter(pk__in=words["contributors"]),
        "needs": Action.objects.filter(pk__in=words.get("needs", ())),
        "money": None if money is None else Decimal(money),
    }


@transaction.atomic
def remove_action(action: Action, *, reason: str, by: Person) -> None:
    """Take an action out of the plan being written; its words and updates stay."""
    check_can_change(by, action.plan)
    if not reason.strip():
        raise NotAllowed("Say why this action is taken out. Others will ask.")
    action.removed_at, action.removed_why = timezone.now(), reason.strip()
    action.save(update_fields=["removed_at", "removed_why"])
    record_event(
        "took an action out",
        str(action),
        by=by,
        partnership=action.plan.partnership,
        link=link_to(action),
        detail={"reason": reason.strip()},
    )


@transaction.atomic
def put_back(action: Action, *, by: Person) -> None:
    check_can_change(by, action.plan)
    action.removed_at, action.removed_why = None, ""
    action.save(update_fields=["removed_at", "removed_why"])
    record_event(
        "put an action back",
        str(action),
        by=by,
        partnership=action.plan.partnership,
        link=link_to(action),
    )


def link(plan: Plan) -> str:
    return reverse("plans:show", args=[plan.pk])


def link_to(action: Action) -> str:
    return reverse("plans:action", args=[action.plan_id, action.pk])
