"""
The log of a dataset: what each commit of its Delta table did, oldest first.

Delta keeps one small file per commit, named by its number. A commit is there from the
instant its file is, and never changes afterwards; so what we have read once we need not
read again.
"""

import json
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from saferplan.errors import StoreError
from saferplan.store.record import Record, SliceRecord, from_json

ENTRY = re.compile(r"\d{20}\.json")
Stamp = tuple[str, int, int]  # a file's name, when it was written, its bytes


@dataclass(frozen=True)
class Entry:
    """
    One commit: its number, the data files that came and went, and its release.

    A commit of another program, or the first, which makes the table, has no release.

    columns  whether it said what the table's columns are
    """

    version: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    columns: bool
    record: Record | None


@dataclass(frozen=True)
class Held:
    """A slice as it stands, and the release its rows came from."""

    record: SliceRecord
    release_id: str


class Log:
    """The commits of one dataset. Reading it needs no lock and writes nothing."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the dataset's; nothing need be there yet."""
        self.folder = folder
        self._entries: dict[Stamp, Entry | None] = {}
        self._files: dict[Stamp, list[Path]] = {}

    def paths(self) -> list[Path]:
        """Return the files of the log, oldest first."""
        folder = self.folder / "_delta_log"
        if not folder.is_dir():
            return []
        return sorted(path for path in folder.iterdir() if ENTRY.fullmatch(path.name))

    def entries(self) -> list[Entry]:
        """
        Return every commit, oldest first.

        The newest may have been torn by a power cut before it was acknowledged. Such
        a commit never was: it is left out here and removed at the next load. Raises
        StoreError if an older one cannot be read, for then evidence is lost.
        """
        paths = self.paths()
        entries = []
        for path in paths:
            entry = self._entry(path)
            if entry:
                entries.append(entry)
            elif path != paths[-1]:
                raise StoreError(
                    f"The evidence store is damaged: {path} cannot be read. Put back "
                    f"{self.folder} from a backup."
                )
        return entries

    def torn(self) -> Path | None:
        """Return the newest file of the log if it was not written whole."""
        paths = self.paths()
        return paths[-1] if paths and self._entry(paths[-1]) is None else None

    def version(self) -> int:
        """Return the number of the newest commit; 0 where nothing is loaded."""
        paths = self.paths()
        if paths and self._entry(paths[-1]) is None:
            paths.pop()
        return int(paths[-1].stem) if paths else 0

    def records(self, upto: int | None = None) -> list[Record]:
        """Return the releases, oldest first; with `upto`, none after that version."""
        return [
            entry.record
            for entry in self.entries()
            if entry.record and (upto is None or entry.version <= upto)
        ]

    def slices(self, upto: int | None = None) -> dict[str, Held]:
        """Return the slices that are current (or were, at version `upto`), by name."""
        current: dict[str, Held] = {}
        for record in self.records(upto):
            for slice in record.slices:
                held = current.get(slice.name)
                same_rows = held is not None and held.record.file == slice.file
                origin = held.release_id if held and same_rows else record.release.id
                current[slice.name] = Held(slice, origin)
        return current

    def files(self, version: int) -> list[Path]:
        """Return the Parquet files that hold the rows as they were at `version`."""
        stamp = stamp_of(entry_path(self.folder, version))
        if stamp not in self._files:
            files: set[str] = set()
            # Not DeltaTable, which reads the whole log again for each new version.
            for entry in self.entries():
                if entry.version <= version:
                    files = files.difference(entry.removed).union(entry.added)
            self._files[stamp] = [self.folder / file for file in sorted(files)]
        return self._files[stamp]

    def is_mixed(self, version: int) -> bool:
        """Return whether some of those files may lack columns that others have."""
        said = [entry for entry in self.entries() if entry.columns]
        return any(0 < entry.version <= version for entry in said)

    def name(self, version: int) -> str:
        """Return a name for the rows at `version` that no other rows ever have."""
        stamp = repr((self.folder, stamp_of(entry_path(self.folder, version))))
        return f"{self.folder.name}_{version}_{sha256(stamp.encode()).hexdigest()[:8]}"

    def _entry(self, path: Path) -> Entry | None:
        try:
            stamp = stamp_of(path)
        except FileNotFoundError:  # taken back since we saw it: it could not be synced
            return None
        if stamp not in self._entries:
            self._entries[stamp] = read_entry(path)
        return self._entries[stamp]


def stamp_of(path: Path) -> Stamp:
    facts = path.stat()
    return path.name, facts.st_mtime_ns, facts.st_size


def entry_path(folder: Path, version: int) -> Path:
    """Return where Delta keeps commit `version` of the table in `folder`."""
    return folder / "_delta_log" / f"{version:020}.json"


def read_entry(path: Path) -> Entry | None:
    """Return the commit that `path` describes, or None if the file is torn."""
    try:
        actions = [json.loads(line) for line in path.read_bytes().splitlines()]
    except ValueError:
        return None
    version = int(path.stem)
    entry = Entry(
        version=version,
        added=paths_in(actions, "add"),
        removed=paths_in(actions, "remove"),
        columns=any("metaData" in action for action in actions),
        record=None,
    )
    document = next(
        (a["commitInfo"].get("saferplan") for a in actions if "commitInfo" in a), None
    )
    if document is None:
        return entry if makes_sense(actions, version) else None
    record = from_json(document, version)
    # A cut can fall between two lines, and leave a file that reads well but is short.
    if (len(entry.added), len(entry.removed)) != record.files_changed:
        return None
    return replace(entry, record=record)


def paths_in(actions: list[dict[str, Any]], kind: str) -> tuple[str, ...]:
    # They are written as in an address; ours are plain, another program's may not be.
    return tuple(unquote(action[kind]["path"]) for action in actions if kind in action)


def makes_sense(actions: list[dict[str, Any]], version: int) -> bool:
    """Whether a commit that is not ours is all there, as far as one can tell."""
    kinds = {kind for action in actions for kind in action}
    return {"protocol", "metaData"} <= kinds if version == 0 else bool(kinds)
