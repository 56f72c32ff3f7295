"""Where a target stands by plain arithmetic."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.target_standing import best_runs, standing


def monthly(*counts, start="2023-04"):
    months = pd.period_range(start, periods=len(counts), freq="M")
    return pd.Series(counts, index=months, dtype=float)


TWO_YEARS = [100] * 12 + [95] * 9  # April 2023 to December 2024


@pytest.mark.published("target-standing")
def test_what_is_left_is_compared_with_the_same_months_a_year_before():
    now = standing(monthly(*TWO_YEARS), 1_080, ends="2025-03")
    assert (now.seen, now.months_seen, now.months_left) == (855, 9, 3)
    assert (now.needed_each_month, now.usual_each_month) == (75, 100)
    assert now.change_needed == -0.25
    assert now.state == "open"


def test_a_period_not_begun_needs_a_twelfth_a_month():
    now = standing(monthly(*TWO_YEARS), 1_080, ends="2027-03")
    assert (now.seen, now.months_seen, now.months_left) == (0, 0, 12)
    assert now.needed_each_month == 90
    # The newest year known: April to December 2024, and January to March before it.
    assert now.usual_each_month == pytest.approx((9 * 95 + 3 * 100) / 12)


@pytest.mark.parametrize(
    ("target", "ends", "better", "state"),
    [
        (1_200, "2024-03", "down", "met"),
        (1_199, "2024-03", "down", "missed"),
        (1_200, "2024-03", "up", "met"),
        (1_201, "2024-03", "up", "missed"),
        (854, "2025-03", "down", "out of reach"),
        (855, "2025-03", "down", "open"),
        (855, "2025-03", "up", "sure"),
        (856, "2025-03", "up", "open"),
    ],
)
def test_counts_only_grow_so_some_targets_are_decided_early(
    target, ends, better, state
):
    found = standing(monthly(*TWO_YEARS), target, ends=ends, better=better)
    assert found.state == state


@pytest.mark.property_of("target-standing")
@given(
    counts=st.lists(st.integers(0, 500), min_size=13, max_size=40),
    target=st.integers(0, 9_000),
)
def test_doing_what_is_needed_arrives_at_the_target_exactly(counts, target):
    series = monthly(*counts)
    now = standing(series, target, ends=series.index[-1] + 5)
    assert now.months_left == 5
    assert now.seen + 5 * now.needed_each_month == pytest.approx(target)
    assert now.usual_each_month == pytest.approx(np.mean(counts[-12:-7]))


def test_a_gap_in_the_period_is_not_a_fall():
    gap = monthly(*TWO_YEARS).drop(index=pd.Period("2024-06"))
    with pytest.raises(MethodError, match="2024-06"):
        standing(gap, 1_080, ends="2025-03")


def test_an_unknown_month_a_year_before_leaves_the_comparison_unknown():
    gap = monthly(*TWO_YEARS).drop(index=pd.Period("2024-02"))
    now = standing(gap, 1_080, ends="2025-03")
    assert now.needed_each_month == 75
    assert np.isnan(now.change_needed)


def test_what_was_best_before_is_found_with_its_month():
    runs = best_runs(monthly(*[100] * 12, *[90] * 12, *[95] * 12), 1_000)
    assert (runs.best, runs.best_ended) == (1_080, "2025-03")
    assert (runs.best_change, runs.best_change_ended) == (
        pytest.approx(-0.1),
        "2025-03",
    )
    assert (runs.newest, runs.reached) == (1_140, False)


def test_changes_are_set_beside_changes_over_as_many_years():
    halves = monthly(*[100] * 12, *[90] * 12, *[80] * 12)
    assert best_runs(halves, 900, over=2).best_change == pytest.approx(-0.2)
    assert np.isnan(best_runs(halves, 900, over=3).best_change)
    assert best_runs(halves, 900, over=3).best_change_ended == ""


@pytest.mark.second_road("target-standing")
@given(counts=st.lists(st.integers(0, 200), min_size=24, max_size=48))
def test_the_best_run_is_the_best_of_all_added_up_one_by_one(counts):
    sums = [sum(counts[at : at + 12]) for at in range(len(counts) - 11)]
    runs = best_runs(monthly(*counts), 1_000)
    assert (runs.best, runs.newest) == (min(sums), sums[-1])
    assert runs.reached == (min(sums) <= 1_000)
    changes = [
        later / before - 1
        for before, later in zip(sums, sums[12:], strict=False)
        if before
    ]
    if changes:
        assert runs.best_change == pytest.approx(min(changes))


def test_when_more_is_better_the_best_is_the_highest():
    runs = best_runs(monthly(*[100] * 12, *[120] * 12), 1_300, better="up")
    assert (runs.best, runs.reached) == (1_440, True)
    assert runs.best_change == pytest.approx(0.2)


def test_a_run_with_a_gap_is_no_run():
    series = monthly(*[100] * 11, 0, *[100] * 12)
    series.iloc[11] = np.nan
    assert best_runs(series, 1_000).best == 1_200  # not 1,100, which lacks a month


def test_what_cannot_be_said_is_refused():
    with pytest.raises(MethodError, match="whole year"):
        best_runs(monthly(*[1] * 11), 10)
    with pytest.raises(MethodError, match="No month is known"):
        standing(monthly(np.nan), 10, ends="2025-03")
    with pytest.raises(MethodError, match="down or up"):
        standing(monthly(1), 10, ends="2025-03", better="left")
    with pytest.raises(MethodError, match="a month or longer"):
        standing(monthly(1), 10, ends="2025-03", months=0)
    with pytest.raises(MethodError, match="not a month"):
        standing(monthly(1), 10, ends="soon")
