"""saferplan quarantine: the rows that a release set aside, as they were published."""

from csv import writer
from pathlib import Path
from typing import Annotated

import typer

from saferplan.cli.options import StoreOption, errors_in_one_line, open_store
from saferplan.plurals import plural
from saferplan.spreadsheet import inert

SHOWN = 20


def quarantine(
    release: Annotated[str, typer.Argument(help="The release's id.")],
    csv: Annotated[
        Path | None, typer.Option(help="Write every quarantined row to this CSV file.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Show the rows that a release set aside, and why."""
    with errors_in_one_line():
        rows = open_store(store).quarantine(release)
        if csv is not None:
            with csv.open("w", encoding="utf-8", newline="") as out:
                lines = writer(out)
                lines.writerow(rows.columns)
                # Verbatim but for an apostrophe: a refused row may hold anything.
                lines.writerows(map(inert, row) for row in rows.iter_rows())
            typer.echo(f"{plural(len(rows), 'quarantined row')} written to {csv}")
            return
    for row in rows.head(SHOWN).iter_rows(named=True):
        typer.echo(f"{row['file']} line {row['line']}: {row['reason']}")
        typer.echo(f"  {row['text']}")
    if len(rows) > SHOWN:
        typer.echo(f"and {len(rows) - SHOWN:,} more; --csv FILE writes them all")
    if rows.is_empty():
        typer.echo(f"Release {release} has no row in quarantine.")
