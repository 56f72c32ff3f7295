"""Putting several voices together into one response, each point with whose it is."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    Consultation,
    Joint,
    JointAnswer,
    MemberPoint,
    Point,
    Question,
    Response,
)
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.responding import (
    Said,
    begin,
    digest_of_word,
    save,
    send,
)
from saferplan.web.consultations.services.speaking import keep_voice
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person

# Whose points a joint response is put together from.
SOURCES = (
    Response.Kind.PARTNERSHIP,
    Response.Kind.COMMITTEE,
    Response.Kind.NETWORK,
    Response.Kind.ORGANISATION,
)


@transaction.atomic
def begin_joint(consultation: Consultation, *, by: Person, **words: Any) -> Joint:
    """Begin to put one together. `words` are fields of Joint: its kind, its body."""
    check_can_read(by, consultation)
    joint = Joint.objects.create(
        consultation=consultation, made_by=by, made_at=timezone.now(), **words
    )
    tell(joint, "began to put together a response to", by=by)
    return joint


@transaction.atomic
def change_joint(joint: Joint, *, by: Person, **words: Any) -> None:
    """Say whom it speaks for, whom it asked, how it was agreed."""
    joint = still_open(joint, by=by)
    for name, value in words.items():
        setattr(joint, name, value)
    joint.save()
    tell(joint, "said for whom they speak in the response to", by=by)


@transaction.atomic
def make_link(joint: Joint, *, by: Person) -> str:
    """Return a new word for the link that members are sent; the old one ends."""
    joint = still_open(joint, by=by)
    word = secrets.token_urlsafe(32)
    joint.digest = digest_of_word(word)
    joint.save(update_fields=["digest"])
    tell(joint, "made a link for members who are asked about", by=by)
    return word


def joint_with(word: str) -> Joint | None:
    """The one that a link leads to, while members are asked."""
    found = Joint.objects.filter(digest=digest_of_word(word))
    return found.select_related("consultation__partnership").first()


def is_asking(joint: Joint) -> bool:
    last = joint.ask_until
    in_time = last is None or timezone.localdate() <= last
    return joint.response_id is None and in_time


@transaction.atomic
def say(
    joint: Joint,
    said: Iterable[MemberPoint],
    *,
    token: UUID,
    by: Person | None = None,
) -> int:
    """
    Keep what a member says. The same form sent again changes what it said before.

    said  unsaved, with their question and their words
    by    the officer who types it in; None if it came by the link
    """
    joint = locked(joint)
    if by is not None:
        check_can_read(by, joint.consultation)
    if by is None and not is_asking(joint):
        raise NotAllowed("Members are no longer asked. Write to who sent you the link.")
    if joint.response_id is not None:
        raise NotAllowed("The response was sent already.")
    rows = [each for each in said if each.text.strip()]
    if not rows:
        raise NotAllowed("Say something to at least one of the questions.")
    joint.said.filter(token=token).delete()
    for each in rows:
        each.joint, each.token, each.by, each.at = joint, token, by, timezone.now()
    MemberPoint.objects.bulk_create(rows)
    tell(joint, f"took in {len(rows)} points of a member for", by=by)
    return len(rows)


@transaction.atomic
def weigh(said: MemberPoint, *, weight: int, by: Person) -> None:
    """Say how much a member's point is given: 0 leaves it out, 3 puts it first."""
    still_open(said.joint, by=by)
    if weight not in range(4):
        raise NotAllowed("A point is given 0, 1, 2 or 3.")
    if said.dissents and weight == 0:
        raise NotAllowed("What a member does not go along with is not left out.")
    MemberPoint.objects.filter(pk=said.pk).update(weight=weight)


@transaction.atomic
def write_answer(
    joint: Joint,
    question: Question | None,
    *,
    text: str,
    points: Iterable[Point] = (),
    said: Iterable[MemberPoint] = (),
    seen: int,
    by: Person,
) -> JointAnswer:
    """
    Keep the joint words on one question, and whose points they rest on.

    seen  the edition its writer was looking at; NotAllowed if another wrote since
    """
    joint = still_open(joint, by=by)
    answer, _ = JointAnswer.objects.get_or_create(
        joint=joint, question=question, defaults={"by": by, "at": timezone.now()}
    )
    if answer.edition != seen:
        raise NotAllowed(
            "Somebody wrote this answer while you did. Theirs is kept, and yours is "
            "below: put the two together."
        )
    answer.text, answer.by, answer.at = text.strip(), by, timezone.now()
    answer.edition += 1
    answer.save()
    answer.points.set(sources_of(joint).filter(pk__in=[each.pk for each in points]))
    answer.said.set(joint.said.filter(pk__in=[each.pk for each in said]))
    return answer


def sources_of(joint: Joint) -> QuerySet[Point]:
    """The points of the bodies whose voices can be put together here."""
    found = Point.objects.standing().filter(
        response__consultation=joint.consultation_id, response__kind__in=SOURCES
    )
    if joint.response_id:
        found = found.exclude(response=joint.response_id)
    return found.exclude(text="").select_related("response__voice", "question")


@transaction.atomic
def send_joint(joint: Joint, *, by: Person) -> Response:
    """
    Send it as a response; once more is the same one. Late or not, as for everybody.

    Raises NotAllowed if it says nothing, or leaves out what members do not agree with.
    """
    joint = locked(joint)
    check_can_read(by, joint.consultation)
    if joint.response is not None:
        return joint.response
    said = [
        Said(question=each.question, text=each.text)
        for each in joint.answers.exclude(question=None)
        if each.text
    ]
    if not said:
        raise NotAllowed("It has no words yet. Write the answer to a question first.")
    check_dissent(joint)
    response = begin(
        joint.consultation, token=joint.token, by=by, kind=joint.kind, public=True
    )
    save(response, said, by=by)
    keep_voice(
        response,
        by=by,
        body=joint.body,
        speaks_for=joint.speaks_for,
        members=joint.members,
        asked=joint.asked,
        answered=answered_in(joint),
        asked_how=joint.asked_how,
        **asked_when(joint),
        agreement=joint.agreement,
        agreed_how=joint.agreed_how,
        dissent=joint.dissent,
    )
    joint.response = send(response, by=by)
    joint.save(update_fields=["response"])
    return joint.response


def check_dissent(joint: Joint) -> None:
    if joint.said.filter(dissents=True).exists() and not joint.dissent.strip():
        raise NotAllowed(
            "Some members do not go along with it. Say in the response what they say."
        )


def answered_in(joint: Joint) -> int | None:
    """How many members said something here; None if nobody was asked this way."""
    members = joint.said.order_by().values("token").distinct().count()
    if not members or (joint.asked is not None and members > joint.asked):
        return None
    return members


def asked_when(joint: Joint) -> dict[str, date]:
    """From when to when members could say something here; nothing if none did."""
    if not joint.said.exists():
        return {}
    first, today = timezone.localdate(joint.made_at), timezone.localdate()
    last = min(joint.ask_until or today, today)
    return {"asked_from": first, "asked_to": max(first, last)}


def still_open(joint: Joint, *, by: Person) -> Joint:
    joint = locked(joint)
    check_can_read(by, joint.consultation)
    if joint.response_id is not None:
        raise NotAllowed("The response was sent. Its words change on its own page.")
    return joint


def locked(joint: Joint) -> Joint:
    rows = Joint.objects.select_related("consultation__partnership", "response")
    return rows.select_for_update(of=("self",)).get(pk=joint.pk)


def tell(joint: Joint, what: str, *, by: Person | None) -> None:
    consultation = joint.consultation
    record_event(
        what,
        str(consultation),
        by=by,
        partnership=consultation.partnership,
        link=reverse("consultations:joint", args=[consultation.pk, joint.pk]),
    )
