"""Everything that was gathered, to take away in five formats."""

import csv
import html
import io
import json
import zipfile

import pytest
from consultations.seeded_identifiers import texts
from docx import Document
from openpyxl import load_workbook

from saferplan.consultations.exporting import (
    tables,
    to_csv,
    to_json,
    without_identifiers,
)
from saferplan.consultations.gathered import Answers, Gathered, Question, Refused
from saferplan.errors import ConsultationError, ReportError
from saferplan.reports.table_files import write_tables

MADE = Gathered(
    "export.csv",
    (
        Question("Name", "What is your name?", "about"),
        Question("Where", "Where?", "ticks", ("At home", "On the bus")),
        Question("Why", "=1+1?", "open"),
    ),
    (
        Answers("A-1", 2, {"Name": "Somebody", "Where": ("At home", "On the bus")}),
        Answers("A-2", 3, {"Why": '=HYPERLINK("x")\x0bline'}),
    ),
    (Refused(4, "It is empty.", ("secret",)),),
)


def test_who_somebody_is_stays_out_unless_it_is_asked_for():
    assert tables(MADE)[0].headings == ("Respondent", "Where", "Why")
    assert tables(MADE)[0].rows[0] == ("1", "At home; On the bus", "")
    assert "secret" not in str(tables(MADE))
    assert "Somebody" not in to_json(MADE)
    assert "A-1" not in to_json(MADE)
    assert tables(MADE, about=True)[0].rows[0][:2] == ("A-1", "Somebody")
    assert "secret" in to_json(MADE, about=True)


def test_csv_cannot_run_and_has_the_same_words():
    rows = list(csv.reader(io.StringIO(to_csv(tables(MADE)[0]).decode("utf-8-sig"))))
    assert rows[2][2].startswith("'=HYPERLINK")
    questions = to_csv(tables(MADE)[1]).decode("utf-8-sig")
    assert "'=1+1?" in questions


def test_a_workbook_has_a_sheet_a_table_and_no_formula():
    book = load_workbook(io.BytesIO(write_tables(tables(MADE), "xlsx", title="x")))
    assert book.sheetnames == ["Answers", "Questions", "Not_taken_in"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_ods_and_word_are_written_the_same_each_time():
    for kind in ("ods", "docx"):
        one = write_tables(tables(MADE), kind, title="x")
        assert one == write_tables(tables(MADE), kind, title="x")
        with zipfile.ZipFile(io.BytesIO(one)) as archive:
            assert archive.testzip() is None
    document = Document(io.BytesIO(write_tables(tables(MADE), "docx", title="x")))
    assert document.tables[0].rows[1].cells[1].text == "At home; On the bus"


def test_json_has_everything_exactly():
    found = json.loads(to_json(MADE))
    assert found["read"] == 3
    assert found["answers"][1]["said"]["Why"] == '=HYPERLINK("x")\x0bline'


def test_what_is_not_known_is_refused():
    with pytest.raises(ReportError, match="Choose one of"):
        write_tables(tables(MADE), "pdf", title="x")
    with pytest.raises(ConsultationError, match="no question 'No'"):
        MADE.question("No")


def test_no_seeded_identifier_is_left_in_any_public_export():
    sown = texts(150, names=False, seed=30)
    made = Gathered(
        "export.csv",
        (Question("Why", "Why?", "open"),),
        tuple(
            Answers(str(at), at, {"Why": each.text}) for at, each in enumerate(sown, 2)
        ),
    )
    public = without_identifiers(made)
    files = [to_json(public).encode()]
    files += [
        write_tables(tables(public), kind, title="x")
        for kind in ("csv", "ods", "xlsx", "docx")
    ]
    said = " ".join(map(words_of, files)).casefold()
    for each in sown:
        for seed in each.seeds:
            assert each.text[seed.start : seed.end].casefold() not in said


def words_of(file):
    """Everything that a file holds, hidden or not."""
    if not file.startswith(b"PK"):
        return file.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        whole = " ".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )
    return html.unescape(whole)
