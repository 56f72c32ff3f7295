"""
The text of a PDF, page by page: lines put together into headings, paragraphs and items.

A PDF has letters in places and no paragraphs. Lines that stand close together are one
paragraph; larger letters, or a short line in bold, make a heading; what stands at the
top or the foot of several pages is a running head, a foot or a number.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from saferplan.consultations.blocks import (
    BlockKind,
    ResponseDocument,
    Writing,
)
from saferplan.consultations.plain_text import NUMBERED, NUMBERED_ITEM, PAGE_NUMBER
from saferplan.errors import ResponseError
from saferplan.plans.words import is_bullet

MOST_PAGES = 1_000
SOFT_HYPHEN = "\ufffe"
LARGER, BOLD = 1.12, 600  # how much larger, and how heavy, the letters of a heading are
APART = 1.2  # of the distance between most lines, where a paragraph ends
SPACED = 1.45  # of the letters' size: lines further apart may be paragraphs
LETTER = 0.6  # how wide a letter and what is beside it are, of its size
EDGE = 3  # lines at the top and the foot of a page that may be its furniture


@dataclass(frozen=True)
class PdfLine:
    """
    A line of a page.

    top, bottom, left, right  where it stands, in points from the page's lower left
    size, weight              of its first letter
    """

    words: str
    page: int
    top: float
    bottom: float
    left: float
    right: float
    size: float
    weight: int


def read_pdf(content: bytes, name: str) -> ResponseDocument:
    """Return what a PDF says; ResponseError says what to do if it cannot be read."""
    pages = pages_of(content, name)
    empty = [at for at, lines in enumerate(pages, start=1) if not lines]
    if len(empty) == len(pages):
        raise ResponseError(
            f"{name} has {len(pages)} pages and no text: it is a scan, or pictures of "
            f"its pages. Ask for the document it was made from, or type what it says."
        )
    writing = Writing()
    for paragraph, kind, level in paragraphs_of(pages):
        words = joined(paragraph)
        writing.add(kind, words, page=paragraph[0].page, level=level)
    unread = tuple(
        f"Page {page} of {name} holds no text: look at it, it may be a picture."
        for page in empty
    )
    return writing.document(content, name, "PDF", pages=len(pages), unread=unread)


def pages_of(content: bytes, name: str) -> list[list[PdfLine]]:
    # A tenth of a second to import, and many responses are text.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        what = "is locked with a password" if locked else "is damaged"
        again = "without one" if locked else "again, or as DOCX"
        raise ResponseError(f"{name} {what}. Ask for it {again}.") from None
    try:
        if len(document) > MOST_PAGES:
            raise ResponseError(
                f"{name} has {len(document):,} pages, more than any response. Save the "
                f"pages that answer the draft as a file of their own."
            )
        return [lines_of(document, at) for at in range(len(document))]
    except pypdfium2.PdfiumError:
        raise ResponseError(
            f"{name} has a page that cannot be read. Print it to PDF again, and read "
            f"that."
        ) from None
    finally:
        document.close()


def lines_of(document: Any, at: int) -> list[PdfLine]:
    page = document[at]
    text = page.get_textpage()
    try:
        return list(lines_on(text, at + 1))
    finally:
        text.close()
        page.close()


def lines_on(text: Any, page: int) -> Iterator[PdfLine]:
    import pypdfium2.raw as pdfium

    start = 0
    whole = characters(text, pdfium)
    for raw in re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", whole):
        words = " ".join(raw.split())
        if words:
            first = start + len(raw) - len(raw.lstrip())
            last = start + len(raw.rstrip()) - 1
            box = text.get_charbox(first, loose=True)
            end = text.get_charbox(last, loose=True)
            yield PdfLine(
                words=words,
                page=page,
                top=box[3],
                bottom=box[1],
                left=box[0],
                right=end[2],
                size=pdfium.FPDFText_GetFontSize(text, first) or 1.0,
                weight=weight_of(pdfium, text, first),
            )
        start += len(raw)


def characters(text: Any, pdfium: Any) -> str:
    """One character for each of the page's, so that their numbers agree."""
    codes = (pdfium.FPDFText_GetUnicode(text, n) for n in range(text.count_chars()))
    return "".join(chr(code) if code else SOFT_HYPHEN for code in codes)


def weight_of(pdfium: Any, text: Any, at: int) -> int:
    """How heavy a letter is; 700 where its font's name says bold."""
    name = ctypes.create_string_buffer(100)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, at, name, 100, flags)
    if b"bold" in name.value.lower() or b"black" in name.value.lower():
        return 700
    return int(pdfium.FPDFText_GetFontWeight(text, at))


Paragraph = tuple[list[PdfLine], BlockKind, int]


def paragraphs_of(pages: list[list[PdfLine]]) -> Iterator[Paragraph]:
    """
    Return paragraphs in order, each with what it is.

    One that runs over a page's end comes whole, and the furniture between after it.
    """
    furniture = furniture_of(pages)
    sizes: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        sizes[round(line.size, 1)] += len(line.words)
    usual = sizes.most_common(1)[0][0]
    larger = sorted({size for size in sizes if size >= usual * LARGER}, reverse=True)
    flow = [line for lines in pages for line in lines if line not in furniture]
    waiting = sorted(furniture, key=lambda line: (line.page, -line.top))
    for lines in grouped(flow, usual):
        while waiting and waiting[0].page < lines[0].page:
            yield furnished(waiting.pop(0), furniture)
        yield lines, *what_is(lines, usual, larger)
    for line in waiting:
        yield furnished(line, furniture)


def furnished(line: PdfLine, furniture: dict[PdfLine, BlockKind]) -> Paragraph:
    return [line], furniture[line], 0


def furniture_of(pages: list[list[PdfLine]]) -> dict[PdfLine, BlockKind]:
    """The lines at the edges of pages that several pages have, and page numbers."""
    edges: list[tuple[PdfLine, BlockKind]] = []
    for lines in pages:
        by_height = sorted(lines, key=lambda line: -line.top)
        edges += [(line, "page header") for line in by_height[:EDGE]]
        rest = by_height[max(EDGE, len(by_height) - EDGE) :]
        edges += [(line, "page footer") for line in rest]
    seen = Counter((kind, likeness(line)) for line, kind in edges)
    found: dict[PdfLine, BlockKind] = {}
    for line, kind in edges:
        numbered = PAGE_NUMBER.match(line.words) and is_outermost(line, pages)
        # "Page 12" on one page alone may be what somebody answers to.
        bare = line.words.strip(" -–|").isdigit() or " of " in line.words
        if numbered and (bare or seen[kind, likeness(line)] > 1):
            found[line] = "page number"
        elif len(pages) > 1 and seen[kind, likeness(line)] > max(1, len(pages) // 3):
            found[line] = kind
    return found


def likeness(line: PdfLine) -> tuple[str, int]:
    """What a running head has in common on all its pages: its words and its place."""
    return re.sub(r"\d+", "0", line.words), round(line.top)


def is_outermost(line: PdfLine, pages: list[list[PdfLine]]) -> bool:
    lines = pages[line.page - 1]
    tops = [each.top for each in lines]
    return line.top in (max(tops), min(tops))


def usual_gap(lines: list[PdfLine]) -> float:
    gaps = [
        above.bottom - below.bottom
        for above, below in zip(lines, lines[1:], strict=False)
        if above.page == below.page and 0 < above.bottom - below.bottom < 100
    ]
    return sorted(gaps)[len(gaps) // 4] if gaps else 0.0


def grouped(lines: list[PdfLine], usual: float) -> Iterator[list[PdfLine]]:
    gap = usual_gap(lines)
    margin = max((line.right for line in lines), default=0.0)
    group: list[PdfLine] = []
    for line in lines:
        if group and not runs_on(group, line, usual, gap, margin):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def runs_on(
    group: list[PdfLine], line: PdfLine, usual: float, gap: float, margin: float
) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    last = group[-1]
    if is_bullet(line.words) or abs(last.size - line.size) > 0.5:
        return False
    if heavy(last) != heavy(line) and heavy_heading(group, usual):
        return False
    if last.page != line.page:
        return line.words[0].islower() and last.words[-1] not in ".?!:"
    apart = last.bottom - line.bottom
    if apart < -1 or apart > gap * APART:
        return False
    if apart > SPACED * last.size and would_fit(last, line, margin):
        return False
    ended = last.words[-1] in ".?!:;"
    if NUMBERED.match(line.words) and (ended or NUMBERED_ITEM.match(group[0].words)):
        return False
    # A line that ends a sentence well before the others end is a paragraph's last.
    reach = max(each.right for each in [*group, line]) - min(e.left for e in group)
    return not (ended and last.right - last.left < 0.75 * reach and len(group) > 1)


def would_fit(last: PdfLine, line: PdfLine, margin: float) -> bool:
    """Whether a line's first word had room on the line before, so that it is new."""
    word = len(line.words.split()[0]) * LETTER * line.size
    return last.right + word < margin


def heavy(line: PdfLine) -> bool:
    return line.weight >= BOLD


def heavy_heading(group: list[PdfLine], usual: float) -> bool:
    words = joined(group)
    return heavy(group[0]) and len(words) <= 120 and words[-1] not in ".;,"


def what_is(
    lines: list[PdfLine], usual: float, larger: list[float]
) -> tuple[BlockKind, int]:
    words = joined(lines)
    size = round(lines[0].size, 1)
    if size >= usual * LARGER and len(words) <= 200:
        return "heading", larger.index(size) + 1
    if is_bullet(words):
        return "list item", 0
    if heavy_heading(lines, usual) and all(heavy(line) for line in lines):
        return "heading", len(larger) + 1
    if size < usual * 0.9 and re.match(r"\d{1,3}\s?[A-Z“‘\"']|[*†]", words):
        return "note", 0
    return "paragraph", 0


def joined(lines: list[PdfLine]) -> str:
    """A paragraph's lines as one; a word that was divided is put together again."""
    said = ""
    for line in lines:
        if said.endswith((SOFT_HYPHEN, "\xad")):
            said = said[:-1] + line.words
        else:
            said = f"{said} {line.words}" if said else line.words
    return said.replace(SOFT_HYPHEN, "-").replace("\xad", "")
