"""The reply from the office's own template."""

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.consultations.reply_letter import (
    check_template,
    fill_letter,
)
from saferplan.errors import ConsultationError

POINTS = [
    {"text": "More lights", "decision": "Accepted"},
    {"text": "Fewer forms", "decision": "Not accepted"},
]


def template(*paragraphs, table=True, header=""):
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        made = document.add_table(rows=2, cols=2)
        made.rows[0].cells[0].text, made.rows[0].cells[1].text = "You said", "We did"
        made.rows[1].cells[0].text = "{{points.text}}"
        made.rows[1].cells[1].text = "{{ points.decision }}"
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return saved(document)


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def letter(made, fields, rows=None):
    return Document(io.BytesIO(fill_letter(made, fields, rows)))


def with_part(made, name, content):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def test_fields_and_a_row_for_each_point_are_filled_in():
    made = letter(
        template("Dear {{name}},", header="Ref {{reference}}"),
        {"name": "Ms Obi", "reference": "SP-7"},
        {"points": POINTS},
    )
    assert made.paragraphs[0].text == "Dear Ms Obi,"
    assert made.sections[0].header.paragraphs[0].text == "Ref SP-7"
    cells = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert cells == [
        ["You said", "We did"],
        ["More lights", "Accepted"],
        ["Fewer forms", "Not accepted"],
    ]


def test_a_field_split_over_runs_keeps_the_look_of_its_first_letter():
    document = Document()
    paragraph = document.add_paragraph("Dear ")
    paragraph.add_run("{{na").bold = True
    paragraph.add_run("me}").italic = True
    paragraph.add_run("}, thank you").underline = True
    made = letter(saved(document), {"name": "Ms Obi"})
    runs = made.paragraphs[0].runs
    assert made.paragraphs[0].text == "Dear Ms Obi, thank you"
    assert [(run.text, run.bold) for run in runs if run.bold] == [("Ms Obi", True)]
    assert runs[-1].text == ", thank you"
    assert runs[-1].underline


def test_two_fields_in_one_run_and_lines_within_a_value():
    made = letter(
        template("{{name}}\t{{address}}!", table=False),
        {"name": "A", "address": "1 The Road\nLondon"},
    )
    assert made.paragraphs[0].text == "A\t1 The Road\nLondon!"


def test_no_points_leave_no_row():
    assert len(letter(template("x"), {}, {"points": []}).tables[0].rows) == 1
    with pytest.raises(ConsultationError, match="points.text"):
        letter(template("x"), {})


def test_a_point_that_holds_a_field_of_ours_is_words():
    rows = {"points": [{"text": "{{name}} {{points.decision}}", "decision": "{{"}]}
    made = letter(template("{{name}}"), {"name": "{{points.text}}"}, rows)
    assert made.paragraphs[0].text == "{{points.text}}"
    assert made.tables[0].rows[1].cells[0].text == "{{name}} {{points.decision}}"
    assert made.tables[0].rows[1].cells[1].text == "{{"


def test_an_unknown_field_is_named_with_those_there_are():
    with pytest.raises(ConsultationError, match=r"\{\{nmae\}\}.*It can have: name"):
        fill_letter(template("{{nmae}}", table=False), {"name": "x"})


@pytest.mark.parametrize(
    ("text", "helps"),
    [("{{name", "cannot read"), ("{{1}}", "cannot read"), ("{{p.a}}", "outside a t")],
)
def test_a_field_that_cannot_be_filled_is_told_before_any_letter(text, helps):
    with pytest.raises(ConsultationError, match=helps):
        check_template(template(text, table=False), ["name", "p.a"])


def test_a_row_of_two_tables_is_refused():
    document = Document()
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "{{a.x}}", "{{b.x}}"
    with pytest.raises(ConsultationError, match="a and b"):
        fill_letter(saved(document), {}, {"a": [{"x": ""}], "b": [{"x": ""}]})


WORDS = st.text(max_size=40)


@settings(max_examples=30, deadline=None)
@given(one=WORDS, other=WORDS)
def test_what_people_wrote_is_never_read_for_fields(one, other):
    said = {"name": f"{one}{{{{day}}}}", "day": other}
    made = letter(template("[{{name}}][{{day}}]", table=False), said)
    assert "{{day}}][" in made.paragraphs[0].text


EXTERNAL = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://x/attachedTemplate" '
    'Target="http://example.org/t.dotm" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("part", "content", "helps"),
    [
        ("word/vbaProject.bin", "x", "macros"),
        ("word/embeddings/a.bin", "x", "another program's object"),
        ("word/_rels/settings.xml.rels", EXTERNAL, "fetches"),
        ("word/x.xml", "<w:instrText>DDEAUTO cmd</w:instrText>", "runs or fetches"),
        ("word/x.xml", '<w:altChunk r:id="1"/>', "another document"),
        ("word/x.xml", '<!DOCTYPE x [<!ENTITY a "b">]>', "declaration"),
    ],
)
def test_a_template_that_could_run_or_fetch_something_is_refused(part, content, helps):
    with pytest.raises(ConsultationError, match=helps):
        fill_letter(with_part(template("x", table=False), part, content), {})


def test_a_docm_and_what_is_no_document_are_refused():
    made = template("x", table=False)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    macros = types.replace(
        "wordprocessingml.document.main", "ms-word.document.macroEnabled.main"
    )
    with pytest.raises(ConsultationError, match="macros"):
        fill_letter(with_part(made, "[Content_Types].xml", macros), {})
    with pytest.raises(ConsultationError, match="not a Word document"):
        fill_letter(b"plain", {})
    with pytest.raises(ConsultationError, match="cannot be read"):
        fill_letter(with_part(made, "word/document.xml", "<broken"), {})
