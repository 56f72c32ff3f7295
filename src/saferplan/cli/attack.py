"""saferplan attack: what anybody can work out of the hidden counts of a table."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from saferplan.cli.counted_tables import (
    ColumnsOption,
    CountOption,
    RowsOption,
    ThresholdOption,
    WithinOption,
    ZerosOption,
    published_counts,
)
from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, TableArgument, tell

if TYPE_CHECKING:
    import pandas as pd


def attack(
    file: TableArgument,
    rows: RowsOption = "area",
    columns: ColumnsOption = None,
    within: WithinOption = None,
    count: CountOption = "count",
    threshold: ThresholdOption = 5,
    hide_zeros: ZerosOption = False,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Work out hidden counts; fail if too much can be."""
    layout = (rows, columns, within, count)
    with errors_in_one_line():
        table = attacked(file, layout, threshold, 0 if hide_zeros else 1)
    narrow = int((table["verdict"] != "open").sum())
    said = [
        f"{len(table)} counts and totals are hidden, by [c], <{threshold} or the like, "
        f"or because the table leaves them out.",
        f"An attacker can narrow {narrow or 'none'} of them more than is safe.",
    ]
    tell(said, table, {"narrowed": narrow}, as_json=as_json, csv=csv)
    if narrow:
        raise typer.Exit(1)


def attacked(
    file: Path,
    layout: tuple[str, str | None, str | None, str],
    threshold: int,
    lowest: int,
) -> "pd.DataFrame":
    """Each hidden count with its limits and a verdict, the worst first."""
    from saferplan.methods.disclosure_attack import Published
    from saferplan.methods.disclosure_attack import attack as limits_of
    from saferplan.methods.disclosure_suppression import narrowed

    made, shown, least, most = published_counts(file, *layout, lowest=lowest)
    published = Published(shown, made.sums, least, most)
    found = limits_of(published)
    narrow = narrowed(published, threshold=threshold).index
    verdicts = [
        verdict(lower, upper, threshold, cell in narrow)
        for cell, lower, upper in zip(
            found.index, found["lower"], found["upper"], strict=True
        )
    ]
    found.insert(0, "verdict", verdicts)
    found["order"] = [ORDER.index(each) for each in verdicts]
    return found.sort_values("order", kind="stable").drop(columns="order").reset_index()


ORDER = ["worked out", "known to be small", "narrowed", "open"]


def verdict(lower: float, upper: float, threshold: int, is_narrow: bool) -> str:
    if not is_narrow:
        return "open"
    if lower == upper:
        return "worked out"
    return "known to be small" if upper < threshold else "narrowed"
