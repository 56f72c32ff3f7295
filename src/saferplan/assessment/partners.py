"""What partners return: fires, admissions, calls. Each partner's categories apart."""

from dataclasses import dataclass

import pandas as pd
from ibis import _

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Finding, Measure, Table
from saferplan.assessment.places import lsoas_of
from saferplan.assessment.protection import (
    LARGEST_HIDDEN,
    SUPPRESSED,
    protect_table,
)
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.rows import rows_of
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
from saferplan.sources.publishers import publisher_name

TOPIC = "what partners return"
INCIDENTS = "incidents"


@dataclass(frozen=True)
class Returned:
    """
    One category of one partner, in the borough.

    monthly  incidents in each month of a return; those the partner hid count nothing
    hidden   how many counts of the two years compared the partner hid
    """

    partner: str
    category: str
    monthly: "pd.Series[float]"
    hidden: int
    spans: Spans


def partners(evidence: Evidence, area: Area) -> Said:
    """Each category that a partner places in the borough: this year against last."""
    if not evidence.has("partner_incident"):
        return []
    here = _placed_in(evidence, area)
    return [
        _finding(evidence, area, _returned(evidence, str(partner), str(category), rows))
        for (partner, category), rows in here.groupby(["publisher", "category"])
    ]


def _placed_in(evidence: Evidence, area: Area) -> pd.DataFrame:
    """
    Counts by partner, category, month and area, of areas that lie in the borough.

    A return by postcode district alone is in no borough's figures: districts cross
    the borders.
    """
    table = evidence.table("partner_incident")
    found = evidence.ask(
        "partners",
        lambda: (
            table.group_by("publisher", "category", "month", "area_code")
            .agg(count=_["count"].sum(), hidden=_["count"].isnull().sum())
            .order_by("publisher", "category", "month", "area_code")
        ),
    )
    codes = {area.code, *evidence.children("ward", area.code)}
    for vintage in (2011, 2021):
        codes |= set(lsoas_of(evidence, "borough", [area.code], vintage)["lsoa"])
    return found[found["area_code"].isin(codes)]


def _returned(
    evidence: Evidence, partner: str, category: str, rows: pd.DataFrame
) -> Returned:
    held = evidence.slices("partner_incident")
    # A return has every category: one that it does not list in a month had none.
    sent = held.loc[held["publisher"] == partner, "month"]
    months = pd.PeriodIndex(pd.to_datetime(sent), freq="M")
    by_month = rows.groupby("month")[["count", "hidden"]].sum()
    by_month.index = pd.PeriodIndex(pd.to_datetime(by_month.index), freq="M")
    monthly = in_every_month(by_month["count"].astype(float), months)
    spans = rolling_year(monthly.index[-1])
    compared = spans.before.union(spans.after)
    hidden = by_month["hidden"].reindex(compared).sum()
    return Returned(partner, category, monthly, int(hidden), spans)


def _finding(evidence: Evidence, area: Area, each: Returned) -> Finding:
    spans, monthly = each.spans, each.monthly
    name, what = in_words(each.partner), f"{each.category} in {area.name}"
    found = rows_of(change_between(monthly.to_frame(each.category), spans))
    row = found[each.category]
    small = any(
        0 < (known(row[at]) or 0) <= LARGEST_HIDDEN for at in ("before", "after")
    )
    is_told = not each.hidden and not small
    lower, upper = count_limits(pd.Series([row["after"]]))
    table = table_of(what, INCIDENTS, monthly, spans, sensitive=True)
    return Finding(
        head="levels",
        topic=TOPIC,
        measure=Measure(
            f"partner: {each.partner}: {each.category.lower()}",
            f"{each.category} ({name})",
            INCIDENTS,
            "neither",
        ),
        area=area,
        period=period(spans.after),
        sentence=_sentence(each, row, name, small=small),
        value=known(row["after"]) if is_told else None,
        interval=between(float(lower[0]), float(upper[0])) if is_told else None,
        verdict=row["verdict"] if is_told else "level only",
        method=cite("change" if is_told else "counts"),
        releases=evidence.releases(
            "partner_incident", publisher=each.partner, category=each.category
        ),
        comparison=period(spans.before).label if is_told else None,
        change=known(row["change"]) if is_told else None,
        change_interval=between(row["lower"], row["upper"]) if is_told else None,
        caveats=(caveat("partner-attended"), caveat("partner-placed")),
        definition=(
            f"What {name} returned under the Crime and Disorder (Prescribed "
            f"Information) Regulations 2007 with a place inside the borough."
        ),
        table=table,
        charts=(chart_of(what, INCIDENTS, spans),) if _mostly_told(table) else (),
    )


def _mostly_told(table: Table) -> bool:
    """Whether most months have figures once the small ones are hidden."""
    rows = protect_table(table).rows
    told = [row for row in rows if all(cell != SUPPRESSED for cell in row)]
    return 2 * len(told) > len(rows)


def _sentence(each: Returned, row: dict[str, float], name: str, *, small: bool) -> str:
    now, then = (
        f"the year to {month(span[-1])}"
        for span in (each.spans.after, each.spans.before)
    )
    if small:
        return f"{each.category}: too few in {now} or {then} to give a number."
    if each.hidden:
        least = each.monthly.reindex(each.spans.after).sum()
        return (
            f"{each.category}: at least {number(float(least))} in {now}. {name} hid "
            f"{number(each.hidden)} small counts of the two years, so nothing can be "
            f"said of a change."
        )
    return change(each.category, row, now, then, INCIDENTS)


def in_words(partner: str) -> str:
    """
    A partner's name; the store keeps it in small letters and hyphens.

    >>> in_words("example-fire-and-rescue")
    'Example fire and rescue'
    """
    named = publisher_name(partner)
    return partner.replace("-", " ").capitalize() if named == partner else named
