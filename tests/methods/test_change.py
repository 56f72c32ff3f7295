"""Whether recorded crime has changed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from saferplan.errors import MethodError
from saferplan.methods.change import (
    change_between,
    count_change,
    how_many_fell,
    ratio_limits,
)
from saferplan.methods.spans import rolling_year, year_to_date


def change_of(before, after, **options):
    """The row for one category, to keep the tests to one line each."""
    return count_change(
        pd.Series({"Burglary": before}), pd.Series({"Burglary": after}), **options
    ).loc["Burglary"]


def two_years(**categories):
    """Counts for the 24 months to February 2026."""
    months = pd.period_range("2024-03", "2026-02", freq="M")
    return pd.DataFrame(categories, index=months, dtype=float)


@pytest.mark.published("change")
def test_exact_limits_match_the_worked_example_of_the_poisson_test():
    # 11 in 800 against 21 in 3,011: rate ratio 1.971488 (0.8584264 to 4.2772659).
    lower, upper = ratio_limits(pd.Series([21]), pd.Series([11]), interval="exact")
    scale = (800 / 3011) ** -1
    assert lower[0] * scale == pytest.approx(0.8584264, rel=1e-6)
    assert upper[0] * scale == pytest.approx(4.2772659, rel=1e-6)


@pytest.mark.published("change")
@pytest.mark.parametrize(("base", "least_fall"), [(100, 26), (200, 38), (1_000, 86)])
def test_the_smallest_fall_beyond_chance_is_the_published_one(base, least_fall):
    # plans-and-money.md 4.2.
    # 26% of 100, 19% of 200, 8.6% of 1,000.
    assert change_of(base, base - least_fall).verdict == "real change"
    assert change_of(base, base - least_fall + 1).verdict == "within chance"


@pytest.mark.published("change")
@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [  # London, 2011/12 to 2012/13
        (61_346, 57_836, -5.72),
        (38_914, 34_764, -10.66),
        (96_224, 92_644, -3.72),
        (72_928, 59_910, -17.85),
        (42_081, 49_265, 17.07),
        (26_188, 22_139, -15.46),
        (73_352, 67_916, -7.41),
        (411_033, 384_474, -6.46),
    ],
)
def test_the_mopac_7_changes_are_the_published_ones(before, after, percent):
    # domain.md E4: Met figures in MOPAC papers of 2013.
    assert 100 * change_of(before, after).change == pytest.approx(percent, abs=0.005)


@pytest.mark.second_road("change")
@given(before=st.integers(0, 300), after=st.integers(0, 300))
def test_exact_limits_are_those_of_a_binomial_test_of_the_later_share(before, after):
    if before + after == 0:
        return
    lower, upper = ratio_limits(
        pd.Series([before]), pd.Series([after]), interval="exact"
    )
    share = binomtest(after, before + after).proportion_ci(method="exact")
    assert lower[0] / (1 + lower[0]) == pytest.approx(share.low, abs=1e-9)
    high = 1.0 if np.isinf(upper[0]) else upper[0] / (1 + upper[0])
    assert high == pytest.approx(share.high, abs=1e-9)


@pytest.mark.property_of("change")
@given(before=st.integers(1, 5_000), after=st.integers(1, 5_000))
def test_turning_time_round_turns_the_limits_round(before, after):
    there = ratio_limits(pd.Series([before]), pd.Series([after]))
    back = ratio_limits(pd.Series([after]), pd.Series([before]))
    assert there[0][0] == pytest.approx(1 / back[1][0])
    assert there[1][0] == pytest.approx(1 / back[0][0])


@pytest.mark.property_of("change")
@given(before=st.integers(50, 2_000), after=st.integers(0, 2_000))
def test_counts_that_vary_more_say_less(before, after):
    plain, spread = change_of(before, after), change_of(before, after, dispersion=3)
    assert spread.lower <= plain.lower <= plain.change <= plain.upper <= spread.upper


def test_wilson_calls_equal_rates_different_one_time_in_twenty():
    # By brute force: the chance of a false "real change" at a mean of 40 a year.
    counts = np.arange(100)
    grid = np.array([(x, y) for x in counts for y in counts])
    rows = count_change(pd.Series(grid[:, 0]), pd.Series(grid[:, 1]))
    log_p = -40 + counts * np.log(40) - np.cumsum(np.log(np.maximum(counts, 1)))
    weight = np.exp(log_p[grid[:, 0]] + log_p[grid[:, 1]])
    false = weight[(rows["verdict"] == "real change").to_numpy()].sum()
    assert false == pytest.approx(0.05, abs=0.006)


def test_a_base_under_fifty_has_a_verdict_but_no_percentage():
    row = change_of(20, 60)
    assert row.verdict == "real change"
    assert row[["change", "lower", "upper"]].isna().all()
    assert (row.difference, row.caution[:14]) == (40, "Fewer than 50 ")


def test_a_base_of_fifty_has_a_percentage():
    assert change_of(50, 60).change == pytest.approx(0.2)


def test_nothing_in_either_year_is_no_change():
    row = change_of(0, 0)
    assert (row.verdict, row.difference) == ("within chance", 0)


def test_a_rise_from_nothing_can_be_real_and_has_no_percentage():
    row = change_of(0, 12)
    assert row.verdict == "real change"
    assert np.isnan(row.change)


def test_a_missing_count_is_cannot_tell():
    row = change_of(100, np.nan)
    assert (row.verdict, row.caution) == ("cannot tell", "A count is missing.")
    assert row[["after", "difference", "change", "lower", "upper"]].isna().all()


def test_a_missing_month_is_cannot_tell_and_never_a_fall():
    monthly = two_years(Burglary=[30] * 24).drop(index="2025-07")
    row = change_between(monthly, rolling_year("2026-02")).loc["Burglary"]
    assert (row.verdict, row.months_missing) == ("cannot tell", 1)
    assert row.before == 360
    assert np.isnan(row.after)
    assert "1 of the 24 months" in row.caution
    assert "not a fall" in row.caution


def test_a_month_missing_in_one_category_leaves_the_others_alone():
    monthly = two_years(Burglary=[30] * 24, Robbery=[30] * 24)
    monthly.loc["2025-07", "Robbery"] = np.nan
    rows = change_between(monthly, rolling_year("2026-02"))
    assert rows["verdict"].tolist() == ["within chance", "cannot tell"]


def test_a_month_sent_without_offences_is_a_zero_and_counts():
    monthly = two_years(Burglary=[30] * 23 + [0])
    row = change_between(monthly, rolling_year("2026-02")).loc["Burglary"]
    assert (row.after, row.months_missing) == (330, 0)


def test_the_same_fall_in_every_month_is_surer_than_one_bad_month():
    steady = [30] * 12 + [25] * 12  # 60 fewer, 5 a month
    lumpy = [30] * 11 + [90] + [30] * 12  # 60 fewer, all in one month
    rows = change_between(
        two_years(steady=steady, lumpy=lumpy), rolling_year("2026-02")
    )
    assert rows.loc["steady", "verdict"] == "real change"
    assert rows.loc["lumpy", "verdict"] == "within chance"
    assert rows.loc["lumpy", "dispersion"] > 2.5


def test_a_dispersion_may_be_given():
    rows = change_between(
        two_years(Burglary=[30] * 24), rolling_year("2026-02"), dispersion=1.0
    )
    assert rows.loc["Burglary", "dispersion"] == 1


def test_a_short_year_to_date_borrows_the_spread_of_the_whole_year():
    monthly = two_years(Burglary=[30] * 24).loc[:"2025-05"]
    row = change_between(monthly, year_to_date("2025-05")).loc["Burglary"]
    assert (row.before, row.after) == (60, 60)
    assert "Too few months" in row.caution  # three pairs only: March to May
    whole = two_years(Burglary=[30] * 24)
    assert change_between(whole, year_to_date("2026-02")).loc["Burglary"].caution == ""


def test_falls_are_counted_of_those_that_can_be_compared():
    before = pd.Series({"a": 100, "b": 100, "c": 100, "d": 100, "e": 100})
    after = pd.Series({"a": 40, "b": 99, "c": 100, "d": 160, "e": np.nan})
    falls = how_many_fell(count_change(before, after))
    assert (falls.fell, falls.fell_really) == (2, 1)
    assert (falls.rose, falls.rose_really) == (1, 1)
    assert (falls.unchanged, falls.unknown, falls.compared) == (1, 1, 4)
    assert falls.by_chance == 0.2  # one in twenty of four


def test_areas_must_match():
    with pytest.raises(MethodError, match="Robbery"):
        count_change(pd.Series({"Burglary": 1}), pd.Series({"Robbery": 1}))


def test_counts_cannot_be_negative():
    with pytest.raises(MethodError, match="negative"):
        change_of(-1, 4)


def test_a_dispersion_under_one_is_refused():
    with pytest.raises(MethodError, match="1 or more"):
        change_of(10, 4, dispersion=0.5)


def test_an_unknown_interval_is_refused_with_the_choices():
    with pytest.raises(MethodError, match="wilson or exact"):
        change_of(10, 4, interval="wald")


def test_missing_months_may_be_written_in_pandas_own_way():
    monthly = two_years(Burglary=[30] * 24).astype("Int64")
    monthly.loc["2025-07", "Burglary"] = pd.NA
    row = change_between(monthly, rolling_year("2026-02")).loc["Burglary"]
    assert (row.verdict, row.months_missing) == ("cannot tell", 1)
