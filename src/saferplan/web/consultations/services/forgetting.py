"""Forgetting: one person's words and name on request, everybody's name in its time."""

import secrets
from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from saferplan.consultations.redaction import find_again, redact
from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    AboutPerson,
    Consultation,
    Erasure,
    MemberPoint,
    Point,
    Response,
    ResponseDocument,
    Voice,
)
from saferplan.web.consultations.permissions import check_can_launch
from saferplan.web.consultations.services import setting_up
from saferplan.web.consultations.services.republishing import forget_in_reports
from saferplan.web.consultations.services.responding import locked, owner_of, tell
from saferplan.web.consultations.services.unreading import forget_in_readings
from saferplan.web.consultations.words_of import OF_VOICE, quoting_places
from saferplan.web.partnerships.models import Person

GONE = "Erased"
SHORTEST_QUOTED = 15  # characters of a sentence; shorter ones are anybody's words


@transaction.atomic
def erase(response: Response, *, why: str, by: Person) -> None:
    """
    Erase what one person said and who they are. Once more changes nothing.

    That there was a response, its kind, what it chose of the options, where its points
    were placed and what became of them stay: no count that was published changes.
    """
    response = locked(response)
    check_can_launch(by, response.consultation)
    if Erasure.objects.filter(response=response).exists():
        return
    if not why.strip():
        raise NotAllowed("Say why it is erased: who asked, or which rule says so.")
    erase_quotations(response)
    erase_document(response, by=by)
    response.points.update(text="")
    said = list(response.answers.values_list("text", flat=True))
    response.answers.update(text="", place=None)
    forget_in_readings(response, said)
    erase_voice(response)
    sever(response)
    forget_address(response)
    response.token = uuid4()
    response.public = False
    if response.accepted_late:
        response.accepted_why = GONE
    response.save(update_fields=["token", "public", "accepted_why"])
    Erasure.objects.create(
        response=response, reason=why.strip()[:300], by=by, at=timezone.now()
    )
    tell(response, "erased the words and the name of the response", by=by)


def erase_quotations(response: Response) -> None:
    """Where others quoted it word for word, or named whose it was."""
    texts = {
        *response.points.values_list("text", flat=True),
        *response.answers.values_list("text", flat=True),
    }
    words = [
        *(text for text in texts if len(text) >= SHORTEST_QUOTED),
        *filter(None, (response.name, response.email)),
    ]
    # What others say too, as in a campaign, leads to nobody and stays theirs.
    others = Point.objects.exclude(response=response).filter(
        response__consultation=response.consultation, text__in=words
    )
    theirs = set(others.values_list("text", flat=True))
    words = [each for each in words if each not in theirs]
    for place in quoting_places(response):
        runs = find_again(place.text, words, "erased")
        if runs:
            place.put(redact(place.text, runs).text)
    forget_in_reports(response.consultation, words, kind="erased")


def erase_document(response: Response, *, by: Person) -> None:
    """
    Blanks in the place of words: its ranges still account for every character.

    Nothing of it is left to split, so it holds up no report.
    """
    document = ResponseDocument.objects.filter(response=response).first()
    if document is None:
        return
    document.text = " " * len(document.text)
    document.file_name = document.sha256 = ""
    known = {"kind", "pages"}
    document.reading = {
        name: value for name, value in document.reading.items() if name in known
    }
    document.settled_at, document.settled_by = timezone.now(), by
    document.save()
    document.without_point.update(why=GONE)
    document.earlier_splits.all().delete()


def erase_voice(response: Response) -> None:
    """How many were asked stays in the count; who they were does not."""
    Voice.objects.filter(response=response).update(
        **dict.fromkeys(OF_VOICE, ""), minute=""
    )
    Voice.objects.filter(response=response).update(body=GONE)
    MemberPoint.objects.filter(joint__response=response).update(text="", member="")


def sever(response: Response) -> None:
    """
    Cut what somebody said of themselves off from them, and from each other.

    Each answer stays in its count, belongs to nobody, and leads to no other answer.
    """
    owner = owner_of(response.token)
    for about in AboutPerson.objects.filter(owner=owner):
        about.owner, about.text = secrets.token_hex(32), ""
        about.save(update_fields=["owner", "text"])


def forget_address(response: Response) -> None:
    """No name, no address, and no link with which to come back."""
    response.name = response.email = response.word = ""
    response.save(update_fields=["name", "email", "word"])
    response.replies.update(problem="")  # mail servers put addresses there


def due_to_forget(on: date) -> list[tuple[Consultation, list[Response]]]:
    """The consultations whose time is over, and the responses that still have names."""
    found = []
    for consultation in Consultation.objects.filter(keep_until__lt=on):
        with_names = consultation.responses.exclude(name="", email="", word="")
        if rows := list(with_names):
            found.append((consultation, rows))
    return found


@transaction.atomic
def forget_names(consultation: Consultation, *, on: date) -> int:
    """Delete names and addresses whose time is over. Return of how many responses."""
    consultation = setting_up.locked(consultation)
    if consultation.keep_until is None or consultation.keep_until >= on:
        return 0
    rows = list(consultation.responses.exclude(name="", email="", word=""))
    for response in rows:
        forget_address(response)
    if rows:
        setting_up.tell(
            consultation,
            "deleted the names and addresses of",
            by=None,
            detail={"responses": len(rows), "kept until": str(consultation.keep_until)},
        )
    return len(rows)
