"""Saying how the partnership stands with a duty."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.definitions import duties
from saferplan.errors import NotAllowed
from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.plans.duties import year_of
from saferplan.web.plans.models import DutyRecord
from saferplan.web.plans.permissions import check_can_write


@transaction.atomic
def record_duty(
    partnership: Partnership,
    duty: str,
    *,
    state: str,
    by: Person,
    done_on: date | None = None,
    event_on: date | None = None,
    evidence: str = "",
    note: str = "",
) -> DutyRecord:
    """
    Add a word on a duty; earlier ones stay.

    Raises NotAllowed if `by` may not, if "done" has no day or no evidence, or if "not
    ours" has no reason.
    """
    check_can_write(by, partnership)
    title = duties()[duty].title
    if state == DutyRecord.State.DONE and done_on is None:
        raise NotAllowed("Give the day on which it was done.")
    if state == DutyRecord.State.DONE and not evidence.strip():
        raise NotAllowed("Say where anybody can see that it was done.")
    if state == DutyRecord.State.NOT_OURS and not note.strip():
        raise NotAllowed("Say whose it is to do, and why it is not yours.")
    today = timezone.localdate()
    made = DutyRecord.objects.create(
        partnership=partnership,
        duty=duty,
        year=year_of(today),
        state=state,
        done_on=done_on if state == DutyRecord.State.DONE else None,
        event_on=event_on,
        evidence=evidence.strip(),
        note=note.strip(),
        by=by,
        at=timezone.now(),
    )
    record_event(
        f"said of a duty that it is {made.get_state_display().lower()}",
        title,
        by=by,
        partnership=partnership,
        audience=Audience.MEMBERS,
        link=reverse("plans:duty", args=[duty]),
        detail={"reason": made.note, "evidence": made.evidence},
    )
    return made
