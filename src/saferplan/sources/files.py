"""
Find publishers' files and say what each is, by its content.

A folder is searched through, a .gz or .zip is unpacked to a temporary place, and every
file in it comes out as a `SourceFile`, or as a `BadFile` with a sentence that says why
not. One bad file never hides the next.
"""

import errno
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from zipfile import ZipInfo

from saferplan.errors import (
    SourceChanged,
    SourceError,
    SourceMissing,
    SourceUnknown,
    SourceUnsafe,
)
from saferplan.sources.archives import (
    Allowance,
    Limits,
    members,
    unpack_gzip,
    unpack_member,
)
from saferplan.sources.contents import describe, facts_of, kind_of
from saferplan.sources.source import SourceFile

Progress = Callable[[str, int, int], None]

SHAPE = ".shp"
# What lies beside a .shp: its index, its table, its projection, its encoding, and the
# indexes and notes that desktop mapping programs leave.
SHAPE_PARTS = (
    *(".dbf", ".shx", ".prj", ".cpg"),
    *(".sbn", ".sbx", ".qix", ".qmd", ".atx", ".fbn", ".fbx", ".lock", ".xml"),
)
NEEDED_SHAPE_PARTS = (".dbf", ".shx")


@dataclass(frozen=True)
class BadFile:
    """
    A file that could not be taken: its name, and a sentence for the person.

    stray  it is no data of any kind we know (a picture, a note), rather than damaged
    """

    name: str
    why: str
    stray: bool = False


def find_files(paths: Iterable[Path]) -> list[Path]:
    """
    Every file at or under `paths`, in the same order on every machine, once each.

    Hidden files and the parts that lie beside a .shp are left out of folders. A path
    that does not exist is kept, so that whoever opens it can say so.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = [place for place in path.rglob("*") if _belongs(place, path)]
            found.update(dict.fromkeys(sorted(inside)))
        else:
            found[path] = None
    return list(found)


def open_files(
    paths: Iterable[Path],
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Iterator[SourceFile | BadFile]:
    """
    Yield each file at or under `paths`, unpacked and examined.

    progress  told of each file before it is yielded: its name, how many of the files
              found are done, and how many there are

    An unpacked copy lasts only until the next file is asked for.
    """
    limits = limits or Limits()
    paths = list(paths)
    found = find_files(paths)
    with tempfile.TemporaryDirectory(prefix="saferplan-") as folder:
        opening = _Opening(Path(folder), limits)
        for number, path in enumerate(found):
            name = _name(path, paths)
            for file in opening.open(path, name, Allowance(limits)):
                if progress and isinstance(file, SourceFile):
                    progress(file.facts.name, number, len(found))
                yield file


@contextmanager
def open_file(path: Path, limits: Limits | None = None) -> Iterator[SourceFile]:
    """
    One file, unpacked if it is a .gz or a zip of one, for as long as the block lasts.

    Raises SourceUnknown where it cannot be opened or is an archive of several files.
    """
    files = open_files([path], limits)
    try:
        first = next(files, None)
        if first is None:
            raise SourceUnknown(f"{path.name} holds no files.")
        if isinstance(first, BadFile):
            raise SourceUnknown(first.why)
        yield first
        if next(files, None) is not None:
            raise SourceUnknown(f"{path.name} holds several files. Load the archive.")
    finally:
        files.close()  # type: ignore[attr-defined]


class _Opening:
    """One call of `open_files`: where copies go, and the next free name there."""

    def __init__(self, folder: Path, limits: Limits):
        self.folder = folder
        self.limits = limits
        self.numbers = count()

    def open(
        self, path: Path, name: str, allowance: Allowance, depth: int = 0
    ) -> Iterator[SourceFile | BadFile]:
        try:
            yield from self._open(path, name, allowance, depth)
        except SourceError as error:
            yield BadFile(name, str(error), stray=isinstance(error, SourceUnknown))
        except OSError as error:
            yield BadFile(name, cannot_read(name, error))

    def _open(
        self, path: Path, name: str, allowance: Allowance, depth: int
    ) -> Iterator[SourceFile | BadFile]:
        if not path.exists():
            raise SourceMissing(f"There is no file or folder at {path}.")
        if not path.is_file():
            raise SourceUnknown(f"{name} is not a file that can be read.")
        kind = kind_of(path, name)
        if kind in ("gzip", "zip") and depth > self.limits.depth:
            raise SourceUnsafe(
                f"{name} is an archive inside an archive inside an archive, so we did "
                f"not open it. Unpack it yourself and load the folder."
            )
        if kind == "gzip":
            copy = self._place()
            unpack_gzip(path, name, copy, allowance)
            yield from self._opened_copy(copy, name, allowance, depth)
        elif kind == "zip":
            yield from self._open_zip(path, name, allowance, depth)
        elif kind == "shapefile":
            yield self._shapefile(path, name)
        else:
            yield describe(path, name, kind)

    def _open_zip(
        self, path: Path, name: str, allowance: Allowance, depth: int
    ) -> Iterator[SourceFile | BadFile]:
        entries = members(path, name, self.limits)
        if not entries:
            raise SourceChanged(
                f"{name} is an archive with nothing in it. Fetch it again."
            )
        shapes = [entry for entry in entries if _suffix(entry) == SHAPE]
        taken: set[str] = set()
        for shape in shapes:
            parts = [shape, *(entry for entry in entries if _lies_beside(entry, shape))]
            taken.update(part.filename for part in parts)
            yield from self._open_shapefile(path, name, parts, allowance)
        for entry in entries:
            if entry.filename in taken:
                continue
            inside = f"{name}/{_printable(entry.filename)}"
            copy = self._place()
            try:
                unpack_member(path, entry, inside, copy, allowance)
            except SourceError as error:
                copy.unlink(missing_ok=True)
                yield BadFile(inside, str(error))
            else:
                yield from self._opened_copy(copy, inside, allowance, depth)
            if allowance.left < 0:
                return  # said once; every further file would only say it again

    def _opened_copy(
        self, copy: Path, name: str, allowance: Allowance, depth: int
    ) -> Iterator[SourceFile | BadFile]:
        try:
            yield from self.open(copy, name, allowance, depth + 1)
        finally:
            copy.unlink(missing_ok=True)

    def _open_shapefile(
        self,
        path: Path,
        name: str,
        parts: list[ZipInfo],
        allowance: Allowance,
    ) -> Iterator[SourceFile | BadFile]:
        inside = f"{name}/{_printable(parts[0].filename)}"
        stem = self._place()
        copies = []
        try:
            for part in parts:
                copies.append(stem.with_suffix(_suffix(part)))
                unpack_member(path, part, inside, copies[-1], allowance)
            yield self._shapefile(stem.with_suffix(SHAPE), inside)
        except SourceError as error:
            yield BadFile(inside, str(error))
        finally:
            for copy in copies:
                copy.unlink(missing_ok=True)

    def _shapefile(self, path: Path, name: str) -> SourceFile:
        parts = [path, *(path.with_suffix(part) for part in NEEDED_SHAPE_PARTS)]
        missing = [part.suffix for part in parts if not part.exists()]
        if missing:
            raise SourceChanged(
                f"{name} is part of a shapefile without its {' and '.join(missing)}. "
                f"Put every part in one folder or zip, and load that."
            )
        return SourceFile(path, facts_of(parts, name), "shapefile", sheets=(path.stem,))

    def _place(self) -> Path:
        return self.folder / f"unpacked-{next(self.numbers)}"


def _name(path: Path, asked: list[Path]) -> str:
    """What we call a file: its path below the folder that the person named."""
    for folder in asked:
        if folder.is_dir() and path.is_relative_to(folder):
            return _printable(path.relative_to(folder).as_posix())
    return _printable(path.name)


def _belongs(place: Path, root: Path) -> bool:
    parts = place.relative_to(root).parts
    if not place.is_file() or any(part.startswith(".") for part in parts):
        return False
    beside_shape = place.suffix.lower() in SHAPE_PARTS
    return not (beside_shape and place.with_suffix(SHAPE).exists())


def _suffix(entry: ZipInfo) -> str:
    return PurePosixPath(entry.filename).suffix.lower()


def _printable(member: str) -> str:
    """A member's name, without what could upset a terminal or a log."""
    return "".join(letter if letter.isprintable() else "?" for letter in member)


def _lies_beside(entry: ZipInfo, shape: ZipInfo) -> bool:
    stem = shape.filename[: -len(SHAPE)].lower()
    beside = entry.filename.lower().startswith(f"{stem}.")
    return beside and _suffix(entry) in SHAPE_PARTS


def cannot_read(name: str, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return (
            f"The disk filled up while unpacking {name}. Free some space and load it "
            f"again; nothing of it was kept."
        )
    return f"{name} cannot be read ({error.strerror}). Check that you may open it."
