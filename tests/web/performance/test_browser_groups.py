"""Groups, retirement, questions and boroughs in a browser, at a desk and on a phone."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from web.performance.test_comparing import FOUND
from web.performance.test_groups import SEX

from saferplan.web.performance.services.comparing import take_comparison
from saferplan.web.performance.services.grouping import GroupFigure
from saferplan.web.performance.services.journeys import add_indicator, begin
from saferplan.web.performance.services.returning import Entry, approve, give

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("today"),
]


def address(name, *arguments):
    return reverse(f"performance:{name}", args=arguments)


def test_pages_of_groups_and_of_retiring(look, page, be, share, head, analyst):
    share.groups, share.groups_add = SEX, "weighted"
    share.save()
    be(analyst)
    look(address("quarter") + "?quarter=2026-04-01", "groups-quarter")
    look(address("return_groups", share.pk, "2026-06-01"), "groups-return")
    page.get_by_label("How many: Women").fill("60")
    page.get_by_role("button", name="Send for approval").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_label("How many: Women")).to_have_value("60")
    look(None, "groups-return-error", complains=True)
    for month, women in ((4, 61), (5, 58), (6, 64)):
        groups = (
            GroupFigure("Sex", "Women", women, 80),
            GroupFigure("Sex", "Men", 12, 40),
        )
        entry = Entry(date(2026, month, 1), groups=groups)
        approve(give(share, entry, by=analyst), by=head)
    be(head)
    look(address("show", share.pk), "groups")
    look(address("retire", share.pk), "retire")
    page.get_by_role("button", name="Retire it").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "retire-error", complains=True)
    page.get_by_label("Why it is retired").fill("The survey has stopped.")
    page.get_by_role("button", name="Retire it").click()
    expect(page.get_by_role("button", name="Bring it back")).to_be_visible()
    look(None, "retired")
    be(None)
    look(address("show", share.pk), "retired-resident")
    look(address("all"), "indicators-all-retired")


def test_pages_of_questions_flow_and_boroughs(
    look, page, be, partnership, add_one, fill, head
):
    be(head)
    made = begin(partnership, "victim", by=head)
    for number, many in ((3, 90), (7, 40), (8, 30)):
        told = add_one(title=f"At step {number}", polarity="neither")
        fill(told, [many] * 12, first=date(2025, 7, 1))
        step = made.steps.get(number=number)
        words = {"better": "neither", "indicator": told, "tells_how_many": True}
        add_indicator(step, title=told.title, by=head, **words)
    made.steps.filter(number=5).update(wait=38, limit=14, wait_source="Count")
    look(address("journey", made.pk), "journey-flow")
    page.get_by_text("The same as a table").click()
    page.get_by_role("link", name="Answer it").first.click()
    look(None, "journey-question")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "journey-question-error", complains=True)
    page.get_by_label("They were asked, and nobody knows").check()
    page.get_by_label("Who says so").fill("Courts service")
    page.get_by_label("When it was so").fill("2026-09-30")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("The answer is on the map.")).to_be_visible()
    look(None, "journey-answered")
    look(address("standards_of", partnership.pk), "boroughs-none")
    take_comparison(partnership, FOUND, by=head)
    look(address("standards_of", partnership.pk), "boroughs")
