"""What administrators do to people, and what others may not."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.urls import reverse
from web.conftest import PASSWORD, StrictClient

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Event
from saferplan.web.partnerships import services
from saferplan.web.partnerships.models import Membership, Person, Role
from saferplan.web.partnerships.permissions import check_has_role

NEWCOMER = {
    "name": "A newcomer",
    "email": "Newcomer@example.org",
    "role": "councillor",
}


def place_of(person):
    return Membership.objects.get(person=person, ended_at=None)


def invite(partnership, council, by, **changes):
    details = {
        "email": "newcomer@example.org",
        "name": "A newcomer",
        "role": Role.COUNCILLOR,
        "organisation": council,
        "site": "https://saferplan.example.org",
    }
    return services.invite_person(partnership, **(details | changes), by=by)


def test_an_invitation_makes_an_account_that_its_owner_opens(
    client, council, administrator, django_capture_on_commit_callbacks
):
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(
            reverse("partnerships:invite"),
            NEWCOMER | {"organisation": council.pk},
            follow=True,
        )
    assert "We sent an invitation to A newcomer" in page.text
    (sent,) = mail.outbox
    assert sent.to == ["newcomer@example.org"]
    assert "Your role there: Councillor" in sent.body

    theirs = StrictClient()
    link = re.search(r"https?://[^/]+(/\S+)", sent.body).group(1)
    form = theirs.get(link, follow=True)
    chosen = "seven quiet lanterns"
    theirs.post(form.request["PATH_INFO"], {"password1": chosen, "password2": chosen})
    answer = theirs.post(
        reverse("account_login"),
        {"login": "newcomer@example.org", "password": chosen},
    )
    assert answer["Location"] == "/"


@pytest.mark.django_db(transaction=True)
def test_an_invitation_sent_twice_at_once_makes_one_account(
    partnership, council, administrator
):
    def send(_):
        try:
            return invite(partnership, council, administrator)
        except NotAllowed:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        made = list(pool.map(send, range(5)))
    assert len([membership for membership in made if membership]) == 1
    assert Membership.objects.filter(role="councillor").count() == 1
    assert Event.objects.count() == 1


def test_an_invitation_is_recorded_without_the_person_s_name(
    partnership, council, administrator
):
    membership = invite(partnership, council, administrator)
    event = Event.objects.get()
    assert (event.by, event.what) == (administrator, "invited")
    assert event.about == membership.person
    assert "newcomer" not in f"{event.subject} {event.detail}".lower()


def test_no_mail_is_sent_for_an_invitation_that_came_to_nothing(
    partnership, council, administrator, monkeypatch
):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(services, "record_event", fail)
    with pytest.raises(ZeroDivisionError):
        invite(partnership, council, administrator)
    assert mail.outbox == []
    assert not Person.objects.filter(email="newcomer@example.org").exists()


@pytest.mark.parametrize(
    "role", ["head", "analyst", "partner_lead", "vcse_officer", "councillor"]
)
def test_only_an_administrator_invites(cast, partnership, council, role):
    with pytest.raises(NotAllowed, match="Only an administrator"):
        invite(partnership, council, cast[role])


def test_an_administrator_of_another_partnership_cannot_invite(
    partnership, council, outsider
):
    with pytest.raises(NotAllowed, match="Only people who work in Safer Example"):
        invite(partnership, council, outsider)


def test_somebody_with_a_role_cannot_be_invited_again(
    client, council, administrator, analyst
):
    client.force_login(administrator)
    typed = NEWCOMER | {"organisation": council.pk, "email": analyst.email}
    page = client.post(reverse("partnerships:invite"), typed)
    assert "<title>Error: Invite someone" in page.text
    assert "already has a role" in page.text
    assert 'value="A newcomer"' in page.text


def test_somebody_who_comes_back_gets_their_account_back(
    partnership, council, administrator, councillor
):
    services.remove_person(place_of(councillor), by=administrator)
    membership = invite(partnership, council, administrator, email=councillor.email)
    assert membership.person == councillor
    councillor.refresh_from_db()
    assert councillor.is_active


def test_a_form_that_lacks_something_says_what(client, administrator):
    client.force_login(administrator)
    page = client.post(reverse("partnerships:invite"), {})
    assert "There is a problem" in page.text
    for complaint in (
        "Enter the person&#39;s name",
        "Enter the person&#39;s e-mail address",
        "Choose the organisation they work for",
        "Choose what they will be in the partnership",
    ):
        assert page.text.count(complaint) == 2  # in the summary and beside the field


def test_a_changed_role_keeps_the_old_one_on_record(administrator, analyst):
    new = services.change_role(place_of(analyst), role=Role.HEAD, by=administrator)
    assert new.role == Role.HEAD
    old = Membership.objects.exclude(ended_at=None).get()
    assert old.role == Role.ANALYST
    assert Event.objects.get().detail == {"before": "analyst", "after": "head"}


def test_the_last_administrator_stays(administrator):
    with pytest.raises(NotAllowed, match="only administrator"):
        services.remove_person(place_of(administrator), by=administrator)
    with pytest.raises(NotAllowed, match="only administrator"):
        services.change_role(
            place_of(administrator), role=Role.ANALYST, by=administrator
        )


def test_somebody_who_lost_their_phone_sets_up_another(client, administrator, analyst):
    client.force_login(administrator)
    address = reverse("partnerships:reset_second_step", args=[place_of(analyst).pk])
    assert "ring a number you already know" in client.get(address).text
    page = client.post(address, follow=True)
    assert "sets up a second step at the next sign-in" in page.text
    assert Event.objects.get().about == analyst

    theirs = StrictClient()
    typed = {"login": analyst.email, "password": PASSWORD}
    theirs.post(reverse("account_login"), typed)
    assert theirs.get("/")["Location"] == reverse("mfa_activate_totp")


def test_nobody_resets_a_second_step_but_an_administrator(head, analyst):
    with pytest.raises(NotAllowed, match="Only an administrator"):
        services.reset_second_step(place_of(analyst), by=head)
    assert analyst.authenticator_set.exists()


def test_removing_somebody_asks_first(client, administrator, analyst):
    client.force_login(administrator)
    address = reverse("partnerships:remove", args=[place_of(analyst).pk])
    assert "Remove The analyst?" in client.get(address).text
    page = client.post(address, follow=True)
    assert "The analyst no longer has access" in page.text


def test_the_head_sees_people_but_no_buttons_and_is_told_why(client, head, analyst):
    client.force_login(head)
    assert "Invite someone" not in client.get(reverse("partnerships:people")).text
    place = place_of(analyst).pk
    page = client.get(reverse("partnerships:person", args=[place])).text
    assert "Change the role" not in page
    page = client.post(
        reverse("partnerships:change_role", args=[place]),
        {"role": "head"},
        follow=True,
    )
    assert "Only an administrator" in page.text


def test_people_of_another_partnership_are_not_listed(client, administrator, outsider):
    client.force_login(administrator)
    page = client.get(reverse("partnerships:people")).text
    assert outsider.email not in page
    assert page.count("<tr") == 2  # the header, and the administrator


def test_nobody_has_two_roles_at_a_time(analyst, partnership, council):
    with pytest.raises(IntegrityError):
        Membership.objects.create(
            person=analyst,
            partnership=partnership,
            organisation=council,
            role=Role.HEAD,
        )


def test_a_refusal_names_the_roles_that_may(councillor, partnership):
    with pytest.raises(NotAllowed) as refusal:
        check_has_role(councillor, partnership, Role.ANALYST, Role.HEAD)
    assert str(refusal.value) == (
        "This is for the analyst or the head of community safety of "
        "Safer Example Partnership."
    )
