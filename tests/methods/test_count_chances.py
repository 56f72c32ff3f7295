"""The chances of counts, beside those of scipy.stats."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from saferplan.methods.count_chances import at_most, count_at, exactly, more_than

MEANS = np.array([0.02, 0.7, 3, 18, 240, 5_000, 400_000.0])


def test_the_cumulative_tables_at_a_mean_of_four():
    # 0.0183 at 0, 0.0916 at 1, 0.9489 at 7, 0.9786 at 8.
    assert at_most([0, 1, 7, 8], 4).round(4).tolist() == [
        0.0183,
        0.0916,
        0.9489,
        0.9786,
    ]
    assert count_at([0.018, 0.05, 0.948, 0.95], 4).tolist() == [0, 1, 7, 8]


@pytest.mark.parametrize("share", [1e-9, 0.00135, 0.025, 0.1, 0.5, 0.9, 0.975, 0.99865])
def test_the_counts_at_a_share_are_scipys(share):
    assert np.array_equal(count_at(share, MEANS), poisson.ppf(share, MEANS))
    for dispersion in (1.3, 2, 9.5):
        wanted = nbinom.ppf(share, MEANS / (dispersion - 1), 1 / dispersion)
        assert np.array_equal(count_at(share, MEANS, dispersion), wanted)


def test_the_chances_are_scipys():
    for mean in MEANS[:5]:
        k = np.arange(-1, 3 * mean + 10)
        assert at_most(k, mean) == pytest.approx(poisson.cdf(k, mean), abs=1e-13)
        assert more_than(k, mean) == pytest.approx(poisson.sf(k, mean), rel=1e-9)
        wanted = nbinom.cdf(k, mean / 1.5, 1 / 2.5)
        assert at_most(k, mean, 2.5) == pytest.approx(wanted, abs=1e-12)
        assert exactly(k[1:], mean) == pytest.approx(poisson.pmf(k[1:], mean), rel=1e-9)


def test_nothing_is_sure_and_what_is_missing_stays_missing():
    assert at_most([0, 3], 0).tolist() == [1, 1]
    assert at_most([0, 3], 0, 2.0).tolist() == [1, 1]
    assert exactly([0, 1], 0).tolist() == [1, 0]
    assert count_at(0.9, 0) == 0
    assert np.isnan(at_most(2, np.nan))
    assert np.isnan(count_at(0.5, np.nan))
    assert np.isnan(count_at([0.5, 0.5], [np.nan, 4])).tolist() == [True, False]


@given(
    mean=st.floats(0.01, 1e5), dispersion=st.floats(1, 50), share=st.floats(1e-4, 0.999)
)
def test_the_count_at_a_share_is_the_first_that_reaches_it(mean, dispersion, share):
    count = float(count_at(share, mean, dispersion))
    assert at_most(count, mean, dispersion) >= share
    assert at_most(count - 1, mean, dispersion) < share
