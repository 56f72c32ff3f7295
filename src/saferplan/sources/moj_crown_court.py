"""
Crown Court caseload and timeliness, from the Ministry of Justice.

Licence  Open Government Licence v3.0
Cadence  quarterly, about three months behind
Caution  a case belongs to the court that hears it, never to the borough where the
         offence happened. The series was revised in December 2024. Medians and means
         of completed cases say nothing yet of the cases still open

Tables by quarter for England and Wales, its regions and its courts, each known by its
columns (see moj_tables). A table by court says "latest" and "a year ago" but no date:
we read it only where the file's name holds the last day of the latest quarter, such as
backlog_by_court_2025-12-31.csv, and never guess.
"""

import re
from datetime import date

import polars as pl

from saferplan.errors import SourceChanged
from saferplan.sources.csv_table import read_csv_table
from saferplan.sources.moj_tables import TABLES, CourtTable
from saferplan.sources.sorting import (
    all_refused,
    as_number,
    in_columns_of,
    is_not_given,
    last_day,
    sort_rows,
)
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

NATION = "England and Wales"
DAY_IN_NAME = re.compile(r"20\d{2}-\d{2}-\d{2}")


def table_of(file: SourceFile) -> CourtTable | None:
    """The table this file holds, by its columns; None if it is none we know."""
    header = frozenset(file.header)
    return next((table for table in TABLES if table.fits(header)), None)


def recognises(file: SourceFile) -> bool:
    return file.kind == "csv" and table_of(file) is not None


def read(file: SourceFile) -> list[Reading]:
    """
    Return one row for each number: a quarter, a place, a category and a statistic.

    rows_read counts numbers: rows of the table times its columns of statistics. A cell
    without a number is kept as missing.

    Raises SourceChanged where a table by court says nowhere which quarter is latest.
    """
    table = table_of(file)
    if table is None:
        raise SourceChanged(
            f"{file.facts.name} is no Crown Court table we know. Compare its columns "
            f"with saferplan.sources.moj_tables."
        )
    csv = read_csv_table(file)
    rows = csv.frame
    if "quarter_end" not in rows.columns:
        rows = rows.with_columns(quarter_end=pl.lit(str(latest_quarter(file))))
    good, refused = sort_rows(cells_of(rows, table), FAULTS, text=TEXT)
    kept = in_columns_of("court", in_our_words(good, table))
    ragged = csv.refused.height
    return [
        Reading(
            source=SOURCE.name,
            dataset="court",
            file=file.facts,
            kept=kept,
            rows_read=(csv.rows_read - ragged) * len(table.statistics) + ragged,
            published=last_day(kept, "period_end"),
            refused=all_refused([csv.refused, refused]),
            notes=notes_on(table),
        )
    ]


def latest_quarter(file: SourceFile) -> date:
    found = DAY_IN_NAME.search(file.facts.name)
    if not found:
        raise SourceChanged(
            f"{file.facts.name} gives open cases now and a year ago, but no date. Put "
            f"the last day of its latest quarter in its name, for example "
            f"backlog_by_court_2025-12-31.csv, and load it again."
        )
    return date.fromisoformat(found.group())


def cells_of(rows: pl.DataFrame, table: CourtTable) -> pl.DataFrame:
    """One row for each number of the table, with all that places it."""
    names = [name for name in (table.place, table.court, *table.category) if name]
    cells = rows.unpivot(
        index=["_line", "quarter_end", *names],
        on=list(table.statistics),
        variable_name="_column",
        value_name="_cell",
    )
    blank = pl.any_horizontal(is_not_given(name) for name in names) if names else False
    return cells.with_columns(
        _day=pl.col("quarter_end").str.to_date("%Y-%m-%d", strict=False),
        _value=as_number("_cell"),
        _unplaced=pl.lit(value=blank) if blank is False else blank,
        _missing=is_not_given("_cell"),
    )


TEXT = ("quarter_end", "_column", "_cell")
FAULTS = {
    "the quarter is not a date": pl.col("_day").is_null(),
    "the quarter is not the last day of one": pl.col("_day")
    != pl.col("_day").dt.offset_by("1d").dt.truncate("1q").dt.offset_by("-1d"),
    "no region, court or category": pl.col("_unplaced"),
    "not a number": pl.col("_value").is_null() & ~pl.col("_missing"),
}


def in_our_words(cells: pl.DataFrame, table: CourtTable) -> pl.DataFrame:
    """Cells in the columns of the dataset `court`."""
    said = pl.col("_column").replace_strict(
        {name: meaning.category for name, meaning in table.statistics.items()},
        return_dtype=pl.String,
    )
    a_year_before = pl.col("_day").dt.offset_by("-1y").dt.month_end()
    place = pl.col(table.place) if table.place else pl.lit(NATION)
    area_set = pl.when(place == NATION).then(pl.lit("country"))
    return cells.with_columns(
        publisher=pl.lit("moj"),
        measure=pl.lit(table.measure),
        area_set=pl.lit("court")
        if table.court
        else area_set.otherwise(pl.lit("region")),
        area_name=pl.col(table.court) if table.court else place,
        parent_name=place if table.court else pl.lit(None, pl.String),
        period_end=pl.when(pl.col("_column").is_in(table.ago))
        .then(a_year_before)
        .otherwise("_day"),
        category=pl.concat_str(
            [*table.category, said], separator=", ", ignore_nulls=True
        ),
        statistic=in_words(table, "statistic"),
        unit=in_words(table, "unit"),
        value=pl.col("_value"),
    ).with_columns(pl.col("category").replace("", None))


def in_words(table: CourtTable, what: str) -> pl.Expr:
    meanings = {name: getattr(this, what) for name, this in table.statistics.items()}
    return pl.col("_column").replace_strict(meanings, return_dtype=pl.String)


def notes_on(table: CourtTable) -> tuple[str, ...]:
    if table.place and not table.court:
        return (
            "Regions are those of the courts service: London is all of its courts.",
        )
    return ()


SOURCE = Source(
    name="moj-crown-court",
    title="Crown Court caseload and timeliness",
    publisher="moj",
    licence="Open Government Licence v3.0",
    cadence="quarterly, about three months behind",
    caution=(
        "A case belongs to the court that hears it, not to the borough of the offence. "
        "The series was revised in December 2024."
    ),
    datasets=("court",),
    recognises=recognises,
    read=read,
)
