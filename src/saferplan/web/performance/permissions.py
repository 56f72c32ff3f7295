"""Who may read, keep, return and approve indicators."""

from django.contrib.auth.models import AnonymousUser

from saferplan.errors import NotAllowed
from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.partnerships.permissions import (
    check_has_role,
    check_is_member,
    membership_in,
)
from saferplan.web.performance.models import Indicator, Return

check_can_see_indicators = check_is_member

RETURN = (Role.HEAD, Role.ANALYST, Role.PARTNER_LEAD, Role.VCSE_OFFICER)


def check_can_keep(person: Person | AnonymousUser, partnership: Partnership) -> None:
    """Add indicators to the library, and change what they are."""
    check_has_role(person, partnership, Role.HEAD, Role.ANALYST)


def check_returns_figures(
    person: Person | AnonymousUser, partnership: Partnership
) -> None:
    check_has_role(person, partnership, *RETURN)


def check_can_return(person: Person | AnonymousUser, indicator: Indicator) -> None:
    check_returns_figures(person, indicator.partnership)
    if indicator.is_drawn:
        raise NotAllowed(
            f"{indicator} is drawn from evidence, so nobody returns it. Change where "
            f"its figures come from first."
        )
    membership = membership_in(person, indicator.partnership)
    if membership.organisation_id != indicator.owner_id:
        raise NotAllowed(
            f"{indicator} is returned by {indicator.owner}, not by "
            f"{membership.organisation}. Ask the analyst if that is wrong."
        )


def check_can_approve(person: Person | AnonymousUser, returned: Return) -> None:
    check_has_role(person, returned.indicator.partnership, Role.HEAD, Role.ANALYST)
    if isinstance(person, Person) and returned.returned_by_id == person.pk:
        raise NotAllowed(
            "You returned this figure. Somebody else must approve it: ask the head of "
            "community safety or the analyst."
        )
