"""
Changing a plan itself: its own words, its strands and its themes.

A plan has one outline, and each change of it is kept as a whole. Two people may change
different parts of it at once; of the same part, the second sees what the first wrote.
"""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed, SaferplanError
from saferplan.web.core.pages import plural
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models import Commitment, Plan, PlanRevision, Strand, Theme
from saferplan.web.plans.models.outline import outline_of
from saferplan.web.plans.permissions import check_can_change
from saferplan.web.plans.services.naming import follow_names, names_of

Outline = dict[str, Any]
MODELS: dict[str, type[models.Model]] = {"strands": Strand, "themes": Theme}
ONE = {"strands": "strand", "themes": "theme"}
FAR = 100_000  # no plan has a strand of this number


class PartChanged(SaferplanError):
    """Somebody else changed the same part first; `theirs` is what it says now."""

    def __init__(self, theirs: dict[str, Any], edition: int, who: Person) -> None:
        self.theirs, self.edition = theirs, edition
        super().__init__(
            f"{who} has changed this since you opened it. Yours was not saved, and is "
            f"still below. Theirs stands beside it: take from it what you want, and "
            f"save again."
        )


@transaction.atomic
def change_plan(plan: Plan, *, seen: int, by: Person, **words: Any) -> Plan:
    """
    Give a plan other words of its own (see `PLAN_WORDS`).

    seen   the edition of the plan that this person was looking at

    Raises PartChanged, and changes nothing, if another changed them meanwhile.
    """
    plan, now = locked(plan, by=by)
    check_nobody_else(plan, now, seen, lambda outline: outline["plan"])
    if words.get("parent") is not None and plan.pk in above(words["parent"]):
        raise NotAllowed("A plan cannot be above itself.")
    said = as_json(words)
    return save(plan, {**now, "plan": now["plan"] | said}, "changed a plan", by=by)


def above(plan: Plan | None) -> list[int]:
    """A plan and those above it, the nearest first."""
    found: list[int] = []
    while plan is not None and plan.pk not in found:
        found.append(plan.pk)
        plan = plan.parent
    return found


@transaction.atomic
def change_part(
    plan: Plan, kind: str, pk: int, *, seen: int, by: Person, **words: Any
) -> Plan:
    """
    Give a strand or a theme other words.

    kind   "strands" or "themes"

    Raises PartChanged, and changes nothing, if another changed it meanwhile.
    """
    plan, now = locked(plan, by=by)
    check_nobody_else(plan, now, seen, lambda outline: part(outline, kind, pk))
    new = deepcopy(now)
    part(new, kind, pk).update(words)
    return save(plan, new, f"changed a {ONE[kind]}", by=by)


@transaction.atomic
def add_part(plan: Plan, kind: str, *, by: Person, **words: Any) -> Any:
    """Add a strand or a theme, the last of them, and return it."""
    plan, now = locked(plan, by=by)
    check_is_new(now, kind, words["title"])
    model: Any = MODELS[kind]
    made = model.objects.create(plan=plan, number=next_number(plan, kind), **words)
    save(plan, outline_of(plan), f"added a {ONE[kind]}", by=by)
    made.refresh_from_db()
    return made


def next_number(plan: Plan, kind: str) -> int:
    last: int | None = getattr(plan, kind).aggregate(n=models.Max("number"))["n"]
    return (last or 0) + 1


@transaction.atomic
def move_part(plan: Plan, kind: str, pk: int, *, up: bool, by: Person) -> Plan:
    """Change a strand or a theme with its neighbour; at the end it stays."""
    plan, now = locked(plan, by=by)
    new = deepcopy(now)
    each = new[kind]
    at = each.index(part(new, kind, pk))
    to = max(0, at - 1) if up else min(len(each) - 1, at + 1)
    each[at], each[to] = each[to], each[at]
    return save(plan, new, f"moved a {ONE[kind]}", by=by)


@transaction.atomic
def take_out_part(plan: Plan, kind: str, pk: int, *, by: Person) -> Plan:
    """Take a strand or a theme out. It can be had again with an earlier outline."""
    plan, now = locked(plan, by=by)
    gone = part(now, kind, pk)
    new = {**now, kind: [each for each in now[kind] if each is not gone]}
    return save(plan, new, f"took a {ONE[kind]} out", by=by)


@transaction.atomic
def go_back_to(plan: Plan, number: int, *, seen: int, by: Person) -> Plan:
    """Give a plan the outline it had at an earlier edition, as a new edition."""
    plan, now = locked(plan, by=by)
    check_nobody_else(plan, now, seen, lambda outline: outline)
    earlier = plan.revisions.get(number=number).outline
    return save(plan, earlier, f"went back to outline {number} of", by=by)


@transaction.atomic
def keep_outline(plan: Plan, what: str, *, by: Person) -> None:
    """Keep the outline as it is, if it is not what was kept last; records no event."""
    last = plan.revisions.first()
    outline = outline_of(plan)
    if last and last.outline == outline:
        return
    if last:
        Plan.objects.filter(pk=plan.pk).update(edition=F("edition") + 1)
        plan.refresh_from_db(fields=["edition"])
    PlanRevision.objects.create(
        plan=plan,
        number=plan.edition,
        outline=outline,
        what=what,
        by=by,
        at=timezone.now(),
    )


def locked(plan: Plan, *, by: Person) -> tuple[Plan, Outline]:
    """The plan as it is, which nobody else changes until we have, and its outline."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    check_can_change(by, plan)
    return plan, outline_of(plan)


def part(outline: Outline, kind: str, pk: int) -> dict[str, Any]:
    for each in outline[kind]:
        if each["id"] == pk:
            found: dict[str, Any] = each
            return found
    raise NotAllowed(
        f"This {ONE[kind]} was taken out of the plan. Go back to an earlier outline to "
        f"have it again."
    )


def check_nobody_else(plan: Plan, now: Outline, seen: int, of: Any) -> None:
    if plan.edition == seen:
        return
    before = plan.revisions.filter(number=seen).first()
    if before is None or of(before.outline) != of(now):
        last = plan.revisions.select_related("by").first()
        assert last is not None, "what has editions was kept"
        raise PartChanged(of(now), plan.edition, last.by)


def check_is_new(outline: Outline, kind: str, title: str) -> None:
    if title.casefold() in {each["title"].casefold() for each in outline[kind]}:
        raise NotAllowed(f"The plan has a {ONE[kind]} called {title} already.")


def as_json(words: dict[str, Any]) -> dict[str, Any]:
    """A plan's own words as an outline holds them."""
    said = dict(words)
    for name in ("begins", "ends"):
        if name in said:
            said[name] = said[name].isoformat()
    if "parent" in said:
        said["parent"] = said["parent"].pk if said["parent"] else None
    if said.get("means") is not None:
        said["means"] = f"{said['means']:.2f}"
    return said


def save(plan: Plan, new: Outline, what: str, *, by: Person) -> Plan:
    """Make the plan what the outline says, keep it, and record what was done."""
    names, titles = names_of(plan), titles_of(plan)
    for kind in MODELS:
        put_parts(plan, kind, new[kind])
    follow_titles(plan, titles)
    put_words(plan, new["plan"])
    keep = plan.edition
    keep_outline(plan, what, by=by)
    follow_names(plan, names, by=by)
    if plan.edition != keep:
        record_event(
            what,
            str(plan),
            by=by,
            partnership=plan.partnership,
            link=reverse("plans:outline", args=[plan.pk]),
            detail={"edition": plan.edition},
        )
    return plan


def titles_of(plan: Plan) -> dict[int, str]:
    return dict(plan.strands.values_list("pk", "title"))


def follow_titles(plan: Plan, before: dict[int, str]) -> None:
    """Keep commitments under their strand when it has another title."""
    now = titles_of(plan)
    renamed = {old: now[pk] for pk, old in before.items() if now[pk] != old}
    moved = list(plan.commitments.filter(section__in=renamed))
    for each in moved:
        each.section = renamed[each.section]
    Commitment.objects.bulk_update(moved, ["section"])


def put_words(plan: Plan, words: dict[str, Any]) -> None:
    means = words["means"]
    plan.title, plan.level, plan.every = words["title"], words["level"], words["every"]
    plan.begins = date.fromisoformat(words["begins"])
    plan.ends = date.fromisoformat(words["ends"])
    plan.parent_id, plan.purpose = words["parent"], words["purpose"]
    plan.means = None if means is None else Decimal(means)
    plan.staff_days = words["staff_days"]
    plan.save()


def put_parts(plan: Plan, kind: str, parts: list[dict[str, Any]]) -> None:
    """Give strands or themes these words in this order; what is not named goes out."""
    every: Any = getattr(plan, kind)
    rows = {row.pk: row for row in every.all()}
    stay = [rows[each["id"]] for each in parts]
    for row, words in zip(stay, parts, strict=True):
        row.removed_at = None
        for name, value in words.items():
            if name != "id":
                setattr(row, name, value)
    gone = [row for row in rows.values() if row not in stay]
    for row in gone:
        if row.removed_at is None:
            check_is_empty(row, ONE[kind])
            row.removed_at = timezone.now()
    # No two have the same number at any moment: first all far away, then in order.
    every.update(number=F("number") + FAR)
    for number, row in enumerate((*stay, *gone), start=1):
        row.number = number
        row.save()


def check_is_empty(row: Any, kind: str) -> None:
    held = [(row.actions.standing().count(), "action")]
    if kind == "strand":
        under = row.plan.commitments.standing().filter(section=row.title)
        held.append((under.count(), "commitment"))
    for number, what in held:
        if number:
            raise NotAllowed(
                f"{plural(number, f'{what} stands', f'{what}s stand')} in the {kind} "
                f"“{row}”. Move or take out what is in it first."
            )
