"""Keeping what the evidence says of a borough beside others."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.performance.models import Comparison, Indicator
from saferplan.web.performance.permissions import check_can_keep
from saferplan.web.performance.services.keeping import link_to

if TYPE_CHECKING:  # it brings the engine with it
    from saferplan.assessment.beside_boroughs import Beside
    from saferplan.assessment.similar import WardsAlike


def check_can_compare(person: Person | AnonymousUser, indicator: Indicator) -> None:
    check_can_keep(person, indicator.partnership)
    if indicator.source != Indicator.Source.EVIDENCE:
        raise NotAllowed(
            f"{indicator} is not drawn from the evidence store, so other boroughs "
            f"cannot be drawn beside it."
        )


@transaction.atomic
def take_comparison(
    partnership: Partnership,
    found: "Beside",
    *,
    wards: "WardsAlike | None" = None,
    indicator: Indicator | None = None,
    by: Person,
) -> Comparison:
    """Keep a comparison, and which wards are alike; the earlier ones stay."""
    check_can_keep(by, partnership)
    if indicator is not None:
        check_can_compare(by, indicator)
    made = Comparison.objects.create(
        partnership=partnership,
        indicator=indicator,
        rows=[asdict(each) for each in found.boroughs],
        begins=found.begins,
        ends=found.ends,
        note=found.note,
        releases=sorted({*found.releases, *(wards.releases if wards else ())}),
        wards={"alike": wards.alike, "note": wards.note} if wards else {},
        by=by,
        at=timezone.now(),
    )
    record_event(
        "set other boroughs beside",
        str(indicator or "all recorded crime"),
        by=by,
        partnership=partnership,
        audience=indicator.audience if indicator else Audience.MEMBERS,
        link=link_to(indicator)
        if indicator
        else reverse("performance:standards_of", args=[partnership.pk]),
    )
    return made
