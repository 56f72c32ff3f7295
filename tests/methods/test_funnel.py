"""Which areas stand out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, poisson

from saferplan.errors import MethodError
from saferplan.methods.funnel import met_bands, rate_funnel, share_funnel

LIMITS = {"lower_998": 0.001, "lower_95": 0.025, "upper_95": 0.975, "upper_998": 0.999}


def wards(*values):
    return pd.Series(values, index=[f"E050000{n:02}" for n in range(len(values))])


@pytest.mark.published("funnel")
def test_the_met_convention_matches_its_own_example():
    # domain.md E9: mean 10, standard deviation 2.898.
    bands = met_bands(wards(6, 8, 9, 11, 12, 14))
    assert bands.attrs["mean"] == 10
    assert bands.attrs["deviation"] == pytest.approx(2.898, abs=0.0005)
    assert bands["band"].tolist() == [
        "below average", "average", "average", "average", "average", "above average",
    ]  # fmt: skip


def test_more_than_two_deviations_is_well_above():
    assert met_bands(wards(*[10] * 9, 40))["band"].iloc[-1] == "well above average"


def test_areas_all_alike_have_no_deviation():
    with pytest.raises(MethodError, match="two areas that differ"):
        met_bands(wards(5, 5, 5))


@pytest.mark.second_road("funnel")
@given(expected=st.floats(2, 500))
def test_each_limit_lies_between_the_whole_numbers_that_bracket_its_chance(expected):
    # By brute force: add up chances until the cumulative chance is reached.
    residents = wards(1_000, 9_000)
    offences = residents * expected / 1_000
    areas = rate_funnel(offences, residents).areas
    chances = poisson.pmf(np.arange(1_000), expected).cumsum()
    for name, chance in LIMITS.items():
        limit, r = areas[name].iloc[0], int((chances < chance).sum())
        assert max(r - 1, 0) - 1e-9 <= limit <= r + 1e-9


def test_between_whole_numbers_the_limit_moves_in_proportion_to_the_chance():
    # Mean 10: P(X<=16) = .9730, P(X<=17) = .9857; .975 lies .159 of the way.
    areas = rate_funnel(wards(10, 10), wards(1_000, 1_000)).areas
    assert areas["upper_95"].iloc[0] == pytest.approx(16 + 0.159, abs=0.003)


@pytest.mark.second_road("funnel")
def test_large_areas_have_the_normal_limits():
    areas = rate_funnel(wards(100_000, 100_000), wards(10**6, 10**6)).areas
    expected = 100 + norm.ppf(0.999) * np.sqrt(100_000) / 1_000
    assert areas["upper_998"].iloc[0] == pytest.approx(expected, rel=1e-3)


@pytest.mark.property_of("funnel")
def test_one_area_in_twenty_falls_outside_by_chance():
    random = np.random.default_rng(3)
    residents = pd.Series(random.integers(2_000, 20_000, 5_000))
    offences = pd.Series(random.poisson(residents * 0.02))
    outside = rate_funnel(offences, residents).areas["position"] != "within"
    assert outside.mean() == pytest.approx(0.05, abs=0.01)


def test_where_areas_differ_anyway_the_limits_can_be_widened():
    random = np.random.default_rng(4)
    residents = pd.Series([10_000] * 500)
    offences = pd.Series(random.poisson(random.gamma(4, 50, 500)))
    plain = rate_funnel(offences, residents)
    wide = rate_funnel(offences, residents, overdispersed=True)
    assert (plain.areas["position"] != "within").mean() > 0.5
    assert (wide.areas["position"] != "within").mean() < 0.1
    # The areas' own spread gives 1 + 200 / 4; drawing in the outer tenths lowers it.
    assert 30 < wide.dispersion < 51
    assert "multiplicative dispersion" in wide.basis
    assert "chance alone" in plain.basis


def test_areas_that_hardly_differ_are_not_widened():
    assert rate_funnel(wards(10, 10), wards(99, 99), overdispersed=True).dispersion == 1


def test_rates_are_in_the_unit_asked_for():
    funnel = rate_funnel(wards(10, 30), wards(1_000, 1_000), per=10_000)
    assert funnel.reference == 200
    assert funnel.areas["value"].tolist() == [100, 300]


def test_an_area_where_nobody_lives_is_left_out_of_the_reference():
    funnel = rate_funnel(wards(10, 30, 500), wards(1_000, 1_000, 0))
    assert funnel.reference == 20
    assert funnel.areas["position"].iloc[2] == "not known"
    assert "No residents" in funnel.areas["caution"].iloc[2]


def test_shares_have_binomial_limits_that_stay_between_0_and_1():
    areas = share_funnel(wards(1, 39), wards(40, 40)).areas
    assert areas["position"].tolist() == ["below 99.8%", "above 99.8%"]
    assert areas["lower_998"].between(0, 1).all()
    assert areas["upper_998"].between(0, 1).all()


def test_shares_can_be_widened_too():
    found, searches = wards(*[20, 60] * 10), wards(*[100] * 20)
    wide = share_funnel(found, searches, overdispersed=True)
    assert wide.dispersion == pytest.approx(0.04 * 100 / 0.24)
    assert (wide.areas["position"] == "within").all()


def test_a_part_cannot_exceed_its_whole():
    with pytest.raises(MethodError, match="between zero and its whole"):
        share_funnel(wards(5), wards(4))


def test_nothing_counted_is_below_nothing():
    for offences, residents in ((-1, 100), (1, -100)):
        with pytest.raises(MethodError, match="cannot be negative"):
            rate_funnel(wards(offences, 3), wards(residents, 100))
    with pytest.raises(MethodError, match="between zero and its whole"):
        share_funnel(wards(-1, 3), wards(4, 4))


def test_one_area_is_no_funnel():
    with pytest.raises(MethodError, match="at least two areas"):
        rate_funnel(wards(5, 5), wards(100, 0))


def test_areas_must_match():
    with pytest.raises(MethodError, match="E05000001"):
        rate_funnel(wards(1, 2), wards(100))


@pytest.mark.property_of("funnel")
@given(
    counts=st.lists(st.integers(0, 300), min_size=3, max_size=12).filter(any),
    scale=st.floats(0.1, 10),
)
def test_limits_nest_and_do_not_hang_on_the_unit_of_residents(counts, scale):
    offences = wards(*counts)
    residents = wards(*(1_000 + 500 * n for n in range(len(counts))))
    areas = rate_funnel(offences, residents).areas
    assert (areas["lower_998"] <= areas["lower_95"]).all()
    assert (areas["lower_95"] <= areas["upper_95"]).all()
    assert (areas["upper_95"] <= areas["upper_998"]).all()
    scaled = rate_funnel(offences, residents * scale).areas
    assert (scaled["upper_95"] * scale).tolist() == pytest.approx(
        areas["upper_95"].tolist(), rel=1e-6
    )
