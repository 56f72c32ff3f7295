"""The demonstration's partnership, with an account for each role. Nobody is real."""

import base64
import hashlib
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from saferplan.errors import NotAllowed
from saferplan.web.partnerships.models import (
    STAFF,
    Membership,
    Organisation,
    Partnership,
    Person,
    Role,
)

PASSWORD = "demonstration borough"

WHERE_THEY_WORK = {
    Role.HEAD: ("council", "Council"),
    Role.ANALYST: ("council", "Council"),
    Role.PARTNER_LEAD: ("police", "Police"),
    Role.VCSE_OFFICER: ("voluntary", "Voluntary Sector Network"),
    Role.COUNCILLOR: ("council", "Council"),
    Role.COMMISSIONER: ("mayor", "Mayor's Office"),
    Role.ADMINISTRATOR: ("council", "Council"),
}


def check_is_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise NotAllowed(
            "These settings are not a demonstration's, so no accounts with known "
            "passwords are made. Set DEMONSTRATION=yes only on your own machine."
        )


def email_of(role: Role) -> str:
    return f"{role.value.replace('_', '-')}@example.org"


@transaction.atomic
def make_people() -> Partnership:
    """Make the partnership and its people, where they are missing."""
    check_is_demonstration()
    # Slow to import, and this module is part of every page that asks for a code.
    from saferplan.areas.places import demonstration_boroughs

    code, borough = next(iter(demonstration_boroughs().items()))
    partnership, _ = Partnership.objects.get_or_create(
        name=f"Safer {borough} Partnership", defaults={"area_codes": [code]}
    )
    for role, (kind, suffix) in WHERE_THEY_WORK.items():
        organisation, _ = Organisation.objects.get_or_create(
            name=f"{borough} {suffix}", defaults={"kind": kind}
        )
        partnership.organisations.add(organisation)
        if not Person.objects.filter(email=email_of(role)).exists():
            make_person(role, partnership, organisation)
    return partnership


def make_person(
    role: Role, partnership: Partnership, organisation: Organisation
) -> None:
    # Named by their role: a demonstration needs no invented people.
    person = Person.objects.create_user(email_of(role), PASSWORD, name=role.label)
    Membership.objects.create(
        person=person, partnership=partnership, organisation=organisation, role=role
    )
    if role in STAFF:
        auth.TOTP.activate(person, secret_of(person.email))
        RecoveryCodes.activate(person)


def secret_of(email: str) -> str:
    """The secret of a demonstration account's second step; anybody can work it out."""
    return base64.b32encode(hashlib.sha256(email.encode()).digest()[:20]).decode()


def code_now(person: Person) -> str:
    """
    Return six digits that sign this person in now.

    A code works once, so somebody who signs in again within half a minute gets the
    next one, which a phone would show half a minute later.
    Raises NotAllowed outside a demonstration, or if they have no second step.
    """
    check_is_demonstration()
    second_step = Authenticator.objects.filter(user=person, type="totp").first()
    if second_step is None:
        raise NotAllowed(f"{person.email} signs in without a second step.")
    now = int(time.time()) // 30
    codes = [code_at(now + step, person.email) for step in (0, 1, -1)]
    was_used = auth.TOTP(second_step)._get_used_cache_key
    return next((code for code in codes if not cache.get(was_used(code))), codes[0])


def code_at(counter: int, email: str) -> str:
    return str(auth.format_hotp_value(auth.hotp_value(secret_of(email), counter)))


def sign_ins() -> list[tuple[str, str, str]]:
    """Who can sign in to the demonstration: role, e-mail address, code or nothing."""
    found = []
    for role in Role:
        person = Person.objects.filter(email=email_of(role)).first()
        if person:
            code = code_now(person) if role in STAFF else ""
            found.append((role.label, person.email, code))
    return found
