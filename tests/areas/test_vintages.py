"""Counts carried from one vintage of boundaries to another."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.areas.vintages import (
    carry,
    common_areas,
    shares_of,
    through,
    ward_shares,
)
from saferplan.errors import AreaError

# Four old areas: one unchanged, two merged into one, one split in two.
LOOKUP = pd.DataFrame(
    [
        ("same", "same", "exact"),
        ("left", "joined", "merged"),
        ("right", "joined", "merged"),
        ("big", "part1", "split"),
        ("big", "part2", "split"),
    ],
    columns=["from_code", "to_code", "fit"],
)
COUNTS = pd.Series({"same": 7, "left": 2, "right": 3, "big": 10})
RESIDENTS = pd.Series({"same": 900, "joined": 800, "part1": 300, "part2": 100})


# Tables are slow to make, and slower on a busy machine.
few_and_unhurried = settings(max_examples=30, deadline=None)


def pairs(*rows):
    return pd.DataFrame(rows, columns=["from_code", "to_code", "fit"])


def test_an_unchanged_area_keeps_its_count_exactly():
    row = carry(COUNTS, shares_of(LOOKUP)).loc["same"]
    assert (row["count"], row.fit, row.exact_part) == (7, "exact", 1)


def test_merged_areas_add_up_exactly():
    row = carry(COUNTS, shares_of(LOOKUP)).loc["joined"]
    assert (row["count"], row.fit) == (2 + 3, "exact")


def test_a_split_area_is_shared_out_by_residents_as_a_best_fit():
    result = carry(COUNTS, shares_of(LOOKUP, RESIDENTS))
    assert result["count"].loc[["part1", "part2"]].tolist() == [7.5, 2.5]
    assert set(result.fit.loc[["part1", "part2"]]) == {"best fit"}
    assert set(result.exact_part.loc[["part1", "part2"]]) == {0}


def test_without_weights_a_split_area_is_cut_in_equal_parts_and_says_best_fit():
    result = carry(COUNTS, shares_of(LOOKUP))
    assert result["count"].loc[["part1", "part2"]].tolist() == [5, 5]
    assert set(result.fit.loc[["part1", "part2"]]) == {"best fit"}


def test_pieces_where_nobody_lives_get_equal_parts():
    result = carry(COUNTS, shares_of(LOOKUP, RESIDENTS * 0))
    assert result["count"].loc["part1"] == 5


def test_a_new_area_of_whole_and_divided_parts_says_how_much_is_exact():
    lookup = pairs(("a", "x", "merged"), ("b", "x", "split"), ("b", "y", "split"))
    result = carry(pd.Series({"a": 6, "b": 4}), shares_of(lookup))
    assert result.loc["x"].to_dict() == {
        "count": 8,  # all of a, half of b
        "fit": "best fit",
        "exact_part": 0.75,
    }


def test_a_piece_without_weight_is_refused():
    with pytest.raises(AreaError, match="No weight is given for part2"):
        shares_of(LOOKUP, RESIDENTS.drop("part2"))


def test_an_area_that_the_look_up_does_not_know_is_refused():
    with pytest.raises(AreaError, match="no row for E01999999"):
        carry(pd.Series({"E01999999": 1}), shares_of(LOOKUP))


def test_many_unknown_areas_are_counted_not_listed():
    strays = pd.Series(1, index=[f"stray{n}" for n in range(5)])
    with pytest.raises(AreaError, match="stray0, stray1, stray2 and 2 more"):
        carry(strays, shares_of(LOOKUP))


@few_and_unhurried
@given(st.lists(st.integers(0, 10_000), min_size=4, max_size=4), st.booleans())
def test_the_total_is_always_that_of_the_counts(numbers, weighted):
    counts = pd.Series(numbers, index=COUNTS.index)
    shares = shares_of(LOOKUP, RESIDENTS if weighted else None)
    assert carry(counts, shares)["count"].sum() == pytest.approx(sum(numbers))


@few_and_unhurried
@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), min_size=1
    ),
    st.integers(0, 2**32 - 1),
)
def test_shares_of_any_look_up_add_to_one(rows, seed):
    lookup = pairs(*[(old, new, "split") for old, new in rows])
    weights = pd.Series(np.random.default_rng(seed).integers(0, 9, 6), list("uvwxyz"))
    sums = shares_of(lookup, weights).groupby("from_code")["share"].sum()
    assert sums.tolist() == pytest.approx([1] * len(sums))


def test_common_areas_are_what_both_vintages_add_up_to():
    groups = common_areas(LOOKUP)
    assert groups.groupby("group")["code"].agg(" ".join).to_dict() == {
        "same": "same same",
        "left": "left right joined",
        "big": "big part1 part2",
    }


def test_areas_with_a_tangled_change_are_one_group():
    # As in Hertfordshire in 2021: a piece of one joined a piece of another.
    lookup = pairs(("a", "x", "split"), ("a", "y", "split"), ("b", "y", "split"))
    assert common_areas(lookup)["group"].unique().tolist() == ["a"]


@few_and_unhurried
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1))
def test_both_vintages_of_a_common_area_hold_the_same_things(rows):
    # Things are the pairs themselves: each lies in one old and one new area.
    things = pd.DataFrame(rows, columns=["from_code", "to_code"]).astype(str)
    groups = common_areas(things)
    totals = []
    for vintage in ("from", "to"):
        group = groups[groups["vintage"] == vintage].set_index("code")["group"]
        totals.append(things[f"{vintage}_code"].map(group).value_counts().sort_index())
    assert totals[0].to_dict() == totals[1].to_dict()


def test_pieces_of_a_split_area_in_one_ward_come_together_again():
    to_ward = pairs(
        ("same", "w1", "best fit"),
        ("joined", "w1", "best fit"),
        ("part1", "w2", "best fit"),
        ("part2", "w2", "best fit"),
    )
    chained = through(LOOKUP, to_ward).set_index("from_code")
    assert chained["to_code"].to_dict() == {
        "same": "w1",
        "left": "w1",
        "right": "w1",
        "big": "w2",
    }
    assert set(chained["fit"]) == {"best fit"}


def test_two_whole_steps_are_a_whole_step():
    to_borough = pairs(*[(code, "borough", "exact") for code in RESIDENTS.index])
    assert set(through(LOOKUP, to_borough)["fit"]) == {"exact"}


def test_old_wards_go_to_new_ones_by_the_people_of_their_lsoas():
    old = pairs(("a", "old1", ""), ("b", "old1", ""), ("c", "kept", ""))
    new = pairs(("a", "new1", ""), ("b", "new2", ""), ("c", "new2", ""))
    # "kept" is a ward of both vintages, whatever its LSOA fits best.
    new = pd.concat([new, pairs(("d", "kept", ""))])
    shares = ward_shares(old, new, pd.Series({"a": 1_500, "b": 500, "c": 1, "d": 1}))
    result = carry(pd.Series({"old1": 8, "kept": 5}), shares)
    assert result["count"].to_dict() == {"kept": 5, "new1": 6, "new2": 2}
    assert result.fit.to_dict() == {
        "kept": "exact",
        "new1": "best fit",
        "new2": "best fit",
    }


def test_an_lsoa_in_two_new_wards_is_shared_between_them_evenly():
    old = pairs(("a", "old1", ""), ("b", "old1", ""))
    new = pairs(("a", "new1", ""), ("a", "new2", ""), ("b", "new1", ""))
    shares = ward_shares(old, new, pd.Series({"a": 600, "b": 200}))
    assert shares.set_index("to_code")["share"].to_dict() == {
        "new1": (300 + 200) / 800,
        "new2": 300 / 800,
    }


def test_an_lsoa_without_a_new_ward_is_refused():
    old = pairs(("a", "old1", ""))
    with pytest.raises(AreaError, match="a has no new ward, or no weight"):
        ward_shares(old, pairs(("b", "new1", "")), pd.Series({"a": 1}))
