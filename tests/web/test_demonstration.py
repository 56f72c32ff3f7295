"""The demonstration: a sign-in for each role, and only on this machine."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from web.test_security import in_another_process

from saferplan.web.demonstration import write_settings
from saferplan.web.partnerships.demonstration import PASSWORD, code_now, sign_ins
from saferplan.web.partnerships.models import Membership, Person, Role


@pytest.fixture
def demonstration(db, settings):
    settings.DEMONSTRATION = True
    said = StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


def test_every_role_has_a_sign_in_that_is_printed(demonstration):
    assert PASSWORD in demonstration
    roles = {membership.role for membership in Membership.objects.all()}
    assert roles == set(Role)
    for _, email, _ in sign_ins():
        assert email in demonstration


def test_making_it_again_changes_nothing(demonstration):
    before = list(Person.objects.values_list("pk", "password"))
    call_command("demo", stdout=StringIO())
    assert list(Person.objects.values_list("pk", "password")) == before


def test_the_page_that_asks_for_a_code_says_what_it_is(client, demonstration):
    client.post(
        reverse("account_login"),
        {"login": "analyst@example.org", "password": PASSWORD},
    )
    analyst = Person.objects.get(email="analyst@example.org")
    code = code_now(analyst)
    assert code in client.get(reverse("mfa_authenticate")).text
    answer = client.post(reverse("mfa_authenticate"), {"code": code})
    assert answer["Location"] == "/"
    assert code_now(analyst) != code  # a code works once, so the next is offered


def test_a_code_can_be_asked_for_in_the_terminal(demonstration):
    said = StringIO()
    call_command("demo_code", "Head@example.org", stdout=said)
    assert said.getvalue().strip().isdigit()
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("demo_code", "nobody@example.org")
    with pytest.raises(CommandError, match="without a second step"):
        call_command("demo_code", "councillor@example.org")


def test_no_known_passwords_outside_a_demonstration(db, analyst):
    for command in (["demo"], ["demo_code", analyst.email]):
        with pytest.raises(CommandError, match="not a demonstration's"):
            call_command(*command)
    assert Person.objects.count() == 1


def test_no_code_is_shown_outside_a_demonstration(client, analyst):
    client.post(
        reverse("account_login"),
        {"login": analyst.email, "password": "seven quiet lanterns"},
    )
    assert "demonstration" not in client.get(reverse("mfa_authenticate")).text


def test_a_demonstration_that_others_could_reach_does_not_start():
    checked = in_another_process(
        "check", DEMONSTRATION="yes", ALLOWED_HOSTS="saferplan.example.org"
    )
    assert checked.returncode != 0
    assert "may only be 127.0.0.1 and localhost" in checked.stderr


def test_settings_are_made_once_with_keys_of_their_own(tmp_path):
    first, second = tmp_path / "one", tmp_path / "two"
    write_settings(first)
    write_settings(second)
    assert first.stat().st_mode & 0o077 == 0
    assert first.read_text() != second.read_text()
    before = first.read_text()
    write_settings(first)
    assert first.read_text() == before
