"""saferplan protect: hide small counts in a table, and what would give them away."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.counted_tables import (
    HIDDEN,
    ColumnsOption,
    CountOption,
    Groups,
    RowsOption,
    ThresholdOption,
    WithinOption,
    ZerosOption,
    published_counts,
    true_counts,
)
from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, TableArgument, tell, write_csv

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.methods.disclosure_suppression import Protected
    from saferplan.methods.disclosure_tables import Tables


def protect(
    file: TableArgument,
    rows: RowsOption = "area",
    columns: ColumnsOption = None,
    within: WithinOption = None,
    count: CountOption = "count",
    threshold: ThresholdOption = 5,
    hide_zeros: ZerosOption = False,
    known: Annotated[
        list[str] | None,
        typer.Option(help="A total readers know already: everything. Repeat it."),
    ] = None,
    before: Annotated[
        Path | None, typer.Option(help="The true counts of an earlier edition.")
    ] = None,
    before_published: Annotated[
        Path | None, typer.Option(help="That edition as it was published.")
    ] = None,
    log: Annotated[
        Path | None, typer.Option(help="Write what was hidden and why to this file.")
    ] = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Hide small counts in a table, and what gives them away."""
    layout = (rows, columns, within, count)
    with errors_in_one_line():
        tables, groups = true_counts(file, *layout, known or [])
        if before is not None:
            tables = beside(tables, before, before_published, layout)
        found, said = protected(tables, threshold, hide_zeros)
        if log is not None:
            write_csv(found.log, log)
    numbers: dict[str, Any] = {"hidden": int(found.cells["count"].isna().sum())}
    table = shown(found, rows, within, groups)
    tell(said, table, numbers, as_json=as_json, csv=csv)


def beside(
    tables: "Tables",
    before: Path,
    published: Path | None,
    layout: tuple[str, str | None, str | None, str],
) -> "Tables":
    from saferplan.errors import MethodError
    from saferplan.methods.disclosure_editions import next_edition

    if published is None:
        raise MethodError(
            "To compare with an earlier edition, its table as published is needed too: "
            "--before-published FILE."
        )
    old, _groups = true_counts(before, *layout, [])
    out = published_counts(published, *layout, lowest=0)[1]
    return next_edition(tables, old, out)


def protected(
    tables: "Tables", threshold: int, hide_zeros: bool
) -> "tuple[Protected, list[str]]":
    from saferplan.methods.disclosure_suppression import Zeros, narrowed, suppress

    zeros: Zeros = "hidden" if hide_zeros else "shown"
    found = suppress(tables, threshold=threshold, zeros=zeros)
    small = int((found.log["kind"] == "primary").sum())
    others = len(found.log) - small
    first = 0 if hide_zeros else 1
    still = narrowed(found.published, threshold=threshold, cells=found.small)
    said = [
        f"{small + others} of {len(found.cells)} counts and totals are hidden: {small} "
        f"from {first} to {threshold - 1}, and {others} that would give those away.",
        f"From what is left an attacker can narrow {len(still) or 'none'} of them.",
        f"{HIDDEN} means hidden to protect people: a count of {first} to "
        f"{threshold - 1}, or a count from which one of those could be worked out.",
        *found.cautions,
    ]
    return found, said if len(found.log) else ["There is nothing small to hide."]


def shown(
    found: "Protected", rows: str, within: str | None, groups: "Groups"
) -> "pd.DataFrame":
    """The table to publish, with a mark where a count is hidden."""
    cells = found.cells.reset_index(drop=True)
    counts = cells["count"].astype(object)
    cells["count"] = counts.where(counts.notna(), HIDDEN)
    if within:
        cells.insert(1, within, cells[rows].map(groups[rows]).fillna("All"))
    return cells
