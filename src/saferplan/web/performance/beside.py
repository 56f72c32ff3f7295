"""A borough beside others, as pages show it: exposure and service apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from saferplan.plans.kept_promises import Kept, Seen, Standing, standings
from saferplan.web.core.downloads import Cell
from saferplan.web.core.pages import number
from saferplan.web.performance.models import Comparison, Observation
from saferplan.web.performance.standing import Promise
from saferplan.web.performance.tables import whole

FEW = 20  # below such rates one decimal does not tell them apart
COLUMNS = ["Borough", "Code", "Why it is here", "Count", "Residents"]
COLUMNS += ["Rate per 1,000 residents", "Lower limit", "Upper limit"]
SERVICE_COLUMNS = ["Standard", "Borough", "Code", "Why it is here", "Result", "Why"]


@dataclass(frozen=True)
class Exposure:
    """
    How much of it there is in each borough, for each resident.

    rows      the highest first; those whose rate is not known come last
    places    decimals that tell the rates apart
    sentence  where ours stands among those most like it
    """

    period: str
    rows: tuple[dict[str, Any], ...]
    sentence: str
    note: str
    releases: tuple[str, ...]
    places: int


@dataclass(frozen=True)
class Service:
    """A standard that boroughs were promised: ours, and how many others keep it."""

    title: str
    own: Standing
    counts: dict[Kept, int]
    others: tuple[tuple[dict[str, Any], Standing], ...]

    @property
    def sentence(self) -> str:
        known = self.counts["met"] + self.counts["not met"]
        if not known:
            return f"Of {len(self.others)} others nobody has looked."
        return (
            f"Met in {self.counts['met']} of {known} others where it is known; "
            f"unknown in {self.counts['unknown']}."
        )


def why_here(row: dict[str, Any]) -> str:
    if row["is_own"]:
        return "This borough"
    said = ["Most like it"] if row["like"] else []
    return ", ".join([*said, *(["borders it"] if row["borders"] else [])]).capitalize()


def exposure_of(made: Comparison) -> Exposure:
    rows = sorted(made.rows, key=lambda row: -(row["rate"] or -1))
    return Exposure(
        period=f"{month(made.begins)} to {month(made.ends)}",
        rows=tuple({**row, "why": why_here(row)} for row in rows),
        sentence=sentence_of(rows),
        note=made.note,
        releases=tuple(made.releases),
        places=places_of(rows),
    )


def places_of(rows: Sequence[dict[str, Any]]) -> int:
    return 1 if max((row["rate"] or 0) for row in rows) >= FEW else 2


def sentence_of(rows: Sequence[dict[str, Any]]) -> str:
    """Where our borough stands among those most like it, or else its neighbours."""
    own = next(row for row in rows if row["is_own"])
    group = [row for row in rows if row["like"]] or [
        row for row in rows if row["borders"]
    ]
    known = [row for row in group if row["rate"] is not None]
    if own["rate"] is None or own["lower"] is None or not known:
        return "The rates of these boroughs are not known."
    called = "most like it" if known[0]["like"] else "that border it"
    # Each borough counts alike, ours too, as HMICFRS does for most similar groups.
    mean = (sum(row["rate"] for row in known) + own["rate"]) / (len(known) + 1)
    side = "higher than" if own["lower"] > mean else "about"
    side = "lower than" if own["upper"] < mean else side
    told = [own["rate"], own["lower"], own["upper"], mean]
    told += [f(row["rate"] for row in known) for f in (min, max)]
    rate, lower, upper, average, lowest, highest = (
        number(each, places_of(rows)) for each in told
    )
    return (
        f"{own['name']} had {rate} for every 1,000 residents (95% interval {lower} to "
        f"{upper}): {side} the {average} that it and the {len(known)} boroughs "
        f"{called} average. Theirs go from {lowest} to {highest}."
    )


def month(text: str) -> str:
    """
    >>> month("2025-04")
    'April 2025'
    """
    return f"{date.fromisoformat(f'{text}-01'):%B %Y}"


def services_of(
    made: Comparison, promised: Iterable[Promise], *, today: date
) -> list[Service]:
    """
    How the standards of boroughs stand in ours and in the others.

    What any partnership has seen of its own borough counts, and what ours has seen of
    others; of what nobody has looked at nothing is known.
    """
    others = [row for row in made.rows if not row["is_own"]]
    codes = [row["code"] for row in others]
    seen = [
        Seen(each.standard, each.area, each.value, each.day, each.source)
        for each in Observation.objects.filter(area__in=codes).order_by("pk")
    ]
    return [
        service_of(promise, others, seen, today=today)
        for promise in promised
        if promise.standings
    ]


def service_of(
    promise: Promise,
    others: list[dict[str, Any]],
    seen: Sequence[Seen],
    *,
    today: date,
) -> Service:
    codes = [row["code"] for row in others]
    theirs = standings(promise.standard, codes, seen, today=today)
    counts: dict[Kept, int] = {"met": 0, "not met": 0, "unknown": 0}
    for each in theirs:
        counts[each.kept] += 1
    return Service(
        title=promise.standard.title,
        own=promise.standings[0],
        counts=counts,
        others=tuple(zip(others, theirs, strict=True)),
    )


def rows_of(made: Comparison) -> list[list[Cell]]:
    return [
        [
            *(
                row["name"],
                row["code"],
                row["why"],
                whole(row["count"]),
                whole(row["residents"]),
            ),
            *(row["rate"], row["lower"], row["upper"]),
        ]
        for row in exposure_of(made).rows
    ]


def service_rows(found: Iterable[Service]) -> list[list[Cell]]:
    return [
        [each.title, row["name"], row["code"], why_here(row), stands.kept, stands.why]
        for each in found
        for row, stands in each.others
    ]
