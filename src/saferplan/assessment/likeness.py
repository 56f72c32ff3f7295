"""What is published of the people and the place of areas, by which they are alike."""

from collections.abc import Sequence

import pandas as pd
import shapely
from ibis import _

from saferplan.areas.neighbours import shapes_of
from saferplan.assessment.evidence import Evidence
from saferplan.assessment.places import lsoas_of, residents, shapes

YOUNG = ["15 to 19", "20 to 24"]
OLD = [
    "65 to 69",
    "70 to 74",
    "75 to 79",
    "80 to 84",
    "85 years and over",
    "85 and over",
]
DEPRIVATION = "deprivation score"
# The census is not published by ward, and LSOAs make up each.
COUNTED_IN = {"borough": "borough", "ward": "lsoa"}


def likeness(
    evidence: Evidence, area_set: str, codes: Sequence[str]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """
    Return published facts of each area, as many as are loaded, and their releases.

    area_set  "borough" or "ward"
    """
    table = pd.DataFrame(index=pd.Index(codes))
    releases: set[str] = set()
    ages = _census(evidence, "age", area_set, codes)
    if not ages.empty:
        everyone = ages.sum(axis="columns")
        young = ages[[band for band in YOUNG if band in ages]].sum(axis="columns")
        old = ages[[band for band in OLD if band in ages]].sum(axis="columns")
        table["share aged 15 to 24"] = young / everyone
        table["share aged 65 and over"] = old / everyone
        counted_in = COUNTED_IN[area_set]
        releases |= set(evidence.releases("census", topic="age", area_set=counted_in))
    groups = _census(evidence, "ethnic group (5)", area_set, codes)
    if not groups.empty:
        everyone = groups.sum(axis="columns")
        table["share of White residents"] = groups["White"] / everyone
    deprived = _deprivation(evidence, area_set, codes)
    if deprived is not None:
        table[DEPRIVATION], cited = deprived
        releases |= set(cited)
    people = residents(evidence, area_set, codes)
    outlines = shapes(evidence, area_set, codes)
    if people is not None and outlines is not None:
        hectares = shapely.area(shapes_of(outlines.outlines).to_numpy()) / 10_000
        size = pd.Series(hectares, index=outlines.outlines.index)
        table["residents per hectare"] = people.counts / size
        releases |= {*people.releases, *outlines.releases}
    return table.dropna(axis="columns", how="all"), tuple(sorted(releases))


def _census(
    evidence: Evidence, topic: str, area_set: str, codes: Sequence[str]
) -> pd.DataFrame:
    """Area by category, without the total; areas that lack a figure are left out."""
    census = evidence.table("census")
    counted_in = COUNTED_IN[area_set]
    found = evidence.ask(
        "census for likeness",
        lambda: (
            census.filter(
                _.area_set == counted_in, _.topic == topic, _.category != "all"
            )
            .group_by("area_code", "category")
            .agg(people=_["count"].max())
            .order_by("area_code", "category")
        ),
        topic,
        counted_in,
    )
    wide = found.pivot(index="area_code", columns="category", values="people")
    wide = wide.astype(float)
    if counted_in != area_set and not wide.empty:
        within = lsoas_of(evidence, area_set, codes)
        small = wide.reindex(within["lsoa"]).set_axis(within["area"])
        # An area that lacks one small area would look emptier than it is.
        lacking = small.index[small.isna().any(axis="columns")]
        wide = small.drop(lacking).groupby(level=0).sum()
    return wide.reindex(list(codes)).dropna(how="all")


def _deprivation(
    evidence: Evidence, area_set: str, codes: Sequence[str]
) -> tuple["pd.Series[float]", tuple[str, ...]] | None:
    """The mean score of each area's LSOAs, in the newest edition loaded."""
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
    within = lsoas_of(evidence, area_set, codes)
    if main is None or within.empty:
        return None
    by_lsoa = overall[overall["domain"] == main].set_index("area_code")["value"]
    mean = within["lsoa"].map(by_lsoa).groupby(within["area"]).mean()
    return mean, evidence.releases("deprivation", edition=edition, area_set="lsoa")
