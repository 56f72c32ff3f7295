"""
Recorded crime by borough, ward and LSOA, from the Metropolitan Police.

Licence  Open Government Licence v3.0
Cadence  monthly, about the middle of the next month; every issue revises the past
Caution  boroughs, wards and LSOAs do not add up: an offence that could not be placed is
         in the larger area only. LSOAs leave out sexual offences and fraud. City of
         London has its own police and is not here. "Unknown" and the airports stand
         among the boroughs and have no code

A row is one area, category and month. A zero is kept: the police say there was none. A
category that an area's table does not list at all had none in that table's months.

Which figure is newest: the monthly table stands to the end of its last month. The
historical one comes out again with each monthly table and ends where that one begins,
so it stands to 24 months after its own last month. Tables in the layout of 2018 and
before came out once and stand to the end of their last month. So of two tables that
both have March 2023, the later drawn wins, whichever of the two kinds it is.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from saferplan.definitions.undated import UNDATED
from saferplan.errors import SourceChanged
from saferplan.sources.csv_table import read_csv_table
from saferplan.sources.mps_areas import with_areas
from saferplan.sources.mps_categories import OLDEST, scheme_of, words_of
from saferplan.sources.mps_layout import Layout, layout_of
from saferplan.sources.mps_months import (
    RECENT_MONTHS,
    published_on,
    stub_months,
    surges,
)
from saferplan.sources.parquet_table import read_parquet_table
from saferplan.sources.sorting import (
    all_refused,
    as_number,
    is_not_given,
    joined,
    reason_of,
)
from saferplan.sources.source import Source, SourceFile
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import Reading, no_refusals

KEPT = [
    "publisher",
    "area_set",
    "vintage",
    "area_code",
    "area_name",
    "parent_code",
    "parent_name",
    "scheme",
    "major",
    "minor",
]
PUBLISHED = [
    "major",
    "minor",
    "lsoa_code",
    "lsoa_name",
    "ward_code",
    "ward_name",
    "borough",
]
MOST_OFFENCES = 9_000_000
NOTES = {
    "borough": "City of London is not here. Offences of no known borough are under "
    "Unknown: the boroughs alone do not add up to London.",
    "ward": "Wards do not add up to boroughs: some offences could not be placed.",
    "lsoa": "LSOAs leave out sexual offences and fraud, and do not add up to wards or "
    "boroughs.",
}


@dataclass(frozen=True)
class Table:
    """
    The publisher's table, under our names for its columns.

    rows     one for each area and category: _line, and a column for each role
    layout   which of their columns was which
    """

    layout: Layout
    rows: pl.DataFrame
    rows_read: int
    refused: pl.DataFrame

    @property
    def cells_a_row(self) -> int:
        return len(self.layout.months) or 1

    @property
    def months(self) -> list[str]:
        """The months it speaks of, such as "202403", in order."""
        if self.layout.months:
            return sorted(self.layout.months)
        return sorted(self.rows["month"].drop_nulls().unique().to_list())


def recognises(file: SourceFile) -> bool:
    known = file.kind in ("csv", "parquet")
    return known and layout_of(file.header).is_recorded_crime


def read(file: SourceFile) -> list[Reading]:
    """
    Return one row for each area, category and month.

    rows_read counts cells: rows of the table times its months; a row too broken to
    have cells counts once. Offences are null where the publisher gives a mark ("*",
    "<5") and not a number.

    Raises SourceChanged where no column says which area a row is about.
    """
    table = open_table(file)
    rows = with_faults(with_scheme(with_areas(table.rows, table.layout, table.months)))
    cells = cells_of(rows, table.layout)
    stubs = stub_months(totals(cells))
    cells = cells.with_columns(_reason=reason_of(faults(stubs)))
    good = cells.filter(pl.col("_reason").is_null())
    broken = table.refused.height
    return [
        Reading(
            source=SOURCE.name,
            dataset="recorded_crime",
            file=file.facts,
            kept=kept_rows(rows, good),
            rows_read=(table.rows_read - broken) * table.cells_a_row + broken,
            published=published(table, rows, good),
            refused=all_refused([table.refused, refused_cells(rows, cells)]),
            notes=(NOTES[table.layout.area_set], *notes_on(rows, good, stubs)),
        )
    ]


def open_table(file: SourceFile) -> Table:
    if file.kind == "parquet":
        frame = read_parquet_table(file)
        rows_read, refused = frame.height, no_refusals()
    else:
        csv = read_csv_table(file)
        frame, rows_read, refused = csv.frame, csv.rows_read, csv.refused
    layout = layout_of(frame.columns)
    if layout.area_set == "borough" and "borough" not in layout.roles:
        raise SourceChanged(
            f"{file.facts.name} has no column with the borough. The publisher may have "
            f"changed its layout: compare its columns with ROLES in "
            f"saferplan.sources.mps_layout."
        )
    ours = {
        role: pl.col(column).cast(pl.String).str.strip_chars()
        for role, column in layout.roles.items()
    }
    return Table(
        layout, frame.select("_line", *layout.months, **ours), rows_read, refused
    )


def with_scheme(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with the categories in our words, and the scheme they are of."""
    words = {name: words_of(rows[name]) for name in ("major", "minor")}
    all_words = {word for found in words.values() for word in found.values() if word}
    ours = {
        name: pl.col(name).replace_strict(found, return_dtype=pl.String)
        for name, found in words.items()
    }
    return rows.with_columns(
        publisher=pl.lit("mps"),
        scheme=pl.lit(scheme_of(all_words)),
        _text=joined(name for name in PUBLISHED if name in rows.columns),
        **ours,
    )


def with_faults(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with `_fault`: why none of a row's cells can be taken, else null."""
    key = ["area_code", "area_name", "parent_name", "major", "minor"]
    if "month" in rows.columns:
        key.append("month")
    again = ~pl.struct(key).is_first_distinct()
    no_category = pl.any_horizontal(pl.col("major", "minor").is_null())
    return rows.with_columns(
        _fault=pl.coalesce(
            "_area_fault",
            pl.when(no_category).then(pl.lit("the row has no category")),
            pl.when(again).then(
                pl.lit("the area and category stand twice in the file")
            ),
        )
    )


def cells_of(rows: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """
    Every number of the table: its row, month, offences, and what may be wrong.

    _row       the place in `rows`
    _offences  null where there is no number
    _missing   an empty cell, or a mark in place of a number
    """
    numbered = rows.select(
        "_fault",
        *(layout.months or ("month", "offences")),
        _row=pl.int_range(pl.len(), dtype=pl.UInt32),
    )
    if layout.months:
        numbered = numbered.unpivot(
            index=["_row", "_fault"],
            on=list(layout.months),
            variable_name="month",
            value_name="offences",
        )
    month = pl.col("month").str.to_date("%Y%m", strict=False)
    cells = numbered.rename({"offences": "_cell"}).with_columns(_month=month)
    if cells["_cell"].dtype.is_integer():
        return cells.with_columns(
            _offences=pl.col("_cell").cast(pl.Float64),
            _missing=pl.col("_cell").is_null(),
        )
    return cells.with_columns(
        _offences=as_number("_cell"), _missing=is_not_given("_cell")
    )


def totals(cells: pl.DataFrame) -> dict[str, int]:
    """Offences of each month over the whole table."""
    return dict(cells.group_by("month").agg(pl.sum("_offences")).drop_nulls().rows())


def faults(stubs: list[str]) -> dict[str, pl.Expr]:
    offences, given = pl.col("_offences"), ~pl.col("_missing")
    return {
        "a row we cannot take": pl.col("_fault").is_not_null(),
        "the month is not a year and a month": pl.col("_month").is_null(),
        "the month is not over": pl.col("_month") > date.today().replace(day=1),
        "a stub of a month, not a month's offences": pl.col("month").is_in(stubs),
        "not a number": given & offences.is_null(),
        "not a whole number": given & (offences != offences.floor()),
        "fewer than no offences": given & (offences < 0),
        "more offences than London has people": given & (offences > MOST_OFFENCES),
    }


def kept_rows(rows: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    # Twelve words for each of millions of cells: kept as categories, they take a
    # quarter of the memory.
    words = rows.select(
        pl.col(name).cast(pl.Int32 if name == "vintage" else pl.Categorical)
        for name in KEPT
    )
    kept = words[cells["_row"]].with_columns(
        month=cells["_month"], offences=cells["_offences"].cast(pl.Int64)
    )
    return kept.select(DATASETS["recorded_crime"].schema.names)


def refused_cells(rows: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    bad = cells.filter(pl.col("_reason").is_not_null())
    placed = pl.concat(
        [bad, rows[bad["_row"]].select("_line", "_text")], how="horizontal"
    )
    return placed.select(
        line=pl.col("_line").cast(pl.Int64),
        reason=pl.coalesce("_fault", pl.col("_reason").cast(pl.String)),
        text=pl.format(
            "{},{}={}", "_text", "month", pl.col("_cell").cast(pl.String).fill_null("")
        ),
    )


def published(table: Table, rows: pl.DataFrame, good: pl.DataFrame) -> date:
    """The day the table's figures stand to (see the head of this file)."""
    months = sorted(good["month"].unique().to_list())
    if not months:
        return UNDATED
    is_history = len(table.layout.months) > RECENT_MONTHS + 1
    is_old = rows["scheme"][0] == OLDEST
    return published_on(months, is_reissued=is_history and not is_old)


def notes_on(rows: pl.DataFrame, good: pl.DataFrame, stubs: list[str]) -> list[str]:
    """What is odd about some months of this table, in a sentence each."""
    notes = [
        f"{in_words(month)} is a stub in this table and was set aside."
        for month in stubs
    ]
    if rows["area_set"].first() != "borough":
        return notes
    unplaced = rows.select(_unplaced=pl.col("area_name") == "Unknown")[good["_row"]]
    by_month = good.select("month", "_offences").hstack(unplaced)
    every, unknown = totals(by_month), totals(by_month.filter("_unplaced"))
    return notes + [
        f"{in_words(month)}: {unknown[month]:,.0f} of {every[month]:,.0f} offences "
        f"have no borough, so every borough looks low that month. The total does not."
        for month in surges(every, unknown)
    ]


def in_words(month: str) -> str:
    return f"{date(int(month[:4]), int(month[4:]), 1):%B %Y}"


SOURCE = Source(
    name="mps-recorded-crime",
    title="Recorded crime by borough, ward and LSOA",
    publisher="mps",
    licence="Open Government Licence v3.0",
    cadence="monthly, about the middle of the next month",
    caution=(
        "Boroughs, wards and LSOAs do not add up. LSOAs leave out sexual offences and "
        "fraud. Every issue revises the past."
    ),
    datasets=("recorded_crime",),
    recognises=recognises,
    read=read,
)
