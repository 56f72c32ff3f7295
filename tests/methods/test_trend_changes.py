"""Where the trend of a count turned."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.trend_changes import (
    fitted,
    gains,
    trend_changes,
    with_bends,
)

# Down's syndrome by age of the mother, British Columbia (Geyer 1991): mean age, births,
# cases.
DOWNS = np.array(
    [
        [17, 13555, 16], [18.5, 13675, 15], [19.5, 18752, 16], [20.5, 22005, 22],
        [21.5, 23896, 16], [22.5, 24667, 12], [23.5, 24807, 17], [24.5, 23986, 22],
        [25.5, 22860, 15], [26.5, 21450, 14], [27.5, 19202, 27], [28.5, 17450, 14],
        [29.5, 15685, 9], [30.5, 13954, 12], [31.5, 11987, 12], [32.5, 10983, 18],
        [33.5, 9825, 13], [34.5, 8483, 11], [35.5, 7448, 23], [36.5, 6628, 13],
        [37.5, 5780, 17], [38.5, 4834, 15], [39.5, 3961, 30], [40.5, 2952, 31],
        [41.5, 2276, 33], [42.4, 1589, 20], [43.5, 1018, 16], [44.5, 596, 22],
        [45.5, 327, 11], [47, 249, 7],
    ]
)  # fmt: skip


def by_month(counts, first="2018-01"):
    months = pd.period_range(first, periods=len(counts), freq="M")
    return pd.Series(counts, index=months, dtype=float)


def bent(level=80, up=0.1, down=-0.2, turn=48, months=96, seed=1, season=0.0):
    years = np.arange(months) / 12
    late = np.maximum(years - turn / 12, 0)
    mean = level * np.exp(up * years + (down - up) * late)
    return np.random.default_rng(seed).poisson(
        mean * (1 + season * np.cos(2 * np.pi * years))
    )


@pytest.mark.published("trend-changes")
def test_the_risk_turns_at_the_age_others_found():
    # Muggeo (2008), R News 8(1): the logistic line turns at 31.08 (0.72) years, with a
    # slope of -0.0134 before. On a logarithmic scale it is nearly the same.
    age, births, cases = DOWNS.T
    base = np.column_stack([age, np.ones(len(age))])
    turns = np.arange(22, 42, 0.05)
    fits = [
        fitted(cases, births, np.column_stack([base, np.maximum(age - at, 0)]))
        for at in turns
    ]
    best = int(np.argmax([gains(cases, fit) for fit in fits]))
    assert turns[best] == pytest.approx(31.08, abs=0.1)
    assert fits[best].line[0] == pytest.approx(-0.0134, abs=0.0002)


@pytest.mark.published("trend-changes")
def test_a_straight_line_is_the_fit_of_the_textbooks_coefficients():
    # Dobson, An Introduction to Generalized Linear Models: AIDS deaths in Australia by
    # quarter, 1983 to 1986, log-linear in time: slope 0.2565, intercept 0.3396.
    deaths = np.array([0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45], dtype=float)
    quarter = np.arange(1.0, 15)
    fit = fitted(deaths, np.ones(14), np.column_stack([quarter, np.ones(14)]))
    assert fit.line == pytest.approx([0.2565, 0.3396], abs=0.0001)


@pytest.mark.second_road("trend-changes")
def test_a_fit_is_where_the_likelihood_is_highest():
    random = np.random.default_rng(4)
    counts = bent(months=60, turn=30)
    years = np.arange(60) / 12
    design = with_bends(np.column_stack([years, np.ones(60)]), years, [30])
    fit = fitted(counts.astype(float), np.ones(60), design)

    def likelihood(line):
        return (counts * (design @ line) - np.exp(design @ line)).sum()

    best = likelihood(fit.line)
    for _time in range(200):
        assert likelihood(fit.line + random.normal(0, 0.02, 3)) <= best


@pytest.mark.second_road("trend-changes")
@pytest.mark.parametrize("dispersion", [1, 3])
def test_where_nothing_turned_it_alarms_as_often_as_it_says(dispersion):
    random = np.random.default_rng(7)
    mean = 60 * np.exp(-0.05 * np.arange(60) / 12)
    alarms = []
    for _time in range(150):
        drawn = (
            random.poisson(mean)
            if dispersion == 1
            else random.negative_binomial(mean / 2, 1 / 3)
        )
        alarms.append(bool(trend_changes(by_month(drawn), shuffles=99).joints))
    assert np.mean(alarms) == pytest.approx(0.05, abs=0.04)


def test_a_bend_is_found_with_the_change_a_year_on_either_side():
    found = trend_changes(by_month(bent(seed=2)))
    assert len(found.joints) == 1
    joint = found.joints[0]
    assert abs((pd.Period(joint.at, freq="M") - pd.Period("2022-01", freq="M")).n) < 8
    assert joint.between[0] <= joint.at <= joint.between[1]
    first, second = found.segments
    assert first.lower < np.expm1(0.1) < first.upper
    assert second.lower < np.expm1(-0.2) < second.upper
    assert (first.first, first.last) == ("2018-01", joint.at)
    assert (second.first, second.last) == (joint.at, "2025-12")


def test_two_bends_are_found_in_order():
    years = np.arange(15)
    bends = 0.1 * np.minimum(years, 5) - 0.15 * np.maximum(years - 10, 0)
    index = pd.period_range("2010", periods=15, freq="Y")
    noise = np.random.default_rng(3).normal(0, 5, 15)
    found = trend_changes(pd.Series(np.round(2_000 * np.exp(bends) + noise), index))
    assert [joint.at for joint in found.joints] == ["2015", "2020"]
    assert [round(part.yearly, 1) for part in found.segments] == [0.1, 0.0, -0.1]


def test_a_season_is_no_bend_when_it_is_allowed_for():
    counts = by_month(bent(up=0, down=0, season=0.5, months=72))
    found = trend_changes(counts, seasonal=True)
    assert found.joints == ()
    assert found.cautions == ()
    assert len(found.segments) == 1
    assert "not allowed for" in trend_changes(counts).cautions[-1]


def test_a_growing_population_is_no_growing_trend():
    people = by_month(1_000 * np.exp(0.08 * np.arange(96) / 12))
    counts = by_month(np.random.default_rng(2).poisson(people * 0.06))
    plain = trend_changes(counts).segments[0]
    per_head = trend_changes(counts, exposure=people).segments[0]
    assert plain.lower < np.expm1(0.08) < plain.upper
    assert per_head.lower < 0 < per_head.upper


@pytest.mark.property_of("trend-changes")
@settings(max_examples=15)
@given(seed=st.integers(0, 9_999), down=st.sampled_from([-0.4, 0.0, 0.3]))
def test_turning_time_round_turns_the_trend_round(seed, down):
    counts = bent(months=60, turn=30, down=down, seed=seed)
    there = trend_changes(by_month(counts), shuffles=39)
    back = trend_changes(by_month(counts[::-1]), shuffles=39)
    if len(there.joints) == len(back.joints) == 0:
        assert back.segments[0].yearly == pytest.approx(
            1 / (1 + there.segments[0].yearly) - 1
        )
    assert there.dispersion >= 1
    for part in there.segments:
        assert part.lower <= part.yearly <= part.upper
    assert len(there.segments) == len(there.joints) + 1


def test_the_same_seed_gives_the_same_answer():
    counts = by_month(bent())
    assert trend_changes(counts) == trend_changes(counts)


def test_small_counts_bring_a_caution():
    assert "sharpest of bends" in trend_changes(by_month([2, 3, 1, 2] * 10)).cautions[0]


@pytest.mark.parametrize(
    ("counts", "options", "helps"),
    [
        ([5] * 17, {}, "need 18"),
        ([5] * 20 + [np.nan] * 2, {}, "month is missing"),
        ([5] * 20 + [-1], {}, "negative"),
        ([0] * 30, {}, "Nothing was recorded"),
        ([5] * 30, {"seasonal": True}, "three years"),
        ([5] * 30, {"false_alarm": 0.0001}, "false alarm rate"),
        ([5] * 30, {"confidence": 1.5}, "between 0 and 1"),
        ([5] * 30, {"exposure": by_month([1] * 29)}, "out of"),
        ([5] * 30, {"exposure": by_month([0] * 30)}, "above zero"),
    ],
)
def test_what_has_no_trend_to_find_is_refused(counts, options, helps):
    with pytest.raises(MethodError, match=helps):
        trend_changes(by_month(counts), **options)
