"""What a count so far leads one to expect."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.change import count_change
from saferplan.methods.expected_count import (
    chance_of_at_most,
    expected_next,
    smallest_fall,
)


@pytest.mark.published("expected-count")
@pytest.mark.parametrize(("seen", "lower", "upper"), [(960, 429, 534), (80, 26, 56)])
def test_four_months_after_eight_are_within_the_published_limits(seen, lower, upper):
    # plans-and-money.md 4.2: gamma-Poisson, 8 months seen and 4 ahead.
    found = expected_next(seen, months=8, ahead=4)
    assert (found.lower, found.upper) == (lower, upper)
    assert found.mean == pytest.approx(seen / 2, rel=0.01)


@pytest.mark.published("expected-count")
def test_a_fall_of_a_fifth_is_real_from_many_and_noise_from_few():
    # plans-and-money.md 4.2: 9.6e-5 and .159.
    many = chance_of_at_most(384, 960, months=8, ahead=4)
    assert many == pytest.approx(9.6e-5, abs=0.05e-5)
    few = chance_of_at_most(32, 80, months=8, ahead=4)
    assert few == pytest.approx(0.159, abs=0.0005)


@pytest.mark.second_road("expected-count")
def test_the_limits_are_those_of_counts_drawn_from_means_drawn():
    # The same by another road: draw a mean from what was seen, then a count from it.
    random = np.random.default_rng(5)
    drawn = random.poisson(random.gamma(80.5, 1 / 8, 400_000) * 4)
    found = expected_next(80, months=8, ahead=4)
    assert (drawn < found.lower).mean() <= 0.025
    assert (drawn <= found.lower).mean() >= 0.025 - 0.001
    assert (drawn > found.upper).mean() == pytest.approx(0.022, abs=0.003)


@pytest.mark.published("expected-count")
@pytest.mark.parametrize(
    ("before", "plain", "spread"),
    [(100, 26, 42), (200, 19, 31), (500, 12, 20), (1_000, 8.6, 15)],
)
def test_the_smallest_fall_that_shows_is_the_published_one(before, plain, spread):
    # plans-and-money.md 4.2.
    assert 100 * smallest_fall(before) == pytest.approx(plain, abs=0.51)
    # At 100 and three times the variance the published 42 is by square roots; this
    # is 42.6, so that it agrees with the verdicts of count_change.
    found = 100 * smallest_fall(before, dispersion=3)
    assert found == pytest.approx(spread, abs=0.61)


@pytest.mark.second_road("expected-count")
@given(before=st.integers(50, 20_000), dispersion=st.floats(1, 8))
def test_it_is_where_the_verdict_on_a_change_turns(before, dispersion):
    least = smallest_fall(before, dispersion=dispersion) * before
    count = pd.Series([float(before)] * 2)
    after = pd.Series([before - least * 1.001, before - least * 0.999])
    found = count_change(count, after, dispersion=dispersion)
    if least < before / 1.002:
        assert found["verdict"].tolist() == ["real change", "within chance"]


@pytest.mark.property_of("expected-count")
@given(seen=st.integers(0, 5_000), dispersion=st.floats(1, 6))
def test_counts_that_vary_more_leave_more_room(seen, dispersion):
    plain = expected_next(seen, months=12, ahead=12)
    wide = expected_next(seen, months=12, ahead=12, dispersion=dispersion)
    slack = 2 * dispersion  # they come in steps of the dispersion
    assert wide.lower <= plain.lower + slack
    assert wide.upper >= plain.upper - slack


def test_nothing_seen_still_leaves_room_above():
    found = expected_next(0, months=12, ahead=12)
    assert (found.lower, found.upper) == (0, 3)


def test_from_few_even_a_fall_to_nothing_could_be_chance():
    assert smallest_fall(3) == 1.0
    assert smallest_fall(5) < 1.0


def test_what_cannot_be_expected_is_refused():
    with pytest.raises(MethodError, match="months above 0"):
        expected_next(10, months=0, ahead=4)
    with pytest.raises(MethodError, match="0 in 8 months|from 0"):
        chance_of_at_most(1, -1, months=8, ahead=4)
    with pytest.raises(MethodError, match="1 or more"):
        expected_next(10, months=8, ahead=4, dispersion=0.9)
    with pytest.raises(MethodError, match="above 0"):
        smallest_fall(0)
    with pytest.raises(MethodError, match="0.95 for 95%"):
        expected_next(10, months=8, ahead=4, confidence=95)
