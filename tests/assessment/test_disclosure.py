"""An attacker gets every table of an assessment, and works out no small count."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.assessment import flags as asked
from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Column, Finding, Table
from saferplan.assessment.flags import FLAGS, flags
from saferplan.assessment.protection import (
    SUPPRESSED,
    hidden_rows,
    hidden_together,
    protect,
    protect_table,
)
from saferplan.methods.disclosure_attack import Published
from saferplan.methods.disclosure_suppression import narrowed
from saferplan.methods.disclosure_tables import Tables, apart, link, tables_of
from saferplan.methods.spans import rolling_year
from saferplan.reports.canonical import to_json

KINDS = {"Knife crime": "whole", "Knife crime with injury": "part"}


def tables_by_ward(evidence, area):
    """The protected table of each flag by ward, by the flag's title."""
    found = [
        protect(each) for each in flags(evidence, area) if isinstance(each, Finding)
    ]
    return {
        each.measure.title.removesuffix(" by ward"): each
        for each in found
        if each.measure.title.endswith("by ward")
    }


def truth_and_shown(evidence, area, spans):
    """What there is to protect in the lists of knife crime, and what readers get."""
    lists = tables_by_ward(evidence, area)
    years = {flag.title: flag for flag in FLAGS if flag.title in KINDS}
    true = {
        KINDS[title]: asked._by_ward(evidence, area, flag, spans).to_dict()
        for title, flag in years.items()
    }
    seen = {
        KINDS[title]: {row[0]: row[1] for row in lists[title].table.rows}
        for title in KINDS
        if title in lists
    }
    return two_lists(true["whole"], true["part"], seen)


def two_lists(whole, part, seen):
    """The lists, the strip between them, and the totals that readers know."""
    rows = [(ward, "part", part.get(ward, 0)) for ward in whole]
    rows += [(ward, "rest", whole[ward] - part.get(ward, 0)) for ward in whole]
    counts = pd.DataFrame(rows, columns=["row", "kind", "count"])
    tables = tables_of(
        counts,
        by=["row", "kind"],
        unpublished=[f"kind=rest, row={ward}" for ward in whole],
    )
    shown = tables.counts.astype(float)
    shown[list(tables.unpublished)] = np.nan
    for ward in whole:
        if seen["whole"].get(ward) == SUPPRESSED:
            shown[f"row={ward}"] = np.nan
        if seen["part"].get(ward) == SUPPRESSED:
            shown[f"kind=part, row={ward}"] = np.nan
    return tables, shown


def worked_out(tables, shown):
    """The small counts of which an attacker can work out too much."""
    lowest = pd.Series(1.0, index=shown.index)
    lowest[list(tables.unpublished)] = 0
    published = Published(shown, tables.sums, lowest, lowest + np.inf)
    small = tables.counts.between(1, 4) & shown.isna()
    cells = list(tables.counts.index[small])
    assert not (tables.counts.between(1, 4) & shown.notna() & is_ward(shown)).any()
    return list(narrowed(published, cells=cells).index)


def is_ward(shown):
    return shown.index.str.contains("row=")


def test_no_borough_of_the_demonstration_tells_a_small_count(evidence):
    hidden = 0
    for code, name in evidence.boroughs.items():
        area = Area(code, name, "borough")
        series = asked._monthly(evidence, area, FLAGS[0])
        if series is None:
            continue
        tables, shown = truth_and_shown(evidence, area, rolling_year(series.index[-1]))
        hidden += int(shown[is_ward(shown)].isna().sum())
        assert worked_out(tables, shown) == []
    assert hidden  # there was something to protect


def test_nor_do_two_editions_a_month_apart(evidence, monkeypatch):
    # Eleven months are in both years, the first in one, the last in the other. What a
    # ward had in each part is in no table; what it had in either year is.
    code, name = next(iter(evidence.boroughs.items()))
    area = Area(code, name, "borough")
    last = asked._monthly(evidence, area, FLAGS[0]).index[-1]
    new, new_shown = truth_and_shown(evidence, area, rolling_year(last))
    monkeypatch.setattr(asked, "rolling_year", lambda month: rolling_year(month - 1))
    old, old_shown = truth_and_shown(
        Evidence(evidence.store), area, rolling_year(last - 1)
    )
    both = link(apart(new, "new "), apart(old, "old "))
    shared = [cell for cell in new.counts.index if cell in old.counts.index]
    parts = [f"{part} {cell}" for part in ("first", "mid", "last") for cell in shared]
    sums = [(f"old {cell}", (f"first {cell}", f"mid {cell}")) for cell in shared]
    sums += [(f"new {cell}", (f"mid {cell}", f"last {cell}")) for cell in shared]
    cells = pd.concat([both.cells, pd.DataFrame({"count": 0}, index=parts)])
    tables = Tables(
        cells, (*both.sums, *sums), unpublished=both.unpublished | set(parts)
    )
    shown = pd.concat(
        [
            new_shown.rename(index=lambda cell: f"new {cell}"),
            old_shown.rename(index=lambda cell: f"old {cell}"),
        ]
    ).reindex(cells.index)
    assert worked_out(tables, shown) == []


COUNTS = st.lists(
    st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=3, max_size=6
)


@given(COUNTS)
def test_two_lists_of_any_counts_are_protected_together_or_hidden_whole(pairs):
    part = {f"w{n}": low for n, (low, _more) in enumerate(pairs) if low}
    whole = {f"w{n}": low + more for n, (low, more) in enumerate(pairs) if low + more}
    hidden = hidden_together(whole, part)
    seen = {
        name: {row[0]: row[1] for row in protect_table(listed(counts, rows)).rows}
        for name, counts, rows in zip(
            ("whole", "part"), (whole, part), hidden, strict=True
        )
    }
    numbers = [each for rows in seen.values() for each in rows.values()]
    if not whole or all(each == SUPPRESSED for each in numbers):
        return  # too few in all; nothing is told
    tables, shown = two_lists(whole, part, seen)
    assert worked_out(tables, shown) == []


def listed(counts, hidden=frozenset()):
    return Table(
        title="Offences by ward",
        columns=(Column("ward", "Ward"), Column("offences", "Offences", "offences")),
        rows=tuple(
            (ward, SUPPRESSED if ward in hidden else count)
            for ward, count in counts.items()
        ),
        sensitive=("offences",),
    )


def test_what_is_left_of_a_list_after_another_is_hidden_too():
    # 12 offences with a knife, 10 with injury: 2 without, which nobody published.
    whole = {"Evelyn": 12, "Lee": 40, "Grove": 25}
    part = {"Evelyn": 10, "Lee": 12, "Grove": 9}
    in_whole, in_part = hidden_together(whole, part)
    assert "Evelyn" in in_whole | in_part
    assert len(in_whole | in_part) > 1
    apart_ = [row for row in whole if hidden_rows(list(whole.values()))]
    assert apart_ == []  # by itself the list had nothing to hide


def test_lists_that_contradict_each_other_are_protected_each_by_itself():
    assert hidden_together({"Lee": 3}, {"Lee": 4}) == (frozenset(), frozenset())
    assert hidden_together({}, {"Lee": 4}) == (frozenset(), frozenset())


@pytest.fixture
def told(evidence):
    """All words and numbers of the lists that have something hidden."""
    code, name = next(iter(evidence.boroughs.items()))
    found = tables_by_ward(evidence, Area(code, name, "borough"))
    return [each for each in found.values() if SUPPRESSED in str(each.table.rows)]


def test_hidden_rows_stand_last_and_in_the_order_of_their_names(told):
    assert told
    for finding in told:
        marks = [row[1] == SUPPRESSED for row in finding.table.rows]
        assert marks == sorted(marks)
        names = [row[0] for row in finding.table.rows if row[1] == SUPPRESSED]
        assert names == sorted(names)


def test_every_document_says_what_the_protected_table_says(assessment):
    # All of them are made from the JSON, which tests of the reports hold them to.
    text = json.loads(to_json(assessment))
    tables = [each["table"] for each in text["findings"] if each.get("table")]
    assert not any(table["sensitive"] for table in tables)
    marked = [table for table in tables if SUPPRESSED in str(table["rows"])]
    assert marked
    for table in marked:
        assert any("1 to 4" in note for note in table["notes"])
