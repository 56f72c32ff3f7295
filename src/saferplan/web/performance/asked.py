"""What is asked of somebody about figures: to return some, or to approve some."""

from dataclasses import dataclass

from django.utils import timezone

from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.models import Membership
from saferplan.web.performance.figures import due_by
from saferplan.web.performance.models import Indicator, Return
from saferplan.web.performance.periods import label
from saferplan.web.performance.permissions import (
    check_can_keep,
    check_returns_figures,
)


@dataclass(frozen=True)
class Asked:
    """
    late     indicators with how many periods their organisation has not returned, and
             the newest of those
    waiting  figures that wait for this person's approval
    """

    late: tuple[tuple[Indicator, int, str], ...] = ()
    waiting: int = 0


def asked_of(membership: Membership) -> Asked:
    """What somebody is to do about figures today; nothing, for those with no part."""
    person, here = membership.person, membership.partnership
    late: list[tuple[Indicator, int, str]] = []
    waiting = 0
    if allows(check_returns_figures, person, here):
        own = here.indicators.kept().filter(
            owner=membership.organisation_id, source=Indicator.Source.RETURN
        )
        late = [
            found for each in own.prefetch_related("returns") if (found := gap(each))
        ]
    if allows(check_can_keep, person, here):
        returned = Return.objects.filter(
            indicator__partnership=here, state=Return.State.RETURNED
        )
        waiting = returned.exclude(returned_by=person).count()
    return Asked(tuple(late), waiting)


def gap(indicator: Indicator) -> tuple[Indicator, int, str] | None:
    """The periods that are due and that nobody returned, since the first return."""
    returns = list(indicator.returns.all())
    if not returns:
        return None
    first = min(each.period for each in returns)
    there = {each.period for each in returns if each.state != Return.State.DRAFT}
    missing = [
        period
        for period in due_by(indicator, first, timezone.localdate())
        if period not in there
        and not (indicator.locked_through and period <= indicator.locked_through)
    ]
    if not missing:
        return None
    return indicator, len(missing), label(indicator.frequency, missing[-1])
