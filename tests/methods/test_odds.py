"""The odds of one group over another's, exactly."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats.contingency import odds_ratio as of_scipy

from saferplan.errors import MethodError
from saferplan.methods.odds import odds_ratio


@pytest.mark.published("disproportionality")
def test_middlesbrough_2019():
    """
    ExtractSS: 20 of 5,036 against 300 of 118,067 (analysis, section 3, item 17).

    R stops looking for a root when it is near enough: to the fourth decimal.
    """
    found = odds_ratio(20, 5_036, 300, 118_067)
    assert found.ratio == pytest.approx(1.565188, abs=5e-5)
    assert found.lower == pytest.approx(0.941575, abs=5e-5)
    assert found.upper == pytest.approx(2.463733, abs=5e-5)


@pytest.mark.second_road("disproportionality")
@pytest.mark.parametrize(
    "counts", [(3, 10, 1, 12), (0, 9, 4, 20), (7, 7, 2, 9), (40, 500, 90, 3_000)]
)
def test_it_agrees_with_scipy(counts):
    reached, people, other, others = counts
    table = [[reached, people - reached], [other, others - other]]
    theirs = of_scipy(table, kind="conditional")
    limits = theirs.confidence_interval(0.95)
    ours = odds_ratio(*counts)
    assert ours.ratio == pytest.approx(theirs.statistic, rel=1e-6)
    assert (ours.lower, ours.upper) == pytest.approx(
        (limits.low, limits.high), rel=1e-6
    )


@pytest.mark.property_of("disproportionality")
@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 60), st.integers(1, 60))
def test_the_other_way_round_it_is_one_over_it(reached, other, people, others):
    people, others = reached + people, other + others
    one = odds_ratio(reached, people, other, others)
    back = odds_ratio(other, others, reached, people)
    assert one.lower <= one.ratio <= one.upper
    for here, there in ((one.ratio, back.ratio), (one.lower, back.upper)):
        if 0 < here < math.inf:
            assert here * there == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((5, 4, 1, 9), "5 of 4 people cannot be"),
        ((-1, 4, 1, 9), "-1 of 4"),
        ((0, 4, 0, 9), "Nobody was reached"),
        ((4, 4, 9, 9), "Everybody was reached"),
        ((1.5, 4, 1, 9), "whole numbers"),
    ],
)
def test_what_cannot_be_is_refused(counts, said):
    with pytest.raises(MethodError, match=said):
        odds_ratio(*counts)


def test_a_group_with_none_has_a_limit_above_only():
    found = odds_ratio(0, 9, 4, 20)
    assert (found.ratio, found.lower) == (0, 0)
    assert np.isfinite(found.upper)
