"""The five years the invented publications cover, and how publishers write a month."""

from datetime import date, timedelta

FIRST = date(2021, 4, 1)
HOW_MANY = 60


def months_from(first: date, how_many: int) -> list[date]:
    """
    Return the first days of this many months in a row.

    >>> months_from(date(2025, 12, 1), 2)
    [datetime.date(2025, 12, 1), datetime.date(2026, 1, 1)]
    """
    start = first.year * 12 + first.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(start, start + how_many)]


MONTHS = months_from(FIRST, HOW_MANY)
QUARTER_ENDS = [
    months_from(month, 2)[1] - timedelta(days=1) for month in MONTHS[2::3]
]  # 30 June 2021 to 31 March 2026


def place_of(month: date) -> int:
    """Return where a month stands in MONTHS."""
    return MONTHS.index(month)


def compact(month: date) -> str:
    """
    Write a month as the Metropolitan Police heads its columns.

    >>> compact(date(2024, 3, 1))
    '202403'
    """
    return f"{month:%Y%m}"


def last_day(month: date) -> date:
    """Return the last day of a month."""
    return months_from(month, 2)[1] - timedelta(days=1)
