"""How few places hold how much of the crime, by LSOA."""

from dataclasses import replace

import pandas as pd

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Chart, Column, Finding, Gap, Table
from saferplan.assessment.measures import ALL, measure_of
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.sentences import known, number, percent, period
from saferplan.assessment.subject import newest_year
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.concentration import concentration

TOPIC = "small areas"
MOST = 20  # small areas named in the table

MISSING = Gap(
    "levels",
    TOPIC,
    "Recorded crime by LSOA is not loaded for the newest twelve months, so we cannot "
    "say how concentrated it is.",
    "Load the Metropolitan Police’s recorded crime by LSOA.",
)


def small_areas(evidence: Evidence, area: Area) -> Said:
    """The share of crime in the fullest LSOAs, and which those are."""
    names = evidence.children("lsoa", area.code)
    year = newest_year(evidence, "lsoa", list(names)) if names else None
    if year is None or year.total.sum() == 0:
        return [MISSING]
    found = concentration(year.total)
    total = year.total.sort_values(ascending=False, kind="stable")
    table, top_tenth = _tenths(total)
    sentence = (
        f"Half of the recorded crime that was placed in a small area happened in "
        f"{percent(found.half_in)} of them, in {year.name}; the fullest tenth holds "
        f"{percent(top_tenth)}. The Gini index is {number(found.gini, 2)}, where 0 is "
        f"even and 1 is all in one place."
    )
    chart = Chart(
        "bars",
        f"Share of recorded crime in each tenth of {area.name}’s small areas",
        f"Ten bars, the fullest tenth of small areas first. {sentence}",
        "tenth",
        ("share",),
        reference=(0.1, "If even"),
    )
    measure = replace(
        measure_of(ALL),
        name="concentration in small areas",
        title="How concentrated recorded crime is",
        unit="Gini index",
        polarity="neither",
    )
    return [
        Finding(
            head="levels",
            topic=TOPIC,
            measure=measure,
            area=area,
            period=period(year.months),
            sentence=sentence,
            value=found.gini,
            interval=None,
            verdict="level only",
            method=cite("concentration"),
            releases=year.releases,
            caveats=(
                caveat("recorded-not-happened"),
                caveat("lsoa-without-sexual-offences"),
            ),
            definition=(
                f"Small areas are {len(total)} LSOAs of about 1,500 residents. Those "
                f"without crime count too."
            ),
            table=table,
            charts=(chart,),
        ),
        _fullest(area, total, names, year.months, year.releases),
    ]


def _tenths(total: "pd.Series[float]") -> tuple[Table, float]:
    """The share of crime in each tenth of areas; `total` is in order, fullest first."""
    places = len(total)
    edges = [round(places * step / 10) for step in range(11)]
    shares = [
        float(total.iloc[start:end].sum() / total.sum())
        for start, end in zip(edges[:-1], edges[1:], strict=True)
    ]
    words = ["Fullest tenth", *(f"Tenth {step}" for step in range(2, 10))]
    table = Table(
        "Share of recorded crime in each tenth of small areas",
        (
            Column("tenth", "Small areas"),
            Column("areas", "How many", "small areas"),
            Column("share", "Share of recorded crime", "share", 1),
        ),
        tuple(
            (word, end - start, share)
            for word, start, end, share in zip(
                [*words, "Emptiest tenth"], edges[:-1], edges[1:], shares, strict=True
            )
        ),
    )
    return table, shares[0]


def _fullest(
    area: Area,
    total: "pd.Series[float]",
    names: dict[str, str],
    months: pd.PeriodIndex,
    releases: tuple[str, ...],
) -> Finding:
    most = total.iloc[:MOST]
    first = names[str(most.index[0])]
    table = Table(
        f"The {len(most)} small areas of {area.name} with the most recorded crime, "
        f"{period(months).label}",
        (
            Column("lsoa", "Small area"),
            Column("code", "Code"),
            Column("offences", "Offences", "offences"),
            Column("share", "Share of all placed offences", "share", 1),
        ),
        tuple(
            (
                names[str(code)],
                str(code),
                known(count),
                known(count / float(total.sum())),
            )
            for code, count in most.items()
        ),
    )
    return Finding(
        head="levels",
        topic=TOPIC,
        measure=replace(
            measure_of(ALL),
            name="fullest small areas",
            title="The small areas with the most recorded crime",
            polarity="neither",
        ),
        area=area,
        period=period(months),
        sentence=(
            f"{first} had the most, {number(float(most.iloc[0]))} offences. The "
            f"{len(most)} small areas in the table hold "
            f"{percent(float(most.sum() / total.sum()))} of the recorded crime."
        ),
        value=known(most.iloc[0]),
        interval=None,
        verdict="level only",
        method=cite("counts"),
        releases=releases,
        caveats=(
            caveat("lsoa-without-sexual-offences"),
            caveat("standing-out"),
            "A shopping street or station makes its small area look full.",
        ),
        definition="Offences recorded in twelve months, by LSOA. Counts, not rates.",
        table=table,
    )
