"""saferplan releases: what has been loaded, when, and what became of its rows."""

from typing import TYPE_CHECKING

import typer

from saferplan.cli.options import StoreOption, errors_in_one_line, open_store
from saferplan.plurals import plural

if TYPE_CHECKING:
    from saferplan.store.release import Release


def releases(store: StoreOption = None) -> None:
    """List what has been loaded, oldest first."""
    with errors_in_one_line():
        loaded = open_store(store).releases()
    for release in loaded:
        typer.echo(
            f"{release.id}  {published(release)}  {release.source} -> "
            f"{release.dataset}: {plural(release.rows_read, 'row')} read = "
            f"{release.rows_kept:,} kept + {release.rows_quarantined:,} quarantined + "
            f"{release.rows_known:,} already known; loaded by {release.loaded_by} on "
            f"{release.loaded_at:%Y-%m-%d}"
        )
    if not loaded:
        typer.echo("Nothing has been loaded yet. Run: saferplan load FOLDER")


def published(release: "Release") -> str:
    from saferplan.definitions.undated import UNDATED

    return "undated" if release.published == UNDATED else str(release.published)
