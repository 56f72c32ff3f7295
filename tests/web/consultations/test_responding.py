"""An answer is kept once, in time or not, and apart where it is about a person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from web.consultations.conftest import respond

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import AboutPerson, Question, Response
from saferplan.web.consultations.services.clock import standing_at, time_in_database
from saferplan.web.consultations.services.responding import (
    Said,
    accept_late,
    begin,
    owner_of,
    save,
    send,
    send_whole,
    take_back,
)
from saferplan.web.core.models import Event

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_the_database_tells_the_time_with_its_zone(consultation):
    now = time_in_database()
    assert abs(now - timezone.now()) < timedelta(seconds=30)
    assert now.utcoffset() is not None


@pytest.mark.parametrize(
    ("begun", "sent", "standing"),
    [
        (-2 * SECOND, -SECOND, "in_time"),
        (-2 * SECOND, 0 * SECOND, "within_grace"),  # the close itself is too late
        (-2 * SECOND, timedelta(minutes=30) - SECOND, "within_grace"),
        (-2 * SECOND, timedelta(minutes=30), "late"),
        (0 * SECOND, SECOND, "late"),  # begun after the close: no grace
    ],
)
def test_the_closing_minute_follows_one_rule(consultation, begun, sent, standing):
    close = consultation.closes_at
    found = standing_at(consultation, begun=close + begun, sent=close + sent)
    assert found == standing


def test_what_is_sent_before_it_opens_is_early(consultation):
    before = consultation.opens_at - SECOND
    assert standing_at(consultation, begun=before, sent=before) == "early"


def test_the_same_form_sent_again_is_one_response_with_one_event(consultation):
    token = uuid4()
    first = respond(consultation, token=token)
    again = respond(consultation, "Other words.", token=token)
    assert again.pk == first.pk
    assert again.answers.get(question__order=1).text == "Keep the counters open."
    assert Event.objects.filter(what="sent the response").count() == 1


def test_a_late_response_keeps_its_words_and_is_not_counted(closed, head):
    late = respond(closed)
    assert late.standing == "late"
    assert late.answers.get().text == "Keep the counters open."
    assert not Response.objects.counted().exists()
    accept_late(late, why="The site was down.", by=head)
    assert Response.objects.counted().get() == late


def test_a_late_response_is_not_accepted_without_a_reason(closed, head):
    with pytest.raises(NotAllowed, match="Say why"):
        accept_late(respond(closed), why=" ", by=head)


def test_a_response_changes_until_the_close_and_not_after(consultation):
    response = respond(consultation)
    question = consultation.questions.first()
    save(response, [Said(question=question, text="Two more counters.")])
    assert response.answers.get().text == "Two more counters."
    assert response.points.get().text == "Two more counters."
    consultation.closes_at = timezone.now() - SECOND
    consultation.save()
    with pytest.raises(NotAllowed, match="has closed"):
        save(response, [Said(question=question, text="Too late.")])
    assert response.answers.get().text == "Two more counters."


def test_an_answer_emptied_is_taken_back(consultation):
    response = respond(consultation)
    save(response, [Said(question=consultation.questions.first())])
    assert not response.answers.exists()
    assert not response.points.exists()


def test_a_comment_stands_on_its_passage(consultation):
    passage = consultation.drafts.get().passages.last()
    response = begin(consultation, token=uuid4())
    save(response, [Said(passage=passage, text="Which one?")])
    send(response)
    assert response.points.get().passage == passage


def test_who_somebody_is_is_kept_apart_from_what_they_said(consultation):
    question = consultation.questions.get(key="age")
    token = uuid4()
    said = [Said(question=question, chosen=["Under 25"])]
    response = send_whole(consultation, said, token=token)
    assert not response.answers.exists()
    kept = AboutPerson.objects.get()
    assert kept.chosen == ["Under 25"]
    assert str(token) not in kept.owner
    # The holder of the form can still take it back.
    save(response, [Said(question=question)])
    assert not AboutPerson.objects.exists()


def test_people_are_kept_in_no_order(consultation):
    question = consultation.questions.get(key="age")
    said = [Said(question=question, chosen=["Under 25"])]
    sent = [send_whole(consultation, said, token=uuid4()) for _ in range(8)]
    keys = [AboutPerson.objects.get(owner=owner_of(each.token)).pk for each in sent]
    assert keys != sorted(keys)  # by chance once in 40,320 times


def test_of_two_answers_to_one_question_the_later_is_meant(consultation):
    question = consultation.questions.first()
    said = [Said(question=question, text=each) for each in ("First.", "Then.")]
    response = send_whole(consultation, said, token=uuid4())
    assert response.answers.get().text == "Then."
    assert response.points.get().text == "Then."


def test_words_that_did_not_change_keep_their_point(consultation):
    response = respond(consultation)
    question, point = consultation.questions.first(), response.points.get()
    same = Said(question=question, text=point.text, chosen=["Yes"])
    save(response, [same])
    assert response.answers.get().chosen == ["Yes"]
    assert response.points.get().pk == point.pk


def test_a_longer_form_costs_no_more_questions_to_the_database(
    consultation, django_assert_max_num_queries
):
    more = [
        Question.objects.create(
            consultation=consultation, key=f"more{at}", order=10 + at
        )
        for at in range(9)
    ]
    said = [Said(question=each, text="Words.") for each in more]
    said += [Said(question=consultation.questions.get(key="age"), chosen=["Under 25"])]
    with django_assert_max_num_queries(17):
        response = send_whole(consultation, said, token=uuid4())
    assert response.points.count() == 9


def test_what_was_taken_back_is_not_counted(response):
    take_back(response)
    assert not Response.objects.counted().exists()
    with pytest.raises(NotAllowed, match="taken back"):
        save(response, [])


def test_the_record_names_a_response_by_its_reference_alone(consultation):
    response = respond(consultation, name="A Resident", email="me@example.org")
    event = Event.objects.get(what="sent the response")
    assert response.reference in event.subject
    assert "example.org" not in str(event.detail) + event.subject
    assert "counters" not in str(event.detail) + event.subject
