"""Which wards stand out, by how much, and where each kind of crime is most."""

from dataclasses import dataclass, replace

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Chart, Column, Finding, Gap, Table
from saferplan.assessment.measures import ALL, measure_of
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.rows import Row, highest_first, rows_of
from saferplan.assessment.sentences import (
    between,
    known,
    listed,
    number,
    percent,
    period,
    signed,
)
from saferplan.assessment.subject import Year, newest_year
from saferplan.definitions.words import caveat
from saferplan.errors import MethodError
from saferplan.methods import cite
from saferplan.methods.change import change_between
from saferplan.methods.concentration import decile_ratio
from saferplan.methods.funnel import rate_funnel
from saferplan.methods.rates import crime_rate
from saferplan.methods.spans import rolling_year

PER_RESIDENT = "offences per 1,000 residents"
TOPIC = "wards"
TOP = 3

MISSING = Gap(
    "levels",
    TOPIC,
    "Recorded crime by ward is not loaded for the newest twelve months, so wards "
    "cannot be compared.",
    "Load the Metropolitan Police’s recorded crime by ward.",
)
NO_RESIDENTS = Gap(
    "levels",
    TOPIC,
    "The number of residents of each ward is not known, so wards have counts but no "
    "rates.",
    "Load the ONS population estimates for LSOAs and the look-up from LSOA to ward.",
)


@dataclass(frozen=True)
class Wards:
    """A borough's wards: the year's crime in each, and their names."""

    area: Area
    year: Year
    names: dict[str, str]

    @property
    def cautions(self) -> tuple[str, ...]:
        texts = ["recorded-not-happened", "not-summable"]
        if self.year.residents is not None:
            texts.append("residential-denominators")
            texts += ["best-fit"] if self.year.residents.best_fit else []
        return tuple(caveat(name) for name in texts)

    def finding(self, name: str, title: str, **facts: object) -> Finding:
        """A finding about all recorded crime in the wards."""
        usual: dict[str, object] = {
            "head": "levels",
            "topic": TOPIC,
            "measure": replace(measure_of(ALL), name=name, title=title),
            "area": self.area,
            "period": period(self.year.months),
            "interval": None,
            "verdict": "level only",
            "releases": self.year.releases,
            "caveats": self.cautions,
        }
        return Finding(**{**usual, **facts})  # type: ignore[arg-type]


def wards(evidence: Evidence, area: Area) -> Said:
    """Rates with funnel limits and a map, inequality, change and categories by ward."""
    names = evidence.children("ward", area.code)
    year = newest_year(evidence, "ward", list(names)) if names else None
    if year is None:
        return [MISSING]
    mine = Wards(area, year, names)
    said: Said = []
    if year.residents is None:
        said.append(NO_RESIDENTS)
    else:
        said += [_rates(mine), *_inequality(mine)]
    said += [_share_of_top(mine), *_changes(evidence, mine), _categories(mine)]
    return said


def _rates(mine: Wards) -> Finding:
    """Each ward's rate against the borough's, with the limits of chance."""
    assert mine.year.residents is not None
    people = mine.year.residents.counts
    rates = rows_of(crime_rate(mine.year.total, people))
    # Limits of chance alone. Widened by the wards' own spread, as some funnels are,
    # they would hold a town centre with four times the rate of a suburb.
    funnel = rate_funnel(mine.year.total, people)
    places = rows_of(funnel.areas)
    order = highest_first(rates, "rate")
    first, last = order[0], order[-1]
    sentence = " ".join(
        [
            f"{mine.names[first]} has the highest rate of recorded crime, "
            f"{number(rates[first]['rate'], 1)} for every 1,000 residents in "
            f"{mine.year.name}, and {mine.names[last]} the lowest, "
            f"{number(rates[last]['rate'], 1)}.",
            _stand_out(mine, order, places),
        ]
    )
    table = Table(
        f"Recorded crime by ward in {mine.area.name}, {period(mine.year.months).label}",
        (
            Column("ward", "Ward"),
            Column("code", "Code"),
            Column("residents", "Residents", "people"),
            Column("offences", "Offences", "offences"),
            Column("rate", "Rate", PER_RESIDENT, 1),
            Column("lower", "Rate, lower limit", PER_RESIDENT, 1),
            Column("upper", "Rate, upper limit", PER_RESIDENT, 1),
            Column("below", "Chance alone: lowest", PER_RESIDENT, 1),
            Column("above", "Chance alone: highest", PER_RESIDENT, 1),
            Column("position", "Against the limits of chance"),
        ),
        tuple(_ward_row(mine, code, rates[code], places[code]) for code in order),
        notes=(f"The figures are of {mine.year.residents.words}.", funnel.basis),
    )
    return mine.finding(
        "rate by ward",
        "Recorded crime by ward",
        sentence=sentence,
        value=funnel.reference,
        measure=replace(
            measure_of(ALL),
            name="rate by ward",
            title="Recorded crime by ward",
            unit=PER_RESIDENT,
        ),
        method=cite("funnel"),
        definition=(
            "Offences recorded in twelve months for every 1,000 residents. The limits "
            "of chance hold 99.8% of wards of that size, if all had the borough’s rate."
        ),
        table=table,
        charts=(
            Chart(
                "map",
                f"Recorded crime per 1,000 residents in the wards of {mine.area.name}",
                f"A map of the wards, darker where the rate is higher. {sentence}",
                "code",
                ("rate",),
                area_set="ward",
            ),
            Chart(
                "funnel",
                "Which wards stand out by more than their size explains",
                f"A dot for each ward: residents along, rate up, with the limits of "
                f"chance. {sentence}",
                "residents",
                ("rate",),
                "below",
                "above",
                reference=(funnel.reference, "All wards"),
            ),
        ),
    )


def _stand_out(mine: Wards, order: list[str], places: dict[str, Row]) -> str:
    """Say which wards lie outside the limits; the furthest three when many do."""
    above = [code for code in order if places[code]["position"] == "above 99.8%"]
    below = [code for code in order if places[code]["position"] == "below 99.8%"]
    if not above and not below:
        return "No ward stands out by more than its size explains."
    said = f"{len(above) + len(below)} of {len(order)} wards stand out by more than "
    said += "their size explains: "
    sides = []
    if above:
        sides.append(f"{_few(mine, above)} above")
    if below:
        sides.append(f"{_few(mine, below[::-1])} below")
    return f"{said}{' and '.join(sides)}."


def _few(mine: Wards, codes: list[str]) -> str:
    names = [mine.names[code] for code in codes[:TOP]]
    rest = len(codes) - len(names)
    return listed([*names, f"{rest} more"]) if rest else listed(names)


def _ward_row(
    mine: Wards, code: str, rate: Row, place: Row
) -> tuple[str | float | None, ...]:
    return (
        mine.names[code],
        code,
        known(place["size"]),
        known(mine.year.total[code]),
        known(rate["rate"]),
        known(rate["lower"]),
        known(rate["upper"]),
        known(place["lower_998"]),
        known(place["upper_998"]),
        place["position"],
    )


def _inequality(mine: Wards) -> Said:
    """The tenth of wards with the highest rate over the tenth with the lowest."""
    assert mine.year.residents is not None
    people = mine.year.residents.counts
    try:
        found = decile_ratio(mine.year.total, people)
    except MethodError:
        return []  # fewer than ten wards have no tenths
    within = between(found.lower, found.upper)
    return [
        mine.finding(
            "decile ratio of wards",
            "The highest tenth of wards over the lowest tenth",
            sentence=(
                f"The {found.areas_each} wards with the highest rates have "
                f"{number(found.ratio, 1)} times the recorded crime per resident of "
                f"the {found.areas_each} with the lowest "
                f"({number(found.top, 1)} against {number(found.bottom, 1)} for every "
                f"1,000 residents, 95% interval {number(found.lower, 1)} to "
                f"{number(found.upper, 1)} times)."
            ),
            measure=replace(
                measure_of(ALL),
                name="decile ratio of wards",
                title="The highest tenth of wards over the lowest tenth",
                unit="times",
                polarity="neither",
            ),
            value=known(found.ratio),
            interval=within,
            method=cite("concentration"),
            caveats=(*mine.cautions, found.caution),
            definition="The rate of the top tenth of wards over the bottom tenth’s.",
        )
    ]


def _share_of_top(mine: Wards) -> Finding:
    total = mine.year.total.sort_values(ascending=False, kind="stable")
    top = [mine.names[str(code)] for code in total.index[:TOP]]
    share = float(total.iloc[:TOP].sum() / total.sum())
    return mine.finding(
        "share of crime in the top wards",
        f"The {TOP} wards with the most recorded crime",
        sentence=(
            f"{listed(top)} are {percent(TOP / len(total))} of the wards, and hold "
            f"{percent(share)} of the recorded crime that was placed in a ward in "
            f"{mine.year.name}."
        ),
        measure=replace(
            measure_of(ALL),
            name="share of crime in the top wards",
            title=f"The {TOP} wards with the most recorded crime",
            unit="share",
            polarity="neither",
        ),
        value=share,
        method=cite("concentration"),
        definition=f"Offences in the {TOP} wards with most of them, over all wards.",
    )


def _changes(evidence: Evidence, mine: Wards) -> Said:
    """Each ward's twelve months against the twelve before."""
    counts = evidence.crime("ward", by=None, months=24)
    spans = rolling_year(mine.year.months[-1])
    if counts is None or not counts.all_of(spans.before):
        return []
    monthly = counts.areas
    changes = rows_of(change_between(monthly[sorted(mine.names)], spans))
    order = highest_first(changes, "change")
    real = [code for code in order if changes[code]["verdict"] == "real change"]
    rose = [mine.names[code] for code in real if changes[code]["difference"] > 0]
    fell = [mine.names[code] for code in real if changes[code]["difference"] < 0]
    sentence = (
        f"Recorded crime rose by more than chance would explain in "
        f"{listed(rose) or 'no ward'}, and fell in {listed(fell) or 'none'}, in "
        f"{mine.year.name}."
    )
    table = Table(
        f"Change in recorded crime by ward in {mine.area.name}, to "
        f"{period(spans.after).label}",
        (
            Column("ward", "Ward"),
            Column("before", period(spans.before).label, "offences"),
            Column("after", period(spans.after).label, "offences"),
            Column("change", "Change", "share", 1),
            Column("lower", "Change, lower limit", "share", 1),
            Column("upper", "Change, upper limit", "share", 1),
            Column("verdict", "Is it real?"),
        ),
        tuple(
            (
                mine.names[code],
                *(
                    known(changes[code][each])
                    for each in ("before", "after", "change", "lower", "upper")
                ),
                changes[code]["verdict"],
            )
            for code in order
        ),
    )
    largest = changes[order[0]]
    chart = Chart(
        "intervals",
        "Change in recorded crime in each ward",
        f"A dot for the change in each ward, with its 95% interval. {sentence} The "
        f"largest change upwards is {signed(largest['change'])}.",
        "ward",
        ("change",),
        "lower",
        "upper",
        reference=(0.0, "No change"),
    )
    by_chance = len(changes) / 20
    return [
        mine.finding(
            "change by ward",
            "Change in each ward",
            head="changes",
            sentence=sentence,
            value=float(len(real)),
            measure=replace(
                measure_of(ALL),
                name="change by ward",
                title="Change in each ward",
                unit="wards with a real change",
                polarity="neither",
            ),
            method=cite("change"),
            releases=evidence.crime_releases("ward", [*spans.before, *spans.after]),
            caveats=(
                *mine.cautions,
                f"Of {len(changes)} wards, about {number(by_chance)} would seem to "
                f"change by chance alone.",
            ),
            definition="Offences recorded in twelve months, against the twelve before.",
            table=table,
            charts=(chart,),
        )
    ]


def _categories(mine: Wards) -> Finding:
    """Where each category is most: a table of wards by category."""
    offences = mine.year.offences
    shown = offences.loc[:, offences.sum() > 0]
    shown = shown[shown.sum().sort_values(ascending=False, kind="stable").index]
    most = [
        f"{str(category).lower()} in {mine.names[str(shown[category].idxmax())]}"
        for category in shown.columns[:4]
    ]
    table = Table(
        f"Recorded crime by ward and category in {mine.area.name}, "
        f"{period(mine.year.months).label}",
        (
            Column("ward", "Ward"),
            *(Column(str(each), str(each), "offences") for each in shown.columns),
        ),
        tuple(
            (mine.names[str(code)], *(known(each) for each in row))
            for code, row in zip(shown.index, shown.to_numpy(), strict=True)
        ),
    )
    return mine.finding(
        "categories by ward",
        "Where each kind of crime is most",
        sentence=f"The most {listed(most)}, in {mine.year.name}.",
        value=float(mine.year.total.sum()),
        method=cite("counts"),
        definition="Offences recorded in twelve months, by ward and major category.",
        table=table,
    )
