"""Taking figures from the evidence store, for somebody to approve."""

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from saferplan.errors import NotAllowed
from saferplan.web.core.pages import plural
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person
from saferplan.web.performance.evidence import Drawn
from saferplan.web.performance.models import Indicator, Return
from saferplan.web.performance.periods import last_day
from saferplan.web.performance.permissions import check_can_keep
from saferplan.web.performance.services.keeping import link_to
from saferplan.web.performance.services.returning import Entry, put

REVISED = "The publisher has revised its figures."


def check_can_draw(person: Person | AnonymousUser, indicator: Indicator) -> None:
    check_can_keep(person, indicator.partnership)
    if not indicator.is_drawn:
        raise NotAllowed(f"{indicator} is returned by {indicator.owner}, not drawn.")


@transaction.atomic
def take_drawn(indicator: Indicator, drawn: Sequence[Drawn], *, by: Person) -> int:
    """
    Return what evidence says for approval, where it is new or has changed.

    Returns how many periods. One that is locked, waits already, or was returned by
    hand is left alone: a period has one source.
    """
    indicator = (
        Indicator.objects.select_for_update(of=("self",))
        .select_related("partnership", "owner")
        .get(pk=indicator.pk)
    )
    check_can_draw(by, indicator)
    held = {each.period: each for each in indicator.returns.order_by("number")}
    new = [each for each in drawn if is_news(indicator, each, held.get(each.period))]
    for each in new:
        entry = Entry(
            each.period,
            value=each.value,
            note=REVISED if each.period in held else "",
            drawn_from=each.releases,
            drawn_how=each.how,
        )
        put(indicator, entry, by=by, draft=False)
    if new:
        record_event(
            f"drew {plural(len(new), 'figure')} from the evidence for",
            str(indicator),
            by=by,
            partnership=indicator.partnership,
            audience=indicator.audience,
            link=link_to(indicator),
        )
    return len(new)


def is_news(indicator: Indicator, drawn: Drawn, held: Return | None) -> bool:
    if not indicator.covers(last_day(indicator.frequency, drawn.period)):
        return False
    if indicator.locked_through and drawn.period <= indicator.locked_through:
        return False
    if held is None:
        return True
    return held.is_drawn and held.is_approved and held.value != drawn.value


def returned_by_hand(indicator: Indicator, drawn: Sequence[Drawn]) -> int:
    """How many of these periods have a figure that somebody returned."""
    held = {each.period: each for each in indicator.returns.order_by("number")}
    return sum(each.period in held and not held[each.period].is_drawn for each in drawn)
