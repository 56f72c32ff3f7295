"""
A backup put back, in an empty place.

Everything is unpacked beside the place, checked against the marks in the backup and
forced to disk; then it takes its name in one step. Killed at any point, it leaves the
place as it was, and what lies beside goes when next something is put back there.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile

from filelock import FileLock, Timeout

from saferplan.errors import StoreError
from saferplan.store.backup import CHUNK, FORMAT, MANIFEST, Backup
from saferplan.store.datasets import DATASETS
from saferplan.store.disk import sync_file, sync_folder, sync_folders_above
from saferplan.store.faults import faultpoint
from saferplan.store.log import Log

Marks = dict[str, dict[str, Any]]
LOCK = ".lock"
MOST_OF_A_MANIFEST = 1 << 28


def restore(file: Path, place: Path) -> Backup:
    """
    Put the evidence store in the backup `file` at `place`, whole or not at all.

    Raises StoreError if `place` holds anything, or the backup is not one, is damaged,
    or holds what no backup does.
    """
    file, place = Path(file).absolute(), Path(place).absolute()
    check_empty(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}-restoring")
    with _alone(aside), _opened(file) as archive:
        marks = marks_in(archive, file)
        # Of a restore that was killed.
        shutil.rmtree(aside, ignore_errors=True)
        try:
            for name, mark in marks.items():
                _copy_out(archive, name, mark, aside / name, file)
            faultpoint("restore copied")
            sync_folders_above([aside / name for name in marks], aside)
            releases = sum(len(Log(aside / name).records()) for name in DATASETS)
            faultpoint("restore synced")
            _take_place(aside, place)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return Backup(releases, len(marks), file.stat().st_size)


def check_empty(place: Path) -> None:
    """Raise StoreError if `place` holds anything but the lock of an empty store."""
    if not place.exists():
        return
    held = sorted(path.name for path in place.iterdir()) if place.is_dir() else ["?"]
    others = [name for name in held if name != LOCK]
    if others:
        raise StoreError(
            f"{place} is not empty, and putting a backup there would lose what it "
            f"holds. Name an empty folder with --store, or move that one away."
        )


def marks_in(archive: ZipFile, file: Path) -> Marks:
    """
    Return every file of a backup with its size and sha256.

    Raises StoreError unless the archive holds these files, and no others, all of them
    below the folder of a dataset.
    """
    try:
        if archive.getinfo(MANIFEST).file_size > MOST_OF_A_MANIFEST:
            raise ValueError
        manifest = json.loads(archive.read(MANIFEST))
        version, marks = manifest["format"], manifest["files"]
        sizes = [int(mark["size"]) for mark in marks.values()]
        words = [str(mark["sha256"]) for mark in marks.values()]
    except (KeyError, ValueError, TypeError, AttributeError, BadZipFile) as error:
        raise StoreError(
            f"{file} is not a backup of an evidence store, or is damaged. Take "
            f"another: saferplan backup makes them."
        ) from error
    if version != FORMAT:
        raise StoreError(
            f"{file} was made by a newer Saferplan than this. Put it back with that."
        )
    inside = {info.filename: info.file_size for info in archive.infolist()}
    inside.pop(MANIFEST)
    if len(archive.infolist()) != len(inside) + 1 or inside != dict(
        zip(marks, sizes, strict=True)
    ):
        raise StoreError(f"{file} is damaged: its files are not those it lists.")
    strange = [name for name in marks if not belongs(name)]
    if strange or len(words) != len(marks):
        raise StoreError(
            f"{file} holds {strange[0]}, which no evidence store has. Nothing was put "
            f"back. Ask whoever gave you the file."
        )
    found: Marks = marks
    return found


def belongs(name: str) -> bool:
    """
    >>> belongs("census/slice=a/b.parquet"), belongs("census/../../b")
    (True, False)
    """
    path = PurePosixPath(name)
    plain = not path.is_absolute() and ".." not in path.parts and "\\" not in name
    return plain and len(path.parts) > 1 and path.parts[0] in DATASETS


def _copy_out(
    archive: ZipFile, name: str, mark: dict[str, Any], path: Path, file: Path
) -> None:
    digest, left = sha256(), int(mark["size"])
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with archive.open(name) as source, path.open("wb") as copy:
            while left >= 0 and (chunk := source.read(CHUNK)):
                left -= len(chunk)
                digest.update(chunk)
                copy.write(chunk)
    except BadZipFile:
        left = -1
    if left or digest.hexdigest() != mark["sha256"]:
        raise StoreError(
            f"{file} is damaged: {name} in it is not what it was when the backup was "
            f"made. Nothing was put back. Take another backup."
        )
    sync_file(path)


def _take_place(aside: Path, place: Path) -> None:
    """Give the store its name, while no other program can load there."""
    if place.exists():
        with _lock(place / LOCK, f"Someone is loading into {place}. Try again later."):
            check_empty(place)
            (place / LOCK).unlink(missing_ok=True)
            place.rmdir()
            aside.rename(place)
    else:
        aside.rename(place)
    sync_folder(place.parent)


@contextmanager
def _alone(aside: Path) -> Iterator[None]:
    path = aside.with_name(f"{aside.name}.lock")
    with _lock(path, "A backup is being put back in this place already."):
        try:
            yield
        finally:
            with suppress(OSError):
                path.unlink(missing_ok=True)


@contextmanager
def _lock(path: Path, taken: str) -> Iterator[None]:
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreError(taken) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _opened(file: Path) -> Iterator[ZipFile]:
    try:
        archive = ZipFile(file)
    except FileNotFoundError as error:
        raise StoreError(f"There is no backup at {file}.") from error
    except (BadZipFile, OSError) as error:
        raise StoreError(
            f"{file} cannot be read as a backup: it is damaged or something else."
        ) from error
    with archive:
        yield archive
