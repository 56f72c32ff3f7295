"""Keeping an answer off the public pages, for a reason people were told before."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Answer, Hidden, Moderation, Response
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.redacting import reasons_of
from saferplan.web.consultations.services.responding import locked, tell
from saferplan.web.partnerships.models import Person


@dataclass(frozen=True)
class Told:
    """What a respondent is told of one decision on their words."""

    what: str
    where: str
    reason: str
    at: datetime


@transaction.atomic
def hide(answer: Answer, *, reason: str, by: Person) -> None:
    """Keep an answer off the public pages. Its words stay, and are still answered."""
    response = locked(answer.response)
    check_can_read(by, response.consultation)
    if reason not in reasons_of(response.consultation):
        raise NotAllowed("Choose one of the reasons that were fixed before the launch.")
    Hidden.objects.update_or_create(answer=answer, defaults={"reason": reason})
    note(answer, hidden=True, reason=reason, by=by)
    tell(response, "hid an answer of", by=by, detail={"reason": reason})


@transaction.atomic
def show_again(answer: Answer, *, reason: str, by: Person) -> None:
    response = locked(answer.response)
    check_can_read(by, response.consultation)
    if not reason.strip():
        raise NotAllowed("Say why it is shown again.")
    if not Hidden.objects.filter(answer=answer).exists():
        raise NotAllowed("This answer is not hidden.")
    Hidden.objects.filter(answer=answer).delete()
    note(answer, hidden=False, reason=reason.strip(), by=by)
    tell(response, "showed again an answer of", by=by, detail={"reason": reason})


def note(answer: Answer, *, hidden: bool, reason: str, by: Person) -> None:
    Moderation.objects.create(
        response=answer.response,
        answer=answer,
        hidden=hidden,
        reason=reason[:300],
        by=by,
        at=timezone.now(),
    )


def told_of(response: Response) -> list[Told]:
    """What was hidden, shown again and taken out of a response, newest first."""
    hidden = response.moderations.select_related("answer__question", "answer__passage")
    found = [
        Told(
            "Hidden from the public" if each.hidden else "Shown again",
            str(each.answer.question or each.answer.passage),
            each.reason,
            each.at,
        )
        for each in hidden
    ]
    found += [
        Told(f"Words taken out ({each.kind})", each.where, each.reason, each.at)
        for each in response.redactions.all()
    ]
    return sorted(found, key=lambda told: told.at, reverse=True)
