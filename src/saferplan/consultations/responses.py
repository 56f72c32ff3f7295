"""
A response, read: its points, what is no point, what it refers to and where that is.

Nothing here decides. A person confirms the points and where they belong.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from saferplan.consultations.anchors import Anchor
from saferplan.consultations.blocks import ResponseDocument
from saferplan.consultations.passed_over import NoPoint, is_question
from saferplan.consultations.placing import (
    Placement,
    numbered,
    place,
    place_heading,
    place_point,
)
from saferplan.consultations.plain_text import TITLE
from saferplan.consultations.points import Point, gaps, split_into_points
from saferplan.consultations.references import Reference, read_references
from saferplan.errors import PlanError
from saferplan.plans.minutes import read_resolutions
from saferplan.plans.plan import Range
from saferplan.plans.words import without_markup

AROUND = 400  # characters of the answer that may quote what is on a page
FORMAT = "saferplan-response/1"


@dataclass(frozen=True)
class Response:
    """
    What somebody answered.

    points       in the order of the text
    none_ranges  the ranges that hold no point, each with the reason
    references   every place referred to, the law's and other documents' too
    placements   of each heading (point 0), and of each point one or more
    """

    document: ResponseDocument
    points: tuple[Point, ...]
    none_ranges: tuple[NoPoint, ...]
    references: tuple[Reference, ...]
    placements: tuple[Placement, ...]

    @property
    def left_over(self) -> tuple[Range, ...]:
        """Ranges in no point and in no range that holds none. There are none."""
        at = 0
        found: list[Range] = []
        for start, end in sorted(self.ranges()):
            if at < start:
                found.append((at, start))
            at = max(at, end)
        if at < len(self.document.text):
            found.append((at, len(self.document.text)))
        return tuple(found)

    def ranges(self) -> Iterator[Range]:
        for point in self.points:
            yield from point.ranges
        for each in self.none_ranges:
            yield each.start, each.end

    def of_point(self, number: int) -> tuple[Placement, ...]:
        return tuple(each for each in self.placements if each.point == number)


def read_response(
    document: ResponseDocument, anchors: Sequence[Anchor] | None = None
) -> Response:
    """
    Return a document's points and where each belongs in the draft.

    anchors  the draft's; without them nothing is placed

    Every character of the document's text is in exactly one range.
    """
    asked = [each.text for each in anchors or () if each.kind == "question"]
    points, none = split_into_points(document, questions=asked)
    return placed(document, points, none, anchors)


def read_committee_response(
    document: ResponseDocument, anchors: Sequence[Anchor] | None = None
) -> Response:
    """
    Return what a committee resolved as its response: a point for each resolution.

    The discussion before is no point; its reason says so. Raises PlanError if the
    minutes have no resolutions.
    """
    resolutions = read_resolutions(document.text)
    whole, _ = split_into_points(document)
    points = tuple(
        Point(
            number=number,
            kind=next((p.kind for p in whole if overlap(p, each.range)), "ask"),
            text=each.text,
            ranges=(each.range,),
            signals=next((p.signals for p in whole if overlap(p, each.range)), ()),
        )
        for number, each in enumerate(resolutions, start=1)
    )
    taken = [where for point in points for where in point.ranges]
    none = tuple(
        replace(each, reason="not resolved") if each.reason == "no words" else each
        for each in gaps(document.text, taken, [])
    )
    return placed(document, points, none, anchors)


def overlap(point: Point, where: Range) -> bool:
    return any(start < where[1] and where[0] < end for start, end in point.ranges)


def has_resolutions(document: ResponseDocument) -> bool:
    """Whether a document is minutes in which something was resolved."""
    try:
        return bool(read_resolutions(document.text))
    except PlanError:
        return False


def placed(
    document: ResponseDocument,
    points: tuple[Point, ...],
    none: tuple[NoPoint, ...],
    anchors: Sequence[Anchor] | None,
) -> Response:
    references = tuple(references_in(document, anchors or ()))
    response = Response(document, points, none, references, ())
    if not anchors:
        return response
    found = [*headings_placed(response, anchors)]
    for point in points:
        found += points_placed(response, point, anchors)
    return replace(response, placements=tuple(found))


def references_in(
    document: ResponseDocument, anchors: Sequence[Anchor]
) -> Iterator[Reference]:
    """
    The references in each block, in order.

    The number that a paragraph or a heading of the answer begins with is its own, if
    the draft has none like it.
    """
    headings = [anchor.text for anchor in anchors if anchor.kind == "section"]
    for block in document.blocks:
        words = document.words(block)
        for found in read_references(words, headings=headings):
            start, end = found.start + block.start, found.end + block.start
            reference = replace(found, start=start, end=end)
            label = not words[: found.start].strip("#* \t") and anchors
            alone = words.strip("#*: .\t") == found.text
            if label and not alone and not numbered(reference, anchors):
                why = "It numbers a part of the answer itself."
                reference = replace(reference, whose="own", why=why)
            yield reference


def headings_placed(
    response: Response, anchors: Sequence[Anchor]
) -> Iterator[Placement]:
    """Where each heading of the answer belongs, by its own words and those below."""
    document = response.document
    for block in document.blocks:
        if block.kind == "heading":
            words = without_markup(document.words(block))
            if is_own_title(words):
                yield Placement(words, (), "none", True, "It is the answer's title.")
                continue
            below = [p.text for p in response.points if p.under[-1:] == (words,)]
            yield place_heading(words, anchors, words=" ".join(below))


def points_placed(
    response: Response, point: Point, anchors: Sequence[Anchor]
) -> Iterator[Placement]:
    """Where a point belongs: by what it refers to, the question, or its headings."""
    own = [r for r in response.references if inside(r, point)]
    meant = [r for r in own if r.whose == "draft"]
    under = [each for each in point.under if not is_own_title(each)]
    for reference in own:
        words = around(response.document.text, reference)
        where = place(reference, anchors, under=under, words=words)
        yield replace(where, point=point.number)
    if not meant and point.question:
        yield replace(on_question(point.question, anchors), point=point.number)
    elif not meant:
        above = heading_reference(under[-1]) if under else None
        if above:
            where = place(above, anchors)
        else:
            where = place_point(point.text, under, anchors)
        yield replace(where, point=point.number)


def is_own_title(heading: str) -> bool:
    """Whether a heading says of the whole answer what it is, and names no place."""
    return bool(TITLE.search(heading)) and not heading_reference(heading)


def heading_reference(heading: str) -> Reference | None:
    """What a heading refers to that is nothing else: "Section 3.2"."""
    found = read_references(heading)
    return found[0] if found and found[0].text == heading.strip(" :.") else None


def around(text: str, reference: Reference) -> str:
    return text[max(0, reference.start - AROUND) : reference.end + AROUND]


def inside(reference: Reference, point: Point) -> bool:
    return any(s <= reference.start < end for s, end in point.ranges)


def on_question(question: str, anchors: Sequence[Anchor]) -> Placement:
    for anchor in anchors:
        if anchor.kind == "question" and is_question(question, [anchor.text]):
            why = f"It stands under “{anchor.label}”."
            return Placement(question, (anchor.id,), "question", True, why)
    why = "The draft does not ask the question that it stands under."
    return Placement(question, (), "none", False, why)


def to_json(response: Response, anchors: Sequence[Anchor] = ()) -> str:
    """
    Return a response as JSON, with its text, so that every range can be looked up.

    anchors  the draft's; those that something was placed on are written out

    What each member means is in docs/reference/responses.md.
    """
    document = response.document
    used = {each for placement in response.placements for each in placement.anchors}
    whole: dict[str, Any] = {
        "format": FORMAT,
        "counts": counts(response),
        "document": {
            "name": document.name,
            "kind": document.kind,
            "sha256": document.sha256,
            "characters": len(document.text),
            "pages": document.pages,
            "unread": document.unread,
        },
        "points": [asdict(point) for point in response.points],
        "none": [asdict(each) for each in response.none_ranges],
        "left_over": response.left_over,
        "references": [asdict(each) for each in response.references],
        "placements": [asdict(each) for each in response.placements],
        "anchors": [asdict(each) for each in anchors if each.id in used],
        "blocks": [asdict(each) for each in document.blocks],
        "text": document.text,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def counts(response: Response) -> dict[str, Any]:
    """How many points of each kind there are, and how many characters hold none."""
    placed_points = {each.point for each in response.placements if each.anchors}
    sure = {p.point for p in response.placements if p.anchors and p.sure}
    reasons: Counter[str] = Counter()
    for each in response.none_ranges:
        reasons[each.reason] += each.end - each.start
    return {
        "points": len(response.points),
        "kinds": dict(Counter(point.kind for point in response.points).most_common()),
        "points_placed": len(placed_points - {0}),
        "points_placed_surely": len(sure - {0}),
        "references": len(response.references),
        "characters_in_points": sum(
            end - start for point in response.points for start, end in point.ranges
        ),
        "characters_without": dict(reasons.most_common()),
        "characters_left_over": sum(end - start for start, end in response.left_over),
    }
