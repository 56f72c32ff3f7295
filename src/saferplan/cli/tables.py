"""What verbs that answer a question about a table share: reading it, and telling."""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.spreadsheet import inert

if TYPE_CHECKING:
    import pandas as pd

WIDEST = 200  # characters of a cell on the terminal; files hold all of them

TableArgument = Annotated[Path, typer.Argument(help="A CSV file with a line of names.")]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Everything as JSON, for another program.")
]
CsvOption = Annotated[
    Path | None,
    typer.Option("--csv", help="Also write the table to this CSV file."),
]


def read_table(
    file: Path, *, columns: Sequence[str], numbers: Iterable[str] = ()
) -> "pd.DataFrame":
    """
    Read a CSV file that has these columns, and perhaps others.

    numbers   columns that must be numbers; an empty cell becomes NaN

    Every other column stays as text, empty cells as empty text. Raises SourceChanged
    that names the column that is missing, or the line and what stands there.
    """
    from saferplan.errors import SourceChanged

    table = rows_under_names(file)
    if missing := [name for name in columns if name not in table]:
        raise SourceChanged(
            f"{file.name} has no column {', '.join(missing)}. It needs "
            f"{', '.join(columns)}, and has {', '.join(table.columns)}."
        )
    for name in numbers:
        if name in table:
            table[name] = as_numbers(file, name, table[name])
    return table


def rows_under_names(file: Path) -> "pd.DataFrame":
    """The rows of a CSV file, each cell as text, under names that stand there once."""
    import pandas as pd

    from saferplan.errors import SourceChanged

    try:
        # With its names as one more row: pandas would else move the cells of rows that
        # are longer than the names, and give a name that stands there twice a number.
        whole = pd.read_csv(
            file, header=None, dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )
    except pd.errors.EmptyDataError as no:
        raise SourceChanged(
            f"{file.name} is empty. It needs a line of names and rows under it."
        ) from no
    except (UnicodeDecodeError, pd.errors.ParserError) as no:
        raise SourceChanged(f"{file.name} {why_no_table(file, no)}") from no
    names = [name.strip() for name in whole.iloc[0].fillna("")]
    table = whole[1:].fillna("").reset_index(drop=True).set_axis(names, axis="columns")
    if "" in names and not (table[""] != "").to_numpy().any():
        table = table.drop(columns="")  # a spreadsheet's empty columns
    if len(table) == 0:
        raise SourceChanged(f"{file.name} has a line of names and no rows under it.")
    if twice := table.columns[table.columns.duplicated()].tolist():
        named = twice[0] or "without a name"
        raise SourceChanged(
            f"{file.name} has more than one column {named}. Give each its own name."
        )
    return table


def why_no_table(file: Path, no: Exception) -> str:
    """What a file is that is no CSV table in UTF-8, and what to do."""
    with file.open("rb") as whole:
        start = whole.read(4)
    if start == b"PK\x03\x04":
        return "is a workbook or another zip. Save its sheet as CSV, and read that."
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "is not a CSV table in UTF-8 but in UTF-16. Save it as “CSV UTF-8”."
    if isinstance(no, UnicodeDecodeError):
        return f"is not text in UTF-8 at byte {no.start:,}. Save it as “CSV UTF-8”."
    if found := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(no)):
        fields, line, seen = found.groups()
        return (
            f"has {seen} cells in line {line}, and {fields} in the lines before. A "
            f"comma or a quotation mark may be out of place there."
        )
    return f"is not a CSV table in UTF-8: {no}. Save it as “CSV UTF-8”."


def as_numbers(file: Path, name: str, told: "pd.Series") -> "pd.Series":
    import numpy as np
    import pandas as pd

    from saferplan.errors import SourceChanged

    plain = told.str.strip().str.replace(",", "")
    found = pd.to_numeric(plain, errors="coerce")
    wrong = (found.isna() & (plain != "")) | np.isinf(found)
    if wrong.any():
        at = int(wrong.to_numpy().argmax())
        raise SourceChanged(
            f"{file.name}, line {at + 2}: {name} must be a number, and "
            f"{told.iloc[at]!r} is none."
        )
    return found


def no_gaps(file: Path, table: "pd.DataFrame", names: Iterable[str]) -> None:
    """
    Raise SourceChanged that names the first empty cell of these columns of numbers.

    table  rows as they were read, or some of them: the index says the line

    A gap is not zero, and the sum of a column takes it for zero.
    """
    from saferplan.errors import SourceChanged

    for name in names:
        if table[name].isna().any():
            line = table.index[table[name].isna()][0] + 2
            raise SourceChanged(
                f"{file.name}, line {line}: {name} is empty. Write 0 if there were "
                f"none, and leave the line out if the number is not known."
            )


def only_once(file: Path, table: "pd.DataFrame", name: str) -> None:
    """Raise SourceChanged that names what stands twice in a column."""
    from saferplan.errors import SourceChanged

    twice = table[name].duplicated()
    if twice.any():
        raise SourceChanged(
            f"{file.name} has {table[name][twice].iloc[0]} more than once in the "
            f"column {name}. Keep one row for each."
        )


def tell(
    said: Sequence[str],
    table: "pd.DataFrame | None" = None,
    numbers: Mapping[str, Any] | None = None,
    *,
    as_json: bool = False,
    csv: Path | None = None,
) -> None:
    """
    Print an answer: the sentences, then the table; or all of it as JSON.

    What is missing prints as an empty cell, and as null in JSON. In CSV, words that a
    spreadsheet would take for a formula have an apostrophe before them.
    """
    if csv is not None and table is not None:
        with errors_in_one_line():
            write_csv(table, csv)
    if as_json:
        typer.echo(json_of(said, table, numbers or {}))
        return
    for sentence in said:
        typer.echo(sentence)
    if table is not None and len(table):
        typer.echo("")
        typer.echo(
            table.to_string(
                index=False,
                na_rep="",
                float_format="{:,.4g}".format,
                max_colwidth=WIDEST,
            )
        )


def write_csv(table: "pd.DataFrame", file: Path) -> None:
    """Write a table to take away. Words that would be a formula get an apostrophe."""
    with file.open("w", encoding="utf-8", newline="") as out:
        table.map(inert).rename(columns=inert).to_csv(
            out, index=False, lineterminator="\n"
        )


def json_of(
    said: Sequence[str], table: "pd.DataFrame | None", numbers: Mapping[str, Any]
) -> str:
    import json

    rows = [] if table is None else json.loads(table.to_json(orient="records"))
    return json.dumps(
        {"sentences": list(said), **plain(dict(numbers)), "table": rows}, indent=2
    )


def plain(value: Any) -> Any:
    """The same without what JSON cannot say: no number, or an endless one, is null."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if hasattr(value, "item"):  # a number of NumPy's
        value = value.item()
    return None if isinstance(value, float) and not isfinite(value) else value
