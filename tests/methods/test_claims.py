"""Whether the figures of a published claim add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.change import count_change
from saferplan.methods.claims import change_claimed, whole_of
from saferplan.methods.rates import crime_rate

published = pytest.mark.published("claim")
second_road = pytest.mark.second_road("claim")
property_of = pytest.mark.property_of("claim")


@published
def test_a_fund_cut_by_40_per_cent_year_on_year_would_be_smaller_than_was_said():
    # domain.md E12: a network's reply of 2013 on the community police engagement
    # groups, "more than 40% year on year", from 50,000 pounds to 25,000 in two years.
    found = change_claimed(50_000, 25_000, years=2, said=-0.4)
    assert found.total == -0.5
    assert found.yearly == pytest.approx(-0.293, abs=0.0005)
    assert found.each_year == pytest.approx((30_000, 18_000))
    assert not found.agrees
    assert "leaves 18,000 after 2 years, not 25,000" in found.caution


@published
def test_what_boroughs_got_over_two_years_implies_the_whole_fund():
    # domain.md E11: 70% of the London Crime Prevention Fund direct, in 2019-21 raised
    # by 1,118,248 pounds to 26,210,370; some 72 million were promised for four years.
    before = 26_210_370 - 1_118_248
    assert before == 25_092_122
    yearly = whole_of(before, 0.7, years=2)
    assert yearly == pytest.approx(17.92e6, abs=0.005e6)
    assert 4 * yearly == pytest.approx(72e6, rel=0.005)
    assert whole_of(0.7 * yearly, 0.7) - 0.7 * yearly == pytest.approx(0.3 * yearly)


@pytest.mark.published("rates")
def test_people_in_each_household_are_as_few_as_the_borough_said():
    # domain.md E13: 306,000, 321,000 and 357,000 people in so many households.
    people = pd.Series([306_000, 321_000, 357_000])
    households = pd.Series([133_000, 139_000, 156_000])
    found = crime_rate(people, households, per=1)["rate"]
    assert found.round(2).tolist() == [2.30, 2.31, 2.29]


@pytest.mark.published("change")
def test_a_projection_of_321_000_was_7_per_cent_above_the_census():
    # domain.md E13: projected for 2021, and counted.
    found = count_change(pd.Series([300_553]), pd.Series([321_000])).iloc[0]
    assert found["difference"] == 20_447
    assert found["change"] == pytest.approx(0.068, abs=0.0005)


@second_road
@given(
    start=st.integers(100, 10**6), said=st.floats(-0.6, 0.6), years=st.integers(1, 8)
)
def test_what_stands_each_year_is_what_a_ledger_shows(start, said, years):
    stands, ledger = float(start), []
    for _year in range(years):
        stands += stands * said
        ledger.append(stands)
    found = change_claimed(start, 50, years=years, said=said)
    assert found.each_year == pytest.approx(ledger)
    # And the yearly share that was found leads from the start to the end.
    by_logs = np.expm1((np.log(50) - np.log(start)) / years)
    assert found.yearly == pytest.approx(by_logs)


@property_of
@given(
    start=st.integers(100, 10**6), end=st.integers(100, 10**6), years=st.integers(1, 9)
)
def test_a_claim_of_what_happened_agrees(start, end, years):
    yearly = change_claimed(start, end, years=years, said=0).yearly
    found = change_claimed(start, end, years=years, said=yearly)
    assert found.agrees
    assert found.caution == ""


@property_of
@given(part=st.floats(1, 1e9), share=st.floats(0.001, 1), years=st.floats(0.1, 20))
def test_the_share_of_the_whole_over_the_years_is_the_part(part, share, years):
    assert whole_of(part, share, years=years) * share * years == pytest.approx(part)


def test_what_is_no_claim_is_refused():
    with pytest.raises(MethodError, match="above nothing"):
        change_claimed(0, 10, years=2, said=-0.4)
    with pytest.raises(MethodError, match="write -0.4"):
        change_claimed(50, 25, years=2, said=-40)
    with pytest.raises(MethodError, match="a year or more"):
        change_claimed(50, 25, years=0, said=-0.4)
    with pytest.raises(MethodError, match="0.7 for 70%"):
        whole_of(100, 70)
    for part in (-5, float("nan"), float("inf")):
        with pytest.raises(MethodError, match="more than nothing"):
            whole_of(part, 0.7)
    with pytest.raises(MethodError, match="some time"):
        whole_of(100, 0.7, years=0)
