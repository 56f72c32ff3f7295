"""The figures of an indicator, period by period, as a reader may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from django.utils import timezone

from saferplan.web.core.pages import number
from saferplan.web.performance.models import Indicator, Return
from saferplan.web.performance.periods import every, label, last_day, period_of

State = Literal["approved", "waiting", "not reported", "hidden"]
SMALLEST_SHOWN = 5


@dataclass(frozen=True)
class Figure:
    """
    One period. Only an approved figure has a value: an older one never stands in.

    state    "approved"; "waiting" for approval; "not reported", though it is due; or
             "hidden", because so small a count could point to a person
    stands   the return it is from
    earlier  approved returns that a correction took the place of, oldest first
    """

    period: date
    label: str
    state: State
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    stands: Return | None = None
    earlier: tuple[Return, ...] = ()

    @property
    def source(self) -> str:
        """Where an approved figure is from: "drawn", "returned", or "" without one."""
        if self.stands is None or self.value is None:
            return ""
        return "drawn" if self.stands.is_drawn else "returned"

    @property
    def note(self) -> str:
        return self.stands.note if self.stands and self.state == "approved" else ""


def figures_of(
    indicator: Indicator, *, protected: bool, on: date | None = None
) -> list[Figure]:
    """
    Return every figure from the first approved one to the last that is due.

    protected  hide counts of 1 to 4, for readers outside the partnership
    on         as it was at the end of this day; otherwise now
    """
    return history(
        indicator,
        list(indicator.returns.select_related("approved_by", "returned_by")),
        protected=protected,
        on=on,
    )


def history(
    indicator: Indicator,
    returns: Sequence[Return],
    *,
    protected: bool,
    on: date | None = None,
) -> list[Figure]:
    """The same, from all the returns of an indicator, already read."""
    approved = [each for each in returns if was_approved(each, by=on)]
    if not approved:
        return []
    by_period: dict[date, list[Return]] = {}
    for each in sorted(approved, key=lambda one: (one.period, one.number)):
        by_period.setdefault(each.period, []).append(each)
    waiting = {each.period for each in returns if each.state == Return.State.RETURNED}
    # Of a retired one nothing is due any more; what was is history.
    due = (
        []
        if indicator.is_retired
        else due_by(indicator, min(by_period), on or timezone.localdate())
    )
    last = max([*by_period, *due])
    found = [
        figure_of(indicator, period, by_period.get(period, []), period in waiting)
        for period in every(indicator.frequency, min(by_period), last)
    ]
    return (
        [hide_small(each) for each in found]
        if protects(indicator, protected)
        else found
    )


def was_approved(returned: Return, *, by: date | None) -> bool:
    if returned.approved_at is None:
        return False
    return by is None or timezone.localdate(returned.approved_at) <= by


def due_by(indicator: Indicator, first: date, today: date) -> list[date]:
    """The periods whose figure should be there by a day."""
    grace = timedelta(days=indicator.due_after)
    return [
        period
        for period in every(
            indicator.frequency, first, period_of(indicator.frequency, today)
        )
        if last_day(indicator.frequency, period) + grace < today
    ]


def figure_of(
    indicator: Indicator, period: date, approved: Sequence[Return], waiting: bool
) -> Figure:
    called = label(indicator.frequency, period)
    if not approved:
        return Figure(period, called, "waiting" if waiting else "not reported")
    *earlier, stands = approved
    return Figure(
        period=period,
        label=called,
        state="approved" if stands.value is not None else "not reported",
        value=stands.value,
        numerator=stands.numerator,
        denominator=stands.denominator,
        stands=stands,
        earlier=tuple(earlier),
    )


def protects(indicator: Indicator, protected: bool) -> bool:
    return protected and indicator.hides_small


def hide_small(figure: Figure) -> Figure:
    """Without a count that could point to a person, or the rest that shows it."""
    counts = [figure.numerator if figure.denominator else figure.value]
    if figure.numerator is not None and figure.denominator is not None:
        counts.append(figure.denominator - figure.numerator)
    if not any(is_small(count) for count in counts):
        return replace(figure, earlier=())
    return replace(without_counts(figure), earlier=())


def without_counts(figure: Figure) -> Figure:
    return replace(
        figure,
        state="hidden",
        value=None,
        numerator=None,
        denominator=None,
        stands=None,
    )


def is_small(count: float | None) -> bool:
    return count is not None and 0 < count < SMALLEST_SHOWN


def in_words(indicator: Indicator, value: float | None) -> str:
    """A figure with its unit: "812 offences", "62%"."""
    if value is None:
        return "not known"
    said = number(value, indicator.decimals)
    unit = indicator.unit
    return f"{said}{unit}" if unit.startswith("%") else f"{said} {unit}"


def rolled_up(indicator: Indicator, figures: Iterable[Figure]) -> float | None:
    """
    One figure for several periods; none if one is missing, or they do not add up.

    A ratio is added up by its counts: a busy month weighs more than a quiet one.
    """
    several = list(figures)
    if (
        not indicator.adds_up
        or not several
        or any(each.value is None for each in several)
    ):
        return None
    values = [each.value for each in several if each.value is not None]
    match indicator.roll_up:
        case Indicator.RollUp.LAST:
            return values[-1]
        case Indicator.RollUp.MEAN:
            return sum(values) / len(values)
    if not indicator.is_ratio:
        return sum(values)
    over = sum(each.denominator or 0 for each in several)
    counted = sum(each.numerator or 0 for each in several)
    return indicator.per * counted / over if over else None
