"""
How the areas of two agencies lie over each other: whose borders match, and whose cross.

A police command, a health board and a council seldom share a footprint. Where they do
not, a joint plan has several partners for one place, and figures do not compare.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.rates import same_areas

SLIVER = 0.01  # of an area's people: less is how a line was drawn, or a best fit
NOT_MEANT = (
    "A shared border says who could plan together, not that they do.",
    "Small areas are put whole where they fit best, so a share under 1% may be none.",
)


@dataclass(frozen=True)
class Footprints:
    """
    overlaps  one row per pair of areas of two agencies with people in common: `agency`,
              `area`, `other`, `other_area`, `people`, `share` (of the area's people
              that live in the other), `share_of_other`, `same` (they are one, but for
              slivers)
    areas     one row per area and other agency: `agency`, `area`, `other`, `partners`
              (how many of its areas hold more than a sliver), `main` (the one with most
              people) and `main_share`
    agencies  one row per pair of agencies: `one`, `other`, `areas`, `other_areas`,
              `same` (areas they have in common), `relation` in words, `agreement` (1 if
              each area of one is an area of the other, 0 if they have nothing to do
              with each other), `people_same` (the share of people who live in an area
              that is the same for both)
    people    how many there are in all
    cautions  what the figures do not mean
    """

    overlaps: pd.DataFrame
    areas: pd.DataFrame
    agencies: pd.DataFrame
    people: float
    cautions: tuple[str, ...] = NOT_MEANT


def footprints(
    within: pd.DataFrame, residents: pd.Series, *, sliver: float = SLIVER
) -> Footprints:
    """
    Return how the areas of each pair of agencies overlap, in people.

    within     one row per small area (an LSOA), one column per agency: the area of that
               agency it lies in. Missing where it lies in none
    residents  people of each small area; same index
    sliver     a share of people that is taken for none

    Raises MethodError for fewer than two agencies, other areas, a negative or missing
    number of people, or nobody at all.

    Agreement counts people and not areas: two agencies that differ in an empty park
    agree. It says nothing of which of the two should move its borders.

    Source: Rosenberg and Hirschberg (2007), V-measure; Nowosad and Stepinski (2018),
    doi:10.1080/13658816.2018.1511794, for maps.

    >>> within = pd.DataFrame({"Police": ["AB", "AB", "C"], "Council": ["A", "B", "C"]})
    >>> found = footprints(within, pd.Series([100, 300, 600]))
    >>> found.agencies[["relation", "people_same"]].values.tolist()
    [['each Council area lies in one Police area', 0.6]]
    """
    people = check(within, residents)
    overlaps, areas, agencies = [], [], []
    for one, other in combinations(within.columns, 2):
        shared = shared_people(within, people, one, other, sliver)
        overlaps.append(shared)
        areas += [
            partners(shared, one, other, sliver),
            partners(shared, other, one, sliver),
        ]
        agencies.append(compare(shared, one, other, sliver))
    return Footprints(
        overlaps=pd.concat(
            [both_ways(shared) for shared in overlaps], ignore_index=True
        ),
        areas=pd.concat(areas, ignore_index=True),
        agencies=pd.DataFrame(agencies),
        people=float(people.sum()),
    )


def footprints_of_land(
    overlaps: pd.DataFrame, *, one: str, other: str, sliver: float = SLIVER
) -> Footprints:
    """
    The same from land in common, where no people of small areas are known.

    overlaps  `from_code`, `to_code` and `square_metres` of each pair of areas, as
              saferplan.areas.neighbours.overlaps gives for two sets of outlines; land
              outside the other set is not in it
    one       the agency whose areas are `from_code`; `other` that of `to_code`

    All that Footprints calls people is square metres then: a large park counts as much
    as a tower block. Use people where you can.

    >>> overlaps = pd.DataFrame({"from_code": ["A", "A"], "to_code": ["X", "Y"],
    ...                          "square_metres": [9e5, 1e5]})
    >>> found = footprints_of_land(overlaps, one="Police", other="Health")
    >>> found.areas[["area", "partners", "main", "main_share"]].values.tolist()[0]
    ['A', 2, 'X', 0.9]
    """
    within = overlaps[["from_code", "to_code"]].set_axis([one, other], axis="columns")
    found = footprints(within, overlaps["square_metres"], sliver=sliver)
    return Footprints(
        found.overlaps,
        found.areas,
        found.agencies,
        found.people,
        (NOT_MEANT[0], "Shares are of land: a park counts as much as a tower block."),
    )


def shared_people(
    within: pd.DataFrame, people: pd.Series, one: str, other: str, sliver: float
) -> pd.DataFrame:
    """One row per pair of areas of two agencies with people in common."""
    known = within[[one, other]].notna().all(axis="columns") & (people > 0)
    if not known.any():
        raise MethodError(
            f"{one} and {other} have no people in common: they cover other places."
        )
    table = within.loc[known, [one, other]].assign(people=people[known])
    shared = table.groupby([one, other], as_index=False)["people"].sum()
    in_one = people.groupby(within[one]).sum()
    in_other = people.groupby(within[other]).sum()
    share = shared["people"] / shared[one].map(in_one)
    back = shared["people"] / shared[other].map(in_other)
    return pd.DataFrame(
        {
            "agency": one,
            "area": shared[one],
            "other": other,
            "other_area": shared[other],
            "people": shared["people"],
            "share": share,
            "share_of_other": back,
            "same": (share >= 1 - sliver) & (back >= 1 - sliver),
        }
    )


def both_ways(shared: pd.DataFrame) -> pd.DataFrame:
    turned = shared.rename(
        columns={
            "agency": "other",
            "area": "other_area",
            "other": "agency",
            "other_area": "area",
            "share": "share_of_other",
            "share_of_other": "share",
        }
    )
    return pd.concat([shared, turned[shared.columns]], ignore_index=True)


def partners(shared: pd.DataFrame, one: str, other: str, sliver: float) -> pd.DataFrame:
    """How many areas of the other agency each area of this one has to do with."""
    both = both_ways(shared)
    mine = both[both["agency"] == one].sort_values("people", ascending=False)
    first = mine.drop_duplicates("area").set_index("area")
    counted = mine[mine["share"].gt(sliver) | mine["share_of_other"].gt(sliver)]
    table = pd.DataFrame(
        {
            "agency": one,
            "other": other,
            "partners": counted.groupby("area").size().reindex(first.index).fillna(0),
            "main": first["other_area"],
            "main_share": first["share"],
        }
    ).sort_index()
    table["partners"] = table["partners"].astype(int)
    return table.rename_axis("area").reset_index()[
        ["agency", "area", "other", "partners", "main", "main_share"]
    ]


def compare(
    shared: pd.DataFrame, one: str, other: str, sliver: float
) -> dict[str, object]:
    """One row for a pair of agencies."""
    table = shared.pivot(index="area", columns="other_area", values="people").fillna(0)
    joined = table.to_numpy(dtype=float)
    return {
        "one": one,
        "other": other,
        "areas": len(table.index),
        "other_areas": len(table.columns),
        "same": int(shared["same"].sum()),
        "relation": relation(shared, one, other, sliver),
        "agreement": agreement(joined),
        "people_same": float(shared.loc[shared["same"], "people"].sum() / joined.sum()),
    }


def relation(shared: pd.DataFrame, one: str, other: str, sliver: float) -> str:
    """How the two sets of areas lie to each other, slivers left out."""
    inside = shared.groupby("area")["share"].max().ge(1 - sliver).all()
    holds = shared.groupby("other_area")["share_of_other"].max().ge(1 - sliver).all()
    if inside and holds:
        return "the same areas"
    if inside:
        return f"each {one} area lies in one {other} area"
    if holds:
        return f"each {other} area lies in one {one} area"
    return "they cross"


def agreement(joined: Numbers) -> float:
    """
    Return the V-measure of two ways to divide the same people, 0 to 1.

    joined  people by area of one (rows) and of the other (columns)

    >>> round(agreement(np.array([[2.0, 0, 0], [0, 1, 1]])), 4)
    0.8
    """
    whole = joined.sum()
    rows, columns = joined.sum(axis=1) / whole, joined.sum(axis=0) / whole
    spread_rows, spread_columns = entropy(rows), entropy(columns)
    both = entropy((joined / whole).ravel())
    # What is known of one once the other is known, as a share of what there is to know.
    common = spread_rows + spread_columns - both
    total = spread_rows + spread_columns
    return 1.0 if total == 0 else max(0.0, 2 * common / total)


def entropy(shares: Numbers) -> float:
    some = shares[shares > 0]
    return float(-(some * np.log(some)).sum())


def check(within: pd.DataFrame, residents: pd.Series) -> pd.Series:
    if len(within.columns) < 2:
        raise MethodError("Footprints need two agencies or more: a column for each.")
    if not within.index.is_unique:
        twice = within.index[within.index.duplicated()][0]
        raise MethodError(
            f"The small area {twice} stands twice. Keep one row for each."
        )
    same_areas("within", within.iloc[:, 0], "residents", residents)
    people = residents.astype(float)
    if people.isna().any() or (people < 0).any() or not people.sum() > 0:
        raise MethodError(
            "The people of each small area must be known and not below 0, and somebody "
            "must live there."
        )
    return people
