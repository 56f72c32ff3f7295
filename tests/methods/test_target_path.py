"""The way from a baseline to a target."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.target_path import (
    same_as_said,
    target_path,
    which_path,
    yearly_change,
)

MOPAC_7 = 411_033  # seven offences in London, April 2011 to March 2012
TARGET = 0.8 * MOPAC_7


@pytest.mark.published("target-path")
def test_the_target_of_20_per_cent_is_the_published_number():
    # domain.md E4.
    assert round(TARGET) == 328_826
    assert 100 * yearly_change(MOPAC_7, TARGET, years=4) == pytest.approx(
        -5.43, abs=0.005
    )


@pytest.mark.published("target-path")
def test_what_was_reached_is_the_published_number_of_victims_fewer():
    # domain.md E4: 18.4% fewer.
    assert same_as_said(round(0.184 * MOPAC_7), 75_000)
    assert round(0.184 * MOPAC_7) == 75_630


@pytest.mark.published("target-path")
def test_a_fifth_in_four_years_is_not_a_twentieth_a_year():
    # plans-and-money.md 4.2.
    compound = target_path(MOPAC_7, TARGET, years=4, shape="compound")
    published = [-5.4, -10.6, -15.4, -20.0]
    assert (100 * compound["change"]).round(1).tolist() == published
    linear = target_path(MOPAC_7, TARGET, years=4)
    assert (100 * linear["change"]).round(1).tolist() == [-5, -10, -15, -20]


@pytest.mark.published("target-path")
@pytest.mark.parametrize(
    ("path", "fewer"),
    [("linear", 205_517), ("compound", 211_244), ("held for 3 years", 246_620)],
)
def test_each_path_adds_up_to_the_published_number(path, fewer):
    # domain.md E4.
    found = which_path(250_000, MOPAC_7, TARGET, years=4)
    assert found.loc[path, "fewer"] == pytest.approx(fewer, abs=0.51)


def test_250_000_fewer_is_20_per_cent_held_for_three_years():
    found = which_path(250_000, MOPAC_7, TARGET, years=4)
    assert found.index[0] == "held for 3 years"
    assert found.index[found["gives"]].tolist() == ["held for 3 years"]
    assert found.loc["held for 3 years", "off"] == pytest.approx(-0.0135, abs=1e-4)


@pytest.mark.property_of("target-path")
@given(
    baseline=st.floats(1, 1e6), target=st.floats(1, 1e6), years=st.integers(1, 12)
)  # fmt: skip
def test_both_paths_arrive_and_the_steps_are_even(baseline, target, years):
    linear = target_path(baseline, target, years=years)["level"]
    compound = target_path(baseline, target, years=years, shape="compound")["level"]
    assert linear.iloc[-1] == pytest.approx(target)
    assert compound.iloc[-1] == pytest.approx(target)
    whole = [baseline, *linear]
    assert np.diff(whole) == pytest.approx((target - baseline) / years, abs=1e-6)
    ratios = np.array([baseline, *compound])
    assert ratios[1:] / ratios[:-1] == pytest.approx((target / baseline) ** (1 / years))


@pytest.mark.property_of("target-path")
@given(baseline=st.integers(10, 10**6), years=st.integers(1, 8))
def test_a_claim_made_from_a_path_is_found_again(baseline, years):
    linear = which_path(1, baseline, baseline * 0.7, years=years).loc["linear", "fewer"]
    found = which_path(linear, baseline, baseline * 0.7, years=years)
    assert found.loc["linear", "off"] == pytest.approx(0)


@pytest.mark.second_road("target-path")
def test_a_path_is_the_same_made_year_by_year():
    level, fewer = float(MOPAC_7), 0.0
    share = 1 + yearly_change(MOPAC_7, TARGET, years=4)
    for _year in range(4):
        level *= share
        fewer += MOPAC_7 - level
    assert level == pytest.approx(TARGET)
    found = which_path(250_000, MOPAC_7, TARGET, years=4)
    assert found.loc["compound", "fewer"] == pytest.approx(fewer)
    steps = sum((MOPAC_7 - TARGET) * year / 4 for year in range(1, 5))
    assert found.loc["linear", "fewer"] == pytest.approx(steps)


def test_a_rise_counts_how_many_more():
    found = which_path(1_000, 10_000, 11_000, years=1)
    assert found.loc["held for 1 year", "gives"]


def test_nothing_is_reached_in_steps_but_not_by_shares():
    assert target_path(90, 0, years=3)["level"].tolist() == [60, 30, 0]
    with pytest.raises(MethodError, match="linear"):
        target_path(90, 0, years=3, shape="compound")
    assert "compound" not in which_path(90, 90, 0, years=3).index


def test_what_is_no_path_is_refused():
    with pytest.raises(MethodError, match="a year or more"):
        target_path(100, 80, years=0)
    with pytest.raises(MethodError, match="linear or compound"):
        target_path(100, 80, years=2, shape="winding")
    with pytest.raises(MethodError, match="above nothing"):
        which_path(0, 100, 80, years=2)
    with pytest.raises(MethodError, match="above nothing"):
        which_path(float("nan"), 100, 80, years=2)
    with pytest.raises(MethodError, match="no way to go"):
        which_path(10, 100, 100, years=2)
