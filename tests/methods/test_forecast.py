"""What counts to expect in the months ahead, and limits that hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.forecast import forecast
from saferplan.methods.forecast_rules import (
    NAMES,
    RULES,
    every_forecast,
    forecast_by,
    newest_weighted,
    seasons_of,
)
from saferplan.methods.forecast_spread import (
    best_rules,
    dispersions,
    limits,
    past_forecasts,
    yearly_scale,
)


def by_month(counts, last="2026-02", **columns):
    table = pd.DataFrame(columns) if columns else np.asarray(counts, dtype=float)
    months = pd.period_range(end=last, periods=len(table), freq="M")
    if columns:
        return table.set_axis(months)
    if table.ndim == 2:
        return pd.DataFrame(table, index=months)
    return pd.Series(table, index=months, name="Burglary")


def seasonal(level, years, strength=0.2, seed=1):
    month = np.arange(12 * years)
    mean = level * (1 + strength * np.cos(2 * np.pi * month / 12))
    return np.random.default_rng(seed).poisson(mean)


@pytest.mark.published("forecast")
def test_the_weights_of_a_level_are_those_in_the_textbook():
    # Hyndman and Athanasopoulos, Forecasting: principles and practice, 8.1: what the
    # newest six observations weigh where alpha is 0.2, 0.4, 0.6 and 0.8.
    printed = {
        0.2: [0.2, 0.16, 0.128, 0.1024, 0.0819, 0.0655],
        0.4: [0.4, 0.24, 0.144, 0.0864, 0.0518, 0.0311],
        0.6: [0.6, 0.24, 0.096, 0.0384, 0.0154, 0.0061],
        0.8: [0.8, 0.16, 0.032, 0.0064, 0.0013, 0.0003],
    }
    for alpha, weights in printed.items():
        found = [newest_weighted(np.eye(120)[:, [-k]], alpha)[0] for k in range(1, 7)]
        assert np.round(found, 4).tolist() == weights


@pytest.mark.second_road("forecast")
def test_level_times_own_season_is_what_a_loop_makes_of_it():
    counts = seasonal(120, 4, seed=3).astype(float)
    season = loop_season(counts)
    level, weights = 0.0, 0.0
    for age, (count, month) in enumerate(
        zip(counts[::-1], list(range(12))[::-1] * 4, strict=True)
    ):
        level += 0.7**age * count / season[month]
        weights += 0.7**age
    wanted = [level / weights * season[k] for k in range(3)]
    rule = RULES["level, own season"]
    recent = counts[:, None]
    found = forecast_by(rule, recent, seasons_of(recent), 3)[:, 0]
    assert found == pytest.approx(wanted, rel=1e-9)


def loop_season(counts):
    """Ratio to the centred year, three rounds in which odd months count for less."""
    whole = len(counts)
    centred = [
        sum(counts[k - 5 : k + 6]) / 12 + (counts[k - 6] + counts[k + 6]) / 24
        for k in range(6, whole - 6)
    ]
    around = [centred[0]] * 6 + centred + [centred[-1]] * 6
    weight = [1.0] * whole
    for _round in range(3):
        raw = []
        for month in range(12):
            mine = range(month, whole, 12)
            seen = sum(weight[k] * counts[k] for k in mine)
            raw.append(seen / sum(weight[k] * around[k] for k in mine))
        season = [value / (sum(raw) / 12) for value in raw]
        mean = [around[k] * season[k % 12] for k in range(whole)]
        off = [(counts[k] - mean[k]) / mean[k] ** 0.5 for k in range(whole)]
        usual = max(1.4826 * np.median(np.abs(off)), 1)
        weight = [min(1, 2 * usual / max(abs(each), 1e-9)) for each in off]
    return season


def test_a_steady_count_is_expected_to_stay():
    found = forecast(by_month([40] * 60), ahead=2).months
    assert found["expected"].tolist() == pytest.approx([40, 40], abs=0.01)
    assert found["month"].tolist() == ["2026-03", "2026-04"]
    assert (found["lower_95"] <= found["lower_80"]).all()
    assert (found["upper_80"] <= found["upper_95"]).all()
    assert found["lower_80"].between(20, 40).all()


def test_a_season_is_found_and_followed():
    found = forecast(by_month(seasonal(200, 8, strength=0.4)), ahead=12)
    # Rows begin with March: the wave is highest twelve months before the first.
    wanted = 200 * (1 + 0.4 * np.cos(2 * np.pi * np.arange(12) / 12))
    assert found.months["expected"].to_numpy() == pytest.approx(wanted, rel=0.12)


def test_columns_come_one_by_one_and_months_may_be_text_or_dates():
    a, b = seasonal(90, 5, seed=1), seasonal(20, 5, seed=2)
    table = by_month(None, Brent=a, Ealing=b)
    found = forecast(table, ahead=2)
    assert found.months["series"].tolist() == ["Brent"] * 2 + ["Ealing"] * 2
    text = forecast(table.set_axis(table.index.astype(str)), ahead=2)
    stamps = forecast(table.set_axis(table.index.to_timestamp()), ahead=2)
    assert text.months.equals(found.months)
    assert stamps.months.equals(found.months)


@pytest.mark.property_of("forecast")
@settings(max_examples=15)
@given(seed=st.integers(0, 999), level=st.sampled_from([0.5, 6, 90]))
def test_nothing_of_the_past_hangs_on_what_came_later(seed, level):
    # The same past with another future: what was said and how far it reached is equal.
    random = np.random.default_rng(seed)
    counts = random.poisson(level, (60, 3)).astype(float)
    other = counts.copy()
    other[48:] = random.poisson(9 * level + 5, (12, 3))
    first, second = (past_forecasts(c, every_forecast(c, 3)) for c in (counts, other))
    now = 47
    assert np.array_equal(first.expected[now], second.expected[now])
    assert np.array_equal(first.dispersion[now], second.dispersion[now])
    assert np.array_equal(first.rules[:, now], second.rules[:, now])
    for side, again in zip(
        limits(first, now, 0.8), limits(second, now, 0.8), strict=True
    ):
        assert np.array_equal(side, again)


@pytest.mark.property_of("forecast")
@settings(max_examples=15)
@given(seed=st.integers(0, 999), gap=st.integers(0, 40))
def test_limits_are_whole_counts_in_order_and_hold_what_is_expected(seed, gap):
    random = np.random.default_rng(seed)
    counts = random.negative_binomial(3, 0.1, (54, 2)).astype(float)
    counts[gap : gap + 2, 0] = np.nan
    found = forecast(by_month(counts), ahead=6).months
    edges = found[["lower_95", "lower_80", "upper_80", "upper_95"]].to_numpy()
    assert (np.diff(edges, axis=1) >= 0).all()
    assert (edges >= 0).all()
    assert (edges % 1 == 0).all()
    assert (found["upper_95"] >= np.floor(found["expected"])).all()
    assert (found["lower_95"] <= np.ceil(found["expected"])).all()


def test_limits_hold_as_often_as_said_where_the_future_is_like_the_past():
    random = np.random.default_rng(5)
    held = []
    for _time in range(12):
        # 20 columns that vary twice as much as chance, all round a season.
        mean = 30 * (1 + 0.3 * np.cos(2 * np.pi * np.arange(85) / 12))[:, None]
        counts = random.negative_binomial(np.broadcast_to(mean, (85, 20)), 0.5).astype(
            float
        )
        found = forecast(by_month(counts[:84]), ahead=1).months
        inside = [
            (found[f"lower_{level}"] <= counts[84])
            & (counts[84] <= found[f"upper_{level}"])
            for level in (80, 95)
        ]
        held.append([each.mean() for each in inside])
    assert np.mean(held, axis=0) == pytest.approx([0.8, 0.95], abs=0.05)


def test_a_missing_month_is_not_a_month_without_crime():
    counts = [60.0] * 60
    counts[50] = np.nan
    gap = forecast(by_month(counts))
    assert gap.months["expected"].tolist() == pytest.approx([60] * 3, rel=0.01)
    assert "1 counts are not known" in gap.cautions[0]
    left_out = by_month(counts).dropna()
    assert forecast(left_out).months.equals(gap.months)
    counts[50] = 0
    assert forecast(by_month(counts)).months["expected"].iloc[0] < 60


def test_a_count_that_never_happens_is_called_rare_and_not_impossible():
    table = by_month(None, Arson=[0] * 48, Theft=[30] * 48)
    found = forecast(table)
    rare = found.months[found.months["series"] == "Arson"]
    assert (rare["expected"] > 0).all()
    assert (rare["lower_95"] == 0).all()
    assert (rare["upper_95"] <= 1).all()
    assert "Nothing was recorded in two years in Arson" in found.cautions[0]


def test_with_two_years_the_usual_spread_stands_in_and_is_said():
    found = forecast(by_month([50] * 24))
    assert found.rules == ("level",)
    assert "Only 0 past forecasts can be judged" in found.cautions[0]
    row = found.months.iloc[0]
    # Poisson's 14% and the usual 13% together: about 19% either way, times 1.28.
    assert row["upper_80"] - row["lower_80"] == pytest.approx(2 * 1.28 * 9.5, abs=3)


def test_scenarios_move_the_forecast_by_the_trend_of_the_last_year():
    falling = by_month([100] * 36 + [100] * 12 + [80] * 12)
    stays, halves, continues = (
        forecast(falling, ahead=12, scenario=name).months["expected"]
        for name in ("stays", "halves", "continues")
    )
    assert continues.iloc[11] == pytest.approx(0.8 * stays.iloc[11], rel=0.01)
    assert halves.iloc[11] == pytest.approx(0.8**0.5 * stays.iloc[11], rel=0.01)
    found = forecast(falling, scenario="continues")
    assert found.trend.round(6).tolist() == [-0.2]
    wider = found.months["upper_80"] - found.months["lower_80"]
    assert (wider > 0).all()


def test_a_wild_trend_is_cut_and_an_unknown_one_is_none():
    leaping = by_month([10] * 48 + [50] * 12)
    found = forecast(leaping, ahead=12, scenario="continues")
    plain = forecast(leaping, ahead=12)
    ratio = found.months["expected"] / plain.months["expected"]
    assert ratio.iloc[11] == pytest.approx(2)
    assert any("steeper" in each for each in found.cautions)
    gap = leaping.copy()
    gap.iloc[-5] = np.nan
    told = forecast(gap, scenario="continues")
    assert told.trend.isna().all()
    assert any("taken as none" in each for each in told.cautions)


def test_like_columns_lend_one_another_their_season():
    # Six small columns, too small to tell their own season from chance.
    counts = np.column_stack([seasonal(8, 6, 0.5, seed=k) for k in range(6)])
    together = forecast(by_month(counts), ahead=12).months
    truth = 8 * (1 + 0.5 * np.cos(2 * np.pi * np.arange(12) / 12))
    off = [
        np.abs(together["expected"].to_numpy()[12 * k : 12 * k + 12] - truth).mean()
        for k in range(6)
    ]
    alone = [
        np.abs(forecast(by_month(counts[:, k]), ahead=12).months["expected"] - truth)
        for k in range(6)
    ]
    assert np.mean(off) < np.mean(alone)


def test_a_lockdown_is_no_season():
    counts = seasonal(100, 8, strength=0.0, seed=4).astype(float)
    counts[60:62] = 20
    season = seasons_of(counts[:, None]).own[:, 0]
    assert season[:2].min() > 0.9


def test_the_rules_least_off_are_taken():
    # Counts that repeat exactly by year: nothing beats the same month last year.
    year = [10, 50, 20, 70, 90, 30, 15, 80, 40, 60, 25, 35]
    found = forecast(by_month(year * 6), ahead=1)
    assert "same month last year" not in found.rules  # it is never off: no scale
    counts = np.array(year * 8, dtype=float)
    counts[::7] += 3
    assert "same month last year" in forecast(by_month(counts), ahead=1).rules


def test_a_rule_is_judged_only_once_its_month_has_come():
    off = np.ones((len(NAMES), 40, 2, 1))
    off[3] = 0.1
    rules = best_rules(off, np.ones((40, 1)))
    assert (rules[0, :6] == NAMES.index("level")).all()
    assert (rules[0, 6:] == 3).all()


def test_the_scale_is_the_mean_difference_from_a_year_before():
    counts = np.arange(36.0)[:, None]
    assert yearly_scale(counts)[-1, 0] == 12
    assert np.isnan(yearly_scale(counts)[11, 0])


def test_dispersion_of_counts_that_vary_thrice_as_much_is_three():
    random = np.random.default_rng(1)
    actual = random.negative_binomial(50 / 2, 1 / 3, (200, 1, 10)).astype(float)
    found = dispersions(np.full(actual.shape, 50.0), actual)
    assert found[-1].mean() == pytest.approx(3, rel=0.15)
    steady = dispersions(np.full((200, 1, 3), 50.0), np.full((200, 1, 3), 50.0))
    assert (steady[-1] < 1.4).all()


@pytest.mark.parametrize(
    ("counts", "options", "helps"),
    [
        ([5] * 23, {}, "23 known months"),
        ([5] * 30 + [-1], {}, "whole numbers"),
        ([5] * 30 + [1.5], {}, "whole numbers"),
        ([5] * 30, {"ahead": 0}, "1 to 24 months"),
        ([5] * 30, {"ahead": 25}, "1 to 24 months"),
        ([5] * 30, {"scenario": "doubles"}, "A scenario is one of"),
        ([5] * 30, {"levels": (1.2,)}, "between 0 and 1"),
        ([np.nan] * 30, {}, "No month is known"),
        ([5] * 20 + [np.nan] * 13 + [5] * 11, {}, "Fewer than 12"),
    ],
)
def test_what_cannot_be_forecast_is_refused(counts, options, helps):
    with pytest.raises(MethodError, match=helps):
        forecast(by_month(counts), **options)


def test_a_column_that_ends_early_or_a_month_twice_is_refused():
    table = by_month(None, Brent=[4.0] * 30, Ealing=[4.0] * 29 + [np.nan])
    with pytest.raises(MethodError, match="Ealing is not known in 2026-02"):
        forecast(table)
    twice = pd.concat([by_month([4] * 30), by_month([4])])
    with pytest.raises(MethodError, match="more than once"):
        forecast(twice)
