"""Limits for counts and shares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import poisson

from saferplan.errors import MethodError
from saferplan.methods.intervals import count_limits, normal_point, share_limits


@pytest.mark.published("rates")
@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(10, 4.787, 18.391), (65, 50.163, 82.849), (100, 81.362, 121.628)],
)
def test_byars_limits_match_the_published_values(count, lower, upper):
    # domain.md E9.
    low, high = count_limits([count])
    assert low[0] == pytest.approx(lower, abs=0.001)
    assert high[0] == pytest.approx(upper, abs=0.001)


@pytest.mark.published("proportions")
@pytest.mark.parametrize(
    ("part", "whole", "lower", "upper"),
    [
        (252, 400, 0.5817, 0.6759),
        (8, 400, 0.0102, 0.0390),
        (65, 100, 0.5525, 0.7364),
    ],
)
def test_wilsons_limits_match_the_published_values(part, whole, lower, upper):
    # domain.md E9.
    low, high = share_limits([part], [whole])
    assert low[0] == pytest.approx(lower, abs=0.0001)
    assert high[0] == pytest.approx(upper, abs=0.0001)


@pytest.mark.second_road("rates")
@given(count=st.integers(1, 9))
def test_below_ten_the_limits_are_where_the_poisson_tails_hold_a_fortieth(count):
    low, high = count_limits([count])
    lower = brentq(lambda mean: poisson.sf(count - 1, mean) - 0.025, 1e-9, count)
    upper = brentq(lambda mean: poisson.cdf(count, mean) - 0.025, count, 40)
    assert low[0] == pytest.approx(lower, rel=1e-6)
    assert high[0] == pytest.approx(upper, rel=1e-6)


@pytest.mark.property_of("rates")
@given(count=st.integers(10, 5_000))
def test_from_ten_up_byar_is_within_a_percent_of_the_exact_limits(count):
    low, high = count_limits([count])
    assert poisson.sf(count - 1, low[0]) == pytest.approx(0.025, abs=0.0008)
    assert poisson.cdf(count, high[0]) == pytest.approx(0.025, abs=0.0008)


@pytest.mark.second_road("proportions")
@pytest.mark.property_of("proportions")
@given(
    part=st.integers(0, 200),
    more=st.integers(1, 200),
    conf=st.sampled_from([0.8, 0.95]),
)
def test_wilsons_limits_are_the_shares_whose_score_test_just_fails(part, more, conf):
    # By another road: at each limit p0, |share - p0| is z standard errors *at p0*.
    whole = part + more
    z = normal_point(conf)
    for limit in np.concatenate(share_limits([part], [whole], confidence=conf)):
        if 0 < limit < 1:
            distance = abs(part / whole - limit)
            assert distance == pytest.approx(
                z * np.sqrt(limit * (1 - limit) / whole), abs=1e-9
            )


def test_no_events_leave_room_above_zero():
    low, high = count_limits([0])
    assert low[0] == 0
    assert high[0] == pytest.approx(3.689, abs=0.001)


def test_a_missing_count_has_missing_limits():
    low, high = count_limits([np.nan])
    assert np.isnan([low[0], high[0]]).all()


@given(st.integers(1, 100_000))
def test_all_leave_the_upper_limit_at_one_and_none_the_lower_at_zero(whole):
    lower, upper = share_limits([0, whole], [whole, whole])
    assert (lower[0], upper[1]) == (0, 1)


def test_nothing_asked_says_nothing():
    low, high = share_limits([0], [0])
    assert np.isnan([low[0], high[0]]).all()


def test_a_count_cannot_be_negative():
    with pytest.raises(MethodError, match="negative"):
        count_limits([-1])


def test_a_part_cannot_exceed_its_whole():
    with pytest.raises(MethodError, match="between zero and its whole"):
        share_limits([5], [4])


def test_confidence_in_percent_is_refused_with_the_right_way_to_write_it():
    with pytest.raises(MethodError, match=r"Write 0.95"):
        count_limits([1], confidence=95)
