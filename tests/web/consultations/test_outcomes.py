"""Whoever answered reads what became of it; everybody finds what was answered."""

import pytest
from django.urls import reverse
from web.consultations.conftest import ACCEPTED, close, passages_of, respond

from saferplan.web.consultations.models import Point, Response
from saferplan.web.consultations.services.deciding import decide, show_change
from saferplan.web.consultations.services.outcomes import outcomes_of
from saferplan.web.consultations.services.reporting import publish
from saferplan.web.consultations.services.responding import take_back
from saferplan.web.consultations.services.setting_up import add_draft

pytestmark = pytest.mark.django_db
WORD = "a-word-of-their-own"
NEXT = "Safer streets\n\nWe will keep two front counters open day and night."


@pytest.fixture
def mine(consultation):
    respond(consultation, "Something else altogether.", word="another-word")
    return respond(consultation, word=WORD)


def private_page(client):
    return client.get(reverse("consultations:answer_receipt", args=[WORD])).text


def decide_all(by, **words):
    points = list(Point.objects.select_related("response__consultation"))
    return decide(points, **{**ACCEPTED, **words}, by=by)


def test_before_it_is_published_nothing_is_told(client, consultation, mine, head):
    # While it is open there is nothing to wait for yet.
    assert "Not yet answered" not in private_page(client)
    decide_all(head)
    close(consultation)
    [point] = outcomes_of(mine)
    assert (point["text"], point["label"]) == ("Keep the counters open.", "")
    page = private_page(client)
    assert "Not yet answered" in page
    assert ACCEPTED["reason"] not in page


def test_then_each_point_has_its_answer_reason_and_changed_words(
    client, consultation, mine, head
):
    draft = consultation.drafts.get()
    decision = decide_all(head, changes_plan=True, before=draft.passages.last())
    later = add_draft(
        consultation,
        title="Next",
        text=NEXT,
        passages=passages_of(NEXT),
        number=2,
        by=head,
    )
    show_change(decision, after=later.passages.last(), by=head)
    publish(close(consultation), note="Cabinet", by=head)
    page = private_page(client)
    assert "Not yet answered" not in page
    assert ACCEPTED["reason"] in page
    assert "Keep the counters open." in page
    assert "<ins>" in page
    assert "two" in page[page.index("<ins>") :]
    feedback = client.get(reverse("consultations:feedback", args=[consultation.pk]))
    where = reverse("consultations:draft", args=[consultation.pk, later.pk])
    assert f'href="{where}#{later.passages.last().key}"' in feedback.text
    assert reverse("consultations:feedback", args=[consultation.pk]) in page
    assert "Something else altogether." not in page  # that is another's own page


def test_a_point_decided_anew_since_is_not_yet_answered(consultation, mine, head):
    decide_all(head)
    publish(close(consultation), note="Cabinet", by=head)
    mine = Response.objects.get(pk=mine.pk)
    assert outcomes_of(mine)[0]["label"] == "Accepted"
    decide_all(head, disposition="partly", reason="Money is short.")
    mine = Response.objects.get(pk=mine.pk)
    assert outcomes_of(mine)[0]["label"] == ""


def test_what_was_taken_back_has_no_outcome(mine):
    take_back(mine)
    assert outcomes_of(Response.objects.get(pk=mine.pk)) == []


def test_everybody_finds_open_and_newly_answered_ones_on_the_front_page(
    client, consultation, mine, head, councillor
):
    front = reverse("home:front")
    shown = reverse("consultations:show", args=[consultation.pk])
    answer = reverse("consultations:feedback", args=[consultation.pk])
    assert shown in client.get(front).text
    decide_all(head)
    publish(close(consultation), note="Cabinet", by=head)
    page = client.get(front).text
    assert answer in page
    assert f'"{shown}"' not in page
    client.force_login(councillor)
    assert answer in client.get(front).text


def test_one_being_set_up_is_on_nobody_elses_front_page(
    client, being_set_up, analyst, councillor
):
    front = reverse("home:front")
    assert being_set_up.title not in client.get(front).text
    client.force_login(councillor)
    assert being_set_up.title not in client.get(front).text
    client.force_login(analyst)
    assert "not launched yet" in client.get(front).text


def test_officers_are_told_what_waits(client, consultation, mine, analyst, head):
    client.force_login(analyst)
    front = reverse("home:front")
    assert "2 points to answer" in client.get(front).text
    decide_all(head)
    assert "What people said waits" not in client.get(front).text
    close(consultation)
    assert "the answer to publish" in client.get(front).text
