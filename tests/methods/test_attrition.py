"""How many cases are left at each stage."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.attrition import attrition, chained
from saferplan.methods.proportions import share

RAPE = pd.Series({"reported": 1_200, "charged": 90, "tried": 70, "convicted": 40})


@pytest.mark.published("attrition")
def test_a_quarter_and_then_two_fifths_are_a_tenth_and_then_a_twentieth_of_all():
    # domain.md E10.
    # Ministry of Justice 2015/16, as the Mayor's draft plan told it: of cracked or
    # ineffective trials the prosecution ended a quarter, two fifths of these because a
    # victim or witness stayed away. Half of all trials were effective.
    told = pd.Series({"prosecution ended it": 0.25, "victim or witness": 0.4})
    assert chained(told)["of_all"].tolist() == pytest.approx([0.25, 0.10])
    of_trials = pd.concat([pd.Series({"cracked or ineffective": 0.5}), told])
    assert chained(of_trials)["of_all"].iloc[-1] == pytest.approx(0.05)


@pytest.mark.published("attrition")
def test_limits_of_a_cohorts_share_are_wilsons():
    found = attrition(pd.Series({"charged": 400, "convicted": 252}), cohort=True)
    row = found.loc["convicted"]
    assert [row.of_first, row.first_lower, row.first_upper] == pytest.approx(
        [0.63, 0.5817, 0.6759], abs=5e-5
    )


@pytest.mark.second_road("attrition")
def test_it_agrees_with_shares_worked_out_one_by_one():
    found = attrition(RAPE, cohort=True)
    for at, stage in enumerate(RAPE.index[1:], start=1):
        first = share(RAPE.iloc[[at]], RAPE.iloc[[0]].set_axis([stage])).iloc[0]
        before = share(RAPE.iloc[[at]], RAPE.iloc[[at - 1]].set_axis([stage])).iloc[0]
        row = found.loc[stage]
        assert [row.of_first, row.first_lower, row.first_upper] == pytest.approx(
            first[["share", "lower", "upper"]].tolist()
        )
        assert [row.of_before, row.before_lower, row.before_upper] == pytest.approx(
            before[["share", "lower", "upper"]].tolist()
        )
    assert found["lost"].tolist()[1:] == [1_110, 20, 30]


@pytest.mark.second_road("attrition")
def test_limits_of_a_chain_are_where_simulated_chains_lie():
    random = np.random.default_rng(2)
    found = chained(pd.Series([0.25, 0.4]), pd.Series([2_000, 500])).iloc[1]
    drawn = random.binomial(2_000, 0.25, 20_000) / 2_000
    drawn = drawn * random.binomial(500, 0.4, 20_000) / 500
    assert [found.lower, found.upper] == pytest.approx(
        np.quantile(drawn, [0.025, 0.975]).tolist(), rel=0.02
    )


@pytest.mark.property_of("attrition")
@given(
    st.lists(st.integers(40, 1_000), min_size=2, max_size=6).map(
        lambda counts: sorted(counts, reverse=True)
    )
)
def test_shares_of_the_stage_before_multiply_to_the_share_of_the_first(counts):
    found = attrition(pd.Series(counts), cohort=True, least=0)
    product = chained(found["of_before"].iloc[1:])["of_all"]
    assert product.tolist() == pytest.approx(found["of_first"].iloc[1:].tolist())
    assert (found["first_lower"] <= found["of_first"] + 1e-12).all()
    assert (found["of_first"] <= found["first_upper"] + 1e-12).all()


def test_a_period_may_rise_and_says_that_these_are_not_the_same_cases():
    year = pd.Series({"charged": 100, "convicted": 130})
    found = attrition(year, cohort=False)
    assert found.loc["convicted", "of_first"] == 1.3
    assert (
        found.loc["convicted", "first_lower"] < 1.3 < found.loc["convicted"].first_upper
    )
    assert found["caution"].str.contains("not followed").all()
    with pytest.raises(MethodError, match="counted in one period"):
        attrition(year, cohort=True)


def test_the_limits_of_a_period_are_wider_for_both_numbers_are_chance():
    one, other = (attrition(RAPE, cohort=told).loc["tried"] for told in (True, False))
    assert other.first_upper - other.first_lower > one.first_upper - one.first_lower
    assert other.before_upper > 1 > one.before_upper


def test_few_cases_left_or_lost_are_hidden_and_do_not_come_back():
    found = attrition(
        pd.Series([400, 398, 200, 4], index=["a", "b", "c", "d"]), cohort=True
    )
    assert found["reached"].isna().tolist() == [False, True, False, True]
    assert np.isnan(found.loc["c", "of_before"])
    assert np.isnan(found.loc["c", "lost"])
    assert found.loc["c", "of_first"] == 0.5
    assert "fewer than 5" in found.loc["d", "caution"]
    assert found.loc["c", "caution"] == "The stage before is hidden."


def test_of_few_cases_no_percentage_is_shown():
    found = attrition(pd.Series([100, 20, 10]), cohort=True)
    assert found["of_before"].isna().tolist() == [True, False, True]
    assert found["of_first"].tolist() == [1, 0.2, 0.1]
    assert "Fewer than 30" in found.loc[2, "caution"]


def test_a_chain_without_numbers_has_no_limits_and_one_that_stops_has_none_either():
    assert chained(pd.Series([0.5])).loc[0, ["lower", "upper"]].isna().all()
    ended = chained(pd.Series([0.5, 0.0]), pd.Series([100, 50]))
    assert ended["of_all"].tolist() == [0.5, 0]
    assert ended["lower"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("counts", "helps"),
    [([5], "two stages"), ([5, -1], "zero or more"), ([5, np.nan], "zero or more")],
)
def test_a_chain_needs_its_counts(counts, helps):
    with pytest.raises(MethodError, match=helps):
        attrition(pd.Series(counts), cohort=True)


@pytest.mark.parametrize(
    ("shares", "cases", "helps"),
    [
        ([25, 40], None, "Divide percentages"),
        ([0.25, 0.4], [100, 0], "one case at least"),
        ([0.25, 0.4], [100], "same rows"),
    ],
)
def test_shares_of_a_chain_are_shares(shares, cases, helps):
    with pytest.raises(MethodError, match=helps):
        chained(pd.Series(shares), None if cases is None else pd.Series(cases))
