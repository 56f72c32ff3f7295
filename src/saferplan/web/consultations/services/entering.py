"""Typing in what came on paper, by telephone, at an event or on an easy read form."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Consultation, Response
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.responding import Said, send_whole, tell
from saferplan.web.partnerships.models import Person


@transaction.atomic
def enter(
    consultation: Consultation,
    said: Iterable[Said],
    *,
    token: UUID,
    channel: str,
    received_on: date,
    why: str = "",
    by: Person,
    **words: Any,
) -> Response:
    """
    Keep what somebody said elsewhere, as the officer who typed it in read or heard it.

    received_on  the day it came in; the database's clock says when it was typed in
    why          how that day is known; needed where it is typed in after the close
    words        other fields of Response

    What came before the last day was over and is typed in later is accepted, with the
    reason. Raises NotAllowed if that is missing, or the day is still to come.
    """
    check_can_read(by, consultation)
    if received_on > timezone.localdate():
        raise NotAllowed("The day it came in is still to come. Give the day it was.")
    known = Response.objects.filter(token=token).exists()
    response = send_whole(
        consultation, said, token=token, by=by, channel=channel, **words
    )
    if known:
        return response
    response.received_on = received_on
    if response.standing == Response.Standing.LATE and came_in_time(response):
        if not why.strip():
            raise NotAllowed(
                "It is typed in after the close. Say how you know when it came in: a "
                "date stamp, a postmark, a note of the call."
            )
        response.accepted_late = True
        response.accepted_why = f"Came in on {received_on:%-d %B %Y}: {why.strip()}"
        tell(response, "accepted the response typed in late", by=by)
    response.save(update_fields=["received_on", "accepted_late", "accepted_why"])
    return response


def came_in_time(response: Response) -> bool:
    """
    Whether it was here by the close, as far as a day can say.

    On the day of the close itself nobody can tell from a date, so it counts as in time:
    the doubt is for whoever answered.
    """
    consultation = response.consultation
    assert response.received_on is not None
    first, last = (
        timezone.localtime(moment).date()
        for moment in (consultation.opens_at, consultation.closes_at)
    )
    return first <= response.received_on <= last
