"""What is written out can be read in again, and is the same."""

import json
from datetime import date

import pytest

from saferplan.errors import PlanError
from saferplan.plans import counts, plan_from_json, plan_to_csv, plan_to_json, read_plan

TEXT = """Safer Ambridge Plan 31-32

CRIME
Shop theft

What is taken from shops, "as is".

\tActions\tTime frame\tCompleted\tNotes
Deter\t<p>Visit</p> <p>=Mark goods</p>\t<p>May 31</p> <p>June 31</p>\t✓\ta, b

\t<p>We use:</p> <p>a) tags</p>\tJuly 31\t<p>✓ in part</p>\t
Detect\tShare pictures\tnever\t\t+44

\tAsk shops

Noise

\tActions\tTime frame\tCompleted\tNotes
Deter\tWrite to hosts\tOngoing\tx\t
"""


def essence(plan):
    """All that does not depend on where it stands in a file."""
    actions = [
        (a.name, a.text, a.parts, a.state, a.tick, a.why, a.time.due, a.other, a.marks)
        for a in plan.actions
    ]
    strands = [(s.title, s.under, s.scope) for s in plan.strands]
    asked = [(question.action, question.why) for question in plan.questions]
    return plan.title, strands, plan.themes, actions, asked


def test_json_gives_the_same_plan(read, tmp_path):
    plan = read(TEXT)
    written = plan_to_json(plan)
    assert plan_from_json(written, "plan.json") == plan
    path = tmp_path / "plan.json"
    path.write_text(written, encoding="utf-8")
    assert plan_to_json(read_plan(path)) == written


def test_reading_twice_gives_the_same_json(read):
    assert plan_to_json(read(TEXT)) == plan_to_json(read(TEXT))


def test_csv_gives_the_same_strands_themes_and_actions(read):
    plan = read(TEXT)
    assert len(plan.actions) == 6
    again = read(plan_to_csv(plan), name="plan.csv")
    assert essence(again) == essence(plan)
    assert plan_to_csv(again) == plan_to_csv(plan)


def test_csv_holds_nothing_that_a_spreadsheet_would_work_out(read):
    written = plan_to_csv(read(TEXT.replace("Share pictures", "=1+1")))
    assert ",'=1+1," in written
    assert ",'+44" in written


def test_json_begins_with_counts(read):
    plan = read(TEXT)
    assert json.loads(plan_to_json(plan))["counts"] == counts(plan)
    assert counts(plan)["ambiguous"] == 3


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: text[:-20], "damaged"),
        (lambda text: text.replace("saferplan-plan/1", "saferplan-plan/9"), "version"),
        (lambda text: text.replace('"strand": 1', '"strand": "one"'), "damaged"),
        (lambda text: text.replace('"themes"', '"themed"'), "amiss"),
        (lambda text: text.replace('"ambiguous",', '"perhaps",'), "perhaps"),
    ],
)
def test_a_damaged_export_is_refused_in_a_sentence(read, damage, words):
    with pytest.raises(PlanError, match=words):
        plan_from_json(damage(plan_to_json(read(TEXT))), "plan.json")


STRATEGY = """Safer Ambridge strategy 2031-2034

# 3.4 The budget

This includes:

- Savings of staff
- Fewer buildings

We propose to:

- Open a door, "as is"
- Put =two officers in every ward by March 2032

# 4 Justice

It is proposed to:
- Hear <b>victims
"""


def test_csv_gives_the_same_commitments_and_topics(read):
    plan = read(STRATEGY)
    assert [each.topics for each in plan.topics] == [
        ("Savings of staff", "Fewer buildings")
    ]
    again = read(plan_to_csv(plan), name="plan.csv")
    assert (again.title, again.years) == (plan.title, plan.years)
    assert [(e.section, e.opening, e.topics) for e in again.topics] == [
        (e.section, e.opening, e.topics) for e in plan.topics
    ]
    assert [
        (g.section, g.opening, [(c.name, c.text, c.verdict) for c in g.commitments])
        for g in again.lists
    ] == [
        (g.section, g.opening, [(c.name, c.text, c.verdict) for c in g.commitments])
        for g in plan.lists
    ]
    assert plan_to_csv(again) == plan_to_csv(plan)


SHEET = """Plan,Ours; theirs; and all,
Level,borough,
First day,2031-04-01,
Last day,2033-03-31,
Purpose,"Fewer harmed.
All heard.",
Strand,Communications,Theme,Number,Actions,Time frame,Partners,Who helps
Telling,yes,Deter,1.3,"visit shops
and homes",March 32,Guild,Watch
Telling,yes,Deter,1.1,ask,,,
Later,,,,,,,
"""


def test_a_sheet_says_above_its_table_what_the_plan_is(read):
    plan = read(SHEET, name="plan.csv")
    assert plan.title == "Ours; theirs; and all"
    about = plan.about
    assert (about.level, about.purpose) == ("borough", "Fewer harmed.\nAll heard.")
    assert (about.begins, about.ends) == (date(2031, 4, 1), date(2033, 3, 31))
    assert plan.years == (2031, 2033)


def test_a_row_with_a_number_is_one_action(read):
    plan = read(SHEET, name="plan.csv")
    assert [(a.text, a.parts) for a in plan.actions] == [
        ("visit shops", ("and homes",)),
        ("ask", ()),
    ]
    assert plan.actions[0].other == {
        "number": "1.3",
        "contributors": "Guild",
        "Who helps": "Watch",  # a second column of helpers goes by its heading
    }


def test_a_strand_without_actions_and_one_about_telling_are_kept(read):
    strands = read(SHEET, name="plan.csv").strands
    assert [(s.title, s.is_communications) for s in strands] == [
        ("Telling", True),
        ("Later", False),
    ]


def test_json_of_before_there_were_topics_is_still_read(read):
    whole = json.loads(plan_to_json(read(TEXT)))
    for name in ("topics", "about"):
        del whole[name]
    assert plan_from_json(json.dumps(whole), "plan.json") == read(TEXT)
