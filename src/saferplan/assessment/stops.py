"""Stops and searches in the borough, in the eight parts of an honest panel."""

from dataclasses import dataclass
from datetime import date

import ibis
import pandas as pd
import shapely
from ibis import _

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Gap
from saferplan.assessment.places import lsoas_of, shapes
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.sentences import listed, month
from saferplan.assessment.stops_told import tell
from saferplan.errors import MethodError
from saferplan.methods.search_panel import search_panel
from saferplan.methods.searches import TALLIED_BY, told_apart

TOPIC = "stop and search"
GROUPS = ["Asian", "Black", "Mixed", "Other", "White"]
MONTHS = 12
NO_STOPS = Gap(
    "levels",
    TOPIC,
    "No stops and searches with a place are loaded for this borough.",
    "Load the stop-and-search files of data.police.uk, and the borough’s boundary.",
)
NO_RESIDENTS = Gap(
    "levels",
    TOPIC,
    "Residents by ethnic group are not loaded, so searches of different groups cannot "
    "be compared.",
    "Load Census 2021 ethnic groups by LSOA or borough.",
)


@dataclass(frozen=True)
class Searches:
    """
    Searches inside one borough's boundary over twelve published months.

    tally          as of saferplan.methods.searches
    vehicles_only  searches of a vehicle and no person
    nowhere        share of the force's searches that have no place, and so no borough
    months         those that were published, of the twelve
    """

    tally: pd.DataFrame
    vehicles_only: int
    nowhere: float
    months: pd.PeriodIndex
    releases: tuple[str, ...]


def stops(evidence: Evidence, area: Area) -> Said:
    """The panel of saferplan.methods.search_panel, for searches inside the borough."""
    searches = _searches(evidence, area)
    if searches is None or searches.tally.empty:
        return [NO_STOPS]
    people = _residents(evidence, area)
    if people is None:
        return [NO_RESIDENTS]
    counts, words, cited = people
    try:
        panel = search_panel(
            searches.tally,
            counts,
            denominators=words,
            vehicles_only=searches.vehicles_only,
        )
    except MethodError as reason:
        return [Gap("levels", TOPIC, str(reason), NO_STOPS.remedy)]
    releases = tuple(sorted({*searches.releases, *cited}))
    return [
        *tell(area, panel, searches, releases),
        *(Gap("levels", TOPIC, text, _remedy(text)) for text in panel.unanswered),
        *_missing(searches),
    ]


def _remedy(unanswered: str) -> str:
    if "age" in unanswered.lower():
        return "Load Census 2021 residents by age, sex and ethnic group by borough."
    if "survey" in unanswered.lower():
        return "Load a survey of how people felt they were treated when searched."
    return "Ask the force to publish whether the outcome was about what they sought."


def _missing(searches: Searches) -> Said:
    every = pd.period_range(end=searches.months[-1], periods=MONTHS, freq="M")
    gone = [month(at) for at in every if at not in searches.months]
    if not gone:
        return []
    return [
        Gap(
            "levels",
            TOPIC,
            f"Searches in {listed(gone)} were not loaded, so the year is not whole.",
            "Load the stop-and-search files of those months.",
        )
    ]


def _searches(evidence: Evidence, area: Area) -> Searches | None:
    """
    Searches of a force's newest twelve months whose point lies in the borough.

    The force is the one that searches there most. Another may have published later,
    and its few searches over the border are not the borough's year.
    """
    outline = shapes(evidence, "borough", [area.code])
    held = evidence.slices("stop_search")
    if outline is None or held.empty:
        return None
    within = shapely.from_wkb(outline.outlines[area.code])
    newest = {name: _newest_months(own) for name, own in held.groupby("force")}
    table = evidence.table("stop_search")
    west, south, east, north = within.bounds
    points = evidence.ask(
        "searches",
        lambda: (
            told_apart(
                table.filter(
                    ibis.or_(
                        *(
                            (_.force == name) & _.month.between(*_ends(months))
                            for name, months in newest.items()
                        )
                    ),
                    # The box first: most of a force's searches are elsewhere.
                    _.longitude.between(west, east),
                    _.latitude.between(south, north),
                )
            )
            .group_by([*TALLIED_BY, "force", "kind", "longitude", "latitude"])
            .agg(searches=_.count())
        ),
        area.code,
    )
    inside = points[
        shapely.contains_xy(
            within,
            points["longitude"].to_numpy(dtype=float),
            points["latitude"].to_numpy(dtype=float),
        )
    ]
    if inside.empty:
        return None
    force = str(inside.groupby("force")["searches"].sum().idxmax())
    sent = held[held["force"] == force]
    months = pd.PeriodIndex(
        pd.DatetimeIndex(pd.to_datetime(sent["month"])).to_period("M")
    ).sort_values()
    months = months[months >= newest[force][0]]
    first, last = _ends(newest[force])
    in_year = pd.to_datetime(inside["month"]).between(*map(pd.Timestamp, (first, last)))
    inside = inside[in_year]
    people = inside[inside["kind"] != "vehicle"]
    tally = (
        people.groupby(TALLIED_BY, dropna=False)["searches"]
        .sum()
        .reset_index()
        .sort_values(TALLIED_BY, ignore_index=True)
    )
    return Searches(
        tally,
        int(inside.loc[inside["kind"] == "vehicle", "searches"].sum()),
        _nowhere(evidence, force, first, last),
        months,
        tuple(
            sorted(
                {
                    *evidence.releases(
                        "stop_search",
                        force=force,
                        month=[at.start_time.date() for at in months],
                    ),
                    *outline.releases,
                }
            )
        ),
    )


def _ends(months: pd.PeriodIndex) -> tuple[date, date]:
    return months[0].start_time.date(), months[-1].start_time.date()


def _newest_months(held: pd.DataFrame) -> pd.PeriodIndex:
    last = pd.Timestamp(held["month"].max()).to_period("M")
    return pd.period_range(end=last, periods=MONTHS, freq="M")


def _nowhere(evidence: Evidence, force: str, first: object, last: object) -> float:
    table = evidence.table("stop_search")
    found = evidence.ask(
        "searches nowhere",
        lambda: table.filter(
            _.force == force, _.month >= first, _.month <= last
        ).aggregate(nowhere=_.longitude.isnull().mean()),
        force,
        str(last),
    )
    share = found["nowhere"].iloc[0]
    return 0.0 if pd.isna(share) else float(share)


def _residents(
    evidence: Evidence, area: Area
) -> tuple["pd.Series[float]", str, tuple[str, ...]] | None:
    """Residents of the borough by the five ethnic groups, from the newest census."""
    census = evidence.table("census")
    found = evidence.ask(
        "ethnic groups of boroughs",
        lambda: (
            census.filter(_.area_set == "borough", _.topic.startswith("ethnic group"))
            .select("area_code", "topic", "category", "count", "year")
            .order_by("area_code", "topic", "category")
        ),
    )
    mine = found[found["area_code"] == area.code]
    # Of 19 groups, the part before the colon is one of the five.
    group = mine["category"].str.split(":").str[0]
    detailed = mine[mine["category"].str.contains(":") & group.isin(GROUPS)]
    broad = mine[mine["category"].isin(GROUPS)]
    used = broad if not broad.empty else detailed
    if not used.empty:
        used = used[used["topic"] == used["topic"].min()]
        counts = used.groupby(group[used.index])["count"].sum()
        cited = evidence.releases(
            "census", area_set="borough", topic=str(used["topic"].iloc[0])
        )
        return _as_groups(counts), _words(area, int(used["year"].max())), cited
    return _residents_of_lsoas(evidence, area)


def _residents_of_lsoas(
    evidence: Evidence, area: Area
) -> tuple["pd.Series[float]", str, tuple[str, ...]] | None:
    within = lsoas_of(evidence, "borough", [area.code])
    census = evidence.table("census")
    found = evidence.ask(
        "ethnic groups of LSOAs",
        lambda: (
            census.filter(_.area_set == "lsoa", _.topic == "ethnic group (5)")
            .select("area_code", "category", "count", "year")
            .order_by("area_code", "category")
        ),
    )
    mine = found[
        found["area_code"].isin(within["lsoa"]) & found["category"].isin(GROUPS)
    ]
    if mine.empty:
        return None
    counts = mine.groupby("category")["count"].sum()
    cited = evidence.releases("census", area_set="lsoa", topic="ethnic group (5)")
    return _as_groups(counts), _words(area, int(mine["year"].max())), cited


def _as_groups(counts: "pd.Series[float]") -> "pd.Series[float]":
    return counts.reindex(GROUPS).fillna(0).astype(float)


def _words(area: Area, year: int) -> str:
    return f"Census {year}, usual residents of {area.name}"
