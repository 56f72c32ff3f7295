"""What is found in the founding plan, and in the strategy above it."""

from collections import Counter
from pathlib import Path

import pytest

from saferplan.errors import PlanError
from saferplan.plans import (
    counts,
    document_of,
    open_document,
    plan_in,
    plan_to_csv,
    read_plan,
)

SEEDS = Path(__file__).parents[3] / "shared/seeds"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here"),
]


def seed(number):
    return next(SEEDS.glob(f"{number}_*.txt"))


@pytest.fixture(scope="module")
def plan():
    return read_plan(seed("004"))


@pytest.fixture(scope="module")
def strategy():
    return read_plan(seed("001"))


def flags(plan, kind):
    return [flag for flag in plan.flags if flag.kind == kind]


def test_the_plan_has_three_strands_four_themes_and_thirty_seven_actions(plan):
    assert [strand.title for strand in plan.strands] == [
        "Peer on peer abuse",
        "Peer on Peer abuse / Serious Violence",
        "All other forms of Violence",
    ]
    assert {strand.under for strand in plan.strands} == {("VIOLENCE",)}
    assert plan.themes == (
        "Awareness raising",
        "Prevention",
        "Action / intervention / enforcement",
        "Analytical review",
    )
    assert Counter(a.strand for a in plan.actions) == {1: 15, 2: 11, 3: 11}
    assert Counter(a.theme for a in plan.actions) == {1: 12, 2: 7, 3: 10, 4: 8}


def test_twenty_two_ticks_are_clear_of_which_one_partly_and_seven_are_asked(plan):
    assert Counter(action.state for action in plan.actions) == {
        "done": 21,
        "partly": 1,
        "open": 8,
        "ambiguous": 7,
    }
    partly = plan.in_state("partly")
    assert "within YOS and CER" in partly[0].why
    asked = [question.action for question in plan.questions]
    assert asked == ["1.1.6", "1.1.7", "2.1.1", "2.1.2", "2.4.1", "2.4.2", "2.4.3"]


def test_every_time_frame_is_understood(plan):
    assert [a.time.text for a in plan.actions if a.time.problem] == []
    slipped = next(a for a in plan.actions if a.time.first_due)
    assert "directory" in slipped.text


def test_an_action_goes_on_over_the_page(plan):
    longest = max(plan.actions, key=lambda action: len(action.parts))
    assert [part[0] for part in longest.parts] == list("abcdef")


def test_both_pairs_that_two_strands_share_are_found(plan):
    assert [overlap.actions for overlap in plan.overlaps] == [
        ("1.1.1", "2.1.2"),
        ("1.2.1", "2.2.1"),
    ]


def test_the_defects_of_the_plan_are_flagged(plan):
    assert "2018 to 2019" in flags(plan, "year mismatch")[0].text
    (headed,) = flags(plan, "mis-headed strand")
    assert headed.about == ("strand 1",)
    assert "Gender based violence" in headed.text
    (order,) = flags(plan, "order not yet in force")
    assert "Stalking Protection Order" in order.text
    assert order.about == ("1.3.5",)
    assert "Race Relations" in flags(plan, "repealed Act")[0].text
    assert "Local Government Act 2000" in flags(plan, "repealed provision")[0].text
    assert "lacks the word Act" in flags(plan, "Act miscited")[0].text
    assert "an owner, a measure" in flags(plan, "no column")[0].text
    assert len(plan.flags) == 7


def test_the_strategy_has_forty_three_commitments_in_six_lists(strategy):
    sizes = [len(group.commitments) for group in strategy.lists]
    assert sizes == [8, 7, 6, 9, 6, 7]
    assert [group.section[:3] for group in strategy.lists] == [
        "3.4",
        "3.5",
        "4.1",
        "4.2",
        "4.3",
        "4.5",
    ]
    assert all(commitment.why for commitment in strategy.commitments)


def test_the_strategy_says_thirty_one_topics_in_six_sections(strategy):
    assert [(each.section[:3], len(each.topics)) for each in strategy.topics] == [
        *(("3.4", 6), ("3.5", 5), ("4.1", 5), ("4.2", 5), ("4.3", 7), ("4.4", 3)),
    ]


@pytest.mark.parametrize("number", ["001", "004"])
def test_the_sheet_of_either_gives_the_same(number):
    read = read_plan(seed(number))
    sheet = plan_to_csv(read)
    again = plan_in(document_of(sheet.encode(), "plan.csv"))
    assert counts(again) | {"flags": 0} == counts(read) | {"flags": 0}
    assert plan_to_csv(again) == sheet


def test_only_a_handful_is_measurable(strategy):
    measurable = [c for c in strategy.commitments if c.verdict == "measurable"]
    assert [c.name for c in measurable] == ["1.1", "3.1", "3.3"]
    assert "without a year" in measurable[1].why


def test_the_strategy_cites_what_was_repealed(strategy):
    assert {flag.kind for flag in strategy.flags} == {
        "repealed Act",
        "repealed provision",
        "Act miscited",
    }


@pytest.mark.parametrize("number", ["001", "004"])
def test_every_character_is_accounted_for(number):
    document = open_document(seed(number))
    passages = read_plan(seed(number)).passages
    whole = "".join(document.text[p.start : p.end] for p in passages)
    assert whole == document.text
    assert "not placed" not in {passage.kind for passage in passages}


def test_minutes_are_no_plan():
    with pytest.raises(PlanError, match="no table with a column of actions"):
        read_plan(seed("003"))
