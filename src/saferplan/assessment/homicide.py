"""Homicide: so rare in one borough that only runs of years say anything."""

import pandas as pd
from ibis import _

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Column, Finding, Gap, Measure, Table
from saferplan.assessment.protection import hidden_rows
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.rows import rows_of
from saferplan.assessment.sentences import between, change, known, month, period
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.change import count_change
from saferplan.methods.counts import in_every_month
from saferplan.methods.intervals import count_limits

TOPIC = "homicide"
VICTIMS = "victims"
YEARS = 5  # in one run
RUNS = 4  # shown in the table, at most
HOMICIDE = Measure("homicide", "Homicide", VICTIMS, "down is good")


def homicide(evidence: Evidence, area: Area) -> Said:
    """Victims over the newest five years, beside the five before."""
    monthly = _monthly(evidence, area)
    runs = _runs(monthly) if monthly is not None else []
    if len(runs) < 2:
        return [
            Gap(
                "levels",
                TOPIC,
                f"Ten years of victims of homicide in {area.name} are not loaded, and "
                f"fewer say nothing of so rare a crime.",
                "Load the Metropolitan Police’s table of victims of homicide.",
            )
        ]
    return [_finding(evidence, area, runs)]


def _monthly(evidence: Evidence, area: Area) -> "pd.Series[float] | None":
    """The borough's victims by month; None where no borough's are loaded."""
    if area.code not in evidence.boroughs:
        return None
    table = evidence.table("flagged_crime").filter(
        _.flag == "homicide", _.area_set == "borough"
    )
    found = evidence.ask(
        "homicide",
        lambda: (
            table.group_by("area_code", "month")
            .agg(count=_["count"].sum())
            .order_by("area_code", "month")
        ),
    )
    if found.empty:
        return None
    months = pd.DatetimeIndex(pd.to_datetime(found["month"])).to_period("M")
    # The publisher has a row for each victim: a month without one had none.
    every = pd.period_range(months.min(), months.max(), freq="M")
    counts = found["count"].astype(float).set_axis(months)
    return in_every_month(counts[(found["area_code"] == area.code).to_numpy()], every)


def _runs(monthly: "pd.Series[float]") -> "list[pd.Series[float]]":
    """Whole runs of five years, the newest first."""
    length = 12 * YEARS
    ends = range(len(monthly), length - 1, -length)
    return [monthly.iloc[end - length : end] for end in ends][:RUNS]


def _finding(evidence: Evidence, area: Area, runs: "list[pd.Series[float]]") -> Finding:
    totals = [float(run.sum()) for run in runs]
    now, then = (pd.PeriodIndex(run.index) for run in runs[:2])
    found = rows_of(
        count_change(pd.Series({TOPIC: totals[1]}), pd.Series({TOPIC: totals[0]}))
    )[TOPIC]
    # Words must not tell what the table hides.
    is_told = not hidden_rows(totals)
    limits = count_limits(pd.Series(totals[:1])) if is_told else None
    last = month(now[-1])
    return Finding(
        head="levels",
        topic=TOPIC,
        measure=HOMICIDE,
        area=area,
        period=period(now),
        sentence=change(
            "Homicide",
            found,
            f"the {YEARS} years to {last}",
            f"the {YEARS} years to {month(then[-1])}",
            VICTIMS,
        )
        if is_told
        else f"So few people were victims of homicide in {area.name} in the "
        f"{YEARS * len(runs)} years to {last} that a number could point to one.",
        value=totals[0] if is_told else None,
        interval=between(float(limits[0][0]), float(limits[1][0])) if limits else None,
        verdict=found["verdict"] if is_told else "level only",
        method=cite("change"),
        releases=evidence.releases("flagged_crime", flag="homicide"),
        comparison=period(then).label if is_told else None,
        change=known(found["change"]) if is_told else None,
        change_interval=between(found["lower"], found["upper"]) if is_told else None,
        caveats=(caveat("few-homicides"),),
        definition=(
            "People killed by murder, manslaughter or infanticide, in the month the "
            "police recorded it."
        ),
        table=_table(area, runs, totals),
    )


def _table(area: Area, runs: "list[pd.Series[float]]", totals: list[float]) -> Table:
    return Table(
        f"Victims of homicide in {area.name}, {YEARS} years at a time",
        (Column("years", "Years"), Column("victims", "Victims", VICTIMS)),
        tuple(
            (period(pd.PeriodIndex(run.index)).label, int(total))
            for run, total in zip(runs, totals, strict=True)
        ),
        sensitive=("victims",),
    )
