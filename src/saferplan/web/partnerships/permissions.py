"""Who may see what, by role. Other apps build their own rules from these."""

from django.contrib.auth.models import AnonymousUser

from saferplan.errors import NotAllowed
from saferplan.web.partnerships.models import (
    Membership,
    Partnership,
    Person,
    Role,
)


def check_is_member(person: Person | AnonymousUser, partnership: Partnership) -> None:
    membership_in(person, partnership)


def check_is_staff(person: Person | AnonymousUser, partnership: Partnership) -> None:
    if not membership_in(person, partnership).is_staff:
        raise NotAllowed(f"Only officers of {partnership} can do this.")


def check_has_role(
    person: Person | AnonymousUser, partnership: Partnership, *roles: Role
) -> None:
    if membership_in(person, partnership).role not in roles:
        names = " or ".join(f"the {role.label.lower()}" for role in roles)
        raise NotAllowed(f"This is for {names} of {partnership}.")


def check_can_manage_people(person: Person, partnership: Partnership) -> None:
    if membership_in(person, partnership).role != Role.ADMINISTRATOR:
        raise NotAllowed(
            f"Only an administrator of {partnership} can invite or remove people. "
            f"Ask one of them."
        )


def check_can_see_people(person: Person, partnership: Partnership) -> None:
    check_has_role(person, partnership, Role.ADMINISTRATOR, Role.HEAD)


def check_can_check_record(person: Person, partnership: Partnership) -> None:
    check_has_role(person, partnership, Role.ADMINISTRATOR, Role.HEAD)


def membership_in(
    person: Person | AnonymousUser, partnership: Partnership
) -> Membership:
    """Return this person's place in `partnership`, or raise NotAllowed."""
    membership = person.membership if isinstance(person, Person) else None
    if membership is None or membership.partnership_id != partnership.pk:
        raise NotAllowed(f"Only people who work in {partnership} can see this.")
    return membership
