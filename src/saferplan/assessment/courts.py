"""How long justice takes in London's Crown Court, and how much is waiting."""

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
    Period,
    Table,
)
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.sentences import known, number, percent
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.courts import backlog

TOPIC = "courts"
REGION, NATION = "London", "England and Wales"
MISSING = Gap(
    "levels",
    TOPIC,
    "No court figures are loaded, so nothing can be said of how long justice takes.",
    "Load the Ministry of Justice’s Crown Court tables.",
)


def courts(evidence: Evidence, area: Area) -> Said:
    """Timeliness and long waits in London; the backlog of England and Wales."""
    if not evidence.has("court"):
        return [MISSING]
    said: Said = [
        *_timeliness(evidence, area),
        *_long_waits(evidence, area),
        *_backlog(evidence, area),
    ]
    return said or [MISSING]


def _series(
    evidence: Evidence, measure: str, category: str, statistic: str, place: str
) -> "pd.Series[float]":
    court = evidence.table("court")
    found = evidence.ask(
        "court",
        lambda: (
            court.filter(_.area_set.isin(["region", "country"]))
            .select(
                "measure", "category", "statistic", "area_name", "period_end", "value"
            )
            .order_by("measure", "category", "statistic", "area_name", "period_end")
        ),
    )
    mine = found[
        (found["measure"] == measure)
        & (found["category"] == category)
        & (found["statistic"] == statistic)
        & (found["area_name"] == place)
    ].dropna(subset=["value"])
    series = mine.drop_duplicates("period_end").set_index("period_end")["value"]
    series.index = pd.DatetimeIndex(pd.to_datetime(series.index))
    return series.astype(float).sort_index()


def _pair(
    evidence: Evidence, measure: str, category: str, statistic: str
) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    return (
        _series(evidence, measure, category, statistic, REGION),
        _series(evidence, measure, category, statistic, NATION),
    )


def _timeliness(evidence: Evidence, area: Area) -> Said:
    london, nation = _pair(
        evidence, "timeliness by region", "offence to completion", "median"
    )
    if london.empty or nation.empty:
        return []
    now = london.index[-1]
    sentence = (
        f"Half of the cases that London’s Crown Court finished in {_quarter(now)} took "
        f"more than {number(london.iloc[-1])} days from offence to completion; in "
        f"England and Wales {number(_at(nation, now))}."
        f"{_year_ago(london, 'days')}"
    )
    return [
        _finding(
            evidence,
            area,
            Measure(
                "court timeliness",
                "Days from offence to completion in the Crown Court",
                "days",
                "down is good",
            ),
            sentence,
            london,
            nation,
            "Median days",
            "days",
            "timeliness by region",
            (caveat("completed-cases"),),
            "The median: half of the completed cases took longer.",
        )
    ]


def _long_waits(evidence: Evidence, area: Area) -> Said:
    london, nation = _pair(
        evidence, "open a year or more by region", "open a year or more", "share"
    )
    if london.empty or nation.empty:
        return []
    now = london.index[-1]
    sentence = (
        f"{percent(london.iloc[-1])} of the cases waiting in London’s Crown Court had "
        f"waited a year or more at the end of {_quarter(now)}; in England and Wales "
        f"{percent(_at(nation, now))} had."
    )
    return [
        _finding(
            evidence,
            area,
            Measure(
                "court long waits",
                "Cases open for a year or more in the Crown Court",
                "share",
                "down is good",
            ),
            sentence,
            london,
            nation,
            "Share of open cases",
            "share",
            "open a year or more by region",
            (),
            "Open cases that had been open for a year or more, of those of known age.",
        )
    ]


def _backlog(evidence: Evidence, area: Area) -> Said:
    """Receipts, disposals and open cases; London's own if published, else all."""
    for place in (REGION, NATION):
        parts = {
            name: _series(evidence, "backlog", name, "count", place)
            for name in ("received", "disposed", "open")
        }
        together = pd.DataFrame(parts).dropna()
        if len(together):
            break
    else:
        return []
    found = backlog(together["received"], together["disposed"], together["open"])
    now = found.index[-1]
    last = found.iloc[-1]
    grows = "grows" if last["clearance"] < 1 else "shrinks"
    where = "London’s Crown Court" if place == REGION else "the Crown Court as a whole"
    sentence = (
        f"{number(float(last['open']))} cases were open in {where} at the end of "
        f"{_quarter(now)}. For each 100 that came in, "
        f"{number(float(last['clearance']) * 100)} were finished, so the backlog "
        f"{grows}. At that pace it holds {number(float(last['months_to_clear']), 1)} "
        f"months of work."
    )
    table = Table(
        f"Cases received, finished and open by quarter, {place}",
        (
            Column("quarter", "Quarter to", "month"),
            Column("received", "Received", "cases"),
            Column("disposed", "Finished", "cases"),
            Column("open", "Open at the end", "cases"),
            Column("clearance", "Finished for each received", "share", 0),
            Column("months", "Months of work open", "months", 1),
        ),
        tuple(
            (
                f"{when:%Y-%m}",
                *(
                    known(row[each])
                    for each in (
                        "receipts",
                        "disposals",
                        "open",
                        "clearance",
                        "months_to_clear",
                    )
                ),
            )
            for when, row in zip(found.index, found.to_dict("records"), strict=True)
        ),
    )
    return [
        Finding(
            head="levels",
            topic=TOPIC,
            measure=Measure(
                "court backlog",
                f"Open Crown Court cases, {place}",
                "cases",
                "down is good",
            ),
            area=area,
            period=_period(now),
            sentence=sentence,
            value=known(last["open"]),
            interval=None,
            verdict="level only",
            method=cite("courts"),
            releases=evidence.releases("court", measure="backlog"),
            caveats=(
                caveat("courts-not-borough"),
                "Months of work is a measure of size, not a forecast.",
            ),
            definition="Cases received and finished in a quarter, and open at its end.",
            table=table,
            charts=(
                Chart(
                    "line",
                    f"Open Crown Court cases, {place}",
                    f"A line of open cases by quarter. {sentence}",
                    "quarter",
                    ("open",),
                ),
            ),
        )
    ]


def _finding(
    evidence: Evidence,
    area: Area,
    measure: Measure,
    sentence: str,
    london: "pd.Series[float]",
    nation: "pd.Series[float]",
    title: str,
    unit: str,
    table_name: str,
    caveats: tuple[str, ...],
    definition: str,
) -> Finding:
    """A finding that sets London's quarters beside those of England and Wales."""
    places = 0 if unit != "share" else 1
    table = Table(
        f"{title}, London and England and Wales",
        (
            Column("quarter", "Quarter to", "month"),
            Column("london", REGION, unit, places),
            Column("nation", NATION, unit, places),
        ),
        tuple(
            (f"{when:%Y-%m}", known(value), known(nation.get(when, None)))
            for when, value in zip(london.index, london, strict=True)
        ),
    )
    return Finding(
        head="levels",
        topic=TOPIC,
        measure=measure,
        area=area,
        period=_period(london.index[-1]),
        sentence=sentence,
        value=known(london.iloc[-1]),
        interval=None,
        verdict="level only",
        method=cite("courts"),
        releases=evidence.releases("court", measure=table_name),
        caveats=(caveat("courts-not-borough"), *caveats),
        definition=definition,
        table=table,
        charts=(
            Chart(
                "line",
                f"{title}, London and England and Wales",
                f"Two lines by quarter. {sentence}",
                "quarter",
                ("london", "nation"),
            ),
        ),
    )


def _at(series: "pd.Series[float]", when: pd.Timestamp) -> float:
    """The figure of a quarter, or of the last one before it."""
    return float(series[series.index <= when].iloc[-1])


def _year_ago(series: "pd.Series[float]", unit: str) -> str:
    before = series.index[-1] - pd.DateOffset(years=1) + pd.offsets.MonthEnd(0)
    if before not in series.index:
        return ""
    return (
        f" A year before, London’s figure was {number(float(series[before]))} {unit}."
    )


def _quarter(end: pd.Timestamp) -> str:
    start = end - pd.DateOffset(months=2)
    return f"{start:%B} to {end:%B %Y}"


def _period(end: pd.Timestamp) -> Period:
    start = (end - pd.DateOffset(months=2)).replace(day=1)
    return Period(start.date(), end.date(), _quarter(end))
