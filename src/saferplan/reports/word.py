"""Pieces of Word documents: real headings, header rows that repeat, no clock."""

import io
from collections.abc import Sequence
from typing import Any

LANGUAGE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"


def new_document(title: str, *, author: str) -> Any:
    """Return a document that says what it is, to a reader and to a screen reader."""
    from docx import Document

    document = Document()
    document.core_properties.title = title
    document.core_properties.author = author
    document.core_properties.language = "en-GB"
    for language in document.styles.element.xpath(".//w:rPrDefault//w:lang"):
        language.set(LANGUAGE, "en-GB")  # which a screen reader goes by
    document.add_heading(clean(title), 0)
    return document


def add_list(document: Any, title: str, sentences: Sequence[str]) -> None:
    if sentences:
        document.add_heading(clean(title), 1)
        for sentence in sentences:
            document.add_paragraph(clean(sentence), style="List Bullet")


def add_table(
    document: Any,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    level: int = 1,
) -> None:
    """A heading and a table under it; nothing where there are no rows."""
    if not rows:
        return
    document.add_heading(clean(title), level)
    table = document.add_table(rows=1, cols=len(headings), style="Light Grid Accent 1")
    fill(table.rows[0], headings)
    repeat_as_header(table.rows[0])
    for row in rows:
        fill(table.add_row(), row)


def fill(row: Any, words: Sequence[Any]) -> None:
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
