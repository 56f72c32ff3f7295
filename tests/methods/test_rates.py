"""Rates of recorded crime."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from saferplan.errors import MethodError
from saferplan.methods.rates import annualise, crime_rate

PLACE = "E09000023"


def rate_of(offences, residents=1_000, **options):
    """The row for one area, to keep the tests to one line each."""
    return crime_rate(
        pd.Series({PLACE: offences}), pd.Series({PLACE: residents}), **options
    ).loc[PLACE]


@pytest.mark.published("rates")
def test_limits_match_byars_published_values():
    # domain.md E9 and B11.
    row = rate_of(65)
    assert row.lower == pytest.approx(50.163, abs=0.001)
    assert row.upper == pytest.approx(82.849, abs=0.001)


@pytest.mark.published("rates")
def test_the_home_office_toolkits_burglaries_come_to_22_and_a_half_a_year():
    # domain.md E9.
    three_in_eight_months = rate_of(3, residents=200)
    assert annualise(three_in_eight_months.rate, months=8) == 22.5


@pytest.mark.property_of("rates")
@given(offences=st.integers(0, 10_000), residents=st.integers(1, 10**6))
def test_the_rate_lies_within_its_limits(offences, residents):
    row = rate_of(offences, residents)
    assert row.lower <= row.rate <= row.upper


@given(offences=st.integers(10, 2_000), times=st.integers(2, 50))
def test_the_same_rate_of_more_people_is_surer(offences, times):
    small, large = rate_of(offences), rate_of(offences * times, 1_000 * times)
    assert large.rate == pytest.approx(small.rate)
    assert large.upper - large.lower < small.upper - small.lower


@pytest.mark.second_road("rates")
@pytest.mark.parametrize("offences", [0, 1, 4, 9, 10, 65, 400])
def test_limits_are_those_of_the_chi_squared_tables(offences):
    row = rate_of(offences)
    lower = chi2.ppf(0.025, 2 * offences) / 2 if offences else 0
    upper = chi2.ppf(0.975, 2 * offences + 2) / 2
    # Exact below 10; Byar's formula is within a hundredth of it from there.
    near = 1e-9 if offences < 10 else 0.01
    assert (row.lower, row.upper) == pytest.approx((lower, upper), rel=near)


def test_rates_can_be_per_ten_thousand():
    assert rate_of(12, per=10_000).rate == pytest.approx(120)


def test_no_offences_is_a_rate_of_zero_with_room_above_it():
    row = rate_of(0)
    assert (row.rate, row.lower) == (0, 0)
    assert row.upper == pytest.approx(3.689, abs=0.001)


def test_an_area_where_nobody_lives_has_no_rate():
    row = rate_of(4, residents=0)
    assert row[["rate", "lower", "upper"]].isna().all()
    assert "Nobody" in row.caution


def test_an_unknown_count_has_no_rate():
    row = rate_of(float("nan"))
    assert row[["rate", "lower", "upper"]].isna().all()
    assert "not known" in row.caution


def test_under_ten_offences_the_rate_carries_a_caution():
    assert "Fewer than 10" in rate_of(9).caution
    assert rate_of(10).caution == ""


def test_areas_must_match_and_the_stray_is_named():
    with pytest.raises(MethodError, match="E09000024"):
        crime_rate(pd.Series({PLACE: 1}), pd.Series({"E09000024": 1_000}))


def test_counts_cannot_be_negative():
    with pytest.raises(MethodError, match="negative"):
        rate_of(-1)


@pytest.mark.parametrize("months", [0, 13])
def test_a_part_year_has_one_to_twelve_months(months):
    with pytest.raises(MethodError, match="1 to 12 months"):
        annualise(1.0, months=months)
