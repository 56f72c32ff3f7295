"""The board pack as PDF and as a Word document."""

import io

import pikepdf
import pytest
from docx import Document

from saferplan.reports.board_pack import pack_to_docx, pack_to_pdf


def action(name, **changed):
    return {
        "name": name,
        "text": "Run a campaign",
        "lead": "Example Council",
        "time": "March 2027",
        "state": "Overdue",
        "why": "It was due by 31 March 2026.",
        "said": "Posters #let are \\up; =1+1 <b>",
        **changed,
    }


@pytest.fixture
def pack():
    return {
        "title": "Board pack, July to September 2026",
        "partnership": "Safer Example Partnership",
        "plan": "Safer Example Plan, version 2",
        "period": {"begins": "1 July 2026", "ends": "30 September 2026"},
        "summary": ["Of 2 actions, 1 is overdue."],
        "counts": [
            {"state": "Done", "now": 1, "before": 0},
            {"state": "Overdue", "now": 1, "before": None},
        ],
        "asks": ["Say who leads action 1.2."],
        "exceptions": [{"title": "Overdue", "actions": [action("1.1")]}],
        "finished": [action("1.2", lead="", state="Done")],
        "indicators": [
            {
                "title": "Burglary in a year",
                "value": "812",
                "target": "700",
                "rating": "Red",
                "chart": "No change",
                "note": "The two disagree.",
            }
        ],
        "money": [{"name": "Crime prevention fund", "planned": "£42,000"}],
        "groups": [
            {
                "title": "Victims satisfied, by sex",
                "headings": ["Group", "September 2026", "Last twelve months"],
                "rows": [
                    ["Everybody", "58% (70 of 120)", "60%"],
                    ["Men", "Hidden", ""],
                ],
                "notes": ["Small counts are hidden #let."],
            }
        ],
        "strands": [{"title": "Violence", "actions": [action("1.1"), action("1.2")]}],
        "notes": ["What nobody reported is not reported."],
    }


def test_the_pdf_is_tagged_and_titled_and_holds_every_part(pack):
    body = pack_to_pdf(pack)
    with pikepdf.open(io.BytesIO(body)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert "Board pack" in str(pdf.docinfo["/Title"])
    assert pack_to_pdf(pack) == body


def test_the_word_document_has_real_headings_and_every_row(pack):
    body = pack_to_docx(pack)
    document = Document(io.BytesIO(body))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Head")]
    assert headings == [
        "What the board is asked",
        "How the actions stand",
        "Indicators",
        "Overdue",
        "Finished in this quarter",
        "Money",
        "Indicators group by group",
        "Victims satisfied, by sex",
        "Violence",
        "How to read this",
    ]
    last = document.tables[-1]
    assert [row.cells[0].text for row in last.rows] == [
        "Action",
        "1.1 Run a campaign",
        "1.2 Run a campaign",
    ]
    assert "Nobody leads it" in document.tables[-4].rows[1].cells[1].text
    by_sex = document.tables[-2]
    assert [cell.text for cell in by_sex.rows[2].cells] == ["Men", "Hidden", ""]
    assert any("Small counts are hidden" in each.text for each in document.paragraphs)
    assert document.core_properties.title == pack["title"]
    assert pack_to_docx(pack) == body


def test_what_is_not_there_is_left_out(pack):
    for part in ("asks", "indicators", "money", "exceptions", "finished", "strands"):
        pack[part] = []
    del pack["groups"]  # as in packs frozen before there were any
    assert pack_to_pdf(pack).startswith(b"%PDF")
    document = Document(io.BytesIO(pack_to_docx(pack)))
    assert len(document.tables) == 1


def test_words_that_no_file_can_hold_are_left_out(pack):
    pack["strands"][0]["actions"][0]["text"] = "A bell \x07 rings"
    document = Document(io.BytesIO(pack_to_docx(pack)))
    assert "A bell  rings" in document.tables[-1].rows[1].cells[0].text
