"""Reading and answering what people said, in a real browser, at two widths."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from web.consultations.conftest import ACCEPTED, close, launched, respond
from web.consultations.test_bringing_in import EXPORT
from web.consultations.test_hearing import PEOPLE, many
from web.consultations.test_report_figures import LOOK, counted
from web.test_browser import focus_by_tab

from saferplan.web.consultations.models import Point
from saferplan.web.consultations.services.coding import (
    add_theme,
    code,
    draw_sample,
    keep_run,
)
from saferplan.web.consultations.services.deciding import decide
from saferplan.web.consultations.services.hearing import keep_population
from saferplan.web.consultations.services.reporting import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORD = "a-word-of-their-own"
BROUGHT = {
    "on": "2026-11-20",
    "by": "ThemeFinder run of 2026-11-20",
    "answers": 1,
    "unknown": 0,
    "themes": [{"topic": "A", "name": "Lighting", "description": "", "answers": 1}],
    "labels": {},
}


def at(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


@pytest.fixture
def made(partnership, head):
    return launched(partnership, by=head)


@pytest.fixture
def read(made, head):
    """Answered, looked through, coded and counted; people of three ages said so."""
    question = made.questions.first()
    respond(made, "I was stabbed at the bus stop.", word=WORD)
    respond(made, "Keep the counters open.", email="q@example.org")
    many(made, "Under 25", 12)
    many(made, "25 to 64", 70)
    many(made, "65 or older", 38)
    keep_population(made.questions.get(key="age"), PEOPLE, source="2021", by=head)
    theme = add_theme(question, name="Counters", by=head)
    first = str(question.answers.first().pk)
    campaign = {**LOOK["campaigns"][0], "template_of": first}
    draft = {"theme": 1, "answers": 2, "words": ["open"], "exemplars": [first]}
    looked = {
        **LOOK,
        "answers": 2,
        "campaigns": [campaign],
        "themes": [{**draft, "caution": ""}],
        "theme_cautions": [],
        "campaign_cautions": [],
        "submissions": 40,
        "texts": 3,
        "people": 38,
    }
    for what, result in (
        ("look", looked),
        ("count", counted(theme)),
        ("brought", BROUGHT),
    ):
        keep_run(question, what, seed=1, read="", result=result, by=head)
    return question


def test_pages_of_reading(look, be, made, read, head):
    pk, question = made.pk, read.pk
    be(head)
    look(at("readings", pk), "readings")
    look(at("reading", pk, question), "reading-counted")
    look(at("themes", pk, question), "themes")
    look(at("theme", pk, question, read.themes.get().pk), "theme")
    look(at("sample", pk, question), "sample")
    sample = draw_sample(read, 30, twice=0, by=head)
    look(at("code", pk, question), "code")
    for answer in read.answers.filter(pk__in=sample.drawn):
        code(answer, [], by=head)
    look(at("campaigns", pk, question), "campaigns")
    look(at("vital", pk), "vital")
    look(at("heard", pk), "heard")
    look(at("population", pk, made.questions.get(key="age").pk), "population")
    look(at("out_and_back", pk), "out-and-back")


def test_answers_brought_in_by_keyboard(look, page, be, made, head, tmp_path):
    be(head)
    look(at("bring_in", made.pk), "bring-in")
    page.get_by_role("button", name="Look at it").press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "bring-in-error", complains=True)
    export = tmp_path / "export.csv"
    export.write_bytes(EXPORT.encode())
    page.get_by_label("The export").set_input_files(export)
    page.get_by_label("Last day on which").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Look at it").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "What each column is taken for"
    )
    look(None, "survey-file")
    page.get_by_label("Anything else is").select_option("q1")
    page.get_by_role("button", name="Bring the answers in").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "The answers are brought in"
    )
    look(None, "brought-in")
    assert made.responses.filter(channel="other").count() == 5


def test_an_officer_decides_and_publishes_by_keyboard(
    look, page, be, made, read, head, live_server
):
    pk = made.pk
    be(head)
    look(at("points", pk), "points")
    look(at("prepare", pk), "prepare-unfinished")
    page.goto(live_server.url + at("points", pk))
    focus_by_tab(page, "I was stabbed")
    page.keyboard.press("Space")
    focus_by_tab(page, "Answer those chosen")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save the decision").press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "decide-error", complains=True)
    decision = decide(
        list(Point.objects.select_related("response__consultation")),
        **ACCEPTED,
        by=head,
    )
    close(made)
    look(at("decisions", pk), "decisions")
    look(at("decision", pk, decision.pk), "decision")
    look(at("prepare", pk), "prepare")
    publish(made, note="Cabinet, minute 12", by=head)
    look(at("feedback", pk), "feedback")
    look(at("gunning", pk), "gunning")
    look(at("replies", pk), "replies")
    look(at("reply_template", pk), "reply-template")
    look(reverse("home:front"), "home-of-an-officer")
    be(None)
    look(at("answer_receipt", WORD), "what-became-of-it")
    look(reverse("home:front"), "front-with-answers")
