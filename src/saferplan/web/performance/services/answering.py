"""Answering what a journey map is asked, and opening a question again."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.plans.checks import Check
from saferplan.web.core.pages import day as spoken
from saferplan.web.partnerships.models import Person
from saferplan.web.performance.models.journey import JourneyAnswer, JourneyMap
from saferplan.web.performance.services.journeys import held, record

Outcome = JourneyAnswer.Outcome


@transaction.atomic
def answer(
    made: JourneyMap,
    question: Check,
    *,
    outcome: str,
    said: str = "",
    source: str,
    day: date,
    by: Person,
) -> JourneyAnswer:
    """
    Write down what an agency answered, or that it could not tell.

    Raises NotAllowed if `by` may not, the answer or its source is missing, or the day
    has not come yet.
    """
    made = held(made, by=by)
    if outcome == Outcome.ANSWERED and not said.strip():
        raise NotAllowed("Write the answer.")
    if not source.strip():
        raise NotAllowed("Say who says so.")
    if day > timezone.localdate():
        raise NotAllowed(f"{spoken(day)} has not come yet.")
    found = JourneyAnswer.objects.create(
        journey=made,
        kind=question.kind,
        about=list(question.about),
        outcome=outcome,
        said=said.strip(),
        source=source.strip(),
        day=day,
        by=by,
        at=timezone.now(),
    )
    record("answered a question of", made, by=by, question=question.text)
    return found


@transaction.atomic
def open_again(made: JourneyMap, question: Check, *, by: Person) -> None:
    """Take an answer back. It stays in what was said before."""
    made = held(made, by=by)
    JourneyAnswer.objects.create(
        journey=made,
        kind=question.kind,
        about=list(question.about),
        outcome=Outcome.OPEN,
        by=by,
        at=timezone.now(),
    )
    record("opened a question again of", made, by=by, question=question.text)
