"""Burglary in homes, for every 1,000 households rather than residents."""

from dataclasses import replace

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Column, Finding, Gap
from saferplan.assessment.measures import measure_of
from saferplan.assessment.places import residents
from saferplan.assessment.rate_table import rate_chart, rate_table
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.rows import highest_first, rows_of
from saferplan.assessment.sentences import between, known, number, period
from saferplan.assessment.subject import newest_year
from saferplan.definitions.schemes import bridges
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.rates import crime_rate

PER_HOUSEHOLD = "burglaries per 1,000 households"
TOPIC = "burglary in homes"
NO_HOUSEHOLDS = Gap(
    "levels",
    TOPIC,
    "The number of households is not loaded, so burglary in homes has no rate of its "
    "own.",
    "Load Census 2021 table TS041 (number of households) by LSOA.",
)


def households(evidence: Evidence, area: Area) -> Said:
    """Residential burglary per 1,000 households in each borough."""
    year = newest_year(evidence, "borough")
    if year is None or area.code not in evidence.boroughs:
        return []
    homes = residents(evidence, "borough", evidence.boroughs, unit="households")
    if homes is None:
        return [NO_HOUSEHOLDS]
    counted = evidence.crime_in_year("borough", year.months[-1])
    parts = residential_burglary()
    burgled = (
        counted[counted["minor"].isin(parts)]
        .groupby("area_code")["offences"]
        .sum()
        .reindex(homes.counts.index, fill_value=0)
        .astype(float)
    )
    found = rows_of(crime_rate(burgled, homes.counts))
    order = highest_first(found, "rate")
    mine = found[area.code]
    overall = float(burgled.sum() / homes.counts.sum() * 1000)
    sentence = (
        f"{area.name} had {number(mine['rate'], 1)} burglaries in homes for every "
        f"1,000 households in {year.name} (95% interval {number(mine['lower'], 1)} to "
        f"{number(mine['upper'], 1)}); all boroughs together had "
        f"{number(overall, 1)}. It is place {order.index(area.code) + 1} of "
        f"{len(order)}, counting from the highest."
    )
    table = rate_table(
        f"Burglary in homes per 1,000 households by borough, "
        f"{period(year.months).label}",
        evidence.boroughs,
        found,
        PER_HOUSEHOLD,
        beside={
            Column("households", "Households", "households"): homes.counts,
            Column("burglaries", "Burglaries", "offences"): burgled,
        },
        notes=(f"The figures are of {homes.words}.",),
    )
    return [
        Finding(
            head="levels",
            topic=TOPIC,
            measure=replace(
                measure_of("Burglary"),
                name="residential burglary per 1,000 households",
                title="Burglary in homes per 1,000 households",
                unit=PER_HOUSEHOLD,
            ),
            area=area,
            period=period(year.months),
            sentence=sentence,
            value=known(mine["rate"]),
            interval=between(mine["lower"], mine["upper"]),
            verdict="level only",
            method=cite("rates"),
            releases=tuple(
                sorted(
                    {
                        *evidence.crime_releases("borough", year.months),
                        *homes.releases,
                    }
                )
            ),
            caveats=(
                caveat("recorded-not-happened"),
                f"The figures are of {homes.words}.",
            ),
            definition=(
                "Burglaries of homes and of buildings that belong to one, recorded in "
                "twelve months, for every 1,000 households."
            ),
            table=table,
            charts=(
                rate_chart(
                    "Burglary in homes per 1,000 households in each borough",
                    sentence,
                    area.name,
                    (overall, "All boroughs"),
                ),
            ),
        )
    ]


def residential_burglary() -> tuple[str, ...]:
    """The minor categories that make up burglary in homes."""
    return bridges()["residential-burglary"].parts["mps-2024"]
