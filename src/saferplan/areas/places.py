"""
Names of places: the London boroughs, other names for them, and names of no area.

Publishers name boroughs in several ways and put police commands and "Unknown" in the
same column. A name in our tables is the ONS one; a thing that is no area has no code.
"""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from saferplan.errors import AreaError

if TYPE_CHECKING:
    # Every source looks up names here; few need pandas, which is slow to bring in.
    import pandas as pd

FOLDER = Path(__file__).parent
# The year the boroughs' codes came in; their boundaries have hardly moved since.
BOROUGHS_SINCE = 2009


@lru_cache(maxsize=10_000)
def tidy(name: str) -> str:
    """
    Return a name as we compare names: lower case, "and" for "&", no brackets.

    >>> tidy("Kensington & Chelsea "), tidy("Aviation Security (SO18) (Legacy Only)")
    ('kensington and chelsea', 'aviation security')
    """
    plain = re.sub(r"\([^)]*\)", " ", name).replace("&", " and ")
    plain = plain.replace("’", "'")
    return " ".join(plain.casefold().split())


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def london_boroughs() -> dict[str, str]:
    """Return the name of each of the 33 London boroughs by its code, in code order."""
    return {row["code"]: row["name"] for row in rows_of("london_boroughs.csv")}


@cache
def demonstration_boroughs() -> dict[str, str]:
    """
    Return the names of the invented boroughs by code; ONS has issued none of them.

    Files that name a borough and give no code are read the same way for them.
    """
    return {row["code"]: row["name"] for row in rows_of("demonstration_boroughs.csv")}


def known_boroughs() -> dict[str, str]:
    """Return the names of the London and the invented boroughs, by code."""
    return london_boroughs() | demonstration_boroughs()


@cache
def borough_codes() -> dict[str, str]:
    """Return the code for every name of a known borough we have seen, tidied."""
    names = {tidy(name): code for code, name in known_boroughs().items()}
    aliases = rows_of("borough_aliases.csv")
    return names | {tidy(row["alias"]): row["code"] for row in aliases}


@cache
def non_areas() -> dict[str, str]:
    """Return why each name of no area is none, by its tidied name."""
    return {tidy(row["name"]): row["why"] for row in rows_of("non_areas.csv")}


def why_not_an_area(name: str | None) -> str | None:
    """
    Say why a publisher's "area" is none, or return None if it may well be one.

    Heathrow Villages is a ward; Heathrow is not.

    >>> why_not_an_area("Aviation Security (SO18)")
    'a police command at the airports and not a borough'
    >>> why_not_an_area("Lewisham") is None
    True
    """
    if name is None or not name.strip():
        return "the publisher left the place empty"
    return non_areas().get(tidy(name))


def borough_code(name: str) -> str:
    """
    Return the code of a London borough, by its name or one the police use for it.

    Raises AreaError if it is no borough; for "Unknown" and the airports it says why.

    >>> borough_code("Hammersmith & Fulham"), borough_code("City of Westminster")
    ('E09000013', 'E09000033')
    """
    code = borough_codes().get(tidy(name))
    if code:
        return code
    if why := why_not_an_area(name):
        raise AreaError(
            f"{name!r} is not an area: {why}. Keep its counts apart, without a code."
        )
    raise AreaError(
        f"{name!r} is not a London borough. Use the borough's ONS name, "
        f"for example Lewisham."
    )


def resolve(name: str, areas: "pd.DataFrame", *, within: str | None = None) -> str:
    """
    Return the code of the area of this name.

    areas   the areas it could be, one row each: area_code, area_name, parent_code and
            parent_name (a ward's borough); the parent may be null
    within  the parent's name or code, for a name that several parents have

    Ten ward names occur in more than one London borough ("Abbey" in three), so a ward's
    name alone is no key; join tables on codes.

    Raises AreaError if no area has the name, or several have.
    """
    found = areas[areas["area_name"].map(tidy) == tidy(name)]
    if within is not None:
        by_name = found["parent_name"].fillna("").map(tidy) == tidy(within)
        found = found[by_name | (found["parent_code"] == within)]
    found = found.drop_duplicates("area_code")
    if len(found) == 1:
        return str(found["area_code"].iloc[0])
    place = f" in {within}" if within else ""
    if found.empty:
        raise AreaError(
            f"No area is called {name!r}{place}. Look for the spelling ONS uses, or "
            f"give the area's code."
        )
    parents = sorted(found["parent_name"].fillna("an unnamed area").tolist())
    raise AreaError(
        f"{len(found)} areas are called {name!r}{place}: in {', '.join(parents)}. "
        f"Say which with `within`, or give the area's code."
    )
