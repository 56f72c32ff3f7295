"""saferplan load: publishers' files into the evidence store."""

import getpass
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import StoreOption, errors_in_one_line, open_store
from saferplan.plurals import plural

if TYPE_CHECKING:
    from saferplan.store import EvidenceStore
    from saferplan.store.release import SliceChange

MANY = 5  # revised slices named in a question; the rest are counted


def load(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files and folders: CSV, ZIP, XLSX, Parquet, boundaries."),
    ],
    store: StoreOption = None,
    published: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="When the publisher put these out, if the files do not say.",
        ),
    ] = None,
    force: Annotated[
        str,
        typer.Option(
            help="The police force, for stop and search files that do not say."
        ),
    ] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Replace revised months without asking.")
    ] = False,
) -> None:
    """Load published files, and say what became of every one of them."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from saferplan.sources import load_paths

    console = Console(stderr=True)
    with (
        errors_in_one_line(),
        Progress(
            TextColumn("Reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,  # it would leave an empty line behind
        ) as bar,
    ):
        task = bar.add_task("", total=None)
        place = open_store(store)
        # What was here before this call. A file that revises another of the same call
        # is no news to anybody.
        mine = set() if yes else held_slices(place)

        def progress(name: str, done: int, total: int) -> None:
            bar.update(task, description=name, completed=done, total=total)

        def confirm(changes: "list[SliceChange]") -> bool:
            news = [change for change in changes if change.slice in mine]
            if not news or not sys.stdin.isatty():
                return True  # the report that follows shows every revision
            bar.stop()
            agreed = typer.confirm(question(news), err=True)
            bar.start()
            mine.difference_update(change.slice for change in news)
            return agreed

        report = load_paths(
            paths,
            place,
            by=getpass.getuser(),
            published=published.date() if published else None,
            force=force,
            progress=progress,
            confirm=confirm,
        )
    for line in report.lines():
        refused = line.startswith("Refused:")
        typer.secho(line, err=refused, fg="red" if refused else None)
    if not report.lines():
        typer.echo("There was nothing to load.")
    raise typer.Exit(report.exit_code)


def held_slices(store: "EvidenceStore") -> set[str]:
    """The names of every slice that the store holds, of any dataset."""
    from saferplan.store.datasets import DATASETS

    return {name for dataset in DATASETS for name in store.slices(dataset)["slice"]}


def question(changes: "list[SliceChange]") -> str:
    """Ask whether months already loaded may be replaced, showing the difference."""
    lines = [
        f"  {change.slice}: {plural(change.rows_before, 'row')}, "
        f"{change.rows_after:,} now "
        f"({change.rows_added:,} new, {change.rows_removed:,} gone)"
        for change in changes[:MANY]
    ]
    if len(changes) > MANY:
        lines.append(f"  and {len(changes) - MANY:,} more")
    return "\n".join(
        [
            f"The publisher has revised {len(changes):,} parts of what is loaded:",
            *lines,
            "Replace them?",
        ]
    )
