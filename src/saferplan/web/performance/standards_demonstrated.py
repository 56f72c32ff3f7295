"""What was seen of standards in the demonstration's borough: some of it, long ago."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.performance.evidence import draw_beside, draw_wards
from saferplan.web.performance.served import served_by
from saferplan.web.performance.services.comparing import take_comparison
from saferplan.web.performance.services.standards import Look, observe

# Invented, for one ward after another: how many, and how many days ago. A look at
# constables more than 92 days ago says nothing any more.
CONSTABLES = [(2, 20), (2, 20), (1, 20), (3, 20), (2, 120), (1, 20), (2, 20)]
OFFICERS = [(1, 20), (0, 20), (1, 20), (1, 20), (1, 200)]
NOT_LOOKED_AT = 6  # every so many wards nobody looked at support officers
BOROUGH = {
    "counter-day-and-night": (1, 60),
    "victims-referred": (87, 40),
    "victims-told": (None, 40),
    "community-safety-unit": (1, 200),
    "school-officers": (6, 150),
    "borough-commander": (0, 30),
}
OTHERS_OPEN = (1, 0, 1, 1)  # of the first few of the other boroughs
NOTICE = "Notice of opening hours, police"
SAYS = "Local policing, staffing return"


@transaction.atomic
def make_standards(partnership: Partnership, say: Callable[[str], None]) -> None:
    """Enter what was seen, unless that was done."""
    if partnership.observations.exists():
        return
    say("Looking at standards of service")
    people = Person.objects.filter(memberships__partnership=partnership)
    lead = people.get(memberships__role=Role.PARTNER_LEAD)
    places = served_by(partnership, people.get(memberships__role=Role.HEAD))
    today = timezone.localdate()

    def look(standard: str, code: str, seen: tuple[float | None, int]) -> Look:
        value, ago = seen
        day = today - timedelta(days=ago)
        return Look(standard, code, places.names[code], value, day, SAYS)

    looks = [
        look(name, borough.code, seen)
        for borough in places.boroughs
        for name, seen in BOROUGH.items()
    ]
    for at, ward in enumerate(places.wards):
        constables = CONSTABLES[at % len(CONSTABLES)]
        looks.append(look("ward-constables", ward.code, constables))
        if at % NOT_LOOKED_AT:
            officers = OFFICERS[at % len(OFFICERS)]
            looks.append(look("ward-support-officer", ward.code, officers))
    observe(partnership, looks, by=lead)
    set_beside_others(partnership, by=people.get(memberships__role=Role.HEAD))


def set_beside_others(partnership: Partnership, *, by: Person) -> None:
    """Beside other boroughs, of some of which somebody saw their counter."""
    for indicator in (None, partnership.indicators.filter(source="evidence").first()):
        found = draw_beside(partnership, indicator)
        if found is not None:
            wards = None if indicator else draw_wards(partnership)
            take_comparison(partnership, found, wards=wards, indicator=indicator, by=by)
    others = served_by(partnership, by).others
    day = timezone.localdate() - timedelta(days=50)
    looks = [
        Look("counter-day-and-night", each.code, each.name, float(open_), day, NOTICE)
        for each, open_ in zip(others, OTHERS_OPEN, strict=False)
    ]
    if looks:
        observe(partnership, looks, by=by)
