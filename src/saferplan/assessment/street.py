"""Street-level incidents in the borough, anti-social behaviour among them."""

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import (
    Area,
    Chart,
    Column,
    Finding,
    Gap,
    Measure,
    Table,
)
from saferplan.assessment.places import lsoas_of
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.rows import rows_of
from saferplan.assessment.sentences import between, change, known, month, period
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.change import change_between
from saferplan.methods.counts import in_every_month, monthly_counts, submissions
from saferplan.methods.intervals import count_limits
from saferplan.methods.spans import rolling_year

TOPIC = "anti-social behaviour"
ASB = "Anti-social behaviour"
INCIDENTS = "incidents"


def street(evidence: Evidence, area: Area) -> Said:
    """Anti-social behaviour reported to the police: this year against last."""
    monthly = monthly_incidents(evidence, area)
    if monthly is None:
        return [
            Gap(
                "levels",
                TOPIC,
                f"No street-level file that holds all crime is loaded for {area.name}, "
                f"so nothing can be said of anti-social behaviour.",
                "Load the street-level files of data.police.uk for the force, with "
                "every crime type.",
            )
        ]
    counts, releases = monthly
    spans = rolling_year(counts.index[-1])
    found = rows_of(change_between(counts.to_frame(ASB), spans))[ASB]
    now, then = spans.after[-1], spans.before[-1]
    lower, upper = count_limits(pd.Series([found["after"]]))
    table = Table(
        f"Anti-social behaviour incidents in {area.name} in each month",
        (
            Column("month", "Month", "month"),
            Column("incidents", "Incidents", INCIDENTS),
        ),
        tuple((str(at), known(value)) for at, value in counts.items()),
    )
    return [
        Finding(
            head="changes",
            topic=TOPIC,
            measure=Measure("asb", ASB, INCIDENTS, "neither"),
            area=area,
            period=period(spans.after),
            sentence=change(
                ASB,
                found,
                f"the year to {month(now)}",
                f"the year to {month(then)}",
                INCIDENTS,
            ),
            value=known(found["after"]),
            interval=between(float(lower[0]), float(upper[0])),
            verdict=found["verdict"],
            method=cite("change"),
            releases=releases,
            comparison=period(spans.before).label,
            change=known(found["change"]),
            change_interval=between(found["lower"], found["upper"]),
            caveats=(
                caveat("recorded-not-happened"),
                caveat("asb-no-id"),
                caveat("snapped-points"),
                caveat("no-location"),
            ),
            definition=(
                "Incidents reported to the police as anti-social behaviour and placed "
                "in the borough. Reports to the council are not in it."
            ),
            table=table,
            charts=(
                Chart(
                    "line",
                    f"Anti-social behaviour incidents in {area.name} by month",
                    "A line of incidents in each month; missing months are gaps.",
                    "month",
                    ("incidents",),
                ),
            ),
        )
    ]


def monthly_incidents(
    evidence: Evidence, area: Area
) -> tuple["pd.Series[float]", tuple[str, ...]] | None:
    """
    Incidents in each month in the borough's LSOAs, missing where never sent; or None.

    A month counts as sent when the force's file of it holds anti-social behaviour at
    all: some files hold one crime type only.
    """
    if not evidence.has("street_crime"):
        return None
    found = evidence.ask("asb", lambda: _counted(evidence, area), area.code)
    if found.empty:
        return None
    # Neighbouring forces place a few incidents over the border: the main one counts.
    force = str(found.groupby("force")["incidents"].sum().idxmax())
    mine = found[found["force"] == force]
    months = pd.PeriodIndex(pd.to_datetime(mine["month"]), freq="M")
    counts = pd.Series(mine["incidents"].to_numpy(dtype=float), index=months)
    days = [at.start_time.date() for at in months]
    return (
        in_every_month(counts, months),
        evidence.releases("street_crime", force=force, month=days),
    )


def _counted(evidence: Evidence, area: Area) -> ir.Table:
    """The borough's incidents by force, in each month that the force sent."""
    within: set[str] = set()
    for vintage in (2011, 2021):
        within |= set(lsoas_of(evidence, "borough", [area.code], vintage)["lsoa"])
    incidents = evidence.table("street_crime").filter(_.crime_type == ASB)
    here = incidents.filter(_.lsoa_code.isin(sorted(within)))
    placed = here.mutate(area_code=ibis.literal(area.code))
    return monthly_counts(placed, submissions(incidents))
