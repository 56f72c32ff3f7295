"""Which problems stand out on several counts at once: volume, rate, change and harm."""

from dataclasses import replace

import pandas as pd

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Column, Finding, Table
from saferplan.assessment.harm import weights_by_minor
from saferplan.assessment.measures import ALL, measure_of
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.rows import rows_of
from saferplan.assessment.sentences import listed, period
from saferplan.assessment.subject import Year, newest_year
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.change import change_between
from saferplan.methods.rates import crime_rate
from saferplan.methods.spans import rolling_year

TOPIC = "candidates for priority"
TIMES = ("none of", "one of", "two of", "three of", "all")
MUCH = 0.1  # of all offences, or of all harm


def priorities(evidence: Evidence, area: Area) -> Said:
    """
    Put each category to four tests that anyone can check. It ranks nothing.

    The partnership decides what to prioritise; this says what the figures would
    support, and what they would not.
    """
    counts = evidence.crime("borough")
    year = newest_year(evidence, "borough")
    if counts is None or year is None or area.code not in year.offences.index:
        return []
    mine = year.offences.T[area.code]
    total = float(mine.sum())
    changes = rows_of(
        change_between(counts.monthly(area.code), rolling_year(counts.last_month))
    )
    harm_shares = _harm_shares(evidence, area, year.months[-1])
    rows: list[tuple[str | float | None, ...]] = []
    met: dict[str, int] = {}
    for category in sorted(mine.index, key=lambda name: (-mine[name], str(name))):
        name = str(category)
        if name not in changes or mine[category] < 1:
            continue
        tests = {
            "much": float(mine[category]) / total >= MUCH,
            "harm": harm_shares.get(name, 0.0) >= MUCH if harm_shares else None,
            "above": _above(year, area, name),
            "rose": changes[name]["verdict"] == "real change"
            and changes[name]["difference"] > 0,
        }
        met[name] = sum(bool(each) for each in tests.values())
        words = {True: "yes", False: "no", None: None}
        rows.append((name, *(words[each] for each in tests.values()), float(met[name])))
    most = max(met.values())
    leading = [name for name, tests_met in met.items() if tests_met == most]
    table = Table(
        f"What the figures say of each category in {area.name}, "
        f"{period(year.months).label}",
        (
            Column("category", "Category"),
            Column("much", "A tenth of offences or more"),
            Column("harm", "A tenth of harm or more"),
            Column("above", "Rate above all boroughs’, beyond chance"),
            Column("rose", "Rose over the year, beyond chance"),
            Column("met", "Tests met", "of 4"),
        ),
        tuple(rows),
    )
    return [
        Finding(
            head="priorities",
            topic=TOPIC,
            measure=replace(
                measure_of(ALL),
                name="candidates for priority",
                title="What stands out on several counts",
                unit="tests met",
                polarity="neither",
            ),
            area=area,
            period=period(year.months),
            sentence=(
                f"{listed(leading)} {'meets' if len(leading) == 1 else 'meet'} "
                f"{TIMES[most]} four tests: many offences, much harm, a rate above all "
                f"boroughs’ and a rise beyond chance."
            ),
            value=float(most),
            interval=None,
            verdict="level only",
            method=cite("change"),
            releases=year.releases,
            caveats=(
                caveat("recorded-not-happened"),
                caveat("under-reported"),
                "The tests inform a choice and do not make it: what residents say, "
                "what is hidden, and what the partnership can do count as well.",
            ),
            definition="Four tests, each yes or no, counted alike.",
            table=table,
        )
    ]


def _above(year: Year, area: Area, category: str) -> bool | None:
    if year.residents is None:
        return None
    people = year.residents.counts
    found = rows_of(crime_rate(year.offences[category], people))
    everywhere = float(year.offences[category].sum() / people.sum() * 1000)
    return bool(found[area.code]["lower"] > everywhere)


def _harm_shares(evidence: Evidence, area: Area, last: pd.Period) -> dict[str, float]:
    """Each major category's share of the borough's harm; empty without weights."""
    weights = weights_by_minor(evidence)
    counted = evidence.crime_in_year("borough", last)
    mine = counted[counted["area_code"] == area.code]
    harm = mine["offences"].astype(float) * mine["minor"].map(weights).astype(float)
    total = float(harm.sum())
    if not total:
        return {}
    shares = harm.groupby(mine["major"]).sum() / total
    return {str(name): float(share) for name, share in shares.items()}
