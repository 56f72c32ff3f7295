"""Who was heard, group by group."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from saferplan.errors import MethodError
from saferplan.methods.participation import participation

GROUPS = ["Asian", "Black", "Mixed", "White", "Other"]
# Census 2021, Lewisham: usual residents by ethnic group.
LEWISHAM = pd.Series([26_927, 80_473, 24_253, 154_749, 14_151], index=GROUPS)


def heard(*counts, people=LEWISHAM, **options):
    return participation(pd.Series(counts, index=people.index), people, **options)


@pytest.mark.published("participation")
def test_limits_of_an_index_are_wilsons_over_the_share_known_from_the_census():
    # Wilson's limits of 252 in 400 are 0.5817 and 0.6759; half of all live in each.
    people = pd.Series({"north": 500, "south": 500})
    row = participation(pd.Series({"north": 252, "south": 148}), people).groups.loc[
        "north"
    ]
    assert [row["index"], row["lower"], row["upper"]] == pytest.approx(
        [1.26, 1.1634, 1.3518], abs=1e-4
    )


@pytest.mark.published("participation")
def test_a_hand_worked_borough():
    # 26.775% of residents are Black: 400 x 0.26775 is 107.1, and 40 answered. With n
    # more, (40 + n) / (400 + n) = 0.26775, so n = 67.1 / 0.73225 = 91.6.
    found = heard(45, 40, 30, 270, 15)
    assert found.groups.loc["Black", "needed"] == 92
    assert found.missing == ("Black",)


@pytest.mark.second_road("participation")
@pytest.mark.parametrize("of_whom", [60, 100, 140])
def test_limits_agree_with_exact_tails_of_the_binomial(of_whom):
    people = pd.Series({"a": 250, "b": 750})
    found = participation(pd.Series({"a": of_whom, "b": 400 - of_whom}), people)
    lower, upper = found.groups.loc["a", ["lower", "upper"]] * 0.25
    # Clopper and Pearson's tails are 2.5% at their own limits; Wilson's are near.
    assert binom.sf(of_whom - 1, 400, lower) == pytest.approx(0.025, abs=0.012)
    assert binom.cdf(of_whom, 400, upper) == pytest.approx(0.025, abs=0.012)


@pytest.mark.second_road("participation")
def test_needed_is_what_counting_up_one_by_one_gives():
    random = np.random.default_rng(5)
    for counts in random.integers(5, 200, (30, 5)):
        found = heard(*counts).groups["needed"]
        share = LEWISHAM / LEWISHAM.sum()
        for at, group in enumerate(GROUPS):
            more = 0
            while (counts[at] + more) / (counts.sum() + more) < share[group]:
                more += 1
            assert found[group] == more


@pytest.mark.property_of("participation")
@settings(max_examples=40)
@given(
    counts=st.lists(st.integers(0, 60), min_size=5, max_size=5),
    times=st.integers(2, 9),
)
def test_only_shares_of_the_population_matter_and_no_small_number_shows(counts, times):
    found, again = heard(*counts), heard(*counts, people=LEWISHAM * times)
    pd.testing.assert_frame_equal(found.groups, again.groups)
    shown = found.groups["respondents"].dropna()
    assert not ((shown > 0) & (shown < 5)).any()
    if (np.array(counts) < 5).any() and found.groups["respondents"].isna().any():
        # One hidden alone would be the total less the rest.
        assert found.groups["respondents"].isna().sum() > 1 or sum(counts) < 30


def test_a_group_nobody_answered_of_is_named_and_small_ones_are_hidden():
    found = heard(0, 60, 3, 300, 40)
    assert found.unheard == ("Asian",)
    assert "Asian" in found.missing
    hidden = found.groups[found.groups["respondents"].isna()]
    assert "Mixed" in hidden.index
    assert len(hidden) == 2
    assert hidden["index"].isna().all()
    assert hidden["needed"].isna().all()
    assert (hidden["verdict"] == "cannot tell").all()


def test_a_group_that_was_heard_most_needs_nobody():
    found = heard(36, 107, 32, 300, 19).groups
    assert found.loc["White", "needed"] == 0
    assert found.loc["White", "verdict"] == "too many"


def test_fewer_than_30_answers_have_no_shares():
    found = heard(6, 5, 5, 6, 5)
    assert found.groups[["share", "index", "needed"]].isna().all(axis=None)
    assert found.missing == ()
    assert "too few for a percentage" in found.groups["caution"].iloc[0]


def test_those_who_did_not_say_are_told_of():
    found = heard(45, 40, 30, 270, 15, not_stated=100)
    assert any("20% of the respondents did not say" in said for said in found.cautions)


def test_one_group_that_is_everybody_needs_no_more():
    found = participation(pd.Series({"all": 50}), pd.Series({"all": 1_000}))
    assert np.isnan(found.groups.loc["all", "needed"])
    assert found.groups.loc["all", "index"] == 1


@pytest.mark.parametrize(
    ("counts", "people", "helps"),
    [
        ({"a": 1}, {"b": 1}, "same"),
        ({"a": 1.5}, {"a": 3}, "whole numbers"),
        ({"a": -1}, {"a": 3}, "whole numbers"),
        ({"a": 50}, {"a": 0}, "population is empty"),
    ],
)
def test_what_cannot_be_compared_is_refused(counts, people, helps):
    with pytest.raises(MethodError, match=helps):
        participation(pd.Series(counts), pd.Series(people))


def test_a_group_named_twice_is_refused():
    twice = pd.Series([40, 40], index=["a", "a"])
    with pytest.raises(MethodError, match="stands twice"):
        participation(twice, twice)
