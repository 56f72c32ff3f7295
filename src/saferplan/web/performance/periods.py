"""Months, quarters and financial years, each known by its first day."""

from collections.abc import Iterator
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "year": 12}
APRIL = 4


def period_of(frequency: str, on: date) -> date:
    """
    Return the first day of the period that a day is in; years are financial.

    >>> period_of("quarter", date(2026, 11, 22)), period_of("year", date(2026, 3, 1))
    (datetime.date(2026, 10, 1), datetime.date(2025, 4, 1))
    """
    back = (on.month - APRIL) % MONTHS[frequency]
    return plus_months(on.replace(day=1), -back)


def after(frequency: str, period: date) -> date:
    return plus_months(period, MONTHS[frequency])


def last_day(frequency: str, period: date) -> date:
    return after(frequency, period) - timedelta(days=1)


def label(frequency: str, period: date) -> str:
    """
    Say which period it is.

    >>> label("quarter", date(2026, 4, 1)), label("year", date(2025, 4, 1))
    ('April to June 2026', 'April 2025 to March 2026')
    """
    ends = last_day(frequency, period)
    if frequency == "month":
        return f"{period:%B %Y}"
    if ends.year == period.year:
        return f"{period:%B} to {ends:%B %Y}"
    return f"{period:%B %Y} to {ends:%B %Y}"


def every(frequency: str, first: date, last: date) -> Iterator[date]:
    """Each period from `first` to `last`, both included."""
    while first <= last:
        yield first
        first = after(frequency, first)


def within(frequency: str, begins: date, ends: date) -> list[date]:
    """The periods that end in a span of days, its last day included."""
    return [
        each
        for each in every(frequency, period_of(frequency, begins), ends)
        if begins <= last_day(frequency, each) <= ends
    ]


def plus_months(first: date, months: int) -> date:
    at = first.year * 12 + first.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)
