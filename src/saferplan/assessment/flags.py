"""Crimes that carry a flag: knives, and violence against women and girls."""

from dataclasses import dataclass

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
from saferplan.assessment.measures import OFFENCES
from saferplan.assessment.protection import (
    SUPPRESSED,
    hidden_rows,
    hidden_together,
)
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.rows import Row, rows_of
from saferplan.assessment.sentences import (
    between,
    change,
    known,
    month,
    number,
    period,
)
from saferplan.assessment.two_years import chart_of, table_of
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.change import change_between
from saferplan.methods.counts import in_every_month
from saferplan.methods.intervals import count_limits
from saferplan.methods.spans import Spans, rolling_year


@dataclass(frozen=True)
class Flag:
    """
    A flag and how it is told.

    category  the category that counts each offence once; None adds them all up
    hidden    mostly not reported: a rise can be good news
    within    the title of the flag that counts these offences among others
    """

    flag: str
    unit: str
    category: str | None
    topic: str
    title: str
    hidden: bool
    definition: str
    within: str | None = None


KEYS = ["parent_code", "area_name", "area_code", "month"]
COUNTED = [*KEYS, "count"]

FLAGS = (
    Flag(
        "knife",
        "offences",
        "Knife Crime",
        "knife crime",
        "Knife crime",
        False,
        "Offences in which a knife or sharp instrument was used or threatened.",
    ),
    Flag(
        "knife",
        "offences",
        "Knife Crime with Injury",
        "knife crime",
        "Knife crime with injury",
        False,
        "Knife crime in which somebody was injured.",
        within="Knife crime",
    ),
    Flag(
        "vawg",
        "offences",
        None,
        "violence against women and girls",
        "Violence against women and girls",
        True,
        "Offences that the Metropolitan Police count as violence against women and "
        "girls, recorded in the borough. One in five is flagged and of another kind.",
    ),
)


def flags(evidence: Evidence, area: Area) -> Said:
    """Each flag: this year against last, by month and by ward."""
    said: Said = []
    monthly = {flag.title: _monthly(evidence, area, flag) for flag in FLAGS}
    years = {
        title: rolling_year(series.index[-1])
        for title, series in monthly.items()
        if series is not None
    }
    by_ward = {
        flag.title: _by_ward(evidence, area, flag, years[flag.title])
        for flag in FLAGS
        if flag.title in years
    }
    hidden = _given_away(by_ward)
    for flag in FLAGS:
        series = monthly[flag.title]
        if series is None:
            said.append(_missing(flag))
            continue
        spans = years[flag.title]
        found = rows_of(change_between(series.to_frame(flag.title), spans))[flag.title]
        said.append(_finding(evidence, area, flag, series, found, spans))
        wards = by_ward[flag.title]
        said += _wards(evidence, area, flag, spans, wards, hidden[flag.title])
    return said


def _given_away(by_ward: dict[str, "pd.Series[int]"]) -> dict[str, frozenset[str]]:
    """The wards of each flag that it and another, taken together, would tell of."""
    hidden: dict[str, frozenset[str]] = dict.fromkeys(by_ward, frozenset())
    for flag in FLAGS:
        if flag.within in by_ward and flag.title in by_ward:
            whole, part = by_ward[flag.within], by_ward[flag.title]
            hidden[flag.within], hidden[flag.title] = hidden_together(
                {str(name): int(count) for name, count in whole.items()},
                {str(name): int(count) for name, count in part.items()},
            )
    return hidden


def _by_ward(
    evidence: Evidence, area: Area, flag: Flag, spans: Spans
) -> "pd.Series[int]":
    """
    The year's count in each ward, most first.

    The publisher knows some wards by name alone, so names tell them apart.
    """
    counted = _counted(evidence, flag, "ward")
    mine = counted[counted["parent_code"] == area.code]
    days = pd.DatetimeIndex(pd.to_datetime(mine["month"]))
    mine = mine[days.to_period("M").isin(spans.after)]
    totals = mine.groupby("area_name")["count"].sum().sort_index()
    return totals.sort_values(ascending=False, kind="stable")


def _missing(flag: Flag) -> Gap:
    return Gap(
        "levels",
        flag.topic,
        f"{flag.title} is not loaded for this borough.",
        "Load the Metropolitan Police’s monthly crime dashboard, and their tables of "
        "violence against women and girls.",
    )


def _counted(evidence: Evidence, flag: Flag, area_set: str) -> pd.DataFrame:
    held = evidence.slices("flagged_crime")
    days = held.loc[
        (held["flag"] == flag.flag)
        & (held["unit"] == flag.unit)
        & (held["area_set"] == area_set),
        "month",
    ]
    if days.empty:
        return pd.DataFrame(columns=COUNTED)
    # Two years are compared; what came before has no place here.
    first = (pd.Timestamp(days.max()).to_period("M") - 23).start_time.date()
    table = evidence.table("flagged_crime").filter(
        _.flag == flag.flag,
        _.unit == flag.unit,
        _.area_set == area_set,
        _.month >= first,
    )
    if flag.category:
        table = table.filter(_.category == flag.category)
    return evidence.ask(
        "flagged",
        lambda: table.group_by(KEYS).agg(count=_["count"].sum()).order_by(KEYS),
        flag,
        area_set,
    )


def _monthly(evidence: Evidence, area: Area, flag: Flag) -> "pd.Series[float] | None":
    """
    The borough's count in each published month, or None.

    The publisher's own figure for the borough if there is one. Where only wards are
    published, with a line for what could not be placed in one, those are added up.
    """
    borough = _counted(evidence, flag, "borough")
    mine = borough[borough["area_code"] == area.code]
    everywhere = borough
    if mine.empty:
        everywhere = _counted(evidence, flag, "ward")
        mine = everywhere[everywhere["parent_code"] == area.code]
    if mine.empty:
        return None
    published = pd.DatetimeIndex(pd.to_datetime(everywhere["month"].unique()))
    months = pd.PeriodIndex(published.to_period("M")).sort_values()
    counts = mine.groupby("month")["count"].sum()
    counts.index = pd.DatetimeIndex(pd.to_datetime(counts.index)).to_period("M")
    return in_every_month(counts, months)


def _finding(
    evidence: Evidence,
    area: Area,
    flag: Flag,
    series: "pd.Series[float]",
    found: Row,
    spans: Spans,
) -> Finding:
    now = f"the year to {month(spans.after[-1])}"
    then = f"the year to {month(spans.before[-1])}"
    lower, upper = count_limits(pd.Series([found["after"]]))
    what = f"{flag.title} in {area.name}"
    return Finding(
        head="changes",
        topic=flag.topic,
        measure=Measure(
            f"flag: {flag.title.lower()}",
            flag.title,
            OFFENCES,
            "neither" if flag.hidden else "down is good",
        ),
        area=area,
        period=period(spans.after),
        sentence=change(flag.title, found, now, then, OFFENCES),
        value=known(found["after"]),
        interval=between(float(lower[0]), float(upper[0])),
        verdict=found["verdict"],
        method=cite("change"),
        releases=evidence.releases("flagged_crime", flag=flag.flag, unit=flag.unit),
        comparison=period(spans.before).label,
        change=known(found["change"]),
        change_interval=between(found["lower"], found["upper"]),
        caveats=(
            caveat("recorded-not-happened"),
            *([caveat("under-reported")] if flag.hidden else []),
        ),
        definition=flag.definition,
        table=table_of(what, OFFENCES, series, spans),
        charts=(chart_of(what, OFFENCES, spans),),
    )


def _wards(
    evidence: Evidence,
    area: Area,
    flag: Flag,
    spans: Spans,
    order: "pd.Series[int]",
    hidden: frozenset[str],
) -> Said:
    """The year's count in each ward, small ones to be hidden."""
    if order.empty:
        return []
    first = str(order.index[0])
    unseen = hidden | {str(order.index[at]) for at in hidden_rows(order.to_list())}
    # Words must not tell what the table hides; nor that none has more than so many,
    # where that limits what is hidden.
    is_told = first not in unseen and order.iloc[0] >= order[list(unseen)].sum()
    now = f"the year to {month(spans.after[-1])}"
    table = Table(
        f"{flag.title} by ward in {area.name}, {period(spans.after).label}",
        (Column("ward", "Ward"), Column("offences", "Offences", OFFENCES)),
        tuple(
            (str(name), SUPPRESSED if name in hidden else int(count))
            for name, count in order.items()
        ),
        sensitive=("offences",),
    )
    return [
        Finding(
            head="levels",
            topic=flag.topic,
            measure=Measure(
                f"flag by ward: {flag.title.lower()}",
                f"{flag.title} by ward",
                OFFENCES,
                "neither" if flag.hidden else "down is good",
            ),
            area=area,
            period=period(spans.after),
            sentence=(
                f"{first} had the most, {number(float(order.iloc[0]))} of the "
                f"{number(float(order.sum()))} offences placed in a ward in {now}."
                if is_told
                else f"{number(float(order.sum()))} offences were placed in a ward in "
                f"{now}, too few to say where."
            ),
            value=float(order.sum()),
            interval=None,
            verdict="level only",
            method=cite("counts"),
            releases=evidence.releases("flagged_crime", flag=flag.flag, unit=flag.unit),
            caveats=(caveat("not-summable"), caveat("standing-out")),
            definition=flag.definition,
            table=table,
            charts=(
                Chart(
                    "bars",
                    f"{flag.title} by ward",
                    "A bar for each ward with a figure, most first."
                    + (f" {first} is first." if is_told else ""),
                    "ward",
                    ("offences",),
                ),
            ),
        )
    ]
