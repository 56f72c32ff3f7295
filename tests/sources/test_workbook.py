"""Workbooks, honest and otherwise."""

import datetime as dt
import zipfile

import polars as pl
import pytest
from openpyxl import Workbook

from saferplan.errors import SourceChanged, SourceUnsafe
from saferplan.sources import workbook
from saferplan.sources.archives import Limits
from saferplan.sources.files import open_file
from saferplan.sources.loading import with_hidden_sheets
from saferplan.sources.workbook import check_reach, hidden_sheets, sheet_rows
from saferplan.store.reading import Reading


@pytest.fixture
def book(tmp_path):
    """A workbook with a title row, a gap, a table and a hidden sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Table C1"
    sheet["B2"] = "Area"
    sheet["C2"] = "Offences"
    sheet["B3"] = "Lewisham"
    sheet["C3"] = 17
    sheet["C4"] = dt.date(2024, 3, 31)
    book.create_sheet("Workings").sheet_state = "hidden"
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def rewritten(path, change):
    """Copy a workbook, with `change` made to its first sheet."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", 8) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                data = change(data)
            new.writestr(entry.filename, data)
    return target


def test_rows_keep_the_place_they_have_on_the_sheet(book):
    with open_file(book) as file:
        assert file.sheets == ("Table C1", "Workings")
        assert sheet_rows(file, "Table C1") == [
            ["", "", ""],
            ["", "Area", "Offences"],
            ["", "Lewisham", 17],
            ["", "", dt.date(2024, 3, 31)],
        ]


def test_hidden_sheets_are_named(book):
    with open_file(book) as file:
        assert hidden_sheets(file) == ("Workings",)


def test_a_load_says_which_sheets_were_hidden(book):
    with open_file(book) as file:
        noted = with_hidden_sheets(file, made_by_hand(file))
    assert noted.notes == ("book.xlsx holds sheets hidden from view: Workings.",)


def made_by_hand(file):
    return Reading(
        source="made-by-hand",
        dataset="population",
        file=file.facts,
        kept=pl.DataFrame(),
        rows_read=0,
        published=dt.date(2024, 3, 31),
    )


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(book):
    with open_file(book) as file, pytest.raises(SourceChanged, match="Table C1"):
        sheet_rows(file, "Table C9")


def test_what_a_sheet_says_of_its_size_is_not_believed(book):
    lie = rewritten(
        book,
        lambda data: data.replace(b'ref="B2:C4"', b'ref="A1:XFD1048576"'),
    )
    with open_file(lie) as file:
        assert len(sheet_rows(file, "Table C1")) == 4


def test_a_cell_in_the_far_corner_is_refused_before_it_fills_the_memory(book):
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    bomb = rewritten(book, lambda data: data.replace(b"</sheetData>", far))
    with open_file(bomb) as file, pytest.raises(SourceUnsafe, match="so far from"):
        sheet_rows(file, "Table C1")


def test_a_workbook_that_unpacks_without_end_is_refused(book, monkeypatch):
    monkeypatch.setattr(workbook, "LIMITS", Limits(ratio=20, ratio_from=50_000))
    bomb = rewritten(book, lambda data: data + b" " * 190_000)
    with pytest.raises(SourceUnsafe, match="save the sheet you need as CSV"):
        check_reach(bomb, "bomb.xlsx")


def test_a_damaged_sheet_says_to_save_it_again(book):
    broken = rewritten(book, lambda data: data[: len(data) // 2])
    with open_file(broken) as file, pytest.raises(SourceChanged, match="save it again"):
        sheet_rows(file, "Table C1")
