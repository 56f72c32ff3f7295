"""Whether one count is more than another."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson, poisson_means_test

from saferplan.errors import MethodError
from saferplan.methods.two_counts import e_test, rate_ratio, square_root_z


def ratio_of(events, against, **options):
    """The row for one place, to keep the tests to one line each."""
    return rate_ratio(
        pd.Series({"A": events}), pd.Series({"A": against}), **options
    ).loc["A"]


@pytest.mark.published("rate-ratio")
@pytest.mark.parametrize(
    ("events", "against", "published"), [(6, 2, 0.1749), (3, 0, 0.0884)]
)
def test_the_papers_examples_come_out(events, against, published):
    # analysis.md 3.16; Krishnamoorthy and Thomson (2004).
    assert e_test(events, against) == pytest.approx(published, abs=5e-5)
    assert e_test(against, events) == pytest.approx(published, abs=5e-5)


def brute(events, against, size, against_size):
    """The same by another road: every pair of counts, one by one."""
    rate = (events + against) / (size + against_size)
    x, y = np.meshgrid(np.arange(200), np.arange(200), indexing="ij")
    spread = np.maximum(x / size**2 + y / against_size**2, 1e-300)
    apart = np.abs(x / size - y / against_size) / np.sqrt(spread)
    seen = abs(events / size - against / against_size) / np.sqrt(
        events / size**2 + against / against_size**2
    )
    far = apart >= seen * (1 - 1e-9)
    chance = poisson.pmf(x, rate * size) * poisson.pmf(y, rate * against_size)
    return chance[far].sum()


@pytest.mark.second_road("rate-ratio")
@given(
    events=st.integers(0, 40),
    against=st.integers(0, 40),
    sizes=st.sampled_from([(1, 1), (2, 1), (1, 3), (0.8, 3.011)]),
)
def test_it_is_the_sum_over_all_pairs_at_least_as_far_apart(events, against, sizes):
    if events + against == 0:
        return
    found = e_test(events, against, size=sizes[0], against_size=sizes[1])
    assert found == pytest.approx(brute(events, against, *sizes), abs=1e-8)


@pytest.mark.second_road("rate-ratio")
@pytest.mark.parametrize(("x", "y", "n", "m"), [(60, 77, 10, 10), (20, 36, 5, 8)])
def test_it_is_what_another_implementation_gives(x, y, n, m):
    theirs = poisson_means_test(x, n, y, m).pvalue
    assert e_test(x, y, size=n, against_size=m) == pytest.approx(theirs, abs=1e-5)


def test_large_counts_take_no_more_than_a_moment_and_agree_with_the_normal():
    # z = (411,033 - 410,000) / sqrt(821,033) = 1.14: p = 0.2543.
    assert e_test(411_033, 410_000) == pytest.approx(0.2543, abs=2e-4)


def test_false_alarms_are_about_as_many_as_it_says():
    # Brute force at a mean of 10 each: p of 0.05 or less about one time in twenty.
    counts = range(31)
    chance = poisson.pmf(np.arange(31), 10)
    alarms = sum(
        chance[x] * chance[y]
        for x in counts
        for y in range(x)
        if chance[x] * chance[y] > 1e-7 and e_test(x, y) <= 0.05
    )
    assert 2 * alarms == pytest.approx(0.05, abs=0.01)


@pytest.mark.property_of("rate-ratio")
@given(events=st.integers(0, 300), against=st.integers(1, 300))
def test_turning_it_round_turns_the_ratio_round(events, against):
    there = ratio_of(events, against, size=2.0, against_size=5.0)
    back = ratio_of(against, events, size=5.0, against_size=2.0)
    assert there.lower == pytest.approx(1 / back.upper if back.upper < np.inf else 0)
    assert there.p == pytest.approx(back.p, abs=1e-9)


def test_the_ratio_is_of_rates_and_not_of_counts():
    row = ratio_of(20, 10, size=2_000.0, against_size=1_000.0)
    assert row.ratio == 1
    assert (row.verdict, row.p) == ("within chance", pytest.approx(1))


def test_no_events_leave_nothing_to_compare():
    row = ratio_of(0, 0)
    assert (row.verdict, row.p) == ("within chance", 1)
    assert np.isnan(row.ratio)
    assert row.caution == "No events in either."


def test_against_nothing_there_is_a_verdict_but_no_ratio():
    row = ratio_of(12, 0)
    assert row.verdict == "real change"
    assert np.isnan(row.ratio)


def test_a_missing_count_is_cannot_tell():
    row = ratio_of(np.nan, 4)
    assert (row.verdict, row.caution) == ("cannot tell", "A count is missing.")
    assert np.isnan(row.p)


@pytest.mark.parametrize(
    ("events", "size", "helps"),
    [(-1, 1.0, "from 0"), (2.5, 1.0, "whole numbers"), (2, 0.0, "above zero")],
)
def test_what_is_no_count_is_refused(events, size, helps):
    with pytest.raises(MethodError, match=helps):
        e_test(events, 3, size=size)


def test_rows_must_match():
    with pytest.raises(MethodError, match="B"):
        rate_ratio(pd.Series({"A": 1}), pd.Series({"B": 1}))


@pytest.mark.published("rate-ratio")
@pytest.mark.parametrize(
    ("before", "spread"),
    [(100, 14.1), (200, 10), (500, 6.3), (1_000, 4.5), (5_000, 2)],
)
def test_two_equal_years_differ_by_as_many_per_cent_as_published(before, spread):
    # plans-and-money.md 4.2: how far chance alone moves a year against the one before.
    row = ratio_of(before, before)
    deviation = np.log(row.upper / row.lower) / (2 * 1.959964)
    assert 100 * deviation == pytest.approx(spread, abs=0.15)


@pytest.mark.published("rate-ratio")
def test_from_16_to_25_is_two_by_square_roots():
    # plans-and-money.md 4.2, from the tests of ptools.
    found = square_root_z(pd.Series({"A": 25, "B": 16}), pd.Series({"A": 16, "B": 16}))
    assert found.to_dict() == {"A": 2.0, "B": 0.0}


def test_square_roots_have_the_same_spread_for_every_count():
    random = np.random.default_rng(4)
    for usual in (9, 40, 400):
        drawn = pd.Series(random.poisson(usual, 20_000), dtype=float)
        far = square_root_z(drawn, pd.Series(float(usual), index=drawn.index))
        assert far.std() == pytest.approx(1, abs=0.05)


def test_square_roots_are_of_counts_for_the_same_places():
    with pytest.raises(MethodError, match="negative"):
        square_root_z(pd.Series({"A": -1}), pd.Series({"A": 1}))
    with pytest.raises(MethodError, match="B"):
        square_root_z(pd.Series({"A": 1}), pd.Series({"B": 1}))
