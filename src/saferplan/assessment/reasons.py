"""Why figures may have changed, as far as records can say: recording, not causes."""

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
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.sentences import known, listed, month, percent, period
from saferplan.definitions.words import caveat
from saferplan.methods import cite

TOPIC = "recording"
UNPLACED = "Unknown"
TELLING = 0.05  # of a month's offences without a borough


def reasons(evidence: Evidence, area: Area) -> Said:
    """Offences without a borough, months missing, and what no record can say."""
    causes = Gap(
        "reasons",
        "causes",
        "Recorded figures show what changed, not why. They cannot tell more crime from "
        "more reporting, better recording or more police work.",
        "Ask the partners who know the place, look at calls, hospital admissions and "
        "survey answers beside these figures, and write the reason with its evidence.",
    )
    return [*_unplaced(evidence, area), *_missing_months(evidence), causes]


def _unplaced(evidence: Evidence, area: Area) -> Said:
    """The share of the force's offences that were given no borough, by month."""
    counts = evidence.crime("borough")
    if counts is None or area.code not in evidence.boroughs:
        return []
    first = (counts.last_month - 23).start_time.date()
    crimes = evidence.table("recorded_crime")
    found = evidence.ask(
        "unplaced",
        lambda: (
            crimes.filter(_.area_set == "borough", _.month >= first)
            .group_by("month")
            .agg(
                unplaced=_.offences.sum(
                    where=_.area_code.isnull() & (_.area_name == UNPLACED)
                ),
                everywhere=_.offences.sum(),
            )
            .order_by("month")
        ),
    )
    shares = (found["unplaced"].fillna(0) / found["everywhere"]).astype(float)
    months = pd.DatetimeIndex(pd.to_datetime(found["month"])).to_period("M")
    if shares.sum() == 0:
        return []
    table = Table(
        "Offences that were given no borough, by month",
        (
            Column("month", "Month", "month"),
            Column("share", "Share of all offences", "share", 1),
        ),
        tuple(
            (str(at), known(value)) for at, value in zip(months, shares, strict=True)
        ),
    )
    high = [
        month(at) for at, value in zip(months, shares, strict=True) if value >= TELLING
    ]
    overall = float(shares.mean())
    sentence = (
        f"On average {percent(overall, 1)} of the offences of a month were given no "
        f"borough, so every borough’s figures are a little low. "
    )
    sentence += (
        f"In {listed(high)} it was {percent(TELLING)} or more: compare those months "
        f"with care."
        if high
        else "No month of the last two years stands out."
    )
    return [
        Finding(
            head="reasons",
            topic=TOPIC,
            measure=Measure(
                "offences without a borough",
                "Offences that were given no borough",
                "share",
                "neither",
            ),
            area=area,
            period=period(pd.PeriodIndex(months)),
            sentence=sentence,
            value=overall,
            interval=None,
            verdict="level only",
            method=cite("counts"),
            releases=evidence.crime_releases("borough", months),
            caveats=(caveat("recorded-not-happened"),),
            definition="Offences of no known borough, over all the force recorded.",
            table=table,
            charts=(
                Chart(
                    "line",
                    "Offences that were given no borough, by month",
                    f"A line of the share in each month. {sentence}",
                    "month",
                    ("share",),
                ),
            ),
        )
    ]


def _missing_months(evidence: Evidence) -> Said:
    counts = evidence.crime("borough")
    if counts is None:
        return []
    every = pd.period_range(counts.months[0], counts.last_month, freq="M")
    missing = [month(at) for at in every if at not in counts.months]
    if not missing:
        return []
    return [
        Gap(
            "reasons",
            TOPIC,
            f"{len(missing)} months between {month(every[0])} and {month(every[-1])} "
            f"are not loaded: {listed(missing[:6])}"
            f"{' and more' if len(missing) > 6 else ''}. A gap in the records is not a "
            f"fall in crime.",
            "Load the publisher’s tables that hold those months.",
        )
    ]
