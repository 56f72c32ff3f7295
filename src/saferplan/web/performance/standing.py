"""How the standards of service stand in a partnership's areas, as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from saferplan.assessment.finding import Outline
from saferplan.definitions.standards import Standard, standards
from saferplan.plans.kept_promises import Kept, Seen, Standing, counted, standings
from saferplan.web.assessments.wards import Place
from saferplan.web.core.downloads import Cell
from saferplan.web.partnerships.models import Partnership
from saferplan.web.performance.models.standard import Observation
from saferplan.web.performance.served import Served

SIGNS: dict[Kept, str] = {"met": "✓", "not met": "✗", "unknown": "?"}
COLOURS: dict[Kept, str] = {"met": "green", "not met": "red", "unknown": "grey"}
HEADINGS = (
    *("Standard", "Promised at", "Unit", "Better", "Area", "Area code", "Result"),
    *("Seen", "On", "Source", "Relied on until", "Residents"),
    *("Recorded crime per 1,000 residents",),
)
NEAREST = 3  # wards with about as much crime that one is set beside


@dataclass(frozen=True)
class Promise:
    """A standard, how it stands in each of its areas, and how many are of each kind."""

    standard: Standard
    places: tuple[Place, ...]
    standings: tuple[Standing, ...]
    counts: dict[Kept, int]

    @property
    def pairs(self) -> list[tuple[Place, Standing]]:
        return list(zip(self.places, self.standings, strict=True))

    def of(self, code: str) -> Standing:
        return next(each for each in self.standings if each.area == code)


def seen_in(partnership: Partnership) -> list[Seen]:
    """What was seen, in the order it was entered."""
    rows = Observation.objects.filter(partnership=partnership).order_by("pk")
    return [
        Seen(each.standard, each.area, each.value, each.day, each.source)
        for each in rows
    ]


def promises(
    places: Served, seen: Sequence[Seen], *, today: date
) -> dict[str, list[Promise]]:
    """The standards promised to wards and to boroughs, and how each stands."""
    found: dict[str, list[Promise]] = {"ward": [], "borough": []}
    for standard in standards().values():
        at = places.at(standard.level)
        mine = standings(standard, [e.code for e in at], seen, today=today)
        found[standard.level].append(Promise(standard, at, tuple(mine), counted(mine)))
    return found


def rows_of(found: Sequence[Promise]) -> list[list[Cell]]:
    """A row for each area of each standard, to take away."""
    return [
        [
            *(promise.standard.title, promise.standard.threshold),
            *(promise.standard.unit, promise.standard.better),
            *(place.name, place.code, each.kept),
            each.seen.value if each.seen else None,
            each.seen.day.isoformat() if each.seen else None,
            each.seen.source if each.seen else None,
            each.until.isoformat() if each.until else None,
            *(place.residents, place.rate),
        ]
        for promise in found
        for place, each in promise.pairs
    ]


def touching(outlines: Sequence[Outline], code: str) -> list[str]:
    """
    The wards that share a border with one, by two corners that both have.

    The outlines of an assessment are simplified together, so that shared borders keep
    the same corners on both sides.
    """
    corners = {each.code: {p for ring in each.rings for p in ring} for each in outlines}
    mine = corners.get(code, set())
    return [
        other
        for other, theirs in corners.items()
        if other != code and len(mine & theirs) > 1
    ]


def about_as_much(wards: Sequence[Place], code: str) -> list[str]:
    """The few wards whose rate of recorded crime is nearest to this one's."""
    rates = {each.code: each.rate for each in wards if each.rate is not None}
    if code not in rates:
        return []
    mine = rates.pop(code)
    order = sorted(rates, key=lambda other: (abs(rates[other] - mine), other))
    return order[:NEAREST]
