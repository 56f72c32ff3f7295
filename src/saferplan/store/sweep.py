"""
Putting right what a load that was killed has left behind.

Only under the lock: then whatever no commit names belongs to a load that is dead.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from saferplan.store.disk import sync_folder
from saferplan.store.log import Log
from saferplan.store.quarantine import FOLDER


def sweep(log: Log) -> None:
    """
    Remove from a dataset's folder all that no commit, old or new, names.

    The newest commit goes too if it was torn: it was never acknowledged, for we
    acknowledge a commit only once it is whole on the disk.
    """
    folder = log.folder
    torn = log.torn()
    if torn:
        torn.unlink()
        sync_folder(torn.parent)
    named = named_files(log)
    for path in files_of_loads(folder):
        if path not in named:
            path.unlink()
    for path in folder.glob("*/"):
        if path.name.startswith("slice=") or path.name == FOLDER:
            with suppress(OSError):  # it has files in it
                path.rmdir()


def named_files(log: Log) -> set[Path]:
    folder = log.folder
    named = {folder / name for entry in log.entries() for name in entry.added}
    for record in log.records():
        named.update(folder / name for name in record.quarantine)
    return named


def files_of_loads(folder: Path) -> Iterator[Path]:
    """Yield what a load writes: data, quarantine, and log entries in the making."""
    yield from folder.glob("slice=*/*")
    yield from folder.glob(f"{FOLDER}/*")
    # The Delta library writes 00...01.json#1 first, then gives it its name.
    yield from folder.glob("_delta_log/*.json#*")
    yield from folder.glob("_delta_log/*.tmp")
