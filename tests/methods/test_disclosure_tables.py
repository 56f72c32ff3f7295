"""Cells and sums: what a table with its totals is made of."""

import pandas as pd
import pytest
from methods.made_tables import one_way, two_way

from saferplan.errors import MethodError
from saferplan.methods.disclosure_tables import link, tables_of


def wards(*rows):
    return pd.DataFrame(rows, columns=["ward", "kind", "count"])


SMALL = wards(("Evelyn", "Theft", 3), ("Evelyn", "Arson", 1), ("Lee", "Theft", 9))


def test_every_total_is_there_and_a_combination_without_a_row_is_zero():
    made = tables_of(SMALL, by=["ward", "kind"])
    assert made.counts.to_dict() == {
        "kind=Theft, ward=Evelyn": 3,
        "kind=Arson, ward=Evelyn": 1,
        "ward=Evelyn": 4,
        "kind=Theft, ward=Lee": 9,
        "kind=Arson, ward=Lee": 0,
        "ward=Lee": 9,
        "kind=Theft": 12,
        "kind=Arson": 1,
        "everything": 13,
    }
    for total, parts in made.sums:
        assert made.counts[total] == made.counts[list(parts)].sum()
    assert len(made.sums) == 6


def test_groups_of_groups_have_totals_of_their_own():
    groups = {"ward": {"Evelyn": "North", "Lee": "South", "North": "West"}}
    made = tables_of(SMALL, by=["ward"], groups=groups)
    assert made.counts.to_dict() == {
        "ward=Evelyn": 4,
        "ward=North": 4,
        "ward=West": 4,
        "ward=Lee": 9,
        "ward=South": 9,
        "everything": 13,
    }
    assert ("everything", ("ward=West", "ward=South")) in made.sums


def test_only_margins_leaves_the_innermost_cells_unpublished():
    made = tables_of(SMALL, by=["ward", "kind"], only_margins=True)
    assert len(made.unpublished) == 4
    assert "ward=Lee" not in made.unpublished


def test_linked_tables_share_the_cells_of_one_name():
    both = link(
        tables_of(SMALL, by=["ward", "kind"]),
        tables_of(SMALL, by=["kind"], known=["everything"]),
        tables_of(SMALL.assign(year="2026"), by=["year"]),
    )
    assert len(both.cells) == 10
    assert both.cells.loc["year=2026"].tolist() == ["All", "All", "2026", 13]
    assert both.known == {"everything"}


def test_a_cell_that_one_table_shows_is_published():
    margins = tables_of(SMALL, by=["ward", "kind"], only_margins=True)
    assert link(margins, tables_of(SMALL, by=["ward", "kind"])).unpublished == set()


@pytest.mark.parametrize(
    ("counts", "options", "helps"),
    [
        (SMALL, {"by": ["area"]}, "no column area"),
        (SMALL, {"by": []}, "at least one"),
        (SMALL[:0], {"by": ["ward"]}, "at least one"),
        (SMALL.assign(count=-1), {"by": ["ward"]}, "-1 is not"),
        (SMALL.assign(count=0.5), {"by": ["ward"]}, "0.5 is not"),
        (SMALL.assign(count=None), {"by": ["ward"]}, "None is not"),
        (SMALL, {"by": ["ward"], "known": ["ward=Grove"]}, "no cell 'ward=Grove'"),
        (
            SMALL,
            {"by": ["ward"], "groups": {"ward": {"Lee": "A", "A": "B", "B": "A"}}},
            "'A' belongs to itself",
        ),
        (
            SMALL,
            {"by": ["ward"], "groups": {"ward": {"Lee": "Evelyn"}}},
            "both a value and a total",
        ),
    ],
)
def test_what_makes_no_table_is_refused(counts, options, helps):
    with pytest.raises(MethodError, match=helps):
        tables_of(counts, **options)


def test_linked_tables_must_count_the_same_things():
    with pytest.raises(MethodError, match="ward=w0 is 3 in one table and 13"):
        link(one_way(3, 9), two_way([[4, 9]]))
