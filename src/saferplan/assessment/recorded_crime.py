"""How much crime was recorded, and whether that has changed."""

from dataclasses import replace
from typing import Any

import pandas as pd

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Chart, Column, Finding, Gap, Table
from saferplan.assessment.measures import ALL, OFFENCES, measure_of
from saferplan.assessment.rows import Row, highest_first, rows_of
from saferplan.assessment.sentences import between, change, known, listed, month, period
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.change import change_between
from saferplan.methods.intervals import count_limits
from saferplan.methods.spans import Spans, financial_year, rolling_year

FEW = 20  # offences in two years; a category with fewer stands in the table alone

Said = list[Finding | Gap]

MISSING = Gap(
    "changes",
    "all recorded crime",
    "There is no recorded crime for this borough, so nothing can be said of levels or "
    "changes.",
    "Load the Metropolitan Police's recorded crime by borough, for 24 months or more.",
)


def recorded_crime(evidence: Evidence, area: Area) -> Said:
    """All recorded crime and each major category: this year against last year."""
    counts = evidence.crime("borough")
    if counts is None or area.code not in evidence.boroughs:
        return [MISSING]
    monthly = counts.monthly(area.code)
    monthly = monthly.loc[:, monthly.iloc[-24:].sum() > 0]
    monthly.insert(0, ALL, monthly.sum(axis="columns", skipna=False))

    rolling = rolling_year(counts.last_month)
    changes = rows_of(change_between(monthly, rolling))
    said: Said = [_trend(evidence, area, monthly, changes[ALL], rolling)]
    said.append(_by_category(evidence, area, changes, rolling, "the last 12 months"))
    april = financial_year(counts.last_month)
    if april.after[-1] != rolling.after[-1] and counts.all_of(april.before):
        by_april = rows_of(change_between(monthly, april))
        said.append(_by_category(evidence, area, by_april, april, "financial years"))
    said += [
        _category(evidence, area, monthly[name], changes[name], rolling)
        for name in _by_size(changes)
        if not changes[name]["before"] + changes[name]["after"] < FEW
    ]
    return said


def _by_size(changes: dict[str, Row]) -> list[str]:
    """The categories, most offences first."""
    return [name for name in highest_first(changes, "after") if name != ALL]


def _found(
    evidence: Evidence, area: Area, category: str, row: Row, spans: Spans
) -> dict[str, Any]:
    """What every finding about a change of counts has in common."""
    now, then = period(spans.after), period(spans.before)
    lower, upper = count_limits(pd.Series([row["after"]]))
    return {
        "measure": measure_of(category),
        "area": area,
        "period": now,
        "sentence": change(
            category, row, _year(spans.after), _year(spans.before), OFFENCES
        ),
        "value": known(row["after"]),
        "interval": between(lower[0], upper[0]),
        "verdict": row["verdict"],
        "method": cite("change"),
        "releases": evidence.crime_releases("borough", [*spans.before, *spans.after]),
        "comparison": then.label,
        "change": known(row["change"]),
        "change_interval": between(row["lower"], row["upper"]),
    }


def _year(months: pd.PeriodIndex) -> str:
    return f"the year to {month(months[-1])}"


def _cautions(category: str) -> tuple[str, ...]:
    measure = measure_of(category)
    texts = [caveat("recorded-not-happened")]
    if measure.police_generated:
        texts.append(caveat("police-generated"))
    if measure.polarity == "neither":
        texts.append(caveat("under-reported"))
    return tuple(texts)


def _trend(
    evidence: Evidence, area: Area, monthly: pd.DataFrame, row: Row, spans: Spans
) -> Finding:
    """All recorded crime, in every month there is: no rise is rebased away."""
    table = Table(
        f"All recorded crime in {area.name} in each month",
        (Column("month", "Month", "month"), Column("offences", "Offences", OFFENCES)),
        tuple((str(at), known(value)) for at, value in monthly[ALL].items()),
    )
    first = month(monthly.index[0])
    highest = monthly.index[int(monthly[ALL].argmax())]
    lowest = monthly.index[int(monthly[ALL].argmin())]
    chart = Chart(
        "line",
        f"All recorded crime in {area.name}, month by month",
        f"A line of offences in each month from {first}. The most were in "
        f"{month(highest)}, the fewest in {month(lowest)}.",
        "month",
        ("offences",),
    )
    common = _found(evidence, area, ALL, row, spans)
    common["releases"] = evidence.crime_releases("borough", monthly.index)
    return Finding(
        head="changes",
        topic="all recorded crime",
        caveats=(*_cautions(ALL), caveat("provisional")),
        definition=(
            "Every offence that the police recorded in the borough, by the month they "
            "recorded it. Fraud reported to the national bureau is not counted."
        ),
        table=table,
        charts=(chart,),
        **common,
    )


def _by_category(
    evidence: Evidence, area: Area, changes: dict[str, Row], spans: Spans, which: str
) -> Finding:
    """Every major category against the year before, in one table and picture."""
    ranked = {name: changes[name] for name in _by_size(changes)}
    table = Table(
        f"Recorded crime in {area.name} by category, {period(spans.after).label}",
        (
            Column("category", "Category"),
            Column("before", f"In {_year(spans.before)}", OFFENCES),
            Column("after", f"In {_year(spans.after)}", OFFENCES),
            Column("change", "Change", "share", 1),
            Column("lower", "Change, lower limit", "share", 1),
            Column("upper", "Change, upper limit", "share", 1),
            Column("verdict", "Is it real?"),
        ),
        tuple(
            (
                name,
                known(each["before"]),
                known(each["after"]),
                known(each["change"]),
                known(each["lower"]),
                known(each["upper"]),
                each["verdict"],
            )
            for name, each in ranked.items()
        ),
        notes=tuple(
            f"{name}: {each['caution']}"
            for name, each in ranked.items()
            if each["caution"]
        ),
    )
    real = {
        name: row for name, row in ranked.items() if row["verdict"] == "real change"
    }
    fell = [name for name, row in real.items() if row["difference"] < 0]
    rose = [name for name, row in real.items() if row["difference"] > 0]
    said = " ".join(
        [
            f"Of {len(ranked)} categories, {len(fell) + len(rose)} changed by more "
            f"than chance would explain in {_year(spans.after)}.",
            *([f"{listed(rose).capitalize()} rose."] if rose else []),
            *([f"{listed(fell).capitalize()} fell."] if fell else []),
        ]
    )
    chart = Chart(
        "intervals",
        f"Change in each category, {which}",
        f"A dot for the change in each category, with its 95% interval. {said}",
        "category",
        ("change",),
        "lower",
        "upper",
        reference=(0.0, "No change"),
    )
    common = _found(evidence, area, ALL, changes[ALL], spans)
    common["sentence"] = said
    common["measure"] = replace(
        measure_of(ALL),
        name=f"recorded crime by category, {which}",
        title=f"Each category, {which}",
    )
    return Finding(
        head="changes",
        topic="all recorded crime",
        caveats=(
            caveat("recorded-not-happened"),
            "With many categories, about one in twenty would seem to change by chance "
            "alone.",
        ),
        definition="The major categories that the police sort offences into.",
        table=table,
        charts=(chart,),
        **common,
    )


def _category(
    evidence: Evidence, area: Area, series: pd.Series, row: Row, spans: Spans
) -> Finding:
    """One major category, each month beside the same month a year before."""
    category = str(series.name)
    pairs = zip(spans.after, spans.before, strict=True)
    table = Table(
        f"{category} in {area.name} in each month",
        (
            Column("month", "Month", "month"),
            Column("now", f"T{_year(spans.after)[1:]}", OFFENCES),
            Column("before", "Same month a year before", OFFENCES),
        ),
        tuple(
            (str(at), known(series.get(at, None)), known(series.get(year_before, None)))
            for at, year_before in pairs
        ),
    )
    chart = Chart(
        "line",
        f"{category} in {area.name}, each month and the same month a year before",
        f"Two lines of offences in each month: {period(spans.after).label}, and the "
        f"same months a year before.",
        "month",
        ("now", "before"),
    )
    return Finding(
        head="changes",
        topic=category.lower(),
        caveats=_cautions(category),
        definition=f"Offences that the police recorded under {category.lower()}.",
        table=table,
        charts=(chart,),
        **_found(evidence, area, category, row, spans),
    )
