"""
The board pack of a quarter, as an accessible PDF and as a Word document.

A pack is what a partnership's board has before it: a dictionary that JSON can hold, so
that the frozen pack of years ago is drawn as it was. Its parts, in boards' order:

    title, partnership, plan    what it is, whose, and on which plan
    period                      {"label", "begins", "ends"}, dates in words
    summary                     sentences for who reads one page only
    counts                      [{"state", "now", "before"}], before None if unknown
    asks                        sentences: what the board is asked to decide
    exceptions                  [{"title", "actions"}], the actions out of step
    finished                    actions finished in the period
    indicators                  [{"title", "value", "target", "rating", "chart",
                                "note"}]
    money                       [{"name", "planned"}], in words
    strands                     [{"title", "actions"}], every action
    notes                       what the pack does not mean

An action is {"name", "text", "lead", "time", "state", "why", "said"}.
"""

import io
import json
from pathlib import Path
from typing import Any

from saferplan.reports import typeface

TEMPLATE = Path(__file__).parent / "templates" / "board_pack.typ"
LANGUAGE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"
ACTION_COLUMNS = ["Action", "Lead", "Time frame", "How it stands"]
INDICATOR_COLUMNS = ["Indicator", "Now", "Target", "Agreed rating", "Control chart"]


def pack_to_pdf(pack: dict[str, Any]) -> bytes:
    """Typeset a pack as PDF/UA-1. What it says goes in as data, never as markup."""
    import typst

    compiled = typst.compile(
        str(TEMPLATE),
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=[str(typeface.FONTS)] if typeface.is_here() else [],
        ignore_system_fonts=True,
        sys_inputs={"pack": json.dumps({**pack, "own_typeface": typeface.is_here()})},
    )
    assert isinstance(compiled, bytes)
    return compiled


def pack_to_docx(pack: dict[str, Any]) -> bytes:
    """
    Write a pack as a Word document: real headings, header rows that repeat, a title.

    The same pack gives the same bytes.
    """
    from docx import Document

    document = Document()
    document.core_properties.title = pack["title"]
    document.core_properties.author = pack["partnership"]
    document.core_properties.language = "en-GB"
    for language in document.styles.element.xpath(".//w:rPrDefault//w:lang"):
        language.set(LANGUAGE, "en-GB")  # which a screen reader goes by
    document.add_heading(pack["title"], 0)
    document.add_paragraph(f"{pack['partnership']}. {pack['plan']}.")
    document.add_paragraph(f"{pack['period']['begins']} to {pack['period']['ends']}")
    for sentence in pack["summary"]:
        document.add_paragraph(sentence)
    add_list(document, "What the board is asked", pack["asks"])
    add_table(
        document,
        "How the actions stand",
        ["State", "Now", "A quarter before"],
        [
            [
                each["state"],
                each["now"],
                "" if each["before"] is None else each["before"],
            ]
            for each in pack["counts"]
        ],
    )
    add_indicators(document, pack["indicators"])
    for group in pack["exceptions"]:
        add_actions(document, group["title"], group["actions"])
    add_actions(document, "Finished in this quarter", pack["finished"])
    add_table(
        document,
        "Money",
        ["Where from", "Planned"],
        [[each["name"], each["planned"]] for each in pack["money"]],
    )
    for strand in pack["strands"]:
        add_actions(document, strand["title"], strand["actions"])
    add_list(document, "How to read this", pack["notes"])
    return undated(document)


def add_list(document: Any, title: str, sentences: list[str]) -> None:
    if sentences:
        document.add_heading(title, 1)
        for sentence in sentences:
            document.add_paragraph(sentence, style="List Bullet")


def add_indicators(document: Any, indicators: list[dict[str, Any]]) -> None:
    add_table(
        document,
        "Indicators",
        INDICATOR_COLUMNS,
        [
            [
                each["title"],
                each["value"],
                each["target"],
                each["rating"],
                " ".join(filter(None, (each["chart"], each["note"]))),
            ]
            for each in indicators
        ],
    )


def add_actions(document: Any, title: str, actions: list[dict[str, Any]]) -> None:
    add_table(
        document,
        title,
        ACTION_COLUMNS,
        [
            [
                f"{each['name']} {each['text']}",
                each["lead"] or "Nobody leads it",
                each["time"] or "None",
                " ".join(
                    filter(None, (f"{each['state']}.", each["why"], each["said"]))
                ),
            ]
            for each in actions
        ],
    )


def add_table(
    document: Any, title: str, headings: list[str], rows: list[list[Any]]
) -> None:
    """A heading and a table under it; nothing where there are no rows."""
    if not rows:
        return
    document.add_heading(title, 1)
    table = document.add_table(rows=1, cols=len(headings), style="Light Grid Accent 1")
    fill(table.rows[0], headings)
    repeat_as_header(table.rows[0])
    for row in rows:
        fill(table.add_row(), row)


def fill(row: Any, words: list[Any]) -> None:
    for cell, said in zip(row.cells, words, strict=True):
        cell.text = clean(str(said))


def clean(text: str) -> str:
    """Leave out the characters that no XML file may hold."""
    return "".join(each for each in text if each in "\t\n" or ord(each) >= 32)


def repeat_as_header(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def undated(document: Any) -> bytes:
    """The document's bytes, with no moment of writing in them."""
    from datetime import datetime

    from saferplan.reports.zipped import same_bytes

    long_ago = datetime(1980, 1, 1)
    document.core_properties.created = long_ago
    document.core_properties.modified = long_ago
    written = io.BytesIO()
    document.save(written)
    return same_bytes(written.getvalue(), {})
