"""How likely a survey is to show a target met."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from saferplan.errors import MethodError
from saferplan.methods.target_share_chance import share_chance
from saferplan.methods.target_shares import explain_share

NORMAL_95, NORMAL_80 = 1.959964, 1.281552


@pytest.mark.published("target-share")
@pytest.mark.parametrize(
    ("asked", "points"), [(12_800, 0.87), (3_200, 1.73), (400, 4.90), (100, 9.80)]
)
def test_a_sample_is_as_far_off_as_its_publisher_says(asked, points):
    # The Public Attitude Survey by size of sample: London and a borough, a year and a
    # quarter; points either way at a half, 95%.
    found = share_chance(
        0.5, 0.6, asked=1e12, asked_then=asked, years=0, design_effect=1
    )
    half = 100 * (found.upper - found.lower) / 2
    assert half * NORMAL_95 / NORMAL_80 == pytest.approx(points, rel=0.015)


@pytest.mark.published("target-share")
def test_from_62_to_67_per_cent_a_borough_cannot_tell_and_london_can():
    # 5.0 points, give or take 6.6 among 400 asked twice, and 1.17 among 12,800.
    borough = share_chance(0.62, 0.67, asked=400, years=0)
    london = share_chance(0.62, 0.67, asked=12_800, years=0)
    for found, points in ((borough, 6.6), (london, 1.17)):
        half = 100 * (found.upper - found.lower) / 2
        assert half * NORMAL_95 / NORMAL_80 == pytest.approx(points, rel=0.03)
    assert borough.probability == pytest.approx(0.07, abs=0.01)
    assert london.probability < 1e-9


@pytest.mark.second_road("target-share")
@pytest.mark.parametrize(
    ("asked", "effect"), [(400, 1.0), (400, 1.5), (12_800, 1.0), (12_800, 1.5)]
)
def test_the_chance_is_that_of_samples_drawn(asked, effect):
    random = np.random.default_rng(62)
    size = 200_000
    people = round(asked / effect)
    # What lies behind today's figure, where it has drifted, and who answers then.
    behind = logit(0.62) + random.normal(size=size) / np.sqrt(people * 0.62 * 0.38)
    then = expit(behind + 0.2 * np.sqrt(2) * random.normal(size=size))
    shown = random.binomial(people, then) / people
    found = share_chance(0.62, 0.67, asked=asked, years=2, design_effect=effect)
    assert found.probability == pytest.approx((shown >= 0.67).mean(), abs=0.01)
    assert found.truly == pytest.approx((then >= 0.67).mean(), abs=0.01)
    lower, upper = np.quantile(shown, [0.1, 0.9])
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.006)


@pytest.mark.property_of("target-share")
@given(
    now=st.floats(0.05, 0.95),
    target=st.floats(0.05, 0.95),
    asked=st.integers(50, 20_000),
    years=st.floats(0.25, 10),
)
def test_up_and_down_are_mirrors_and_a_nearer_target_is_likelier(
    now, target, asked, years
):
    up = share_chance(now, target, asked=asked, years=years)
    down = share_chance(1 - now, 1 - target, asked=asked, years=years, better="down")
    assert up.probability == pytest.approx(down.probability, abs=1e-9)
    assert 0 <= up.lower < now < up.upper <= 1
    easier = share_chance(now, target * 0.99, asked=asked, years=years)
    assert easier.probability >= up.probability
    # Beyond today's figure luck and drift help; short of it they harm.
    longer = share_chance(now, target, asked=asked, years=2 * years)
    if target > now:
        assert longer.probability >= up.probability


def test_a_smaller_sample_shows_more_by_luck():
    found = [share_chance(0.62, 0.67, asked=n, years=1) for n in (100, 400, 12_800)]
    lucky = [chance.by_luck for chance in found]
    assert lucky == sorted(lucky, reverse=True)
    assert lucky[0] == pytest.approx(0.15, abs=0.02)
    wide = share_chance(0.62, 0.67, asked=400, years=1, design_effect=1.5)
    assert wide.by_luck > lucky[1]


def test_with_nothing_left_to_chance_it_is_met_or_not():
    for now, met in ((0.62, 0), (0.67, 1), (0.7, 1)):
        found = share_chance(now, 0.67, asked=1e30, years=0)
        assert found.truly == pytest.approx(met, abs=0.51 if now == 0.67 else 1e-9)


@pytest.mark.parametrize(
    ("given", "helps"),
    [
        ({"now": 62}, "between 0 and 1"),
        ({"now": 0}, "no odds of nobody"),
        ({"target": 1}, "no odds of nobody"),
        ({"asked": 0}, "people asked"),
        ({"asked_then": 0}, "people asked"),
        ({"years": -1}, "0 or more"),
        ({"drift": -0.1}, "0 or more"),
        ({"better": "more"}, "up or down"),
        ({"design_effect": 0.5}, "design effect"),
    ],
)
def test_what_has_no_chance_is_refused(given, helps):
    asked = {"now": 0.62, "target": 0.67, "asked": 400, "years": 1} | given
    with pytest.raises(MethodError, match=helps):
        share_chance(asked.pop("now"), asked.pop("target"), **asked)


def test_an_explanation_has_a_chance_where_it_is_known_how_long_is_left():
    first = explain_share(0.62, 0.75, asked=400, years=4)
    assert first.chance == share_chance(0.62, 0.75, asked=400, years=4)
    later = explain_share(0.62, 0.75, asked=400, years=4, now=0.67, years_left=2)
    assert later.chance == share_chance(0.67, 0.75, asked=400, years=2)
    assert explain_share(0.62, 0.75, asked=400, years=4, now=0.67).chance is None
    fall = explain_share(0.3, 0.2, asked=400, years=2)
    assert fall.chance == share_chance(0.3, 0.2, asked=400, years=2, better="down")
