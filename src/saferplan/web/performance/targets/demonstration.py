"""The demonstration's targets: the Mayor's of 2013, and some for the borough."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.performance.services.targets import add_target
from saferplan.web.performance.targets.baskets import months_of_basket

MAYOR = "Mayor’s Office for Policing and Crime"
SEVEN = "Seven neighbourhood crimes"
WHAT = (
    "Violence with injury, robbery, burglary, criminal damage, theft from the person, "
    "theft of and from vehicles, as recorded by the police."
)
OF_2013: dict[str, Any] = {
    "measure": SEVEN,
    "definition": WHAT,
    "kind": "count",
    "area": "London",
    "level": "pan-London",
    "better": "down",
    "baseline": [411_033],
    "baseline_years": "April 2011 to March 2012",
    "number": 328_826,
    "ends": date(2016, 3, 1),
    "years": 4,
    "claim": 250_000,
    "since": [384_474],
    "set_by": MAYOR,
    "source": "Police and Crime Plan for London 2013 to 2016",
}
CONFIDENCE: dict[str, Any] = {
    "measure": "Confidence in the police",
    "definition": "Residents who say that the police do a good or an excellent job.",
    "kind": "share",
    "level": "borough",
    "better": "up",
    "baseline": [62],
    "number": 75,
    "years": 4,
    "claim": 20,
    "since": [64, 67],
    "asked": 400,
    "asked_now": 400,
    "set_by": MAYOR,
    "source": "The Mayor’s police and crime plan",
}


@transaction.atomic
def make_targets(partnership: Partnership, say: Callable[[str], None]) -> None:
    """Set the demonstration's targets down, unless that was done."""
    if partnership.targets.exists():
        return
    months = months_of_basket(partnership.area_code, "mopac-7")
    years = financial_years(months)
    if len(years) < 3:
        return
    say("Setting targets down")
    head = Person.objects.filter(memberships__partnership=partnership).get(
        memberships__role=Role.HEAD
    )
    borough = partnership.name.removeprefix("Safer ").removesuffix(" Partnership")
    add_target(partnership, public=True, by=head, **OF_2013)
    first, *_, last = sorted(years)[:3]
    ends = date(last + 5, 3, 1)
    counted = [years[year] for year in sorted(years)[:3]]
    fifth = 0.2 * sum(counted) / 3
    seven = {
        **{name: OF_2013[name] for name in ("measure", "definition", "kind", "better")},
        "area": borough,
        "level": "borough",
        "baseline": counted,
        "baseline_years": f"April {first} to March {last + 1}",
        "ends": ends,
        "years": 4,
        "monthly": months,
    }
    add_target(
        partnership,
        public=True,
        by=head,
        **seven,
        change=-20,
        claim=round(3 * fifth, -2),
        set_by=MAYOR,
        source="The Mayor’s police and crime plan",
    )
    add_target(
        partnership,
        public=True,
        by=head,
        **seven,
        change=-8,
        set_by=f"Board of {partnership.name}",
        why="The most that the work agreed was thought to bring, by what schemes of "
        "its kind brought in other boroughs.",
        source="Board, minute 7",
    )
    add_target(partnership, public=True, by=head, **CONFIDENCE, area=borough, ends=ends)


def financial_years(months: dict[str, float]) -> dict[int, float]:
    """
    Return the count of each wholly known financial year, by the year it begins in.

    >>> months = {f"{2024 + (m > 9)}-{(m + 2) % 12 + 1:02}": 10 for m in range(1, 13)}
    >>> financial_years(months)
    {2024: 120}
    """
    found: dict[int, list[float]] = {}
    for month, count in months.items():
        year, number = int(month[:4]), int(month[5:])
        found.setdefault(year - (number < 4), []).append(count)
    return {year: sum(every) for year, every in found.items() if len(every) == 12}
