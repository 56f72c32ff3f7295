"""Every point is answered, once or together with others, and with a reason."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from web.consultations.conftest import ACCEPTED, launched, passages_of, respond

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Decision, Point, Report
from saferplan.web.consultations.services.coding import keep_run
from saferplan.web.consultations.services.deciding import decide, reopen, show_change
from saferplan.web.consultations.services.redacting import (
    REASONS,
    redact_words,
    with_words,
)
from saferplan.web.consultations.services.responding import Said, save
from saferplan.web.consultations.services.setting_up import add_draft
from saferplan.web.core.models import Event

pytestmark = pytest.mark.django_db
NEXT = "Safer streets\n\nWe will keep two front counters open day and night."


@pytest.fixture
def points(consultation):
    respond(consultation, "Keep the counters open.")
    respond(consultation, "Open the counters at night.")
    return list(Point.objects.select_related("response__consultation"))


@pytest.fixture
def next_draft(consultation, head):
    return add_draft(
        consultation,
        title="The second draft",
        text=NEXT,
        passages=passages_of(NEXT),
        number=2,
        by=head,
    )


def test_many_points_are_answered_once(points, head):
    decision = decide(points, **ACCEPTED, by=head)
    assert {point.answered.decision for point in points} == {decision}
    event = Event.objects.get(what__startswith="decided")
    assert event.subject == "2 points of The next plan"


def test_a_second_decision_takes_the_place_of_the_first_which_stays(points, head):
    first = decide(points, **ACCEPTED, by=head)
    second = decide(
        points[:1],
        **ACCEPTED | {"disposition": "partly", "reason": "One of two."},
        by=head,
    )
    assert Point.objects.get(pk=points[0].pk).answered.decision == second
    assert Point.objects.get(pk=points[1].pk).answered.decision == first
    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"reason": " "}, "Say why"),
        ({"said": ""}, "what people said"),
        ({"disposition": "in_plan", "changes_plan": True}, "Only what is accepted"),
    ],
)
def test_a_decision_says_all_it_must(points, head, changed, told):
    with pytest.raises(NotAllowed, match=told):
        decide(points, **ACCEPTED | changed, by=head)


def test_nothing_chosen_is_nothing_decided(head):
    with pytest.raises(NotAllowed, match="at least one point"):
        decide([], **ACCEPTED, by=head)


def test_points_of_two_consultations_are_not_answered_together(
    points, partnership, head
):
    other = respond(launched(partnership, by=head, title="Another"))
    with pytest.raises(NotAllowed, match="different consultations"):
        decide([*points, other.points.get()], **ACCEPTED, by=head)


def test_changed_words_are_of_a_later_draft(points, consultation, next_draft, head):
    asked = consultation.drafts.get(number=1).passages.last()
    promised = decide(points, **ACCEPTED, changes_plan=True, before=asked, by=head)
    assert not promised.is_complete
    with pytest.raises(NotAllowed, match="later draft"):
        show_change(promised, after=asked, by=head)
    kept = show_change(promised, after=next_draft.passages.last(), by=head)
    assert kept.is_complete
    assert kept.before == asked
    assert Point.objects.get(pk=points[0].pk).answered.decision == kept


def test_a_decision_taken_back_leaves_its_points_waiting(points, head):
    decision = decide(points, **ACCEPTED, by=head)
    with pytest.raises(NotAllowed, match="Say why"):
        reopen(decision, why="", by=head)
    reopen(decision, why="It was about another counter.", by=head)
    assert not Point.objects.filter(answered__isnull=False).exists()
    with pytest.raises(NotAllowed, match="no point any more"):
        reopen(decision, why="Once more.", by=head)


def test_why_it_was_taken_back_is_read_beside_it_and_not_in_the_record(
    client, points, head
):
    decision = decide(points, **ACCEPTED, by=head)
    client.force_login(head)
    of_decision = [decision.consultation_id, decision.pk]
    back = reverse("consultations:decision_back", args=of_decision)
    assert client.post(back, {"reason": ""}).status_code == 422
    assert client.post(back, {"reason": "Mr Quill rang."}).status_code == 302
    assert client.post(back, {"reason": "Once more."}).status_code == 422
    page = client.get(reverse("consultations:decision", args=of_decision)).text
    assert "Mr Quill rang." in page
    told = Event.objects.get(what__startswith="took back a decision")
    assert "Quill" not in str(told.detail) + told.what + told.subject


def test_words_taken_out_of_a_response_go_from_why_it_was_taken_back(points, head):
    response = points[0].response
    decision = decide(points[:1], **ACCEPTED, by=head)
    reopen(decision, why="It meant other counters than these.", by=head)
    redact_words(response, with_words(response, "counters"), reason=REASONS[0], by=head)
    decision.taken_back.refresh_from_db()
    assert decision.taken_back.why == "It meant other [redacted: words] than these."


def test_the_councillor_does_not_answer(points, councillor):
    with pytest.raises(NotAllowed):
        decide(points, **ACCEPTED, by=councillor)


def test_the_database_refuses_to_change_what_was_decided_or_published(points, head):
    decision = decide(points, **ACCEPTED, by=head)
    report = Report.objects.create(
        consultation=decision.consultation,
        number=1,
        body={},
        digest=uuid4().hex,
        note="4",
        by=head,
        at=decision.at,
    )
    for rows, change in (
        (Decision.objects.filter(pk=decision.pk), {"reason": "Another."}),
        (Report.objects.filter(pk=report.pk), {"body": {"said": "Other"}}),
        (decision.consultation.drafts.all(), {"text": "Other"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


def test_words_typed_again_keep_their_decision_and_new_words_wait(
    consultation, points, head
):
    decide(points, **ACCEPTED, by=head)
    question = consultation.questions.first()
    response = points[0].response
    save(response, [Said(question=question, text="Keep the counters open. ")])
    assert response.points.get().answered
    save(response, [Said(question=question, text="Close them all.")])
    assert not hasattr(response.points.get(), "answered")


def decide_page(client, consultation, asked):
    address = reverse("consultations:decide", args=[consultation.pk])
    return client.get(address, asked, follow=True).text


def test_all_that_match_are_answered_together_and_none_that_came_since(
    client, consultation, points, head
):
    respond(consultation, "Close the park at dusk.")
    client.force_login(head)
    listed = reverse("consultations:points", args=[consultation.pk])
    assert "of these together" not in client.get(listed).text
    asked = {"state": "waiting", "holding": "counters"}
    assert "Answer all 2 of these together" in client.get(listed, asked).text
    page = decide_page(client, consultation, {**asked, "all": "yes"})
    assert f'name="point" value="{points[0].pk},{points[1].pk}"' in page
    later = respond(consultation, "More counters.").points.get()
    said = {**ACCEPTED, "point": f"{points[0].pk},{points[1].pk}"}
    address = reverse("consultations:decide", args=[consultation.pk])
    assert client.post(address, said).status_code == 302
    decision = Decision.objects.get()
    assert {row.point for row in decision.answered.all()} == set(points)
    assert not hasattr(later, "answered")
    page = decide_page(client, consultation, {"decision": decision.pk})
    assert ACCEPTED["reason"] in page
    assert "Open the counters at night." in page


@pytest.mark.parametrize("asked", [{}, {"state": ""}, {"campaign": "1-1"}])
def test_all_without_a_filter_is_not_everything(
    client, consultation, points, head, asked
):
    client.force_login(head)
    page = decide_page(client, consultation, {**asked, "all": "yes"})
    assert "Choose at least one point to answer." in page


def test_copies_of_a_campaign_are_answered_at_once(client, consultation, points, head):
    question = consultation.questions.first()
    look = {
        "campaigns": [{"campaign": 1, "sureness": "certain"}],
        "of": {str(points[1].answer_id): {"campaign": 1, "sureness": "certain"}},
    }
    keep_run(question, "look", seed=1, read="", result=look, by=head)
    client.force_login(head)
    asked = {"campaign": f"{question.pk}-1"}
    listed = reverse("consultations:points", args=[consultation.pk])
    page = client.get(listed, asked).text
    assert "Open the counters at night." in page
    assert "Keep the counters open." not in page
    page = decide_page(client, consultation, {**asked, "all": "yes"})
    assert "Answer 1 point" in page


def test_what_somebody_wrote_is_not_what_is_published_by_default(
    client, consultation, points, head
):
    client.force_login(head)
    page = decide_page(client, consultation, {"point": points[0].pk})
    assert page.count("Keep the counters open.") == 1  # quoted, not filled in
