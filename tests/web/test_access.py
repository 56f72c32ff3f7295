"""
Who reaches what: every address times every role, decided by a rule.

The addresses are read from the site itself, so a new one without a rule fails the test.
To add a page: add its name to RULES of its app's `access.py`, and what its address
needs to `arguments_of` there.
"""

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from web import access_people as people
from web.assessments import access as assessments
from web.conftest import StrictClient, cast_of, council_made, partnership_of
from web.consultations import access as consultations
from web.performance import access as performance
from web.plans import access as plans

APPS = (people, assessments, plans, performance, consultations)
RULES = {page: rule for app in APPS for page, rule in app.RULES.items()}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """
    The session of everybody by name, and what addresses with something in them need.

    Made once, in a transaction around every case; what a case changes is taken back.
    """
    folder = tmp_path_factory.mktemp("access")
    around = transaction.atomic()
    around._from_testcase = True  # as Django marks its tests' own
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), around:
        patch.setenv("SAFERPLAN_STORE", str(folder / "store"))
        patch.setattr(settings, "FILES", folder / "files")
        partnership = partnership_of(council_made())
        cast = cast_of(partnership)
        arguments = {
            **people.arguments_of(cast, partnership),
            **assessments.arguments_of(cast, partnership, folder / "store"),
            **plans.arguments_of(cast, partnership),
            **performance.arguments_of(cast, partnership),
            **consultations.arguments_of(cast, partnership),
        }
        yield {name: session_of(person) for name, person in cast.items()}, arguments
        transaction.set_rollback(True)


def every_address(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        match entry:
            case URLResolver():
                namespace = f"{entry.namespace}:" if entry.namespace else ""
                yield from every_address(entry, prefix + namespace)
            case URLPattern():
                yield f"{prefix}{entry.name}"


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert set(every_address()) == RULES.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("page", RULES)
def test_each_page_opens_for_those_it_should_and_no_others(world, page):
    sessions, arguments = world
    rule = RULES[page]
    address = reverse(page, args=arguments.get(page))
    found = {
        name: outcome(getattr(browser_in(session), rule.method)(address))
        for name, session in sessions.items()
    }
    assert found == {name: expected(rule, name) for name in sessions}


def session_of(person):
    if person is None:
        return None
    client = StrictClient()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def browser_in(session):
    client = StrictClient()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def outcome(response):
    response.getvalue()  # a file must be read to its end
    if response.status_code == 302 and "/sign-in/?next=" in response["Location"]:
        return "sign in first"
    return {403: "refused", 404: "hidden"}.get(response.status_code, "answered")


def expected(rule, name):
    if name in rule.may:
        return "answered"
    if name in rule.hidden:
        return "hidden"
    return "sign in first" if name == "resident" else "refused"
