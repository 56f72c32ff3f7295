"""Small counts are hidden, and stay hidden whatever an attacker makes of the rest."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from methods.made_tables import GROUPS, every_way, hide, one_way, two_way

from saferplan.errors import MethodError
from saferplan.methods.disclosure_attack import attack, published
from saferplan.methods.disclosure_suppression import narrowed, suppress
from saferplan.methods.disclosure_tables import link, tables_of


def hidden(tables, **options):
    return suppress(tables, **options).log["cell"].tolist()


def total(*counts, **options):
    """A list whose total readers know from elsewhere."""
    return one_way(*counts, known=["everything"], **options)


def test_counts_below_the_threshold_are_hidden_and_no_others_if_they_suffice():
    assert hidden(one_way(30, 2, 4, 4)) == ["ward=w1", "ward=w2", "ward=w3"]
    assert hidden(one_way(30, 12)) == []


def test_a_lone_small_count_takes_the_next_smallest_with_it():
    assert hidden(total(30, 9, 3, 12)) == ["ward=w1", "ward=w2"]


def test_the_log_says_what_and_why_and_never_how_many():
    log = suppress(total(30, 9, 3, 12)).log
    assert log.to_dict("records") == [
        {
            "cell": "ward=w1",
            "kind": "secondary",
            "rule": "Shown, it would help to work out ward=w2.",
        },
        {
            "cell": "ward=w2",
            "kind": "primary",
            "rule": "A count of 1 to 4 is hidden.",
        },
    ]


def test_two_ones_are_not_enough_when_their_total_is_known():
    # Two, each at least one: no secret.
    assert hidden(total(30, 1, 1, 12)) == ["ward=w1", "ward=w2", "ward=w3"]


@pytest.mark.published("disclosure-suppression")
def test_the_handbooks_single_woman_is_hidden_with_three_others():
    # Handbook on Statistical Disclosure Control (2024), table of marital status by
    # sex. By hand: 1, 3 and 4 are small, the row of single people adds up to 4 and is
    # small too, so no total of theirs is told; the rest gives nothing away.
    protected = suppress(two_way([[38, 17], [7, 4], [3, 1]]))
    small = set(protected.log.query("kind == 'primary'")["cell"])
    assert small == {
        "kind=k1, ward=w1", "kind=k0, ward=w2", "kind=k1, ward=w2", "ward=w2",
    }  # fmt: skip
    assert narrowed(protected.published, cells=protected.small).empty


@pytest.mark.published("disclosure-suppression")
def test_fischetti_and_salazars_cell_is_protected_by_three_further_ones():
    # JASA 95 (2000), with the totals known: one sensitive cell, here the 8, needs the
    # corners of a rectangle. By hand, 17, 12 and 22 are the least that give it room.
    totals = ["everything", *(f"ward=w{n}" for n in range(3))]
    totals += [f"kind=k{n}" for n in range(3)]
    table = two_way([[20, 50, 10], [8, 19, 22], [17, 32, 12]], known=totals)
    protected = suppress(table, threshold=9)
    log = protected.log.set_index("kind")["cell"]
    assert log["primary"] == "kind=k0, ward=w1"
    assert table.counts[log["secondary"].tolist()].sum() == 17 + 12 + 22
    assert len(log) == 4


def test_a_cell_that_only_two_rows_and_two_columns_give_away_is_seen_to():
    # sdcTable's simple rule of two in each row and column leaves it open.
    rows = [[30, 4, 64, 89], [90, 124, 4, 31], [92, 4, 59, 4], [800, 4, 651, 4]]
    protected = suppress(two_way(rows))
    assert narrowed(protected.published, cells=protected.small).empty


@pytest.mark.second_road("disclosure-suppression")
@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 5), min_size=3, max_size=3),
    st.integers(2, 4),
    st.booleans(),
)
def test_listing_every_way_finds_each_small_count_open(counts, threshold, told):
    # By another road: every list of counts that agrees with what is shown.
    tables = total(*counts) if told else one_way(*counts)
    try:
        protected = suppress(tables, threshold=threshold)
    except MethodError:
        assert told
        return
    most = 20  # more than any total and the threshold together
    names, ways = every_way(protected.published, most)
    for cell in protected.small:
        seen = np.unique(ways[:, list(names).index(cell)])
        least = 1
        if cell == "everything":
            least = sum(count > 0 for count in counts)
        assert seen.min() == least
        assert seen.max() >= least + threshold


@st.composite
def tables(draw):
    sizes = draw(st.sampled_from([(6,), (3, 3), (4, 4), (2, 2, 3)]))
    names = ["ward", "kind", "year"][: len(sizes)]
    places = list(np.ndindex(*sizes))
    counts = draw(
        st.lists(st.integers(0, 30), min_size=len(places), max_size=len(places))
    )
    long = pd.DataFrame(
        [
            [f"{name[0]}{n}" for name, n in zip(names, place, strict=True)]
            for place in places
        ],
        columns=names,
    )
    grouped = draw(st.booleans())
    return tables_of(
        long.assign(count=counts), by=names, groups=GROUPS if grouped else None
    )


@pytest.mark.property_of("disclosure-suppression")
@settings(max_examples=30)
@given(tables(), st.sampled_from([3, 5, 10]), st.sampled_from(["shown", "hidden"]))
def test_no_small_count_is_shown_or_narrowed_and_the_choice_is_the_same(
    made, threshold, zeros
):
    protected = suppress(made, threshold=threshold, zeros=zeros)
    shown = protected.cells["count"].dropna()
    low = shown < threshold
    assert not (low if zeros == "hidden" else low & (shown > 0)).any()
    assert (shown == made.counts[shown.index]).all()
    options = {"threshold": threshold, "cells": protected.small}
    assert narrowed(protected.published, **options).empty
    again = suppress(made, threshold=threshold, zeros=zeros)
    assert again.log.equals(protected.log)


def test_a_total_of_small_counts_is_hidden_with_them():
    found = hidden(one_way(1, 2))
    assert found == ["ward=w0", "ward=w1", "everything"]


def test_a_group_with_one_small_ward_loses_more_than_the_ward():
    wards = ["Evelyn", "Deptford", "Lee", "Grove"]
    groups = {"ward": dict(zip(wards, ["North"] * 2 + ["South"] * 2, strict=True))}
    counts = pd.DataFrame({"ward": wards, "count": [3, 20, 15, 30]})
    made = tables_of(counts, by=["ward"], groups=groups)
    assert hidden(made) == ["ward=Evelyn", "ward=Deptford"]


def test_tables_that_share_a_total_are_hidden_together():
    # The borough minus the months that are shown would give the ward away.
    wards = pd.DataFrame({"ward": ["Evelyn", "Lee"], "count": [3, 37]})
    kinds = pd.DataFrame({"kind": ["Theft", "Arson"], "count": [2, 38]})
    both = link(tables_of(wards, by=["ward"]), tables_of(kinds, by=["kind"]))
    alone = suppress(tables_of(wards, by=["ward"])).log["cell"].tolist()
    found = hidden(both)
    assert alone == ["ward=Evelyn", "ward=Lee"]
    assert found == ["ward=Evelyn", "ward=Lee", "kind=Theft", "kind=Arson"]


def test_zeros_are_shown_or_hidden_as_asked():
    assert hidden(total(30, 0, 3, 12)) == ["ward=w2", "ward=w3"]
    assert hidden(total(30, 0, 3, 12), zeros="hidden") == [
        "ward=w1",
        "ward=w2",
        "ward=w3",
    ]


def test_hidden_zeros_protect_where_nothing_else_is_left():
    # Six in all: two counts of at least one are 1 to 5, which is too little known.
    with pytest.raises(MethodError, match="hide zeros as well"):
        suppress(total(4, 2, 0))
    protected = suppress(total(4, 2, 0), zeros="hidden")
    assert attack(protected.published).loc["ward=w0"].tolist() == [0, 6]


def test_a_known_total_that_leaves_no_room_is_refused():
    with pytest.raises(MethodError, match="ward=w0 cannot be protected"):
        suppress(total(3, 0))
    with pytest.raises(MethodError, match="2 or more"):
        suppress(one_way(3, 9), threshold=1)


def test_unpublished_cells_are_protected_by_hiding_totals():
    # Two lists of areas that cut across each other: 41 people of ward w0 live in area
    # k0, and the 2 that are left are in k1, where nobody else is.
    overlay = two_way([[41, 2], [50, 0]], only_margins=True)
    protected = suppress(overlay)
    assert protected.small == ("kind=k1, ward=w0", "kind=k1")
    assert "kind=k1" in protected.log["cell"].tolist()
    assert "kind=k1, ward=w0" not in protected.log["cell"].tolist()
    assert narrowed(protected.published, cells=protected.small).empty


def test_what_is_narrowed_is_found_without_knowing_the_truth():
    table = one_way(3, 9, 40)
    open_ = published(hide(table, "ward=w0"), table.sums, lowest=1)
    found = narrowed(open_)
    assert found.loc["ward=w0"].tolist() == [3, 3, 1]
    # A hidden count that is known to be large tells nothing of a small one.
    assert narrowed(published(hide(table, "ward=w2"), table.sums, lowest=1)).empty


def test_the_greatest_loss_is_shown_again_when_it_is_not_needed():
    # Each small count calls for one other; the two of them protect each other.
    protected = suppress(two_way([[3, 50, 50], [50, 3, 50], [50, 50, 50]]))
    assert (protected.log["kind"] == "secondary").sum() <= 2
    assert attack(protected.published)["upper"].min() >= 5
