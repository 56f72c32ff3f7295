"""
The record of a release, as it rides in the commit that made it.

It is the `saferplan` entry of the commit's own metadata, so the rows and the account
of where they came from appear in the same instant or not at all.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pyarrow as pa

from saferplan.errors import StoreError
from saferplan.store.datasets import DATASETS, Dataset
from saferplan.store.reading import FileFacts
from saferplan.store.release import Release, SliceChange
from saferplan.store.slices import Value, slice_name

FORMAT = 1  # of the record; raise it when a field changes its meaning


@dataclass(frozen=True)
class SliceRecord:
    """
    One slice as a release left it.

    file       its Parquet file, below the dataset's folder
    published  the newest publication known to say the same
    """

    key: tuple[Value, ...]
    file: str
    rows: int
    digest: str
    published: date

    @property
    def name(self) -> str:
        return slice_name(self.key)


@dataclass(frozen=True)
class Record:
    """
    A release, the slices it wrote or confirmed, and the files of its quarantine.

    spoke_of       the slices that each publisher's file spoke of, by its sha256
    files_changed  how many data files came and went, to tell a torn commit
    """

    release: Release
    slices: tuple[SliceRecord, ...]
    quarantine: tuple[str, ...]
    spoke_of: dict[str, tuple[str, ...]]
    files_changed: tuple[int, int]


def release_id(source: str, dataset: str, files: Iterable[FileFacts]) -> str:
    """Return 12 hexadecimal digits that follow from what was loaded, and only that."""
    marks = sorted({file.sha256 for file in files})
    return sha256("\n".join([source, dataset, *marks]).encode()).hexdigest()[:12]


def as_json(record: Record) -> dict[str, Any]:
    """Return `record` in the plain types that JSON has."""
    document: dict[str, Any] = plain_types(asdict(record))
    del document["release"]["table_version"]  # the commit's own number says it
    del document["release"]["changed"]  # nothing is recorded that changed nothing
    return {"format": FORMAT, **document}


def plain_types(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain_types(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_types(item) for item in value]
    if isinstance(value, date):  # a datetime is a date, too
        return value.isoformat()
    return value


def from_json(document: dict[str, Any], version: int) -> Record:
    """
    Return the record that version `version` of a table carries.

    Raises StoreError if another version of Saferplan wrote it in another form.
    """
    if document.get("format") != FORMAT:
        raise StoreError(
            "This evidence store was written by another version of Saferplan. Use "
            "that version, or set SAFERPLAN_STORE to a new folder and load the files "
            "again."
        )
    release = release_from_json(document["release"], version)
    dataset = DATASETS[release.dataset]
    slices = [slice_from_json(entry, dataset) for entry in document["slices"]]
    return Record(
        release=release,
        slices=tuple(slices),
        quarantine=tuple(document["quarantine"]),
        spoke_of={
            sha256: tuple(names) for sha256, names in document["spoke_of"].items()
        },
        files_changed=tuple(document["files_changed"]),
    )


def release_from_json(entry: dict[str, Any], version: int) -> Release:
    return Release(
        **entry
        | {
            "published": date.fromisoformat(entry["published"]),
            "loaded_at": datetime.fromisoformat(entry["loaded_at"]),
            "files": tuple(FileFacts(**file) for file in entry["files"]),
            "revisions": tuple(SliceChange(**change) for change in entry["revisions"]),
            "notes": tuple(entry["notes"]),
            "table_version": version,
        }
    )


def slice_from_json(entry: dict[str, Any], dataset: Dataset) -> SliceRecord:
    key = [
        date.fromisoformat(value)
        if pa.types.is_date(dataset.schema.field(column).type)
        else value
        for column, value in zip(dataset.slice_by, entry["key"], strict=True)
    ]
    return SliceRecord(
        **entry
        | {"key": tuple(key), "published": date.fromisoformat(entry["published"])}
    )


def confirmed(held: SliceRecord, published: date) -> SliceRecord:
    """Return `held`, now known to be what a newer publication says as well."""
    return replace(held, published=published)
