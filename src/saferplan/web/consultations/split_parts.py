"""A document from its first character to its last, as its split stands now."""

import re
from dataclasses import dataclass
from itertools import pairwise

from saferplan.plans.words import without_markup
from saferplan.web.consultations.models import (
    NoPoint,
    Passage,
    Point,
    ResponseDocument,
)
from saferplan.web.consultations.services.first_reading import passages_of

SENTENCE = re.compile(r"(?<=[.!?;:])[\s’”\"']+(?=[\w“‘\"'(])|\n\s*")
PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Part:
    """
    One stretch of the document on the page: a point, or words that hold none.

    number  of the point among the document's points; 0 of a stretch without one
    refers  the places of the draft that its words name: "pg. 17"
    heads   of a heading, the passage of the draft that it seems to stand for
    """

    text: str
    start: int
    number: int
    point: Point | None = None
    empty: NoPoint | None = None
    refers: tuple[str, ...] = ()
    heads: Passage | None = None

    @property
    def paragraphs(self) -> list[str]:
        """A line that was only broken to fit a page goes on; an empty one ends it."""
        return [each for each in PARAGRAPH.split(self.text.strip()) if each]

    @property
    def is_open(self) -> bool:
        return self.point is not None and not self.point.is_placed


@dataclass(frozen=True)
class Chapter:
    """
    A heading of the document with what stands under it, up to the next one.

    number   of its part among all parts, from 0
    points   under it; of these, as many as `waiting` are placed by nobody
    """

    heading: str
    start: int
    number: int
    points: int
    waiting: int


def parts_of(document: ResponseDocument) -> list[Part]:
    """Every stretch of the text, in its order; together they are the whole of it."""
    points = document.points.filter(removed_at=None)
    rows: list[Point | NoPoint] = [
        *points.select_related("question", "passage", "placed_by"),
        *document.without_point.select_related("by"),
    ]
    refers, heads = references_in(document), headings_in(document)
    parts, number = [], 0
    for row in sorted(rows, key=lambda row: row.start):
        text = document.text[row.start : row.end]
        if isinstance(row, Point):
            number += 1
            said = tuple(words for at, words in refers if row.start <= at < row.end)
            parts.append(Part(text, row.start, number, point=row, refers=said))
        else:
            head = heads.get(row.start)
            parts.append(Part(text, row.start, 0, empty=row, heads=head))
    return parts


def chapters_of(document: ResponseDocument, parts: list[Part]) -> list[Chapter]:
    """The document by its headings, those with no point under them left out."""
    starts = {each["start"] for each in document.reading.get("headings", [])}
    heads = [at for at, each in enumerate(parts) if each.empty and each.start in starts]
    chapters = []
    for at, after in pairwise([*heads, len(parts)]):
        below = [each for each in parts[at:after] if each.point]
        if below:
            waiting = sum(each.is_open for each in below)
            heading = without_markup(parts[at].text)
            chapters.append(Chapter(heading, parts[at].start, at, len(below), waiting))
    return chapters


def heading_above(document: ResponseDocument, point: Point) -> str:
    """The heading that a point stands under; "" if there is none."""
    above = [
        each
        for each in document.reading.get("headings", [])
        if each["start"] < point.start
    ]
    if not above:
        return ""
    nearest = max(above, key=lambda each: each["start"])
    return without_markup(document.text[nearest["start"] : nearest["end"]])


def references_in(document: ResponseDocument) -> list[tuple[int, str]]:
    """Where the text names a place of the draft, and how."""
    return [
        (each["start"], document.text[each["start"] : each["end"]])
        for each in document.reading.get("references", [])
        if each["whose"] == "draft"
    ]


def headings_in(document: ResponseDocument) -> dict[int, Passage]:
    """The passage that each heading seems to stand for, by where the heading begins."""
    keys = {
        each["start"]: each["place"][0]
        for each in document.reading.get("headings", [])
        if each["place"]
    }
    known = {each.key: each for each in passages_of(document.response.consultation)}
    return {start: known[key] for start, key in keys.items() if key in known}


def sentences_of(document: ResponseDocument, point: Point) -> list[tuple[int, str]]:
    """Where each sentence of a point begins, and its words."""
    text = document.text[point.start : point.end]
    starts = [0, *(found.end() for found in SENTENCE.finditer(text.rstrip()))]
    ends = [*starts[1:], len(text)]
    return [
        (point.start + start, text[start:end].strip())
        for start, end in zip(starts, ends, strict=True)
        if text[start:end].strip()
    ]
