"""The rows of a survey's export as words: CSV, or the first sheet of a workbook."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from saferplan.errors import ConsultationError
from saferplan.plans.contents import parts_in, text_in

MEGABYTE = 1_000_000
LARGEST_FILE = 60 * MEGABYTE
LARGEST_UNPACKED = 400 * MEGABYTE
MOST_COLUMNS = 2_000
DELIMITERS = ",;\t|"

Rows = list[list[str]]


def rows_of(path: Path) -> Rows:
    """
    Return every row of an export, cells as words without spaces round them.

    Raises ConsultationError, with what to do, if it cannot be read.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ConsultationError(
                f"{path.name} has more than {LARGEST_FILE // MEGABYTE} MB. Export one "
                f"question or one month at a time."
            )
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise ConsultationError(
            f"There is no file at {path}. Check its name."
        ) from None
    return rows_in(content, path.name)


def rows_in(content: bytes, name: str) -> Rows:
    """The same from bytes; what a file is shows in them, not in its name."""
    rows = (
        list(rows_of_workbook(content, name))
        if content.startswith(b"PK\x03\x04")
        else list(rows_of_text(content, name))
    )
    if not any(any(row) for row in rows):
        raise ConsultationError(
            f"{name} has no rows. Export it again with its answers."
        )
    if max(map(len, rows)) > MOST_COLUMNS:
        raise ConsultationError(
            f"{name} has more than {MOST_COLUMNS:,} columns, which no survey has. "
            f"Check what separates its cells."
        )
    return rows


def rows_of_text(content: bytes, name: str) -> Iterator[list[str]]:
    text = text_in(content)
    if text is None:
        raise ConsultationError(
            f"{name} is neither text nor a workbook. Export the answers as CSV or XLSX."
        )
    head = text[:20_000].splitlines()[:3]
    mark = max(DELIMITERS, key=lambda each: sum(line.count(each) for line in head))
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            yield [cell.strip() for cell in row]
    except csv.Error as error:
        raise ConsultationError(
            f"{name} is not a table we can read: {error}. A quotation mark may be "
            f"missing. Mend it, or export the answers as XLSX."
        ) from None


def rows_of_workbook(content: bytes, name: str) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        unpacked = sum(parts_in(content).values())
        if unpacked > LARGEST_UNPACKED:
            raise ConsultationError(
                f"{name} unpacks to {unpacked // MEGABYTE:,} MB. Do not open it; ask "
                f"for CSV."
            )
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, IndexError, OSError):
        raise ConsultationError(
            f"{name} cannot be read as a workbook. Save it again as XLSX or CSV."
        ) from None
    for row in rows:
        yield [words(cell) for cell in row]


def words(cell: object) -> str:
    """
    >>> words(3.0), words(datetime(2026, 9, 2)), words(" Yes ")
    ('3', '2026-09-02', 'Yes')
    """
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        midnight = cell.time() == datetime.min.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
