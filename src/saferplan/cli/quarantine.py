"""saferplan quarantine: the rows that a release refused, as they were published."""

from pathlib import Path
from typing import Annotated

import typer

from saferplan.cli.options import StoreOption, errors_in_one_line, open_store

SHOWN = 20


def quarantine(
    release: Annotated[str, typer.Argument(help="The release's id.")],
    csv: Annotated[
        Path | None, typer.Option(help="Write every refused row to this CSV file.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Show the rows that a release refused, and why."""
    with errors_in_one_line():
        refused = open_store(store).quarantine(release)
        if csv is not None:
            refused.write_csv(csv)
            typer.echo(f"{len(refused):,} refused rows are in {csv}")
            return
    for row in refused.head(SHOWN).iter_rows(named=True):
        typer.echo(f"{row['file']} line {row['line']}: {row['reason']}")
        typer.echo(f"  {row['text']}")
    if len(refused) > SHOWN:
        typer.echo(f"and {len(refused) - SHOWN:,} more; --csv FILE writes them all")
    if refused.is_empty():
        typer.echo(f"Release {release} refused no row.")
