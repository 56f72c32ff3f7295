"""The attacker works out what can be worked out, and no more."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from methods.made_tables import every_way, hide, one_way, two_way

from saferplan.errors import MethodError
from saferplan.methods.disclosure_attack import attack, published
from saferplan.methods.disclosure_tables import tables_of


def limits(tables, *cells, **knows):
    """Lower and upper of each cell hidden, by its name."""
    found = attack(published(hide(tables, *cells), tables.sums, **knows))
    return {row.Index: (row.lower, row.upper) for row in found.itertuples()}


@pytest.mark.published("disclosure-attack")
def test_fischetti_and_salazars_attacker_finds_5_to_30():
    # JASA 95 (2000): investment by activity and region, four cells hidden.
    table = two_way([[20, 50, 10], [8, 19, 22], [17, 32, 12]])
    four = [f"kind=k{k}, ward=w{w}" for w in (1, 2) for k in (0, 2)]
    assert limits(table, *four)["kind=k2, ward=w1"] == (5, 30)


SDC_TABLE = [
    [30, 47, 64, 89],
    [90, 124, 5, 31],
    [92, 100, 59, 85],
    [800, 991, 651, 685],
]
NINE = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 1), (2, 3), (3, 1), (3, 3)]


@pytest.mark.published("disclosure-attack")
def test_two_hidden_in_each_row_and_column_can_still_give_one_away():
    # From the tests of sdcTable: 47 follows from two rows less two columns. With one
    # further cell hidden its attacker, like ours, finds 0 to 141.
    table = two_way(SDC_TABLE)
    nine = [f"kind=k{column}, ward=w{row}" for row, column in NINE]
    assert limits(table, *nine)["kind=k1, ward=w0"] == (47, 47)
    ten = [*nine, "kind=k1, ward=w1"]
    assert limits(table, *ten)["kind=k1, ward=w0"] == (0, 141)


@pytest.mark.published("disclosure-attack")
def test_the_single_woman_of_the_handbook_follows_from_the_margins():
    # Handbook on Statistical Disclosure Control (2024), table of marital status by sex.
    table = two_way([[38, 17], [7, 4], [3, 1]])
    assert limits(table, "kind=k1, ward=w2") == {"kind=k1, ward=w2": (1, 1)}


CAP = 6


@st.composite
def puzzles(draw):
    """A table of two or three ways with up to six cells hidden, and its cap."""
    sizes = draw(st.sampled_from([(3,), (2, 2), (2, 3), (3, 3), (2, 2, 2)]))
    names = ["ward", "kind", "year"][: len(sizes)]
    places = list(np.ndindex(*sizes))
    counts = draw(
        st.lists(st.integers(0, 3), min_size=len(places), max_size=len(places))
    )
    long = pd.DataFrame([map(str, place) for place in places], columns=names)
    tables = tables_of(long.assign(count=counts), by=names)
    may = list(tables.counts.index[tables.counts <= CAP])
    cells = draw(st.lists(st.sampled_from(may), min_size=1, max_size=6, unique=True))
    return tables, cells


@pytest.mark.second_road("disclosure-attack")
@settings(max_examples=60)
@given(puzzles(), st.integers(0, 1))
def test_both_ends_are_those_of_all_tables_that_agree(puzzle, lowest):
    tables, cells = puzzle
    assume((tables.counts[cells] >= lowest).all())
    known = published(hide(tables, *cells), tables.sums, lowest=lowest, highest=CAP)
    names, ways = every_way(known, CAP)
    found = attack(known)
    assert list(found.index) == list(names)
    assert found["lower"].tolist() == ways.min(axis=0).tolist()
    assert found["upper"].tolist() == ways.max(axis=0).tolist()


@pytest.mark.property_of("disclosure-attack")
@settings(max_examples=40)
@given(puzzles())
def test_the_truth_is_never_ruled_out_and_more_hidden_never_tells_more(puzzle):
    tables, cells = puzzle
    few = limits(tables, *cells[:-1])
    many = limits(tables, *cells)
    for cell, (lower, upper) in many.items():
        assert lower <= tables.counts[cell] <= upper
    for cell, (lower, upper) in few.items():
        assert many[cell][0] <= lower
        assert upper <= many[cell][1]


def test_only_the_cells_asked_for_are_attacked():
    table = one_way(3, 9, 40)
    shown = published(hide(table, "ward=w0", "ward=w1"), table.sums)
    assert attack(shown, cells=["ward=w1"]).index.tolist() == ["ward=w1"]


def test_a_hidden_total_has_no_end():
    table = one_way(3, 9)
    found = limits(table, "ward=w0", "everything", lowest=1)
    assert found == {"ward=w0": (1, np.inf), "everything": (10, np.inf)}


def test_in_two_ways_a_hidden_total_has_no_end_either():
    table = two_way([[3, 9], [8, 7]])
    cells = ["kind=k0, ward=w0", "ward=w0", "kind=k0", "everything"]
    found = limits(table, *cells, lowest=1)
    assert found["kind=k0, ward=w0"] == (1, np.inf)
    assert found["everything"] == (25, np.inf)


def test_knowing_the_marks_narrows_a_cell():
    # "<5" says more than "[c]": at most 4, so that the other is 8 at least.
    table = one_way(3, 9)
    assert limits(table, "ward=w0", "ward=w1", lowest=1)["ward=w1"] == (1, 11)
    few = published(hide(table, "ward=w0", "ward=w1"), table.sums, lowest=1)
    few.highest["ward=w0"] = 4
    assert attack(few).loc["ward=w1"].tolist() == [8, 11]


def test_nothing_hidden_leaves_nothing_to_attack():
    assert attack(published(one_way(3, 9).counts.astype(float), ())).empty


def test_shown_numbers_that_do_not_add_up_are_refused():
    table = one_way(3, 9)
    shown = table.counts.astype(float)
    shown["everything"] = 13
    with pytest.raises(MethodError, match="everything are all shown and do not add up"):
        attack(published(shown, table.sums))


@pytest.mark.parametrize("cells", [["ward=w0"], ["ward=w0", "ward=w1"]])
def test_a_rule_that_the_numbers_contradict_is_refused(cells):
    table = one_way(0, 1)
    with pytest.raises(MethodError, match="contradict"):
        attack(published(hide(table, *cells), table.sums, lowest=1))


def test_so_is_one_that_several_sums_contradict():
    table = two_way([[0, 1], [1, 0]])
    inner = [name for name in table.counts.index if "," in name]
    with pytest.raises(MethodError, match="contradict"):
        attack(published(hide(table, *inner), table.sums, lowest=1))
