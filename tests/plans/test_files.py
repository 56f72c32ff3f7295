"""Files of every kind: what they are shows inside them, and most are refused kindly."""

import io
import zipfile

import pytest
from docx import Document as WordDocument
from openpyxl import Workbook
from openpyxl.styles import Font
from typer.testing import CliRunner

from saferplan.cli import app
from saferplan.errors import PlanError
from saferplan.plans import document_of, plan_of, plan_to_csv, read_plan

ROWS = [
    ["Shop theft", None, None, None],
    [None, "Actions", "Time frame", "Completed"],
    ["Deter", "Visit shops", "May 31", "✓"],
    [None, "Mark goods\nShare pictures", "May 31", "✓"],
    [None, "=HYPERLINK(A1)", "31 June 31", None],
]


def workbook(rows, merge=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active["A1"].font = Font(bold=True)
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content, name):
    return plan_of(document_of(content, name))


def test_a_workbook():
    plan = read(workbook(ROWS), "plan.xlsx")
    assert [a.state for a in plan.actions] == ["done", "ambiguous", "ambiguous", "open"]
    assert plan.strands[0].title == "Shop theft"
    assert {action.theme for action in plan.actions} == {1}


def test_a_formula_is_kept_as_words_and_a_bad_date_is_marked():
    action = read(workbook(ROWS), "plan.xlsx").actions[-1]
    assert action.text == "=HYPERLINK(A1)"
    assert "looks like a formula" in action.marks[0]
    assert action.marks[1] == "There is no such day as 31 June 31."


def test_a_tick_merged_over_two_rows_of_a_workbook_is_asked():
    rows = [*ROWS[:3], [None, "Mark goods", "May 31", None]]
    plan = read(workbook(rows, merge="D3:D4"), "plan.xlsx")
    assert [action.state for action in plan.actions] == ["ambiguous"] * 2


def test_a_web_page_pasted_whole():
    page = (
        "<html><body><h2>Shop theft</h2><script>alert(1)</script><table>"
        "<tr><th></th><th>Actions</th><th>By when</th><th>Done</th></tr>"
        "<tr><td rowspan=2>Deter</td><td>Visit <b>shops</b></td><td>May 31</td>"
        "<td>&#10003;</td></tr><tr><td>Mark<td>May 31<td></tr></table></body></html>"
    )
    plan = read(page.encode(), "pasted.txt")
    assert [(a.text, a.state, a.theme) for a in plan.actions] == [
        ("Visit shops", "done", 1),
        ("Mark", "open", 1),
    ]
    assert plan.strands[0].title == "Shop theft"


def test_csv_with_quotes_line_breaks_and_semicolons():
    text = 'Strand;Actions;By when;Done\nTheft;"Say ""no""; twice";May 31;yes\n;Go;;\n'
    plan = read(text.encode(), "plan.csv")
    assert [a.text for a in plan.actions] == ['Say "no"; twice', "Go"]
    assert {a.strand for a in plan.actions} == {1}


def test_an_empty_line_in_a_cell_is_an_empty_paragraph():
    text = 'Theft,,\nActions,By when,Done\n"Go\nLook\nAsk","May 31","✓\n\n✓"\n'
    plan = read(text.encode(), "plan.csv")
    assert [a.state for a in plan.actions] == ["done", "open", "done"]
    spaced = read(b'Actions,Done\n"Go\n\n\nLook",\n', "plan.csv")
    assert [a.text for a in spaced.actions] == ["Go", "Look"]


def test_our_own_apostrophe_is_the_only_one_taken_away():
    text = "Theft\nActions\tBy when\tDone\n'=sum\tMay 31\t\n"
    plan = read(text.encode(), "plan.txt")
    again = read(plan_to_csv(plan).encode(), "plan.csv")
    assert again.actions[0].text == plan.actions[0].text == "'=sum"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings(encoding):
    text = "Theft\nActions\tBy when\tDone\nVisit\tMay 31\t✓\n"
    assert read(text.encode(encoding), "plan.txt").actions[0].state == "done"


def test_rows_that_are_never_closed():
    page = "<tr><tr><tr>\n<tr><td>Actions<td>Done<tr><td>Visit shops<td>yes<tr>"
    assert read(page.encode(), "pasted.txt").actions[0].state == "done"


def docx():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        (b"PK\x03\x04 broken", "damaged"),
        (docx(), "cannot be read as a Word document"),
        (workbook([]), "is empty"),
        (b"<p>Hello</p>", "no table with a column of actions"),
        (b"Dear all,\nplease see below.\n", "no table with a column of actions"),
        (b"Actions\tTime frame\tCompleted\n", "no table with a column of actions"),
    ],
)
def test_what_is_no_plan_is_refused_in_a_sentence_or_two(content, words):
    with pytest.raises(PlanError, match=words):
        read(content, "plan.txt")


def test_ten_thousand_actions_are_read_in_a_time_in_proportion(tmp_path):
    import time

    def seconds(count):
        rows = "".join(
            f"Theme {n % 7}\tVisit shop number {n} in ward {n % 21} with a leaflet"
            f"\tMay 31\t✓\n"
            for n in range(count)
        )
        text = f"Theft\n\tActions\tBy when\tDone\n{rows}"
        start = time.process_time()
        plan = read(text.encode(), "long.txt")
        assert len(plan.actions) == count
        return time.process_time() - start

    short = seconds(1_000)
    assert seconds(10_000) < 30 * short + 1


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plan.txt"
    text = "Theft\n\tActions\tBy when\tDone\nDeter\t<p>Go</p><p>Look</p>\tMay 31\t✓\n"
    path.write_text(text, encoding="utf-8")
    return path


def run(*words):
    return CliRunner().invoke(app, ["read-plan", *map(str, words)])


def test_the_command_tells_a_person_what_needs_them(file):
    said = run(file).stdout
    assert "1 strand, 1 theme, 2 actions: " in said
    assert "2 that a person must settle" in said
    assert "1.1.1: One tick is beside 2 actions." in said


def test_what_the_command_writes_it_can_read(file, tmp_path):
    written = run(file, "--json").stdout
    (tmp_path / "plan.json").write_text(written, encoding="utf-8")
    assert run(tmp_path / "plan.json", "--json").stdout == written
    assert run(file, "--csv").stdout.startswith("Theft") is False
    assert (
        "Strand,Priority,Scope,Communications,Theme,Actions"
        in run(file, "--csv").stdout
    )


def test_the_command_refuses_in_one_line(tmp_path):
    result = run(tmp_path / "gone.txt")
    assert result.exit_code == 1
    assert "There is no file" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_far_too_large_is_not_opened(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as out:
        out.truncate(21_000_000)
    with pytest.raises(PlanError, match="more than any plan"):
        read_plan(path)


def word(rows, merge=None):
    """A Word document with a heading, a list, and these rows as its table."""
    document = WordDocument()
    document.add_heading("Example plan", 0)
    document.add_paragraph("What runs through it:")
    document.add_paragraph("the victim first", style="List Bullet")
    document.add_heading("Shop theft", 1)
    table = document.add_table(rows=len(rows), cols=4)
    for row, words in zip(table.rows, rows, strict=True):
        for cell, said in zip(row.cells, words, strict=True):
            first, *others = (said or "").split("\n")
            cell.text = first
            for other in others:
                cell.add_paragraph(other)
    if merge:
        (top, left), (bottom, right) = merge
        table.cell(top, left).merge(table.cell(bottom, right))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_document_is_read_as_the_same_plan_as_the_workbook():
    as_word = read(word(ROWS[1:]), "plan.docx")
    as_workbook = read(workbook(ROWS), "plan.xlsx")
    assert [(a.name, a.text, a.state, a.time.text) for a in as_word.actions] == [
        (a.name, a.text, a.state, a.time.text) for a in as_workbook.actions
    ]
    assert as_word.strands[0].title == "Shop theft"
    assert as_word.source.kind == "Word document"


def test_a_tick_merged_over_two_rows_of_a_word_table_is_asked():
    rows = [*ROWS[1:3], [None, "Mark goods", "May 31", None]]
    plan = read(word(rows, merge=((1, 3), (2, 3))), "plan.docx")
    assert [action.state for action in plan.actions] == ["ambiguous"] * 2


def test_a_word_document_with_no_plan_or_with_a_fault_is_refused():
    with pytest.raises(PlanError, match="no table with a column of actions"):
        read(word([["Dear", "all", "see", "you"]]), "letter.docx")
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("word/document.xml", "<w:document>")
    with pytest.raises(PlanError, match="cannot be read as a Word document"):
        read(broken.getvalue(), "broken.docx")
