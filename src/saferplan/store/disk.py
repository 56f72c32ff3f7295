"""
Writing that lasts, and what to say when the disk refuses.

A file is on the disk only when it and the folder that names it have both been synced:
without the second, a power cut can leave a whole file that nothing points to.
"""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from saferplan.errors import StoreError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def sync_file(path: Path) -> None:
    """Wait until the bytes of `path` are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the names in the folder `path` are on the disk."""
    if os.name == "nt":  # Windows has no such call; NTFS keeps a journal of names
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sync_folders_above(files: Iterable[Path], top: Path) -> None:
    """Sync every folder that holds one of `files`, up to and including `top`."""
    folders = {
        folder
        for file in files
        for folder in file.parents
        if folder == top or top in folder.parents
    }
    for folder in sorted(folders, key=lambda path: -len(path.parts)):
        sync_folder(folder)


def write_parquet(rows: pl.DataFrame, path: Path) -> None:
    """Write `rows` to a new file, making its folder; not yet synced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        rows.write_parquet(file, compression="zstd")


@contextmanager
def disk_errors(place: Path) -> Iterator[None]:
    """Turn the disk's refusals into one sentence for a person."""
    try:
        yield
    except OSError as error:
        raise StoreError(what_the_disk_said(error, place)) from error


def what_the_disk_said(error: OSError, place: Path) -> str:
    if error.errno in NO_ROOM:
        return (
            f"There is no room left on the disk for the evidence store at {place}: "
            f"nothing of this load was kept, and what was loaded before is still "
            f"there. Make room and load again."
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"You may not write to the evidence store at {place}. Ask its owner, or "
            f"set SAFERPLAN_STORE to a folder of your own."
        )
    return (
        f"The disk refused to write to the evidence store at {place} "
        f"({error.strerror or error}): nothing of this load was kept, and what was "
        f"loaded before is still there. Have the disk looked at, then load again."
    )
