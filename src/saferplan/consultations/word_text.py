"""
The text of a Word document, as somebody who reads it on paper sees it, and its notes.

Text that was struck out as a tracked change is not in it; text that was put in is. The
running heads stand before the body, footnotes and comments after it.
"""

import io
import re
from typing import Any

from saferplan.consultations.blocks import BlockKind, ResponseDocument, Writing
from saferplan.errors import ResponseError

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Words that were struck out or moved away, and a second copy for old programs.
NOT_READ = {f"{WORD}del", f"{WORD}moveFrom", f"{COMPATIBILITY}Fallback"}
NOTES = {"/word/footnotes.xml", "/word/endnotes.xml"}
LEVEL = re.compile(r"(?:Heading|heading) ?(\d)")


def read_word(content: bytes, name: str) -> ResponseDocument:
    """Return what a Word document says; ResponseError says what to do if it cannot."""
    # A tenth of a second to import, and many responses are text.
    from docx import Document

    if b"macroEnabled" in content_types(content, name):
        raise ResponseError(
            f"{name} holds macros. Ask for it as DOCX or PDF, which hold none."
        )
    writing = Writing()
    try:
        document = Document(io.BytesIO(content))
        running(document, "header", "page header", writing)
        pages = body(document, writing)
        running(document, "footer", "page footer", writing)
        notes(document, writing)
    # What a broken document raises depends on where it is broken.
    except Exception as error:  # noqa: BLE001
        raise ResponseError(
            f"{name} cannot be read as a Word document ({type(error).__name__}). Open "
            f"it in a word processor, save it again, and read that."
        ) from None
    return writing.document(content, name, "Word document", pages=pages)


def content_types(content: bytes, name: str) -> bytes:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read("[Content_Types].xml")
    except (KeyError, zipfile.BadZipFile, RuntimeError):
        raise ResponseError(
            f"{name} is a damaged or locked Word document. Ask for it without a "
            f"password, or as PDF."
        ) from None


def body(document: Any, writing: Writing) -> int | None:
    """Write the body's paragraphs; return the pages as Word last laid them out."""
    root = document.element.body
    breaks = f"{WORD}lastRenderedPageBreak"
    laid_out = next(root.iter(breaks), None) is not None
    names = {style.style_id: style.name or "" for style in document.styles}
    page = 1
    for element in root.iter(f"{WORD}p"):
        if any(each.tag in NOT_READ for each in element.iterancestors()):
            continue
        kind, level = kind_of(element, names)
        words, turned = words_in(element)
        # A break before its first words means that it begins on the next page.
        begins = page + turned[0]
        writing.add(kind, words, page=begins if laid_out else None, level=level)
        page += sum(turned)
    return page if laid_out else None


def kind_of(element: Any, names: dict[str, str]) -> tuple[BlockKind, int]:
    properties = element.pPr
    styled = properties is not None and properties.pStyle is not None
    style = properties.pStyle.val if styled else ""
    name = names.get(style, style)
    if found := LEVEL.match(name):
        return "heading", int(found[1])
    if name in ("Title", "Subtitle"):
        return "heading", 1
    if next(element.iterancestors(f"{WORD}tc"), None) is not None:
        return "table cell", 0
    listed = properties is not None and properties.numPr is not None
    if listed or name.startswith("List"):
        return "list item", 0
    return "paragraph", 0


def words_in(element: Any) -> tuple[str, tuple[int, int]]:
    """
    A paragraph's words, and the page breaks before and after the first of them.

    A text box inside it is a paragraph of its own.
    """
    said: list[str] = []
    before = after = 0
    for part in element.iter():
        if part.tag == f"{WORD}lastRenderedPageBreak":
            before, after = (before, after + 1) if said else (before + 1, after)
        elif part.tag in WRITTEN and belongs(part, element):
            said.append(WRITTEN[part.tag] or part.text or "")
    lines = ["".join(said)] if said else []
    words = "\n".join(" ".join(line.split()) for line in "".join(lines).split("\v"))
    return words, (before, after)


WRITTEN = {f"{WORD}t": "", f"{WORD}tab": " ", f"{WORD}br": "\v", f"{WORD}cr": "\v"}


def belongs(part: Any, paragraph: Any) -> bool:
    """Whether a run's text is this paragraph's own, and was not struck out."""
    for above in part.iterancestors():
        if above is paragraph:
            return True
        if above.tag in NOT_READ or above.tag == f"{WORD}p":
            return False
    return False


def running(document: Any, which: str, kind: BlockKind, writing: Writing) -> None:
    """Write the running heads or feet, each different one once."""
    seen: set[str] = set()
    for section in document.sections:
        for name in (which, f"first_page_{which}", f"even_page_{which}"):
            part = getattr(section, name)
            # Asking one that is not there for its paragraphs would make it.
            if part.is_linked_to_previous:
                continue
            for element in part._element.iter(f"{WORD}p"):
                words, _ = words_in(element)
                if words and words not in seen:
                    seen.add(words)
                    writing.add(kind, words)


def notes(document: Any, writing: Writing) -> None:
    from docx.oxml.parser import parse_xml

    for part in document.part.package.iter_parts():
        if str(part.partname) in NOTES:
            for element in parse_xml(part.blob).iter(f"{WORD}p"):
                writing.add("note", words_in(element)[0])
    for comment in document.comments:
        for paragraph in comment.paragraphs:
            writing.add("comment", words_in(paragraph._p)[0])
