"""Priorities, equality analyses and duties in a real browser, at two widths."""

import pytest
from playwright.sync_api import expect
from web.plans.conftest import priorities_of, problem_of, said_throughout
from web.plans.test_browser import address

from saferplan.web.plans.models import EqualityAnalysis
from saferplan.web.plans.services.equality import add_measure, sign_off
from saferplan.web.plans.services.keeping_duties import record_duty
from saferplan.web.plans.services.prioritising import set_aside, set_weights

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pages_of_priorities(look, page, be, partnership, head):
    be(head)
    look(address("priorities"), "priorities-empty")
    look(address("compare"), "priorities-compare-empty")
    look(address("choose"), "priorities-choose-empty")
    look(address("add_problem"), "priorities-add")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "priorities-add-error", complains=True)
    era, theft = priorities_of(partnership, by=head)
    problem_of(partnership, "Stalking", by=head)
    set_aside(problem_of(partnership, "Noise", by=head), why="Another body", by=head)
    set_weights(
        partnership,
        weights={"volume": 1, "harm": 3},
        scoring="ranks",
        places=1,
        why="Harm first",
        by=head,
    )
    for name in ("compare", "weights", "choose", "priorities"):
        look(address(name), f"priorities-{name}")
    look(address("problem", theft.pk), "priorities-problem")
    page.goto(page.url.split("/plans/")[0] + address("choose"))
    page.get_by_role("button", name="Record the priorities").click()
    look(None, "priorities-choose-error", complains=True)
    be(None)
    look(address("era", era.pk), "priorities-era")


def test_pages_of_an_equality_analysis(look, page, be, action, head):
    plan = action.plan
    be(head)
    look(address("equality", plan.pk), "equality-empty")
    page.get_by_role("button", name="Begin the analysis").click()
    analysis = EqualityAnalysis.objects.get()
    add_measure(analysis, text="Evening sessions", by=head)
    look(address("equality", plan.pk), "equality-open")
    look(address("equality_change", plan.pk), "equality-change")
    look(address("equality_measure", plan.pk), "equality-measure")
    look(address("equality_group", plan.pk, "race"), "equality-group")
    page.get_by_role("button", name="Save").click()
    look(None, "equality-group-error", complains=True)
    page.goto(page.url.split("/plans/")[0] + address("equality_sign", plan.pk))
    page.get_by_label("Where it was agreed").fill("Minute 3")
    page.get_by_role("button", name="Sign it off").click()
    look(None, "equality-sign-error", complains=True)
    sign_off(said_throughout(analysis), note="Minute 3", by=head)
    look(address("equality", plan.pk), "equality-signed")
    look(address("forward", plan.pk), "equality-forward")


def test_pages_of_duties(look, page, be, partnership, head):
    record_duty(
        partnership,
        "strategy-group",
        state="under way",
        evidence="https://example.org/a-very-long-address/of-the-terms-of-reference.pdf",
        by=head,
    )
    be(head)
    look("/", "home-head")
    look(address("duties"), "duties")
    look(address("duty", "strategy-group"), "duty")
    look(address("duty", "answer-scrutiny"), "duty-after-event")
    page.get_by_role("button", name="Record it").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "duty-error", complains=True)
