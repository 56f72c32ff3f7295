"""
One file that holds the whole evidence store, as it stood at one moment.

A store only ever grows: a file that a commit names is never changed nor removed. So
others may load while a backup is made, and it holds the commits that were there when
it began, with every file they name, older versions and quarantine among them. The
same store gives the same bytes.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from saferplan.errors import StoreError
from saferplan.plurals import plural
from saferplan.store.datasets import DATASETS
from saferplan.store.disk import errno_of, sync_file, sync_folder
from saferplan.store.faults import faultpoint
from saferplan.store.log import Log, entry_path
from saferplan.store.sweep import files_named_by

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1 << 20
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest day of the ZIP format, for every clock
TRIES = 20


@dataclass(frozen=True)
class Backup:
    """What a backup holds."""

    releases: int
    files: int
    size: int  # bytes

    def __str__(self) -> str:
        releases, files = plural(self.releases, "release"), plural(self.files, "file")
        return f"{releases} in {files}, {self.size / 1e6:,.1f} MB"


def back_up(place: Path, file: Path) -> Backup:
    """
    Write the evidence store at `place` into `file`, whole or not at all.

    A file of that name is replaced once the new one is whole and on the disk.

    Raises StoreError if there is nothing to back up, a file is missing, or the disk
    refuses.
    """
    place, file = Path(place).absolute(), Path(file).absolute()
    named, releases = snapshot(place)
    if not releases:
        raise StoreError(
            f"There is nothing to back up: no evidence is loaded at {place}."
        )
    if file.is_dir() or place in file.parents:
        raise StoreError(
            f"{file} is a folder, or lies inside the evidence store. Name a file in "
            f"another place, best on another disk."
        )
    try:
        size = _write(place, named, file)
    except FileNotFoundError as error:
        raise StoreError(
            f"The evidence store is damaged, and was not backed up: {error.filename} "
            f"is missing. Put the store back from an earlier backup."
        ) from error
    except OSError as error:
        raise StoreError(
            f"The disk refused to write the backup {file} "
            f"({os.strerror(errno_of(error) or 0)}). Nothing was written; an earlier "
            f"backup of that name is still there."
        ) from error
    return Backup(releases, len(named), size)


def snapshot(place: Path) -> tuple[list[str], int]:
    """
    Return the files of every commit there is, below `place`, and how many releases.

    All datasets are of one moment: they are looked at until nothing was committed
    between two looks.
    """
    logs = [Log(place / name) for name in DATASETS]
    before: list[int] = []
    for _try in range(TRIES):
        versions = [log.version() for log in logs]
        if versions == before:
            break
        before = versions
    else:
        raise StoreError(f"Others load into {place} all the time. Try again later.")
    named = [
        f"{log.folder.name}/{name}"
        for log, version in zip(logs, versions, strict=True)
        for name in _files_of(log, version)
    ]
    releases = (
        len(log.records(version)) for log, version in zip(logs, versions, strict=True)
    )
    return sorted(named), sum(releases)


def _files_of(log: Log, version: int) -> Iterator[str]:
    entries = [entry for entry in log.entries() if entry.version <= version]
    for entry in entries:
        path = entry_path(log.folder, entry.version)
        yield path.relative_to(log.folder).as_posix()
    yield from files_named_by(entries)


def _write(place: Path, named: list[str], file: Path) -> int:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    os.close(handle)
    aside = Path(name)
    try:
        marks = {}
        with ZipFile(aside, "w", ZIP_STORED) as archive:
            for each in named:
                marks[each] = _copy_in(archive, place / each, each)
            faultpoint("backup copied")
            manifest = {"format": FORMAT, "files": marks}
            text = json.dumps(manifest, indent=1, sort_keys=True)
            archive.writestr(ZipInfo(MANIFEST, LONG_AGO), text)
        sync_file(aside)
        faultpoint("backup synced")
        aside.replace(file)
        sync_folder(file.parent)
        return file.stat().st_size
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _copy_in(archive: ZipFile, path: Path, name: str) -> dict[str, int | str]:
    """Copy one file into the archive; return its size and its sha256."""
    digest, size = sha256(), 0
    with (
        path.open("rb") as source,
        archive.open(ZipInfo(name, LONG_AGO), "w", force_zip64=True) as copy,
    ):
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            copy.write(chunk)
    return {"size": size, "sha256": digest.hexdigest()}
