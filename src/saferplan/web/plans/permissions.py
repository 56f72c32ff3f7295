"""Who may read, write, adopt and report on plans."""

from django.contrib.auth.models import AnonymousUser

from saferplan.errors import NotAllowed
from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.partnerships.permissions import (
    check_has_role,
    check_is_member,
    membership_in,
)
from saferplan.web.plans.models import Action, Plan
from saferplan.web.plans.models.plan import WRITERS

check_can_see_plans = check_is_member


def check_can_write(person: Person | AnonymousUser, partnership: Partnership) -> None:
    check_has_role(person, partnership, Role.HEAD, Role.ANALYST)


def check_can_change(person: Person | AnonymousUser, plan: Plan) -> None:
    check_can_write(person, plan.partnership)


def check_can_put_forward(person: Person | AnonymousUser, plan: Plan) -> None:
    """Put a plan to consultation, adopt it, or record that it was reviewed."""
    check_has_role(person, plan.partnership, Role.HEAD)


def check_can_choose(person: Person | AnonymousUser, partnership: Partnership) -> None:
    """Record which priorities the partnership agreed on."""
    check_has_role(person, partnership, Role.HEAD)


def check_can_compare(person: Person | AnonymousUser, partnership: Partnership) -> None:
    """See what could be a priority while it is being worked out."""
    if membership_in(person, partnership).role not in WRITERS:
        raise NotAllowed(
            "Only those who work on the plan see this before it is agreed."
        )


def check_can_report(person: Person | AnonymousUser, action: Action) -> None:
    """Say how an action stands: its writers, and those who lead it or help with it."""
    membership = membership_in(person, action.plan.partnership)
    if membership.role in (Role.HEAD, Role.ANALYST):
        return
    if membership.role not in (Role.PARTNER_LEAD, Role.VCSE_OFFICER):
        raise NotAllowed("Only those who do the work say how it stands.")
    helping = {each.pk for each in action.contributors.all()} | {action.lead_id}
    if membership.organisation_id not in helping:
        raise NotAllowed(
            f"{membership.organisation} neither leads this action nor helps with it. "
            f"Ask the head of community safety to add it."
        )
