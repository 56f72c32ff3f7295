"""
The pages in a real browser: nothing that axe finds wrong, at a desk's width and a
phone's; journeys by keyboard alone, and without scripts.

`look` (in conftest.py) opens a page at both widths and fails on anything axe finds.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from web.conftest import PASSWORD, code_now, person_in

from saferplan.web.core.models import Audience, Job
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Membership, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 390


def job(key, **fields):
    return Job.objects.create(kind="any", title="Load 12 files", key=key, **fields)


@pytest.fixture
def filled(partnership, cast):
    """A partnership in which something has happened."""
    analyst = cast["analyst"]
    for number in range(60):
        record_event(
            "loaded",
            f"recorded crime, part {number}",
            by=analyst,
            partnership=partnership,
            audience=Audience.MEMBERS,
            link="/about/",
            detail={"reason": "the publisher revised it"} if number % 7 == 0 else None,
        )
    mine = {"by": analyst, "partnership": partnership}
    soon = timezone.now() + timedelta(hours=1)
    return {
        "waiting": job("1", **mine),
        "running": job(
            "2",
            **mine,
            state="running",
            done=3,
            total=12,
            leased_until=soon,
            message="Reading the third file",
        ),
        "endless": job("3", **mine, state="running", leased_until=soon),
        "done": job("4", **mine, state="done", message="12 loaded.", link="/about/"),
        "failed": job(
            "5", **mine, state="failed", message="a.csv has no column Month."
        ),
    }


def sign_in(page, live_server, person):
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    if person.membership and person.membership.is_staff:
        page.get_by_label("Code", exact=True).fill(code_now())
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_pages_for_everybody(look, live_server, db):
    for name in (
        "front",
        "about",
        "accessibility",
        "privacy",
        "cookies",
        "glossary",
        "duties",
    ):
        look(reverse(f"home:{name}"))
    look(reverse("account_login"))
    look(reverse("account_reset_password"))
    look(reverse("account_reset_password_done"))
    look(reverse("account_reset_password_from_key", args=["1", "used"]))
    look(reverse("account_reset_password_from_key_done"))
    look(reverse("account_inactive"))
    look("/no-such-page/", "404", complains=True)


def test_an_administrator_s_pages(look, page, live_server, filled, cast):
    sign_in(page, live_server, cast["administrator"])
    analyst = Membership.objects.get(person=cast["analyst"]).pk
    look(reverse("home:front"), "home-filled")
    look(reverse("home:record"))
    look(reverse("home:record") + "?page=2", "record-2")
    look(reverse("home:check_record"))
    look(reverse("partnerships:people"))
    look(reverse("partnerships:invite"))
    look(reverse("partnerships:person", args=[analyst]))
    look(reverse("partnerships:remove", args=[analyst]))
    look(reverse("partnerships:reset_second_step", args=[analyst]))
    look(reverse("mfa_index"))
    look(reverse("account_change_password"))
    look(reverse("account_logout"))
    for state, job in filled.items():
        look(reverse("home:job", args=[job.pk]), f"job-{state}")


def test_pages_with_errors(look, page, live_server, cast):
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_role("button", name="Sign in").click()
    look(None, "sign-in-error")
    page.get_by_label("E-mail address").fill("councillor@example.org")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    look(None, "sign-in-wrong")
    sign_in(page, live_server, cast["administrator"])
    page.goto(live_server.url + reverse("partnerships:invite"))
    page.get_by_role("button", name="Send the invitation").click()
    look(None, "invite-error")
    expect(page).to_have_title("Error: Invite someone – Saferplan")
    page.goto(
        live_server.url
        + reverse(
            "partnerships:remove",
            args=[Membership.objects.get(person=cast["administrator"]).pk],
        )
    )
    page.get_by_role("button", name="Remove").click()
    look(None, "notice-not-done")


def test_refusals_and_empty_pages(look, page, live_server, cast):
    sign_in(page, live_server, cast["councillor"])
    look(reverse("home:front"), "home-empty")
    look(reverse("home:record"), "403", complains=True)
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, live_server, cast["head"])
    look(reverse("home:record"), "record-empty")


def test_pages_of_somebody_without_a_role(look, page, live_server, no_role):
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("E-mail address").fill(no_role.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    look(reverse("home:front"), "no-role")


def test_the_second_step_and_its_pages(look, page, live_server, partnership):
    person = person_in(partnership, Role.ANALYST, second_step=False)
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    look(None, "second-step-set-up")
    secret = page.locator(".app-code").inner_text()
    page.get_by_label("Code", exact=True).fill("123456")
    page.get_by_role("button", name="Set up").click()
    look(None, "second-step-error")
    page.get_by_label("Code", exact=True).fill(code_now(secret))
    page.get_by_role("button", name="Set up").click()
    look(None, "recovery-codes")
    look(reverse("mfa_generate_recovery_codes"))
    look(reverse("mfa_deactivate_totp"))
    page.get_by_role("button", name="Sign out").click()
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    look(None, "second-step-code")


def press(page, key, times=1):
    for _ in range(times):
        page.keyboard.press(key)


def enter(page):
    """Press Enter on what leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def focus_by_tab(page, name, limit=60):
    """Press Tab until the thing with this name has the focus, and see that it shows."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        held = page.evaluate(
            """() => {
              const here = document.activeElement;
              const label = here.labels && here.labels[0];
              const style = getComputedStyle(here);
              const name = (label || here).innerText || "";
              return [name, style.outlineStyle, style.boxShadow];
            }"""
        )
        if held[0].strip().startswith(name):
            assert held[1] != "none" or held[2] != "none", f"{name}: no sign of focus"
            return
    raise AssertionError(f"{name} is not reached with the Tab key")


def test_a_journey_with_the_keyboard_alone(page, live_server, cast, council):
    """Sign in, skip the navigation, invite somebody, sign out: no mouse."""
    page.goto(live_server.url)
    focus_by_tab(page, "Sign in")
    enter(page)
    focus_by_tab(page, "E-mail address")
    page.keyboard.type(cast["administrator"].email)
    focus_by_tab(page, "Password")
    page.keyboard.type(PASSWORD)
    enter(page)
    focus_by_tab(page, "Code")
    page.keyboard.type(code_now())
    enter(page)
    press(page, "Tab")
    expect(page.get_by_text("Skip to main content")).to_be_focused()
    focus_by_tab(page, "People")
    enter(page)
    focus_by_tab(page, "Invite someone")
    enter(page)
    focus_by_tab(page, "Name")
    page.keyboard.type("A newcomer")
    focus_by_tab(page, "E-mail address")
    page.keyboard.type("newcomer@example.org")
    focus_by_tab(page, "Organisation")
    press(page, "ArrowDown")
    press(page, "Tab")
    press(page, "Space")
    press(page, "ArrowDown", 4)
    focus_by_tab(page, "Send the invitation")
    enter(page)
    expect(page.get_by_role("alert")).to_contain_text("We sent an invitation")
    newcomer = Membership.objects.get(person__email="newcomer@example.org")
    assert newcomer.role == Role.COUNCILLOR
    focus_by_tab(page, "Sign out")
    enter(page)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_an_error_takes_the_focus_to_what_is_wrong(page, live_server, db):
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.locator(".govuk-error-summary a").first.click()
    expect(page.get_by_label("E-mail address")).to_be_focused()


def test_a_journey_without_scripts(browser, live_server, cast, filled):
    context = browser.new_context(
        java_script_enabled=False,
        viewport={
            "width": PHONE,
            "height": 800,
        },
    )
    page = context.new_page()
    sign_in(page, live_server, cast["administrator"])
    page.get_by_role("link", name="Record", exact=True).click()
    page.get_by_role("link", name="Next").click()
    expect(page.locator("h1")).to_have_text("The record")
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="The analyst").click()
    page.get_by_label("Councillor").check()
    page.get_by_role("button", name="Change the role").click()
    expect(page.get_by_role("alert")).to_contain_text("is now councillor")
    page.goto(live_server.url + reverse("home:job", args=[filled["running"].pk]))
    page.get_by_role("link", name="See how far it is now").click()
    expect(page.get_by_text("Reading the third file")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    context.close()


def test_the_page_of_a_job_follows_it_by_itself(page, live_server, cast, filled):
    sign_in(page, live_server, cast["analyst"])
    running = filled["running"]
    page.goto(live_server.url + reverse("home:job", args=[running.pk]))
    Job.objects.filter(pk=running.pk).update(done=9, message="Reading the ninth file")
    expect(page.get_by_text("Reading the ninth file")).to_be_visible()
    expect(page.locator("progress")).to_have_js_property("value", 75)
    Job.objects.filter(pk=running.pk).update(state="done", message="12 files loaded.")
    expect(page.get_by_text("12 files loaded.")).to_be_visible()
    expect(page.locator("progress")).to_have_count(0)


def test_nothing_is_fetched_from_anywhere_else(page, live_server, cast):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, live_server, cast["head"])
    assert asked
    assert [url for url in asked if not url.startswith(live_server.url)] == []


@pytest.mark.parametrize("width", [320, PHONE])
def test_nothing_runs_off_a_narrow_screen(page, live_server, filled, cast, width):
    page.set_viewport_size({"width": width, "height": 700})
    sign_in(page, live_server, cast["administrator"])
    for address in ("/", "/record/", "/people/", "/sign-in/second-step/", "/cookies/"):
        page.goto(live_server.url + address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{address} is {wide} wide"
