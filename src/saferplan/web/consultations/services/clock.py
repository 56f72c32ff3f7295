"""The closing minute: what is in time, decided by the database's own clock."""

from datetime import datetime

from django.db.models.functions import Now

from saferplan.web.consultations.models import Consultation, Response

Standing = Response.Standing


def time_in_database() -> datetime:
    """
    Return the time by the database's clock, as it is when this is asked.

    Ask within the transaction that keeps the response, after its lock is held: then no
    two processes, nor two machines whose clocks differ, can decide by different times.
    """
    now = Consultation.objects.order_by().annotate(now=Now())
    moment: datetime = now.values_list("now", flat=True)[0]
    return moment


def standing_at(
    consultation: Consultation, *, begun: datetime, sent: datetime
) -> Standing:
    """
    Return whether a response is in time. The first moment of the close is too late.

    One begun before the close has the consultation's grace to be sent.
    """
    if sent < consultation.opens_at:
        return Standing.EARLY
    if sent < consultation.closes_at:
        return Standing.IN_TIME
    in_grace = sent < consultation.closes_at + consultation.grace
    if begun < consultation.closes_at and in_grace:
        return Standing.WITHIN_GRACE
    return Standing.LATE
