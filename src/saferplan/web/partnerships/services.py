"""What administrators do to people. Every change goes through here, and is recorded."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import (
    Membership,
    Organisation,
    Partnership,
    Person,
    Role,
)
from saferplan.web.partnerships.permissions import check_can_manage_people


@transaction.atomic
def invite_person(
    partnership: Partnership,
    *,
    email: str,
    name: str,
    role: Role,
    organisation: Organisation,
    site: str,
    by: Person,
) -> Membership:
    """
    Give someone a role, and send them a link with which they choose a password.

    site  where the site is, for the link: "https://saferplan.example.org"

    Someone who worked here before gets their account back with the new role.
    Raises NotAllowed if they have a role already.
    """
    # One invitation at a time: of a form sent twice, the second finds the first's.
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    check_can_manage_people(by, partnership)
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        person = Person.objects.create_user(email, name=name)
    elif person.memberships.filter(ended_at=None).exists():
        raise NotAllowed(
            f"{person.email} already has a role in a partnership. Change that role, "
            f"or ask their administrator to end it first."
        )
    person.is_active = True
    person.save()
    membership = Membership.objects.create(
        person=person, partnership=partnership, organisation=organisation, role=role
    )
    record_event(
        "invited",
        f"{role.label}, {organisation}",
        by=by,
        about=person,
        partnership=partnership,
        audience=Audience.ADMINISTRATORS,
        link=reverse("partnerships:person", args=[membership.pk]),
    )
    transaction.on_commit(lambda: send_invitation(membership, site=site))
    return membership


def send_invitation(membership: Membership, *, site: str) -> None:
    """Send the link with which this person chooses a password and signs in."""
    person = membership.person
    link = reverse(
        "account_reset_password_from_key",
        args=[user_pk_to_url_str(person), default_token_generator.make_token(person)],
    )
    send_mail(
        f"Your invitation to Saferplan, {membership.partnership}",
        render_to_string(
            "partnerships/invitation.txt",
            {"membership": membership, "link": f"{site}{link}"},
        ),
        settings.DEFAULT_FROM_EMAIL,
        [person.email],
    )


@transaction.atomic
def change_role(membership: Membership, *, role: Role, by: Person) -> Membership:
    """End a role and begin another, so that the record keeps both."""
    old = Membership.objects.select_for_update().get(pk=membership.pk, ended_at=None)
    check_can_manage_people(by, old.partnership)
    check_an_administrator_remains(old)
    old.ended_at = timezone.now()
    old.save(update_fields=["ended_at"])
    new = Membership.objects.create(
        person=old.person,
        partnership=old.partnership,
        organisation=old.organisation,
        role=role,
    )
    record_event(
        "changed the role of",
        f"{old.get_role_display()}, now {role.label}",
        by=by,
        about=old.person,
        partnership=old.partnership,
        audience=Audience.ADMINISTRATORS,
        link=reverse("partnerships:person", args=[new.pk]),
        detail={"before": old.role, "after": role.value},
    )
    return new


@transaction.atomic
def reset_second_step(membership: Membership, *, by: Person) -> None:
    """
    Forget somebody's second step: they lost their phone and their recovery codes.

    Whoever asks must be known to be that person: from now on a password is enough to
    set up another phone.
    """
    check_can_manage_people(by, membership.partnership)
    Authenticator.objects.filter(user=membership.person).delete()
    record_event(
        "reset the second step of",
        f"{membership.get_role_display()}, {membership.organisation}",
        by=by,
        about=membership.person,
        partnership=membership.partnership,
        audience=Audience.ADMINISTRATORS,
        link=reverse("partnerships:person", args=[membership.pk]),
    )


@transaction.atomic
def remove_person(membership: Membership, *, by: Person) -> None:
    """End someone's role and close their account; their next click is refused."""
    old = Membership.objects.select_for_update().get(pk=membership.pk, ended_at=None)
    check_can_manage_people(by, old.partnership)
    check_an_administrator_remains(old)
    old.ended_at = timezone.now()
    old.save(update_fields=["ended_at"])
    old.person.is_active = False
    old.person.save(update_fields=["is_active"])
    record_event(
        "removed",
        f"{old.get_role_display()}, {old.organisation}",
        by=by,
        about=old.person,
        partnership=old.partnership,
        audience=Audience.ADMINISTRATORS,
    )


def check_an_administrator_remains(membership: Membership) -> None:
    administrators = Membership.objects.current().filter(
        partnership=membership.partnership_id, role=Role.ADMINISTRATOR
    )
    if not administrators.exclude(pk=membership.pk).exists():
        raise NotAllowed(
            f"{membership.person} is the only administrator of "
            f"{membership.partnership}. Make somebody else one first."
        )
