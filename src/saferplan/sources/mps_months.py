"""
Months that are not what they seem in tables of recorded crime.

A table of "the last 24 months" sometimes carries a 25th, the first, which holds only
what was left behind when the month moved to the historical table: 40 offences where
London has 73,000. Read as a count it would be a fall of 99.9 per cent.
"""

from calendar import monthrange
from datetime import date

import polars as pl

# A stub is under a twentieth of what a month of the same table usually has. The
# quietest real month, April 2020, had two thirds of it.
STUB_SHARE = 0.05
# A month stands out when this share of its offences has no borough, and it is this
# many times the usual share (March 2020: 19 per cent; usually under 2).
SURGE_SHARE = 0.05
SURGE_TIMES = 3
RECENT_MONTHS = 24


def stub_months(totals: dict[str, int]) -> list[str]:
    """
    Return the months that are stubs, by each month's total over the whole table.

    >>> stub_months({"202402": 40, "202403": 73_223, "202404": 71_532})
    ['202402']
    >>> stub_months({"202403": 73_223})
    []
    """
    usual = pl.Series(list(totals.values()), dtype=pl.Float64).median()
    if not isinstance(usual, float) or len(totals) < 3:
        return []
    return [month for month, total in totals.items() if total < usual * STUB_SHARE]


def month_ends(month: str) -> date:
    """
    Return the last day of a month such as "202402".

    >>> month_ends("202402")
    datetime.date(2024, 2, 29)
    """
    year, number = int(month[:4]), int(month[4:])
    return date(year, number, monthrange(year, number)[1])


def published_on(months: list[str], *, is_reissued: bool) -> date:
    """
    Return the day to which a table's figures stand.

    is_reissued  a historical table that comes out again with every monthly one. It ends
                 where that one begins, 24 months before the newest month, so that is
                 the day its figures were drawn

    >>> published_on(["202403", "202602"], is_reissued=False)
    datetime.date(2026, 2, 28)
    >>> published_on(["201004", "202402"], is_reissued=True)
    datetime.date(2026, 2, 28)
    """
    last = max(months)
    if is_reissued:
        years = RECENT_MONTHS // 12
        last = f"{int(last[:4]) + years}{last[4:]}"
    return month_ends(last)


def surges(every: dict[str, int], unknown: dict[str, int]) -> list[str]:
    """
    Return the months in which unusually many offences have no borough, in order.

    every, unknown  offences by month: all of them, and those of no known borough

    >>> every = dict.fromkeys(["202001", "202002", "202003"], 1_000)
    >>> surges(every, {"202001": 15, "202002": 16, "202003": 190})
    ['202003']
    """
    shares = {m: unknown.get(m, 0) / total for m, total in every.items() if total}
    usual = pl.Series(list(shares.values()), dtype=pl.Float64).median()
    if not isinstance(usual, float):
        return []
    least = max(SURGE_SHARE, usual * SURGE_TIMES)
    return sorted(month for month, share in shares.items() if share > least)
