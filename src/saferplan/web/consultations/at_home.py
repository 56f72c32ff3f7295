"""Of consultations, what somebody finds on the home page: to answer, to read, to do."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from saferplan.web.consultations.models import Consultation, ResponseDocument
from saferplan.web.consultations.permissions import ASKERS
from saferplan.web.consultations.services.reporting import points_of
from saferplan.web.core.pages import plural
from saferplan.web.partnerships.models import Membership, Partnership

NEW = timedelta(days=90)  # for how long an answer is told of as new
MOST = 5


@dataclass(frozen=True)
class Waiting:
    """A consultation with work that waits, and what it is, in words."""

    consultation: Consultation
    what: str


def open_now(partnership: Partnership | None = None) -> list[Consultation]:
    """Those that can be answered, the first to close first; of all if none is named."""
    now = timezone.now()
    found = Consultation.objects.filter(
        launched_at__isnull=False,
        reported_at=None,
        opens_at__lte=now,
        closes_at__gt=now,
    )
    if partnership is not None:
        found = found.filter(partnership=partnership)
    return list(found.select_related("partnership").order_by("closes_at")[:MOST])


def newly_answered(partnership: Partnership | None = None) -> list[Consultation]:
    """Those whose answer was published in the last three months, the newest first."""
    found = Consultation.objects.filter(reported_at__gte=timezone.now() - NEW)
    if partnership is not None:
        found = found.filter(partnership=partnership)
    return list(found.select_related("partnership").order_by("-reported_at")[:MOST])


def waiting_for(membership: Membership) -> list[Waiting]:
    """What waits for those who read what was said; for others, nothing."""
    if membership.role not in ASKERS:
        return []
    going_on = Consultation.objects.filter(
        partnership=membership.partnership, reported_at=None
    ).order_by("closes_at")
    found = [Waiting(each, what_waits_in(each)) for each in going_on]
    return [each for each in found if each.what][:MOST]


def what_waits_in(consultation: Consultation) -> str:
    if consultation.launched_at is None:
        return "not launched yet"
    unsplit = ResponseDocument.objects.filter(
        response__in=consultation.responses.counted(), settled_at=None
    ).count()
    unanswered = points_of(consultation).filter(answered=None).count()
    waits = []
    if unsplit:
        waits.append(f"{plural(unsplit, 'document')} to split")
    if unanswered:
        waits.append(f"{plural(unanswered, 'point')} to answer")
    if not waits and consultation.closes_at <= timezone.now():
        waits.append("the answer to publish")
    return ", ".join(waits)
