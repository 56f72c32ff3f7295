"""
Writing to the record of events, and checking that nobody has tampered with it.

Call `record_event` last, in the transaction of the change itself: both happen or
neither does, and whoever writes next waits only that long.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from saferplan.web.core.models.event import (
    FIRST_DIGEST,
    Audience,
    Event,
    RecordHead,
)

if TYPE_CHECKING:
    from saferplan.web.partnerships.models import Partnership, Person


@transaction.atomic(savepoint=False)
def record_event(
    what: str,
    subject: str,
    *,
    by: "Person | None",
    partnership: "Partnership | None" = None,
    audience: Audience = Audience.STAFF,
    about: "Person | None" = None,
    link: str = "",
    detail: dict[str, Any] | None = None,
) -> Event:
    """
    Add an event to the record, numbered one more than the newest.

    what      the verb, in the past tense: "accepted a finding"
    subject   what it was done to; no personal data, use `about` for a person
    by        None when the system itself did it
    audience  who in `partnership` may read of it
    link      the path of the page where it can be seen
    detail    values that JSON can hold

    Numbers have no gaps: an event of a transaction that is rolled back never was.
    """
    head, _ = RecordHead.objects.select_for_update().get_or_create(pk=1)
    event = Event(
        number=head.number + 1,
        at=timezone.now(),
        by=by,
        about=about,
        partnership=partnership,
        audience=audience,
        what=what,
        subject=subject[:300],
        link=link,
        detail=detail or {},
    )
    event.digest = event.digest_after(head.digest)
    event.save()
    RecordHead.objects.filter(pk=1).update(number=event.number, digest=event.digest)
    return event


@dataclass(frozen=True)
class RecordCheck:
    """
    What reading the whole record from the first event showed.

    events  how many were read and found right
    fault   what is wrong with the first event that is not, or None
    digest  the newest right event's digest, to be noted somewhere else
    """

    events: int
    digest: str
    fault: str | None = None


def check_record(progress: Callable[[int], None] | None = None) -> RecordCheck:
    """Read the record from its first event and stop at the first that is wrong."""
    number, digest = 0, FIRST_DIGEST
    for event in events_in_order():
        if event.number != number + 1:
            missing = f"Event {number + 1} is missing: the next is {event.number}."
            return RecordCheck(number, digest, missing)
        if event.digest != event.digest_after(digest):
            changed = (
                f"Event {event.number} is not as it was recorded, or the one before "
                f"it was exchanged."
            )
            return RecordCheck(number, digest, changed)
        number, digest = event.number, event.digest
        if progress and number % 1_000 == 0:
            progress(number)
    head = RecordHead.objects.filter(pk=1).first()
    if head and head.number != number:
        cut = (
            f"The record ends at event {number} but should end at {head.number}: "
            f"the newest events were removed."
        )
        return RecordCheck(number, digest, cut)
    return RecordCheck(number, digest)


def events_in_order() -> Iterator[Event]:
    return Event.objects.order_by("number").iterator(chunk_size=2_000)
