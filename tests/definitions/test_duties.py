"""What the law asks, and when it falls due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from saferplan.assessment.finding import Head as FindingHead
from saferplan.definitions import duties, duties_on, heads, next_due, statutes
from saferplan.errors import SourceChanged


def test_regulation_6_has_seven_heads_in_order():
    assert [head.letter for head in heads().values()] == list("abcdefg")


def test_findings_go_under_the_heads_that_concern_a_borough():
    one_tier = [name for name, head in heads().items() if not head.two_tier]
    assert one_tier == list(FindingHead.__args__)


def test_a_head_that_could_not_be_read_says_so():
    assert heads()["reasons"].standing == "not confirmed, 22 November 2026"
    assert "Regulation 6 could not be read" in heads()["reasons"].grounds


@pytest.mark.parametrize(
    ("done", "due"),
    [
        (date(2026, 2, 10), date(2026, 3, 31)),
        (date(2026, 3, 30), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2027, 3, 31)),
        (date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_the_plan_is_revised_before_each_year_starts(done, due):
    assert next_due(duties()["revise-plan"], done) == due


def test_an_assessment_is_due_a_year_after_the_last():
    duty = duties()["strategic-assessment"]
    assert next_due(duty, date(2025, 11, 22)) == date(2026, 11, 22)


def test_a_quarter_from_the_end_of_november_ends_with_february():
    duty = duties()["share-depersonalised-data"]
    assert next_due(duty, date(2026, 11, 30)) == date(2027, 2, 28)


def test_a_recommendation_is_answered_within_28_days():
    duty = duties()["answer-scrutiny"]
    assert next_due(duty, date(2026, 2, 10)) == date(2026, 3, 10)


def test_a_continuing_duty_has_no_day():
    assert next_due(duties()["public-sector-equality-duty"], date(2026, 1, 1)) is None


def names_on(day):
    return {duty.name for duty in duties_on(day)}


def test_law_that_was_replaced_is_not_law_in_force():
    # Reports of 2017 and 2018 still cited both.
    report = names_on(date(2018, 3, 7))
    assert "race-relations-amendment-act" not in report
    assert "well-being-power" not in report
    assert {"public-sector-equality-duty", "general-power-of-competence"} <= report


def test_section_17_began_two_months_after_the_act():
    assert "crime-and-disorder-in-every-decision" not in names_on(date(1998, 9, 29))
    assert "crime-and-disorder-in-every-decision" in names_on(date(1998, 9, 30))


def test_the_power_of_well_being_ended_after_the_new_power_began():
    both = {"well-being-power", "general-power-of-competence"}
    assert both <= names_on(date(2012, 4, 3))
    assert names_on(date(2012, 4, 4)) & both == {"general-power-of-competence"}


def test_two_registers_agree_on_the_day_a_power_ended():
    ends = (duties()["well-being-power"], statutes()["well-being-power"])
    assert {each.in_force_to for each in ends} == {date(2012, 4, 3)}


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("knife-crime-prevention-order", date(2023, 3, 31)),
        ("serious-violence-reduction-order", date(2025, 4, 18)),
    ],
)
def test_an_order_of_a_pilot_is_not_law_after_it(name, last):
    order = statutes()[name]
    assert order.in_force_on(last)
    assert not order.in_force_on(last + timedelta(days=1))


def test_the_equality_duty_took_over_without_a_gap():
    assert "race-relations-amendment-act" in names_on(date(2011, 4, 4))
    assert "public-sector-equality-duty" in names_on(date(2011, 4, 5))


def test_the_serious_violence_duty_is_not_in_a_plan_of_2018():
    assert "serious-violence-strategy" not in names_on(date(2018, 3, 7))
    assert "serious-violence-strategy" in names_on(date(2026, 1, 1))


@pytest.mark.parametrize(
    "change",
    [
        {"when": "by a day each year", "by": "31 March"},
        {"when": "by a day each year", "by": "02-29"},
        {"when": "every so often", "every_months": 0},
        {"when": "after an event", "within_days": 28, "event": ""},
    ],
)
def test_a_duty_that_does_not_say_when_is_refused(change):
    with pytest.raises(SourceChanged, match="does not say how"):
        replace(duties()["power-to-disclose"], **change)
