"""Which boroughs are like ours: by people and place, never by crime."""

from dataclasses import dataclass

import pandas as pd
import shapely
from ibis import _

from saferplan.areas.neighbours import neighbours, shapes_of
from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Gap
from saferplan.assessment.places import lsoas_of, residents, shapes
from saferplan.methods.comparison import nearest_neighbours

GROUP = 7  # as many as a most similar group of police forces has beside its own
LEAST_VARIABLES = 3
YOUNG = ["15 to 19", "20 to 24"]
OLD = [
    "65 to 69",
    "70 to 74",
    "75 to 79",
    "80 to 84",
    "85 years and over",
    "85 and over",
]


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
        ("likeness of boroughs",), lambda: _variables(evidence)
    )
    if len(variables.columns) >= LEAST_VARIABLES and area.code in variables.index:
        found = nearest_neighbours(variables, area.code, count=GROUP)
        return Group(
            tuple(str(code) for code in found.index),
            "most like",
            f"Likeness is judged by {', '.join(variables.columns)}, all counting "
            f"alike, and by no crime figure.",
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


def _variables(evidence: Evidence) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Published facts of each borough, as many as are loaded."""
    codes = list(evidence.boroughs)
    table = pd.DataFrame(index=pd.Index(codes))
    releases: set[str] = set()
    ages = _census(evidence, "age")
    if not ages.empty:
        everyone = ages.sum(axis="columns")
        young = ages[[band for band in YOUNG if band in ages]].sum(axis="columns")
        old = ages[[band for band in OLD if band in ages]].sum(axis="columns")
        table["share aged 15 to 24"] = young / everyone
        table["share aged 65 and over"] = old / everyone
        releases |= set(evidence.releases("census", topic="age", area_set="borough"))
    groups = _census(evidence, "ethnic group (5)")
    if not groups.empty:
        everyone = groups.sum(axis="columns")
        table["share of White residents"] = groups["White"] / everyone
    deprived = _deprivation(evidence)
    if deprived is not None:
        table["deprivation score"], cited = deprived
        releases |= set(cited)
    people = residents(evidence, "borough", codes)
    outlines = shapes(evidence, "borough", codes)
    if people is not None and outlines is not None:
        hectares = shapely.area(shapes_of(outlines.outlines).to_numpy()) / 10_000
        size = pd.Series(hectares, index=outlines.outlines.index)
        table["residents per hectare"] = people.counts / size
        releases |= {*people.releases, *outlines.releases}
    return table.dropna(axis="columns", how="all"), tuple(sorted(releases))


def _census(evidence: Evidence, topic: str) -> pd.DataFrame:
    """Borough by category, without the total."""
    census = evidence.table("census")
    found = evidence.ask(
        "census of boroughs",
        lambda: (
            census.filter(
                _.area_set == "borough", _.topic == topic, _.category != "all"
            )
            .group_by("area_code", "category")
            .agg(people=_["count"].max())
            .order_by("area_code", "category")
        ),
        topic,
    )
    wide = found.pivot(index="area_code", columns="category", values="people")
    return wide.reindex(list(evidence.boroughs)).dropna(how="all").astype(float)


def _deprivation(
    evidence: Evidence,
) -> tuple["pd.Series[float]", tuple[str, ...]] | None:
    """The mean score of each borough's LSOAs, in the newest edition loaded."""
    held = evidence.slices("deprivation")
    held = held[held["area_set"] == "lsoa"]
    if held.empty:
        return None
    edition = str(held.sort_values("edition")["edition"].iloc[-1])
    scores = evidence.table("deprivation")
    overall = evidence.ask(
        "deprivation overall",
        lambda: (
            scores.filter(
                _.area_set == "lsoa", _.edition == edition, _.statistic == "score"
            )
            .select("area_code", "domain", "value")
            .order_by("area_code", "domain")
        ),
        edition,
    )
    domains = sorted(set(overall["domain"]))
    main = next((name for name in domains if "multiple" in name.lower()), None)
    main = main or next((name for name in domains if name.upper() == "IMD"), None)
    within = lsoas_of(evidence, "borough", evidence.boroughs)
    if main is None or within.empty:
        return None
    by_lsoa = overall[overall["domain"] == main].set_index("area_code")["value"]
    mean = within["lsoa"].map(by_lsoa).groupby(within["area"]).mean()
    return mean, evidence.releases("deprivation", edition=edition, area_set="lsoa")
