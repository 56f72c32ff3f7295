"""
Whether the standards that the public was promised are met, area by area.

What nobody has looked at, or looked at too long ago, is unknown: neither met nor not.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from saferplan.definitions.standards import Standard

Kept = Literal["met", "not met", "unknown"]


@dataclass(frozen=True)
class Seen:
    """
    What somebody saw of a standard in an area.

    value   in the unit of the standard; None if they looked and could not tell
    day     the day it was so
    source  who says so
    """

    standard: str
    area: str
    value: float | None
    day: date
    source: str


@dataclass(frozen=True)
class Standing:
    """
    Whether a standard is met in an area.

    seen   what that rests on; the last thing known, if it is too old; None if nothing
    until  the last day that it can be relied on
    why    the same in a sentence
    """

    standard: Standard
    area: str
    kept: Kept
    seen: Seen | None
    until: date | None
    why: str


def standing(
    standard: Standard, area: str, seen: Iterable[Seen], *, today: date
) -> Standing:
    """
    Return whether a standard is met in an area.

    seen  in the order it was entered: of two of one day the later stands
    """
    mine = [e for e in seen if e.standard == standard.name and e.area == area]
    past = [each for each in mine if each.day <= today]
    if not past:
        return Standing(standard, area, "unknown", None, None, "Nobody has looked.")
    newest = sorted(past, key=lambda each: each.day)[-1]
    until = newest.day + timedelta(days=standard.life_days)
    if today > until:
        why = (
            f"Last looked at on {spoken(newest.day)}; that held until {spoken(until)}."
        )
        return Standing(standard, area, "unknown", newest, until, why)
    if newest.value is None:
        why = f"Looked at on {spoken(newest.day)}, and could not be told."
        return Standing(standard, area, "unknown", newest, until, why)
    kept: Kept = "met" if standard.is_met_by(newest.value) else "not met"
    promised = "at least" if standard.better == "up" else "at most"
    why = (
        f"{newest.value:g} on {spoken(newest.day)}; promised {promised} "
        f"{standard.threshold:g}."
    )
    return Standing(standard, area, kept, newest, until, why)


def standings(
    standard: Standard, areas: Sequence[str], seen: Iterable[Seen], *, today: date
) -> list[Standing]:
    """The same for each area, in their order."""
    mine: dict[str, list[Seen]] = {area: [] for area in areas}
    for each in seen:
        if each.standard == standard.name and each.area in mine:
            mine[each.area].append(each)
    return [standing(standard, area, mine[area], today=today) for area in areas]


def counted(found: Iterable[Standing]) -> dict[Kept, int]:
    """How many areas are of each kind; all three are there."""
    many = Counter(each.kept for each in found)
    return {"met": many["met"], "not met": many["not met"], "unknown": many["unknown"]}


def spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
