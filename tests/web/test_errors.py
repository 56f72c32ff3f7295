"""When something goes wrong: what the person reads, and what of theirs is kept."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.urls import reverse
from web.conftest import StrictClient

from saferplan.errors import NotAllowed
from saferplan.web.core import errors
from saferplan.web.home import views
from saferplan.web.partnerships import services


class PublicClient(StrictClient):
    """Sees what the public sees when the site breaks, rather than the exception."""

    def __init__(self, **options):
        super().__init__(raise_request_exception=False, **options)


def breaks(exception):
    def fail(*args, **kwargs):
        raise exception

    return fail


def test_a_page_that_is_not_there(client, db):
    page = client.get("/no-such-page/")
    assert page.status_code == 404
    assert "Page not found" in page.text


def test_a_refusal_gives_its_reason(client, councillor):
    client.force_login(councillor)
    page = client.get(reverse("home:record"))
    assert page.status_code == 403
    assert "Only officers of Safer Example Partnership can do this." in page.text


def test_somebody_without_a_role_is_told_whom_to_ask(client, no_role):
    client.force_login(no_role)
    assert "Ask the administrator" in client.get("/").text
    assert "Ask an administrator" in client.get(reverse("home:record")).text


def test_a_bug_shows_no_trace_and_says_where_to_report_it(db, monkeypatch):
    monkeypatch.setattr(views, "isinstance", breaks(ZeroDivisionError), raising=False)
    page = PublicClient().get("/")
    assert page.status_code == 500
    assert "security@example.org" in page.text
    assert "ZeroDivisionError" not in page.text


def test_a_busy_database_keeps_what_was_typed(administrator, council, monkeypatch):
    client = PublicClient()
    client.force_login(administrator)
    busy = breaks(OperationalError("database is locked"))
    monkeypatch.setattr(services, "invite_person", busy)
    page = client.post(
        reverse("partnerships:invite"),
        {
            "name": "Somebody <new>",
            "email": "new@example.org",
            "role": "analyst",
            "organisation": council.pk,
        },
    )
    assert page.status_code == 503
    assert page["Retry-After"] == "30"
    assert "Somebody &lt;new&gt;</textarea>" in page.text


def test_a_form_without_its_token_keeps_what_was_typed(administrator):
    client = PublicClient(enforce_csrf_checks=True)
    client.force_login(administrator)
    page = client.post(
        reverse("partnerships:invite"), {"name": "Typed for ten minutes"}
    )
    assert page.status_code == 403
    assert "Typed for ten minutes</textarea>" in page.text
    assert "Nothing was saved" in page.text


def test_a_password_is_never_shown_back():
    client = PublicClient(enforce_csrf_checks=True)
    page = client.post(
        reverse("account_login"), {"login": "me@example.org", "password": "hush hush"}
    )
    assert page.status_code == 403
    assert "me@example.org" in page.text
    assert "hush hush" not in page.text


def test_a_form_from_another_site_is_refused(administrator):
    client = PublicClient(enforce_csrf_checks=True, headers={"Origin": "https://a.b"})
    client.force_login(administrator)
    assert client.post(reverse("partnerships:invite")).status_code == 403


def test_too_many_attempts_from_one_address(client, db):
    for _ in range(31):
        page = client.get(reverse("account_login"))
    for _ in range(31):
        page = client.post(reverse("account_login"), {"login": "a@example.org"})
    assert page.status_code == 429
    assert "Too many attempts" in page.text


@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example", ""])
def test_a_host_that_is_not_ours_is_refused(db, host):
    page = PublicClient().get("/about/", headers={"Host": host})
    assert page.status_code == 400


@pytest.mark.parametrize(
    "query", [b"page=\xff\xfe", b"page=-1", b"page=%00", b"page=99999999999999999999"]
)
def test_a_strange_query_shows_a_page_all_the_same(client, head, query):
    client.force_login(head)
    page = client.get("/record/", QUERY_STRING=query.decode("latin-1"))
    assert page.status_code == 200


def test_too_many_fields_are_refused_at_once(db):
    page = PublicClient().post(
        reverse("account_login"), {f"field{number}": "x" for number in range(2_000)}
    )
    assert page.status_code == 400


def test_what_was_typed_is_read_from_posts_only():
    request = RequestFactory().get("/", {"reason": "in the address"})
    assert errors.typed_by_person(request) == []


def test_a_rule_asked_as_a_question_does_not_raise(councillor, partnership):
    from saferplan.web.core.permissions import allows
    from saferplan.web.partnerships.permissions import check_is_member, check_is_staff

    assert allows(check_is_member, councillor, partnership)
    assert not allows(check_is_staff, councillor, partnership)
    with pytest.raises(NotAllowed, match="Only officers"):
        check_is_staff(councillor, partnership)
