"""How much areas truly differ, once chance is taken out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import chi2

from saferplan.errors import MethodError
from saferplan.methods.between_areas import between_areas, between_values

# Colditz and others (1994), thirteen trials of the BCG vaccine: cases and the rest,
# vaccinated and not.
BCG = np.fromstring(
    "4 119 11 128 6 300 29 274 3 228 11 209 62 13536 248 12619 33 5036 47 5761 "
    "180 1361 372 1079 8 2537 10 619 505 87886 499 87892 29 7470 45 7232 17 1699 65 "
    "1600 186 50448 141 27197 5 2493 3 2338 27 16886 29 17825",
    sep=" ",
).reshape(-1, 4)


def log_risk_ratios():
    a, b, c, d = BCG.T
    return np.log(a / (a + b) / (c / (c + d))), 1 / a - 1 / (a + b) + 1 / c - 1 / (
        c + d
    )


@pytest.mark.published("between-areas")
def test_limits_of_the_bcg_trials_are_those_viechtbauer_prints():
    # metafor's manual, confint(): tau^2 0.1197 to 1.1115, I^2 81.92 to 97.68 per cent.
    found = between_values(*log_risk_ratios())
    assert found.variance_lower == pytest.approx(0.1197, abs=5e-5)
    assert found.variance_upper == pytest.approx(1.1115, abs=5e-5)
    assert found.share_lower == pytest.approx(0.819177, abs=5e-5)
    assert found.share_upper == pytest.approx(0.976781, abs=5e-5)
    assert found.variance == pytest.approx(0.3181, abs=5e-5)  # by Paule and Mandel


@pytest.mark.published("between-areas")
def test_limits_of_the_same_trials_as_odds_ratios_are_van_houwelingens():
    # van Houwelingen and others (2002), as metafor reproduces it: 0.1302 to 1.1812.
    a, b, c, d = BCG.T
    found = between_values(np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d)
    assert found.variance_lower == pytest.approx(0.1302, abs=1e-4)
    assert found.variance_upper == pytest.approx(1.1812, abs=1e-4)


@pytest.mark.second_road("between-areas")
def test_the_variance_is_where_cochrans_q_comes_down_to_its_mean():
    values, variances = log_risk_ratios()

    def q(between):
        weights = 1 / (variances + between)
        mean = np.average(values, weights=weights)
        return (weights * (values - mean) ** 2).sum()

    found = between_values(values, variances, confidence=0.9)
    for where, target in [
        (found.variance, 12),
        (found.variance_lower, chi2.ppf(0.95, 12)),
        (found.variance_upper, chi2.ppf(0.05, 12)),
    ]:
        root = brentq(lambda each, t=target: q(each) - t, 0, 50)
        assert where == pytest.approx(root, rel=1e-6)


@pytest.mark.second_road("between-areas")
def test_limits_hold_the_truth_as_often_as_they_say():
    random = np.random.default_rng(8)
    people = random.integers(5_000, 15_000, 30)
    inside = 0
    for _ in range(200):
        rates = random.gamma(25, 0.01 / 25, 30)  # a variance of 0.01 squared over 25
        counts = pd.Series(random.poisson(rates * people))
        found = between_areas(counts, pd.Series(people))
        inside += found.variance_lower <= 0.01**2 / 25 <= found.variance_upper
    assert inside / 200 == pytest.approx(0.95, abs=0.035)


def test_areas_that_differ_by_chance_alone_are_seldom_said_to_differ():
    random = np.random.default_rng(9)
    people = pd.Series([8_000] * 20)
    real = [
        between_areas(pd.Series(random.poisson(60, 20)), people).share_lower > 0
        for _ in range(200)
    ]
    assert np.mean(real) == pytest.approx(0.025, abs=0.025)


def test_counts_in_series_make_areas_seem_to_differ_unless_it_is_said():
    counts, people = pd.Series([40, 70, 55, 80, 30]), pd.Series([9_000] * 5)
    plain = between_areas(counts, people)
    allowed = between_areas(counts, people, dispersion=4)
    assert allowed.share < plain.share
    assert allowed.share_lower == 0


@pytest.mark.property_of("between-areas")
@settings(max_examples=40)
@given(
    counts=st.lists(st.integers(0, 400), min_size=3, max_size=12).filter(any),
    scale=st.floats(0.01, 100),
)
def test_shares_do_not_hang_on_the_unit_and_limits_hold_the_estimate(counts, scale):
    people = pd.Series([5_000.0] * len(counts))
    found = between_areas(pd.Series(counts), people)
    other = between_areas(pd.Series(counts), people * scale)
    assert other.share == pytest.approx(found.share, abs=1e-6)
    assert 0 <= found.share_lower <= found.share <= found.share_upper <= 1
    assert found.areas == len(counts)


@pytest.mark.parametrize(
    ("counts", "people", "words"),
    [
        ([5, 5], [9, 9], "three or more"),
        ([5, 5, -1], [9, 9, 9], "0 or more"),
        ([5, 5, 5], [9, 9, 0], "residents above 0"),
        ([0, 0, 0], [9, 9, 9], "some events"),
        ([5, 5, 5], [9, 9], "not the other"),
    ],
)
def test_areas_that_cannot_be_compared_are_refused(counts, people, words):
    with pytest.raises(MethodError, match=words):
        between_areas(pd.Series(counts), pd.Series(people))


def test_a_dispersion_is_at_least_that_of_chance():
    with pytest.raises(MethodError, match="1 or more"):
        between_areas(pd.Series([5, 6, 7]), pd.Series([9, 9, 9]), dispersion=0.5)
