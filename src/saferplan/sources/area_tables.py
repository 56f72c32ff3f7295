"""
Tables with a row for each area and a column for each figure, from any kind of file.

The same table comes as CSV, as a sheet of a workbook or as Parquet. Here it becomes one
frame of text with `_line`, then one row per figure: that is what is counted as read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from saferplan.areas.codes import AREA_SETS, IN_WORDS
from saferplan.errors import SourceChanged
from saferplan.sources.csv_table import read_csv_table
from saferplan.sources.parquet_table import read_parquet_table
from saferplan.sources.sorting import as_number, is_not_given
from saferplan.sources.source import SourceFile
from saferplan.sources.workbook import sheet_rows
from saferplan.store.reading import no_refusals

# A mark that sends the reader to a note: "City of London[note 9]".
NOTE = re.compile(r"\s*\[notes?[^\]]*\]", re.IGNORECASE)

FIGURE = ("_column", "_cell")

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class AreaTable:
    """
    frame    a column of text for each of the publisher's, and `_line`
    refused  lines that were no rows, already set aside
    """

    frame: pl.DataFrame
    refused: pl.DataFrame = field(default_factory=no_refusals)

    @property
    def columns(self) -> list[str]:
        return [name for name in self.frame.columns if name != "_line"]


def read_area_table(
    file: SourceFile, sheet: str | None = None, *, header: str | None = None
) -> AreaTable:
    """
    Return the table in a CSV or Parquet file, or in one sheet of a workbook.

    header  a word in the heading of the first column of a workbook's table, which may
            stand some lines down; without it the table starts at the first line

    Line breaks, double spaces and marks of notes in headings are gone. A line of commas
    alone is no row.
    """
    if file.kind == "csv":
        table = read_csv_table(file)
        some = table.frame.filter(pl.any_horizontal(pl.exclude("_line").is_not_null()))
        return AreaTable(with_plain_names(some), table.refused)
    if file.kind == "parquet":
        frame = read_parquet_table(file)
        return AreaTable(with_plain_names(frame.with_columns(as_text(frame))))
    assert sheet is not None, "a workbook's table is in one of its sheets"
    return AreaTable(sheet_table(file, sheet, header))


def as_text(frame: pl.DataFrame) -> list[pl.Expr]:
    return [pl.col(name).cast(pl.String) for name in frame.columns if name != "_line"]


def with_plain_names(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.rename({name: plain_name(name) for name in frame.columns})


def plain_name(heading: object) -> str:
    r"""
    A heading without its marks, line breaks and double spaces.

    >>> plain_name("Household figures\n (mid-2021)  rounded to 100\n[note 6] ")
    'Household figures (mid-2021) rounded to 100'
    """
    return " ".join(NOTE.sub("", str(heading)).split())


def sheet_table(
    file: SourceFile, sheet: str, header: str | None, rows: Rows | None = None
) -> pl.DataFrame:
    """
    The table in a sheet, or in rows of it that have been read already.

    A column without a heading is left out.
    """
    rows = sheet_rows(file, sheet) if rows is None else rows
    start = header_row(file, sheet, rows, header)
    names = [plain_name(cell) for cell in rows[start]]
    wanted = [place for place, name in enumerate(names) if name]
    lines = [
        (number, *(text_of(row[place]) for place in wanted))
        for number, row in enumerate(rows[start + 1 :], start=start + 2)
        if any(cell != "" for cell in row)
    ]
    columns = [names[place] for place in wanted]
    repeated = {name for name in columns if columns.count(name) > 1}
    if repeated:
        raise SourceChanged(
            f"{file.facts.name}, sheet {sheet!r}, has two columns called "
            f"{', '.join(sorted(repeated))}. The publisher may have changed its layout."
        )
    schema = {"_line": pl.Int64} | dict.fromkeys(columns, pl.String)
    return pl.DataFrame(lines, schema=schema, orient="row")


def header_row(file: SourceFile, sheet: str, rows: Rows, header: str | None) -> int:
    if header is None:
        return 0
    for place, row in enumerate(rows):
        if (
            header.casefold() in plain_name(row[0]).casefold()
            and len(row) > 1
            and row[1]
        ):
            return place
    raise SourceChanged(
        f"{file.facts.name}, sheet {sheet!r}, has no table that starts with a column "
        f"called {header!r}. The publisher may have changed its layout."
    )


def text_of(cell: object) -> str | None:
    """
    A cell of a workbook as text; null where it is empty.

    >>> text_of(1473.0), text_of(0.125), text_of(""), text_of(" x ")
    ('1473', '0.125', None, 'x')
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() or None


def figures(
    table: AreaTable, keys: Mapping[str, str], columns: Iterable[str]
) -> pl.DataFrame:
    """
    Return one row per figure: the area's keys, `_line`, `_column` and `_cell`.

    keys     the publisher's column for each of our columns, such as area_code
    columns  the publisher's columns with figures in them
    """
    named = table.frame.select(
        "_line",
        *(
            pl.col(theirs).str.strip_chars().alias(ours)
            for ours, theirs in keys.items()
        ),
        *columns,
    )
    return named.unpivot(
        index=["_line", *keys],
        on=list(columns),
        variable_name="_column",
        value_name="_cell",
    )


def count_of_figures(table: AreaTable, columns: Iterable[str]) -> int:
    """How many figures were read, by the table's height and breadth."""
    return table.frame.height * len(list(columns)) + table.refused.height


def area_set(code: str = "area_code") -> pl.Expr:
    """The kind of area a code names, null if it is no code we know."""
    text = pl.col(code)
    shape = text.str.contains(r"^[A-Z]\d{8}$")
    kind = text.str.slice(0, 3).replace_strict(
        AREA_SETS, default=None, return_dtype=pl.String
    )
    return pl.when(shape).then(kind)


def area_faults(*sets: str, code: str = "area_code") -> dict[str, pl.Expr]:
    """What can be wrong with the code of an area of one of these sets."""
    kinds = " or ".join(IN_WORDS[name] for name in sets)
    return {
        "no area code": pl.col(code).is_null() | (pl.col(code) == ""),
        f"not the code of {kinds}": ~area_set(code).is_in(sets).fill_null(False),
    }


def number_faults(*, count: bool) -> dict[str, pl.Expr]:
    """What can be wrong with a figure: not given, no number, or no count."""
    number = as_number("_cell")
    faults = {
        "the publisher gives no figure": is_not_given("_cell"),
        "not a number": number.is_null() | ~number.is_finite(),
    }
    if count:
        faults["a count below zero"] = number < 0
        faults["a count that is not a whole number"] = number != number.round(0)
    return faults


def repeated(*keys: str) -> dict[str, pl.Expr]:
    """A row whose area and figure have already been read from an earlier line."""
    return {
        "this area's figure is in the file twice": ~pl.struct(*keys).is_first_distinct()
    }


def check_columns(file: SourceFile, table: AreaTable, needed: Iterable[str]) -> None:
    """Raise SourceChanged, naming the columns of `needed` that the table lacks."""
    missing = sorted(set(needed) - set(table.columns))
    if missing:
        raise SourceChanged(
            f"{file.facts.name} has no column {', '.join(missing)}. The publisher may "
            f"have changed its layout."
        )


def matching(columns: Iterable[str], pattern: str) -> str | None:
    """The first column whose whole name fits the pattern, capitals aside."""
    fits = re.compile(pattern, re.IGNORECASE)
    return next((name for name in columns if fits.fullmatch(name)), None)


def column_like(
    file: SourceFile, columns: Iterable[str], pattern: str, example: str
) -> str:
    """
    The first column whose whole name fits the pattern.

    Raises SourceChanged, naming the example, if there is none.
    """
    found = matching(columns, pattern)
    if found is None:
        raise SourceChanged(
            f"{file.facts.name} has no column like {example!r}. The publisher may have "
            f"changed its layout."
        )
    return found


def by_column(values: Mapping[str, object], kind: type[pl.DataType]) -> pl.Expr:
    """What each of the publisher's columns stands for, on each of its figures."""
    return pl.col("_column").replace_strict(dict(values), return_dtype=kind)
