"""The pages of indicators in a real browser, at a desk's width and a phone's."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect
from web.performance.conftest import QUIET
from web.test_browser import enter, focus_by_tab, sign_in

from saferplan.web.performance.models import Return
from saferplan.web.performance.services.keeping import change_indicator
from saferplan.web.performance.services.returning import Entry, give

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("today"),
]
THIRD = "?quarter=2026-07-01"


def address(name, *arguments):
    return reverse(f"performance:{name}", args=arguments)


def test_pages_of_indicators(look, page, be, add_one, share, fill, head, partner_lead):
    be(None)
    look(address("all"), "indicators-resident")
    be(head)
    look(address("make"), "indicator-make")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "indicator-make-error", complains=True)
    look(address("waiting"), "figures-none-wait")
    burglary = add_one(green_from=10, amber_from=20, target=10, caveats="Recorded.")
    look(address("show", burglary.pk), "indicator-empty")
    fill(burglary, [*QUIET[:9], None, *QUIET[10:23], 90])
    fill(share, [(30, 40)])
    change_indicator(burglary, by=head, why="Homes should be safe.")
    look(address("show", burglary.pk), "indicator")
    page.get_by_text("The figures as a table").click()
    look(None, "indicator-table")
    look(address("show", share.pk), "indicator-first-figure")
    look(address("change", share.pk), "indicator-change")
    look(address("all"), "indicators")
    late = give(
        burglary, Entry(date(2026, 7, 1), value=9, note="Late."), by=partner_lead
    )
    give(share, Entry(date(2026, 7, 1), 5, 9), by=head)
    look(address("waiting"), "figures-wait")
    look(address("send_back", late.pk), "figure-send-back")


def test_pages_of_returning_figures(look, page, be, indicator, share, partner_lead):
    be(partner_lead)
    look(address("quarter") + THIRD, "figures-return")
    page.get_by_label("Figure: Burglary, July 2026").fill("forty")
    page.get_by_role("button", name="Send for approval").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_label("Figure: Burglary, July 2026")).to_have_value("forty")
    look(None, "figures-return-error", complains=True)
    page.get_by_label("Figure: Burglary, July 2026").fill("40")
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_text("1 figure sent for approval.")).to_be_visible()
    look(None, "figures-returned")


def test_a_figure_is_returned_on_a_phone_without_scripts(
    browser, live_server, share, vcse_officer
):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    client = Client()
    client.force_login(vcse_officer)
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page.goto(live_server.url + address("quarter") + THIRD)
    page.get_by_label("How many: Victims satisfied, August 2026").fill("30")
    page.get_by_label("Out of: Victims satisfied, August 2026").fill("40")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("1 figure saved as a draft.")).to_be_visible()
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_text("1 figure sent for approval.")).to_be_visible()
    assert Return.objects.get().value == 75
    context.close()


def test_a_figure_is_approved_with_the_keyboard_alone(
    page, live_server, cast, indicator
):
    give(indicator, Entry(date(2026, 7, 1), value=52), by=cast["partner_lead"])
    sign_in(page, live_server, cast["head"])
    focus_by_tab(page, "Performance", limit=120)
    enter(page)
    focus_by_tab(page, "Approve figures", limit=120)
    enter(page)
    focus_by_tab(page, "Approve", limit=120)
    page.keyboard.press("Space")
    focus_by_tab(page, "Approve those ticked")
    enter(page)
    expect(page.get_by_text("1 figure approved.")).to_be_visible()
    assert Return.objects.get().is_approved
