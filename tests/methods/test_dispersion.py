"""How much more monthly counts vary than independent events."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.methods.change import change_between
from saferplan.methods.dispersion import month_pair_dispersion
from saferplan.methods.spans import rolling_year

MONTHS = pd.period_range("2024-01", "2025-12", freq="M")
STUDENT = 1.2611  # (2.2010 / 1.9600) squared: eleven degrees of freedom


def dispersion_of(counts, last_month="2025-12"):
    monthly = pd.DataFrame({"all": counts}, index=MONTHS[-len(counts) :])
    return month_pair_dispersion(monthly, last_month=last_month)["all"]


@pytest.mark.published("change")
@pytest.mark.second_road("change")
def test_pearsons_chi_squared_is_the_one_you_can_do_by_hand():
    # Equal years of 240: share 1/2. Two pairs (30, 10) and (10, 30) give
    # (10 - 20)^2 / (40/4) = 10 each; the others nothing: 20 / 11 degrees.
    counts = [30, 10] + [20] * 10 + [10, 30] + [20] * 10
    assert dispersion_of(counts) == pytest.approx(20 / 11 * STUDENT, abs=1e-3)


def test_a_strong_season_is_no_dispersion():
    year = [10, 10, 20, 30, 50, 80, 90, 80, 50, 30, 20, 10]
    assert dispersion_of(year + year) == pytest.approx(STUDENT, abs=1e-3)


def test_an_even_fall_is_no_dispersion():
    assert dispersion_of([40] * 12 + [20] * 12) == pytest.approx(STUDENT, abs=1e-3)


def test_too_few_pairs_say_nothing():
    assert np.isnan(dispersion_of([20] * 17))  # January to May have a pair


def test_months_without_any_offence_are_no_pairs():
    assert np.isnan(dispersion_of([0] * 24))


def test_a_year_without_any_leaves_no_spread_to_measure():
    assert dispersion_of([20] * 12 + [0] * 12) == pytest.approx(STUDENT, abs=1e-3)


@pytest.mark.parametrize(
    ("size", "false_alarms"),
    [
        (1e9, 0.024),  # Poisson: cautious, for a dispersion is never under 1
        (12.0, 0.052),  # three and a half times the variance of Poisson
    ],
)
def test_no_change_is_called_real_at_most_one_time_in_twenty(size, false_alarms):
    random = np.random.default_rng(20251122)
    season = 30 * (1 + 0.3 * np.sin(np.arange(24) * np.pi / 6))[:, None]
    means = season * random.gamma(size, 1 / size, (24, 4_000))
    counts = pd.DataFrame(random.poisson(means), index=MONTHS)
    rows = change_between(counts, rolling_year("2025-12"))
    false = (rows["verdict"] == "real change").mean()
    assert false == pytest.approx(false_alarms, abs=0.01)


@pytest.mark.property_of("change")
@given(
    counts=st.lists(st.integers(1, 60), min_size=24, max_size=24),
    times=st.integers(2, 5),
)
def test_counting_each_event_several_times_makes_that_much_more_dispersion(
    counts, times
):
    plain = dispersion_of(counts)
    batched = dispersion_of([times * count for count in counts])
    assert plain >= STUDENT - 1e-3
    # A dispersion is never told as under 1, so only what was above it grows in full.
    assert batched <= times * plain * (1 + 1e-9)
    if plain > STUDENT * 1.001:
        assert batched == pytest.approx(times * plain)
