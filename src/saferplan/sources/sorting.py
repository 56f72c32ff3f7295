"""
Sort a publisher's rows into those we keep and those we refuse, each with a reason.

A source says what is wrong with a row as a condition; the row itself goes into
quarantine word for word. Nothing is mended silently.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from saferplan.definitions.undated import UNDATED
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import no_refusals

# What publishers write in a cell to say that there is a number which they will not or
# cannot give. It is missing; it is never zero.
NOT_GIVEN = r"^(\*|-|–|—|\.{1,2}|:|~|<\s?\d+|n/?a|#n/a|null|\[[a-z]{1,3}\d?\])$"


def is_not_given(column: str) -> pl.Expr:
    """Whether a cell of text is empty, or a mark such as "*", "<5", "[c]" or "[x]"."""
    text = pl.col(column).str.strip_chars().str.to_lowercase()
    return text.is_null() | (text == "") | text.str.contains(NOT_GIVEN)


def as_number(column: str, decimal: str = ".") -> pl.Expr:
    """
    A cell of text as a number; null where it is none.

    decimal  "," for files that write 0,56; otherwise commas may stand between
             thousands, and only there ("1,234", never "12,34")
    """
    text = pl.col(column).str.strip_chars()
    if decimal == ",":
        plain = text.str.replace(",", ".")
    else:
        thousands = text.str.contains(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$")
        plain = pl.when(thousands).then(text.str.replace_all(",", "")).otherwise(text)
    number = plain.cast(pl.Float64, strict=False)
    # "nan" and "inf" are words to a publisher and numbers to a computer.
    return pl.when(number.is_finite()).then(number)


def reason_of(faults: Mapping[str, pl.Expr]) -> pl.Expr:
    """
    Why a row is refused: the first of its faults; null for a row to keep.

    faults  by reason: a condition that is true of a bad row

    The answer is an Enum of the reasons: a number for each row, because the same few
    sentences for each of millions of rows would take more room than the rows.
    """
    reasons = pl.Enum(list(faults))
    return pl.coalesce(
        pl.when(bad).then(pl.lit(why, reasons)) for why, bad in faults.items()
    )


def sort_rows(
    rows: pl.DataFrame, faults: Mapping[str, pl.Expr], *, text: Iterable[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """
    Return the rows without a fault, and the others as refused rows.

    rows    has a column `_line`, where the row stands in the publisher's file
    text    the publisher's own columns, in order, to keep in quarantine

    For whole rows of a CSV file use `CsvTable.set_aside`, which keeps them verbatim.
    """
    judged = rows.with_columns(_reason=reason_of(faults))
    refused = judged.filter(pl.col("_reason").is_not_null()).select(
        line=pl.col("_line").cast(pl.Int64),
        reason=pl.col("_reason").cast(pl.String),
        text=joined(text),
    )
    return judged.filter(pl.col("_reason").is_null()).drop("_reason"), refused


def joined(columns: Iterable[str]) -> pl.Expr:
    """The cells of these columns as one line of text, with commas between."""
    cells = [pl.col(name).cast(pl.String).fill_null("") for name in columns]
    return pl.concat_str(cells, separator=",")


def all_refused(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Every refused row of a file, in the order of the file."""
    some = [part for part in parts if not part.is_empty()]
    return pl.concat(some).sort("line") if some else no_refusals()


def in_columns_of(dataset: str, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with exactly the columns of the dataset, null where they are absent."""
    schema = pl.DataFrame(DATASETS[dataset].schema.empty_table()).schema
    return rows.select(
        (pl.col(name) if name in rows.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in schema.items()
    )


def last_day(rows: pl.DataFrame, column: str) -> date:
    """The last day that any row speaks of; undated where there are no rows."""
    day = rows[column].max()
    return day if isinstance(day, date) else UNDATED
