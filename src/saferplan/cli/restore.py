"""saferplan restore: a backup put back where there is no evidence yet."""

from pathlib import Path
from typing import Annotated

import typer

from saferplan.cli.options import StoreOption, errors_in_one_line


def restore(
    file: Annotated[Path, typer.Argument(help="What saferplan backup wrote.")],
    store: StoreOption = None,
) -> None:
    """Put a backup back into an empty place, checked, whole or not at all."""
    with errors_in_one_line():
        from saferplan.store import default_place
        from saferplan.store.restore import restore as put_back

        place = store or default_place()
        held = put_back(file, place)
        typer.echo(f"{place}: {held}.")
