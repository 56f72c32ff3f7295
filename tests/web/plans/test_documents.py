"""A document brought in: read, settled where unclear, made into a plan."""

from uuid import uuid4

import pytest
from web.plans.conftest import DOCUMENT

from saferplan.errors import NotAllowed, PlanError
from saferplan.web.plans.models import Plan, PlanDocument
from saferplan.web.plans.services.importing import make_of, settle, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(head):
    return take_in(DOCUMENT.encode(), "plan.txt", token=uuid4(), by=head)


def stands(plan):
    return {action.name: action.status for action in plan.actions.all()}


def test_a_document_becomes_a_plan(document, head):
    plan = make_of(document, by=head)
    assert (plan.begins.isoformat(), plan.ends.isoformat()) == (
        *("2026-04-01", "2027-03-31"),
    )
    assert [strand.title for strand in plan.strands.all()] == [
        "Violence against women and girls"
    ]
    assert [theme.title for theme in plan.themes.all()] == [
        *("Awareness raising", "Prevention", "Analytical review"),
    ]
    assert stands(plan) == {
        "1.1": "done",
        "1.2": "not settled",
        "1.3": "not settled",
        "1.4": "done",
        "1.5": "partly done",
        "1.6": "not begun",
    }


def test_what_was_printed_stays_with_each_action(document, head):
    action = make_of(document, by=head).actions.get(number=5)
    assert action.printed["completed"] == "✓ in the town centre"
    assert action.every == "P3M"
    assert "in the town centre" in action.updates.get().said


def test_what_a_person_settles_comes_into_the_plan(document, head, analyst):
    unclear = [question.action for question in document.plan_read.questions]
    settle(document, unclear[0], state="open", reason="", by=head)
    settle(document, unclear[0], state="done", reason="Opened in July.", by=analyst)
    found = stands(make_of(document, by=head))
    assert (found["1.2"], found["1.3"]) == ("done", "not settled")


def test_only_what_is_unclear_is_settled_and_only_before(document, head):
    with pytest.raises(NotAllowed, match="Nothing is unclear"):
        settle(document, "1.1.1", state="open", reason="", by=head)
    make_of(document, by=head)
    with pytest.raises(NotAllowed, match="made already"):
        settle(document, "1.1.2", state="open", reason="", by=head)


def test_the_same_form_twice_is_one_document_and_one_plan(head):
    token = uuid4()
    first = take_in(DOCUMENT.encode(), "plan.txt", token=token, by=head)
    second = take_in(DOCUMENT.encode(), "plan.txt", token=token, by=head)
    assert first == second
    assert make_of(first, by=head) == make_of(second, by=head)
    assert (PlanDocument.objects.count(), Plan.objects.count()) == (1, 1)


def test_a_document_without_a_plan_is_refused_and_not_kept(head):
    with pytest.raises(PlanError, match="no table with a column of actions"):
        take_in(b"Dear all, see you on Monday.", "note.txt", token=uuid4(), by=head)
    assert not PlanDocument.objects.exists()


def test_a_strategy_brings_its_commitments(head):
    text = "A strategy 2026-2029\n\n3.1 Streets\nWe propose to:\n- Put two officers "
    text += "in every ward by March 2027\n- Be tough on theft\n"
    plan = make_of(take_in(text.encode(), "s.txt", token=uuid4(), by=head), by=head)
    assert [(c.name, c.verdict) for c in plan.commitments.all()] == [
        ("1.1", "measurable"),
        ("1.2", "not measurable"),
    ]
