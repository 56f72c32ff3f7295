"""Answering: begin, save, come back, send, change until the end, take back."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    AboutPerson,
    Answer,
    Consultation,
    Passage,
    Point,
    Question,
    Response,
)
from saferplan.web.consultations.permissions import check_can_launch
from saferplan.web.consultations.services.clock import standing_at, time_in_database
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person

# Letters and figures that nobody reads for another on paper or says for another.
LETTERS = "23456789ACDEFHJKMNPRTUVWXY"


@dataclass(frozen=True)
class Said:
    """What a form says to one question, or on one passage."""

    question: Question | None = None
    passage: Passage | None = None
    text: str = ""
    chosen: list[str] = field(default_factory=list)
    place: dict[str, Any] | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.chosen or self.place)


@transaction.atomic
def begin(
    consultation: Consultation,
    *,
    token: UUID,
    word: str = "",
    by: Person | None = None,
    begun_at: datetime | None = None,
    **words: Any,
) -> Response:
    """
    Begin a response, or return the one that this form began before.

    token     the form's own: the same one, sent any number of times, is one response
    word      of the link with which it can be come back to; only its digest is kept
    begun_at  when the form was opened, if our own signature says so; otherwise now
    words     other fields of Response: its kind, its channel, a name
    """
    # One at a time from here on: of two with the same token the second finds the first.
    lock(consultation)
    known = Response.objects.filter(token=token).first()
    if known is not None:
        return known
    now = time_in_database()
    return Response.objects.create(
        consultation=consultation,
        token=token,
        reference=new_reference(),
        word=digest_of_word(word) if word else "",
        begun_at=min(begun_at or now, now),
        entered_by=by,
        **words,
    )


@transaction.atomic
def save(
    response: Response, said: Iterable[Said], *, by: Person | None = None
) -> Response:
    """
    Keep what a form says so far, whether or not it was sent before.

    What it says nothing about stays; an answer emptied is taken back. Once the
    consultation is closed for this response, nothing changes any more: raises
    NotAllowed, and the caller shows what was typed.
    """
    response = locked(response)
    check_can_still_change(response)
    for each in said:
        keep(response, each)
    if response.sent_at is not None:
        response.edition += 1
        response.save(update_fields=["edition"])
        tell(response, "changed the response", by=by)
    return response


@transaction.atomic
def save_who(response: Response, *, by: Person | None = None, **words: Any) -> Response:
    """Keep who answers. `words` are its kind, name, email, and whether it is public."""
    response = locked(response)
    check_can_still_change(response)
    for name in ("kind", "name", "email", "public"):
        setattr(response, name, words[name])
    response.save(update_fields=["kind", "name", "email", "public"])
    if response.sent_at is not None:
        tell(response, "changed who the response is from", by=by)
    return response


def check_can_still_change(response: Response) -> None:
    """A response that was sent changes until the close; one that was not, always."""
    if response.withdrawn_at is not None:
        raise NotAllowed("This response was taken back.")
    if response.sent_at is None:
        return
    if time_in_database() >= response.consultation.closes_at:
        raise NotAllowed(
            "The consultation has closed, so this response stays as it was sent."
        )


def keep(response: Response, said: Said) -> None:
    if said.question is not None and said.question.apart:
        keep_apart(response, said)
        return
    place: dict[str, Any] = {"question": said.question, "passage": said.passage}
    if said.is_empty:
        response.answers.filter(**place).delete()
        return
    # Nobody else writes here meanwhile: the response is locked.
    answer = response.answers.filter(**place).first() or Answer(
        response=response, **place
    )
    before = answer.text
    answer.text, answer.chosen = said.text.strip(), said.chosen
    answer.place = said.place
    answer.save()
    # Words that did not change keep their points, and what was decided on them.
    if answer.text != before:
        make_point_of(answer)


def make_point_of(answer: Answer) -> None:
    """An answer in somebody's own words is one point until a person splits it."""
    answer.points.all().delete()
    if answer.text:
        Point.objects.create(
            response=answer.response,
            answer=answer,
            end=len(answer.text),
            text=answer.text,
            question=answer.question,
            passage=answer.passage,
        )


def keep_apart(response: Response, said: Said) -> None:
    owner = owner_of(response.token)
    rows = AboutPerson.objects.filter(question=said.question, owner=owner)
    if said.is_empty:
        rows.delete()
        return
    AboutPerson.objects.update_or_create(
        consultation=response.consultation,
        question=said.question,
        owner=owner,
        defaults={"chosen": said.chosen, "text": said.text.strip()[:200]},
    )


def owner_of(token: UUID) -> str:
    """Return what stands for a form's holder where who they are is kept apart."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"about" + token.bytes, hashlib.sha256).hexdigest()


@transaction.atomic
def send(response: Response, *, by: Person | None = None) -> Response:
    """
    Send a response; once more changes nothing.

    Whether it is in time is decided here, by the database's clock. A late one is kept
    with its words and marked late.
    """
    response = locked(response)
    if response.sent_at is not None:
        return response
    consultation = response.consultation
    response.sent_at = time_in_database()
    response.standing = standing_at(
        consultation, begun=response.begun_at, sent=response.sent_at
    )
    response.save(update_fields=["sent_at", "standing"])
    tell(response, "sent the response", by=by)
    return response


@transaction.atomic
def send_whole(
    consultation: Consultation,
    said: Iterable[Said],
    *,
    token: UUID,
    by: Person | None = None,
    **words: Any,
) -> Response:
    """Begin, save and send in one: a form of one page, a paper typed in."""
    response = begin(consultation, token=token, by=by, **words)
    if response.sent_at is None:
        save(response, said, by=by)
    return send(response, by=by)


@transaction.atomic
def take_back(response: Response, *, by: Person | None = None) -> None:
    """Withdraw a response. It is no longer counted or shown; that it was stays."""
    response = locked(response)
    check_can_still_change(response)
    response.withdrawn_at = time_in_database()
    response.save(update_fields=["withdrawn_at"])
    tell(response, "took back the response", by=by)


@transaction.atomic
def accept_late(response: Response, *, why: str, by: Person) -> None:
    """Count a response although it came late. Raises NotAllowed without a reason."""
    response = locked(response)
    check_can_launch(by, response.consultation)
    if response.standing != Response.Standing.LATE:
        raise NotAllowed("This response was not late.")
    if not why.strip():
        raise NotAllowed("Say why it is taken although it was late.")
    response.accepted_late, response.accepted_why = True, why.strip()
    response.save(update_fields=["accepted_late", "accepted_why"])
    # Why stands with the response: it may be about somebody's life.
    tell(response, "accepted the late response", by=by)


def lock(consultation: Consultation) -> None:
    """On PostgreSQL, wait for whoever writes here; on SQLite everybody waits anyway."""
    Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)


def locked(response: Response) -> Response:
    rows = Response.objects.select_related("consultation__partnership")
    return rows.select_for_update(of=("self",)).get(pk=response.pk)


def new_reference() -> str:
    """Return a reference such as "K7M-2QX-F4": 10 to the 11th of them."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letters[:3]}-{letters[3:6]}-{letters[6:]}"


def digest_of_word(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def tell(
    response: Response,
    what: str,
    *,
    by: Person | None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Record it, with the reference only: never a name, nor a word of the response."""
    consultation = response.consultation
    record_event(
        what,
        f"{response.reference} to {consultation}",
        by=by,
        partnership=consultation.partnership,
        link=reverse("consultations:response", args=[consultation.pk, response.pk]),
        detail={"standing": response.standing, **(detail or {})},
    )
