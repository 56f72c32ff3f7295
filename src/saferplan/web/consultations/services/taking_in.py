"""Taking in what came as a document, an e-mail, a letter, or minutes of a meeting."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from saferplan.consultations.anchors import Anchor, labelled
from saferplan.consultations.blocks import ResponseDocument as Opened
from saferplan.consultations.documents import response_document
from saferplan.consultations.placing import place_point
from saferplan.errors import NotAllowed
from saferplan.plans.minutes import read_resolutions
from saferplan.web.consultations.models import (
    Consultation,
    NoPoint,
    Passage,
    Point,
    Question,
    Response,
    ResponseDocument,
    Voice,
)
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.entering import enter
from saferplan.web.consultations.services.responding import lock, tell
from saferplan.web.consultations.services.splitting import check_every_character
from saferplan.web.partnerships.models import Person

MINUTES_WITHOUT = "Minutes of the meeting, not what was resolved"
FROM_QUESTION = "question "


@dataclass(frozen=True)
class Received:
    """
    What came in, and from whom.

    on      the day on which it was received
    why     how that is known, where it is taken in after the close
    voice   fields of Voice, for a response that is not one person's; `body` at least
    public  True if they agreed to be named beside what they said
    """

    kind: str
    channel: str
    on: date
    why: str = ""
    name: str = ""
    email: str = ""
    public: bool = False
    voice: dict[str, Any] | None = None
    minutes: bool = False


@dataclass(frozen=True)
class Stretch:
    """
    One part of a document as it was first read.

    why    why it holds no point; "" for a point
    place  keys of the passage or question that it seems to be about
    """

    start: int
    end: int
    why: str = ""
    place: tuple[str, ...] = ()


@transaction.atomic
def take_in_document(
    consultation: Consultation,
    content: bytes,
    name: str,
    received: Received,
    *,
    token: UUID,
    by: Person,
) -> Response:
    """
    Keep a document as somebody's response, split into points. The same token is one.

    Where each point seems to belong is suggested; a person confirms it. Raises
    ResponseError, with what to do, for a file that cannot be read.
    """
    check_can_read(by, consultation)
    lock(consultation)
    known = Response.objects.filter(token=token).first()
    if known is not None:
        return known
    opened = response_document(content, name)
    stretches = (
        resolved(opened)
        if received.minutes
        else first_split(opened, anchors_of(consultation))
    )
    response = keep_response(consultation, received, token=token, by=by)
    document = ResponseDocument.objects.create(
        response=response,
        file_name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        text=opened.text,
        reading=reading_of(opened),
    )
    keep_split(document, stretches)
    check_every_character(document)
    tell(
        response,
        "took in a document as the response",
        by=by,
        detail={"received": str(received.on)},
    )
    return response


def keep_response(
    consultation: Consultation, received: Received, *, token: UUID, by: Person
) -> Response:
    """Sent now by the database's clock; in time by the day on which it came in."""
    if consultation.launched_at is None:
        raise NotAllowed("Nobody has been asked yet: launch the consultation first.")
    response = enter(
        consultation,
        [],
        token=token,
        channel=received.channel,
        received_on=received.on,
        why=received.why,
        by=by,
        kind=received.kind,
        name=received.name,
        email=received.email,
        public=received.public,
    )
    if received.voice:
        Voice.objects.create(response=response, **received.voice)
    return response


def keep_split(document: ResponseDocument, stretches: list[Stretch]) -> None:
    """Keep how a document was first split, white space with what stands before it."""
    consultation = document.response.consultation
    questions = {
        f"{FROM_QUESTION}{each.key}": each for each in consultation.questions.all()
    }
    passages = {each.key: each for each in passages_of(consultation)}
    points, without = [], []
    for each in tiled(stretches, document.text):
        if each.why:
            row = NoPoint(
                document=document, start=each.start, end=each.end, why=each.why[:200]
            )
            without.append(row)
            continue
        points.append(
            Point(
                response=document.response,
                document=document,
                start=each.start,
                end=each.end,
                text=document.text[each.start : each.end].strip(),
                question=first_of(questions, each.place),
                passage=first_of(passages, each.place),
            )
        )
    Point.objects.bulk_create(points)
    NoPoint.objects.bulk_create(without)


def first_of(known: dict[str, Any], keys: Iterable[str]) -> Any:
    return next((known[key] for key in keys if key in known), None)


def tiled(stretches: list[Stretch], text: str) -> list[Stretch]:
    """
    Return the stretches without a gap between them: white space goes to the one before.

    >>> tiled([Stretch(1, 4), Stretch(6, 9, why="A list.")], " One.  Two ")
    ... # doctest: +NORMALIZE_WHITESPACE
    [Stretch(start=0, end=6, why='', place=()),
     Stretch(start=6, end=11, why='A list.', place=())]
    """
    ordered = sorted(stretches, key=lambda each: each.start)
    if not ordered:
        return [Stretch(0, len(text), why="It holds no words.")] if text else []
    starts = [0, *(each.start for each in ordered[1:])]
    ends = [*starts[1:], len(text)]
    return [
        Stretch(start, end, each.why, each.place)
        for each, start, end in zip(ordered, starts, ends, strict=True)
    ]


def resolved(opened: Opened) -> list[Stretch]:
    """What a committee resolved, a point each; the rest of its minutes holds none."""
    stretches: list[Stretch] = []
    at = 0
    for each in read_resolutions(opened.text):
        start, end = each.range
        if opened.text[at:start].strip():
            stretches.append(Stretch(at, start, MINUTES_WITHOUT))
        stretches.append(Stretch(start, end))
        at = end
    if opened.text[at:].strip():
        stretches.append(Stretch(at, len(opened.text), MINUTES_WITHOUT))
    return stretches


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


def reading_of(opened: Opened) -> dict[str, Any]:
    """What was read, without a word of it."""
    return {
        "kind": opened.kind,
        "pages": opened.pages,
        "unread": list(opened.unread),
        "blocks": [
            {
                "start": block.start,
                "end": block.end,
                "kind": block.kind,
                "page": block.page,
                "level": block.level,
            }
            for block in opened.blocks
        ],
    }


def first_split(opened: Opened, anchors: list[Anchor]) -> list[Stretch]:
    """How the document falls into points by its paragraphs, and where each may be."""
    stretches, under = [], ""
    for block in opened.blocks:
        words = opened.words(block)
        if block.kind == "heading":
            under = words
        if block.kind not in ("paragraph", "list item"):
            stretches.append(Stretch(*block.range, why=block.kind.capitalize()))
            continue
        place = place_point(words, [under] if under else [], anchors)
        stretches.append(Stretch(*block.range, place=place.anchors))
    return stretches
