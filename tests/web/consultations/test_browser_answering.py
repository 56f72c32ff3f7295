"""Answering and setting up in a real browser, at a desk's width and a phone's."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from web.consultations.conftest import launched, respond, set_up
from web.test_browser import enter, focus_by_tab, sign_in

from saferplan.web.consultations.models import Consultation, Response
from saferplan.web.consultations.services.questioning import (
    add_questions_about_people,
)
from saferplan.web.consultations.services.setting_up import add_question, launch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


@pytest.fixture
def asked(partnership, head):
    """One that is open and asks in every way, with a way out in a hurry."""
    made = set_up(
        partnership,
        by=head,
        quick_exit=True,
        write_to="Civic Centre\nhave-your-say@example.org",
        reasons=["It names a private person"],
    )
    agree = made.questions.get(key="q2")
    agree.required = True
    agree.words = {"cy": {"text": "Ydych chi'n cytuno?", "options": ["Ydw", "Nac ydw"]}}
    agree.save()
    add_question(
        made, key="why", text="Why not?", only_if=agree, only_if_said=["No"], by=head
    )
    add_question(
        made,
        key="touches",
        kind="many",
        text="What touches you?",
        options=["Burglary", "Theft"],
        by=head,
    )
    add_question(made, key="where", kind="place", text="Where?", by=head)
    launch(made, by=head)
    made.refresh_from_db()
    return made


def test_the_pages_on_which_people_answer(look, page, asked, live_server):
    draft = asked.drafts.get()
    look(at("all"), "consultations")
    look(at("show", asked.pk), "consultation")
    look(at("draft", asked.pk, draft.pk), "consultation-draft")
    look(at("paper", asked.pk), "consultation-paper")
    look(at("whole", asked.pk) + "?language=cy", "consultation-whole")
    page.get_by_label("E-mail address").fill("nobody")
    page.get_by_role("button", name="Send your response").click()
    look(None, "consultation-whole-error", complains=True)
    look(at("comment", asked.pk, draft.pk, "p1"), "consultation-comment")
    page.get_by_role("button", name="Keep the comment").click()
    look(None, "consultation-comment-error", complains=True)
    look(at("start", asked.pk), "consultation-start")
    page.get_by_role("button", name="Start now").click()
    look(None, "answer")
    word = page.url.rstrip("/").split("/")[-1]
    for key in ("q1", "q2", "where"):
        look(at("answer_question", word, key), f"answer-{key}")
    page.get_by_label("Or its position").fill("somewhere")
    page.get_by_role("button", name="Save and continue").click()
    look(None, "answer-where-error", complains=True)
    for name in ("about", "who", "keep", "check", "take_back"):
        look(at(f"answer_{name}", word), f"answer-{name}")
    page.goto(live_server.url + at("answer_check", word))
    page.get_by_role("button", name="Send your response").click()
    look(None, "answer-check-error", complains=True)


def test_a_resident_answers_on_a_phone_without_scripts(browser, live_server, asked):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(live_server.url + at("show", asked.pk))
    # Reads the draft, and comments on one passage.
    page.get_by_role("link", name="The draft").click()
    page.get_by_role("link", name=re.compile("Comment on this.*Paragraph 2")).click()
    page.get_by_label("Your comment").fill("Which one?")
    page.get_by_role("button", name="Keep the comment").click()
    expect(page.get_by_text("It is not sent yet.")).to_be_visible()
    assert page.url.endswith("#p2")
    # Looks at it all, and answers the questions.
    page.get_by_role("link", name="Check it and send it").click()
    page.get_by_role("link", name=re.compile("Change.*What should change")).click()
    page.get_by_label("What should change?").fill("Keep the counters open.")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Send your response").click()
    expect(page.get_by_text("This question needs an answer").first).to_be_visible()
    page.get_by_role("link", name="This question needs an answer").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()
    # Comes back later, with the link, to the question that now is asked.
    address = page.url.replace("check/", "")
    page.goto(live_server.url + at("all"))
    page.goto(address)
    page.get_by_role("link", name="Why not?").click()
    page.get_by_label("Why not?").fill("It is too little.")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Burglary").check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Name the place").fill("The station")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Under 25").check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("E-mail address").fill("me@example.org")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Send your response").click()
    expect(page.get_by_role("heading", name="Your response is sent")).to_be_visible()
    kept = Response.objects.get()
    expect(page.get_by_text(kept.reference).first).to_be_visible()
    assert kept.standing == "in_time"
    assert kept.answers.count() == 6
    # Goes back and presses again: still one.
    page.go_back()
    page.go_back()
    page.goto(address)
    expect(page.get_by_text(kept.reference).first).to_be_visible()
    # And changes their mind.
    page.get_by_role("link", name="take it back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("You took your response back").first).to_be_visible()
    assert Response.objects.get().withdrawn_at is not None
    context.close()


def test_the_way_out_in_a_hurry_needs_no_pointer(page, live_server, asked):
    page.route("**/*bbc.co.uk/**", lambda route: route.fulfill(body="Weather"))
    page.goto(live_server.url + at("start", asked.pk))
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page.get_by_text("Weather")).to_be_visible()


def test_pages_after_the_close(look, closed, partnership, head):
    late = respond(closed, word="late-one")
    look(at("show", closed.pk), "consultation-closed")
    look(at("start", closed.pk), "consultation-start-closed")
    look(at("whole", closed.pk), "consultation-whole-closed")
    look(at("answer_receipt", "late-one"), "answer-late")
    made = launched(partnership, by=head, title="Another")
    respond(made, word="in-time")
    look(at("answer_receipt", "in-time"), "answer-receipt")
    later = timezone.now() + timedelta(days=2)
    soon = launched(partnership, by=head, title="Soon", opens_at=later)
    look(at("show", soon.pk), "consultation-soon")
    assert late.standing == "late"


def test_pages_of_setting_up(look, page, be, being_set_up, closed, head):
    late = respond(closed)
    be(head)
    look(at("make"), "consultation-make")
    page.get_by_role("button", name="Save").click()
    look(None, "consultation-make-error", complains=True)
    add_questions_about_people(being_set_up, by=head)
    for name in ("show", "change", "drafts", "questions", "launch", "whole"):
        look(at(name, being_set_up.pk), f"setting-up-{name}")
    for name in ("add_question", "translate"):
        look(at(name, being_set_up.pk), f"setting-up-{name}")
    page.get_by_label("Into which language").select_option("ur")
    page.get_by_role("button", name="Continue").click()
    look(None, "setting-up-translate-words")
    page.get_by_label("The answers to question 2").fill("ہاں")
    page.get_by_role("button", name="Keep these words").click()
    look(None, "setting-up-translate-error", complains=True)
    for name in ("more_time", "enter", "late"):
        look(at(name, closed.pk), f"consultation-{name}")
    look(at("accept_late", closed.pk, late.pk), "consultation-accept-late")
    look(at("enter", closed.pk), "consultation-enter")
    page.get_by_role("button", name="Keep this response").click()
    look(None, "consultation-enter-error", complains=True)


def tab_to(page, name):
    """Tab to the next field of that name."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"No field called {name} is reached by Tab")


def test_an_officer_asks_launches_and_types_in_with_the_keyboard_alone(
    page, live_server, being_set_up, head
):
    keys = page.keyboard
    sign_in(page, live_server, head)
    focus_by_tab(page, "Consultations", limit=120)
    enter(page)
    focus_by_tab(page, being_set_up.title, limit=120)
    enter(page)
    focus_by_tab(page, "The questions", limit=120)
    enter(page)
    focus_by_tab(page, "Add a question", limit=120)
    enter(page)
    tab_to(page, "text")
    keys.type("Why not?")
    tab_to(page, "route")
    keys.press("Tab")  # from “Yes” to “No”
    keys.press("Space")
    focus_by_tab(page, "Save", limit=120)
    enter(page)
    expect(page.get_by_text("Only for who answered “No”")).to_be_visible()
    focus_by_tab(page, being_set_up.title, limit=120)
    enter(page)
    focus_by_tab(page, "Check and launch", limit=120)
    enter(page)
    focus_by_tab(page, "Launch it", limit=120)
    enter(page)
    expect(page.get_by_text("It is launched, for everybody to see.")).to_be_visible()
    assert Consultation.objects.get().launched_at is not None
    focus_by_tab(page, "Type in a response", limit=120)
    enter(page)
    tab_to(page, "channel")
    keys.press("Space")
    tab_to(page, "received_on")
    keys.type(f"{timezone.localdate():%d/%m/%Y}")
    tab_to(page, "q1-text")
    keys.type("By hand.")
    focus_by_tab(page, "Keep this response", limit=120)
    enter(page)
    expect(page.get_by_text("It is in, as response")).to_be_visible()
    assert Response.objects.get().channel == "paper"
