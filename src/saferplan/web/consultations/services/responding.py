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

    @property
    def is_apart(self) -> bool:
        """Whether it is about themselves, which is kept apart from what they say."""
        return self.question is not None and self.question.apart

    @property
    def answers_something(self) -> bool:
        """Who somebody is answers nothing by itself."""
        return not (self.is_empty or self.is_apart)

    @property
    def about(self) -> tuple[int | None, int | None]:
        """The keys of the question and of the passage, as an Answer has them."""
        return (
            None if self.question is None else self.question.pk,
            None if self.passage is None else self.passage.pk,
        )

    def answer_of(self, response: Response) -> Answer:
        """An answer that says this, not kept yet."""
        return Answer(
            response=response,
            question=self.question,
            passage=self.passage,
            text=self.text.strip(),
            chosen=self.chosen,
            place=self.place,
        )


@transaction.atomic(savepoint=False)
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
    consultation = lock(consultation)
    known = Response.objects.filter(token=token).first()
    if known is not None:
        return locked(known)
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
    keep(response, said)
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


def keep(response: Response, said: Iterable[Said]) -> None:
    """Keep what is said. The response is locked: nobody else writes here meanwhile."""
    # Of two answers to one question the later one is meant.
    latest = {each.about: each for each in said}.values()
    keep_apart(response, [each for each in latest if each.is_apart])
    keep_answers(response, [each for each in latest if not each.is_apart])


def keep_answers(response: Response, said: Iterable[Said]) -> None:
    known = {(old.question_id, old.passage_id): old for old in response.answers.all()}
    new, reworded = [], []
    for each in said:
        old = known.get(each.about)
        if old is None:
            new += [] if each.is_empty else [each.answer_of(response)]
        elif each.is_empty:
            old.delete()
        elif rewrite(old, each):
            reworded.append(old)
    Point.objects.filter(answer__in=reworded).delete()
    make_points_of([*reworded, *Answer.objects.bulk_create(new)])


def rewrite(answer: Answer, said: Said) -> bool:
    """
    Keep what is said now; return whether the words are others than before.

    Words that did not change keep their points, and what was decided on them.
    """
    is_reworded = answer.text != said.text.strip()
    answer.text, answer.chosen = said.text.strip(), said.chosen
    answer.place = said.place
    answer.save()
    return is_reworded


def make_points_of(answers: Iterable[Answer]) -> None:
    """An answer in somebody's own words is one point until a person splits it."""
    Point.objects.bulk_create(
        Point(
            response=answer.response,
            answer=answer,
            end=len(answer.text),
            text=answer.text,
            question=answer.question,
            passage=answer.passage,
        )
        for answer in answers
        if answer.text
    )


def keep_apart(response: Response, said: list[Said]) -> None:
    if not said:
        return
    owner = owner_of(response.token)
    asked = [each.question for each in said]
    AboutPerson.objects.filter(question__in=asked, owner=owner).delete()
    AboutPerson.objects.bulk_create(
        AboutPerson(
            consultation=response.consultation,
            question=each.question,
            owner=owner,
            chosen=each.chosen,
            text=each.text.strip()[:200],
        )
        for each in said
        if not each.is_empty
    )


def owner_of(token: UUID) -> str:
    """Return what stands for a form's holder where who they are is kept apart."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"about" + token.bytes, hashlib.sha256).hexdigest()


@transaction.atomic
def send(response: Response, *, by: Person | None = None) -> Response:
    """Send a response; once more changes nothing."""
    response = locked(response)
    if response.sent_at is None:
        mark_sent(response, by=by)
    return response


def mark_sent(response: Response, *, by: Person | None) -> None:
    """
    Say that a response was sent, now.

    Whether it is in time is decided here, by the database's clock. A late one is kept
    with its words and marked late.
    """
    response.sent_at = time_in_database()
    response.standing = standing_at(
        response.consultation, begun=response.begun_at, sent=response.sent_at
    )
    response.save(update_fields=["sent_at", "standing"])
    tell(response, "sent the response", by=by)


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
        check_can_still_change(response)
        keep(response, said)
        mark_sent(response, by=by)
    return response


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


def lock(consultation: Consultation) -> Consultation:
    """
    Return the consultation as it is now, until the transaction ends.

    On PostgreSQL this waits for whoever writes here; on SQLite everybody waits anyway.
    """
    rows = Consultation.objects.select_related("partnership")
    return rows.select_for_update(of=("self",)).get(pk=consultation.pk)


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
