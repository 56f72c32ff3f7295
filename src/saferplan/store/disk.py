"""
Writing that lasts, and what to say when the disk refuses.

A file is on the disk only when it and the folder that names it have both been synced:
without the second, a power cut can leave a whole file that nothing points to.
"""

import errno
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import polars as pl

from saferplan.errors import StoreError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


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
    """
    Write `rows` to a new file, making its folder; not yet synced.

    Raises OSError, and leaves no file, if the disk refuses.
    """
    # By way of memory, because Polars gives its own error where the disk is full.
    whole = BytesIO()
    rows.write_parquet(whole, compression="zstd")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.write_bytes(whole.getbuffer())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def disk_errors(place: Path) -> Iterator[None]:
    """Turn the disk's refusals into one sentence for a person."""
    try:
        yield
    except OSError as error:
        raise StoreError(what_the_disk_said(error, place)) from error


def what_the_disk_said(error: OSError, place: Path) -> str:
    number = errno_of(error)
    if number in NO_ROOM:
        return (
            f"There is no room left on the disk for the evidence store at {place}: "
            f"nothing of this load was kept, and what was loaded before is still "
            f"there. Make room and load again."
        )
    if number in NOT_ALLOWED:
        return (
            f"You may not write to the evidence store at {place}. Ask its owner, or "
            f"set SAFERPLAN_STORE to a folder of your own."
        )
    reason = os.strerror(number) if number else str(error).partition("\n")[0]
    return (
        f"The disk refused to write to the evidence store at {place} ({reason}): "
        f"nothing of this load was kept, and what was loaded before is still there. "
        f"Have the disk looked at, then load again."
    )


def errno_of(error: OSError) -> int | None:
    """Return the system's number for `error`; the Delta library has it in words."""
    in_words = re.search(r"\(os error (\d+)\)", str(error))
    return error.errno or (int(in_words[1]) if in_words else None)
