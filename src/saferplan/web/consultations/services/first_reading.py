"""
A document read by the library, in the rows that the site keeps: ranges and places.

Nothing here keeps a word: what was read is told by where it stands in the text.
"""

from dataclasses import dataclass, replace
from typing import Any

from saferplan.consultations.anchors import Anchor, labelled
from saferplan.consultations.blocks import ResponseDocument as Opened
from saferplan.consultations.responses import (
    Response,
    read_committee_response,
    read_response,
)
from saferplan.plans.plan import Range
from saferplan.web.consultations.models import Consultation, Passage, Question

FROM_QUESTION = "question "
# White space is not worth a line of its own: it goes with what stands before it.
NOT_WORTH_A_LINE = {"white space"}
WHY = {
    "heading": "A heading",
    "not resolved": "Minutes of the meeting, not what was resolved",
}


@dataclass(frozen=True)
class Stretch:
    """
    One part of a document as it was first read.

    why    why it holds no point; "" for a point
    place  keys of the passages and questions that it seems to be about, nearest first
    kind   of a point: an ask, a criticism, support, a question, a comment
    """

    start: int
    end: int
    why: str = ""
    place: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class FirstReading:
    """
    stretches  points and what holds none, in the order of the text
    reading    as ResponseDocument keeps it
    """

    stretches: list[Stretch]
    reading: dict[str, Any]


def first_reading(
    opened: Opened, consultation: Consultation, *, minutes: bool
) -> FirstReading:
    """Read a document, and suggest where each of its points belongs."""
    anchors = anchors_of(consultation)
    read = (read_committee_response if minutes else read_response)(opened, anchors)
    return FirstReading(tiled(stretches_of(read), opened.text), reading_of(read))


def stretches_of(read: Response) -> list[Stretch]:
    none = [
        Stretch(each.start, each.end, WHY.get(each.reason, each.reason.capitalize()))
        for each in read.none_ranges
        if each.reason not in NOT_WORTH_A_LINE
    ]
    points: list[Stretch] = []
    for point in read.points:
        places = [key for each in read.of_point(point.number) for key in each.anchors]
        about = tuple(dict.fromkeys(places))
        taken = [Stretch(*each, place=about, kind=point.kind) for each in point.ranges]
        points += joined(taken, [other.ranges for other in read.points])
    inside = [(each.start, each.end) for each in points]
    return [
        *points,
        *(
            each
            for each in none
            if not any(start <= each.start < end for start, end in inside)
        ),
    ]


def joined(taken: list[Stretch], others: list[tuple[Range, ...]]) -> list[Stretch]:
    """A point that a page's end cuts in two is one, unless another lies between."""
    first, last = taken[0], taken[-1]
    between = any(
        first.end <= start < last.start and start not in {each.start for each in taken}
        for ranges in others
        for start, _ in ranges
    )
    return taken if between else [replace(first, end=last.end)]


def tiled(stretches: list[Stretch], text: str) -> list[Stretch]:
    """
    Return the stretches without a gap between them: white space goes to the one before.

    >>> tiled([Stretch(1, 4), Stretch(6, 9, why="A list.")], " One.  Two ")
    ... # doctest: +NORMALIZE_WHITESPACE
    [Stretch(start=0, end=6, why='', place=(), kind=''),
     Stretch(start=6, end=11, why='A list.', place=(), kind='')]
    """
    ordered = sorted(stretches, key=lambda each: each.start)
    if not ordered:
        return [Stretch(0, len(text), why="It holds no words.")] if text else []
    starts = [0, *(each.start for each in ordered[1:])]
    ends = [*starts[1:], len(text)]
    return [
        replace(each, start=start, end=end)
        for each, start, end in zip(ordered, starts, ends, strict=True)
    ]


def anchors_of(consultation: Consultation) -> list[Anchor]:
    """Where a point can be: the questions asked, and the passages of the draft."""
    questions = [
        Anchor(
            f"{FROM_QUESTION}{each.key}",
            "question",
            f"Question {number}",
            each.text,
            None,
            (0, 0),
        )
        for number, each in enumerate(asked(consultation), start=1)
    ]
    found, within = questions, ""
    for each in passages_of(consultation):
        kind = "section" if each.kind == "heading" else each.kind
        if kind == "section":
            within = each.key
        found.append(
            Anchor(
                each.key,
                kind,  # type: ignore[arg-type]  # as the draft was read
                each.label,
                labelled(each.text)[1],
                each.page,
                (each.start, each.end),
                "" if kind in ("section", "page") else within,
            )
        )
    return found


def asked(consultation: Consultation) -> list[Question]:
    return list(consultation.questions.filter(apart=False))


def passages_of(consultation: Consultation) -> list[Passage]:
    """The passages of the full draft; the questions among them stand for themselves."""
    draft = consultation.drafts.filter(kind="full").first()
    return list(draft.passages.exclude(kind="question")) if draft else []


def reading_of(read: Response) -> dict[str, Any]:
    """What was read, without a word of it."""
    headings = [block for block in read.document.blocks if block.kind == "heading"]
    placed = [each for each in read.placements if each.point == 0]
    return {
        "kind": read.document.kind,
        "pages": read.document.pages,
        "unread": list(read.document.unread),
        "references": [
            {
                "start": each.start,
                "end": each.end,
                "kind": each.kind,
                "whose": each.whose,
            }
            for each in read.references
        ],
        "headings": [
            {"start": block.start, "end": block.end, "place": list(each.anchors[:1])}
            for block, each in zip(headings, placed, strict=False)
        ],
    }
