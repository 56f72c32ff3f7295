"""
Open a table of the Metropolitan Police whose columns are spelt in several ways.

The same table is a CSV with `Month_Year` and a Parquet file with `month_year`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from saferplan.sources.csv_table import read_csv_table
from saferplan.sources.parquet_table import read_parquet_table
from saferplan.sources.source import SourceFile
from saferplan.store.reading import no_refusals


@dataclass(frozen=True)
class PlainTable:
    """
    rows     `_line`, `_text` (the row as text) and a column of text for each of the
             publisher's, under its plain name
    refused  rows too broken to be read as any
    """

    rows: pl.DataFrame
    rows_read: int
    refused: pl.DataFrame


def plain(column: str) -> str:
    """
    Return a column's name without capitals, spaces and marks.

    >>> plain("Borough_SNT"), plain("area name ")
    ('boroughsnt', 'areaname')
    """
    return re.sub(r"[^a-z0-9]", "", column.lower())


def has_columns(file: SourceFile, needed: Iterable[str]) -> bool:
    """Whether a CSV or Parquet file has all these columns, by their plain names."""
    known = file.kind in ("csv", "parquet")
    return known and set(needed) <= {plain(column) for column in file.header}


def open_plain(file: SourceFile) -> PlainTable:
    """
    Return the table as text; null where a cell is empty.

    Raises SourceChanged or SourceUnsafe where it cannot be read.
    """
    if file.kind == "parquet":
        frame = read_parquet_table(file)
        rows_read, refused = frame.height, no_refusals()
    else:
        csv = read_csv_table(file)
        frame, rows_read, refused = csv.frame, csv.rows_read, csv.refused
    texts = {
        plain(column): pl.col(column).cast(pl.String).str.strip_chars()
        for column in frame.columns
        if column != "_line"
    }
    rows = frame.select("_line", **texts).with_columns(
        pl.col(name).replace("", None) for name in texts
    )
    return PlainTable(
        rows.with_columns(
            _text=pl.concat_str([pl.col(n).fill_null("") for n in texts], separator=",")
        ),
        rows_read,
        refused,
    )


def day_of(column: str) -> pl.Expr:
    """A day written 2024-03-01, with or without a time, or 01/03/2024."""
    day = pl.col(column).str.slice(0, 10)
    return pl.coalesce(
        day.str.to_date("%Y-%m-%d", strict=False),
        day.str.to_date("%d/%m/%Y", strict=False),
    )
