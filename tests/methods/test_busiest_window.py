"""Whether the busiest stretch of days is more than chance."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.busiest_window import busiest_window, chance_of_busiest

published = pytest.mark.published("busiest-window")
second_road = pytest.mark.second_road("busiest-window")
property_of = pytest.mark.property_of("busiest-window")


def dates(*days):
    """Dates so many days after 31 December 2024."""
    return pd.Series(pd.Timestamp("2024-12-31") + pd.to_timedelta(days, unit="D"))


@published
def test_six_cyclists_in_a_fortnight_are_as_likely_as_was_published():
    # analysis.md 3.16, from ptools: 208 fortnights of London, 0.6 deaths in each
    # (Aberdein and Spiegelhalter, Have London's roads become more dangerous?).
    found = chance_of_busiest(6, usual=0.6, windows=208)
    assert found == pytest.approx(0.03902238, abs=2e-6)


@published
def test_six_in_a_week_of_five_years_is_about_even():
    # analysis.md 3.16: 260 weeks of one event each. ptools raises to one window fewer
    # than the time has, and Naus to two: .4869 and .4856.
    found = chance_of_busiest(6, usual=1, windows=260)
    assert found == pytest.approx(0.486814, abs=0.0015)
    assert chance_of_busiest(6, usual=1, windows=261) == pytest.approx(0.4869, abs=2e-4)


def busiest_by_drawing(usual, windows, runs, seed):
    """The most events that any window holds, in each of many times drawn."""
    random = np.random.default_rng(seed)
    most = np.zeros(runs, dtype=int)
    for run in range(runs):
        at = np.sort(random.uniform(0, windows, random.poisson(usual * windows)))
        held = np.searchsorted(at, at + 1, side="left") - np.arange(len(at))
        most[run] = held.max(initial=0)
    return most


@second_road
@pytest.mark.parametrize(
    ("most", "usual", "windows"), [(6, 1, 260), (4, 0.3, 52), (9, 3, 30), (3, 0.2, 20)]
)
def test_the_chance_is_the_share_of_times_drawn_that_have_such_a_window(
    most, usual, windows
):
    drawn = busiest_by_drawing(usual, windows, runs=4_000, seed=most)
    found = chance_of_busiest(most, usual=usual, windows=windows)
    assert found == pytest.approx((drawn >= most).mean(), abs=0.025)


@property_of
@given(most=st.integers(1, 15), usual=st.floats(0.05, 3), windows=st.integers(3, 500))
def test_more_in_one_window_is_rarer_and_more_windows_make_it_commoner(
    most, usual, windows
):
    found = chance_of_busiest(most, usual=usual, windows=windows)
    assert 0 <= found <= 1
    assert chance_of_busiest(most + 1, usual=usual, windows=windows) <= found + 1e-9
    assert chance_of_busiest(most, usual=usual, windows=windows + 9) >= found - 1e-9


@property_of
@given(
    days=st.lists(st.integers(1, 400), min_size=1, max_size=40),
    width=st.integers(1, 30),
)
def test_no_window_of_as_many_days_holds_more(days, width):
    days[0] = 2  # not all on the first of a month
    found = busiest_window(dates(*days), width=width, watched=500)
    held = [
        sum(start <= day < start + width for day in days) for start in range(1, 401)
    ]
    assert found.most == max(held)
    assert held[(found.begins - pd.Timestamp("2025-01-01")).days] == found.most
    assert found.chance >= found.alone - 1e-9


def test_what_stands_out_among_many_need_not_be_more_than_chance():
    weekly = list(range(5, 355, 7))
    found = busiest_window(dates(*weekly, 159, 160, 161), width=7, watched=364)
    assert (found.most, found.usual) == (4, pytest.approx(53 / 52))
    assert found.alone < 0.025
    assert found.verdict == "within chance"
    flood = busiest_window(dates(*weekly, *[160] * 9), width=7, watched=364)
    assert flood.verdict == "more than chance"


def test_a_time_that_is_not_given_or_short_brings_a_caution():
    assert "first event to the last" in busiest_window(dates(2, 90), width=7).caution
    short = busiest_window(dates(2, 9, 12), width=7, watched=14)
    assert "2.0 times as long" in short.caution
    assert busiest_window(dates(2, 90), width=7, watched=100).caution == ""


def test_no_event_needed_is_certain_and_one_is_as_likely_as_any_at_all():
    assert chance_of_busiest(0, usual=1, windows=10) == 1
    one = chance_of_busiest(1, usual=0.1, windows=5)
    assert one == pytest.approx(1 - np.exp(-0.5))


@pytest.mark.parametrize(
    ("days", "choices", "helps"),
    [
        (dates(), {"width": 7}, "date of every event"),
        (pd.Series([pd.NaT]), {"width": 7}, "date of every event"),
        (dates(1, 32, 60), {"width": 7}, "cut to months"),
        (dates(2, 30), {"width": 0}, "a day or more"),
        (dates(2, 30), {"width": 7, "watched": 20}, "span 29 days"),
        (dates(2), {"width": 7, "watched": 2}, "window of 7"),
    ],
)
def test_what_has_no_busiest_window_is_refused(days, choices, helps):
    with pytest.raises(MethodError, match=helps):
        busiest_window(days, **choices)


@pytest.mark.parametrize(
    ("most", "usual", "windows"), [(-1, 1, 9), (2.5, 1, 9), (2, 0, 9), (2, 1, 0.5)]
)
def test_numbers_that_have_no_chance_are_refused(most, usual, windows):
    with pytest.raises(MethodError, match="whole number of events"):
        chance_of_busiest(most, usual=usual, windows=windows)
