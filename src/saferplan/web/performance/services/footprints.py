"""Bringing a table of the agencies' areas."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.performance.footprint_file import read_small_areas
from saferplan.web.performance.footprints import overlap_of
from saferplan.web.performance.models import FootprintTable
from saferplan.web.performance.permissions import check_can_keep


@transaction.atomic
def bring_areas(
    partnership: Partnership, text: str, *, name: str, by: Person
) -> FootprintTable:
    """
    Keep a table of small areas; it takes the place of the one before, which stays.

    Raises NotAllowed if `by` may not, SourceChanged if the table cannot be read, and
    MethodError if its agencies have nobody in common.
    """
    check_can_keep(by, partnership)
    read = read_small_areas(text)
    table = FootprintTable(
        partnership=partnership,
        name=name[:200],
        agencies=read.agencies,
        rows=read.rows,
        by=by,
        at=timezone.now(),
    )
    overlap_of(table)
    table.save()
    record_event(
        "brought the areas of agencies",
        f"{', '.join(read.agencies)}: {len(read.rows):,} small areas",
        by=by,
        partnership=partnership,
        audience=Audience.MEMBERS,
        link=reverse("performance:footprints"),
    )
    return table
