"""The equality analysis of a plan, and adopting a plan with or without one."""

import csv
import io

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from web.assessments.made_by_hand import burglary_fell, example
from web.plans.conftest import ADOPTED, said_throughout

from saferplan.definitions import characteristics
from saferplan.errors import NotAllowed
from saferplan.web.assessments.services import decide, keep_assessment, publish
from saferplan.web.core.models import Audience, Event
from saferplan.web.plans.models import EqualityAnalysis, EqualityGround, Version
from saferplan.web.plans.services.changing import change_action
from saferplan.web.plans.services.equality import (
    AnalysisChanged,
    add_measure,
    begin_analysis,
    change_analysis,
    change_group,
    remove_measure,
    sign_off,
    take_into_plan,
)
from saferplan.web.plans.services.putting_forward import put_forward

pytestmark = pytest.mark.django_db


@pytest.fixture
def analysis(action, head):
    return begin_analysis(action.plan, by=head)


@pytest.fixture
def signed(analysis, head):
    return sign_off(said_throughout(analysis), note="Board, minute 3", by=head)


def address(name, *arguments):
    return reverse(f"plans:{name}", args=arguments)


def group(analysis, name):
    return analysis.groups.get(characteristic=name)


def test_an_analysis_goes_through_every_characteristic_and_knows_nothing_yet(analysis):
    names = [each.characteristic for each in analysis.groups.all()]
    assert names == list(characteristics())
    assert analysis.completeness.score == 0
    assert any(each.startswith("Race:") for each in analysis.completeness.open)


def test_the_assessments_findings_are_put_where_their_words_point(
    partnership, action, analyst, head
):
    searched = burglary_fell(
        topic="stop and search",
        sentence="Black people are searched at 3.5 times the rate for White residents.",
    )
    made = keep_assessment(example(searched), partnership, by=analyst)
    decide(made, searched, "accepted", by=analyst)
    publish(made, by=head)
    analysis = begin_analysis(action.plan, by=analyst)
    assert [each["sentence"] for each in group(analysis, "race").findings] == [
        searched.sentence
    ]
    assert group(analysis, "disability").findings == []
    change_group(analysis, "race", seen=1, by=head, findings=[])
    assert group(analysis, "race").findings == []


def test_only_one_analysis_of_a_plan_is_open(analysis, head):
    with pytest.raises(NotAllowed, match="open already"):
        begin_analysis(analysis.plan, by=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        EqualityAnalysis.objects.create(
            plan=analysis.plan, number=2, by=head, begun_at=analysis.begun_at
        )


def test_a_field_left_empty_says_what_to_write(client, analysis, head):
    client.force_login(head)
    for name, told in (
        ("equality_measure", "Write what will be done."),
        ("equality_sign", "Say where it was agreed."),
    ):
        page = client.post(address(name, analysis.plan_id), {"lead": ""})
        assert page.status_code == 422
        assert told in page.text


def test_of_two_who_write_at_once_the_second_is_told_and_nothing_is_lost(
    client, analysis, head, analyst
):
    change_analysis(analysis, seen=1, by=analyst, aims="Fewer burglaries")
    with pytest.raises(AnalysisChanged):
        change_group(analysis, "age", seen=1, by=head, why="Mine")
    client.force_login(head)
    said = {"effect": "neutral", "why": "My words", "seen": 1}
    page = client.post(address("equality_group", analysis.plan_id, "age"), said)
    assert page.status_code == 422
    assert "Somebody else has changed this analysis" in page.text
    assert "My words" in page.text
    said = {"aims": "My aims", "seen": 1}
    page = client.post(address("equality_change", analysis.plan_id), said)
    assert "Fewer burglaries" in page.text
    assert "My aims" in page.text
    said["seen"] = 2
    assert (
        client.post(address("equality_change", analysis.plan_id), said).status_code
        == 302
    )
    analysis.refresh_from_db()
    assert (analysis.aims, analysis.edition) == ("My aims", 3)


def test_unknown_is_an_answer_that_is_counted(analysis, head):
    said_throughout(analysis)
    change_group(
        analysis, "race", seen=1, by=head, effect="unknown", why="Not recorded"
    )
    found = EqualityAnalysis.objects.get().completeness
    assert (found.unknown, found.open) == (("Race",), ())
    assert found.score < 100


def test_what_is_open_is_named_when_somebody_would_sign(analysis, head, analyst):
    with pytest.raises(NotAllowed, match="cannot be signed off yet. Age"):
        sign_off(analysis, note="Minute 3", by=head)
    said_throughout(analysis)
    with pytest.raises(NotAllowed, match="head of community safety"):
        sign_off(analysis, note="Minute 3", by=analyst)
    with pytest.raises(NotAllowed, match="where the analysis was agreed"):
        sign_off(analysis, note=" ", by=head)
    said_throughout(analysis, outcome="stop")
    with pytest.raises(NotAllowed, match="think again"):
        sign_off(analysis, note="Minute 3", by=head)


@pytest.mark.parametrize("public", [False, True])
def test_councillors_are_told_of_what_was_signed_off_once_the_plan_is_theirs_to_read(
    analysis, head, public
):
    if public:
        put_forward(analysis.plan, state="consulted", note="", by=head)
    sign_off(said_throughout(analysis), note="Minute 3", by=head)
    told = Event.objects.get(what="signed off").audience
    assert told == (Audience.MEMBERS if public else Audience.STAFF)


def test_what_is_signed_off_stays_and_the_next_begins_with_its_words(signed, head):
    event = Event.objects.get(what="signed off")
    assert event.detail == {"reason": "Board, minute 3", "complete": 100}
    with pytest.raises(NotAllowed, match="is signed off"):
        change_analysis(signed, seen=1, by=head, aims="Other")
    after = begin_analysis(signed.plan, by=head)
    assert (after.number, after.aims) == (2, signed.aims)
    assert group(after, "age").why == "Nothing differs."
    assert after.completeness.open == ()


def test_the_database_refuses_to_change_what_was_signed_off(analysis, head):
    EqualityAnalysis.objects.update(aims="Still being written")
    sign_off(said_throughout(analysis), note="Minute 3", by=head)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        EqualityAnalysis.objects.update(outcome="no major change")


def test_a_measure_becomes_an_action_of_the_plan_once(analysis, head, council):
    plan = analysis.plan
    measure = add_measure(
        analysis,
        text="Evening sessions",
        lead=council,
        time_frame="March 2027",
        characteristic="age",
        by=head,
    )
    where = {"strand": plan.strands.get(), "theme": plan.themes.first(), "by": head}
    made = take_into_plan(measure, **where).action
    assert (made.text, made.lead, made.due.year) == ("Evening sessions", council, 2027)
    with pytest.raises(NotAllowed, match="is action 1.2 of the plan already"):
        take_into_plan(measure, **where)
    other = add_measure(analysis, text="Posters", by=head)
    remove_measure(other, by=head)
    assert analysis.measures.get() == measure


def test_a_plan_is_not_adopted_without_an_analysis_or_a_reason(action, head):
    with pytest.raises(NotAllowed, match="no signed-off equality analysis"):
        put_forward(action.plan, state="adopted", note="Minute 4", by=head)
    assert not Version.objects.exists()
    put_forward(action.plan, state="consulted", note="", by=head)
    version = put_forward(action.plan, note="Minute 4", by=head, **ADOPTED)
    ground = EqualityGround.objects.get()
    assert (ground.version, ground.analysis) == (version, None)
    assert ground.reason == ADOPTED["equality_reason"]


def test_a_signed_analysis_carries_the_plan_it_was_signed_for(signed, action, head):
    version = put_forward(action.plan, state="adopted", note="Minute 4", by=head)
    assert version.equality_ground.analysis == signed
    change_action(action, seen=1, by=head, text="Something else")
    options = {"state": "adopted", "note": "Minute 9", "by": head}
    with pytest.raises(NotAllowed, match="has changed since its equality analysis"):
        put_forward(action.plan, **options)
    again = put_forward(action.plan, equality_reason="Only a word", **options)
    assert again.equality_ground.reason == "Only a word"


def test_an_analysis_being_written_carries_nothing(analysis, action, head):
    with pytest.raises(NotAllowed, match="no signed-off"):
        put_forward(action.plan, state="adopted", note="Minute 4", by=head)


def test_the_page_of_adopting_asks_and_keeps_what_was_typed(client, action, head):
    client.force_login(head)
    page = address("forward", action.plan_id)
    assert "There is no" in client.get(page).text
    said = {"state": "adopted", "on": "2026-04-01", "note": "Minute 4"}
    refused = client.post(page, said)
    assert refused.status_code == 422
    assert "no signed-off equality analysis" in refused.text
    assert "Minute 4" in refused.text
    said["equality_reason"] = "The council did its own."
    told = client.post(page, said, follow=True).text
    assert "without an equality analysis of its own" in told
    assert "The council did its own." in told


def test_an_analysis_is_written_and_signed_on_its_pages(client, action, head):
    plan = action.plan
    client.force_login(head)
    assert "No equality analysis yet" in client.get(address("equality", plan.pk)).text
    client.post(address("equality_begin", plan.pk))
    said = {"effect": "negative", "why": "", "seen": 1}
    refused = client.post(address("equality_group", plan.pk, "age"), said)
    assert "Say why you think so." in refused.text
    assert "Say how much." in refused.text
    said |= {"why": "Fewer evening sessions", "magnitude": "low"}
    client.post(address("equality_group", plan.pk, "age"), said)
    page = client.get(address("equality", plan.pk)).text
    assert "For the worse" in page
    assert "Fewer evening sessions" in page
    refused = client.post(address("equality_sign", plan.pk), {"note": "Minute 3"})
    assert "It cannot be signed off yet." in refused.text
    client.post(address("equality_measure", plan.pk), {"text": "Evening buses"})
    analysis = EqualityAnalysis.objects.get()
    measure = analysis.measures.get()
    where = {"strand": plan.strands.get().pk, "theme": plan.themes.first().pk}
    told = client.post(
        address("equality_into_plan", plan.pk, measure.pk), where, follow=True
    )
    assert "It is action 1.2 Evening buses of the plan now." in told.text
    said_throughout(analysis)
    client.post(address("equality_sign", plan.pk), {"note": "Minute 3"})
    assert "Signed off" in client.get(address("equality", plan.pk)).text


def test_everybody_reads_a_signed_analysis_of_a_public_plan(client, signed, head):
    plan = signed.plan
    assert client.get(address("equality", plan.pk)).status_code == 404
    put_forward(plan, state="adopted", note="Minute 4", by=head)
    page = client.get(address("equality", plan.pk)).text
    assert "100% of what there is to say is said and known." in page
    begin_analysis(plan, by=head)
    assert "Being written" not in client.get(address("equality", plan.pk)).text
    body = client.get(address("equality_table", plan.pk, "csv")).content
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(rows) == len(characteristics())
    assert (rows[0]["Effect"], rows[0]["How much"]) == ("Neither", "[x]")
