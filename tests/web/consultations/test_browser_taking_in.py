"""The pages on which responses are taken in, in a real browser, at two widths."""

from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from web.consultations.conftest import launched, respond

from saferplan.web.consultations.demonstration_of_documents import make_documents
from saferplan.web.consultations.models import Joint, Response
from saferplan.web.consultations.services.forgetting import erase
from saferplan.web.consultations.services.joining import make_link
from saferplan.web.consultations.services.redacting import REASONS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


@pytest.fixture
def made(partnership, head):
    return launched(partnership, by=head)


def test_pages_of_taking_in(look, page, be, made, head):
    be(head)
    look(address("responses", made.pk), "responses-empty")
    look(address("joints", made.pk), "joints-empty")
    look(address("moderation", made.pk), "moderation-empty")
    look(address("take_in", made.pk), "take-in")
    page.get_by_role("button", name="Take it in").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "take-in-error", complains=True)
    respond(made, name="A Resident", email="resident@example.org")
    make_documents(made, by=head)
    letter = Response.objects.get(kind="organisation")
    look(address("responses", made.pk), "responses")
    look(address("show", made.pk), "consultation-with-documents")
    look(address("response", made.pk, letter.pk), "response-of-an-organisation")
    look(address("split", made.pk, letter.pk), "split")
    point = letter.points.get(text__contains="one year")
    look(address("split_point", made.pk, letter.pk, point.pk), "split-point")
    look(address("voice", made.pk, letter.pk), "voice")


def test_pages_of_answering_together(look, page, be, made, head):
    respond(made)
    make_documents(made, by=head)
    joint = Joint.objects.get()
    be(head)
    look(address("joints", made.pk), "joints")
    look(address("joint", made.pk, joint.pk), "joint")
    question = made.questions.first()
    look(address("joint_answer", made.pk, joint.pk, question.key), "joint-answer")
    look(address("joint_say", made.pk, joint.pk), "joint-say")
    look(address("joint_change", made.pk, joint.pk), "joint-change")
    word = make_link(joint, by=head)
    be(None)
    look(address("member_says", word), "member-says")
    page.get_by_role("button", name="Send it to").click()
    look(None, "member-says-error", complains=True)
    Joint.objects.update(ask_until="2020-01-01")
    look(address("member_says", word), "member-over", complains=True)


def test_pages_of_what_is_kept_private(look, page, be, made, head):
    sent = respond(
        made,
        "Ask Dora Quill on 020 7946 0018.",
        token=uuid4(),
        name="A Resident",
        email="resident@example.org",
    )
    be(head)
    look(address("redact", made.pk, sent.pk), "redact")
    page.get_by_role("button", name="Take them out for good").click()
    look(None, "redact-error", complains=True)
    # By keyboard alone: into the text, to the name, select it, choose it.
    text = page.get_by_role("textbox", name="The answer to")
    text.focus()
    for key in ("Control+Home", *["ArrowRight"] * 4, *["Shift+ArrowRight"] * 10):
        page.keyboard.press(key)
    page.keyboard.type("nothing is written")
    expect(text).to_have_text("Ask Dora Quill on 020 7946 0018.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("taken out: Dora Quill")
    expect(page.get_by_role("checkbox", name="Dora Quill").last).to_be_checked()
    look(None, "redact-selected")
    page.get_by_label(REASONS[0]).check()
    page.get_by_role("button", name="Take them out for good").click()
    expect(page.get_by_text("Taken out in 1 place.")).to_be_visible()
    expect(text).to_have_text("Ask [redacted: words] on 020 7946 0018.")
    look(None, "redact-done")
    answer = sent.answers.get()
    look(address("hide", made.pk, sent.pk, answer.pk), "hide")
    look(address("moderation", made.pk), "moderation")
    look(address("erase", made.pk, sent.pk), "erase")
    erase(sent, why="Asked for.", by=head)
    look(address("response", made.pk, sent.pk), "response-erased")
