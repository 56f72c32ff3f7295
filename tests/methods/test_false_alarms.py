"""How many signals a page of charts shows where nothing has happened."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.control_chart import control_chart
from saferplan.methods.false_alarms import false_alarms


@pytest.mark.published("false-alarms")
@pytest.mark.parametrize(("mean", "each"), [(None, 0.016), (3, 0.027)])
def test_a_chart_of_24_months_alarms_as_often_as_published(mean, each):
    # plans-and-money.md 4.3.
    found = false_alarms(1, mean=mean)
    assert found.each == pytest.approx(each, abs=0.003)
    assert found.error < 0.0015


@pytest.mark.published("false-alarms")
def test_a_page_of_forty_has_about_one_false_alarm():
    # plans-and-money.md 4.3: 0.6 to 1.1 for forty.
    normal, small = false_alarms(40), false_alarms(40, mean=3)
    assert normal.expected == pytest.approx(0.6, abs=0.1)
    assert small.expected == pytest.approx(1.1, abs=0.1)
    assert normal.at_least_one == pytest.approx(1 - (1 - normal.each) ** 40)
    assert normal.ever > 10 * normal.expected / 2


@pytest.mark.second_road("false-alarms")
def test_it_is_what_charts_drawn_one_by_one_show():
    # The same by another road: the charts people see, of other numbers.
    random = np.random.default_rng(77)
    months = pd.period_range("2024-01", periods=24, freq="M")
    table = pd.DataFrame(random.normal(50, 5, size=(24, 6_000)), index=months)
    shown = control_chart(table, improvement="down").summary["signal"]
    assert (shown != "").mean() == pytest.approx(false_alarms(1).each, abs=0.006)


def test_more_charts_have_more_false_alarms():
    few, many = false_alarms(10), false_alarms(100)
    assert many.expected == pytest.approx(10 * few.expected)
    assert 0 < few.at_least_one < many.at_least_one < 1


@pytest.mark.property_of("false-alarms")
@settings(max_examples=15)
@given(
    indicators=st.integers(1, 200),
    points=st.integers(8, 60),
    mean=st.none() | st.floats(0.5, 200),
)
def test_alarms_are_shares_of_a_page_and_add_up(indicators, points, mean):
    page = false_alarms(indicators, points=points, mean=mean)
    assert 0 <= page.each <= page.at_least_one + 1e-12 <= 1 + 1e-12
    assert page.expected == pytest.approx(indicators * page.each)
    assert page.expected <= page.ever <= indicators
    assert page.at_least_one <= page.expected + 1e-12


def test_the_same_seed_gives_the_same_answer():
    assert false_alarms(40) == false_alarms(40)
    assert false_alarms(40, seed=1).each == pytest.approx(
        false_alarms(40).each, abs=0.005
    )


@pytest.mark.parametrize(
    ("options", "helps"),
    [
        ({"indicators": 0}, "one chart or more"),
        ({"indicators": 4, "points": 7}, "8 to 120"),
        ({"indicators": 4, "points": 121}, "8 to 120"),
        ({"indicators": 4, "mean": 0}, "above 0"),
    ],
)
def test_what_is_no_page_is_refused(options, helps):
    with pytest.raises(MethodError, match=helps):
        false_alarms(**options)
