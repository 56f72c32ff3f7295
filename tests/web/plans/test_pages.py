"""The pages of plans, for each of the people who read them."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from web.assessments.made_by_hand import example
from web.plans.conftest import ADOPTED, DOCUMENT

from saferplan.web.assessments.services import decide, keep_assessment, publish
from saferplan.web.plans.asked import checks_of
from saferplan.web.plans.models import Action, Plan, PlanDocument, Update
from saferplan.web.plans.services.changing import (
    change_action,
    put_back,
    remove_action,
)
from saferplan.web.plans.services.putting_forward import put_forward
from saferplan.web.plans.services.reporting import report

pytestmark = pytest.mark.django_db


def page(client, name, *arguments):
    response = client.get(reverse(f"plans:{name}", args=arguments))
    assert response.status_code == 200
    return response.content.decode()


def send(client, name, *arguments, follow=True, **said):
    return client.post(reverse(f"plans:{name}", args=arguments), said, follow=follow)


def words(action, **changed):
    """What the form of an action sends."""
    return {
        "text": action.text,
        "lead": action.lead_id or "",
        "owner": "",
        "measure": action.measure,
        "time_frame": action.time_frame,
        "seen": action.edition,
        **changed,
    }


def test_a_plan_is_read_out_of_a_pasted_document(client, head):
    client.force_login(head)
    assert 'name="token"' in page(client, "read")
    answer = send(
        client,
        "read",
        pasted=DOCUMENT,
        token="4f0c1f9e-8f43-4b5e-9d0f-0a4b6f6f2c11",
    )
    document = PlanDocument.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("plans:document", args=[document.pk])
    told = answer.content.decode()
    assert "6 actions in 1 strand and 3 themes" in told
    assert "One tick is beside 2 actions." in told
    name = document.plan_read.questions[0].action
    send(client, "settle", document.pk, action=name, state="done", reason="Opened.")
    assert "Settled as done by" in page(client, "document", document.pk)
    made = send(client, "make_of", document.pk)
    assert made.redirect_chain[-1][0] == reverse(
        "plans:show", args=[Plan.objects.get().pk]
    )
    assert "Not settled" in made.content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Choose a file, or paste its text."),
        ({"pasted": "Nothing here"}, "no table with a column of actions"),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_typed_is_kept(
    client, head, said, told
):
    client.force_login(head)
    answer = send(client, "read", token="4f0c1f9e-8f43-4b5e-9d0f-0a4b6f6f2c11", **said)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert said.get("pasted", "") in answer.content.decode()


def test_an_answer_without_a_choice_is_asked_for_again(client, head):
    client.force_login(head)
    token = "4f0c1f9e-8f43-4b5e-9d0f-0a4b6f6f2c11"
    send(client, "read", pasted=DOCUMENT, token=token)
    document = PlanDocument.objects.get()
    name = document.plan_read.questions[0].action
    answer = send(client, "settle", document.pk, action=name, reason="I was there")
    assert answer.status_code == 422
    assert "Choose how the action stands." in answer.content.decode()
    assert "I was there" in answer.content.decode()


def test_the_second_editor_sees_both_wordings_and_saves_knowing_theirs(
    client, action, head, analyst
):
    client.force_login(analyst)
    page(client, "edit", action.plan_id, action.pk)
    change_action(action, seen=1, by=head, text="The head's words")
    mine = words(action, text="The analyst's words")
    answer = send(client, "edit", action.plan_id, action.pk, **mine)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "The head&#39;s words" in told
    assert "The analyst&#39;s words" in told
    assert 'name="seen" value="2"' in told
    saved = send(client, "edit", action.plan_id, action.pk, **{**mine, "seen": 2})
    assert saved.status_code == 200
    assert Action.objects.get().text == "The analyst's words"
    assert "Earlier words" in saved.content.decode()


def test_an_action_is_added_with_what_the_founding_table_lacked(
    client, plan, strand, head, council
):
    client.force_login(head)
    page(client, "add", plan.pk)
    send(
        client,
        "add",
        plan.pk,
        strand=strand.pk,
        theme=plan.themes.first().pk,
        text="Train bar staff",
        lead=council.pk,
        owner=head.pk,
        contributors=[council.pk],
        measure="Staff trained",
        baseline="0",
        target="200",
        time_frame="March 2027",
        money="1500.50",
        money_from="Crime prevention fund",
        level="borough",
        seen=0,
    )
    told = page(client, "action", plan.pk, Action.objects.get().pk)
    for shown in ("Staff trained", "£1,500.50", "due by 31 March 2027", "Borough"):
        assert shown in told


def test_a_resident_reads_the_version_in_force_and_how_it_stands(client, action, head):
    assert client.get(reverse("plans:show", args=[action.plan_id])).status_code == 404
    put_forward(action.plan, **ADOPTED, note="Minute 4", by=head)
    change_action(action, seen=1, by=head, text="Not agreed yet")
    report(action, status="done", said="All posters are up.", by=head)
    told = page(client, "show", action.plan_id)
    assert "Run a campaign" in told
    assert "Not agreed yet" not in told
    assert "Done" in told
    assert "Minute 4" in told


def test_an_old_report_is_not_taken_for_how_it_stands(client, action, head):
    put_forward(action.plan, **ADOPTED, note="Minute 4", by=head)
    report(action, status="under way", said="Begun.", by=head)
    long_ago = timezone.now() - timedelta(days=400)
    Update.objects.update(at=long_ago)
    Plan.objects.update(begins=long_ago.date())
    client.force_login(head)
    assert "Nothing was reported since" in page(
        client, "action", action.plan_id, action.pk
    )


def test_the_table_is_taken_away_safe_for_spreadsheets(client, add, head):
    add(text="=1+1", money=12)
    plan = Plan.objects.get()
    client.force_login(head)
    body = client.get(reverse("plans:standing", args=[plan.pk, "csv"]))
    rows = list(csv.DictReader(io.StringIO(body.content.decode("utf-8-sig"))))
    assert rows[0]["Action"] == "'=1+1"
    assert rows[0]["Money (£)"] == "12.0"
    assert rows[0]["How it stands"] == "not reported"


def test_pasted_markup_is_shown_as_words(client, add, head):
    action = add(text="<script>alert(1)</script> campaign")
    client.force_login(head)
    told = page(client, "show", action.plan_id)
    assert "<script>alert(1)" not in told
    assert "&lt;script&gt;alert(1)" in told


def test_a_change_of_any_kind_shows_at_once(client, action, add, head):
    client.force_login(head)
    assert "Run a campaign" in page(client, "show", action.plan_id)
    change_action(action, seen=1, by=head, text="Run two")
    assert "Run two" in page(client, "show", action.plan_id)
    add(text="Another")
    assert "Another" in page(client, "show", action.plan_id)
    remove_action(action, reason="Done by the county.", by=head)
    told = page(client, "show", action.plan_id)
    assert "Done by the county." in told
    assert told.count("Run two") == 1  # among those taken out
    put_back(action, by=head)
    assert "Done by the county." not in page(client, "show", action.plan_id)


def test_a_page_of_a_long_plan_asks_the_database_little(
    client, add, head, django_assert_max_num_queries
):
    for number in range(30):
        add(text=f"Action {number}")
    client.force_login(head)
    plan = Plan.objects.get()
    page(client, "show", plan.pk)  # puts the contents together
    with django_assert_max_num_queries(20):
        page(client, "show", plan.pk)


def test_an_action_rests_on_findings_and_on_other_actions(
    client, add, head, analyst, partnership
):
    first, second = add(text="Print posters"), add(text="Hang posters")
    draft = keep_assessment(example(), partnership, by=analyst)
    for finding in draft.content.findings:
        decide(draft, finding, "accepted", by=head)
    publish(draft, by=head)
    finding = draft.content.findings[0]
    client.force_login(head)
    said = words(second, needs=[first.pk], findings=[f"{draft.pk}:{finding.id}"])
    send(client, "edit", second.plan_id, second.pk, **said)
    told = page(client, "action", second.plan_id, second.pk)
    assert reverse("assessments:finding", args=[draft.pk, finding.id]) in told
    assert "1.1 Print posters" in told
    kept = Action.objects.get(pk=second.pk)
    assert kept.findings[0]["title"] == finding.measure.title
    # What it rests on stays a choice, and ticked, when the form is opened again.
    again = page(client, "edit", second.plan_id, second.pk)
    assert f'value="{draft.pk}:{finding.id}" checked' in again
    assert "no evidence: 1.2" not in {c.key for c in checks_of(kept.plan)}


def test_steps_are_added_ticked_and_opened_again(client, action, head):
    client.force_login(head)
    here = (action.plan_id, action.pk)
    refused = send(client, "add_task", *here, text="Find a printer", due="soon")
    assert refused.status_code == 422
    assert "Find a printer" in refused.content.decode()
    send(client, "add_task", *here, text="Find a printer", due="2026-09-30")
    task = action.tasks.get()
    assert "By 30 September 2026" in page(client, "action", *here)
    send(client, "tick", *here, task.pk)
    assert action.tasks.get().done_by == head
    send(client, "tick", *here, task.pk)
    assert action.tasks.get().done_at is None


def test_a_strand_about_telling_people_says_so(client, plan, head):
    client.force_login(head)
    send(client, "strand", plan.pk, title="Telling people", is_communications="on")
    assert plan.strands.get().is_communications
    assert "Communications" in page(client, "show", plan.pk)
