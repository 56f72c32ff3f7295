"""When the level of a count changed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from saferplan.errors import MethodError
from saferplan.methods.changepoint import best_split, level_changes

# British coal-mining disasters a year, 1851 to 1961 (Jarrett 1979).
DISASTERS = [
    *[4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4],
    *[4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2, 1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0],
    *[1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2],
    *[1, 0, 0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 1, 4],
    *[0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1],
]


def monthly(*numbers):
    months = pd.period_range("2021-01", periods=len(numbers), freq="M")
    return pd.Series(numbers, index=months, dtype=float)


@pytest.mark.published("level-changes")
def test_the_coal_mines_grew_safer_when_others_found_they_did():
    # Carlin, Gelfand and Smith (1992): 1891 likeliest; about 3.1 a year, then 0.9.
    years = pd.period_range("1851", periods=len(DISASTERS), freq="Y")
    found = level_changes(pd.Series(DISASTERS, index=years))
    first = found.changes[0]
    assert 1890 <= int(first.first_month) <= 1892
    assert first.before == pytest.approx(3.1, abs=0.05)
    assert int(first.between[0]) >= 1885
    assert int(first.between[1]) <= 1897
    assert found.p == 1 / 500


@pytest.mark.second_road("level-changes")
def test_a_split_is_where_the_likelihood_is_highest():
    # The same by another road: try every split and add up the logarithms.
    y = np.random.default_rng(3).poisson([20] * 15 + [14] * 21).astype(float)

    def likelihood(at):
        parts = (y[:at], y[at:])
        return sum(poisson.logpmf(part, part.mean()).sum() for part in parts)

    splits = range(6, len(y) - 5)
    best = best_split(y[None, :], None, 6)
    assert best.at[0] == max(splits, key=likelihood)


@pytest.mark.parametrize("dispersion", [1.0, 3.0])
def test_where_nothing_happened_it_alarms_as_often_as_it_says(dispersion):
    random = np.random.default_rng(11)
    alarms = 0
    for _time in range(300):
        extra = dispersion - 1
        mean = random.gamma(20 / extra, extra, 36) if extra else 20
        counts = monthly(*random.poisson(mean, 36))
        found = level_changes(counts, simulations=99, false_alarm=0.1)
        alarms += bool(found.changes)
    assert alarms / 300 == pytest.approx(0.1, abs=0.045)


def test_two_steps_are_both_found_in_order():
    found = level_changes(monthly(*[20, 22] * 8, *[40, 42] * 8, *[10, 12] * 8))
    assert [change.first_month for change in found.changes] == ["2022-05", "2023-09"]
    assert [change.after for change in found.changes] == [41, 11]
    assert [change.before for change in found.changes] == [21, 41]


def test_a_season_is_no_change_of_level_when_it_is_allowed_for():
    season = [30, 28, 24, 20, 16, 12, 10, 12, 16, 20, 24, 28]
    counts = monthly(*season * 4)
    assert level_changes(counts, seasonal=True).changes == ()
    assert "season can look like steps" in level_changes(counts).cautions[0]
    stepped = monthly(*season * 2, *[0.5 * each for each in season * 2])
    found = level_changes(stepped, seasonal=True)
    assert [change.first_month for change in found.changes] == ["2023-01"]


@pytest.mark.property_of("level-changes")
@settings(max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_turning_time_round_turns_the_change_round(seed):
    y = np.random.default_rng(seed).poisson([30] * 14 + [12] * 16).astype(float)
    there = best_split(y[None, :], None, 6)
    back = best_split(y[None, ::-1], None, 6)
    assert back.at[0] == 30 - there.at[0]
    assert back.clear[0] == pytest.approx(there.clear[0])


def test_the_same_seed_gives_the_same_answer():
    counts = monthly(*[20, 26] * 9, *[16, 21] * 9)
    assert level_changes(counts) == level_changes(counts)


def test_nothing_at_all_has_no_change():
    found = level_changes(monthly(*[0] * 24))
    assert (found.changes, found.p) == ((), 1)


def test_what_cannot_be_searched_is_refused():
    steady = [5, 6] * 12
    with pytest.raises(MethodError, match="need 12 months, and there are 11"):
        level_changes(monthly(*steady[:11]))
    with pytest.raises(MethodError, match="A month is missing"):
        level_changes(monthly(*steady).drop(index=pd.Period("2021-05")))
    with pytest.raises(MethodError, match="A month is missing"):
        level_changes(monthly(*steady, np.nan))
    with pytest.raises(MethodError, match="negative"):
        level_changes(monthly(*steady, -1))
    with pytest.raises(MethodError, match="three years of months"):
        level_changes(monthly(*steady), seasonal=True)
    with pytest.raises(MethodError, match="between 0.002 and 1"):
        level_changes(monthly(*steady), false_alarm=0.001)
