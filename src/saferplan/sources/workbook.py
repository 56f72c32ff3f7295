"""
Read the sheets of a workbook as rows of cells, within bounds.

A workbook is a zip that anybody can write. Before it is handed to the reader its
members are counted as they unpack, and the reach of each sheet is taken from its
cells, not from what the sheet says of itself: one cell in the far corner would
otherwise ask for more memory than any machine has.
"""

import datetime as dt
import re
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from saferplan.errors import SourceChanged, SourceUnsafe
from saferplan.sources.archives import (
    MEGABYTE,
    Allowance,
    Limits,
    members,
    unpacked_chunks,
)
from saferplan.sources.source import SourceFile

Cell = str | int | float | bool | dt.date | dt.time | dt.datetime | dt.timedelta

LIMITS = Limits(total=600 * MEGABYTE, entries=5_000)
# A reach of 20 million cells takes about 1 GB; the largest published table we know, all
# areas of an ONS workbook, reaches 2 million.
MOST_CELLS = 20_000_000
CELL = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
# A cell reference that lies across two chunks is still seen whole.
OVERLAP = 64


def sheet_rows(file: SourceFile, sheet: str) -> list[list[Cell]]:
    """
    Every row of one sheet from its first line, as the cells' values; "" where empty.

    The first item is the sheet's first row even where that is empty, so the index of a
    row plus one is its number in the spreadsheet program.

    Raises SourceChanged if there is no such sheet or the workbook is damaged, and
    SourceUnsafe if reading it would take more memory than a real one.
    """
    name = file.facts.name
    if sheet not in file.sheets:
        raise SourceChanged(
            f"{name} has no sheet {sheet!r}; it has {', '.join(file.sheets)}. The "
            f"publisher may have changed its layout."
        )
    check_reach(file.path, name)
    try:
        book = CalamineWorkbook.from_path(str(file.path))
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise SourceChanged(
            f"{name}, sheet {sheet!r}, cannot be read ({error}). Open it in a "
            f"spreadsheet program, save it again, and load that."
        ) from None


def hidden_sheets(file: SourceFile) -> tuple[str, ...]:
    """The sheets that a person who opens the workbook would not see."""
    book = CalamineWorkbook.from_path(str(file.path))
    return tuple(
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible != SheetVisibleEnum.Visible
    )


def check_reach(path: Path, name: str) -> None:
    """Raise SourceUnsafe for a workbook that no machine could hold."""
    try:
        reach = _reach(path, name)
    except SourceUnsafe:
        raise SourceUnsafe(
            f"{name} unpacks to far more than a workbook does, so we did not open it. "
            f"If it is genuine, save the sheet you need as CSV and load that."
        ) from None
    if reach > MOST_CELLS:
        raise SourceUnsafe(
            f"{name} has a cell so far from the others that its sheet cannot be held "
            f"in memory. Delete the empty rows and columns, save it, and load that."
        )


def _reach(path: Path, name: str) -> int:
    """The cells of the rectangle that holds every cell of the workbook's sheets."""
    rows, columns = 0, 0
    sheet, before = "", b""
    entries = members(path, name, LIMITS)
    for entry, chunk in unpacked_chunks(path, entries, name, Allowance(LIMITS)):
        if "worksheets/" not in entry.filename:
            continue
        if entry.filename != sheet:
            sheet, before = entry.filename, b""
        cells = CELL.findall(before + chunk)
        before = chunk[-OVERLAP:]
        if cells:
            columns = max(columns, *(column_number(c) for c in {c for c, _ in cells}))
            rows = max(rows, *(int(row) for _, row in cells))
    return rows * columns


def column_number(letters: bytes) -> int:
    """
    The number of a column in a spreadsheet.

    >>> column_number(b"AA")
    27
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
