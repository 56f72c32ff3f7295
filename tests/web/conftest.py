"""A cast of people, a browser that refuses broken HTML, and a real browser."""

import os
import shutil
import time
from datetime import timedelta

import html5lib
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from saferplan.web.core.triggers import deleted
from saferplan.web.partnerships.models import (
    STAFF,
    Membership,
    Organisation,
    Partnership,
    Person,
    Role,
)

PASSWORD = "seven quiet lanterns"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class StrictClient(Client):
    """A browser that refuses to be handed broken HTML."""

    def request(self, **request):
        response = super().request(**request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and response.content:
            html5lib.HTMLParser(strict=True).parse(response.content.decode())
        return response


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let SQLite be emptied between tests, which its guards forbid."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in ("core_event", "performance_return"):
                cursor.execute(f"DROP TRIGGER {deleted(table)}")


@pytest.fixture(autouse=True)
def nothing_counted():
    """Forget attempts and used codes, so that tests do not throttle each other."""
    cache.clear()


@pytest.fixture
def client():
    return StrictClient()


@pytest.fixture
def council(db):
    return council_made()


def council_made():
    return Organisation.objects.create(name="Example Council", kind="council")


@pytest.fixture
def partnership(council):
    return partnership_of(council)


def partnership_of(council):
    made = Partnership.objects.create(
        name="Safer Example Partnership", area_codes=["E09000099"]
    )
    made.organisations.add(council)
    return made


def person_in(partnership, role, *, email=None, second_step=True):
    """Someone with a role in a partnership; officers have their second step set up."""
    person = Person.objects.create_user(
        email or f"{role}@example.org", PASSWORD, name=f"The {Role(role).label.lower()}"
    )
    Membership.objects.create(
        person=person,
        partnership=partnership,
        organisation=partnership.organisations.first(),
        role=role,
    )
    if second_step and role in STAFF:
        auth.TOTP.activate(person, SECRET)
        RecoveryCodes.activate(person)
        long_ago = timezone.now() - timedelta(days=30)
        Authenticator.objects.filter(user=person).update(created_at=long_ago)
    return person


@pytest.fixture
def head(partnership):
    return person_in(partnership, Role.HEAD)


@pytest.fixture
def analyst(partnership):
    return person_in(partnership, Role.ANALYST)


@pytest.fixture
def partner_lead(partnership):
    return person_in(partnership, Role.PARTNER_LEAD)


@pytest.fixture
def vcse_officer(partnership):
    return person_in(partnership, Role.VCSE_OFFICER)


@pytest.fixture
def councillor(partnership):
    return person_in(partnership, Role.COUNCILLOR)


@pytest.fixture
def commissioner(partnership):
    return person_in(partnership, Role.COMMISSIONER)


@pytest.fixture
def administrator(partnership):
    return person_in(partnership, Role.ADMINISTRATOR)


@pytest.fixture
def outsider(council):
    return outsider_of(council)


def outsider_of(council):
    """The administrator of another partnership, who may see nothing of ours."""
    elsewhere = Partnership.objects.create(
        name="Safer Elsewhere", area_codes=["E09000098"]
    )
    elsewhere.organisations.add(council)
    return person_in(elsewhere, Role.ADMINISTRATOR, email="outsider@example.org")


@pytest.fixture
def no_role(db):
    return person_without_role()


def person_without_role():
    """Somebody whose account is open but who has no role anywhere."""
    return Person.objects.create_user("no_role@example.org", PASSWORD, name="No role")


@pytest.fixture
def cast(
    head,
    analyst,
    partner_lead,
    vcse_officer,
    councillor,
    commissioner,
    administrator,
    outsider,
    no_role,
):
    """Everybody by name. "resident" is somebody without an account."""
    return {
        "head": head,
        "analyst": analyst,
        "partner_lead": partner_lead,
        "vcse_officer": vcse_officer,
        "councillor": councillor,
        "commissioner": commissioner,
        "administrator": administrator,
        "outsider": outsider,
        "no_role": no_role,
        "resident": None,
    }


def cast_of(partnership):
    """The same people, for who makes them once for many tests."""
    return {
        **{str(role): person_in(partnership, role) for role in Role},
        "outsider": outsider_of(partnership.organisations.get()),
        "no_role": person_without_role(),
        "resident": None,
    }


def code_now(secret=SECRET):
    """What the app on somebody's phone shows."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


WIDTHS = {"desk": 1280, "phone": 390}


@pytest.fixture(scope="session")
def browser():
    """Chromium: the machine's own."""
    from playwright.sync_api import sync_playwright

    # Playwright runs a loop in this thread, in which Django would refuse to work.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        launched = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser):
    """A tab of its own, that fails the test on any complaint of the browser."""
    context = browser.new_context(
        viewport={"width": WIDTHS["desk"], "height": 900}, reduced_motion="reduce"
    )
    made = context.new_page()
    made.complaints = []
    made.on(
        "console",
        lambda said: (
            said.type in ("error", "warning")
            and made.complaints.append(f"{made.url}: {said.text}")
        ),
    )
    made.on("pageerror", lambda error: made.complaints.append(str(error)))
    yield made
    complaints = made.complaints
    context.close()
    assert complaints == []


@pytest.fixture
def be(page, live_server):
    """Be somebody from now on, without going through signing in."""

    def be(person):
        page.context.clear_cookies()
        if person:
            client = Client()
            client.force_login(person)
            name = settings.SESSION_COOKIE_NAME
            value = client.cookies[name].value
            page.context.add_cookies(
                [{"name": name, "value": value, "url": live_server.url}]
            )

    return be


@pytest.fixture
def look(page, live_server):
    """
    Open an address, or stay where the page is, and look at it at both widths.

    Fails on anything that axe finds, of any level, and on a page wider than the screen.
    Keeps pictures where SAFERPLAN_SCREENSHOTS names a folder.
    """

    def look(address=None, name=None, *, complains=False):
        if address:
            page.goto(live_server.url + address)
        name = name or address.strip("/").replace("/", "-") or "front"
        for device, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            keep_picture(page, f"{name}-{device}")
            found = violations_on(page)
            assert not found.violations_count, found.generate_report()
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} wide on a {device}"
        if complains:  # the browser reports every answer that is not a success
            page.complaints.clear()

    return look


def violations_on(page):
    """What axe finds. A page reads it in once for both widths: that takes as long."""
    from axe_playwright_python.base import AXE_SCRIPT, AxeResults

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return AxeResults(
        page.evaluate(
            "axe.run({resultTypes: ['violations']})"
            ".then(({violations}) => ({violations}))"
        )
    )


def keep_picture(page, name):
    folder = os.environ.get("SAFERPLAN_SCREENSHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
