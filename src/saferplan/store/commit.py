"""
One load, one commit: all of its slices appear at once, or none does.

The order is what makes it safe. The data is on the disk before the commit names it; the
commit is on the disk before we say that it is done. Other programs read these tables
with any Delta Lake reader.
"""

import json
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, Schema
from deltalake.exceptions import DeltaError
from deltalake.transaction import (
    AddAction,
    RemoveAction,
    create_table_with_add_actions,
)

from saferplan.errors import StoreError
from saferplan.store.datasets import Dataset
from saferplan.store.disk import sync_file, sync_folder, sync_folders_above
from saferplan.store.faults import faultpoint
from saferplan.store.log import entry_path, read_entry
from saferplan.store.record import Record, SliceRecord, as_json

# Old evidence is never thrown away by itself, and a checkpoint, which a power cut could
# tear, is never written: reading a thousand small log files takes under a second.
CONFIGURATION = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
    "delta.checkpointInterval": "1000000000",
}
HOOKS = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)


def table_schema(dataset: Dataset) -> pa.Schema:
    """The columns of the table: those of the dataset, and `slice`, its partition."""
    return pa.schema([pa.field("slice", pa.string()), *dataset.schema])


def sync_data(files: Sequence[Path], place: Path) -> None:
    """Make the new files of a load last, before any commit names them."""
    for path in files:
        sync_file(path)
    faultpoint("files synced")
    sync_folders_above(files, place)
    faultpoint("folders synced")


def prepare_table(folder: Path, dataset: Dataset) -> DeltaTable:
    """
    Return the table of `dataset` in `folder`, its newest commit known to last.

    If there is none it is made, with no rows: that is version 0. A table made before
    the dataset had all of its columns is given the others.
    """
    if not entry_path(folder, 0).exists():
        create_table_with_add_actions(
            str(folder),
            Schema.from_arrow(table_schema(dataset)),
            [],
            partition_by=["slice"],
            name=dataset.name,
            description=dataset.title,
            configuration=CONFIGURATION,
            post_commithook_properties=HOOKS,
        )
        faultpoint("table made")
    table = DeltaTable(str(folder))
    here = {field.name for field in table.schema().fields}
    wanted = Schema.from_arrow(table_schema(dataset)).fields
    missing = [field for field in wanted if field.name not in here]
    if missing:
        table.alter.add_columns(missing)
        table = DeltaTable(str(folder))
    # The newest commit may be of a load killed before it could sync it.
    try:
        sync_entry(folder, table.version())
    except OSError:
        if table.version() == 0:  # it holds nothing yet: better made again than trusted
            entry_path(folder, 0).unlink()
        raise
    faultpoint("table synced")
    return table


def commit(
    table: DeltaTable,
    folder: Path,
    dataset: Dataset,
    record: Record,
    *,
    added: Sequence[SliceRecord],
    removed: Sequence[SliceRecord],
) -> None:
    """
    Make `record` the next version of `table`, which `prepare_table` returned.

    added, removed  the slices whose files come and go; those that come are synced

    Raises OSError if the disk refuses; then the table is as it was before.
    """
    faultpoint("before commit")
    version = record.release.table_version
    try:
        write_entry(table, folder, dataset, record, added, removed)
        faultpoint("committed")
        sync_entry(folder, version)
    except BaseException:
        # A failed fsync leaves us not knowing what the disk holds, and asking again
        # would say "all well". So the commit is taken back rather than trusted.
        take_back(entry_path(folder, version), record)
        raise
    faultpoint("entry synced")


def take_back(path: Path, record: Record) -> None:
    """Remove the log entry at `path` if it is there, and if it is this record's."""
    with suppress(OSError):
        entry = read_entry(path)
        if entry and entry.record == record:
            path.unlink()
            sync_folder(path.parent)


def write_entry(
    table: DeltaTable,
    folder: Path,
    dataset: Dataset,
    record: Record,
    added: Sequence[SliceRecord],
    removed: Sequence[SliceRecord],
) -> None:
    now = int(time.time() * 1000)
    actions: list[AddAction | RemoveAction] = []
    actions += [add_action(folder, slice, now) for slice in added]
    actions += [remove_action(folder, slice, now) for slice in removed]
    try:
        table.create_write_transaction(
            actions,
            "append",
            table_schema(dataset),
            partition_by=["slice"],
            # We hold the lock, so a version already taken is another program's.
            commit_properties=CommitProperties(
                custom_metadata={"saferplan": as_json(record)}, max_commit_retries=0
            ),
            post_commithook_properties=HOOKS,
        )
    except DeltaError as error:
        raise StoreError(
            f"{dataset.name} could not take this load: {first_line(error)}. Nothing "
            f"of it was kept. See that no other program writes to {folder}, and load "
            f"again."
        ) from error


def add_action(folder: Path, slice: SliceRecord, now: int) -> AddAction:
    return AddAction(
        path=slice.file,
        size=(folder / slice.file).stat().st_size,
        partition_values={"slice": slice.name},
        modification_time=now,
        data_change=True,
        stats=json.dumps({"numRecords": slice.rows}),
    )


def remove_action(folder: Path, slice: SliceRecord, now: int) -> RemoveAction:
    """The file itself stays, for those who ask what the evidence was."""
    return RemoveAction(
        path=slice.file,
        data_change=True,
        deletion_timestamp=now,
        size=(folder / slice.file).stat().st_size,
        partition_values={"slice": slice.name},
    )


def sync_entry(folder: Path, version: int) -> None:
    """Make one commit last: its file, its name, and the folders above."""
    path = entry_path(folder, version)
    sync_file(path)
    sync_folders_above([path], folder.parent)


def first_line(error: Exception) -> str:
    return str(error).partition(os.linesep)[0].rstrip(". ")
