"""The table book follows the guidance on accessible spreadsheets, and hides nothing."""

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from defusedxml import ElementTree
from odfdo import Document
from reports.made_by_hand import assessment as by_hand
from reports.made_by_hand import by_ward, finding

from saferplan.reports.book import sheets
from saferplan.reports.canonical import as_published
from saferplan.reports.ods import to_ods
from saferplan.reports.xlsx import to_xlsx

SHEETS = ["Cover", "Contents", "Notes", "Findings", "Gaps", "Sources"]
SHEETS += ["Table_1", "Table_2"]


def members(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def xlsx(made):
    return openpyxl.load_workbook(io.BytesIO(made["assessment.xlsx"]))


@pytest.fixture(scope="module")
def ods(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "assessment.ods"
    path.write_bytes(made["assessment.ods"])
    return Document(path)


def test_both_books_have_a_cover_contents_notes_and_one_table_to_a_sheet(xlsx, ods):
    assert xlsx.sheetnames == SHEETS
    assert [table.name for table in ods.body.tables] == SHEETS
    assert all(len(xlsx[name].tables) == 1 for name in SHEETS[1:])
    assert not xlsx["Cover"].tables


def test_both_books_say_the_same(xlsx, ods):
    for name in SHEETS:
        ours = [[cell for cell in row if cell is not None] for row in xlsx[name].values]
        table = ods.body.get_table(name=name)
        theirs = [
            [value for value in row if value is not None] for row in table.get_values()
        ]
        assert [list(map(as_text, row)) for row in ours] == [
            list(map(as_text, row)) for row in theirs
        ]


def as_text(value):
    if isinstance(value, str):
        return re.sub(r"^\[(.+)\]\(#.+\)$", r"\1", value)  # odfdo writes links so
    return f"{float(value):.6g}"


def test_nothing_is_hidden_merged_frozen_filtered_or_blank(xlsx):
    for page in xlsx:
        assert page.sheet_state == "visible"
        assert not page.merged_cells.ranges
        assert page.freeze_panes is None
        assert page.auto_filter.ref is None
        assert all(not each.hidden for each in page.row_dimensions.values())
        assert all(not each.hidden for each in page.column_dimensions.values())
        for table in page.tables.values():
            cells = [cell.value for row in page[table.ref] for cell in row]
            assert None not in cells
            assert "" not in cells
            assert table.autoFilter is None
            assert table.headerRowCount == 1


def test_a_table_starts_under_its_title_and_notes(xlsx):
    page = xlsx["Table_2"]
    assert page["A1"].value == "Burglary in each month"
    assert page["A3"].value == "August 2024 was not published."
    assert page["A4"].value == "Month"
    assert page["A5"].value == "January 2024"


def test_a_name_that_begins_with_an_equals_sign_is_not_calculated(xlsx, made):
    cells = [cell for row in xlsx["Table_1"].iter_rows() for cell in row]
    (ward,) = [cell for cell in cells if cell.value == "=Bank & Bridge"]
    assert ward.data_type == "s"
    contents = members(made["assessment.xlsx"])
    assert not any(
        re.search(rb"<f[ >]", text)
        for name, text in contents.items()
        if "sheet" in name
    )
    assert b"table:formula" not in members(made["assessment.ods"])["content.xml"]


def test_there_is_no_author_no_path_no_clock_and_no_outside_link(made):
    for book in ("assessment.xlsx", "assessment.ods"):
        text = b"".join(members(made[book]).values())
        assert b"creator" not in text.replace(b"openpyxl", b"")
        assert b"/home/" not in text
        assert b"externalLink" not in text
        assert b"comments" not in text
        assert not re.search(rb"20[2-9]\d-\d\d-\d\dT", text)


def test_every_member_is_well_formed(made):
    for book in ("assessment.xlsx", "assessment.ods"):
        for name, text in members(made[book]).items():
            if name != "mimetype":
                ElementTree.fromstring(text)


def test_the_ods_says_what_it_is_before_anything_else(made):
    with zipfile.ZipFile(io.BytesIO(made["assessment.ods"])) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_hidden_numbers_are_hidden_in_both_books():
    secret = finding(table=by_ward(sensitive=["offences"]))
    book = sheets(as_published(by_hand(secret)))
    table = openpyxl.load_workbook(io.BytesIO(to_xlsx(book, "t")))["Table_2"]
    assert [cell.value for cell in table["D"]][-4:] == [130, 320, "[c]", "[c]"]
    assert b"[c]" in members(to_ods(book, "t"))["content.xml"]


def test_shares_are_percentages_with_the_sign_in_the_heading():
    book = {sheet.name: sheet for sheet in sheets(by_hand())}
    changes = [row[9] for row in book["Findings"].rows]
    assert changes == ["[z]", -12.0]


def test_a_table_without_rows_keeps_its_headings():
    nothing = finding(table=replace(by_ward(), rows=()))
    book = sheets(as_published(by_hand(nothing)))
    table = openpyxl.load_workbook(io.BytesIO(to_xlsx(book, "t")))["Table_2"]
    assert "Ward" in [cell.value for row in table.iter_rows() for cell in row]
    assert members(to_ods(book, "t"))["content.xml"]
