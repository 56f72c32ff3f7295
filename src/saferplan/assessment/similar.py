"""Which boroughs, and which wards, are alike: by people and place, not by crime."""

from dataclasses import dataclass

import pandas as pd

from saferplan.areas.neighbours import neighbours
from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Gap
from saferplan.assessment.likeness import DEPRIVATION, likeness
from saferplan.assessment.places import shapes
from saferplan.methods.comparison import nearest_neighbours

GROUP = 7  # as many as a most similar group of police forces has beside its own
GROUP_OF_WARDS = 3
LEAST_VARIABLES = 3


@dataclass(frozen=True)
class Group:
    """
    codes  of the other boroughs
    how    "most like" or "that border", to go before the borough's name
    note   what likeness was judged by
    """

    codes: tuple[str, ...]
    how: str
    note: str
    releases: tuple[str, ...]


def similar_boroughs(evidence: Evidence, area: Area) -> Group | Gap:
    """The boroughs most like ours; those that border it if likeness is not known."""
    variables, releases = evidence.once(
        ("likeness of boroughs",),
        lambda: likeness(evidence, "borough", list(evidence.boroughs)),
    )
    if len(variables.columns) >= LEAST_VARIABLES and area.code in variables.index:
        found = nearest_neighbours(variables, area.code, count=GROUP)
        return Group(
            tuple(str(code) for code in found.index),
            "most like",
            judged_by(variables),
            releases,
        )
    borders = shapes(evidence, "borough", evidence.boroughs)
    if borders is not None:
        found_near = neighbours(borders.outlines)[area.code]
        if found_near:
            return Group(
                found_near,
                "that border",
                "Neighbours share a border; they need not be alike.",
                borders.releases,
            )
    return Gap(
        "levels",
        "rates of recorded crime",
        f"We cannot say which boroughs are most like {area.name}.",
        "Load Census 2021 tables by borough and the Indices of Deprivation, or the "
        "boundaries of the boroughs.",
    )


@dataclass(frozen=True)
class WardsAlike:
    """
    alike  the wards of the borough most like each, the most alike first; none where
           nothing tells
    note   what likeness was judged by, or why it is not known
    """

    alike: dict[str, tuple[str, ...]]
    note: str
    releases: tuple[str, ...]


def similar_wards(evidence: Evidence, area: Area) -> WardsAlike:
    """The few wards of a borough that are most like each of its wards."""
    codes = sorted(evidence.children("ward", area.code))
    variables, releases = likeness(evidence, "ward", codes)
    whole = variables.dropna()
    if len(variables.columns) < LEAST_VARIABLES or len(whole) <= GROUP_OF_WARDS:
        return WardsAlike(
            {},
            f"We cannot say which wards of {area.name} are most alike. It takes the "
            f"Census 2021 tables of age and ethnicity by LSOA, the Indices of "
            f"Deprivation, the boundaries of the wards and the look-up from LSOA to "
            f"ward.",
            (),
        )
    alike = {
        code: tuple(nearest_neighbours(whole, code, count=GROUP_OF_WARDS).index)
        for code in whole.index
    }
    return WardsAlike(
        {str(code): tuple(map(str, others)) for code, others in alike.items()},
        judged_by(whole, f", among the wards of {area.name}"),
        releases,
    )


def judged_by(variables: pd.DataFrame, among: str = "") -> str:
    said = (
        f"Likeness is judged by {', '.join(variables.columns)}, all counting alike"
        f"{among}, and by no count of crimes."
    )
    if DEPRIVATION in variables:
        said += " Crime is one of the seven parts of the deprivation score."
    return said
