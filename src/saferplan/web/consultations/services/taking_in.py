"""Taking in what came as a document, an e-mail, a letter, or minutes of a meeting."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from saferplan.consultations.documents import response_document
from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    Consultation,
    NoPoint,
    Point,
    Response,
    ResponseDocument,
    Voice,
)
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.entering import enter
from saferplan.web.consultations.services.first_reading import (
    FROM_QUESTION,
    Stretch,
    first_reading,
    passages_of,
)
from saferplan.web.consultations.services.layouts import check_every_character
from saferplan.web.consultations.services.responding import lock, tell
from saferplan.web.partnerships.models import Person


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
    read = first_reading(opened, consultation, minutes=received.minutes)
    response = keep_response(consultation, received, token=token, by=by)
    document = ResponseDocument.objects.create(
        response=response,
        file_name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        text=opened.text,
        reading=read.reading,
    )
    keep_split(document, read.stretches)
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
    """Keep how a document was first split. Nobody has confirmed anything of it."""
    consultation = document.response.consultation
    questions = {
        f"{FROM_QUESTION}{each.key}": each for each in consultation.questions.all()
    }
    passages = {each.key: each for each in passages_of(consultation)}
    points, without = [], []
    for each in stretches:
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
                kind=each.kind,
                question=first_of(questions, each.place),
                passage=first_of(passages, each.place),
            )
        )
    Point.objects.bulk_create(points)
    NoPoint.objects.bulk_create(without)


def first_of(known: dict[str, Any], keys: Iterable[str]) -> Any:
    return next((known[key] for key in keys if key in known), None)
