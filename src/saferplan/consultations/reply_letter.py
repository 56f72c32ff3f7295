"""
The reply to a respondent, from the office's own Word template.

A template says {{name}} where a value goes, and has a table row with {{points.text}}
and the like, which is repeated for each point. The look is the template's own. What
people wrote goes in as words and nothing else: it is never read for fields, and nothing
in the file can run or fetch.
"""

import copy
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from saferplan.errors import ConsultationError
from saferplan.plans.contents import parts_in

FIELD = re.compile(r"\{\{\s*([A-Za-z][\w ]*(?:\.[A-Za-z]\w*)?)\s*\}\}")
# What no XML may hold, and the two marks that are ours.
NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ue000\ue001\ufffe\uffff]")
HALF = re.compile(r"\{\{|\}\}")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 60_000_000
# Word's own fields that run a program or fetch a file when a letter is opened.
RUNS = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|MACROBUTTON)\b")
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
HARMLESS = ("/hyperlink",)

Rows = Sequence[Mapping[str, str]]


def fill_letter(
    template: bytes,
    fields: Mapping[str, str],
    rows: Mapping[str, Rows] | None = None,
    *,
    name: str = "The template",
) -> bytes:
    """
    Return the letter as DOCX: the template with its fields filled in.

    fields  what each {{field}} says; a line break in it is one in the letter
    rows    for tables: {"points": [{"text": ..., "decision": ...}]} repeats the row in
            which {{points.text}} stands, once for each; none leaves the row out

    Raises ConsultationError if the template is no Word document, could run or fetch
    something, names a field that is not known, or leaves a brace open.
    """
    rows = rows or {}
    check_template(template, [*fields, *columns_of(rows)], name=name)
    document = opened(template, name)
    for root in roots(document):
        for row in list(root.iter(f"{W}tr")):
            repeat(row, rows)
        for paragraph in list(root.iter(f"{W}p")):
            fill(paragraph, fields)
        for piece in root.iter(f"{W}t"):
            piece.text = (piece.text or "").replace(BRACE, "{")
    letter = io.BytesIO()
    document.save(letter)
    return letter.getvalue()


def check_template(
    template: bytes, known: Sequence[str], *, name: str = "The template"
) -> None:
    """Raise ConsultationError, naming the field, if a letter could not be written."""
    check_safe(template, name)
    document = opened(template, name)
    for root in roots(document):
        for paragraph in root.iter(f"{W}p"):
            check_fields(paragraph, known, name)


def check_fields(paragraph: Any, known: Sequence[str], name: str) -> None:
    text = text_of(paragraph)
    for match in FIELD.finditer(text):
        field = match[1].strip()
        if field not in known and f"{field.split('.')[0]}.*" not in known:
            raise ConsultationError(
                f"{name} has the field {{{{{field}}}}}, which nothing fills. It can "
                f"have: {', '.join(known) or 'none'}."
            )
        if "." in field and next(paragraph.iterancestors(f"{W}tr"), None) is None:
            raise ConsultationError(
                f"{name} has {{{{{field}}}}} outside a table. Put it in a row of a "
                f"table: the row is repeated."
            )
    left = FIELD.sub("", text)
    if HALF.search(left):
        raise ConsultationError(
            f"{name} has a field that we cannot read, near "
            f"“{left[max(0, HALF.search(left).start() - 5) :][:30]}”. "  # type: ignore[union-attr]
            f"Write it as {{{{name}}}}."
        )


def columns_of(rows: Mapping[str, Rows]) -> list[str]:
    """The columns of each table; any, written as *, of one without lines."""
    return [
        f"{table}.{column}"
        for table, lines in rows.items()
        for column in dict.fromkeys(key for line in lines for key in line) or "*"
    ]


def repeat(row: Any, rows: Mapping[str, Rows]) -> None:
    """Put a table's row in once for each line of the table that its fields name."""
    tables = {
        match[1].split(".")[0]
        for paragraph in row.iter(f"{W}p")
        for match in FIELD.finditer(text_of(paragraph))
        if "." in match[1]
    }
    if not tables:
        return
    if len(tables) > 1:
        raise ConsultationError(
            f"A row of the template has fields of {' and '.join(sorted(tables))}. Give "
            f"each a row of its own."
        )
    [table] = tables
    for line in rows[table]:
        made = copy.deepcopy(row)
        row.addprevious(made)
        for paragraph in list(made.iter(f"{W}p")):
            fill(paragraph, {f"{table}.{key}": said for key, said in line.items()})
    row.getparent().remove(row)


def fill(paragraph: Any, fields: Mapping[str, str]) -> None:
    """Replace fields by what they say, in the look of their first letter."""
    pieces = texts(paragraph)
    whole = "".join(piece.text or "" for piece in pieces)
    # From the last to the first, so that what was put in is never read for fields.
    for match in reversed(list(FIELD.finditer(whole))):
        field = match[1].strip()
        if field in fields or "." in field:
            put(pieces, match.start(), match.end(), fields.get(field, ""))


def put(pieces: list[Any], start: int, end: int, said: str) -> None:
    """Put words in place of a run of letters that may lie over several pieces."""
    at, first = 0, True
    for piece in pieces:
        text = piece.text or ""
        left, right = max(start - at, 0), min(end - at, len(text))
        if left < right:
            write(piece, text[:left] + (MARK if first else "") + text[right:])
            first = False
        at += len(text)
    for piece in pieces:
        if MARK in (piece.text or ""):
            settle(piece, clean(said))


MARK = "\ue000"  # stands in a text for the moment in which a field is filled
BRACE = "\ue001"  # a brace that somebody wrote, until every field is filled


def settle(piece: Any, said: str) -> None:
    """Put the words where the mark is; a line break is Word's own."""
    before, _mark, after = (piece.text or "").partition(MARK)
    lines = said.split("\n")
    if len(lines) == 1:
        write(piece, f"{before}{said}{after}")
        return
    write(piece, before + lines[0])
    last = piece
    for number, line in enumerate(lines[1:], start=2):
        break_ = piece.makeelement(f"{W}br", {})
        last.addnext(break_)
        text = piece.makeelement(f"{W}t", {})
        write(text, line + (after if number == len(lines) else ""))
        break_.addnext(text)
        last = text


def write(piece: Any, text: str) -> None:
    piece.text = text
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def clean(said: str) -> str:
    """Leave out what no XML may hold, and hide braces until all fields are filled."""
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    return NO_XML.sub("", said).replace("{", BRACE)


def texts(paragraph: Any) -> list[Any]:
    """The pieces of text that are this paragraph's own, and no text box's within."""
    return [
        piece
        for piece in paragraph.iter(f"{W}t")
        if next(piece.iterancestors(f"{W}p")) is paragraph
    ]


def text_of(paragraph: Any) -> str:
    return "".join(piece.text or "" for piece in texts(paragraph))


def roots(document: Any) -> Iterator[Any]:
    """The body, and every header and footer, each once."""
    yield document.element.body
    seen = set()
    for section in document.sections:
        for part in (
            *(section.header, section.first_page_header, section.even_page_header),
            *(section.footer, section.first_page_footer, section.even_page_footer),
        ):
            if not part.is_linked_to_previous and id(part._element) not in seen:
                seen.add(id(part._element))
                yield part._element


def opened(template: bytes, name: str) -> Any:
    from docx import Document

    try:
        return Document(io.BytesIO(template))
    # What python-docx raises depends on where the file is broken.
    except Exception as error:  # noqa: BLE001
        raise ConsultationError(
            f"{name} cannot be read as a Word document ({type(error).__name__}). Open "
            f"it in Word and save it as DOCX again."
        ) from None


def check_safe(template: bytes, name: str) -> None:
    """Raise ConsultationError for a template that could run or fetch something."""
    if len(template) > LARGEST_FILE:
        raise ConsultationError(
            f"{name} has more than 20 MB. Make its pictures smaller."
        )
    try:
        parts = parts_in(template)
    except zipfile.BadZipFile:
        raise ConsultationError(
            f"{name} is not a Word document. Save it in Word as DOCX."
        ) from None
    if sum(parts.values()) > LARGEST_UNPACKED:
        raise ConsultationError(f"{name} unpacks to far more than a letter.")
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        words = {
            part: archive.read(part).decode("utf-8", "replace")
            for part in parts
            if part.endswith((".xml", ".rels"))
        }
    if unsafe := what_is_unsafe(set(parts), words):
        raise ConsultationError(
            f"{name} {unsafe}. A letter must not: take it out, and save it as DOCX."
        )


def what_is_unsafe(parts: set[str], words: Mapping[str, str]) -> str:
    types = words.get("[Content_Types].xml", "")
    if "macroEnabled" in types or any("vbaProject" in part for part in parts):
        return "has macros in it"
    if any(re.search(r"/(?:embeddings|activeX)/", part) for part in parts):
        return "has another program's object in it"
    for part, text in words.items():
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            return "has an XML declaration of its own"
        if part.endswith(".rels") and fetches(text):
            return "fetches something from another place when it is opened"
        if "<w:altChunk" in text:
            return "has another document inside it"
        if RUNS.search(" ".join(re.findall(r"<w:instrText[^>]*>([^<]*)<", text))):
            return "has a field of Word's that runs or fetches something"
    return ""


def fetches(relations: str) -> bool:
    """Whether a relation leads outside, other than a link for a reader to follow."""
    try:
        # Without a document type, which was refused before, nothing can be expanded.
        root = ET.fromstring(relations)
    except ET.ParseError:
        return True
    return any(
        each.get("TargetMode") == "External"
        and not str(each.get("Type")).endswith(HARMLESS)
        for each in root.iter(f"{{{RELATIONS}}}Relationship")
    )
