"""
Slices: the parts of a dataset that one publication replaces whole.

A publisher who revises March replaces March. `Dataset.slice_by` says which columns
make a slice (publisher, area set, month); its name, made from their values, is also the
name of a folder, so it is plain: `police-uk.city-of-london.2019-01`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

import polars as pl

from saferplan.errors import StoreError
from saferplan.store.datasets import DATASETS, Dataset
from saferplan.store.reading import Reading

Value = str | int | date
LONGEST = 40  # characters of one value in a name; a folder name ends at 255


@dataclass(frozen=True)
class Slice:
    """Some rows of one reading, all of one slice. `key` has a value per column."""

    name: str
    key: tuple[Value, ...]
    rows: pl.DataFrame


@cache
def slice_name(key: tuple[Value, ...]) -> str:
    """
    Return the name of the slice with these values: letters, digits, `-` and `.`.

    >>> slice_name(("police-uk", "City of London Police", date(2019, 1, 1)))
    'police-uk.city-of-london-police.2019-01'
    """
    return ".".join(plain(value) for value in key)


def plain(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m}" if value.day == 1 else value.isoformat()
    ascii_only = unicodedata.normalize("NFKD", str(value)).encode("ascii", "ignore")
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only.decode().lower()).strip("-")
    if 0 < len(words) <= LONGEST:
        return words
    return f"{words[:LONGEST]}-{sha256(str(value).encode()).hexdigest()[:8]}"


def slice_names(reading: Reading) -> set[str]:
    """
    Return the names of the slices that `reading` has rows for.

    Two readings of one load may not share a slice: a loader asks this to tell which
    files have to be loaded one after the other.
    """
    return slices_in(check_reading(reading), DATASETS[reading.dataset])


def slices_in(rows: pl.DataFrame, dataset: Dataset) -> set[str]:
    keys = rows.select(dataset.slice_by).unique().rows()
    return {slice_name(key) for key in keys}


def cut(rows: pl.DataFrame, dataset: Dataset) -> Iterator[Slice]:
    """
    Yield the slices of `rows` one at a time, in order of first appearance.

    Each is in the types of its dataset. All of the rows at once would not be: millions
    of words that a source holds as categories take many times the room.
    """
    columns = list(dataset.slice_by)
    groups = (
        rows.select(columns)
        .with_row_index("_row")
        .group_by(columns, maintain_order=True)
        .agg("_row")
    )
    places = groups.get_column("_row")
    for number, key in enumerate(groups.select(columns).rows()):
        part = rows if len(groups) == 1 else rows[places[number]]
        yield Slice(slice_name(key), key, part.cast(polars_schema(dataset)))


def digest(rows: pl.DataFrame) -> str:
    """
    Return a short text that is the same for the same rows in any order.

    Equal digests mean equal rows. Unequal ones mean little: another machine, or
    another version of Polars, can give the same rows another digest.
    """
    marks = rows.hash_rows()
    squares = (marks * marks).sum()
    return f"{len(rows):x}-{marks.sum() or 0:016x}-{squares or 0:016x}"


def difference(before: pl.DataFrame, after: pl.DataFrame) -> tuple[int, int]:
    """Return how many rows of `after` are new, and how many of `before` are gone."""
    marks = pl.concat([signed(after, 1), signed(before, -1)])
    counted = marks.group_by("mark").agg(pl.sum("times")).get_column("times")
    added = counted.filter(counted > 0).sum()
    removed = -counted.filter(counted < 0).sum()
    return int(added), int(removed)


def signed(rows: pl.DataFrame, sign: int) -> pl.DataFrame:
    """Return a mark per row, the same for the same row, with a count of `sign`."""
    marks = rows.hash_rows().cast(pl.UInt64).to_frame("mark")
    return marks.with_columns(times=pl.lit(sign, pl.Int64))


def check_reading(reading: Reading) -> pl.DataFrame:
    """
    Return the kept rows in the columns of their dataset, in types that stand for its.

    Raises StoreError if the source has not kept its word: other columns or types, a
    slice column without a value, or rows that are neither kept nor refused.
    """
    dataset = DATASETS[reading.dataset]
    schema = polars_schema(dataset)
    file = reading.file.name
    strays = set(reading.kept.columns) ^ set(schema)
    if strays:
        raise StoreError(
            f"{reading.source} read {file} wrongly: {dataset.name} and its rows do "
            f"not have the same columns. In one but not the other: {sorted(strays)}"
        )
    accounted = len(reading.kept) + len(reading.refused)
    if reading.rows_read != accounted:
        raise StoreError(
            f"{reading.source} lost count of {file}: {reading.rows_read} rows read, "
            f"but {len(reading.kept)} kept and {len(reading.refused)} refused."
        )
    for column, wanted in schema.items():
        if not stands_for(given := reading.kept.schema[column], wanted):
            raise StoreError(
                f"{reading.source} read {file} wrongly: {column} of {dataset.name} "
                f"should be {wanted}, not {given}."
            )
    for column in dataset.slice_by:
        if reading.kept.get_column(column).null_count():
            raise StoreError(
                f"{reading.source} read {file} wrongly: some rows have no {column}, "
                f"and every row of {dataset.name} needs one."
            )
    return reading.kept.select(list(schema))


def stands_for(given: pl.DataType, wanted: pl.DataType) -> bool:
    """Whether values of one type can be made those of another with nothing lost."""
    return bool(
        given in (wanted, pl.Null)
        or (wanted == pl.String and given in (pl.Categorical, pl.Enum))
        or (wanted.is_integer() and given.is_integer())
    )


def polars_schema(dataset: Dataset) -> pl.Schema:
    """Return the columns of `dataset` and their types, as Polars has them."""
    return pl.Schema(dataset.schema)
