"""Signing in: two steps for officers, a limit on guesses, and an end that is an end."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.urls import NoReverseMatch, reverse
from web.conftest import PASSWORD, SECRET, StrictClient, code_now, person_in

from saferplan.web.partnerships import services
from saferplan.web.partnerships.models import Membership, Person, Role

HOME = "/"


def give_password(client, person, password=PASSWORD, **extra):
    typed = {"login": person.email, "password": password} | extra
    return client.post(reverse("account_login"), typed)


def give_code(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_an_officer_signs_in_with_a_password_and_a_code(client, analyst):
    page = give_password(client, analyst)
    assert page["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)

    page = give_code(client, code_now())
    assert page["Location"] == HOME
    assert "Safer Example Partnership" in client.get(HOME).text


def test_an_address_may_be_typed_in_capitals(client, councillor):
    councillor.email = councillor.email.upper()
    give_password(client, councillor)
    assert is_signed_in(client)


def test_a_wrong_code_does_not_sign_in(client, analyst):
    give_password(client, analyst)
    page = give_code(client, "000000")
    assert "<title>Error: Enter the code" in page.text
    assert not is_signed_in(client)


def test_a_code_works_once(client, analyst):
    code = code_now()
    give_password(client, analyst)
    give_code(client, code)
    client.logout()
    give_password(client, analyst)
    give_code(client, code)
    assert not is_signed_in(client)


def test_a_recovery_code_signs_in_once(client, analyst):
    codes = Authenticator.objects.get(user=analyst, type="recovery_codes")
    code = codes.wrap().get_unused_codes()[0]
    give_password(client, analyst)
    give_code(client, code)
    assert is_signed_in(client)

    client.logout()
    give_password(client, analyst)
    give_code(client, code)
    assert not is_signed_in(client)


@pytest.mark.parametrize("role", ["councillor", "vcse_officer"])
def test_others_need_only_a_password(client, partnership, role):
    give_password(client, person_in(partnership, role))
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "role", ["head", "analyst", "partner_lead", "commissioner", "administrator"]
)
def test_an_officer_reaches_nothing_before_the_second_step_is_set_up(
    client, partnership, role
):
    give_password(client, person_in(partnership, role, second_step=False))
    assert is_signed_in(client)
    for page in ("home:front", "home:record", "partnerships:people", "mfa_index"):
        answer = client.get(reverse(page))
        assert answer["Location"] == reverse("mfa_activate_totp")


def test_an_officer_sets_up_the_second_step_and_gets_recovery_codes(
    client, partnership
):
    analyst = person_in(partnership, Role.ANALYST, second_step=False)
    give_password(client, analyst)
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r"Secret: <[^>]+>([A-Z2-7]+)<", page.text).group(1)

    typed = {"code": code_now(secret)}
    page = client.post(reverse("mfa_activate_totp"), typed, follow=True)
    assert page.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r'<li class="app-code">', page.text)) == 10
    assert client.get(HOME).status_code == 200


def test_the_secret_of_the_second_step_is_kept_encrypted(analyst):
    kept = Authenticator.objects.get(user=analyst, type="totp").data["secret"]
    assert SECRET not in kept
    assert auth.validate_totp_code(SECRET, code_now())


def test_an_officer_cannot_give_up_the_second_step(client, analyst):
    give_password(client, analyst)
    give_code(client, code_now())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_deactivate_totp"))
    assert "it cannot be stopped" in page.text
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=analyst, type="totp").exists()


def test_guessing_is_stopped_after_five_wrong_passwords(client, councillor):
    for _ in range(5):
        page = give_password(client, councillor, "a wrong guess")
        assert "not correct" in page.text
    page = give_password(client, councillor)
    assert "Too many" in page.text
    assert not is_signed_in(client)


def test_guessing_codes_is_stopped_too(client, analyst):
    give_password(client, analyst)
    for _ in range(5):
        give_code(client, "000000")
    page = give_code(client, code_now())
    assert "Too many" in page.text
    assert not is_signed_in(client)


def test_attempts_are_counted_where_all_workers_see_them():
    from saferplan.web import settings

    assert settings.CACHES["default"]["BACKEND"].endswith("db.DatabaseCache")


def test_the_session_gets_a_new_key_at_sign_in(client, councillor):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    client.cookies["session"] = planted
    give_password(client, councillor)
    assert client.session.session_key != planted

    attacker = StrictClient()
    attacker.cookies["session"] = planted
    assert "Sign out" not in attacker.get(HOME).text


def test_signing_out_ends_the_session_itself(client, councillor):
    give_password(client, councillor)
    kept = client.session.session_key
    client.post(reverse("account_logout"))
    thief = StrictClient()
    thief.cookies["session"] = kept
    assert not is_signed_in(thief)


def test_opening_the_sign_out_page_signs_nobody_out(client, councillor):
    give_password(client, councillor)
    page = client.get(reverse("account_logout"))
    assert "Do you want to sign out?" in page.text
    assert is_signed_in(client)


def test_a_new_password_ends_sessions_elsewhere(client, councillor):
    elsewhere = StrictClient()
    give_password(elsewhere, councillor)
    give_password(client, councillor)
    new = "eight louder lanterns"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert client.get(reverse("mfa_index")).status_code == 200
    answer = elsewhere.get(reverse("mfa_index"))
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("short", "at least 12 characters"),
        ("password1234", "too common"),
        ("councillor@example.org", "too similar"),
    ],
)
def test_weak_passwords_are_refused(client, councillor, password, complaint):
    give_password(client, councillor)
    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    assert complaint in page.text


def test_somebody_removed_is_out_at_their_next_click(client, analyst, administrator):
    client.force_login(analyst)
    assert client.get(reverse("home:record")).status_code == 200
    services.remove_person(Membership.objects.get(person=analyst), by=administrator)
    answer = client.get(reverse("home:record"))
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_changed_role_counts_from_the_next_click(client, head, administrator):
    client.force_login(head)
    assert client.get(reverse("partnerships:people")).status_code == 200
    membership = Membership.objects.get(person=head)
    services.change_role(membership, role=Role.COUNCILLOR, by=administrator)
    assert client.get(reverse("partnerships:people")).status_code == 403


def test_somebody_removed_cannot_sign_in_again(client, councillor, administrator):
    services.remove_person(Membership.objects.get(person=councillor), by=administrator)
    give_password(client, councillor)
    assert not is_signed_in(client)


def test_nobody_can_sign_themselves_up(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(client, councillor):
    page = client.post(
        reverse("account_reset_password"), {"email": councillor.email}, follow=True
    )
    assert "Look in your mailbox" in page.text
    (sent,) = mail.outbox
    assert sent.subject == "Choose a new password for Saferplan"
    page = follow_link(client, sent)
    new = "nine lanterns at noon"
    page = client.post(
        page.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True
    )
    assert "Your password is saved" in page.text
    give_password(client, councillor, new)
    assert is_signed_in(client)


def follow_link(client, message):
    link = re.search(r"https?://[^/]+(/\S+)", message.body).group(1)
    return client.get(link, follow=True)


def test_a_link_works_once(client, councillor):
    client.post(reverse("account_reset_password"), {"email": councillor.email})
    (sent,) = mail.outbox
    page = follow_link(client, sent)
    new = "nine lanterns at noon"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert "no longer works" in follow_link(StrictClient(), sent).text


def test_the_forgotten_page_does_not_tell_who_has_an_account(client, councillor):
    known = client.post(
        reverse("account_reset_password"), {"email": councillor.email}, follow=True
    )
    unknown = client.post(
        reverse("account_reset_password"), {"email": "no@example.org"}, follow=True
    )
    assert known.text == unknown.text
    assert len(mail.outbox) == 1


def test_after_sign_in_people_go_where_they_were_going_and_nowhere_else(
    client, councillor
):
    answer = give_password(client, councillor, next="/glossary/")
    assert answer["Location"] == "/glossary/"
    client.logout()
    answer = give_password(client, councillor, next="https://elsewhere.example/")
    assert answer["Location"] == HOME


def test_protecting_an_account_asks_for_the_password_again(client, councillor):
    client.force_login(councillor)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_passwords_are_hashed_with_argon2():
    from saferplan.web import settings

    assert "Argon2" in settings.PASSWORD_HASHERS[0]


def test_an_e_mail_address_belongs_to_one_person_however_it_is_written(db):
    Person.objects.create_user("Someone@Example.org", name="Someone")
    assert Person.objects.get().email == "someone@example.org"
