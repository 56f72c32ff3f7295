"""saferplan backup: the whole evidence store in one file."""

from pathlib import Path
from typing import Annotated

import typer

from saferplan.cli.options import StoreOption, errors_in_one_line


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    store: StoreOption = None,
) -> None:
    """Write the evidence store into one file; others may load meanwhile."""
    with errors_in_one_line():
        from saferplan.store import default_place
        from saferplan.store.backup import back_up

        made = back_up(store or default_place(), file)
        typer.echo(f"{file}: {made}. Keep it on another disk.")
