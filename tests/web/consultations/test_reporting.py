"""The answer is published when everything is answered, and says what became of it."""

import csv
import io

import pytest
from django.urls import reverse
from web.consultations.conftest import ACCEPTED, close, passages_of, respond

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Point, ResponseDocument
from saferplan.web.consultations.services.deciding import decide, show_change
from saferplan.web.consultations.services.reporting import (
    body_of,
    obstacles,
    publish,
)
from saferplan.web.consultations.services.responding import take_back
from saferplan.web.consultations.services.setting_up import add_draft

pytestmark = pytest.mark.django_db
NEXT = "Safer streets\n\nWe will keep two front counters open day and night."


@pytest.fixture
def answered(consultation, head):
    """Two responses with one point each, answered together; nobody can answer more."""
    respond(
        consultation, "Keep the counters open.", name="Quiet", email="q@example.org"
    )
    respond(consultation, "Open the counters at night.", kind="organisation")
    points = list(Point.objects.select_related("response__consultation"))
    decide(points, **ACCEPTED, by=head)
    return close(consultation)


def texts(consultation):
    return " ".join(each.text for each in obstacles(consultation))


def test_nothing_is_published_while_people_can_answer(consultation, head):
    assert "can still answer" in texts(consultation)
    with pytest.raises(NotAllowed, match="can still answer"):
        publish(consultation, note="Cabinet", by=head)


def test_nothing_is_published_while_a_point_waits(answered, head):
    Point.objects.first().answered.delete()
    assert texts(answered) == "1 point without an answer."
    with pytest.raises(NotAllowed, match="1 point without an answer"):
        publish(answered, note="Cabinet", by=head)


def test_a_response_taken_back_keeps_nothing_waiting(consultation, head):
    take_back(respond(consultation))
    assert texts(close(consultation)) == ""


def test_nothing_is_published_while_a_document_is_not_wholly_split(answered, head):
    ResponseDocument.objects.create(
        response=answered.responses.first(), file_name="a.docx", sha256="", text="A."
    )
    assert "1 document not wholly split" in texts(answered)


def test_nothing_is_published_while_promised_words_are_missing(answered, head):
    points = list(Point.objects.select_related("response__consultation"))
    promised = decide(points, **ACCEPTED, changes_plan=True, by=head)
    assert "1 decision to change words" in texts(answered)
    later = add_draft(
        answered,
        title="The second draft",
        text=NEXT,
        passages=passages_of(NEXT),
        number=2,
        by=head,
    )
    show_change(promised, after=later.passages.last(), by=head)
    assert obstacles(answered) == []


def test_what_is_published_says_who_was_heard_and_what_became_of_it(answered, head):
    report = publish(answered, note="Cabinet, minute 12", by=head)
    assert report.body["heard"]["individuals"] == 1
    assert report.body["heard"]["organisations"] == 1
    (row,) = report.body["decided"]
    assert (row["points"], row["responses"]) == (2, 2)
    assert row["kinds"] == {"individual": 1, "organisation": 1}
    answered.refresh_from_db()
    assert answered.state == "answered"


def test_what_is_published_holds_no_name_and_no_word_of_a_response(answered, head):
    body = str(publish(answered, note="Cabinet", by=head).body)
    assert "Quiet" not in body
    assert "example.org" not in body
    assert "Open the counters at night" not in body


def test_the_same_answer_is_not_published_twice(answered, head):
    publish(answered, note="Cabinet", by=head)
    with pytest.raises(NotAllowed, match="says the same already"):
        publish(answered, note="Cabinet", by=head)


def test_only_the_head_publishes(answered, analyst):
    with pytest.raises(NotAllowed):
        publish(answered, note="Cabinet", by=analyst)


def test_what_people_chose_is_counted(consultation, head):
    response = respond(consultation)
    question = consultation.questions.get(kind="one", apart=False)
    response.answers.create(question=question, chosen=["Yes"])
    asked = {each["text"]: each for each in body_of(consultation)["questions"]}
    assert asked["Do you agree?"]["chosen"] == [["Yes", 1], ["No", 0]]
    assert "How old are you?" not in asked


def test_everybody_reads_the_answer_and_takes_it_away(client, answered, head):
    feedback = reverse("consultations:feedback", args=[answered.pk])
    assert client.get(feedback).status_code == 404  # nothing is published yet
    client.force_login(head)
    prepare = reverse("consultations:prepare", args=[answered.pk])
    assert client.post(prepare, {"note": ""}).status_code == 422
    assert client.post(prepare, {"note": "Cabinet"}).status_code == 302
    client.logout()
    page = client.get(feedback).content.decode()
    assert "Counters should stay open day and night." in page
    assert "2 points in 2 responses" in page
    table = client.get(
        reverse("consultations:feedback_table", args=[answered.pk, 1, "csv"])
    )
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert rows[0]["What became of it"] == "Accepted"
