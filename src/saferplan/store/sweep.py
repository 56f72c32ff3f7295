"""
Putting right what a load that was killed has left behind.

Only under the lock: then whatever no commit names belongs to a load that is dead.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from saferplan.store.disk import sync_folder
from saferplan.store.log import Entry, Log
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
    if not folder.is_dir():
        return
    named = named_files(log)
    for path in folders_of_loads(folder):
        names = os.listdir(path)
        orphans = [name for name in names if f"{path.name}/{name}" not in named]
        for name in orphans:
            (path / name).unlink()
        if len(orphans) == len(names):
            path.rmdir()
    # The Delta library writes 00...01.json#1 first, then gives it its name.
    for path in folder.glob("_delta_log/*.json#*"):
        path.unlink()


def named_files(log: Log) -> set[str]:
    """Return every file that a commit names, as its path below the dataset's folder."""
    return files_named_by(log.entries())


def files_named_by(entries: Iterable[Entry]) -> set[str]:
    """Return the data and the quarantine that some commits name."""
    named: set[str] = set()
    for entry in entries:
        named.update(entry.added)
        if entry.record:
            named.update(entry.record.quarantine)
    return named


def folders_of_loads(folder: Path) -> list[Path]:
    """Return the folders that loads write to: a folder per slice, and quarantine."""
    return [
        Path(entry.path)
        for entry in os.scandir(folder)
        if entry.name.startswith("slice=") or entry.name == FOLDER
    ]
