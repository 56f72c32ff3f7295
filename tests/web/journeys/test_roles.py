"""
What each role comes for, from one page to the next in a real browser.

At each stop nothing is wrong that axe finds; and what a role must not see is not there.
"""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from web.journeys.conftest import WORD
from web.test_browser import enter, focus_by_tab, sign_in

from saferplan.web.performance.models import Return
from saferplan.web.plans.models import DutyRecord, Update

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def go(page, name):
    """Follow the link with these words, or press the button."""
    page.get_by_role("link", name=name).or_(
        page.get_by_role("button", name=name)
    ).first.click()


def absent(page, *words):
    for each in words:
        expect(page.get_by_text(each)).to_have_count(0)


def answers(page, live_server, name, *arguments):
    return page.request.get(
        live_server.url + reverse(name, args=arguments), max_redirects=0
    ).status


def test_the_head_says_how_a_duty_stands_and_reads_the_board_s_pack(
    page, live_server, stop, cast, in_force, draft
):
    sign_in(page, live_server, cast["head"])
    stop(page, "Safer Example Partnership")
    focus_by_tab(page, "See the whole register", limit=150)
    enter(page)
    stop(page, "What the law asks this year")
    focus_by_tab(page, "Hold a public meeting", limit=150)
    enter(page)
    stop(page, "Hold a public meeting")
    page.get_by_label("Done, or kept").check()
    page.get_by_label("The day it was done").fill(str(timezone.localdate()))
    page.get_by_label("Where anybody can see it").fill("Notes of the meeting")
    go(page, "Record it")
    expect(page.get_by_text("Notes of the meeting").first).to_be_visible()
    assert DutyRecord.objects.get().by == cast["head"]
    go(page, "Plans")
    expect(page.get_by_text("Next Year's Secret Plan")).to_be_visible()
    go(page, "Safer Example Plan")
    go(page, "Board packs")
    stop(page, "Board packs")
    expect(page.get_by_role("button", name="Close the quarter")).to_be_visible()


def test_a_partner_reports_by_a_link_and_the_link_is_used_up(
    bare_phone, live_server, stop, link, in_force, draft
):
    page = bare_phone
    page.goto(live_server.url + link)
    fit = page.locator("section", has_text="Fit new locks")
    fit.get_by_label("Under way").check()
    fit.get_by_label("What was done").fill("Forty homes have new locks.")
    absent(page, "Secret Plan", "Change its words")
    go(page, "Send the report")
    expect(page.locator("h1")).to_have_text("Thank you. Your report is in.")
    assert Update.objects.get().said == "Forty homes have new locks."
    go(page, "Safer Example Plan")
    expect(page.get_by_text("How it stands today")).to_be_visible()
    absent(page, "Add an action", "Who owes a report")
    page.goto(live_server.url + link)
    expect(page.locator("h1")).to_have_text("This link was used already")
    assert WORD not in page.content().replace(link, "")


def test_a_partner_lead_reports_on_an_action_with_the_keyboard(
    page, live_server, stop, cast, in_force, draft, counted
):
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, live_server, cast["partner_lead"])
    stop(page, "Safer Example Partnership")
    owed = page.locator("section", has_text="waits for a report")
    expect(owed).not_to_contain_text("Visit shops")  # the police's
    focus_by_tab(page, "1.1 Fit new locks", limit=150)
    enter(page)
    stop(page, "Action")
    absent(page, "Change its words", "Take it out of the plan")
    focus_by_tab(page, "Not begun", limit=150)
    page.keyboard.press("ArrowDown")
    focus_by_tab(page, "What was done")
    page.keyboard.type("Forty homes.")
    focus_by_tab(page, "Add the report")
    enter(page)
    expect(page.get_by_text("Your report was added.")).to_be_visible()
    page.goto(live_server.url + reverse("performance:quarter"))
    stop(page, "Figures for")
    plan = in_force.pk
    for name in ("plans:forward", "plans:add", "plans:strand"):
        assert answers(page, live_server, name, plan) == 403
    assert answers(page, live_server, "performance:waiting") == 403
    assert answers(page, live_server, "partnerships:people") == 403


def test_an_analyst_approves_a_figure_and_tries_another_target(
    page, live_server, stop, cast, in_force, counted, target
):
    sign_in(page, live_server, cast["analyst"])
    stop(page, "Safer Example Partnership")
    go(page, "Look at it")
    stop(page, "Figures that wait for approval")
    page.get_by_label("Approve Homes burgled").check()
    go(page, "Approve those ticked")
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    assert Return.objects.get().state == Return.State.APPROVED
    go(page, "Performance")
    go(page, "Targets")
    go(page, "Burglary")
    stop(page, "Burglary")
    page.get_by_label("Target", exact=True).fill("1,150")
    go(page, "Try it")
    expect(page.get_by_text("1,150 in twelve months").first).to_be_visible()
    page.goto(live_server.url + reverse("plans:show", args=[in_force.pk]))
    go(page, "What a critical reader would ask")
    stop(page, "What a critical reader would ask")
    assert answers(page, live_server, "plans:forward", in_force.pk) == 403
    assert answers(page, live_server, "partnerships:people") == 403


def test_a_councillor_asks_what_changed_and_whether_it_was_done(
    page, live_server, stop, cast, in_force, draft, counted, mapped
):
    sign_in(page, live_server, cast["councillor"])
    stop(page, "Safer Example Partnership")
    absent(page, "Secret Plan", "both victim and perpetrator", "Inside matter")
    go(page, "What changed, is it real, was it done")
    stop(page, "What changed, is it real, was it done?")
    go(page, "Safer Example Plan")
    stop(page, "Safer Example Plan")
    absent(page, "Add an action", "What a critical reader would ask", "Secret Plan")
    go(page, "Board packs")
    page.locator("article a").first.click()
    stop(page, "pack")
    with page.expect_download() as download:
        go(page, "PDF")
    assert download.value.suggested_filename.endswith(".pdf")
    first = in_force.actions.first()
    page.goto(live_server.url + reverse("plans:action", args=[in_force.pk, first.pk]))
    expect(page.locator("h1")).to_have_text("Safer Example Plan")
    for name in ("plans:checks", "plans:reminders", "plans:alignment"):
        assert answers(page, live_server, name, in_force.pk) == 404
    assert answers(page, live_server, "plans:show", draft.pk) == 404
    assert answers(page, live_server, "home:record") == 403


def test_a_resident_finds_what_was_promised_on_a_phone_without_scripts(
    bare_phone, live_server, in_force, draft, counted, promised, mapped, partnership
):
    page = bare_phone
    page.goto(live_server.url)
    go(page, "Standards of service")
    page.get_by_role("link", name="Bridge").first.click()
    expect(page.locator("h1")).to_contain_text("Bridge")
    page.goto(live_server.url)
    page.get_by_role("main").get_by_role("link", name="Plans").click()
    absent(page, "Secret Plan", "Bring in a plan")
    go(page, "Safer Example Plan")
    absent(page, "Board packs", "Who owes a report")
    go(page, "What changed, is it real, was it done")
    expect(page.get_by_text("Was it done?", exact=True)).to_be_visible()
    page.goto(live_server.url + reverse("performance:all"))
    absent(page, "Inside matter")
    go(page, "Homes burgled")
    expect(page.locator("h1")).to_contain_text("Homes burgled")
    page.goto(live_server.url + reverse("performance:journeys"))
    absent(page, "both victim and perpetrator")
    assert answers(page, live_server, "plans:show", draft.pk) == 404
    for name in ("plans:duties", "home:record", "assessments:evidence"):
        assert answers(page, live_server, name) == 302  # to sign in
    assert answers(page, live_server, "plans:packs", in_force.pk) == 302


def test_a_commissioner_reads_how_the_plan_stands_and_changes_nothing(
    page, live_server, stop, cast, in_force, target
):
    sign_in(page, live_server, cast["commissioner"])
    stop(page, "Safer Example Partnership")
    page.locator("section h3").get_by_text("Safer Example Plan").click()
    stop(page, "Safer Example Plan")
    absent(page, "Add an action", "Put the plan forward")
    go(page, "Fit new locks")
    stop(page, "Action")
    absent(page, "Add the report", "Change its words")
    go(page, "Performance")
    go(page, "Targets")
    absent(page, "Add a target")
    for name in ("plans:forward", "plans:add"):
        assert answers(page, live_server, name, in_force.pk) == 403
    assert answers(page, live_server, "performance:make") == 403
