"""Entering what was seen of the standards of service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.definitions.standards import standards
from saferplan.errors import NotAllowed
from saferplan.web.core.models import Audience
from saferplan.web.core.pages import plural
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.partnerships.permissions import check_has_role
from saferplan.web.performance.models.standard import Observation

MOST_AT_ONCE = 5_000


def check_can_observe(person: Person | AnonymousUser, partnership: Partnership) -> None:
    check_has_role(person, partnership, Role.HEAD, Role.ANALYST, Role.PARTNER_LEAD)


@dataclass(frozen=True)
class Look:
    """What somebody saw; no `value` where they looked and could not tell."""

    standard: str
    area: str
    area_name: str
    value: float | None
    day: date
    source: str


@transaction.atomic
def observe(
    partnership: Partnership, looks: Sequence[Look], *, by: Person
) -> list[Observation]:
    """
    Enter what was seen, all of it or none.

    Raises NotAllowed if `by` may not, nothing is there, a standard is not known, or
    something was seen on a day that has not come.
    """
    check_can_observe(by, partnership)
    check_looks(looks)
    now = timezone.now()
    made = Observation.objects.bulk_create(
        Observation(
            partnership=partnership,
            standard=each.standard,
            area=each.area,
            area_name=each.area_name,
            value=each.value,
            day=each.day,
            source=each.source.strip(),
            by=by,
            at=now,
        )
        for each in looks
    )
    titles = sorted({standards()[each.standard].title for each in looks})
    record_event(
        "entered",
        f"{plural(len(looks), 'observation')} of standards of service",
        by=by,
        partnership=partnership,
        audience=Audience.MEMBERS,
        link=reverse("performance:standards_of", args=[partnership.pk]),
        detail={"standards": titles},
    )
    return made


def check_looks(looks: Sequence[Look]) -> None:
    if not looks:
        raise NotAllowed("There is nothing to enter.")
    if len(looks) > MOST_AT_ONCE:
        raise NotAllowed(
            f"These are {len(looks):,} observations. Enter {MOST_AT_ONCE:,} at a time."
        )
    for each in looks:
        if each.standard not in standards():
            raise NotAllowed(f"“{each.standard}” is not a standard we know.")
        if each.day > timezone.localdate():
            raise NotAllowed(f"{each.day} has not come yet.")
        if not each.source.strip():
            raise NotAllowed("Say who says so.")
