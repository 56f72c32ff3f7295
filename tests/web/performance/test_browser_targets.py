"""Targets, levels and footprints in a real browser, at a desk's width and a phone's."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from web.performance.targets_by_hand import BURGLARY, CONFIDENCE, MOPAC_7
from web.performance.test_footprints import TABLE

from saferplan.web.performance.services.footprints import bring_areas
from saferplan.web.performance.services.targets import add_target

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(name, *arguments):
    return reverse(f"performance:{name}", args=arguments)


def test_pages_of_targets(look, page, be, partnership, head):
    be(head)
    look(address("targets"), "targets-empty")
    look(address("target_add"), "target-add")
    page.get_by_role("button", name="Save and keep").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "target-add-error", complains=True)
    for target in (MOPAC_7, CONFIDENCE, BURGLARY):
        made = add_target(partnership, by=head, public=True, **target)
        look(address("target", made.pk), f"target-{made.kind}-{made.pk}")
    page.get_by_label("Or the change in per cent, such as").fill("some")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "target-tried-error", complains=True)
    page.get_by_label("Or the change in per cent, such as").fill("-5")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("As it was set, and as you tried it")).to_be_visible()
    look(None, "target-tried")
    be(None)
    look(address("targets"), "targets-resident")
    look(address("target", made.pk), "target-resident")


def test_another_target_is_tried_on_a_phone_without_scripts(
    browser, live_server, partnership, head
):
    target = add_target(partnership, by=head, public=True, **BURGLARY)
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(live_server.url + address("target", target.pk))
    page.get_by_label("Target", exact=True).fill("1,150")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("1,150 in twelve months").first).to_be_visible()
    context.close()


def test_pages_of_footprints_and_levels(look, page, be, partnership, head):
    be(head)
    look(address("footprints"), "footprints-empty")
    page.get_by_role("button", name="Compare them").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "footprints-error", complains=True)
    bring_areas(partnership, TABLE, name="areas.csv", by=head)
    look(address("footprints"), "footprints")
    look(reverse("plans:advisor"), "level-empty")
    query = "?crossing=most&frequency=occasional&specialist=yes&owner=pan-London"
    look(reverse("plans:advisor") + query, "level-advice")
