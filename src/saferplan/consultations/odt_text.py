"""The text of an ODT document: headings, paragraphs, lists, tables, notes, comments."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from saferplan.consultations.blocks import BlockKind, ResponseDocument, Writing
from saferplan.errors import ResponseError

# What stands inside a paragraph without being its words.
ASIDE: dict[str, BlockKind] = {
    "text:note": "note",
    "office:annotation": "comment",
}
WITHOUT_WORDS = {"text:tracked-changes", "text:note-citation", "dc:creator", "dc:date"}
GAPS = {"text:s": " ", "text:tab": " ", "text:line-break": "\v"}
INSIDE: dict[str, BlockKind] = {
    "table:table-cell": "table cell",
    "text:list-item": "list item",
    "text:note": "note",
    "office:annotation": "comment",
}


def read_odt(content: bytes, name: str) -> ResponseDocument:
    """Return what an ODT document says; ResponseError says what to do if it cannot."""
    refuse_locked(content, name)
    from odfdo import Document

    writing = Writing()
    try:
        document = Document(io.BytesIO(content))
        for element in document.body.get_elements(
            "descendant::text:p|descendant::text:h"
        ):
            if not inside(element, WITHOUT_WORDS):
                kind, level = kind_of(element)
                words = " ".join("".join(words_in(element)).split(" "))
                writing.add(kind, tidy(words), level=level)
        running(document, writing)
    # What a broken document raises depends on where it is broken.
    except Exception as error:  # noqa: BLE001
        raise ResponseError(
            f"{name} cannot be read as an ODT document ({type(error).__name__}). Open "
            f"it in a word processor, save it again, and read that."
        ) from None
    return writing.document(content, name, "ODT document")


def refuse_locked(content: bytes, name: str) -> None:
    """Refuse a document with a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            manifest = archive.read("META-INF/manifest.xml")
    except (KeyError, zipfile.BadZipFile, RuntimeError):
        raise ResponseError(
            f"{name} is a damaged ODT document. Ask for it again, or as PDF."
        ) from None
    if b"encryption-data" in manifest:
        raise ResponseError(
            f"{name} is locked with a password. Ask for it without one."
        )


def kind_of(element: Any) -> tuple[BlockKind, int]:
    if element.tag == "text:h":
        return "heading", int(element.get_attribute("text:outline-level") or 1)
    for tag in ancestors(element):
        if tag in INSIDE:
            return INSIDE[tag], 0
    return "paragraph", 0


def ancestors(element: Any) -> Iterator[str]:
    above = element.parent
    while above is not None:
        yield above.tag
        above = above.parent


def inside(element: Any, tags: set[str]) -> bool:
    return any(tag in tags for tag in ancestors(element))


def words_in(element: Any) -> Iterator[str]:
    """An element's own words; notes and comments in it are blocks of their own."""
    yield element.text or ""
    for child in element.children:
        if child.tag in GAPS:
            yield GAPS[child.tag]
        elif child.tag not in ASIDE and child.tag not in WITHOUT_WORDS:
            yield from words_in(child)
        yield child.tail or ""


def tidy(words: str) -> str:
    return "\n".join(" ".join(line.split()) for line in words.split("\v"))


def running(document: Any, writing: Writing) -> None:
    """Write the running heads and feet, which are among the styles."""
    kinds: dict[str, BlockKind] = {
        "style:header": "page header",
        "style:footer": "page footer",
    }
    for tag, kind in kinds.items():
        for part in document.get_part("styles").get_elements(f"//{tag}"):
            for element in part.get_elements("descendant::text:p"):
                writing.add(kind, tidy("".join(words_in(element))))
