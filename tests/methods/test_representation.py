"""Whether those inside look like those outside."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.proportions import share
from saferplan.methods.representation import representation, too_small
from saferplan.methods.weighted_answers import effective_number

GROUPS = ["Asian", "Black", "Mixed", "White", "Other"]
# Census 2021, Lewisham: usual residents by ethnic group.
LEWISHAM = pd.Series([26_927, 80_473, 24_253, 154_749, 14_151], index=GROUPS)
OFFICERS = pd.Series([40, 60, 25, 470, 5], index=GROUPS)


def of(*members, people=LEWISHAM, **options):
    return representation(pd.Series(members, index=people.index), people, **options)


@pytest.mark.published("representation")
def test_a_share_of_a_borough_is_the_census_one():
    # Census 2021: 26.8% of Lewisham's 300,553 usual residents are Black.
    assert LEWISHAM.sum() == 300_553
    found = representation(OFFICERS, LEWISHAM).groups.loc["Black"]
    assert found.population_share == pytest.approx(0.268, abs=5e-4)
    assert found["index"] == pytest.approx(0.1 / 0.26775, rel=1e-4)
    assert found.missing == pytest.approx(0.26775 * 600 - 60, abs=0.01)
    assert found.verdict == "too few"


@pytest.mark.published("representation")
def test_limits_of_an_index_are_wilsons_over_the_population_share():
    # Wilson's limits of 252 in 400 are 0.5817 and 0.6759.
    people = pd.Series({"yes": 500, "no": 500})
    found = representation(pd.Series({"yes": 252, "no": 148}), people).groups
    row = found.loc["yes"]
    assert [row.lower / 2, row.upper / 2] == pytest.approx([0.5817, 0.6759], abs=5e-5)


@pytest.mark.second_road("representation")
def test_p_and_verdicts_are_those_that_drawing_members_at_random_gives():
    random = np.random.default_rng(6)
    people = LEWISHAM / LEWISHAM.sum()
    drawn = random.multinomial(400, people, size=20_000)
    expected = 400 * people.to_numpy()
    squares = ((drawn - expected) ** 2 / expected).sum(axis=1)
    for members in [
        (40, 90, 30, 220, 20),
        (36, 107, 32, 206, 19),
        (30, 120, 40, 195, 15),
    ]:
        found = of(*members)
        seen = ((np.array(members) - expected) ** 2 / expected).sum()
        assert found.p == pytest.approx((squares >= seen - 1e-9).mean(), abs=0.01)
    out = [of(*row).groups["verdict"].ne("within chance") for row in drawn[:150]]
    assert 0.02 < np.mean(out) < 0.09


@pytest.mark.property_of("representation")
@settings(max_examples=30)
@given(
    members=st.lists(st.integers(0, 200), min_size=3, max_size=7),
    people=st.lists(st.integers(1, 10_000), min_size=7, max_size=7),
    times=st.integers(2, 50),
)
def test_shortfalls_cancel_and_only_shares_of_the_population_matter(
    members, people, times
):
    one = pd.Series(members)
    outside = pd.Series(people[: len(members)])
    found = representation(one, outside)
    pd.testing.assert_frame_equal(
        found.groups, representation(one, outside * times).groups
    )
    if sum(members) >= 30 and found.groups["missing"].notna().all():
        assert found.groups["missing"].sum() == pytest.approx(0, abs=1e-6)
        assert 0 <= found.unlike <= 1


@given(st.lists(st.integers(0, 60), min_size=2, max_size=8), st.integers(2, 10))
def test_no_small_group_stands_alone_behind_the_total(members, least):
    counts = pd.Series(members)
    hidden = too_small(counts, least)
    small = (counts > 0) & (counts < least)
    assert (hidden >= small).all()
    if small.any() and (counts > 0).sum() > 1:
        assert hidden.sum() >= 2
    if not small.any():
        assert not hidden.any()


def test_a_hidden_group_cannot_be_worked_out_from_what_is_shown():
    found = of(40, 60, 3, 470, 30)
    assert found.groups["members"].isna().tolist() == [False, False, True, False, True]
    assert found.groups.loc["Other", "caution"].startswith("Hidden")
    # Nor from the comparison in all, in which the hidden are one group.
    swapped = of(40, 60, 30, 470, 3)
    assert found.unlike == swapped.unlike
    assert found.p == swapped.p


def test_it_agrees_with_the_share_it_is_made_of():
    row = representation(OFFICERS, LEWISHAM).groups.loc["Asian"]
    plain = share(pd.Series([40]), pd.Series([600])).iloc[0]
    assert row.share == plain.share
    assert row.upper * row.population_share == pytest.approx(plain.upper)


def test_weights_make_respondents_worth_fewer():
    weights = pd.Series([3.0] * 300 + [1.0] * 300)
    worth = effective_number(weights)
    plain = representation(OFFICERS, LEWISHAM).groups.loc["Asian"]
    weighted = representation(OFFICERS, LEWISHAM, effective=worth)
    row = weighted.groups.loc["Asian"]
    assert row["index"] == plain["index"]
    assert row.upper - row.lower > plain.upper - plain.lower
    assert weighted.cautions == ("Counted as 480 members taken at random, of 600.",)


def test_few_members_have_no_percentage():
    found = of(5, 6, 7, 6, 5)
    assert found.groups["share"].isna().all()
    assert found.groups["verdict"].eq("cannot tell").all()
    assert np.isnan(found.unlike)
    assert "Fewer than 100 members" in of(10, 20, 10, 40, 10).cautions[0]


def test_a_group_with_nobody_in_is_shown_and_one_with_nobody_outside_has_no_index():
    found = of(40, 0, 30, 470, 30).groups.loc["Black"]
    assert (found.members, found["index"], found.lower) == (0, 0, 0)
    assert (found.verdict, found.caution) == ("too few", "None of this group.")
    people = LEWISHAM.replace(14_151, 0)
    empty = of(40, 60, 30, 470, 30, people=people).groups.loc["Other"]
    assert np.isnan(empty["index"])
    assert "Nobody of this group" in empty.caution


def test_too_many_are_too_many():
    assert (
        representation(OFFICERS, LEWISHAM).groups.loc["White", "verdict"] == "too many"
    )


def test_small_expected_numbers_leave_p_out():
    people = pd.Series({"a": 10, "b": 990})
    assert np.isnan(representation(pd.Series({"a": 10, "b": 90}), people).p)


def test_those_who_would_not_say_are_said():
    found = of(40, 60, 30, 470, 30, not_stated=70)
    assert found.cautions[0].startswith("10% of the members did not state")


@pytest.mark.parametrize(
    ("members", "people", "options", "helps"),
    [
        (OFFICERS, LEWISHAM.head(4), {}, "same rows"),
        (OFFICERS * -1, LEWISHAM, {}, "zero or more"),
        (OFFICERS.astype(float).replace(5, np.nan), LEWISHAM, {}, "zero or more"),
        (OFFICERS, LEWISHAM, {"not_stated": -1}, "zero or more"),
        (OFFICERS, LEWISHAM * 0, {}, "population is empty"),
        (OFFICERS, LEWISHAM, {"effective": 601.0}, "effective number"),
        (OFFICERS, LEWISHAM, {"effective": np.nan}, "effective number"),
    ],
)
def test_what_cannot_be_compared_is_said(members, people, options, helps):
    with pytest.raises(MethodError, match=helps):
        representation(members, people, **options)
