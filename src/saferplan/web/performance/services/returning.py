"""Returning figures, approving them, and sending them back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person
from saferplan.web.performance.models import Indicator, Return
from saferplan.web.performance.periods import label, last_day, period_of
from saferplan.web.performance.permissions import check_can_approve, check_can_return
from saferplan.web.performance.services.grouping import (
    GroupFigure,
    as_data,
    check_against_whole,
    whole_of,
    worth_keeping,
)

PERCENT = 100


@dataclass(frozen=True)
class Entry:
    """
    What somebody gives for a period. Nothing at all, with a note, is "no figure".

    numerator, denominator  for a ratio
    value                   for every other kind
    groups                  the same apart, as far as that is known. Where they make up
                            the whole, that may be left out
    """

    period: date
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    note: str = ""
    drawn_from: tuple[str, ...] = ()
    drawn_how: dict[str, Any] = field(default_factory=dict)
    groups: tuple[GroupFigure, ...] = ()


@transaction.atomic
def give(
    indicator: Indicator, entry: Entry, *, by: Person, draft: bool = False
) -> Return:
    """
    Put in the figure of a period: a draft, or returned for approval.

    If one is approved already this is a correction, and stands once it is approved too.
    Raises NotAllowed if `by` may not, the period is locked or not over, the figure is
    impossible, or a reason is missing.
    """
    indicator = (
        Indicator.objects.select_for_update(of=("self",))
        .select_related("partnership", "owner")
        .get(pk=indicator.pk)
    )
    check_can_return(by, indicator)
    return put(indicator, entry, by=by, draft=draft)


@transaction.atomic
def give_all(
    entries: Sequence[tuple[Indicator, Entry]], *, by: Person, draft: bool
) -> dict[int, str]:
    """
    Put in several figures, or none of them.

    Returns why some are refused, by their place in `entries`; empty if all are in.
    """
    refused = {}
    for at, (indicator, entry) in enumerate(entries):
        try:
            give(indicator, entry, by=by, draft=draft)
        except NotAllowed as reason:
            refused[at] = str(reason)
    transaction.set_rollback(bool(refused))
    return refused


def put(indicator: Indicator, entry: Entry, *, by: Person, draft: bool) -> Return:
    """The same, of an indicator that is held, by somebody who may."""
    check_is_open(indicator, entry.period)
    groups = worth_keeping(indicator, entry.groups)
    entry = with_whole(indicator, entry, groups)
    value = value_of(indicator, entry)
    newest = indicator.returns.filter(period=entry.period).first()
    corrects = newest is not None and (newest.is_approved or newest.number > 1)
    if not draft:
        check_says_why(entry, value, corrects=corrects)
    now = timezone.now()
    if newest is None or newest.is_approved:
        returned = Return(
            indicator=indicator,
            period=entry.period,
            number=(newest.number if newest else 0) + 1,
            made_by=by,
            made_at=now,
        )
    else:
        returned = newest
    returned.numerator, returned.denominator = entry.numerator, entry.denominator
    returned.value, returned.note = value, entry.note.strip()
    returned.groups = as_data(groups)
    returned.drawn_from = list(entry.drawn_from)
    returned.drawn_how = entry.drawn_how
    returned.state = Return.State.DRAFT if draft else Return.State.RETURNED
    returned.returned_by, returned.returned_at = (None, None) if draft else (by, now)
    returned.save()
    if not draft:
        record("returned a correction of" if corrects else "returned", returned, by=by)
    return returned


def with_whole(
    indicator: Indicator, entry: Entry, groups: Sequence[GroupFigure]
) -> Entry:
    """The entry with its whole, worked out from the groups if it was left out."""
    given = entry.numerator if indicator.is_ratio else entry.value
    if not groups:
        return entry
    if given is None:
        many, out_of = whole_of(indicator, groups)
        if indicator.is_ratio:
            entry = replace(entry, numerator=many, denominator=out_of)
        else:
            entry = replace(entry, value=many)
    whole = (
        (entry.numerator, entry.denominator)
        if indicator.is_ratio
        else (entry.value, None)
    )
    check_against_whole(indicator, groups, whole)
    return entry


def check_is_open(indicator: Indicator, period: date) -> None:
    called = label(indicator.frequency, period)
    if period != period_of(indicator.frequency, period):
        raise NotAllowed(f"No period of {indicator} begins on {period}.")
    if last_day(indicator.frequency, period) >= timezone.localdate():
        raise NotAllowed(f"{called} is not over yet.")
    if not indicator.covers(last_day(indicator.frequency, period)):
        raise NotAllowed(
            f"{indicator} was retired before the end of {called}. Bring it back first, "
            f"or return the figure of what replaced it."
        )
    if indicator.locked_through and period <= indicator.locked_through:
        raise NotAllowed(
            f"{called} is locked: its figures have been used. Ask the head of "
            f"community safety to open it again if one of them is wrong."
        )


def value_of(indicator: Indicator, entry: Entry) -> float | None:
    """The figure itself, checked for what cannot be."""
    if not indicator.is_ratio:
        if indicator.kind == Indicator.Kind.COUNT and entry.value is not None:
            check_is_count(entry.value)
        return entry.value
    if entry.numerator is None and entry.denominator is None:
        return None
    if entry.numerator is None or entry.denominator is None:
        raise NotAllowed("Give both counts: how many, and out of how many.")
    check_is_count(entry.numerator)
    check_is_count(entry.denominator)
    if indicator.per == PERCENT and entry.numerator > entry.denominator:
        raise NotAllowed(
            f"{entry.numerator:,g} out of {entry.denominator:,g} is more than all of "
            f"them. Check which count is which."
        )
    if entry.denominator == 0:
        return None
    return indicator.per * entry.numerator / entry.denominator


def check_is_count(count: float) -> None:
    if count < 0 or count != int(count):
        raise NotAllowed(f"{count:g} is not a count. Give a whole number from 0.")


def check_says_why(entry: Entry, value: float | None, *, corrects: bool) -> None:
    if entry.note.strip():
        return
    if value is None:
        raise NotAllowed("Give a figure, or say in the note why there is none.")
    if corrects:
        raise NotAllowed("Say in the note why the approved figure was wrong.")


@transaction.atomic
def approve(returned: Return, *, by: Person) -> Return:
    """Approve a figure. From now on the database refuses to change it."""
    returned = held(returned)
    check_can_approve(by, returned)
    check_waits(returned)
    check_is_open(returned.indicator, returned.period)
    returned.state = Return.State.APPROVED
    returned.approved_by, returned.approved_at = by, timezone.now()
    returned.save()
    record("approved", returned, by=by)
    return returned


@transaction.atomic
def approve_all(returns: Iterable[Return], *, by: Person) -> int:
    """Approve several, or none of them."""
    return len([approve(each, by=by) for each in returns])


@transaction.atomic
def send_back(returned: Return, *, why: str, by: Person) -> Return:
    """Give a figure back to those who returned it, as a draft, with a reason."""
    returned = held(returned)
    check_can_approve(by, returned)
    check_waits(returned)
    if not why.strip():
        raise NotAllowed("Say what is wrong with it.")
    returned.state, returned.sent_back = Return.State.DRAFT, why.strip()
    returned.returned_by = returned.returned_at = None
    returned.save()
    record("sent back", returned, by=by, reason=why.strip())
    return returned


def held(returned: Return) -> Return:
    return (
        Return.objects.select_for_update(of=("self",))
        .select_related("indicator__partnership")
        .get(pk=returned.pk)
    )


def check_waits(returned: Return) -> None:
    if returned.state != Return.State.RETURNED:
        raise NotAllowed("This figure does not wait for approval any more.")


def record(what: str, returned: Return, *, by: Person, reason: str = "") -> None:
    indicator = returned.indicator
    record_event(
        what,
        f"{label(indicator.frequency, returned.period)}, {indicator}",
        by=by,
        partnership=indicator.partnership,
        audience=indicator.audience,
        link=reverse("performance:show", args=[indicator.pk]),
        detail={"reason": reason} if reason else {},
    )
