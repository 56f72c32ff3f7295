"""The demonstration's small areas, and the invented areas of three agencies."""

from collections.abc import Callable

from django.db import transaction

from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.performance.models import FootprintTable
from saferplan.web.performance.services.footprints import bring_areas

POLICE = ("North", "Riverside", "Market", "Hill", "Common", "Park", "East", "South")
COUNCIL = ("Upper", "Middle", "Lower", "Outer")
HEALTH = ("Northern", "Central", "Southern")


@transaction.atomic
def make_footprints(partnership: Partnership, say: Callable[[str], None]) -> None:
    """Bring the table of small areas, unless that was done."""
    if FootprintTable.objects.filter(partnership=partnership).exists():
        return
    borough = partnership.name.removeprefix("Safer ").removesuffix(" Partnership")
    people = people_of_small_areas(borough)
    if not people:
        return
    say("Bringing the areas of agencies")
    analyst = Person.objects.filter(memberships__partnership=partnership).get(
        memberships__role=Role.ANALYST
    )
    lines = ["area,residents,Police,Council,Health"]
    for at, (area, residents) in enumerate(sorted(people.items())):
        along = at / len(people)
        # Police areas fit into the council's; those of the health service cross both.
        where = (part(POLICE, along), part(COUNCIL, along), part(HEALTH, along))
        lines.append(f"{area},{residents},{','.join(where)}")
    text = "\n".join(lines)
    bring_areas(partnership, text, name="areas-of-agencies.csv", by=analyst)


def part(areas: tuple[str, ...], along: float) -> str:
    """
    The area that lies so far along the borough, from 0 to 1.

    >>> part(("North", "South"), 0.4), part(("North", "South"), 0.5)
    ('North', 'South')
    """
    return areas[int(along * len(areas))]


def people_of_small_areas(borough: str) -> dict[str, int]:
    """Residents of each small area of a borough in the newest year; none if unknown."""
    # The engine is slow to import, and the rest of the site does without it.
    from saferplan.assessment.evidence import Evidence
    from saferplan.store import EvidenceStore, default_place

    held = Evidence(EvidenceStore(default_place()))
    if not held.has("population"):
        return {}
    table = held.table("population")
    rows = table.filter(
        table.unit == "people",
        table.area_set == "lsoa",
        table.area_name.startswith(f"{borough} "),
    )
    newest = rows.filter(rows.year == rows.year.max())
    counted = newest.group_by("area_code").agg(people=newest["count"].sum()).execute()
    return {row.area_code: int(row.people) for row in counted.itertuples()}
