"""Writing a plan: nobody's words are lost, and every wording is kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from web.plans.conftest import ADOPTED

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Event
from saferplan.web.plans.models import Action, Version
from saferplan.web.plans.services.changing import (
    ChangedMeanwhile,
    change_action,
    go_back,
    put_back,
    remove_action,
)
from saferplan.web.plans.services.putting_forward import put_forward, record_review
from saferplan.web.plans.services.reporting import report

pytestmark = pytest.mark.django_db


def test_a_time_frame_is_read_and_kept_as_typed(add):
    action = add(time_frame="June 26 / monthly")
    assert action.time_frame == "June 26 / monthly"
    assert (action.begins.isoformat(), action.every) == ("2026-06-01", "P1M")
    unread = add(time_frame="31 June 2026")
    assert unread.time_frame == "31 June 2026"
    assert unread.due is None
    assert "no such day" in unread.time_problem


def test_actions_are_numbered_in_their_strand(add):
    assert [add().name, add(theme=2).name] == ["1.1", "1.2"]


def test_every_wording_is_kept_and_can_be_had_again(action, head, council):
    changed = change_action(action, seen=1, by=head, text="Run two", contributors=[])
    assert changed.edition == 2
    again = go_back(changed, 1, seen=2, by=head)
    assert (again.edition, again.text, again.lead) == (3, "Run a campaign", council)
    assert [each.number for each in action.revisions.all()] == [3, 2, 1]
    told = Event.objects.filter(what="changed an action").order_by("number")
    assert [event.detail["changed"] for event in told] == [["text"], ["text"]]


def test_the_same_words_again_are_no_change(action, head):
    assert change_action(action, seen=1, by=head, text="Run a campaign").edition == 1
    assert action.revisions.count() == 1


def test_the_second_of_two_sees_what_the_first_wrote(action, head, analyst):
    change_action(action, seen=1, by=head, text="The head's words")
    with pytest.raises(ChangedMeanwhile) as clash:
        change_action(action, seen=1, by=analyst, text="The analyst's words")
    assert clash.value.theirs.wording["text"] == "The head's words"
    assert Action.objects.get(pk=action.pk).text == "The head's words"


def test_an_action_is_taken_out_with_a_reason_and_put_back(action, head):
    with pytest.raises(NotAllowed, match="Say why"):
        remove_action(action, reason=" ", by=head)
    remove_action(action, reason="Done by the county.", by=head)
    assert not Action.objects.standing().exists()
    with pytest.raises(NotAllowed, match="taken out"):
        change_action(action, seen=1, by=head, text="Else")
    put_back(action, by=head)
    assert Action.objects.standing().get() == action


def test_the_last_report_is_how_it_stands_and_none_is_lost(action, head, analyst):
    report(action, status="under way", said="Posters are up.", by=head)
    report(action, status="done", said="", by=analyst)
    assert Action.objects.get(pk=action.pk).status == "done"
    assert [each.status for each in action.updates.all()] == ["done", "under way"]


@pytest.mark.parametrize("status", ["stopped", "partly done"])
def test_what_is_stopped_or_partial_needs_a_reason(action, head, status):
    with pytest.raises(NotAllowed, match="Say why"):
        report(action, status=status, said="  ", by=head)
    assert not action.updates.exists()


def test_those_who_do_the_work_report_on_it_and_nobody_else(
    add, council, partner_lead, councillor
):
    led = add(lead=council)
    report(led, status="under way", said="", by=partner_lead)
    with pytest.raises(NotAllowed, match="neither leads this action nor helps"):
        report(add(), status="under way", said="", by=partner_lead)
    with pytest.raises(NotAllowed, match="Only those who do the work"):
        report(led, status="under way", said="", by=councillor)


def test_an_adopted_version_never_changes(action, head):
    version = put_forward(action.plan, **ADOPTED, note="Minute 4", by=head)
    change_action(action, seen=1, by=head, text="Something else")
    kept = Version.objects.get(pk=version.pk).content["strands"][0]["themes"][0]
    assert kept["actions"][0]["text"] == "Run a campaign"
    with (
        pytest.raises(DatabaseError, match="cannot be changed"),
        transaction.atomic(),
    ):
        Version.objects.filter(pk=version.pk).update(body={})


def test_versions_follow_each_other(action, head):
    plan = action.plan
    put_forward(plan, state="consulted", note="", by=head)
    first = put_forward(plan, **ADOPTED, note="Minute 4", by=head)
    with pytest.raises(NotAllowed, match="says the same already"):
        put_forward(plan, **ADOPTED, note="Minute 5", by=head)
    record_review(first, note="On course, minute 9.", by=head)
    change_action(action, seen=1, by=head, text="Something else")
    put_forward(plan, **ADOPTED, note="Minute 12", by=head)
    assert [each.state for each in plan.versions.all()] == [
        *("adopted", "superseded", "consulted"),
    ]
    with pytest.raises(NotAllowed, match="Only the version in force"):
        record_review(first, note="Again.", by=head)


def test_an_empty_plan_and_one_nobody_agreed_to_are_not_adopted(plan, add, head):
    with pytest.raises(NotAllowed, match="no action yet"):
        put_forward(plan, **ADOPTED, note="Minute 4", by=head)
    add()
    with pytest.raises(NotAllowed, match="Say who adopted"):
        put_forward(plan, **ADOPTED, note="", by=head)


def test_only_the_head_adopts(action, analyst):
    with pytest.raises(NotAllowed, match="head of community safety"):
        put_forward(action.plan, **ADOPTED, note="Minute 4", by=analyst)


@pytest.mark.django_db(transaction=True)
def test_fifty_people_at_once_leave_one_truth_and_lose_no_words(action, head):
    """One edit is saved; every other author is told, and still has their words."""

    def edit(number):
        try:
            change_action(action, seen=1, by=head, text=f"Words of {number}")
        except ChangedMeanwhile as clash:
            return ("told", number, clash.theirs.wording["text"])
        finally:
            connection.close()
        return ("saved", number, None)

    with ThreadPoolExecutor(16) as together:
        ends = list(together.map(edit, range(50)))
    saved = [number for end, number, _ in ends if end == "saved"]
    assert len(saved) == 1
    truth = f"Words of {saved[0]}"
    assert {theirs for end, _, theirs in ends if end == "told"} == {truth}
    kept = Action.objects.get(pk=action.pk)
    assert (kept.text, kept.edition) == (truth, 2)
    assert [each.wording["text"] for each in action.revisions.all()] == [
        truth,
        "Run a campaign",
    ]


@pytest.mark.django_db(transaction=True)
def test_fifty_reports_at_once_are_fifty_reports(action, head):
    def say(number):
        try:
            report(action, status="under way", said=f"Report {number}", by=head)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as together:
        list(together.map(say, range(50)))
    assert {each.said for each in action.updates.all()} == {
        f"Report {number}" for number in range(50)
    }
