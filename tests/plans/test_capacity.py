"""Objectives against resource: what a plan asks for, and what there is."""

from datetime import date

import pytest

from saferplan.plans.capacity import loads
from saferplan.plans.checks import check_plan
from saferplan.plans.drafted import Drafted, Promise


def plan(*promises, **said):
    return Drafted(
        title="Plan",
        begins=date(2026, 4, 1),
        ends=date(2027, 3, 31),
        promises=promises,
        **said,
    )


def promise(name="1.1", **said):
    return Promise(name=name, strand=1, text="Visit shops", **said)


def shortfalls(*promises, **said):
    return [each.shortfall for each in loads(plan(*promises, **said))]


def test_more_money_than_there_is_says_how_much_is_lacking():
    dear = promise(money=1_500.0), promise("1.2", money=0.0)
    assert shortfalls(*dear, means=1_000.0) == [
        "Its actions need £1,500, and there is £1,000: £500 too little.",
        "",
    ]
    assert shortfalls(*dear, means=1_500.0) == ["", ""]


def test_more_days_of_work_than_there_are_says_so():
    long = promise(money=0.0, staff_days=30), promise("1.2", money=0.0)
    assert shortfalls(*long, means=0.0, days=20)[1] == (
        "Its actions need 30 days of work, and there are 20 days of work: 10 days of "
        "work too few. 1 of 2 actions do not say what they take."
    )


def test_what_nobody_has_said_is_asked():
    assert shortfalls(promise(money=5.0, staff_days=2)) == [
        "Its actions need £5, and nobody has said how much money there is.",
        "Its actions need 2 days of work, and nobody has said how many days there are.",
    ]


def test_days_that_nobody_counts_are_not_asked_for():
    assert shortfalls(promise(money=0.0), means=0.0) == ["", ""]


def test_a_body_leads_as_many_as_it_can():
    many = [promise(f"1.{n}", lead="Guild", money=0.0) for n in range(13)]
    assert shortfalls(*many, means=0.0)[2] == (
        "Guild leads 13 actions at once, more than 12."
    )
    assert shortfalls(*many, means=0.0, limits={"Guild": 13})[2] == ""


def test_a_plan_without_actions_asks_for_nothing():
    assert loads(plan()) == []


@pytest.mark.parametrize(
    ("means", "key"), [(1.0, "more than can be carried: money"), (9.0, None)]
)
def test_each_shortfall_is_a_question_with_a_key_of_its_own(means, key):
    found = [check.key for check in check_plan(plan(promise(money=5.0), means=means))]
    carried = [each for each in found if each.startswith("more than")]
    assert carried == ([key] if key else [])
