"""Retiring an indicator, and bringing one back. Its figures stay either way."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.pages import day
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.periods import label, last_day
from saferplan.web.performance.permissions import check_can_keep
from saferplan.web.performance.services.keeping import link_to


@transaction.atomic
def retire(
    indicator: Indicator,
    *,
    on: date,
    why: str,
    replaced_by: Indicator | None = None,
    by: Person,
) -> Indicator:
    """
    Say that nothing is counted for an indicator after a day, and why.

    Raises NotAllowed if `by` may not, the day has not come, it has an approved figure
    of a later day, or what replaces it is not another of the partnership.
    """
    indicator = held(indicator, by=by)
    if not why.strip():
        raise NotAllowed("Say why it is retired.")
    if on > timezone.localdate():
        raise NotAllowed(f"{day(on)} has not come yet. Retire it when it has.")
    check_ends_by(indicator, on)
    if replaced_by is not None:
        check_can_replace(indicator, replaced_by)
    indicator.retired_on, indicator.retired_why = on, why.strip()
    indicator.replaced_by = replaced_by
    save(indicator, "retired the indicator", by=by, reason=why.strip())
    return indicator


@transaction.atomic
def bring_back(indicator: Indicator, *, by: Person) -> Indicator:
    """Keep it again. What was due meanwhile is due, and shows as not reported."""
    indicator = held(indicator, by=by)
    if not indicator.is_retired:
        return indicator
    indicator.retired_on, indicator.retired_why = None, ""
    indicator.replaced_by = None
    save(indicator, "brought back the indicator", by=by)
    return indicator


def held(indicator: Indicator, *, by: Person) -> Indicator:
    indicator = (
        Indicator.objects.select_for_update(of=("self",))
        .select_related("partnership")
        .get(pk=indicator.pk)
    )
    check_can_keep(by, indicator.partnership)
    return indicator


def check_ends_by(indicator: Indicator, on: date) -> None:
    newest = indicator.returns.first()
    if newest is None or last_day(indicator.frequency, newest.period) <= on:
        return
    called = label(indicator.frequency, newest.period)
    ends = day(last_day(indicator.frequency, newest.period))
    raise NotAllowed(
        f"There is a figure of {called}. Choose a day from {ends}, so that it stays."
    )


def check_can_replace(indicator: Indicator, other: Indicator) -> None:
    if other.partnership_id != indicator.partnership_id:
        raise NotAllowed(f"{other} is not an indicator of {indicator.partnership}.")
    if other.pk == indicator.pk or other.is_retired:
        raise NotAllowed("Choose another that is kept.")


def save(indicator: Indicator, what: str, *, by: Person, reason: str = "") -> None:
    indicator.save(update_fields=["retired_on", "retired_why", "replaced_by"])
    record_event(
        what,
        str(indicator),
        by=by,
        partnership=indicator.partnership,
        audience=indicator.audience,
        link=link_to(indicator),
        detail={"reason": reason} if reason else {},
    )
