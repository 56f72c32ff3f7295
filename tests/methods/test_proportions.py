"""Shares, their differences, and survey change."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.proportions import (
    margin_of_error,
    share,
    share_difference,
    survey_change,
    survey_level,
)


def one(value):
    return pd.Series({"Lewisham": value})


def share_of(part, whole):
    return share(one(part), one(whole)).loc["Lewisham"]


def confidence_change(before, after, asked, **options):
    return survey_change(
        one(before),
        one(after),
        asked_before=one(asked),
        asked_after=one(asked),
        **options,
    ).loc["Lewisham"]


def difference_of(part, whole, from_part, from_whole, **options):
    return share_difference(
        one(part),
        one(whole),
        from_part=one(from_part),
        from_whole=one(from_whole),
        **options,
    ).loc["Lewisham"]


@pytest.mark.published("proportions")
@pytest.mark.parametrize(
    ("later", "earlier", "limits"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_differences_match_newcombes_published_table(later, earlier, limits):
    # Table II of Newcombe (1998), method 10.
    row = difference_of(*later, *earlier, least=1)
    assert (row.lower, row.upper) == pytest.approx(limits, abs=0.0001)


@pytest.mark.published("survey-change")
@pytest.mark.parametrize(
    ("who", "asked", "points"),
    [
        ("London, a year", 12_800, 0.87),
        ("London, a quarter", 3_200, 1.73),
        ("a borough, a year", 400, 4.90),
        ("a borough, a quarter", 100, 9.80),
    ],
)
def test_the_public_attitude_surveys_margins_are_the_known_ones(who, asked, points):
    # domain.md E5.
    assert 100 * margin_of_error(0.5, asked) == pytest.approx(points, abs=0.005), who


def test_a_design_effect_widens_a_margin_by_its_root():
    plain, clustered = (margin_of_error(0.63, 400, design_effect=d) for d in (1, 1.5))
    assert clustered == pytest.approx(plain * 1.5**0.5)


@pytest.mark.published("survey-change")
def test_62_to_67_percent_is_within_chance_in_a_borough():
    # domain.md E5: 5.0 points, give or take 6.6.
    row = confidence_change(0.62, 0.67, 400)
    assert 100 * row.difference == pytest.approx(5.0)
    assert 100 * (row.upper - row.difference) == pytest.approx(6.6, abs=0.05)
    assert row.verdict == "within chance"


@pytest.mark.published("survey-change")
def test_62_to_67_percent_is_a_real_change_in_london():
    row = confidence_change(0.62, 0.67, 12_800)
    assert 100 * (row.upper - row.difference) == pytest.approx(1.17, abs=0.005)
    assert row.verdict == "real change"


@pytest.mark.second_road("survey-change")
def test_the_limits_are_those_of_samples_drawn():
    random = np.random.default_rng(62)
    before, after = (random.binomial(400, p, 100_000) / 400 for p in (0.62, 0.67))
    lower, upper = np.quantile(after - before, [0.025, 0.975])
    row = confidence_change(0.62, 0.67, 400)
    assert (row.lower, row.upper) == pytest.approx((lower, upper), abs=0.004)


@pytest.mark.property_of("survey-change")
@given(
    before=st.floats(0.05, 0.95),
    after=st.floats(0.05, 0.95),
    asked=st.integers(100, 20_000),
)
def test_turning_time_round_turns_a_survey_change_round(before, after, asked):
    there = confidence_change(before, after, asked)
    back = confidence_change(after, before, asked)
    assert there.difference == pytest.approx(-back.difference)
    assert (there.lower, there.upper) == pytest.approx((-back.upper, -back.lower))
    assert there.verdict == back.verdict


def test_a_design_effect_can_turn_a_real_change_into_chance():
    assert confidence_change(0.60, 0.67, 400).verdict == "real change"
    row = confidence_change(0.60, 0.67, 400, design_effect=1.5)
    assert row.verdict == "within chance"
    assert row.caution == "Design effect taken as 1.5."


@pytest.mark.property_of("proportions")
@given(a=st.integers(0, 60), b=st.integers(0, 60))
def test_newcombes_limits_are_possible_ones_and_hold_zero_for_equal_shares(a, b):
    row = difference_of(a, 60, b, 60)
    assert -1 <= row.lower <= row.difference <= row.upper <= 1
    if a == b:
        assert row.verdict == "within chance"


@pytest.mark.second_road("proportions")
def test_newcombes_interval_holds_the_truth_19_times_in_20():
    random = np.random.default_rng(7)
    a, b = random.binomial(50, 0.3, 20_000), random.binomial(80, 0.2, 20_000)
    size = np.ones(20_000, dtype=int)
    rows = share_difference(
        pd.Series(a), pd.Series(50 * size),
        from_part=pd.Series(b), from_whole=pd.Series(80 * size),
    )  # fmt: skip
    held = ((rows["lower"] <= 0.1) & (rows["upper"] >= 0.1)).mean()
    assert held == pytest.approx(0.95, abs=0.01)


def test_fewer_than_thirty_have_no_percentage():
    row = share_of(20, 29)
    assert row[["share", "lower", "upper"]].isna().all()
    assert "Fewer than 30" in row.caution
    assert share_of(20, 30).share == pytest.approx(2 / 3)


def test_too_few_on_one_side_is_cannot_tell():
    row = difference_of(20, 400, 5, 29)
    assert row.verdict == "cannot tell"
    assert "Fewer than 30" in row.caution


def test_an_unknown_number_asked_is_cannot_tell():
    row = confidence_change(0.62, 0.67, np.nan)
    assert row.verdict == "cannot tell"
    assert "does not say how many" in row.caution


def test_a_survey_level_without_a_base_keeps_its_share_and_loses_its_limits():
    row = survey_level(one(0.63), one(np.nan)).loc["Lewisham"]
    assert row.share == 0.63
    assert np.isnan(row.lower)


def test_under_a_hundred_asked_carries_a_caution():
    assert "Fewer than 100" in survey_level(one(0.5), one(99)).loc["Lewisham"].caution


def test_percentages_must_be_divided_by_a_hundred():
    with pytest.raises(MethodError, match="Divide percentages by 100"):
        survey_level(one(63), one(400))


def test_a_design_effect_under_one_is_refused():
    with pytest.raises(MethodError, match="1 or more"):
        margin_of_error(0.5, 400, design_effect=0.9)


def test_nobody_asked_is_refused():
    with pytest.raises(MethodError, match="above 0"):
        margin_of_error(0.5, 0)


def test_a_part_cannot_exceed_its_whole():
    with pytest.raises(MethodError, match="between zero and its whole"):
        share_of(41, 40)


def test_areas_must_match():
    with pytest.raises(MethodError, match="Greenwich"):
        share(one(10), pd.Series({"Greenwich": 40}))
