"""The pages of plans in a real browser, at a desk's width and a phone's."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from web.plans.conftest import ADOPTED, DOCUMENT
from web.test_browser import enter, focus_by_tab, sign_in

from saferplan.web.plans.models import Plan, ReportLink
from saferplan.web.plans.models.report_link import digest_of_word
from saferplan.web.plans.packing import quarter_of
from saferplan.web.plans.services.changing import change_action
from saferplan.web.plans.services.closing import close_quarter
from saferplan.web.plans.services.committing import add_commitment, change_commitment
from saferplan.web.plans.services.importing import make_of, take_in
from saferplan.web.plans.services.outlining import change_part
from saferplan.web.plans.services.putting_forward import put_forward

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(name, *arguments):
    return reverse(f"plans:{name}", args=arguments)


def test_pages_of_bringing_in_a_plan(look, page, be, head):
    be(head)
    look(address("all"), "plans-empty")
    look(address("make"), "plan-make")
    look(address("read"), "plan-read")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "plan-read-error", complains=True)
    document = take_in(DOCUMENT.encode(), "plan.txt", token=uuid4(), by=head)
    look(address("document", document.pk), "plan-document")
    page.get_by_role("button", name="Save").first.click()
    look(None, "plan-document-error", complains=True)
    plan = make_of(document, by=head)
    look(address("show", plan.pk), "plan-draft")
    look(address("document", document.pk), "plan-document-made")


def test_pages_of_a_plan(look, page, be, action, head, analyst):
    plan = action.plan
    be(head)
    for name in ("strand", "forward", "add", "checks", "alignment", "reminders"):
        look(address(name, plan.pk), f"plan-{name}")
    look(address("move", plan.pk, action.pk), "plan-move")
    look(address("change", plan.pk), "plan-change")
    look(address("change_strand", plan.pk, action.strand_id), "plan-change-strand")
    change_part(
        plan, "strands", action.strand_id, seen=2, by=analyst, title="Harm at home"
    )
    page.get_by_role("textbox", name="Strand").fill("My title")
    page.get_by_role("button", name="Save").click()
    look(None, "plan-change-strand-conflict", complains=True)
    look(address("outline", plan.pk), "plan-outline")
    look(address("answer", plan.pk) + "?key=no evidence: 1.1", "plan-answer")
    look(address("remove", plan.pk, action.pk), "plan-remove")
    look(address("edit", plan.pk, action.pk), "plan-edit")
    change_action(action, seen=1, by=analyst, text="Somebody else's words")
    page.get_by_label("What will be done").fill("My words")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Where the two differ").first).to_be_visible()
    look(None, "plan-edit-conflict", complains=True)
    look(address("action", plan.pk, action.pk), "plan-action")
    look(address("add_commitment", plan.pk), "plan-commitment-add")
    promised = add_commitment(plan, section="Streets", text="Be seen.", by=head)
    change_commitment(promised, seen=1, text="Visit every ward.", by=head)
    look(address("commitment", plan.pk, promised.pk), "plan-commitment")
    put_forward(plan, **ADOPTED, note="Minute 4", by=head)
    look(address("review", plan.pk, 1), "plan-review")
    begins, ends = quarter_of(timezone.localdate())
    Plan.objects.filter(pk=plan.pk).update(begins=begins)
    look(address("packs", plan.pk), "plan-packs-empty")
    pack = close_quarter(Plan.objects.get(), begins=begins, ends=ends, by=head)
    look(address("packs", plan.pk), "plan-packs")
    look(address("pack", plan.pk, pack.pk), "plan-pack")
    be(None)
    look(address("all"), "plans-resident")
    look(address("show", plan.pk), "plan-resident")
    look(address("one_page", plan.pk), "plan-one-page")


def test_a_report_by_link_on_a_phone_without_scripts(browser, live_server, action):
    link = ReportLink.objects.create(
        plan=action.plan,
        address="office@example.org",
        digest=digest_of_word("word"),
        made_at=timezone.now(),
    )
    link.actions.set([action])
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(live_server.url + address("report_link", "word"))
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Choose how at least one action stands.")).to_be_visible()
    page.get_by_label("Under way").check()
    page.get_by_label("What was done").fill("Posters are up.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Your report is in")).to_be_visible()
    assert action.updates.get().said == "Posters are up."
    context.close()


def test_an_action_is_reported_on_with_the_keyboard_alone(
    page, live_server, cast, action
):
    sign_in(page, live_server, cast["partner_lead"])
    focus_by_tab(page, "Plans", limit=120)
    enter(page)
    focus_by_tab(page, "Safer Example Plan", limit=120)
    enter(page)
    focus_by_tab(page, "Run a campaign", limit=120)
    enter(page)
    focus_by_tab(page, "Not begun", limit=120)
    page.keyboard.press("ArrowDown")
    focus_by_tab(page, "What was done")
    page.keyboard.type("Two schools have joined.")
    focus_by_tab(page, "Add the report")
    enter(page)
    expect(page.get_by_text("Your report was added.")).to_be_visible()
    assert action.updates.get().status == "under way"
