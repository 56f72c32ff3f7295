"""What a target is measured from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from saferplan.errors import MethodError
from saferplan.methods.baselines import baseline, what_chance_does

MOPAC_7 = 411_033  # seven offences in London, April 2011 to March 2012


@pytest.mark.published("baseline")
@pytest.mark.parametrize(
    ("rule", "years", "often"),
    [("last", 1, 0.10), ("worst", 3, 0.21), ("mean", 3, 0.065)],
)
def test_a_fall_of_a_fifth_appears_as_often_as_published(rule, years, often):
    # plans-and-money.md 4.2.
    # Nothing changed: 200 a year, dispersion 3.
    found, _change = what_chance_does(200, rule=rule, years=years, dispersion=3)
    assert found == pytest.approx(often, abs=0.005)


@pytest.mark.published("baseline")
def test_the_worst_of_three_years_makes_a_fall_of_nine_per_cent_by_itself():
    # plans-and-money.md 4.2: -8.8%.
    _often, change = what_chance_does(200, rule="worst", years=3, dispersion=3)
    assert change == pytest.approx(-0.088, abs=0.0005)


@pytest.mark.second_road("baseline")
@pytest.mark.parametrize("rule", ["last", "worst", "mean"])
@pytest.mark.parametrize("dispersion", [1.0, 3.0])
def test_exact_chances_are_those_of_simulated_years(rule, dispersion):
    # The same by another road: draw two hundred thousand times four years.
    random = np.random.default_rng(3)
    size = 60 / (dispersion - 1) if dispersion > 1 else 0
    drawn = (
        nbinom.rvs(size, 1 / dispersion, size=(200_000, 4), random_state=random)
        if size
        else poisson.rvs(60, size=(200_000, 4), random_state=random)
    )
    before = {
        "last": drawn[:, 2],
        "worst": drawn[:, :3].max(axis=1),
        "mean": drawn[:, :3].mean(axis=1),
    }[rule]
    found = what_chance_does(60, rule=rule, years=3, dispersion=dispersion)
    assert found[0] == pytest.approx((drawn[:, 3] <= 0.8 * before).mean(), abs=0.004)
    assert found[1] == pytest.approx((drawn[:, 3] / before - 1).mean(), abs=0.004)


@pytest.mark.property_of("baseline")
@given(mean=st.integers(1, 3_000), years=st.integers(2, 6))
def test_the_worst_year_always_flatters_more_than_the_mean(mean, years):
    worst = what_chance_does(mean, rule="worst", years=years, dispersion=2)
    steady = what_chance_does(mean, rule="mean", years=years, dispersion=2)
    assert worst[1] < steady[1] + 1e-9


def test_a_whole_city_does_not_fall_by_a_fifth_by_chance():
    found = baseline([MOPAC_7], dispersion=30)
    assert found.false_fall < 1e-6
    assert found.lower < MOPAC_7 < found.upper


def test_one_year_brings_a_warning_and_three_do_not():
    assert "One year alone" in baseline([200]).cautions[0]
    assert "3 or more" in baseline([200, 210]).cautions[0]
    assert baseline([200, 190, 210]).cautions == ()


def test_the_worst_year_brings_a_warning():
    found = baseline([200, 260, 210], rule="worst", dispersion=3)
    assert found.value == 260
    assert "usually lower" in found.cautions[0]
    # With 260 for the mean of every year: a fall of a fifth one time in six.
    assert found.false_fall > 0.15


def test_a_last_year_that_is_the_highest_brings_a_warning():
    assert "highest" in baseline([200, 190, 260], rule="last").cautions[0]
    assert baseline([200, 260, 190], rule="last").cautions == ()


def test_more_years_make_it_surer():
    one, four = baseline([200]), baseline([200] * 4)
    assert four.upper - four.lower == pytest.approx(
        (one.upper - one.lower) / 2, rel=0.1
    )


def test_nothing_has_nowhere_to_fall():
    found = baseline([0, 0, 0])
    assert (found.value, found.false_fall, found.false_change) == (0, 0, 0)


@pytest.mark.parametrize("years", [[], [200, np.nan], [-1], [np.inf]])
def test_years_must_be_known(years):
    with pytest.raises(MethodError, match="whole years"):
        baseline(years)


def test_what_is_no_baseline_is_refused():
    with pytest.raises(MethodError, match="mean, last, worst"):
        baseline([1], rule="best")
    with pytest.raises(MethodError, match="1 or more"):
        baseline([1], dispersion=0.5)
    with pytest.raises(MethodError, match="are needed"):
        what_chance_does(-1)
