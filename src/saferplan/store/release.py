"""A release: the record of one load, and what it changed."""

from dataclasses import dataclass
from datetime import date, datetime

from saferplan.store.reading import FileFacts


@dataclass(frozen=True)
class SliceChange:
    """One replaced part of a table (a publisher's month), before and after."""

    slice: str
    rows_before: int
    rows_after: int
    rows_added: int
    rows_removed: int


@dataclass(frozen=True)
class Release:
    """
    One load of one source: one atomic commit to one dataset.

    rows_read = rows_kept + rows_quarantined + rows_known, always. A row is already
    known when the store holds its slice in the same or a newer publication.
    `id` follows from the source and the bytes of its files, so the same files make the
    same release on every machine.

    changed  False where every row was already known: then nothing was written, the
             release is not among the store's, and `notes` say since when
    """

    id: str
    source: str
    dataset: str
    publisher: str
    published: date
    loaded_at: datetime  # UTC
    loaded_by: str
    files: tuple[FileFacts, ...]
    rows_read: int
    rows_kept: int
    rows_quarantined: int
    rows_known: int
    reasons: dict[str, int]  # quarantined rows by reason
    revisions: tuple[SliceChange, ...]
    notes: tuple[str, ...]
    table_version: int
    changed: bool = True
