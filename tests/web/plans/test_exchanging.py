"""What the site writes of a plan it reads in again, and it is the same plan."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from itertools import count
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner
from web.assessments.made_by_hand import example
from web.plans.conftest import chosen, problem_of

from saferplan.cli import app
from saferplan.web.assessments.services import decide, keep_assessment, publish
from saferplan.web.plans.contents import contents_of
from saferplan.web.plans.exchanging import plan_as_json, plan_as_sheet
from saferplan.web.plans.models import Plan, PlanDocument
from saferplan.web.plans.services.changing import add_action, add_strand, make_plan
from saferplan.web.plans.services.importing import make_of, take_in
from saferplan.web.plans.services.outlining import add_part, change_plan, move_part
from saferplan.web.plans.services.prioritising import begin_era
from saferplan.web.plans.services.reporting import report

pytestmark = pytest.mark.django_db


def brought_in(content, name, by):
    return make_of(take_in(content.encode(), name, token=uuid4(), by=by), by=by)


def without_keys(content):
    """What a plan says, without what only this copy of it has."""
    found = json.loads(json.dumps(content))
    for strand in found["strands"]:
        for theme in strand["themes"]:
            for action in theme["actions"]:
                del action["id"], action["edition"]
    return found


@pytest.fixture
def full(plan, strand, partnership, council, head, analyst):
    """A plan with something in every place there is."""
    above = make_plan(
        partnership, title="The Mayor’s", begins=plan.begins, ends=plan.ends, by=head
    )
    draft = keep_assessment(example(), partnership, by=analyst)
    for finding in draft.content.findings:
        decide(draft, finding, "accepted", by=head)
    publish(draft, by=head)
    found = draft.content.findings[0]
    era = begin_era(
        partnership,
        chosen=[chosen(problem_of(partnership, "Burglary", by=head, volume=300))],
        not_chosen={},
        by=head,
        begins=date(2026, 4, 1),
        ends=date(2029, 3, 31),
        review_on=date(2027, 1, 15),
        rationale="Most harm.",
        agreed="Board, minute 6",
    )
    words = {"parent": above, "level": "sub-regional", "every": "P1M"}
    words |= {"purpose": "Fewer harmed.\nAll are heard; and “told”.", "staff_days": 900}
    change_plan(plan, seen=2, by=head, means=Decimal("50000.50"), **words)
    telling = add_strand(
        plan, title="Telling, and asking", scope="This includes:\nPosters\nTalks",
        is_communications=True, by=head,
    )  # fmt: skip
    empty = add_strand(plan, title="For later; perhaps", by=head)
    move_part(plan, "strands", empty.pk, up=True, by=head)
    add_part(plan, "themes", title="Recovery", by=head)
    themes = {each.title: each for each in plan.themes.all()}
    first = add_action(
        plan, strand=strand, theme=themes["Analytical review"], by=head,
        text="=SUM(A1) of <b>knives</b>\nand, in part:\na) at “home”",
        lead=council, contributors=[council], measure="Counted & told", baseline="0",
        target="< 10%", time_frame="June 2026 / monthly", money=Decimal("1500"),
        money_from="Fund; and more", staff_days=12, level="borough",
        findings=[
            {"assessment": draft.pk, "finding": found.id, "title": found.measure.title}
        ],
        priority=era.priorities.get(),
    )  # fmt: skip
    add_action(
        plan, strand=telling, theme=themes["Prevention"], by=head,
        text="put up posters", needs=[first], time_frame="31 June 2026",
    )  # fmt: skip
    add_action(plan, strand=strand, theme=themes["Prevention"], by=head, text="Teach")
    report(first, status="under way", said="Begun.", by=head)
    return Plan.objects.get(pk=plan.pk)


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_plan_brought_in_again_is_the_same_plan(full, head, kind):
    write = {"csv": plan_as_sheet, "json": plan_as_json}[kind]
    written = write(contents_of(full))
    again = brought_in(written, f"plan.{kind}", head)
    assert without_keys(contents_of(again)) == without_keys(contents_of(full))
    assert write(contents_of(again)) == written
    assert again.actions.get(text__startswith="=SUM").status == "under way"


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x2FFF), max_size=40
).map(lambda text: " ".join(text.split()))
text = st.lists(words, min_size=1, max_size=3).map("\n".join)
actions = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), text, words, words),
    max_size=6,
)
number = count()


@settings(
    max_examples=10,
    deadline=None,
    # Each example writes a plan; to make one smaller would take minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(actions=actions, title=words, scope=text, purpose=text)
def test_whatever_people_write_comes_back(
    partnership, head, actions, title, scope, purpose
):
    plan = make_plan(
        partnership,
        title=f"Plan {next(number)} {title}".strip(),
        begins=date(2026, 4, 1),
        ends=date(2028, 3, 31),
        purpose=purpose,
        by=head,
    )
    strands = [
        add_strand(plan, title=name, scope=scope, by=head)
        for name in ("Theft", f"B {title}".strip(), "Knives")
    ]
    themes = list(plan.themes.all())
    for strand, theme, said, measure, time_frame in actions:
        add_action(
            plan, strand=strands[strand], theme=themes[theme], by=head,
            text=f"Do {said}", measure=measure, time_frame=time_frame,
        )  # fmt: skip
    first = plan_as_sheet(contents_of(plan))
    again = brought_in(first, "plan.csv", head)
    assert plan_as_sheet(contents_of(again)) == first
    assert plan_as_json(contents_of(again)) == plan_as_json(contents_of(plan))
    said = [each.text.split() for each in plan.actions.all()]
    assert [each.text.split() for each in again.actions.all()] == said


def test_a_strategy_keeps_its_lists_and_its_topics(head):
    document = """A strategy 2026-2029

# 3.4 The budget

This includes:

- Savings of staff
- Fewer buildings

We propose to:

- Put two officers in every ward by March 2027
- Be tough on theft

# 3.5 Justice

We propose to:

- Support =victims, "as is" & <all>
"""
    plan = brought_in(document, "strategy.txt", head)
    assert [(each.title, each.scope) for each in plan.strands.all()] == [
        ("3.4 The budget", "This includes:\nSavings of staff\nFewer buildings"),
        ("3.5 Justice", ""),
    ]
    for kind, write in (("csv", plan_as_sheet), ("json", plan_as_json)):
        again = brought_in(write(contents_of(plan)), f"plan.{kind}", head)
        assert without_keys(contents_of(again)) == without_keys(contents_of(plan))
        kept = [(each.name, each.verdict, each.why) for each in plan.commitments.all()]
        assert [(e.name, e.verdict, e.why) for e in again.commitments.all()] == kept


def test_what_means_nothing_here_stays_as_printed_and_says_so(head):
    sheet = (
        "Strand,Theme,Actions,Lead,Who helps,Money,Days of work,Level,Findings,Notes\n"
        "Theft,Deter,Visit shops,The Guild,A; B,a lot,many,county,Because,ask\n"
    )
    (action,) = brought_in(sheet, "plan.csv", head).actions.all()
    assert (action.lead, action.money, action.level) == (None, None, "")
    assert action.printed["marks"][1:] == [
        "No body here is called “The Guild”.",
        "No body here is called “A, B”.",
        "“a lot” is no amount in pounds, such as 1,500.",
        "“many” is no number of days.",
        "“county” is no level of ours.",
        "It names no finding of an assessment here.",
    ]
    assert action.printed["lead"] == "The Guild"
    assert action.printed["Notes"] == "ask"


def test_a_table_with_names_of_ours_is_taken_over(head, council):
    sheet = "Actions;Lead;Cost;Ref\nVisit shops;example council;£1,500;7\n"
    (action,) = brought_in(sheet, "plan.csv", head).actions.all()
    assert (action.lead, action.money, action.number) == (council, Decimal(1500), 7)


def test_numbers_that_are_said_twice_are_not_taken_over(head):
    sheet = "Actions,Ref,Done\nVisit shops,7,\nMark goods,7,\nAsk,,\n"
    plan = brought_in(sheet, "plan.csv", head)
    assert [each.number for each in plan.actions.all()] == [1, 2, 3]


def test_the_files_of_the_page_are_read_by_the_page_and_by_the_command(
    client, full, head, tmp_path
):
    client.force_login(head)
    for kind in ("csv", "json"):
        answer = client.get(reverse("plans:table", args=[full.pk, kind]))
        path = tmp_path / f"plan.{kind}"
        path.write_bytes(answer.content)
        told = CliRunner().invoke(app, ["read-plan", str(path)])
        assert told.exit_code == 0, told.stderr
        assert "3 strands, 5 themes, 3 actions" in told.stdout
        with path.open("rb") as sent:
            page = client.post(
                reverse("plans:read"), {"sent": sent, "token": uuid4()}, follow=True
            )
        assert "3 actions in 3 strands and 5 themes" in page.content.decode()
    assert PlanDocument.objects.count() == 2
    assert client.get(
        reverse("plans:table", args=[full.pk, "ods"])
    ).status_code == 404  # fmt: skip


def test_the_sheet_pasted_as_text_is_read_too(client, full, head):
    client.force_login(head)
    said = {"pasted": plan_as_sheet(contents_of(full)), "token": uuid4()}
    page = client.post(reverse("plans:read"), said, follow=True)
    assert "3 actions in 3 strands" in page.content.decode()


def test_a_sheet_holds_nothing_that_a_spreadsheet_would_work_out(full):
    rows = list(csv.reader(io.StringIO(plan_as_sheet(contents_of(full)))))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}]


def test_a_day_above_the_table_that_is_none_is_flagged(head):
    sheet = "Plan,Ours\nFirst day,soon\nLast day,2027-03-31\nActions,Done\nAsk,\n"
    document = take_in(sheet.encode(), "plan.csv", token=uuid4(), by=head)
    assert [flag.kind for flag in document.plan_read.flags][0] == "day not understood"
    assert make_of(document, by=head).title == "Ours"
