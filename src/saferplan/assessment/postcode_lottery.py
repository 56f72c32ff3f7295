"""
Two things that "postcode lottery" can mean, kept apart.

Exposure: crime falls unevenly. That is where need is, and says nothing of any service.
Service: what was promised to every area is kept in some. That can be put right by those
who promised it, wherever crime falls.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from saferplan.assessment.sentences import number, percent
from saferplan.errors import MethodError
from saferplan.methods.between_areas import between_areas
from saferplan.methods.concentration import DecileRatio, decile_ratio
from saferplan.methods.proportions import share_difference

EXPOSURE_MEANS = (
    "It is about how unevenly crime falls on the people who live there. A ward with a "
    "town centre or a station has more of it for each resident, and that is nobody’s "
    "failing."
)
SERVICE_MEANS = (
    "It is about whether a promise made to every ward is kept in each. It says nothing "
    "of how much crime there is, nor of how good the service was."
)


@dataclass(frozen=True)
class Exposure:
    """
    How unevenly recorded crime falls on the residents of wards.

    ratio     of the tenth of wards with the highest rate to that with the lowest, with
              its limits; None with fewer than ten wards
    by_chance the share of what the rates differ by that chance alone would make, 0 to 1
    sentence  the same in words, with its doubt
    """

    wards: int
    ratio: float | None
    lower: float | None
    upper: float | None
    by_chance: float
    sentence: str
    means: str = EXPOSURE_MEANS


def exposure(
    offences: Mapping[str, float], residents: Mapping[str, float]
) -> Exposure | None:
    """
    Return how unevenly crime falls on wards where both counts are known.

    None with fewer than three such wards, or where no crime is recorded.
    """
    known = sorted(offences.keys() & residents.keys())
    crimes = pd.Series({code: offences[code] for code in known}, dtype=float)
    people = pd.Series({code: residents[code] for code in known}, dtype=float)
    try:
        by_chance = 1 - between_areas(crimes, people).share
    except MethodError:
        return None
    said = (
        f"Of what the rates of {len(known)} wards differ by, chance alone would make "
        f"about {percent(by_chance)}."
    )
    tenths = tenths_of(crimes, people)
    if tenths is None:
        return Exposure(len(known), None, None, None, by_chance, said)
    each = tenths.areas_each
    wards = f"{each} wards" if each > 1 else "ward"
    said = (
        f"Recorded crime for each resident of the {wards} with most of it is "
        f"{number(tenths.ratio, 1)} times that of the {wards} with least (95% "
        f"interval {number(tenths.lower, 1)} to {number(tenths.upper, 1)}). {said}"
    )
    return Exposure(
        len(known), tenths.ratio, tenths.lower, tenths.upper, by_chance, said
    )


def tenths_of(crimes: pd.Series, people: pd.Series) -> DecileRatio | None:
    """None with fewer than ten wards, or no crime where there is least of it."""
    try:
        found = decile_ratio(crimes, people)
    except MethodError:
        return None
    return found if found.bottom > 0 else None


@dataclass(frozen=True)
class Service:
    """
    Whether a standard is met as often where crime is more common.

    more, less  the wards with the higher and the lower rates of recorded crime: how
                many meet the standard, out of how many where that is known
    difference  in the share that meets it, more less less, with its limits; None where
                nothing is known of one half
    unknown     wards of which nobody knows
    """

    more: tuple[int, int]
    less: tuple[int, int]
    difference: float | None
    lower: float | None
    upper: float | None
    unknown: int
    sentence: str
    means: str = SERVICE_MEANS


def service(met: Mapping[str, bool | None], rates: Mapping[str, float]) -> Service:
    """
    Return whether a standard is met as often in the half of wards with more crime.

    met    by ward; None where it is not known
    rates  recorded crime per resident; a ward without one is in neither half
    """
    order = sorted(met.keys() & rates.keys(), key=lambda code: (-rates[code], code))
    half = len(order) // 2  # of an odd number the middle one is in neither half
    more = met_of(met, order[:half])
    less = met_of(met, order[len(order) - half :])
    unknown = sum(each is None for each in met.values())
    tail = f" Of {unknown} of {len(met)} wards nobody knows." if unknown else ""
    if not more[1] or not less[1]:
        return Service(
            *(more, less, None, None, None, unknown),
            sentence=f"Too little is known to set the two halves side by side.{tail}",
        )
    found = share_difference(
        *(one(more[0]), one(more[1])),
        from_part=one(less[0]),
        from_whole=one(less[1]),
        least=1,
    ).iloc[0]
    difference, lower, upper = (
        float(found[name]) for name in ("difference", "lower", "upper")
    )
    beyond = lower > 0 or upper < 0
    said = (
        f"It is met in {more[0]} of {more[1]} wards with more recorded crime for each "
        f"resident, and in {less[0]} of {less[1]} with less: a difference of "
        f"{points(difference)} (95% interval {points(lower)} to "
        f"{points(upper)}). "
    )
    said += (
        "That is more than chance would make of so few wards."
        if beyond
        else "Chance could make that of so few wards."
    )
    return Service(more, less, difference, lower, upper, unknown, said + tail)


def met_of(met: Mapping[str, bool | None], codes: list[str]) -> tuple[int, int]:
    """How many meet it, out of how many of which that is known."""
    known = [met[code] for code in codes if met[code] is not None]
    return sum(bool(each) for each in known), len(known)


def one(value: float) -> pd.Series:
    return pd.Series({"wards": float(value)})


def points(difference: float) -> str:
    """
    >>> points(-0.44)
    '−44 points'
    """
    return ("+" if difference > 0 else "") + number(difference * 100) + " points"
