"""Exports of other systems, as one neutral record."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from saferplan.consultations.export_tables import rows_of
from saferplan.consultations.survey_exports import export_of, gathered, read_export
from saferplan.errors import ConsultationError

CITIZEN_SPACE = """\
Response ID,1. Do you agree?,2. Where do you feel unsafe?,,,3. Why?
,,At home,On the street,On the bus,
ANON-1,Yes,Yes,,Yes,The buses are dark and nobody is there to help.
ANON-2,No,,,,
ANON-3,Yes,,Yes,,It has been like that for years and years now.
ANON-2,No,,,,Said twice
,Yes,,,,
,,,,,
ANON-9,,,,,
"""
QUALTRICS = (
    "StartDate,ResponseId,Q1,Q2\n"
    "Start Date,Response ID,Do you agree with the plan?,Why do you say so?\n"
    '"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}",'
    '"{""ImportId"":""QID1""}","{""ImportId"":""QID2_TEXT""}"\n'
    "2026-09-02,R_1,Agree,Because the lights are out again in our street.\n"
    "2026-09-03,R_2,Disagree,There are enough lights already I would say.\n"
)
LIMESURVEY = (
    '"id. Response ID","submitdate. Date submitted","Q1. Do you agree?",'
    '"Q2[SQ001]. Where? [At home]","Q2[SQ002]. Where? [On the bus]",'
    '"Q3. Why is that?"\n'
    '"1","2026-09-02","Yes","Yes","No","It is dark there, and has been for years."\n'
    '"2","2026-09-02","No","No","No","I have never once felt unsafe in the park."\n'
)


def read(text, **options):
    return export_of(text.encode(), "export.csv", **options)


def test_a_question_over_its_options_is_one_question_of_ticks():
    found = read(CITIZEN_SPACE)
    kinds = {each.name: each.kind for each in found.questions}
    assert kinds == {
        "Response ID": "about",
        "1. Do you agree?": "closed",
        "2. Where do you feel unsafe?": "ticks",
        "3. Why?": "open",
    }
    assert found.question("2. Where do you feel unsafe?").options == (
        "At home",
        "On the street",
        "On the bus",
    )
    assert found.answers[0].said["2. Where do you feel unsafe?"] == (
        "At home",
        "On the bus",
    )
    assert "2. Where do you feel unsafe?" not in found.answers[1].said


def test_every_row_is_taken_in_or_quarantined_with_its_reason():
    found = read(CITIZEN_SPACE)
    assert found.read == 7
    assert len(found.answers) == 3
    assert [(each.line, each.why.split(":")[0]) for each in found.quarantined] == [
        (6, "Respondent ANON-2 came before"),
        (7, "It does not say which respondent it is of."),
        (8, "It is empty."),
        (9, "It has no answer in it."),
    ]
    assert found.quarantined[0].cells[-1] == "Said twice"


def test_qualtrics_has_three_rows_of_headings():
    found = read(QUALTRICS)
    assert [each.kind for each in found.questions] == [
        "about",
        "about",
        "closed",
        "open",
    ]
    assert found.question("Q2").text == "Why do you say so?"
    assert found.answers[0].respondent == "R_1"
    assert "Qualtrics" in found.cautions[0]


def test_limesurvey_writes_code_question_and_option_in_one_heading():
    found = read(LIMESURVEY)
    assert found.question("Q2").kind == "ticks"
    assert found.answers[0].said["Q2"] == ("At home",)
    assert found.question("Q3").kind == "open"
    assert found.question("Q1").options == ("No", "Yes")


def test_a_workbook_gives_the_same_as_its_table(tmp_path):
    book = Workbook()
    for row in csv.reader(io.StringIO(CITIZEN_SPACE)):
        book.active.append(row)
    book.save(tmp_path / "export.xlsx")
    found = read_export(tmp_path / "export.xlsx")
    assert found.answers == read(CITIZEN_SPACE).answers
    assert found.questions == read(CITIZEN_SPACE).questions


def test_a_guess_is_told_and_can_be_said_otherwise():
    text = "ID,Where?,Why?\n1,Here,Because\n2,Here,Because\n"
    guessed = read(text)
    assert [each.kind for each in guessed.questions] == ["about", "closed", "open"]
    assert guessed.question("Where?").because == "1 different answer of 2"
    assert guessed.question("Why?").because == "it asks for people's own words"
    found = read(text, kinds={"Where?": "open"})
    assert found.question("Where?").kind == "open"
    assert found.question("Where?").because == "as you said"


def test_rows_without_a_reference_are_numbered_and_one_can_be_named():
    assert [each.respondent for each in read("Agree\nYes\nNo\n").answers] == ["1", "2"]
    named = read("Ref,Agree\nb,Yes\na,No\n", respondent="Ref")
    assert [each.respondent for each in named.answers] == ["b", "a"]


def test_a_column_of_references_is_kept_with_what_says_who_somebody_is():
    lines = [f"R{number},Lamps,{number}" for number in range(30)]
    found = read("\n".join(["Who,One word?,Age", *lines]))
    kinds = {each.name: each.kind for each in found.questions}
    assert kinds == {"Who": "about", "One word?": "closed", "Age": "number"}
    assert "no two the same" in found.question("Who").because


def test_a_question_on_how_something_is_done_says_nobody_s_name():
    found = read("How should the police use postcode data?\nWith care\nNever\n")
    assert found.questions[0].kind != "about"


def test_columns_called_alike_stay_apart():
    found = read("Why,Why\na,b\n")
    assert found.answers[0].said == {"Why": "a", "Why (2)": "b"}


def test_one_text_sent_often_and_broken_letters_are_pointed_out():
    same = "the very same text that somebody has handed round to everybody"
    found = read(
        "ID,Why?\n" + "".join(f"{n},{same}\n" for n in range(4)), kinds={"Why?": "open"}
    )
    assert any("one and the same text" in said for said in found.cautions)
    broken = read("ID,Why?\n1,itâ€™s dark\n", kinds={"Why?": "open"})
    assert any("broken letters" in said for said in broken.cautions)


@pytest.mark.parametrize(
    ("text", "options", "helps"),
    [
        ("", {}, "no rows"),
        ("a,b\n1,2\n", {"kinds": {"c": "open"}}, "no question 'c'"),
        ("a,b\n1,2\n", {"kinds": {"a": "song"}}, "choose one of"),
        ("a,b\n1,2\n", {"header_rows": 9}, "cannot all be headings"),
        ("a,b\n1,2\n", {"respondent": "c"}, "no column 'c'"),
    ],
)
def test_what_cannot_be_read_is_refused(text, options, helps):
    with pytest.raises(ConsultationError, match=helps):
        read(text, **options)


def test_a_file_that_is_neither_text_nor_a_workbook_is_refused(tmp_path):
    with pytest.raises(ConsultationError, match="no file"):
        rows_of(tmp_path / "none.csv")
    with pytest.raises(ConsultationError, match="cannot be read as a workbook"):
        export_of(b"PK\x03\x04 nothing", "x.xlsx")
    with pytest.raises(ConsultationError, match="neither text"):
        export_of(b"\x00\x01\x02", "x.csv")


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12)


@given(
    rows=st.lists(
        st.lists(CELLS.map(str.strip), min_size=3, max_size=5), min_size=2, max_size=12
    )
)
def test_no_row_is_ever_lost(rows):
    rows = [["ID", "First thing", "Second thing"], *rows]
    found = gathered(rows, "x", header_rows=1)
    assert found.read == len(rows) - 1
    lines = [each.line for each in (*found.answers, *found.quarantined)]
    assert sorted(lines) == list(range(2, len(rows) + 1))
