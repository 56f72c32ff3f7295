"""The demonstration's indicators, with two years of invented figures each."""

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.performance.evidence import Drawn, draw
from saferplan.web.performance.figures import due_by
from saferplan.web.performance.findings import draw_from_findings
from saferplan.web.performance.groups import NOT_SAID
from saferplan.web.performance.models import Indicator, Return
from saferplan.web.performance.periods import (
    MONTHS,
    every,
    last_day,
    period_of,
    plus_months,
)
from saferplan.web.performance.services.drawing import take_drawn
from saferplan.web.performance.services.grouping import (
    GroupFigure,
    as_data,
    worth_keeping,
)
from saferplan.web.performance.services.keeping import add_indicator
from saferplan.web.performance.services.retiring import retire
from saferplan.web.performance.services.returning import Entry, approve, give
from saferplan.web.plans.models import Action

FILE = Path(__file__).with_name("demonstration.toml")
MONTHS_BACK = 24
CORRECTED = "Homes burgled again within a year"
RETURNERS = {
    "council": Role.ANALYST,
    "police": Role.PARTNER_LEAD,
    "voluntary": Role.VCSE_OFFICER,
}


@dataclass(frozen=True)
class Series:
    """
    Two years of figures to draw by lot.

    level   about which they go up and down: a count, or a share of `out_of`
    spread  how far, as a standard deviation
    out_of  for ratios, about how many each figure is of
    newest  the last ones, if they are not drawn by lot
    moved   what is added to `level` in the second half
    silent  periods at the end that nobody has returned
    shares  by what sets groups apart, and group: its share of all, and how much
            likelier than others it is to be counted
    """

    level: float
    spread: float
    out_of: int = 0
    newest: Sequence[float] = ()
    moved: float = 0
    silent: int = 0
    shares: Mapping[str, Mapping[str, tuple[float, float]]] = field(
        default_factory=dict
    )


@transaction.atomic
def make_performance(partnership: Partnership, say: Callable[[str], None]) -> None:
    """Add the invented indicators and their figures, unless that was done."""
    if partnership.indicators.exists():
        return
    say("Adding indicators")
    people = Person.objects.filter(memberships__partnership=partnership)
    cast = {each.membership.role: each for each in people if each.membership}
    for shown in tomllib.loads(FILE.read_text(encoding="utf-8"))["indicator"]:
        indicator = add(shown, partnership, by=cast[Role.HEAD])
        if "series" in shown:
            returner = cast[RETURNERS[shown["owner"]]]
            bring_in(indicator, Series(**shown["series"]), returner, cast)
            if "retired" in shown:
                newest = indicator.returns.all()[0].period
                ended = last_day(indicator.frequency, newest)
                retire(indicator, on=ended, why=shown["retired"], by=cast[Role.HEAD])
        else:
            take_from_store(indicator, cast)
    correct(partnership.indicators.get(title=CORRECTED), cast)


def add(shown: dict[str, Any], partnership: Partnership, *, by: Person) -> Indicator:
    owners = {each.kind: each for each in partnership.organisations.order_by("-pk")}
    source, where = Indicator.Source.RETURN, {}
    if "finding" in shown:
        source, where = Indicator.Source.FINDING, {"finding": shown["finding"]}
    if "evidence" in shown:
        source = Indicator.Source.EVIDENCE
        where = {**shown["evidence"], "area": partnership.area_code}
    found = Action.objects.standing().filter(plan__partnership=partnership).with_all()
    return add_indicator(
        partnership,
        public=True,
        by=by,
        owner=owners[shown["owner"]],
        actions=[each for each in found if each.name in shown["measures"]],
        source=source,
        evidence=where,
        **shown["words"],
    )


def take_from_store(indicator: Indicator, cast: dict[str, Person]) -> None:
    """The last two years of what the demonstration's evidence or findings say."""
    of_findings = indicator.source == Indicator.Source.FINDING
    drawn: Sequence[Drawn] = (
        draw_from_findings(indicator) if of_findings else draw(indicator)
    )[-MONTHS_BACK:]
    take_drawn(indicator, drawn, by=cast[Role.ANALYST])
    for returned in indicator.returns.all():
        approve(returned, by=cast[Role.HEAD])


def bring_in(
    indicator: Indicator, series: Series, returner: Person, cast: dict[str, Person]
) -> None:
    """Two years of figures as if each had been returned and approved in its time."""
    due = periods_due(indicator)
    entries = entries_of(indicator, series, due)[: len(due) - series.silent]
    Return.objects.bulk_create(
        Return(
            indicator=indicator,
            period=entry.period,
            number=1,
            numerator=entry.numerator,
            denominator=entry.denominator,
            value=indicator.per * entry.numerator / entry.denominator
            if entry.numerator is not None and entry.denominator
            else entry.value,
            groups=as_data(worth_keeping(indicator, entry.groups)),
            state=Return.State.APPROVED,
            made_by=returner,
            made_at=days_after(indicator, entry.period, 9),
            returned_by=returner,
            returned_at=days_after(indicator, entry.period, 9),
            approved_by=cast[Role.HEAD],
            approved_at=days_after(indicator, entry.period, 16),
        )
        for entry in entries
    )


def periods_due(indicator: Indicator) -> list[date]:
    today = timezone.localdate()
    first = period_of(indicator.frequency, plus_months(today.replace(day=1), -36))
    last = due_by(indicator, first, today)[-1]
    back = MONTHS_BACK - MONTHS[indicator.frequency]
    return list(every(indicator.frequency, plus_months(last, -back), last))


def entries_of(
    indicator: Indicator, series: Series, periods: Sequence[date]
) -> list[Entry]:
    # The title as seed: the same figures each time, other ones for each indicator.
    lots = Random(indicator.title)
    half = len(periods) / 2
    levels = [
        lots.gauss(series.level + (series.moved if at >= half else 0), series.spread)
        for at in range(len(periods))
    ]
    if series.newest:
        levels[-len(series.newest) :] = series.newest
    return [
        apart(entry_of(indicator, series, period, level, lots), series, lots)
        for period, level in zip(periods, levels, strict=True)
    ]


def apart(entry: Entry, series: Series, lots: Random) -> Entry:
    """The same with each person in a group by lot; some say to which they belong."""
    people = int(entry.denominator or entry.value or 0)
    counted = people if entry.numerator is None else int(entry.numerator)
    found = []
    for by, shares in series.shares.items():
        weights = [share for share, _likelier in shares.values()]
        names = [*shares, NOT_SAID]
        drawn = lots.choices(names, [*weights, max(1 - sum(weights), 0)], k=people)
        likelier = {name: shares[name][1] for name in shares} | {NOT_SAID: 1}
        # The order of a lottery in which some have more tickets than others.
        drawn.sort(key=lambda name: -(lots.random() ** (1 / likelier[name])))
        many, out_of = Counter(drawn[:counted]), Counter(drawn)
        found += [
            GroupFigure(by, name, value=many[name])
            if entry.numerator is None
            else GroupFigure(by, name, many[name], out_of[name])
            for name in shares
        ]
    return replace(entry, groups=tuple(found))


def entry_of(
    indicator: Indicator, series: Series, period: date, level: float, lots: Random
) -> Entry:
    if indicator.is_ratio:
        out_of = round(lots.gauss(series.out_of, series.out_of / 15))
        return Entry(period, round(out_of * min(max(level, 0), 1)), out_of)
    return Entry(period, value=round(max(level, 0), indicator.decimals))


def days_after(indicator: Indicator, period: date, days: int) -> datetime:
    day = last_day(indicator.frequency, period) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(10)))


def correct(indicator: Indicator, cast: dict[str, Person]) -> None:
    """A figure that was wrong and is right, and one that waits for approval."""
    by = cast[Role.PARTNER_LEAD]
    stands = indicator.returns.all()[5]
    right = Entry(
        stands.period,
        (stands.numerator or 0) - 4,
        stands.denominator,
        note="Four homes were flats of one house, and counted five times.",
    )
    approve(give(indicator, right, by=by), by=cast[Role.HEAD])
    newest = indicator.returns.all()[0]
    next_one = plus_months(newest.period, 1)
    if last_day(indicator.frequency, next_one) < timezone.localdate():
        give(indicator, Entry(next_one, 27, 302), by=by)
