"""How unevenly crime falls."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from saferplan.errors import MethodError
from saferplan.methods.concentration import concentration, decile_ratio
from saferplan.methods.rank_agreement import spearman


def places(*counts, empty=0):
    return pd.Series([*counts, *[0] * empty])


@pytest.mark.published("concentration")
@pytest.mark.parametrize(
    ("counts", "gini", "generalised"),
    [  # published, or by the published formula (oracle 14 of the field's figures)
        (places(10, 8, 2, empty=7), 0.78, 0.78),
        (places(5, 2, 1, empty=7), 0.80, 0.75),
        (places(3, 1, 1, empty=7), 0.78, 0.56),
        (places(10, empty=9), 0.90, 0.90),
        (places(10, empty=99), 0.99, 0.90),
        (places(4, 4, 4, 4), 0.0, 0.0),
        (places(1, 1, 1, empty=7), 0.7, 0.0),  # as even as three crimes can be
    ],
)
def test_the_ginis_are_the_published_ones(counts, gini, generalised):
    found = concentration(counts)
    assert found.gini == pytest.approx(gini)
    assert found.generalised == pytest.approx(generalised)


@pytest.mark.second_road("concentration")
@pytest.mark.parametrize(
    ("counts", "theirs"),
    [
        (places(5, 2, 1, empty=7), 0.676),  # D10: safer-streets-core, modified Gini
        (places(3, 1, 1, empty=7), 0.58),  # D12: the text of lorenzgini's vignette
    ],
)
def test_d10_d12_the_generalised_gini_is_the_share_of_the_way_from_even(counts, theirs):
    # By another road: areas under the curve, under the evenest that whole crimes allow
    # (one each in as many places as there are crimes), and under all in one place.
    curve = concentration(counts).curve
    areas, crimes = curve["share_of_areas"], counts.sum()
    evenest = np.minimum(areas * len(counts) / crimes, 1)
    under, even = (
        np.trapezoid(curve["share_of_offences"], areas),
        np.trapezoid(evenest, areas),
    )
    found = concentration(counts).generalised
    assert found == pytest.approx((under - even) / (1 - even))
    assert abs(found - theirs) > 0.015


def test_d9_two_maps_that_have_nothing_to_do_with_one_another_do_not_agree():
    # safer-streets-core's short formula, 1 - 6 sum d2 / (n (n2 - 1)), supposes that no
    # two places are alike; of 2,000 with few crimes most are. It finds 0.24.
    random = np.random.default_rng(0)
    one, other = (pd.Series(random.poisson(0.5, 2_000)) for _ in range(2))
    apart = one.rank() - other.rank()
    short = 1 - 6 * (apart**2).sum() / (2_000 * (2_000**2 - 1))
    assert short == pytest.approx(0.24, abs=0.03)
    assert abs(spearman(one, other)) < 0.05
    assert spearman(one, other) == pytest.approx(spearmanr(one, other).statistic)


@pytest.mark.property_of("concentration")
@given(st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any))
def test_the_more_even_of_two_spreads_has_the_lower_gini(counts):
    # Taking from the place with most and giving to the one with least evens it out.
    evener = sorted(counts)
    if evener[-1] - evener[0] >= 2:
        evener[0], evener[-1] = evener[0] + 1, evener[-1] - 1
        assert concentration(places(*evener)).gini < concentration(places(*counts)).gini
    found = concentration(places(*counts))
    assert -1e-12 <= found.generalised <= found.gini + 1e-12 < 1


@pytest.mark.published("concentration")
def test_the_lorenz_curve_is_the_published_one():
    curve = concentration(places(10, 20, 30, 40)).curve
    assert curve.values.tolist() == [
        [0, 0],
        [0.25, pytest.approx(0.4)],
        [0.5, pytest.approx(0.7)],
        [0.75, pytest.approx(0.9)],
        [1, pytest.approx(1)],
    ]


@pytest.mark.second_road("concentration")
@given(st.lists(st.integers(0, 50), min_size=2).filter(any))
def test_the_gini_is_half_the_relative_mean_difference(counts):
    # By another road: the mean of |a - b| over every pair of places.
    x = np.array(counts, dtype=float)
    pairs = np.abs(x[:, None] - x[None, :]).mean()
    assert concentration(places(*counts)).gini == pytest.approx(
        pairs / (2 * x.mean()), abs=1e-12
    )


@given(st.lists(st.integers(0, 50), min_size=1).filter(any))
def test_half_of_the_crime_is_where_a_plain_count_finds_it(counts):
    held, places_needed = 0, 0
    for count in sorted(counts, reverse=True):
        if 2 * held >= sum(counts):
            break
        held, places_needed = held + count, places_needed + 1
    assert concentration(places(*counts)).half_in == places_needed / len(counts)


def test_no_offences_at_all_is_refused():
    with pytest.raises(MethodError, match="nothing is concentrated"):
        concentration(places(0, 0))


def test_a_missing_count_is_refused():
    with pytest.raises(MethodError, match="only for months the publisher sent"):
        concentration(pd.Series([1, np.nan]))


TEN = pd.Series([90, 30, 30, 30, 30, 30, 30, 30, 30, 30])
RESIDENTS = pd.Series([1_000] * 10)
BY_DEPRIVATION = pd.Series(range(10, 0, -1))


def test_the_top_tenth_against_the_bottom_tenth_is_a_rate_ratio_with_limits():
    found = decile_ratio(TEN, RESIDENTS, ranked_by=BY_DEPRIVATION)
    assert (found.ratio, found.top, found.bottom) == (3, 90, 30)
    # The log-normal limits 3 exp(-+1.96 sqrt(1/90 + 1/30)) are 1.98 to 4.54.
    assert found.lower == pytest.approx(1.98, abs=0.02)
    assert found.upper == pytest.approx(4.54, abs=0.03)
    assert found.caution == ""


def test_residents_are_allowed_for():
    crowded = RESIDENTS.where(RESIDENTS.index > 0, 3_000)
    found = decile_ratio(TEN, crowded, ranked_by=BY_DEPRIVATION)
    assert found.ratio == pytest.approx(1)
    assert found.lower < 1 < found.upper


def test_tenths_pool_their_areas():
    twenty = pd.concat([TEN, TEN], ignore_index=True)
    found = decile_ratio(
        twenty,
        pd.Series([1_000] * 20),
        ranked_by=pd.Series([2, *[1] * 9, 3, *[1] * 9]),  # the two nineties rank top
    )
    assert (found.areas_each, found.ratio) == (2, 3)


def test_ranked_by_their_own_rate_the_ratio_carries_a_caution():
    assert "above 1 by construction" in decile_ratio(TEN, RESIDENTS).caution


def test_a_bottom_tenth_without_offences_has_no_ratio_but_a_lower_limit():
    found = decile_ratio(TEN.where(TEN.index < 9, 0), RESIDENTS)
    assert np.isnan(found.ratio)
    assert found.lower > 1
    assert found.upper == np.inf


def test_more_spread_gives_wider_limits():
    plain = decile_ratio(TEN, RESIDENTS, ranked_by=BY_DEPRIVATION)
    wide = decile_ratio(TEN, RESIDENTS, ranked_by=BY_DEPRIVATION, dispersion=4)
    assert wide.lower < plain.lower < plain.upper < wide.upper


def test_tenths_need_ten_areas():
    with pytest.raises(MethodError, match="smaller areas, such as LSOAs"):
        decile_ratio(TEN.head(9), RESIDENTS.head(9))


def test_an_area_without_residents_is_refused():
    with pytest.raises(MethodError, match="above zero"):
        decile_ratio(TEN, RESIDENTS.where(RESIDENTS.index > 0, 0))
