"""
Open a file that may hold a plan: text from a PDF, a web page, CSV, a workbook, Word.

A workbook and a Word document have no text of their own, so we write them out as a web
page, with the cells that are merged; places in the source are then places in that page.
Formulae are written as they stand and never worked out.
"""

import csv
import hashlib
import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saferplan.errors import PlanError
from saferplan.plans.columns import columns_of
from saferplan.plans.contents import parts_in, text_in
from saferplan.plans.lines import (
    Line,
    clean,
    lines_of_csv,
    lines_of_text,
    lines_of_web_page,
)
from saferplan.plans.plan import Source
from saferplan.plans.word_document import text_of_word

MEGABYTE = 1_000_000
# The longest plan we know is a hundredth of this.
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 40 * MEGABYTE  # of a workbook or a Word document
LARGEST_SHEET = 20_000, 60  # rows and columns
WEB_PAGE = re.compile(r"<tr\b|<html\b|<table\b|<body\b", re.I)
DELIMITERS = ",;\t"
MOST_LOOKED_AT = 50_000  # characters, for what separates the cells


@dataclass(frozen=True)
class Document:
    """A file's text, in which every range is measured, and its lines."""

    source: Source
    text: str

    @property
    def lines(self) -> list[Line]:
        if self.source.kind in ("web page", "workbook", "Word document"):
            return list(lines_of_web_page(self.text))
        if self.source.kind == "CSV":
            return list(lines_of_csv(self.text, delimiter_of(self.text)))
        return list(lines_of_text(self.text))


def open_document(path: Path) -> Document:
    """
    Return what a file says. Raises PlanError, with what to do, if it cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise PlanError(
                f"{path.name} has {size / MEGABYTE:,.0f} MB, more than any plan. Save "
                f"the pages with the plan as a file of their own."
            )
        return document_of(path.read_bytes(), path.name)
    except (FileNotFoundError, IsADirectoryError):
        raise PlanError(f"There is no file at {path}. Check its name.") from None


def document_of(content: bytes, name: str) -> Document:
    """Return what the bytes of a file say; what it is shows in them, not its name."""
    if content.startswith(b"PK\x03\x04"):
        return packed(content, name)
    text = decoded(content, name)
    kind = kind_of(text, name)
    return Document(source_of(content, name, kind, text), text)


def source_of(content: bytes, name: str, kind: Any, text: str) -> Source:
    return Source(name, kind, hashlib.sha256(content).hexdigest(), len(text))


def kind_of(text: str, name: str) -> str:
    if WEB_PAGE.search(text):
        return "web page"
    return "CSV" if name.lower().endswith(".csv") or pasted_csv(text) else "text"


def pasted_csv(text: str) -> bool:
    """Whether a text without tabs has the heading of a table all the same."""
    return "\t" not in text[:MOST_LOOKED_AT] and max(headed(text).values()) > 0


def decoded(content: bytes, name: str) -> str:
    if content.startswith(b"%PDF"):
        raise PlanError(
            f"{name} is a PDF. Open it, copy its text into a text file, and read that."
        )
    text = text_in(content)
    if text is None:
        raise PlanError(
            f"{name} is not text. Save it as text, CSV, XLSX or DOCX, and read that."
        )
    if not text.strip():
        raise PlanError(f"{name} is empty. Check that it was saved with its text.")
    return text


def delimiter_of(text: str) -> str:
    """What separates the cells: whichever of the usual ones there is most of."""
    counted = {mark: text.count(mark) for mark in DELIMITERS}
    head = next((line for line in text.splitlines() if line.strip()), "")
    by_head = {mark: head.count(mark) for mark in DELIMITERS}
    columns = headed(text)
    return max(
        DELIMITERS, key=lambda mark: (columns[mark], by_head[mark], counted[mark])
    )


def headed(text: str) -> dict[str, int]:
    """How many columns the first table has, for each mark that may separate cells."""
    start = text[:MOST_LOOKED_AT]
    return {
        mark: next(filter(None, map(width_of, lines_of_csv(start, mark))), 0)
        for mark in DELIMITERS
    }


def width_of(line: Line) -> int:
    """How many columns a line heads; 0 if it is no heading."""
    return len(columns_of(line) or ())


def packed(content: bytes, name: str) -> Document:
    """A file that is a zip inside: a workbook, a Word document, or another."""
    try:
        sizes = parts_in(content)
    except zipfile.BadZipFile:
        raise PlanError(f"{name} is damaged. Fetch or save it again.") from None
    if sum(sizes.values()) > LARGEST_UNPACKED:
        raise PlanError(
            f"{name} unpacks to far more than a plan. Save its table alone, and "
            f"read that."
        )
    if "word/document.xml" in sizes:
        kind, text = "Word document", text_of_word(content, name)
    elif "xl/workbook.xml" in sizes:
        kind, text = "workbook", "".join(table_of(content, name))
    else:
        raise PlanError(
            f"{name} is neither a workbook nor a Word document. Save the plan as text, "
            f"CSV, XLSX or DOCX, and read that."
        )
    if not clean(text):
        raise PlanError(f"{name} is empty. Check that it was saved with its table.")
    return Document(source_of(content, name, kind, text), text)


def table_of(content: bytes, name: str) -> Iterator[str]:
    """Write the first sheet of a workbook as the table of a web page."""
    sheet = sheet_of(content, name)
    merged = {
        (area.min_row, area.min_col): area.max_row - area.min_row + 1
        for area in sheet.merged_cells.ranges
        if area.max_row > area.min_row
    }
    covered = {
        (row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row + 1, area.max_row + 1)
    }
    yield "<table>\n"
    for row in sheet.iter_rows():
        yield "<tr>"
        for cell in row:
            where = (cell.row, cell.column)
            if where in covered:
                continue
            down = f' rowspan="{merged[where]}"' if where in merged else ""
            yield f"<td{down}>{shown(cell.value)}</td>"
        yield "</tr>\n"
    yield "</table>\n"


def sheet_of(content: bytes, name: str) -> Any:
    # openpyxl takes a third of a second to import, and most plans are text.
    from openpyxl import load_workbook

    try:
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    # What a broken workbook raises depends on where it is broken.
    except Exception as error:  # noqa: BLE001
        raise PlanError(
            f"{name} cannot be read as a workbook ({type(error).__name__}). Open it in "
            f"a spreadsheet program, save it again, and read that."
        ) from None
    rows, columns = LARGEST_SHEET
    if sheet.max_row > rows or sheet.max_column > columns:
        raise PlanError(
            f"{name} reaches to row {sheet.max_row:,} and column {sheet.max_column:,}, "
            f"further than any plan. Delete the empty rows and columns, and save it."
        )
    return sheet


def shown(value: Any) -> str:
    """A cell's value as words; a date as the day it is."""
    if value is None:
        return ""
    if hasattr(value, "date"):
        return str(value.date().isoformat())
    lines = html.escape(str(value), quote=False).splitlines()
    return "<br>".join(lines)


def as_csv(rows: list[list[str]]) -> str:
    """Rows as CSV; what a spreadsheet would take for a formula has an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue()


def harmless(cell: str) -> str:
    # One more apostrophe where there is one, so that reading takes away only ours.
    return f"'{cell}" if re.match("'*[=+@-]", cell) else cell
