"""Control charts of counts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, poisson

from saferplan.errors import MethodError
from saferplan.methods.control_counts import count_chart

# Montgomery's circuit boards: flaws in 26 samples, 516 in all.
BOARDS = [
    *[21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16],
    *[19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15],
]
# Montgomery's personal computers: faults in 20 samples of five.
COMPUTERS = [
    *[10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5],
]


def by_month(*numbers):
    months = pd.period_range("2023-01", periods=len(numbers), freq="M")
    return pd.Series(numbers, index=months, dtype=float)


def chart(*numbers, exposure=None, **options):
    base = None if exposure is None else by_month(*exposure)
    return count_chart(by_month(*numbers), exposure=base, **options)


@pytest.mark.published("control-chart-of-counts")
def test_the_limits_of_the_circuit_boards_are_the_published_ones():
    found = chart(*BOARDS)
    assert found.centre == pytest.approx(19.85, abs=0.005)
    first = found.months.iloc[0]
    # By the published centre, rounded to 19.85: 6.48 and 33.22.
    assert (first.lower, first.upper) == pytest.approx((6.48, 33.22), abs=0.015)
    flagged = found.months.query("signal != ''")
    assert flagged["signal"].tolist() == ["low", "high"]
    assert flagged["value"].tolist() == [5, 39]


@pytest.mark.published("control-chart-of-counts")
def test_the_limits_of_the_computers_are_the_published_ones():
    found = chart(*COMPUTERS, exposure=[5] * 20)
    assert found.centre == pytest.approx(1.93)
    first = found.months.iloc[0]
    assert (first.lower, first.upper) == pytest.approx((0.07, 3.79), abs=0.005)
    assert (found.months["signal"] == "").all()


@pytest.mark.second_road("control-chart-of-counts")
def test_exact_limits_leave_out_as_much_as_three_sigma_would():
    # The same by another road: add up the chances one by one.
    found = chart(*[2, 4] * 12, limits="exact")
    upper = found.months["upper"].iloc[0]
    chance = poisson.pmf(np.arange(60), 3)
    assert chance[int(upper) + 1 :].sum() <= norm.sf(3) < chance[int(upper) :].sum()
    assert found.months["lower"].isna().all()  # no events are nothing unusual
    assert found.cautions == ()


def test_laneys_limits_are_as_wide_as_the_months_vary():
    wild = [60, 140] * 12
    plain, laney = chart(*wild), chart(*wild, limits="laney")
    # Jumps of 80 over a standard deviation of 10, and over 1.128.
    assert laney.variation == pytest.approx(8 / 1.128)
    assert set(plain.months["signal"]) == {"high", "low"}
    assert set(laney.months["signal"]) == {""}
    reach = laney.months["upper"].iloc[0] - 100
    assert reach == pytest.approx(3 * 10 * 8 / 1.128)
    assert "Laney" in plain.cautions[0]
    assert laney.cautions == ()


def test_independent_counts_vary_by_about_one():
    random = np.random.default_rng(8)
    found = [chart(*random.poisson(40, 24)).variation for _time in range(80)]
    assert np.mean(found) == pytest.approx(1, abs=0.04)


def test_false_alarms_of_exact_limits_are_no_more_than_three_sigma_allows():
    random = np.random.default_rng(9)
    months = pd.Series(random.poisson(3, 4_000)).to_numpy()
    alarms = [
        (chart(*part, limits="exact").months["signal"] != "").sum()
        for part in months.reshape(40, 100)
    ]
    assert sum(alarms) / 4_000 < 2 * norm.sf(3) + 0.002


@pytest.mark.property_of("control-chart-of-counts")
@given(
    counts=st.lists(st.integers(0, 60), min_size=2, max_size=30),
    scale=st.sampled_from([0.5, 10.0, 1_000.0]),
)
def test_the_unit_of_what_counts_are_out_of_changes_no_signal(counts, scale):
    if sum(counts) == 0:
        return
    size = [3 + at % 4 for at in range(len(counts))]
    plain = chart(*counts, exposure=size)
    scaled = chart(*counts, exposure=[scale * each for each in size])
    assert plain.months["signal"].tolist() == scaled.months["signal"].tolist()
    assert plain.centre == pytest.approx(scaled.centre * scale)


def test_a_month_out_of_more_has_narrower_limits():
    found = chart(*[10] * 24, exposure=[1, 4] * 12).months
    assert found["upper"].iloc[1] < found["upper"].iloc[0]


def test_a_missing_month_or_one_out_of_nothing_has_no_signal():
    found = chart(*[9, 11] * 12, np.nan, 400, exposure=[1] * 25 + [0])
    assert found.months["value"].iloc[-2:].isna().all()
    assert found.months["signal"].iloc[-2:].tolist() == ["", ""]
    assert found.centre == 10


def test_no_events_at_all_are_no_signal():
    found = chart(*[0] * 24)
    assert (found.centre, set(found.months["signal"])) == (0, {""})


def test_few_or_small_months_bring_a_caution():
    assert "20 or more" in chart(*[30, 31] * 5).cautions[0]
    assert "Exact limits" in chart(*[2, 3] * 12).cautions[0]


def test_what_cannot_be_charted_is_refused():
    with pytest.raises(MethodError, match="two months"):
        chart(4)
    with pytest.raises(MethodError, match="whole numbers"):
        chart(1.5, 2)
    with pytest.raises(MethodError, match="whole numbers"):
        chart(-1, 2)
    with pytest.raises(MethodError, match="exact or laney"):
        chart(1, 2, limits="two sigma")
    with pytest.raises(MethodError, match="same months"):
        count_chart(by_month(1, 2), exposure=by_month(1, 2, 3))
    with pytest.raises(MethodError, match="negative"):
        chart(1, 2, exposure=[1, -1])
