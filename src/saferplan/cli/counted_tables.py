"""How a table of counts is read that is to be protected, or attacked."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.tables import as_numbers, read_table

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.methods.disclosure_tables import Tables

HIDDEN = "[c]"
# How publishers mark a count that is hidden or not there, beside "<5" and its like.
MARKS = {HIDDEN, "c", "(c)", "*", "**", "..", ":", "x", "[x]", "-", "[low]", ""}
TOTALS = {"all", "total"}

# For a column, the group that each of its values belongs to.
Groups = dict[str, dict[str, str]]

RowsOption = Annotated[str, typer.Option(help="The column that names the rows.")]
ColumnsOption = Annotated[
    str | None, typer.Option(help="A second column, for a table of rows by columns.")
]
WithinOption = Annotated[
    str | None,
    typer.Option(help="The column that says which group each row belongs to."),
]
CountOption = Annotated[str, typer.Option(help="The column with the counts.")]
ThresholdOption = Annotated[int, typer.Option(help="The least count to be shown.")]
ZerosOption = Annotated[
    bool, typer.Option("--hide-zeros", help="Zeros are hidden as small counts are.")
]


def read_counts(
    file: Path, rows: str, columns: str | None, within: str | None, count: str
) -> "tuple[pd.DataFrame, list[str], Groups]":
    """
    Return a file's table, the columns it goes by, and what its rows belong to.

    Totals are called "All", however the file calls them; counts are as they stand.
    """
    by = [rows, *([columns] if columns else [])]
    table = read_table(file, columns=[*by, *([within] if within else []), count])
    for name in by:
        told = table[name].str.strip()
        table[name] = told.mask(told.str.lower().isin(TOTALS), "All")
    groups: Groups = {}
    if within:
        pairs = table.loc[table[within] != "", [rows, within]]
        pairs = pairs[(pairs[rows] != "All") & (pairs[within] != pairs[rows])]
        groups = {rows: dict(zip(pairs[rows], pairs[within].str.strip(), strict=True))}
        # What belongs to everything is told in this way by a table with its totals.
        groups[rows] = {a: b for a, b in groups[rows].items() if b != "All"}
    return table, by, groups


def without_totals(
    table: "pd.DataFrame", by: list[str], groups: Groups
) -> "pd.DataFrame":
    """The rows of a table that are no total of others."""
    for name in by:
        totals = {"All", *groups.get(name, {}).values()}
        table = table[~table[name].isin(totals)]
    return table


def true_counts(
    file: Path,
    rows: str,
    columns: str | None,
    within: str | None,
    count: str,
    known: list[str],
) -> "tuple[Tables, Groups]":
    """Read a table of true counts; totals in the file are left out and counted anew."""
    from saferplan.methods.disclosure_tables import tables_of

    table, by, groups = read_counts(file, rows, columns, within, count)
    parts = without_totals(table, by, groups)
    counted = parts.assign(**{count: as_numbers(file, count, parts[count])})
    made = tables_of(counted, by=by, count=count, groups=groups, known=known)
    return made, groups


def published_counts(
    file: Path,
    rows: str,
    columns: str | None,
    within: str | None,
    count: str,
    lowest: int,
) -> "tuple[Tables, pd.Series, pd.Series, pd.Series]":
    """
    Read a table as it was published, with marks where counts are hidden.

    Returns its cells and sums, the counts shown, and what the marks tell: the least and
    the most that each hidden count can be. A total that the file has not got is hidden.
    """
    import pandas as pd

    from saferplan.errors import SourceChanged
    from saferplan.methods.disclosure_tables import cell_name, tables_of

    table, by, groups = read_counts(file, rows, columns, within, count)
    leaves = without_totals(table, by, groups)
    made = tables_of(leaves.assign(count=0), by=by, groups=groups)
    names = [cell_name(by, row) for row in table[by].itertuples(index=False)]
    told = pd.Series(table[count].str.strip().to_numpy(), index=names)
    if told.index.has_duplicates:
        twice = told.index[told.index.duplicated()][0]
        raise SourceChanged(f"{file.name} has {twice} more than once. Keep one row.")
    told = told.reindex(made.counts.index)
    below = told.str.extract(r"^<\s*(\d+)$")[0].astype(float)
    marked = told.isin(MARKS) | below.notna() | told.isna()
    shown = as_numbers(file, count, told.mask(marked, ""))
    if (wrong := (shown < 0) | (shown % 1 > 0)).any():
        raise SourceChanged(
            f"{file.name}: {told[wrong].iloc[0]} for {told.index[wrong][0]} is no "
            f"count. Counts are whole numbers from 0, or hidden by a mark such as [c]."
        )
    least = pd.Series(float(lowest), index=told.index).mask(told.isna(), 0.0)
    most = (below - 1).fillna(float("inf"))
    return made, shown, least, most
