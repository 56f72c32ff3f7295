"""What a file is, told from its bytes and not from its name."""

import codecs
import csv
import hashlib
import io
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from saferplan.errors import SourceChanged, SourceUnknown
from saferplan.sources.archives import CHUNK
from saferplan.sources.source import SourceFile
from saferplan.store.reading import FileFacts

START = 4096  # characters of a text file that a source may look at
DELIMITERS = ",;\t|"

# First bytes on the left; on the right what we call it, or why we cannot read it.
KINDS = {
    b"PAR1": "parquet",
    b"SQLite format 3\x00": "geopackage",
    b"\x00\x00\x27\x0a": "shapefile",
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
}
FOREIGN = {
    b"version https://git-lfs": (
        "is a Git LFS pointer: a note of where the file is, not the file. Fetch the "
        "file itself, with git lfs pull or from the publisher."
    ),
    b"\xd0\xcf\x11\xe0": (
        "is an old .xls or a password-protected workbook. Save it as .xlsx without a "
        "password and load that."
    ),
    b"7z\xbc\xaf": "is a 7-Zip archive. Unpack it yourself and load the folder.",
    b"Rar!": "is a RAR archive. Unpack it yourself and load the folder.",
    b"BZh": "is packed with bzip2. Unpack it yourself and load the file.",
    b"\xfd7zXZ": "is packed with xz. Unpack it yourself and load the file.",
    b"\x28\xb5\x2f\xfd": "is packed with zstd. Unpack it yourself and load the file.",
}
HTML = re.compile(r"\s*(<\?xml[^>]*>\s*)?<(!doctype html|html|head|body)\b", re.I)
FEW_CONTROLS = 64
TEXT_CONTROLS = b"\t\n\r\x0b\x0c\x1a\x1b"
# A two- or three-byte letter as only UTF-8 writes it.
UTF_8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
NOT_IN_WINDOWS_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def kind_of(path: Path, name: str) -> str:
    """
    gzip, zip, or one of the kinds of `SourceFile`.

    Raises SourceChanged for what stands where data should be (an empty file, a web
    page, a Git LFS pointer, a foreign archive) and SourceUnknown for what is no data
    (a PDF, a picture).
    """
    with path.open("rb") as file:
        head = file.read(CHUNK // 16)
    if not head.strip(b"\x00\xef\xbb\xbf \r\n\t"):
        raise SourceChanged(f"{name} is empty. Fetch it again from the publisher.")
    if head.startswith(b"%PDF"):
        raise SourceUnknown(f"{name} is a PDF. Load the table it was made from.")
    for magic, why in FOREIGN.items():
        if head.startswith(magic):
            raise SourceChanged(f"{name} {why}")
    for magic, kind in KINDS.items():
        if head.startswith(magic):
            return _kind_of_zip(path) if kind == "zip" else kind
    return _kind_of_text(head, path, name)


def describe(path: Path, name: str, kind: str) -> SourceFile:
    """
    The file with everything a source needs to recognise it.

    Raises SourceChanged where the inside does not keep what the first bytes promise.
    """
    if kind in ("csv", "json", "geojson"):
        return _describe_text(path, name, kind)
    facts = facts_of([path], name)
    if kind == "parquet":
        return SourceFile(path, facts, kind, header=_parquet_columns(path, name))
    if kind == "geopackage":
        return SourceFile(path, facts, kind, sheets=_layers(path, name))
    return SourceFile(path, facts, kind, sheets=_sheets(path, name))


def facts_of(parts: list[Path], name: str) -> FileFacts:
    """The identity of a file, or of a shapefile's parts taken together."""
    digest, size = hashlib.sha256(), 0
    for part in parts:
        with part.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    return FileFacts(name, digest.hexdigest(), size)


def _kind_of_zip(path: Path) -> str:
    """A workbook is a zip too; the parts inside it tell."""
    try:
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" in archive.NameToInfo:
                return "xlsx"
            if "content.xml" in archive.NameToInfo and "mimetype" in archive.NameToInfo:
                return "ods"
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        pass  # the archive reader says what is wrong with it
    return "zip"


def _kind_of_text(head: bytes, path: Path, name: str) -> str:
    text = head.decode(_first_guess(head), errors="replace").lstrip("\ufeff")
    if HTML.match(text):
        raise SourceChanged(
            f"{name} is a web page, not data: the link may have moved or asked for a "
            f"sign-in. Fetch the file again from the publisher."
        )
    controls = sum(head.count(code) for code in range(32) if code not in TEXT_CONTROLS)
    # A NUL or two is a slip in a table, whose row is refused; a tenth is no table.
    if controls > max(FEW_CONTROLS, len(head) / 10) and "\x00" in text:
        raise SourceUnknown(f"{name} is not a table, a workbook or a map we can read.")
    if not text.lstrip().startswith(("{", "[")):
        return "csv"
    return "geojson" if "FeatureCollection" in text + _end_of(path) else "json"


def _first_guess(head: bytes) -> str:
    """The encoding so far as its first bytes tell it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    pairs = len(head) // 2
    if head[1::2].count(0) > pairs * 0.4:
        return "utf-16-le"
    if head[::2].count(0) > pairs * 0.4:
        return "utf-16-be"
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"


def _end_of(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - START))
        return file.read().decode("utf-8", errors="replace")


def _describe_text(path: Path, name: str, kind: str) -> SourceFile:
    """One pass over the bytes gives the identity and the encoding together."""
    with path.open("rb") as file:
        head = file.read(CHUNK)
        listener = _Encoding(_first_guess(head))
        digest, size, chunk = hashlib.sha256(), 0, head
        while chunk:
            digest.update(chunk)
            size += len(chunk)
            listener.hear(chunk)
            chunk = file.read(CHUNK)
    facts = FileFacts(name, digest.hexdigest(), size)
    encoding = listener.verdict()
    text = head.decode(encoding, errors="replace")
    if kind != "csv":
        return SourceFile(path, facts, kind, start=text[:START], encoding=encoding)
    delimiter = _delimiter(text)
    return SourceFile(
        path,
        facts,
        kind,
        header=_header(text, delimiter),
        start=text[:START],
        delimiter=delimiter,
        encoding=encoding,
    )


class _Encoding:
    """Which encoding a text is in, chunk by chunk."""

    def __init__(self, guess: str):
        self.guess = guess
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.valid = True
        self.has_utf_8 = False
        self.fits_windows = True

    def hear(self, chunk: bytes) -> None:
        pending = self.decoder.getstate()[0]
        if self.guess.startswith("utf-16") or (chunk.isascii() and not pending):
            return
        self.has_utf_8 |= UTF_8_LETTER.search(chunk) is not None
        self.fits_windows &= NOT_IN_WINDOWS_1252.search(chunk) is None
        try:
            self.decoder.decode(chunk)
        except UnicodeDecodeError:
            self.decoder.reset()
            self.valid = False

    def verdict(self) -> str:
        """A damaged UTF-8 file stays UTF-8: its damaged rows are refused one by one."""
        foreign = not self.valid or self.decoder.getstate()[0]
        if foreign and self.fits_windows and not self.has_utf_8:
            return "cp1252"
        return self.guess


def _delimiter(text: str) -> str:
    """The likeliest delimiter: the one the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    unquoted = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=unquoted.count)


def _header(text: str, delimiter: str) -> tuple[str, ...]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        first = next((row for row in rows if any(row)), [])
    except csv.Error:  # a monstrous field; the reader of the table says so
        return ()
    return tuple(name.strip() for name in first)


def _parquet_columns(path: Path, name: str) -> tuple[str, ...]:
    try:
        return tuple(pl.read_parquet_schema(path))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        raise SourceChanged(
            f"{name} is a damaged or cut-short Parquet file. Fetch it again."
        ) from None


def _layers(path: Path, name: str) -> tuple[str, ...]:
    try:
        address = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as base:
            rows = base.execute("select table_name from gpkg_contents").fetchall()
    except (sqlite3.Error, UnicodeDecodeError):  # the second tells of damage too
        raise SourceChanged(
            f"{name} is a database but not a GeoPackage, or is damaged. Export it as a "
            f"GeoPackage and load that."
        ) from None
    return tuple(str(row[0]) for row in rows)


def _sheets(path: Path, name: str) -> tuple[str, ...]:
    try:
        return tuple(CalamineWorkbook.from_path(str(path)).sheet_names)
    except (CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            raise SourceChanged(
                f"{name} is locked with a password. Save it without one and load that."
            ) from None
        raise SourceChanged(
            f"{name} is a damaged workbook. Open it in a spreadsheet program, save it "
            f"again, and load that; or fetch it again."
        ) from None
