"""
One load: what each slice of the readings would change, written but not yet committed.

    reading --> slices --> known already?     in the same words, or in newer ones
                       \\-> new or revised?    its file is written, its change noted

Readings pass through one at a time, so a hundred files need the memory of one.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import polars as pl

from saferplan.errors import StoreError
from saferplan.store.datasets import DATASETS, Dataset
from saferplan.store.disk import write_parquet
from saferplan.store.faults import faultpoint
from saferplan.store.log import Held, Log
from saferplan.store.notes import fold
from saferplan.store.quarantine import FOLDER, refused_rows
from saferplan.store.reading import FileFacts, Reading
from saferplan.store.record import Record, SliceRecord, confirmed, release_id
from saferplan.store.release import Release, SliceChange
from saferplan.store.slices import (
    Slice,
    Value,
    check_reading,
    cut,
    difference,
    digest,
    slices_in,
)

Confirm = Callable[[list[SliceChange]], bool]
FEW = 3  # names in a note


@dataclass(frozen=True)
class Seen:
    """A slice of this load: its values, the digest of its rows, and its file."""

    key: tuple[Value, ...]
    digest: str
    file: str


@dataclass(frozen=True)
class KnownFile:
    """A file loaded before: the first release with it, and all it spoke of."""

    release: Release
    slices: frozenset[str]


@dataclass
class Load:
    """
    What one load has found so far.

    folder   the dataset's
    keep     whether to write; a load that only compares does not
    current  the slices that the store holds
    known    each file loaded before, by its sha256
    """

    source: str
    dataset: Dataset
    folder: Path
    keep: bool
    current: dict[str, Held]
    known: dict[str, KnownFile]

    files: list[FileFacts] = field(default_factory=list)
    publishers: set[str] = field(default_factory=set)
    published: date = date.min
    notes: list[str] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    added: dict[str, SliceRecord] = field(default_factory=dict)
    confirmed: dict[str, SliceRecord] = field(default_factory=dict)
    changes: list[SliceChange] = field(default_factory=list)
    quarantine: list[str] = field(default_factory=list)
    seen: dict[str, Seen] = field(default_factory=dict)
    spoke_of: dict[str, list[str]] = field(default_factory=dict)
    loaded_before: dict[str, Release] = field(default_factory=dict)
    left_newer: list[str] = field(default_factory=list)

    def take(self, reading: Reading) -> None:
        """Judge one reading, and write what is new in it."""
        self._check_kin(reading)
        rows = check_reading(reading)
        if reading.file not in self.files:
            self.files.append(reading.file)
        self.published = max(self.published, reading.published)
        self.publishers.update(rows.get_column("publisher").unique())
        self.rows["read"] += reading.rows_read
        self.notes += [note for note in reading.notes if note not in self.notes]
        names = slices_in(rows, self.dataset)
        earlier = self.known.get(reading.file.sha256)
        # Another reading of the file, of other slices, may not have been loaded.
        if earlier and names <= earlier.slices:
            self.loaded_before[reading.file.name] = earlier.release
            self.rows["known"] += reading.rows_read
            return
        self.spoke_of.setdefault(reading.file.sha256, []).extend(sorted(names))
        for slice in cut(rows, self.dataset):
            self._judge(slice, reading)
        faultpoint("reading judged")
        if len(reading.refused):
            self._set_aside(reading)
        faultpoint("reading written")

    def _check_kin(self, reading: Reading) -> None:
        if (reading.source, reading.dataset) != (self.source, self.dataset.name):
            raise StoreError(
                f"One load is of one source and one dataset. {reading.file.name} is "
                f"{reading.dataset} from {reading.source}, not {self.dataset.name} "
                f"from {self.source}: load it apart."
            )

    def _judge(self, slice: Slice, reading: Reading) -> None:
        mark = digest(slice.rows)
        if slice.name in self.seen:
            self._check_same_again(slice, mark, reading)
            return
        self.seen[slice.name] = Seen(slice.key, mark, reading.file.name)
        held = self.current.get(slice.name)
        if held is None:
            change = SliceChange(slice.name, 0, len(slice.rows), len(slice.rows), 0)
        else:
            self._check_same_key(slice, held.record.key)
            change = self._against(slice, mark, held.record, reading.published)
            if not change.rows_added and not change.rows_removed:
                self.rows["known"] += len(slice.rows)
                return
        self.rows["kept"] += len(slice.rows)
        self.changes.append(change)
        if self.keep:
            self.added[slice.name] = self._write(slice, mark, reading)

    def _against(
        self, slice: Slice, mark: str, held: SliceRecord, published: date
    ) -> SliceChange:
        """Return what `slice` would change in `held`; nothing, if that is newer."""
        same = SliceChange(slice.name, held.rows, held.rows, 0, 0)
        if held.published > published:
            if held.digest != mark:
                self.left_newer.append(slice.name)
            return same
        if held.digest != mark:
            before = pl.read_parquet(self.folder / held.file, glob=False)
            added, removed = difference(before.select(slice.rows.columns), slice.rows)
            if added or removed:
                return SliceChange(
                    slice.name, held.rows, len(slice.rows), added, removed
                )
        if held.published < published:
            self.confirmed[slice.name] = confirmed(held, published)
        return same

    def _check_same_again(self, slice: Slice, mark: str, reading: Reading) -> None:
        first = self.seen[slice.name]
        self._check_same_key(slice, first.key)
        if first.digest != mark:
            raise StoreError(
                f"{first.file} and {reading.file.name} both speak of {slice.name}, "
                f"and do not agree. Load them one after the other."
            )
        self.rows["known"] += len(slice.rows)

    def _check_same_key(self, slice: Slice, key: tuple[Value, ...]) -> None:
        if slice.key != key:
            raise StoreError(
                f"{slice.key} and {key} are different parts of {self.dataset.name}, "
                f"but both would be called {slice.name}. Have the source give them "
                f"names that differ in a letter or digit."
            )

    def _write(self, slice: Slice, mark: str, reading: Reading) -> SliceRecord:
        file = f"slice={slice.name}/{uuid4().hex}.parquet"
        write_parquet(slice.rows, self.folder / file)
        faultpoint("slice written")
        return SliceRecord(slice.key, file, len(slice.rows), mark, reading.published)

    def _set_aside(self, reading: Reading) -> None:
        self.rows["quarantined"] += len(reading.refused)
        self.reasons.update(reading.refused.get_column("reason"))
        file = f"{FOLDER}/{uuid4().hex}.parquet"
        self.quarantine.append(file)
        if self.keep:
            write_parquet(refused_rows(reading), self.folder / file)
            faultpoint("quarantine written")

    @property
    def written(self) -> list[Path]:
        """Every file this load has made."""
        slices = [slice.file for slice in self.added.values()]
        names = [*slices, *self.quarantine] if self.keep else []
        return [self.folder / name for name in names]

    @property
    def revisions(self) -> list[SliceChange]:
        """The changes to slices that the store already held."""
        return [change for change in self.changes if change.rows_before]

    @property
    def replaced(self) -> list[SliceRecord]:
        """The slices, as they stood, that this load replaces."""
        return [self.current[n].record for n in self.added if n in self.current]

    @property
    def is_news(self) -> bool:
        """Whether there is anything to commit."""
        return bool(self.added or self.quarantine or self.confirmed)

    def record(self, *, by: str, at: datetime, version: int) -> Record:
        """Return the account of this load, as version `version` of the table."""
        files = tuple(self.files)
        release = Release(
            id=release_id(self.source, self.dataset.name, files),
            source=self.source,
            dataset=self.dataset.name,
            publisher=", ".join(sorted(self.publishers)) or self.source,
            published=self.published,
            loaded_at=at,
            loaded_by=by,
            files=files,
            rows_read=self.rows["read"],
            rows_kept=self.rows["kept"],
            rows_quarantined=self.rows["quarantined"],
            rows_known=self.rows["known"],
            reasons=dict(sorted(self.reasons.items())),
            revisions=tuple(self.revisions),
            notes=(*fold(self.notes), *self._what_was_known()),
            table_version=version,
            changed=self.is_news,
        )
        slices = (*self.added.values(), *self.confirmed.values())
        changed = (len(self.added), len(self.replaced))
        spoke_of = {mark: tuple(names) for mark, names in self.spoke_of.items()}
        return Record(release, slices, tuple(self.quarantine), spoke_of, changed)

    def _what_was_known(self) -> list[str]:
        notes = []
        for name, earlier in list(self.loaded_before.items())[:1]:
            day = f"{earlier.loaded_at.day} {earlier.loaded_at:%B %Y}"
            others = and_more(len(self.loaded_before) - 1)
            notes.append(
                f"Already loaded on {day} by {earlier.loaded_by}: {name}{others}."
            )
        if self.left_newer:
            notes.append(
                f"Left as they are, because a newer publication is loaded: "
                f"{', '.join(self.left_newer[:FEW])}"
                f"{and_more(len(self.left_newer) - FEW)}."
            )
        return notes


def and_more(others: int) -> str:
    return f" and {others} more" if others > 0 else ""


def start_load(reading: Reading, log: Log, *, keep: bool) -> Load:
    """Return a load of what `reading` is the first of; it has taken nothing yet."""
    return Load(
        source=reading.source,
        dataset=DATASETS[reading.dataset],
        folder=log.folder,
        keep=keep,
        current=log.slices(),
        known=files_in(log),
    )


def files_in(log: Log) -> dict[str, KnownFile]:
    """Return every file loaded before, by its sha256."""
    known: dict[str, KnownFile] = {}
    for record in log.records():
        for mark, names in record.spoke_of.items():
            before = known.get(mark, KnownFile(record.release, frozenset()))
            known[mark] = KnownFile(before.release, before.slices.union(names))
    return known
