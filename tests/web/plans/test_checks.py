"""Questions to a plan and their answers; what serves the plan above."""

import csv
import io
from uuid import uuid4

import pytest
from django.urls import reverse

from saferplan.errors import NotAllowed
from saferplan.web.plans.asked import checks_of, matrix_of
from saferplan.web.plans.models import Plan
from saferplan.web.plans.services.answering import align, answer_check, set_parent
from saferplan.web.plans.services.importing import make_of, take_in

pytestmark = pytest.mark.django_db

STRATEGY = """\
A strategy 2026-2029

3.1 Streets
We propose to:
- Keep two constables in every ward
- Run a campaign against hate on buses
"""


@pytest.fixture
def above(head):
    return make_of(take_in(STRATEGY.encode(), "s.txt", token=uuid4(), by=head), by=head)


def page(client, name, *arguments):
    return client.get(reverse(f"plans:{name}", args=arguments)).content.decode()


def test_a_question_is_answered_with_a_reason_that_stands_beside_it(client, add, head):
    plan = add().plan
    client.force_login(head)
    assert "No body leads it." in page(client, "checks", plan.pk)
    address = reverse("plans:answer", args=[plan.pk]) + "?key=no lead: 1.1"
    client.post(address, {"reason": "The board leads it together."})
    assert "The board leads it together." in page(client, "checks", plan.pk)
    client.post(address, {"reason": ""})
    assert "The board leads it together." not in page(client, "checks", plan.pk)
    assert plan.answers.count() == 2


def test_a_question_that_is_gone_is_said_to_be_gone(client, action, head):
    client.force_login(head)
    address = reverse("plans:answer", args=[action.plan_id]) + "?key=no lead: 1.1"
    told = client.get(address, follow=True).content.decode()
    assert "That question is gone" in told


def test_what_a_plan_lacks_is_asked_of_its_own_words(action):
    asked = {check.key for check in checks_of(action.plan)}
    assert "no lead: 1.1" not in asked  # the council leads it
    assert "no evidence: 1.1" in asked


def test_a_person_says_what_serves_and_the_rest_stays_unserved(
    client, add, above, head
):
    campaign = add(text="Campaign on buses against hate")
    other = add(text="Marked bicycles")
    plan = campaign.plan
    set_parent(plan, above, by=head)
    plan.refresh_from_db()
    constables, hate = above.commitments.all()
    before = matrix_of(plan)
    assert before.unserved == 2
    assert [(a.name, s.commitment) for a, s in before.served[1].suggested] == [
        ("1.1", "1.2")
    ]
    client.force_login(head)
    client.post(
        reverse("plans:align", args=[plan.pk, hate.pk]),
        {"action": campaign.pk, "verdict": "serves"},
    )
    after = matrix_of(plan)
    assert after.served[1].actions == [campaign]
    assert after.served[1].suggested == []
    assert (after.unserved, after.unasked) == (1, [other])
    body = client.get(reverse("plans:alignment_table", args=[plan.pk, "csv"]))
    rows = list(csv.DictReader(io.StringIO(body.content.decode("utf-8-sig"))))
    assert [row["Verdict"] for row in rows] == [
        *("nobody serves it", "serves it", "nothing asks for it"),
    ]
    told = page(client, "alignment", plan.pk)
    assert "Nobody here serves 1 of them" in told


def test_a_suggestion_that_was_refused_is_not_made_again(add, above, head):
    campaign = add(text="Campaign on buses against hate")
    plan = campaign.plan
    set_parent(plan, above, by=head)
    plan.refresh_from_db()
    hate = above.commitments.last()
    align(hate, campaign, verdict="does not", by=head)
    line = matrix_of(plan).served[1]
    assert (line.actions, line.suggested) == ([], [])


def test_only_commitments_of_the_plan_above_are_served(action, above, head):
    with pytest.raises(NotAllowed, match="is not the plan above"):
        align(above.commitments.first(), action, verdict="serves", by=head)
    with pytest.raises(NotAllowed, match="cannot be above itself"):
        set_parent(action.plan, action.plan, by=head)


def test_what_is_not_aligned_is_a_question_until_somebody_aligns_or_answers_it(
    action, above, head
):
    def asked():
        plan = Plan.objects.get(pk=action.plan_id)
        kinds = ("nobody serves it", "nothing asks for it")
        return [each.key for each in checks_of(plan) if each.kind in kinds]

    assert asked() == []
    set_parent(action.plan, above, by=head)
    first, *others = above.commitments.all()
    names = [each.name for each in (first, *others)]
    assert asked() == [
        *(f"nobody serves it: commitment {name} above" for name in names),
        "nothing asks for it: 1.1",
    ]
    align(first, action, verdict="serves", by=head)
    assert asked() == [
        f"nobody serves it: commitment {each.name} above" for each in others
    ]


def test_a_choice_that_is_none_is_said(client, action, above, head):
    set_parent(action.plan, above, by=head)
    client.force_login(head)
    address = reverse(
        "plans:align", args=[action.plan_id, above.commitments.first().pk]
    )
    unheard = [{"action": said} for said in ("", "9" * 30)]
    unheard += [{"name": said} for said in ("", "7.7", "talks")]
    for said in unheard:
        told = client.post(address, {**said, "verdict": "serves"}, follow=True)
        assert "Write the number of the one that serves 1.1, such as 1.3." in told.text


def test_one_action_serves_two_commitments_named_by_its_number(
    client, action, above, head
):
    set_parent(action.plan, above, by=head)
    client.force_login(head)
    for commitment in above.commitments.all():
        address = reverse("plans:align", args=[action.plan_id, commitment.pk])
        told = client.post(address, {"name": " 1.1 ", "verdict": "serves"})
        assert told.url.endswith(f"/alignment/#c{commitment.pk}")
    matrix = matrix_of(Plan.objects.get(pk=action.plan_id))
    assert [each.actions for each in matrix.served] == [[action], [action]]
    assert (matrix.unserved, matrix.unasked) == (0, [])


def test_the_plan_above_is_chosen_on_the_page(client, action, above, head):
    client.force_login(head)
    address = reverse("plans:alignment", args=[action.plan_id])
    assert "The plan above" in client.get(address).content.decode()
    client.post(address, {"parent": above.pk})
    assert Plan.objects.get(pk=action.plan_id).parent == above
    refused = client.post(address, {"parent": action.plan_id})
    assert refused.status_code == 422


def test_answers_of_one_plan_are_not_anothers(action, above, head):
    answer_check(above, "no lead: 1.1", reason="Theirs", by=head)
    assert action.plan.answers.latest_each() == {}
