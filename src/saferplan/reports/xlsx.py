"""
The table book as XLSX.

Words are written as words, so that a name which begins with "=" is never calculated.
No author, no path, no clock: the same book is the same bytes.
"""

import io
import re
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

from saferplan.reports.book import Sheet, longest
from saferplan.reports.zipped import same_bytes

# A fixed day in place of a clock: the earliest that the ZIP format can hold.
LONG_AGO = datetime(1980, 1, 1)
WRAP = Alignment(wrap_text=True, vertical="top")
RIGHT = Alignment(wrap_text=True, vertical="top", horizontal="right")


def to_xlsx(sheets: list[Sheet], title: str) -> bytes:
    """Write the sheets as a workbook with `title` as its only property."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    properties = book.properties
    properties.title, properties.creator, properties.language = title, None, "en-GB"
    file = io.BytesIO()
    book.save(file)
    return same_bytes(file.getvalue(), {"docProps/core.xml": _without_dates})


def _write(page: Any, sheet: Sheet) -> None:
    for row, line in enumerate(sheet.lines, start=1):
        cell = _put(page, row, 1, line)
        cell.font = Font(size=16 if row == 1 else 11, bold=row == 1)
        if not sheet.headings:
            cell.alignment = WRAP
    if not sheet.headings:
        page.column_dimensions["A"].width = 90
        return
    top = len(sheet.lines) + 1
    for at in range(len(sheet.headings)):
        _write_column(page, sheet, at, top)
    for down, name in enumerate(sheet.links, start=top + 1):
        cell = page.cell(down, 1)
        cell.hyperlink = f"#'{name}'!A1"
        cell.font = Font(underline="single", color="12436D")
    _mark_table(page, sheet, top)


def _write_column(page: Any, sheet: Sheet, at: int, top: int) -> None:
    heading = sheet.headings[at]
    alignment = WRAP if heading.decimals is None else RIGHT
    width = min(max(longest(sheet, at) + 2, 12), 60)
    page.column_dimensions[get_column_letter(at + 1)].width = width
    cell = _put(page, top, at + 1, heading.text)
    cell.font, cell.alignment = Font(bold=True), alignment
    for down, row in enumerate(sheet.rows, start=top + 1):
        cell = _put(page, down, at + 1, row[at])
        cell.alignment = alignment
        if heading.decimals is not None:
            cell.number_format = "#,##0." + "0" * heading.decimals
            cell.number_format = cell.number_format.rstrip(".")


def _put(page: Any, row: int, column: int, value: str | int | float) -> Any:
    cell = page.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl would make a formula of "=..."
    return cell


def _mark_table(page: Any, sheet: Sheet, top: int) -> None:
    """Mark the table and its header row for screen readers, without filter buttons."""
    last = get_column_letter(len(sheet.headings)) + str(top + len(sheet.rows))
    table = Table(displayName=f"{sheet.name}_data", ref=f"A{top}:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1")
    page.add_table(table)
    table._initialise_columns()
    table.autoFilter = None
    for column, heading in zip(table.tableColumns, sheet.headings, strict=True):
        column.name = heading.text


def _without_dates(xml: bytes) -> bytes:
    """openpyxl stamps the time of saving whatever its properties say."""
    stamp = LONG_AGO.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, xml)
