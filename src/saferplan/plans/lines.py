"""
A document as lines of cells, each paragraph with its place in the source.

Tables come as lines with tabs (text from a PDF), as rows of a web page, or as CSV. A
line that is no row of a table is a line of one cell.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# What separates paragraphs inside a cell. Only `<p>` and `<li>` can hold an empty one.
BREAK = re.compile(r"<(/?)(p|br|li|div|ul|ol|tbody)\b[^<>]*>|[\r\n\u2028]+", re.I)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
SCRIPT = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1>", re.I)
TABLE_ROW = re.compile(r"<tr\b[^<>]*>", re.I)
TABLE_ROW_END = re.compile(r"</tr\s*>|(?=</table\s*>|<tr\b)", re.I)
TABLE_CELL = re.compile(r"<t[dh]\b([^<>]*)>", re.I)
TABLE_CELL_END = re.compile(r"</t[dh]\s*>", re.I)
SPAN = re.compile(r"""(row|col)span\s*=\s*["']?(\d{1,4})""", re.I)
TEXT_BREAK = re.compile(
    r"</?(?:p|br|li|div|h[1-6]|table|ul|ol|title|body|html|head|thead|tbody)\b[^<>]*>"
    r"|\r\n|\n|\r",
    re.I,
)
APOSTROPHE = re.compile("'+[=+@-]")
MOST_COLUMNS = 60


@dataclass(frozen=True)
class Piece:
    """A paragraph: its words without markup, and its range in the source."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Cell:
    """
    The paragraphs of a cell.

    spread   True if a cell with words covers several rows, this being its first or a
             later one
    missing  True if the row ends before its column
    """

    pieces: tuple[Piece, ...] = ()
    spread: bool = False
    missing: bool = False

    @property
    def filled(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.text]

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.filled)


@dataclass(frozen=True)
class Line:
    start: int
    end: int
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.text]

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.filled)

    @property
    def title(self) -> str:
        """Its words as a title: without the label in a cell before them."""
        return self.filled[-1].text if self.filled else ""

    @property
    def is_prose(self) -> bool:
        """Whether it is no row: one cell, or only its first cell is filled."""
        return len(self.cells) == 1 or self.filled == [self.cells[0]]


def clean(text: str) -> str:
    """
    Words without tags, entities or runs of white space.

    >>> clean("<b>Knife&nbsp;crime</b>  plan")
    'Knife crime plan'
    """
    if "<" in text:
        text = TAG.sub(" ", SCRIPT.sub(" ", text))
    return " ".join(html.unescape(text).split())


def piece(text: str, start: int, end: int) -> Piece:
    inside = text[start:end]
    left = len(inside) - len(inside.lstrip())
    right = len(inside.rstrip())
    words = clean(inside)
    if not words:
        return Piece("", start, start)
    return Piece(words, start + left, start + right)


def paragraphs(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Return the paragraphs between two places, with the empty ones that were meant."""
    if start == end:
        return ()
    found: list[Piece] = []
    at, meant = start, False
    by_lines = "<" not in text[start:end]
    for mark in BREAK.finditer(text, start, end):
        one = piece(text, at, mark.start())
        if one.text or by_lines or (meant and mark.group(1)):
            found.append(one)
        # A blank line inside a cell of a spreadsheet is an empty paragraph.
        if by_lines:
            empty = Piece("", mark.start(), mark.start())
            found.extend([empty] * (mark.group().count("\n") - 1))
        meant = not mark.group(1) and (mark.group(2) or "").lower() in ("p", "li")
        at = mark.end()
    last = piece(text, at, end)
    if last.text or by_lines:
        found.append(last)
    return tuple(found)


def lines_of_text(text: str) -> Iterator[Line]:
    """The lines of a text; a line with tabs is a row."""
    at = 0
    for raw in text.splitlines(keepends=True):
        start, end = at, at + len(raw.rstrip("\r\n"))
        at += len(raw)
        cells = []
        for part in text[start:end].split("\t")[:MOST_COLUMNS]:
            cells.append(Cell(paragraphs(text, start, start + len(part))))
            start += len(part) + 1
        yield Line(at - len(raw), end, tuple(cells))


def lines_of_web_page(text: str) -> Iterator[Line]:
    """The rows of every table of a web page, and the lines around them."""
    at = 0
    spread: dict[int, tuple[int, bool]] = {}
    for row in TABLE_ROW.finditer(text):
        outside = list(lines_around(text, at, row.start()))
        if any(line.text for line in outside):
            spread = {}  # another table
        yield from outside
        ending = TABLE_ROW_END.search(text, row.end())
        end = ending.end() if ending else len(text)
        yield row_of_web_page(text, row.end(), end, spread)
        at = end
    yield from lines_around(text, at, len(text))


def lines_around(text: str, start: int, end: int) -> Iterator[Line]:
    at = start
    for mark in TEXT_BREAK.finditer(text, start, end):
        yield Line(at, mark.start(), (Cell((piece(text, at, mark.start()),)),))
        at = mark.end()
    yield Line(at, end, (Cell((piece(text, at, end),)),))


def row_of_web_page(
    text: str, start: int, end: int, spread: dict[int, tuple[int, bool]]
) -> Line:
    """
    One row.

    spread  by column, for how many rows yet a cell from above covers it, and whether
            that cell has words
    """
    cells: list[Cell] = []
    openings = list(TABLE_CELL.finditer(text, start, end))
    edges = [*(mark.start() for mark in openings), end][1:]
    for mark, edge in zip(openings, edges, strict=True):
        fill_from_above(cells, spread)
        closing = TABLE_CELL_END.search(text, mark.end(), edge)
        spans = {which.lower(): int(n) for which, n in SPAN.findall(mark.group(1))}
        stop = closing.start() if closing else edge
        inside = Cell(paragraphs(text, mark.end(), stop))
        if (down := spans.get("row", 1)) > 1:
            inside = Cell(inside.pieces, spread=bool(inside.text))
            spread[len(cells)] = (down - 1, inside.spread)
        cells.append(inside)
        cells.extend([Cell()] * min(spans.get("col", 1) - 1, MOST_COLUMNS))
    fill_from_above(cells, spread)
    return Line(start, end, tuple(cells[:MOST_COLUMNS]) or (Cell(),))


def fill_from_above(cells: list[Cell], spread: dict[int, tuple[int, bool]]) -> None:
    while len(cells) in spread:
        left, has_words = spread.pop(len(cells))
        if left > 1:
            spread[len(cells)] = (left - 1, has_words)
        cells.append(Cell(spread=has_words))


def lines_of_csv(text: str, delimiter: str) -> Iterator[Line]:
    """The records of a CSV text. A quote that is never closed ends with the file."""
    ending = re.compile(rf"{re.escape(delimiter)}|\r\n|\n|\r")
    at = start = 0
    cells: list[Cell] = []
    while at < len(text):
        begin, stop, after = csv_cell(text, at, ending)
        cells.append(csv_paragraphs(text, begin, stop))
        at = after
        mark = ending.match(text, at)
        at = mark.end() if mark else len(text)
        if mark is None or mark.group() != delimiter or at == len(text):
            if mark and mark.group() == delimiter:
                cells.append(Cell())
            yield Line(start, after, tuple(cells[:MOST_COLUMNS]))
            cells, start = [], at


def csv_cell(text: str, at: int, ending: re.Pattern[str]) -> tuple[int, int, int]:
    """Return where a cell's content starts and stops, and where what follows it is."""
    if text[at] != '"':
        mark = ending.search(text, at)
        stop = mark.start() if mark else len(text)
        return at, stop, stop
    closing = re.compile(r'(?:[^"]|"")*+').match(text, at + 1)
    stop = closing.end() if closing else len(text)
    mark = ending.search(text, stop)
    return at + 1, stop, mark.start() if mark else len(text)


def csv_paragraphs(text: str, start: int, stop: int) -> Cell:
    # Our own export puts an apostrophe before what a spreadsheet would take for a
    # formula; it is no part of the words.
    start += bool(APOSTROPHE.match(text, start, stop))
    pieces = paragraphs(text, start, stop)
    return Cell(tuple(Piece(p.text.replace('""', '"'), p.start, p.end) for p in pieces))
