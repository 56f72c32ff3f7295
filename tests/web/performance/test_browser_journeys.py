"""Journey maps and standards in a real browser, at a desk's width and a phone's."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from saferplan.web.performance.services.journeys import begin, change_step, publish
from saferplan.web.performance.services.standards import Look, observe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(name, *arguments):
    return reverse(f"performance:{name}", args=arguments)


def test_pages_of_journeys(look, page, be, partnership, head, live_server):
    look(address("journeys"), "journeys-empty")
    be(head)
    look(address("journeys"), "journeys-to-begin")
    made = begin(partnership, "dual role", by=head)
    step = made.steps.get(title="Safety planning")
    words = {"wait": 9, "wait_source": "Council", "limit": 5, "apart": "Never one day"}
    change_step(step, seen=1, after=made.steps.all()[1], by=head, **words)
    look(address("journey", made.pk), "journey")
    look(address("add_journey_step", made.pk), "journey-step-add")
    page.get_by_role("button", name="Save the step").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "journey-step-error", complains=True)
    look(address("journey_step", made.pk, step.pk), "journey-step")
    page.get_by_role("button", name="Add what is counted").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "journey-counted-error", complains=True)
    publish(made, public=True, by=head)
    be(None)
    look(address("journey", made.pk), "journey-public")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + address("journey", made.pk))
    expect(page.locator("svg.app-journey")).to_be_hidden()
    expect(page.locator(".app-journey__narrow")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("svg.app-journey")).to_be_visible()
    expect(page.locator(".app-journey__narrow")).to_be_hidden()
    page.emulate_media(media="screen")


def test_pages_of_standards(look, page, be, partnership, head):
    look(address("standards"), "standards-empty")
    be(head)
    look(address("standards_of", partnership.pk), "standards-without-wards")
    today = timezone.localdate()
    looks = [
        Look("ward-constables", f"E0500000{at}", name, value, today, "Post")
        for at, (name, value) in enumerate(
            {"Abbey": 2, "Bridge": 1, "Castle": None}.items()
        )
    ]
    observe(partnership, looks, by=head)
    look(address("standards_of", partnership.pk), "standards")
    look(address("standard_ward", partnership.pk, "E05000001"), "standards-ward")
    look(address("standard_enter"), "standards-enter")
    page.get_by_role("button", name="Enter it").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "standards-enter-error", complains=True)
    look(address("standard_sheet"), "standards-sheet")
    table = "standard,area,value,date,source\nward-constables,Zoo,1,x,y"
    page.get_by_label("Or paste the table here").fill(table)
    page.get_by_role("button", name="Enter it").click()
    expect(page.get_by_text("is not a ward here")).to_be_visible()
    look(None, "standards-sheet-error", complains=True)
