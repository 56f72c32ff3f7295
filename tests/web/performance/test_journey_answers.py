"""Answers to what a journey map is asked: with a source, a day, and a way back."""

from datetime import date

import pytest
from django.urls import reverse

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Event
from saferplan.web.performance.journey_map import asked, steps_of
from saferplan.web.performance.journey_questions import counted, questions_of
from saferplan.web.performance.services.answering import answer, open_again
from saferplan.web.performance.services.journeys import begin, publish, remove_step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SAID = {
    "outcome": "answered",
    "said": "It is counted from April.",
    "source": "Courts service",
    "day": date(2026, 9, 30),
}


@pytest.fixture
def journey(partnership, head):
    return begin(partnership, "victim", by=head)


def questions(journey):
    return questions_of(journey, asked(journey, steps_of(journey), orphans=[]))


def first(journey):
    return questions(journey)[0]


def to(name, journey, *arguments):
    return reverse(f"performance:{name}", args=[journey.pk, *arguments])


def test_what_nobody_answered_and_what_nobody_knows_are_counted_apart(journey, head):
    one, other, *rest = questions(journey)
    answer(journey, one.check, by=head, **SAID)
    answer(journey, other.check, by=head, **{**SAID, "outcome": "unknown", "said": ""})
    many = len(rest) + 2
    assert counted(questions(journey)) == (
        f"{many} questions: 1 answered, 1 that nobody knows, {many - 2} not answered"
    )


def test_the_newest_answer_stands_and_the_one_before_is_kept(journey, head, analyst):
    answer(journey, first(journey).check, by=head, **SAID)
    answer(journey, first(journey).check, by=analyst, **{**SAID, "said": "From May."})
    found = first(journey)
    assert found.answer.said == "From May."
    assert [each.said for each in found.earlier] == ["It is counted from April."]


def test_a_question_is_opened_again_and_nothing_is_lost(journey, head):
    answer(journey, first(journey).check, by=head, **SAID)
    open_again(journey, first(journey).check, by=head)
    found = first(journey)
    assert (found.answer, found.state) == (None, "open")
    assert [each.said for each in found.earlier] == ["It is counted from April."]
    event = Event.objects.order_by("-number").first()
    assert event.what == "opened a question again of"
    assert event.detail["question"] == found.check.text


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"said": " "}, "Write the answer"),
        ({"source": ""}, "Say who says so"),
        ({"day": date(2026, 10, 21)}, "has not come yet"),
    ],
)
def test_an_answer_without_its_grounds_is_refused(journey, head, words, reason):
    with pytest.raises(NotAllowed, match=reason):
        answer(journey, first(journey).check, by=head, **{**SAID, **words})


def test_only_those_who_keep_indicators_answer(journey, partner_lead):
    with pytest.raises(NotAllowed):
        answer(journey, first(journey).check, by=partner_lead, **SAID)


def test_an_answer_stays_with_its_question_when_the_map_changes(journey, head):
    found = next(e for e in questions(journey) if e.check.about == ("First hearing",))
    answer(journey, found.check, by=head, **SAID)
    remove_step(journey.steps.get(number=1), by=head)
    again = next(e for e in questions(journey) if e.name == found.name)
    assert again.answer.said == "It is counted from April."


def test_it_is_answered_by_the_page_and_read_outside_without_names(
    client, journey, head
):
    client.force_login(head)
    address = to("journey_question", journey, first(journey).name)
    wrong = client.post(address, {"outcome": "answered", "source": "Courts service"})
    assert wrong.status_code == 422
    assert "Write the answer." in wrong.text
    assert "Courts service" in wrong.text
    silent = client.post(address, {"outcome": "answered", "said": "It is counted."})
    assert "Say who says so: an office or a document." in silent.text
    right = {**SAID, "day": "2026-09-30"}
    page = client.post(address, right, follow=True).text
    assert "It is counted from April." in page
    assert "Written down by The head of community safety" in page
    assert "It is counted from April." in client.get(address).text
    publish(journey, public=True, by=head)
    client.logout()
    outside = client.get(to("journey", journey)).text
    assert "It is counted from April." in outside
    assert "Courts service, 30 September 2026" in outside
    assert "Written down by" not in outside
    table = client.get(to("journey_questions", journey, "csv")).text
    assert "Answered,It is counted from April.,Courts service,2026-09-30" in table
    client.force_login(head)
    page = client.post(to("journey_question_open", journey, first(journey).name))
    assert page.status_code == 302
    assert first(journey).answer is None


def test_a_question_that_is_not_asked_does_not_exist(client, journey, head):
    client.force_login(head)
    assert client.get(to("journey_question", journey, "nothing")).status_code == 404
