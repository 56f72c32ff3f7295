"""How far people came on a scale."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_rel

from saferplan.errors import MethodError
from saferplan.methods.distance_travelled import distance_travelled

published = pytest.mark.published("distance-travelled")
second_road = pytest.mark.second_road("distance-travelled")
property_of = pytest.mark.property_of("distance-travelled")

# Student (1908), hours of sleep gained by ten patients with each of two drugs; R has
# them as its data set `sleep`.
ONE = pd.Series([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
OTHER = pd.Series([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])


def travelled(first, last, **choices):
    told = {"lowest": 1, "highest": 10} | choices
    return distance_travelled(
        pd.Series(first, dtype=float), pd.Series(last, dtype=float), **told
    )


@published
def test_students_sleepers_slept_1_58_hours_longer():
    # R: t.test(extra ~ group, paired): t = 4.0621, df = 9, p = 0.002833, limits 0.7001
    # and 2.4599.
    found = distance_travelled(ONE, OTHER, lowest=-10, highest=10)
    assert found.mean == pytest.approx(1.58)
    assert found.mean / found.se == pytest.approx(4.0621, abs=5e-5)
    assert found.p == pytest.approx(0.002833, abs=5e-7)
    assert (found.lower, found.upper) == pytest.approx((0.7001142, 2.4598858))
    assert (found.better, found.worse) == (0.9, 0.0)


@second_road
@given(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)), min_size=3))
def test_it_is_the_paired_t_test_of_scipy(scores):
    first, last = np.array(scores, dtype=float).T
    found = travelled(first, last)
    if found.se > 0:
        other = ttest_rel(last, first)
        limits = other.confidence_interval()
        assert found.p == pytest.approx(other.pvalue)
        assert (found.lower, found.upper) == pytest.approx((limits.low, limits.high))


@property_of
@given(
    st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)), min_size=2),
    st.integers(-5, 5),
)
def test_where_the_scale_begins_does_not_matter(scores, moved):
    first, last = np.array(scores, dtype=float).T
    found = travelled(first, last)
    shifted = travelled(
        first + moved, last + moved, lowest=1 + moved, highest=10 + moved
    )
    assert (found.mean, found.sd) == pytest.approx((shifted.mean, shifted.sd))
    assert (found.at_floor, found.cautions) == (shifted.at_floor, shifted.cautions)
    turned = travelled(11 - first, 11 - last)
    assert turned.mean == pytest.approx(-found.mean)
    assert turned.at_ceiling == found.at_floor


def test_people_at_the_ends_of_the_scale_are_flagged():
    found = travelled([10, 10, 1, 5], [10, 10, 3, 6])
    assert (found.at_ceiling, found.at_floor) == (0.5, 0.25)
    assert "50% came at the top" in found.cautions[0]
    assert "25% came at the bottom" in found.cautions[1]


def test_those_who_left_are_counted_and_not_taken_for_unchanged():
    found = travelled([3, 4, 5, 6], [5, 6, np.nan, np.nan])
    assert (found.people, found.left, found.mean) == (2, 0.5, 2)
    assert any("50% have no last score" in each for each in found.cautions)


def test_a_second_rater_says_how_far_a_change_must_go_to_mean_something():
    first, last = [3, 4, 5, 6], [3, 8, 5, 6]
    found = travelled(first, last, second_rater=pd.Series([4.0, 3.0, 6.0, 5.0]))
    # They differ by one, up and down: sd 1.155, times 1.96.
    assert found.reliable == pytest.approx(2.263, abs=0.001)
    assert found.reliably_better == 0.25
    assert any("less than two raters" in each for each in found.cautions)
    alone = travelled(first, last)
    assert np.isnan(alone.reliable)
    assert np.isnan(alone.reliably_better)
    assert any("No second rater" in each for each in alone.cautions)


def test_all_alike_is_a_change_without_doubt_or_none_at_all():
    assert travelled([3, 3], [5, 5]).p == 0
    assert travelled([3, 3], [3, 3]).p == 1


@pytest.mark.parametrize(
    ("first", "last", "choices", "helps"),
    [
        ([3], [4], {}, "needs 2 or more"),
        ([3, 0], [4, 4], {}, "1 of the first scores are off the scale"),
        ([3, 3], [4, 11], {}, "last scores are off"),
        ([3, 3], [4, 4], {"highest": 1}, "lowest"),
        ([3, 3], [4, 4], {"second_rater": pd.Series([3.0])}, "both raters"),
    ],
)
def test_what_cannot_be_told_says_what_is_needed(first, last, choices, helps):
    with pytest.raises(MethodError, match=helps):
        travelled(first, last, **choices)


def test_scores_must_be_of_the_same_people():
    with pytest.raises(MethodError, match="same people"):
        travelled([1, 2], [1, 2, 3])
