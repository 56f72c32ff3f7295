"""
Who lives where, which small area lies in which large one, and what shape it has.

Publishers count people in small areas and draw boundaries anew every few years. We
take the newest figures whose codes are those of the crimes, and say when they are a
best fit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely
from ibis import _

from saferplan.areas.points import mean_corners
from saferplan.areas.projection import outlines_in_degrees, outlines_on_grid
from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Outline

PREFERRED = "ons"
SIMPLIFY_METRES = 15.0  # less than the width of a line on the printed map
DECIMALS = 5  # of a degree: about a metre


@dataclass(frozen=True)
class Residents:
    """
    counts    people (or households) by area code
    words     what they are: "residents, mid-2022 (ONS)"
    vintage   of the areas they were counted in
    best_fit  whether small areas were put where they fit best
    """

    counts: "pd.Series[float]"
    words: str
    releases: tuple[str, ...]
    vintage: int
    year: int
    publisher: str
    best_fit: bool = False


def residents(
    evidence: Evidence, area_set: str, codes: Iterable[str], unit: str = "people"
) -> Residents | None:
    """
    Return how many live in each of these areas, or None if any is not known.

    The publisher's own figure for the area if there is one, else the sum of its LSOAs.
    """
    wanted = sorted(codes)
    direct = _counted(evidence, area_set, unit)
    known_directly = direct is not None and set(wanted) <= set(direct.counts.index)
    small = None if area_set == "lsoa" else _counted(evidence, "lsoa", unit)
    if known_directly and (small is None or _rank(direct) >= _rank(small)):
        assert direct is not None
        return replace(direct, counts=direct.counts.loc[wanted])
    if small is None:
        return None
    within = lsoas_of(evidence, area_set, wanted, small.vintage)
    people = within["lsoa"].map(small.counts)
    # An area that lacks one small area would look emptier than it is.
    if within.empty or people.isna().any():
        return None
    total = people.groupby(within["area"]).sum()
    if set(wanted) - set(total.index):
        return None
    return replace(
        small,
        counts=total.loc[wanted],
        releases=tuple(sorted({*small.releases, *within.attrs["releases"]})),
        best_fit=area_set == "ward",
    )


def _rank(found: Residents | None) -> tuple[bool, int]:
    """What to prefer: the national statistics, then the newest."""
    assert found is not None
    return (found.publisher == PREFERRED, found.year)


def _counted(evidence: Evidence, area_set: str, unit: str) -> Residents | None:
    """
    The best published count of everyone in each area of a kind.

    A year after the newest crimes is a projection, and is not used.
    """
    held = evidence.slices("population")
    held = held[
        (held["area_set"] == area_set)
        & (held["unit"] == unit)
        & (held["year"] <= evidence.newest_crime_year)
    ]
    if held.empty:
        return None
    ordered = held.assign(preferred=held["publisher"] == PREFERRED)
    best = ordered.sort_values(["preferred", "year", "vintage", "publisher"]).iloc[-1]
    year, vintage = int(best["year"]), int(best["vintage"])
    publisher = str(best["publisher"])
    people = evidence.table("population")
    found = evidence.ask(
        "residents",
        lambda: (
            people.filter(
                _.area_set == area_set,
                _.unit == unit,
                _.year == year,
                _.vintage == vintage,
                _.publisher == publisher,
                _.sex == "all",
                _.age_from == 0,
                _.age_to.isnull(),
            )
            .select("area_code", "count")
            .order_by("area_code")
        ),
        area_set,
        unit,
    )
    counts = found.drop_duplicates("area_code").set_index("area_code")["count"]
    what = "residents, mid-" if unit == "people" else f"{unit} of "
    return Residents(
        counts.astype(float),
        f"{what}{year} ({publisher.upper()})",
        evidence.releases(
            "population",
            area_set=area_set,
            unit=unit,
            year=year,
            vintage=vintage,
            publisher=publisher,
        ),
        vintage,
        year,
        publisher,
    )


def lsoas_of(
    evidence: Evidence, area_set: str, codes: Iterable[str], lsoa_vintage: int = 2021
) -> pd.DataFrame:
    """
    Return which LSOAs make up each area: columns lsoa and area.

    lsoa_vintage  the census whose LSOAs are meant

    The look-up that knows most of the codes is used, the newest of equals. The
    releases it came from are in `attrs["releases"]`.
    """
    wanted = set(codes)
    held = evidence.slices("lookup")
    held = held[
        (held["from_set"] == "lsoa")
        & (held["to_set"] == area_set)
        & (held["from_vintage"] == lsoa_vintage)
    ]
    best = pd.DataFrame(columns=["lsoa", "area"])
    best.attrs["releases"] = ()
    for vintage in sorted(held["to_vintage"].unique()):
        pairs = _lookup(evidence, area_set, int(vintage), lsoa_vintage)
        mine = pairs[pairs["area"].isin(wanted)]
        if mine["area"].nunique() >= max(best["area"].nunique(), 1):
            best = mine
            best.attrs["releases"] = evidence.releases(
                "lookup",
                from_set="lsoa",
                to_set=area_set,
                to_vintage=int(vintage),
                from_vintage=lsoa_vintage,
            )
    return best


def _lookup(
    evidence: Evidence, area_set: str, vintage: int, lsoa_vintage: int
) -> pd.DataFrame:
    lookup = evidence.table("lookup")
    return evidence.ask(
        "lookup",
        lambda: (
            lookup.filter(
                _.from_set == "lsoa",
                _.from_vintage == lsoa_vintage,
                _.to_set == area_set,
                _.to_vintage == vintage,
            )
            .select(lsoa=_.from_code, area=_.to_code)
            .distinct()
            .order_by("lsoa", "area")
        ),
        area_set,
        vintage,
        lsoa_vintage,
    )


@dataclass(frozen=True)
class Shapes:
    """Outlines as WKB in longitude and latitude, by area code, with their names."""

    outlines: "pd.Series[bytes]"
    names: dict[str, str]
    releases: tuple[str, ...]


def shapes(evidence: Evidence, area_set: str, codes: Iterable[str]) -> Shapes | None:
    """
    Return the outline of every one of these areas, or None if one has none.

    Of several publishers' drawings the one with the most corners is taken: a coarse
    one puts one point in eight near a border into the wrong area.
    """
    wanted = sorted(codes)
    drawn = evidence.table("boundary")
    if not evidence.has("boundary"):
        return None
    found = evidence.ask(
        "outlines",
        lambda: (
            drawn.filter(_.area_set == area_set)
            .select("publisher", "vintage", "area_code", "area_name", "geometry")
            .order_by("vintage", "publisher", "area_code")
        ),
        area_set,
    )
    mine = found[found["area_code"].isin(wanted)]
    drawings = [
        (mean_corners(drawn["geometry"]), int(rows["vintage"].iloc[0]), drawn)
        for _key, rows in mine.groupby(["vintage", "publisher"])
        if set(wanted) == set((drawn := _one_each(rows)).index)
    ]
    if not drawings:
        return None
    _corners, vintage, best = max(drawings, key=lambda drawn: drawn[:2])
    return Shapes(
        best.loc[wanted, "geometry"],
        {str(code): str(name) for code, name in best["area_name"].items()},
        evidence.releases(
            "boundary",
            area_set=area_set,
            vintage=vintage,
            publisher=str(best["publisher"].iloc[0]),
        ),
    )


def _one_each(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop_duplicates("area_code").set_index("area_code")


def picture_of(found: Shapes, area_set: str) -> tuple[Outline, ...]:
    """Simplify outlines for a picture, keeping shared borders shared."""
    whole = shapely.from_wkb(found.outlines.to_numpy(dtype=object))
    on_grid = outlines_on_grid(shapely.make_valid(whole))
    simple = shapely.coverage_simplify(on_grid, SIMPLIFY_METRES)
    return tuple(
        Outline(str(code), found.names[str(code)], area_set, _rings(shape))
        for code, shape in zip(
            found.outlines.index, outlines_in_degrees(np.array(simple)), strict=True
        )
    )


def _rings(
    shape: shapely.Geometry,
) -> tuple[tuple[tuple[float, float], ...], ...]:
    rings = []
    for polygon in shapely.get_parts(shape):
        if polygon.geom_type != "Polygon":
            continue  # a point or line that making valid has left
        for ring in (polygon.exterior, *polygon.interiors):
            points = np.round(shapely.get_coordinates(ring), DECIMALS)
            rings.append(tuple((float(x), float(y)) for x, y in points))
    return tuple(rings)
