"""What a source hands to the store: rows to keep, rows refused, and where from."""

from dataclasses import dataclass, field
from datetime import date

import polars as pl

REFUSED_COLUMNS = {"line": pl.Int64, "reason": pl.String, "text": pl.String}


def no_refusals() -> pl.DataFrame:
    return pl.DataFrame(schema=REFUSED_COLUMNS)


@dataclass(frozen=True)
class FileFacts:
    """The publisher's file, as it lay on disk or inside an archive."""

    name: str  # "2024-03-kent-street.csv", or "archive.zip/2024-03/..."
    sha256: str
    size: int  # bytes


@dataclass(frozen=True)
class Reading:
    """
    One file, read.

    kept       rows in the columns of the dataset (see saferplan.store.datasets)
    refused    rows we could not take: line, reason, text (the row, verbatim)
    rows_read  counted by the reader on its own, so that the store can check that
               rows read = kept + refused. For a wide table (a column per month) a
               row is one cell: one area, category and month.
    published  when the publisher put this out, if the file or its name says so;
               otherwise the last day it speaks of, or 1970-01-01 if it speaks of none.
               Newer publications win.
    notes      what anyone using these rows should know about this file
    """

    source: str
    dataset: str
    file: FileFacts
    kept: pl.DataFrame
    rows_read: int
    published: date
    refused: pl.DataFrame = field(default_factory=no_refusals)
    notes: tuple[str, ...] = ()
