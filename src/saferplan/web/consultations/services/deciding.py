"""Answering points: one decision for one point, or for many that say the same."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    Answered,
    Consultation,
    Decision,
    Passage,
    Point,
    TakenBack,
)
from saferplan.web.consultations.models.decision import Disposition
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.core.pages import plural
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person


@transaction.atomic
def decide(
    points: Iterable[Point],
    *,
    said: str,
    disposition: str,
    reason: str,
    changes_plan: bool = False,
    before: Passage | None = None,
    after: Passage | None = None,
    by: Person,
) -> Decision:
    """
    Answer these points with one decision; it takes the place of an earlier one.

    said    what they say, in our words: it is published, so it names nobody
    reason  why; a decision without one is none
    before, after   the passage that changes, and the one of a later draft that says it

    Raises NotAllowed if `by` may not, no point is given, they are of different
    consultations, or the words that change are not of a draft put before people here.
    """
    chosen = list(points)
    if not chosen:
        raise NotAllowed("Choose at least one point to answer.")
    consultation = consultation_of(chosen)
    check_can_read(by, consultation)
    check_says_all(said, disposition, reason, changes_plan)
    check_are_of(consultation, before, after)
    decision = Decision.objects.create(
        consultation=consultation,
        said=said.strip(),
        disposition=disposition,
        reason=reason.strip(),
        changes_plan=changes_plan,
        before=before if changes_plan else None,
        after=after if changes_plan else None,
        by=by,
        at=timezone.now(),
    )
    apply(decision, chosen)
    tell(decision, "decided", len(chosen), by=by)
    return decision


def consultation_of(points: list[Point]) -> Consultation:
    ids = {point.response.consultation_id for point in points}
    if len(ids) > 1:
        raise NotAllowed("These points were made in different consultations.")
    found: Consultation = points[0].response.consultation
    return found


def check_says_all(
    said: str, disposition: str, reason: str, changes_plan: bool
) -> None:
    if not said.strip():
        raise NotAllowed("Say in your own words what people said.")
    if not reason.strip():
        raise NotAllowed("Say why. A point is not answered without a reason.")
    accepted = disposition in (Disposition.ACCEPTED, Disposition.PARTLY)
    if changes_plan and not accepted:
        raise NotAllowed("Only what is accepted, at least in part, changes the draft.")


def check_are_of(
    consultation: Consultation, before: Passage | None, after: Passage | None
) -> None:
    for passage in (before, after):
        if passage and passage.draft.consultation_id != consultation.pk:
            raise NotAllowed("These words are not of a draft of this consultation.")
    if after is not None and after.draft.number < 2:
        raise NotAllowed("The changed words are in a later draft. Add that one first.")


def apply(decision: Decision, points: list[Point]) -> None:
    Answered.objects.filter(point__in=points).delete()
    Answered.objects.bulk_create(
        Answered(point=point, decision=decision) for point in points
    )


@transaction.atomic
def show_change(
    decision: Decision, *, after: Passage, before: Passage | None = None, by: Person
) -> Decision:
    """Say where a later draft says what was promised: a new decision, on the same."""
    points = [row.point for row in decision.answered.select_related("point__response")]
    return decide(
        points,
        said=decision.said,
        disposition=decision.disposition,
        reason=decision.reason,
        changes_plan=True,
        before=before or decision.before,
        after=after,
        by=by,
    )


@transaction.atomic
def reopen(decision: Decision, *, why: str, by: Person) -> None:
    """Take a decision back: its points wait for an answer again."""
    check_can_read(by, decision.consultation)
    if not why.strip():
        raise NotAllowed("Say why it is taken back.")
    count, _ = decision.answered.all().delete()
    if not count:
        raise NotAllowed("This decision stands for no point any more.")
    TakenBack.objects.create(
        decision=decision, why=why.strip(), by=by, at=timezone.now()
    )
    tell(decision, "took back a decision", count, by=by)


def tell(decision: Decision, what: str, points: int, *, by: Person) -> None:
    consultation = decision.consultation
    record_event(
        f"{what} “{decision.get_disposition_display().lower()}” on",
        f"{plural(points, 'point')} of {consultation}",
        by=by,
        partnership=consultation.partnership,
        link=reverse("consultations:decision", args=[consultation.pk, decision.pk]),
        # No reason: it may quote words that have to go one day, and this cannot change.
        detail={"decision": decision.pk},
    )
