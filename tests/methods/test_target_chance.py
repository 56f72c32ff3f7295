"""How likely a target is to be met."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from saferplan.errors import MethodError
from saferplan.methods.expected_count import chance_of_at_most
from saferplan.methods.target_chance import chance_of_meeting
from saferplan.methods.target_history import (
    fit_recent_months,
    known_months,
    yearly_drift,
)

DATA = Path(__file__).parents[3] / "shared/data"


def monthly(counts, last="2025-03"):
    months = pd.period_range(end=last, periods=len(counts), freq="M")
    return pd.Series(counts, index=months, dtype=float)


def chance(counts, target, *, ends="2026-03", **options):
    return chance_of_meeting(monthly(counts), target, ends=ends, **options)


def test_the_middle_is_as_likely_as_not_and_the_limits_hold_four_in_five():
    found = chance([100] * 36, 1_200)
    assert found.probability == pytest.approx(0.5, abs=0.02)
    assert chance([100] * 36, found.lower).probability == pytest.approx(0.1, abs=0.01)
    assert chance([100] * 36, found.upper).probability == pytest.approx(0.9, abs=0.01)


@pytest.mark.second_road("target-chance")
def test_without_drift_it_is_the_gamma_poisson_chance(monkeypatch):
    # The same by another road: the published predictive chance, from twelve months.
    monkeypatch.setattr("saferplan.methods.target_chance.yearly_drift", no_drift)
    found = chance([120] * 24, 1_344, trend="none", simulations=100_000)
    exact = chance_of_at_most(1_344, 1_440, months=12, ahead=12)
    assert found.probability == pytest.approx(exact, abs=0.01)


@pytest.mark.published("target-chance")
@pytest.mark.parametrize(
    ("yearly", "spread"), [(100, 14.1), (200, 10), (500, 6.3), (1_000, 4.5), (5_000, 2)]
)
def test_years_scatter_by_as_many_per_cent_as_published(monkeypatch, yearly, spread):
    # The standard deviation of a change from one year to the next, nothing having
    # changed: what the published table gives for counts of this size.
    monkeypatch.setattr("saferplan.methods.target_chance.yearly_drift", no_drift)
    months = np.diff(np.round(np.arange(13) * yearly / 12))
    found = chance(np.tile(months, 2), yearly, trend="none", simulations=100_000)
    deviation = (found.upper - found.lower) / (2 * norm.ppf(0.9))
    assert 100 * deviation / yearly == pytest.approx(spread, rel=0.05)


def no_drift(_history, _dispersion):
    return 0.0, ()


@pytest.mark.second_road("target-chance")
def test_drift_alone_scatters_years_by_what_it_says(monkeypatch):
    # A million a month: chance is nothing, drift is all.
    monkeypatch.setattr(
        "saferplan.methods.target_chance.yearly_drift", lambda _h, _d: (0.1, ())
    )
    found = chance([1e6] * 36, 12e6, trend="none")
    spread = np.log(found.upper / found.lower) / (2 * norm.ppf(0.9))
    # A year ahead of a known month, a drift of d a month has moved by d*sqrt(4.5).
    assert spread == pytest.approx(0.1 * np.sqrt(4.51 / 8), rel=0.05)


def test_the_same_seed_gives_the_same_answer_and_another_nearly_so():
    counts = [90, 110] * 18
    first, again = chance(counts, 1_150), chance(counts, 1_150)
    assert first == again
    other = chance(counts, 1_150, seed=7)
    assert other.probability == pytest.approx(first.probability, abs=4 * first.error)


@pytest.mark.property_of("target-chance")
@settings(max_examples=10)
@given(seed=st.integers(0, 999), step=st.integers(1, 300))
def test_a_harder_target_is_never_likelier(seed, step):
    counts = np.random.default_rng(seed).poisson(80, 36)
    easy = chance(counts, 960, simulations=500).probability
    assert chance(counts, 960 - step, simulations=500).probability <= easy
    up = chance(counts, 960, better="up", simulations=500).probability
    assert chance(counts, 960 + step, better="up", simulations=500).probability <= up


def test_a_period_that_is_over_was_met_or_was_not():
    met = chance([100] * 36, 1_200, ends="2025-03")
    assert (met.probability, met.error, met.expected) == (1, 0, 1_200)
    assert chance([100] * 36, 1_199, ends="2025-03").probability == 0


def test_months_already_counted_leave_less_to_chance():
    counts = [90, 110] * 18
    half = chance(counts, 1_200, ends="2025-09")
    whole = chance(counts, 1_200, ends="2026-03")
    assert half.upper - half.lower < whole.upper - whole.lower


def test_a_falling_trend_helps_less_when_it_is_halved_and_not_when_left_out():
    falling = np.round(150 * np.exp(-0.02 * np.arange(36)))
    found = [chance(falling, 800, trend=trend).expected for trend in ("damped", "half")]
    assert found[0] < found[1]
    assert chance(falling, 800).trend == pytest.approx(np.exp(-0.24) - 1, abs=0.01)
    assert chance(falling, 800, trend="none").trend == 0


def test_a_season_moves_the_months_it_belongs_to():
    winter = [130, 120, 100, 90, 80, 80, 80, 80, 90, 100, 120, 130]
    counts = np.roll(winter * 3, -3)  # April 2022 to March 2025
    fit = fit_recent_months(known_months(monthly(counts)))
    # A tenth of it is taken for chance, which three years of 100 a month allow.
    assert fit.season == pytest.approx(12 * np.array(winter) / sum(winter), abs=0.03)
    # The summer half alone is far under half a year.
    summer = chance(counts, 500, ends="2025-09", months=6)
    assert summer.expected == pytest.approx(500, abs=15)


def test_counts_that_scatter_more_than_chance_are_seen_to():
    random = np.random.default_rng(2)
    found = [
        fit_recent_months(
            monthly(random.negative_binomial(100 / 2, 1 / 3, 36))
        ).dispersion
        for _time in range(60)
    ]
    assert np.mean(found) == pytest.approx(3, rel=0.15)


def test_with_few_years_the_usual_drift_stands_in_and_is_said():
    drift, cautions = yearly_drift(monthly([100] * 36), 1.0)
    assert 0.15 < drift < 0.22
    assert "Only 2 year-on-year changes known" in cautions[0]
    steady, none = yearly_drift(monthly([1_000] * 120), 1.0)
    assert steady < 0.14
    assert none == ()


@pytest.mark.parametrize(
    ("counts", "helps"),
    [
        ([100] * 23, "23 of them are"),
        ([100] * 20 + [np.nan] + [100] * 5, "23 of them are"),
        ([0] * 30, "Nothing was recorded"),
        ([100] * 30 + [-1], "negative"),
        ([np.nan], "No month"),
    ],
)
def test_too_little_to_go_by_is_refused(counts, helps):
    with pytest.raises(MethodError, match=helps):
        chance(counts, 1_000)


def test_a_far_period_or_a_gap_in_it_is_refused():
    with pytest.raises(MethodError, match="ten years ahead"):
        chance([100] * 36, 1_000, ends="2036-03")
    gap = monthly([100] * 36)
    gap.iloc[10] = np.nan
    with pytest.raises(MethodError, match="2023-02"):
        chance_of_meeting(gap, 1_000, ends="2025-03", months=36)
    with pytest.raises(MethodError, match="down or up"):
        chance([100] * 36, 1_000, better="less")


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
@pytest.mark.parametrize("ahead", [12, 24])
def test_four_in_five_years_of_londons_boroughs_lay_within_their_limits(ahead):
    wide = pd.read_parquet(
        DATA / "mps_datastore/recorded-crime-borough-historical.parquet"
    )
    months = [column for column in wide if column.isdigit()]
    table = wide.groupby(["boroughname", "majortext"])[months].sum().T
    table.index = pd.PeriodIndex(table.index, freq="M")
    held = []
    for name in table.columns[::4]:
        for origin in ("2014-03", "2016-09", "2018-03", "2021-12"):
            history = table[name].loc[:origin]
            if "FRAUD" in str(name).upper() or history.iloc[-24:].sum() < 200:
                continue
            end = pd.Period(origin, freq="M") + ahead
            found = chance_of_meeting(history, 1, ends=end, simulations=500)
            actual = table[name].loc[end - 11 : end].sum()
            held.append(found.lower <= actual <= found.upper)
    assert len(held) > 250
    assert np.mean(held) == pytest.approx(0.8, abs=0.08)
