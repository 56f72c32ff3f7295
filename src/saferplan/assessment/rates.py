"""How the borough's rates stand beside London's and those of similar boroughs."""

from dataclasses import replace

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Chart, Column, Finding, Gap, Table
from saferplan.assessment.measures import ALL, measure_of
from saferplan.assessment.rate_table import rate_chart, rate_table
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.rows import highest_first, rows_of
from saferplan.assessment.sentences import between, known, listed, number, period
from saferplan.assessment.similar import similar_boroughs
from saferplan.assessment.subject import Year, newest_year
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.comparison import group_average
from saferplan.methods.rates import crime_rate

PER_RESIDENT = "offences per 1,000 residents"
LEAST = 20  # offences; with fewer the ratio says nothing
TOPIC = "rates of recorded crime"

NO_RESIDENTS = Gap(
    "levels",
    TOPIC,
    "The number of residents is not loaded, so no rate can be given.",
    "Load the ONS mid-year population estimates and a look-up from LSOA to borough.",
)


def rates(evidence: Evidence, area: Area) -> Said:
    """Offences per 1,000 residents: all crime, each category, similar boroughs."""
    year = newest_year(evidence, "borough")
    if year is None or area.code not in evidence.boroughs:
        return []
    if year.residents is None:
        return [NO_RESIDENTS]
    return [
        _against_all(evidence, area, year),
        _by_category(area, year),
        *_against_similar(evidence, area, year),
    ]


def _against_all(evidence: Evidence, area: Area, year: Year) -> Finding:
    assert year.residents is not None
    people = year.residents.counts
    found = rows_of(crime_rate(year.total, people))
    london = float(year.total.sum() / people.sum() * 1000)
    rank = highest_first(found, "rate").index(area.code) + 1
    mine = found[area.code]
    side = _side(mine["lower"], mine["upper"], london)
    table = rate_table(
        f"Recorded crime per 1,000 residents by borough, {period(year.months).label}",
        evidence.boroughs,
        found,
        PER_RESIDENT,
        beside={
            Column("residents", "Residents", "people"): people,
            Column("offences", "Offences", "offences"): year.total,
        },
        notes=(f"The figures are of {year.residents.words}.",),
    )
    sentence = (
        f"{area.name} had {number(mine['rate'], 1)} recorded offences for every 1,000 "
        f"residents in {year.name} (95% interval {number(mine['lower'], 1)} to "
        f"{number(mine['upper'], 1)}), {side} the {number(london, 1)} of all these "
        f"boroughs together. It is {_place(rank)} of {len(found)}."
    )
    chart = rate_chart(
        "Recorded crime per 1,000 residents in each borough",
        sentence,
        area.name,
        (london, "All boroughs"),
    )
    return _finding(
        area,
        year,
        "rate of recorded crime",
        "Recorded crime per 1,000 residents",
        sentence=sentence,
        value=known(mine["rate"]),
        interval=between(mine["lower"], mine["upper"]),
        definition=(
            f"Offences recorded in twelve months for every 1,000 residents "
            f"({year.residents.words})."
        ),
        table=table,
        charts=(chart,),
    )


def _by_category(area: Area, year: Year) -> Finding:
    """Each category's rate against that of all boroughs together."""
    assert year.residents is not None
    people = year.residents.counts
    rows = []
    for category in year.offences.columns:
        each = rows_of(crime_rate(year.offences[category], people))
        all_of_them = float(year.offences[category].sum() / people.sum() * 1000)
        if float(year.offences[category][area.code]) < LEAST:
            continue
        mine = each[area.code]
        rank = highest_first(each, "rate").index(area.code) + 1
        rows.append(
            (
                str(category),
                known(mine["rate"]),
                all_of_them,
                known(mine["rate"] / all_of_them),
                known(mine["lower"] / all_of_them),
                known(mine["upper"] / all_of_them),
                rank,
            )
        )
    rows.sort(key=lambda row: -(row[3] or 0))
    high = [row[0] for row in rows if (row[4] or 0) > 1]
    low = [row[0] for row in rows if (row[5] or 2) < 1]
    sentence = " ".join(
        [
            f"Set against all boroughs together, {area.name} stands above in "
            f"{listed(high).lower() or 'no category'}"
            f" and below in {listed(low).lower() or 'none'}, by more than chance would "
            f"explain, in {year.name}."
        ]
    )
    table = Table(
        f"Rates by category in {area.name} and all boroughs, "
        f"{period(year.months).label}",
        (
            Column("category", "Category"),
            Column("rate", f"{area.name}", PER_RESIDENT, 1),
            Column("all", "All boroughs", PER_RESIDENT, 1),
            Column("ratio", "Ratio of the two", "times", 2),
            Column("lower", "Ratio, lower limit", "times", 2),
            Column("upper", "Ratio, upper limit", "times", 2),
            Column("rank", f"Place among {len(people)} boroughs", "1 is highest"),
        ),
        tuple(rows),
        notes=(f"The figures are of {year.residents.words}.",),
    )
    chart = Chart(
        "intervals",
        f"{area.name}’s rate for each category, as a multiple of all boroughs’",
        f"A dot for each category, with its 95% interval. {sentence}",
        "category",
        ("ratio",),
        "lower",
        "upper",
        reference=(1.0, "All boroughs"),
    )
    total = rows_of(crime_rate(year.total, people))[area.code]
    return _finding(
        area,
        year,
        "rates by category",
        "Each category’s rate against all boroughs",
        sentence=sentence,
        value=known(total["rate"]),
        interval=between(total["lower"], total["upper"]),
        definition=(
            "The borough’s offences per 1,000 residents over those of all boroughs "
            "together. 1 is the same; 2 is twice as many."
        ),
        table=table,
        charts=(chart,),
    )


def _against_similar(evidence: Evidence, area: Area, year: Year) -> Said:
    assert year.residents is not None
    group = similar_boroughs(evidence, area)
    if isinstance(group, Gap):
        return [group]
    codes = sorted([area.code, *group.codes])
    people = year.residents.counts
    average = group_average(year.total[codes], people[codes], own=area.code)
    found = rows_of(crime_rate(year.total[codes], people[codes]))
    mine = found[area.code]
    side = _side(mine["lower"], mine["upper"], average.average)
    sentence = (
        f"The {len(group.codes)} boroughs {group.how} {area.name} and {area.name} "
        f"itself average {number(average.average, 1)} offences for every 1,000 "
        f"residents. {area.name}’s {number(average.own, 1)} is {side} that, and "
        f"{_place(average.rank)} of the {len(codes)}."
    )
    table = rate_table(
        f"Recorded crime per 1,000 residents, {area.name} and the boroughs {group.how} "
        f"it, {period(year.months).label}",
        evidence.boroughs,
        found,
        PER_RESIDENT,
        notes=(group.note,),
    )
    chart = rate_chart(
        f"{area.name} and the boroughs {group.how} it",
        sentence,
        area.name,
        (average.average, "Average"),
    )
    return [
        _finding(
            area,
            year,
            "rate beside similar boroughs",
            f"Beside the boroughs {group.how} {area.name}",
            sentence=sentence,
            value=average.own,
            interval=between(mine["lower"], mine["upper"]),
            method=cite("comparison"),
            releases=tuple(sorted({*year.releases, *group.releases})),
            definition=(
                "The average counts each borough of the group alike, and includes the "
                "borough itself, as HMICFRS does for most similar groups."
            ),
            table=table,
            charts=(chart,),
        )
    ]


def _finding(area: Area, year: Year, name: str, title: str, **facts: object) -> Finding:
    """A finding about the year's rates, with what all of them have alike."""
    measure = replace(measure_of(ALL), name=name, title=title, unit=PER_RESIDENT)
    usual: dict[str, object] = {
        "head": "levels",
        "topic": TOPIC,
        "measure": measure,
        "area": area,
        "period": period(year.months),
        "verdict": "level only",
        "method": cite("rates"),
        "releases": year.releases,
        "caveats": (
            caveat("recorded-not-happened"),
            caveat("residential-denominators"),
        ),
    }
    return Finding(**{**usual, **facts})  # type: ignore[arg-type]


def _side(lower: float, upper: float, level: float) -> str:
    if lower > level:
        return "above"
    return "below" if upper < level else "no different from"


def _place(rank: int) -> str:
    """
    >>> _place(1), _place(3)
    ('the highest', 'place 3, counting from the highest,')
    """
    return "the highest" if rank == 1 else f"place {rank}, counting from the highest,"
