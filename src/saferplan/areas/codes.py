"""
Codes of areas: what kind of area a code names, and when its boundaries were drawn.

A code is one letter (the country) and eight digits: two for the kind of area, six for
the area. Source: ONS, Code History Database and Register of Geographic Codes.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from saferplan.errors import AreaError

FOLDER = Path(__file__).parent
SHAPE = re.compile(r"[A-Z]\d{8}")

# The first three characters, and the kind of area they name.
AREA_SETS = {
    "E00": "oa",
    "W00": "oa",
    "E01": "lsoa",
    "W01": "lsoa",
    "E02": "msoa",
    "W02": "msoa",
    "E05": "ward",
    "W05": "ward",
    "N08": "ward",
    "S13": "ward",
    "E06": "borough",  # unitary authority
    "E07": "borough",  # district
    "E08": "borough",  # metropolitan district
    "E09": "borough",  # London borough, or the City of London
    "W06": "borough",
    "N09": "borough",
    "S12": "borough",
    "E10": "county",
    "E12": "region",
    "E13": "part of a region",  # Inner London, Outer London
    "E22": "csp",
    "W14": "csp",
    "E23": "force",
    "W15": "force",
    "S32": "force",  # Scotland has one: Police Scotland
    "E92": "country",
    "W92": "country",
    "S92": "country",
    "N92": "country",
    "K02": "country",  # the United Kingdom
    "K04": "country",  # England and Wales
}

IN_WORDS = {
    "oa": "an output area",
    "lsoa": "an LSOA",
    "msoa": "an MSOA",
    "ward": "a ward",
    "borough": "a local authority",
    "county": "a county",
    "region": "a region",
    "part of a region": "a part of a region",
    "csp": "a community safety partnership",
    "force": "a police force area",
    "country": "a country",
}


def is_area_code(text: str | None) -> bool:
    """
    Say whether `text` has the shape of an area code of a kind we know.

    >>> is_area_code("E09000023"), is_area_code("Lewisham"), is_area_code(None)
    (True, False, False)
    """
    return bool(text and SHAPE.fullmatch(text) and text[:3] in AREA_SETS)


def area_set_of(code: str) -> str:
    """
    Return the kind of area a code names: "ward", "lsoa", "borough" ...

    A local authority of any sort is a "borough". The code need not be in force: the
    shape says nothing of whether ONS ever issued it.

    Raises AreaError if it is no code, or names a kind of area we do not use.

    >>> area_set_of("E05013714")
    'ward'
    """
    if not SHAPE.fullmatch(code):
        raise AreaError(
            f"{code!r} is not an ONS area code. Codes are one letter and eight "
            f"digits, for example E07000196."
        )
    if code[:3] not in AREA_SETS:
        raise AreaError(
            f"{code} is a code of a kind Saferplan does not use ({code[:3]}). "
            f"It uses {', '.join(sorted(AREA_SETS))}."
        )
    return AREA_SETS[code[:3]]


@dataclass(frozen=True)
class WardCodes:
    """A run of ward codes that came into force together."""

    first: str
    last: str
    in_force: int  # the year of the elections first held on these boundaries


@cache
def london_ward_codes() -> tuple[WardCodes, ...]:
    """Return the runs of London ward codes, oldest first (london_ward_codes.csv)."""
    with (FOLDER / "london_ward_codes.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            WardCodes(row["first"], row["last"], int(row["in_force"]))
            for row in csv.DictReader(file)
        )


def ward_vintage(codes: Iterable[str]) -> int | None:
    """
    Return the year from which this set of London wards was in force.

    Boroughs change their wards at different elections, so the vintage of a set is that
    of its newest ward. It may have stayed in force for years after: the wards of 2022
    are those of 2024 and 2025 too. None when any of the codes is not of a London ward,
    whose vintage a code cannot tell.

    >>> ward_vintage(["E05000437", "E05011095"])  # one of 2002, one of 2018
    2018
    """
    years = [ward_code_year(code) for code in set(codes)]
    known = [year for year in years if year is not None]
    return max(known) if known and len(known) == len(years) else None


def ward_code_year(code: str) -> int | None:
    """Return the year a London ward came into force; None for any other code."""
    for run in london_ward_codes():
        if run.first <= code <= run.last:
            return run.in_force
    return None
