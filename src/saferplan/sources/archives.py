"""
Unpack what publishers pack, without trusting it.

Bytes are counted as they come out, never believed from a header; nothing is ever
written under a name that an archive chose.
"""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from saferplan.errors import SourceChanged, SourceUnsafe

CHUNK = 1 << 20
MEGABYTE = 1 << 20
GIGABYTE = 1 << 30

# A central directory entry is 46 bytes and a name; this leaves room for long names.
DIRECTORY_BYTES_PER_ENTRY = 400
ENCRYPTED = 0x1
SYMBOLIC_LINK = 0o120000
KIND_OF_FILE = 0o170000


@dataclass(frozen=True)
class Limits:
    """
    What unpacking one archive may cost.

    total       bytes that may come out of it, all members together
    entries     members; a full data.police.uk archive holds some 5,000
    ratio       bytes out for each byte in; real tables stay under 40
    ratio_from  bytes out below which the ratio does not matter
    depth       archives inside the archive
    """

    total: int = 2 * GIGABYTE
    entries: int = 20_000
    ratio: int = 150
    ratio_from: int = 32 * MEGABYTE
    depth: int = 1


class Allowance:
    """What is left of the limits while one archive is being unpacked."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.left = limits.total

    def spend(self, size: int, name: str) -> None:
        self.left -= size
        if self.left < 0:
            raise SourceUnsafe(
                f"{name} unpacks to more than {self.limits.total:,} bytes, so we "
                f"stopped. If it is genuine, unpack it yourself and load the folder."
            )

    def check_ratio(self, out: int, packed: int, name: str) -> None:
        if out > self.limits.ratio_from and out > packed * self.limits.ratio:
            raise SourceUnsafe(
                f"{name} unpacks to over {self.limits.ratio} times its size, as a "
                f"zip bomb does, so we stopped. If it is genuine, unpack it yourself "
                f"and load the folder."
            )


def unpack_gzip(path: Path, name: str, target: Path, allowance: Allowance) -> None:
    """Write what a .gz file holds to `target`. Raises SourceChanged if damaged."""
    packed = path.stat().st_size
    try:
        with gzip.open(path) as stream, target.open("wb") as out:
            _copy(stream, out, name, packed, allowance)
    except EOFError:
        raise SourceChanged(
            f"{name} ends before its end: the download was cut short. Fetch it again."
        ) from None
    except (gzip.BadGzipFile, zlib.error):
        raise SourceChanged(
            f"{name} is damaged and cannot be unpacked. Fetch it again."
        ) from None


def members(path: Path, name: str, limits: Limits) -> list[zipfile.ZipInfo]:
    """
    The files in a zip, in the order they lie in it, once it looks safe to open.

    Raises SourceChanged for a damaged zip, and SourceUnsafe where members overlap,
    are too many, or say of themselves that they are too large.
    """
    _check_directory_size(path, name, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise SourceChanged(
            f"{name} is a damaged or cut-short zip archive. Fetch it again."
        ) from None
    if len(entries) > limits.entries:
        raise _too_many(name, limits)
    if sum(entry.file_size for entry in entries) > limits.total:
        Allowance(limits).spend(limits.total + 1, name)
    _check_apart(entries, name)
    return [entry for entry in entries if not _is_clutter(entry.filename)]


def unpack_member(
    path: Path, entry: zipfile.ZipInfo, name: str, target: Path, allowance: Allowance
) -> None:
    """Write one member of a zip to `target`, checking that it is what it says."""
    if entry.flag_bits & ENCRYPTED:
        raise SourceChanged(
            f"{name} is locked with a password. Unpack it yourself and load the folder."
        )
    if entry.external_attr >> 16 & KIND_OF_FILE == SYMBOLIC_LINK:
        raise SourceUnsafe(f"{name} is a link to another file. Load that file itself.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SourceChanged(
            f"{name} is packed in a way we do not read. Unpack it yourself and load "
            f"the folder."
        )
    try:
        with (
            zipfile.ZipFile(path) as archive,
            archive.open(entry) as stream,
            target.open("wb") as out,
        ):
            size = _copy(stream, out, name, entry.compress_size, allowance)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError):
        raise _damaged_member(name) from None
    if size != entry.file_size:
        raise _damaged_member(name)


def _copy(
    stream: IO[bytes] | gzip.GzipFile,
    out: IO[bytes],
    name: str,
    packed: int,
    allowance: Allowance,
) -> int:
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        allowance.spend(len(chunk), name)
        allowance.check_ratio(size, packed, name)
        out.write(chunk)
    return size


def _check_directory_size(path: Path, name: str, limits: Limits) -> None:
    """Refuse a zip whose list of members would by itself fill the memory."""
    # Private, and the only way to know before the whole list is read; a zip without
    # an end record is reported by the reader that follows.
    with path.open("rb") as file:
        try:
            end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
        except OSError:
            return
    size_of_directory = 5
    if end and end[size_of_directory] > limits.entries * DIRECTORY_BYTES_PER_ENTRY:
        raise _too_many(name, limits)


def _check_apart(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Members that share bytes are how a small zip becomes petabytes."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise SourceUnsafe(
                f"{name} has members that overlap, as a zip bomb does, so we did not "
                f"open it. Fetch it again from the publisher."
            )
        end = entry.header_offset + entry.compress_size


def _is_clutter(member: str) -> bool:
    """Folders, and what operating systems leave behind."""
    parts = member.replace("\\", "/").split("/")
    return (
        parts[-1] == ""
        or "__MACOSX" in parts
        or parts[-1].startswith(".")
        or parts[-1].lower() in ("thumbs.db", "desktop.ini")
    )


def _damaged_member(name: str) -> SourceChanged:
    return SourceChanged(
        f"{name} is damaged: what is in the archive is not what the archive says. "
        f"Fetch the archive again."
    )


def _too_many(name: str, limits: Limits) -> SourceUnsafe:
    return SourceUnsafe(
        f"{name} holds more than {limits.entries:,} files, so we did not open it. If "
        f"it is genuine, unpack it yourself and load the folder."
    )


def unpacked_chunks(
    path: Path, entries: list[zipfile.ZipInfo], name: str, allowance: Allowance
) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """What is in each member of a workbook, piece by piece, counted and not kept."""
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in entries:
                with archive.open(entry) as stream:
                    size = 0
                    while chunk := stream.read(CHUNK):
                        size += len(chunk)
                        allowance.spend(len(chunk), name)
                        allowance.check_ratio(size, entry.compress_size, name)
                        yield entry, chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise SourceChanged(
            f"{name} is a damaged workbook. Open it in a spreadsheet program, save it "
            f"again, and load that; or fetch it again."
        ) from None
    except RuntimeError:
        # What zipfile raises for a member that needs a password.
        raise SourceChanged(
            f"{name} is locked with a password. Save it without one and load that."
        ) from None
