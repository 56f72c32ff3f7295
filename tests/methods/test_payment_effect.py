"""What a service changed, against those it is compared with."""

from math import log

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm

from saferplan.errors import MethodError
from saferplan.methods.payment_effect import (
    Group,
    areas_effect,
    dispersion_of,
    frequency_effect,
    share_effect,
)

published = pytest.mark.published("payment-effect")
second_road = pytest.mark.second_road("payment-effect")
property_of = pytest.mark.property_of("payment-effect")

MEN, OTHERS = Group(1_420, 1_000), Group(15_500, 10_000)
# Six-month figures, plans-and-money.md 3.1: Peterborough and local prisons, events per
# 100 of each cohort.
PETERBOROUGH = [74, 81, 85, 84, 78]
LOCAL = [66, 71, 74, 75, 84]


@published
def test_peterborough_fell_by_8_387_percent():
    # plans-and-money.md 3.1: 142 against 155 events per 100 men.
    assert frequency_effect(MEN, OTHERS, dispersion=1).effect == pytest.approx(
        -0.08387, abs=5e-6
    )


# plans-and-money.md 3.3: n = 1,000 and ten compared for each.
@published
@pytest.mark.parametrize(
    ("dispersion", "lower", "upper", "p", "verdict"),
    [
        (1, 3.3, 13.2, 0.0016, "real change"),
        (2, 1.1, 15.2, 0.025, "real change"),
        (3, -0.7, 16.6, 0.07, "within chance"),
    ],
)
def test_the_same_fall_is_real_or_chance_as_the_dispersion_is(
    dispersion, lower, upper, p, verdict
):
    found = frequency_effect(MEN, OTHERS, dispersion=dispersion)
    assert (-100 * found.upper, -100 * found.lower) == pytest.approx(
        (lower, upper), abs=0.05
    )
    assert found.p == pytest.approx(p, rel=0.03)
    assert found.verdict == verdict


@published
@pytest.mark.parametrize("men", [936, 1_000])
def test_by_shares_it_is_2_3_points_and_within_chance(men):
    # plans-and-money.md 3.3: z = 1.35 to 1.39, p about .17; the report has 936 men.
    found = share_effect(Group(0.534 * men, men), Group(5.57 * men, 10 * men))
    assert found.effect == pytest.approx(-0.023)
    assert 1.34 < norm.isf(found.p / 2) < 1.40
    assert found.p == pytest.approx(0.17, abs=0.008)
    assert found.verdict == "within chance"


@published
def test_six_months_series_give_a_ratio_of_ratios_of_0_829():
    # plans-and-money.md 3.1: ratios 1.12, 1.14, 1.15, 1.12, then 0.93.
    ratios = [
        1 + frequency_effect(Group(a, 100), Group(b, 100), dispersion=1).effect
        for a, b in zip(PETERBOROUGH, LOCAL, strict=True)
    ]
    assert [round(each, 2) for each in ratios] == [1.12, 1.14, 1.15, 1.12, 0.93]
    here = Group(10.88 * 84, 1_088), Group(10.06 * 78, 1_006)
    there = Group(75, 100), Group(84, 100)
    found = areas_effect(here, there, dispersion=2)
    assert 1 + found.effect == pytest.approx(0.829, abs=0.0005)
    # Before and after alone: a fall of 7.1% while the others rose by 12%.
    alone = [
        frequency_effect(*pair, dispersion=1).effect
        for pair in ((Group(78, 100), Group(84, 100)), (Group(84, 100), Group(75, 100)))
    ]
    assert alone == pytest.approx([-0.071, 0.12], abs=0.0005)


@published
def test_doncaster_missed_its_5_points_by_less_than_its_error():
    # plans-and-money.md 3.1 and 3.3: -3.3 points, 1,400 men a year; error 1.9 points.
    found = share_effect(Group(0.537 * 1_400, 1_400), Group(0.57 * 1_400, 1_400))
    assert found.effect == pytest.approx(-0.033)
    assert (found.upper - found.lower) / (2 * 1.96) == pytest.approx(0.019, abs=3e-4)
    assert found.lower < -0.05 < found.upper


@published
def test_doncaster_did_better_than_the_country_by_2_9_points():
    # plans-and-money.md 3.1: the second cohort -3.3 points, the country -0.4.
    here = Group(0.57 * 1_400, 1_400), Group(0.537 * 1_400, 1_400)
    there = Group(0.50 * 80_000, 80_000), Group(0.496 * 80_000, 80_000)
    found = areas_effect(here, there)
    assert found.effect == pytest.approx(-0.029)
    assert found.verdict == "within chance"


@second_road
def test_limits_for_events_are_those_of_drawn_ratios():
    random = np.random.default_rng(6)
    ours = random.negative_binomial(1_420, 0.5, 30_000) / 1_000
    theirs = random.negative_binomial(15_500, 0.5, 30_000) / 10_000
    drawn = np.quantile(ours / theirs - 1, [0.025, 0.975])
    found = frequency_effect(MEN, OTHERS, dispersion=2)
    assert (found.lower, found.upper) == pytest.approx(drawn, abs=0.004)


@second_road
def test_difference_in_differences_is_that_of_drawn_shares():
    random = np.random.default_rng(7)
    rates, people = [0.40, 0.33, 0.42, 0.41], [500, 450, 2_000, 2_100]
    before, after, there, later = (
        random.binomial(n, p, 30_000) / n for n, p in zip(people, rates, strict=True)
    )
    drawn = (after - before) - (later - there)
    groups = [Group(p * n, n) for n, p in zip(people, rates, strict=True)]
    found = areas_effect((groups[0], groups[1]), (groups[2], groups[3]))
    assert found.effect == pytest.approx(-0.06)
    assert (found.upper - found.lower) / 3.92 == pytest.approx(drawn.std(), rel=0.02)
    assert found.effect == pytest.approx(drawn.mean(), abs=0.001)


@property_of
@given(
    ours=st.integers(1, 500),
    theirs=st.integers(1, 500),
    dispersion=st.floats(1, 5),
)
def test_turned_about_the_ratio_is_one_over_it(ours, theirs, dispersion):
    one, other = Group(ours, 300), Group(theirs, 700)
    found = frequency_effect(one, other, dispersion=dispersion)
    back = frequency_effect(other, one, dispersion=dispersion)
    assert log(1 + found.effect) == pytest.approx(-log(1 + back.effect))
    assert 1 + found.lower == pytest.approx(1 / (1 + back.upper))
    assert found.p == pytest.approx(back.p)
    more = frequency_effect(one, other, dispersion=dispersion + 1)
    assert more.lower < found.lower < found.effect < found.upper < more.upper


@property_of
@given(ours=st.integers(0, 200), theirs=st.integers(0, 200))
def test_turned_about_the_difference_changes_its_sign(ours, theirs):
    assume(0 < ours + theirs < 400)
    one, other = Group(ours, 200), Group(theirs, 200)
    found, back = share_effect(one, other), share_effect(other, one)
    assert found.effect == pytest.approx(-back.effect)
    assert found.lower <= found.effect <= found.upper
    assert found.p == pytest.approx(back.p)


def test_areas_that_all_stood_still_show_nothing():
    same = Group(50, 100), Group(50, 100)
    found = areas_effect(same, same)
    assert (found.effect, found.p, found.verdict) == (0, 1, "within chance")


def test_shares_without_any_outcome_have_no_error_to_test_by():
    assert share_effect(Group(0, 100), Group(0, 100)).p == 1
    nobody = Group(0, 100), Group(0, 100)
    assert areas_effect(nobody, nobody).p == 1


def test_few_events_carry_a_caution():
    assert "rough" in (frequency_effect(Group(9, 50), OTHERS, dispersion=1).cautions[0])


def test_dispersion_is_variance_over_mean_and_never_under_one():
    assert dispersion_of([1] * 40) == 1
    drawn = np.random.default_rng(8).negative_binomial(1.55, 0.5, 20_000)
    assert dispersion_of(drawn) == pytest.approx(2, rel=0.05)


@pytest.mark.parametrize(
    ("events", "helps"),
    [([1] * 29, "30 or more"), ([0] * 30, "Nobody"), ([-1] * 30, "0 or more")],
)
def test_dispersion_needs_people_who_had_events(events, helps):
    with pytest.raises(MethodError, match=helps):
        dispersion_of(events)


def test_what_cannot_be_is_named():
    with pytest.raises(MethodError, match="dispersion"):
        frequency_effect(MEN, OTHERS, dispersion=0.9)
    with pytest.raises(MethodError, match="without an event"):
        frequency_effect(Group(0, 10), OTHERS, dispersion=1)
    with pytest.raises(MethodError, match="cannot be"):
        share_effect(Group(11, 10), OTHERS)
    with pytest.raises(MethodError, match="people must be"):
        share_effect(Group(0, 0), MEN)
    with pytest.raises(MethodError, match="longer period"):
        share_effect(Group(5, 20), Group(5, 200))
