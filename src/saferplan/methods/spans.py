"""
Which months are compared with which.

Every comparison sets a run of months against the same months a year before, so that
the season cannot pass for a change.
"""

from dataclasses import dataclass

import pandas as pd

from saferplan.errors import MethodError

APRIL = 4
# How text that names a day begins; pandas also takes "2026" and "-5" for one.
DAY = r"\d{4}-?\d{2}-?\d{2}"


@dataclass(frozen=True)
class Spans:
    """Two runs of months: the later one, and the same months one year before."""

    before: pd.PeriodIndex
    after: pd.PeriodIndex


def rolling_year(last_month: str | pd.Timestamp | pd.Period) -> Spans:
    """
    Return the twelve months to `last_month` and the twelve before them.

    >>> spans = rolling_year("2026-02")
    >>> str(spans.before[0]), str(spans.after[0]), str(spans.after[-1])
    ('2024-03', '2025-03', '2026-02')
    """
    return against_year_before(as_month(last_month), months=12)


def financial_year(last_month: str | pd.Timestamp | pd.Period) -> Spans:
    """
    Return the last whole financial year, April to March, and the one before it.

    last_month  the newest month with data; the year ends in it or earlier

    >>> spans = financial_year("2026-02")
    >>> str(spans.after[0]), str(spans.after[-1])
    ('2024-04', '2025-03')
    """
    month = as_month(last_month)
    since_march = (month.month - 3) % 12
    return against_year_before(month - since_march, months=12)


def year_to_date(
    last_month: str | pd.Timestamp | pd.Period, *, first_month: int = APRIL
) -> Spans:
    """
    Return the year so far, to `last_month`, and the same months of last year.

    first_month  the month the year starts: 4 for financial, 1 for calendar years

    >>> spans = year_to_date("2025-06")
    >>> len(spans.after), str(spans.before[0]), str(spans.before[-1])
    (3, '2024-04', '2024-06')
    """
    if not 1 <= first_month <= 12:
        raise MethodError(f"A year starts in month 1 to 12, not {first_month}.")
    month = as_month(last_month)
    return against_year_before(month, months=(month.month - first_month) % 12 + 1)


def against_year_before(last_month: pd.Period, *, months: int) -> Spans:
    after = pd.period_range(end=last_month, periods=months, freq="M")
    return Spans(before=pd.PeriodIndex(after - 12), after=after)


def as_month(value: str | pd.Timestamp | pd.Period) -> pd.Period:
    """Return a month: from "2026-02", any day of it, or a month already."""
    try:
        month = pd.Period(value, freq="M")
        # pandas takes no text at all, and "nan", for a time that is missing.
        if str(month) != "NaT":
            return month
    except ValueError:
        pass
    raise MethodError(f"{value!r} is not a month. Write it as year and month: 2026-02.")


def by_month(counts: pd.DataFrame) -> pd.DataFrame:
    """
    Return a table with its index turned into months, in order.

    counts  one row per month: any day of it, text such as "2026-02", or a month

    Raises MethodError if a month comes twice: two publications must not be added.
    """
    index = counts.index
    months = (
        index.asfreq("M")
        if isinstance(index, pd.PeriodIndex)
        else pd.DatetimeIndex(pd.to_datetime(index)).to_period("M")
    )
    twice = months[months.duplicated()].unique()
    if len(twice):
        raise MethodError(
            f"{twice[0]} comes more than once. Give one row per month: take the "
            f"newest publication of it, or add up its parts first."
        )
    return counts.set_axis(months, axis="index").sort_index()
