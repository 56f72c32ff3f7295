"""What several verbs have in common: where the store is, and how an error is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.errors import SaferplanError

if TYPE_CHECKING:
    from saferplan.store import EvidenceStore

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        help="The folder of the evidence store. By default SAFERPLAN_STORE, or a "
        "folder among your own data.",
    ),
]


def open_store(place: Path | None) -> "EvidenceStore":
    # The store brings its engine with it, which `--help` can do without.
    from saferplan.store import EvidenceStore, default_place

    return EvidenceStore(place or default_place())


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    """Tell an error that we raised on purpose in one line, and leave with 1."""
    try:
        yield
    except SaferplanError as error:
        typer.secho(" ".join(str(error).split()), err=True, fg="red")
        raise typer.Exit(1) from error
    except BrokenPipeError:
        raise  # whoever read our output has seen enough; Typer ends quietly
    except UnicodeDecodeError as error:
        typer.secho(
            f"A file is not text in UTF-8: {error.reason} at byte {error.start}. Save "
            f"it as UTF-8 again.",
            err=True,
            fg="red",
        )
        raise typer.Exit(1) from error
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        reason = error.strerror or error
        typer.secho(f"The disk refused: {reason}{where}.", err=True, fg="red")
        raise typer.Exit(1) from error
