"""What several verbs have in common: where the store is, and how an error is told."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.errors import SaferplanError

if TYPE_CHECKING:
    from saferplan.store import EvidenceStore

LONGEST_WORD, LONGEST = 200, 800  # characters of an error

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
    except BrokenPipeError:
        raise  # whoever read our output has seen enough; Typer ends quietly
    except (SaferplanError, OSError, UnicodeDecodeError) as error:
        typer.secho(in_one_line(what_happened(error)), err=True, fg="red")
        raise typer.Exit(1) from error


def what_happened(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return (
            f"A file is not text in UTF-8: {error.reason} at byte {error.start}. Save "
            f"it as UTF-8 again."
        )
    if not isinstance(error, OSError):
        return str(error)
    if error.filename is None:
        return f"The disk refused: {error.strerror or error}."
    place = Path(os.fsdecode(error.filename))
    if isinstance(error, FileNotFoundError) and not place.parent.exists():
        return f"There is no folder {place.parent}. Make it, or name another."
    if isinstance(error, FileNotFoundError):
        return f"There is no file at {place}. Check its name."
    if isinstance(error, IsADirectoryError):
        return f"{place} is a folder. Name a file."
    return f"The disk refused: {error.strerror} ({place})."


def in_one_line(told: str) -> str:
    """
    What an error may show of a file: no line breaks, nothing that a terminal would
    obey, no word without end, and both what happened and, at the end, what to do.

    >>> in_one_line("No column x.\\nIt has " + "y" * 5_000 + "\\x1b[2J. Add one.")
    'No column x. It has yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy… Add one.'
    """
    words = ("".join(c if c.isprintable() else "�" for c in w) for w in told.split())
    line = " ".join(
        word if len(word) <= LONGEST_WORD else f"{word[:40]}…" for word in words
    )
    return line if len(line) <= LONGEST else f"{line[:500]} … {line[-250:]}"
