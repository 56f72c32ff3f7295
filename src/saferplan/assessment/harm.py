"""Harm beside counts: which crimes and wards matter more than their number says."""

from dataclasses import replace

import pandas as pd
from ibis import _

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Column, Finding, Gap, Table
from saferplan.assessment.measures import ALL, measure_of
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.rows import highest_first, rows_of
from saferplan.assessment.sentences import known, listed, number, percent, period
from saferplan.assessment.subject import Year, newest_year
from saferplan.definitions.severity import BridgedWeight, bridge_weights
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.harm import harm as weigh
from saferplan.methods.harm import harm_by_area

TOPIC = "harm"
WEIGHTED = "weighted offences"
OFFENCES = Column("offences", "Offences", "offences")
HARM = Column("harm", "Harm", WEIGHTED)
PLACES = (
    Column("by_count", "Place by number", "1 is most"),
    Column("by_harm", "Place by harm", "1 is most"),
)
MISSING = Gap(
    "priorities",
    TOPIC,
    "Harm weights are not loaded, so crimes can be ranked by number alone.",
    "Load the ONS Crime Severity Score weights by offence code.",
)


def harm(evidence: Evidence, area: Area) -> Said:
    """Categories and wards ranked by number and by harm, with the change of place."""
    year = newest_year(evidence, "borough")
    if year is None or area.code not in evidence.boroughs:
        return []
    weights, cited = _weights(evidence)
    if not weights:
        return [MISSING]
    plain = pd.Series({minor: each.weight for minor, each in weights.items()})
    counted = evidence.crime_in_year("borough", year.months[-1])
    mine = counted[counted["area_code"] == area.code]
    offences = mine.groupby("minor")["offences"].sum().astype(float)
    offences = offences[offences > 0].sort_index()
    if not set(offences.index) & set(plain.index):
        return [MISSING]
    found = weigh(offences, plain)
    said: Said = [_by_category(evidence, area, found.categories, weights, cited)]
    return [*said, *_by_ward(evidence, area, plain, cited)]


def _weights(
    evidence: Evidence,
) -> tuple[dict[str, BridgedWeight], tuple[str, ...]]:
    held = evidence.slices("severity_weight")
    if held.empty:
        return {}, ()
    edition = str(held.sort_values("edition")["edition"].iloc[-1])
    table = evidence.table("severity_weight")
    found = evidence.ask(
        "severity",
        lambda: (
            table.filter(_.edition == edition)
            .select("offence_code", "weight")
            .order_by("offence_code")
        ),
    )
    by_code = dict(zip(found["offence_code"], found["weight"], strict=True))
    return bridge_weights(by_code), evidence.releases(
        "severity_weight", edition=edition
    )


def weights_by_minor(evidence: Evidence) -> dict[str, float]:
    """The cautious weight of each minor category; empty if weights are not loaded."""
    weights, _cited = _weights(evidence)
    return {minor: each.weight for minor, each in weights.items()}


def _by_category(
    evidence: Evidence,
    area: Area,
    categories: pd.DataFrame,
    weights: dict[str, BridgedWeight],
    cited: tuple[str, ...],
) -> Finding:
    year = newest_year(evidence, "borough")
    assert year is not None
    rows = rows_of(categories)
    order = [name for name in highest_first(rows, "harm")]
    weighed = [name for name in order if not pd.isna(rows[name]["harm"])]
    top = weighed[:3]
    share = sum(rows[name]["share_of_harm"] for name in top)
    of_number = sum(rows[name]["share_of_offences"] for name in top)
    risen = max(weighed, key=lambda name: rows[name]["rank_change"])
    sentence = (
        f"{listed(top)} make up {percent(of_number)} of the offences in {year.name} "
        f"and {percent(share)} of the harm, by ONS weights. {risen} rises furthest "
        f"when harm counts: from place {number(rows[risen]['rank_by_count'])} by "
        f"number to place {number(rows[risen]['rank_by_harm'])}."
    )
    table = Table(
        f"Offences in {area.name} by number and by harm, {period(year.months).label}",
        (
            Column("category", "Category"),
            OFFENCES,
            Column("weight", "Weight of one offence", "ONS severity", 1),
            Column("high", "Weight at most", "ONS severity", 1),
            HARM,
            Column("share_of_offences", "Share of offences", "share", 1),
            Column("share_of_harm", "Share of harm", "share", 1),
            *PLACES,
        ),
        tuple(
            (
                name,
                *(known(rows[name][each]) for each in ("offences", "weight")),
                known(weights[name].high) if name in weights else None,
                *(
                    known(rows[name][each])
                    for each in (
                        "harm",
                        "share_of_offences",
                        "share_of_harm",
                        "rank_by_count",
                        "rank_by_harm",
                    )
                ),
            )
            for name in order
        ),
        notes=(
            "Where the two weights differ, the category mixes offences of different "
            "weights; harm is reckoned with the lower.",
        ),
    )
    return _finding(
        area,
        year,
        "category",
        sentence=sentence,
        value=float(categories["harm"].sum()),
        releases=(*evidence.crime_releases("borough", year.months), *cited),
        definition=(
            "Each offence times its weight in the ONS Crime Severity Score, which "
            "comes from the sentences that courts give."
        ),
        table=table,
    )


def _by_ward(
    evidence: Evidence, area: Area, weights: "pd.Series[float]", cited: tuple[str, ...]
) -> Said:
    names = evidence.children("ward", area.code)
    year = newest_year(evidence, "ward", list(names)) if names else None
    if year is None:
        return []
    counted = evidence.crime_in_year("ward", year.months[-1])
    offences = (
        counted[counted["area_code"].isin(names)]
        .pivot_table(
            index="area_code", columns="minor", values="offences", aggfunc="sum"
        )
        .fillna(0.0)
        .sort_index()
    )
    found = rows_of(harm_by_area(offences, weights))
    order = highest_first(found, "harm")
    risen = max(order, key=lambda code: (found[code]["rank_change"], code))
    sentence = (
        f"By harm the first wards are {listed([names[code] for code in order[:3]])}. "
        f"{names[risen]} rises most when harm counts, from place "
        f"{number(found[risen]['rank_by_count'])} to "
        f"{number(found[risen]['rank_by_harm'])} of {len(order)}."
    )
    table = Table(
        f"Wards of {area.name} by number and by harm, {period(year.months).label}",
        (
            Column("ward", "Ward"),
            OFFENCES,
            HARM,
            *PLACES,
        ),
        tuple(
            (
                names[code],
                *(
                    known(found[code][each])
                    for each in ("offences", "harm", "rank_by_count", "rank_by_harm")
                ),
            )
            for code in order
        ),
    )
    said = _finding(
        area,
        year,
        "ward",
        sentence=sentence,
        value=float(sum(row["harm"] for row in found.values())),
        releases=(*evidence.crime_releases("ward", year.months), *cited),
        definition="Each ward’s offences times their weights, added up.",
        table=table,
    )
    carried = "One homicide can carry a ward up: read the places with the counts."
    return [replace(said, caveats=(*said.caveats, carried))]


def _finding(
    area: Area,
    year: Year,
    by: str,
    *,
    sentence: str,
    value: float,
    releases: tuple[str, ...],
    definition: str,
    table: Table,
) -> Finding:
    """Harm beside number in the year, by category or by ward."""
    return Finding(
        head="priorities",
        topic=TOPIC,
        measure=replace(
            measure_of(ALL),
            name=f"harm by {by}",
            title=f"Harm beside number, by {by}",
            unit=WEIGHTED,
        ),
        area=area,
        period=period(year.months),
        sentence=sentence,
        value=value,
        interval=None,
        verdict="level only",
        method=cite("harm"),
        releases=tuple(sorted(set(releases))),
        caveats=(caveat("harm-approximate"), caveat("harm-is-sentencing")),
        definition=definition,
        table=table,
    )
