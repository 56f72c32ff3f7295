"""How long justice takes, and how much of it is waiting."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.rates import same_areas
from saferplan.methods.spans import as_month

YEAR = 365
TEN_YEARS = 3_652
LEAST_CASES = 30
MONTHS_IN_QUARTER = 3


@dataclass(frozen=True)
class Timeliness:
    """
    Days from one step to another over completed cases.

    cases           counted; over_ten_years are left out of all the rest
    mean, median    the mean is pulled up by a few very long cases: read the median
    quartiles       a quarter of cases took no longer than the first, three quarters
                    no longer than the second
    longest_tenth   one case in ten took at least this long
    over_a_year     share of cases, 0 to 1
    caution         "" or why not to lean on it
    """

    cases: int
    over_ten_years: int
    mean: float
    median: float
    quartiles: tuple[float, float]
    longest_tenth: float
    over_a_year: float
    caution: str


def timeliness(days: pd.Series) -> Timeliness:
    """
    Summarise how long completed cases took, as a distribution and not a mean alone.

    days  one whole number per case, offence to completion or between any two steps

    Cases over ten years, mostly historic offences, are counted apart as the Ministry
    of Justice does. Raises MethodError for a negative wait, or no case at all.

    Only completed cases have a length: while a backlog grows, the longest are still
    waiting and are not in here.

    >>> found = timeliness(pd.Series([20, 40, 60, 80, 100, 738]))
    >>> found.mean, found.median
    (173.0, 70.0)
    """
    waits = days.dropna().astype(float)
    if (waits < 0).any():
        raise MethodError(
            "A case cannot end before it began. Check the order of the two dates."
        )
    counted = waits[waits <= TEN_YEARS]
    if counted.empty:
        raise MethodError("There are no completed cases to summarise.")
    first, median, third, ninth = counted.quantile([0.25, 0.5, 0.75, 0.9])
    return Timeliness(
        cases=len(counted),
        over_ten_years=len(waits) - len(counted),
        mean=float(counted.mean()),
        median=float(median),
        quartiles=(float(first), float(third)),
        longest_tenth=float(ninth),
        over_a_year=float((counted > YEAR).mean()),
        caution=""
        if len(counted) >= LEAST_CASES
        else f"Fewer than {LEAST_CASES} cases: one long case moves every figure.",
    )


def backlog(
    receipts: pd.Series,
    disposals: pd.Series,
    open_cases: pd.Series,
    *,
    months: int = MONTHS_IN_QUARTER,
) -> pd.DataFrame:
    """
    Return the work waiting and whether the court keeps up, for each period.

    receipts, disposals  cases that came in and were finished in the period
    open_cases           cases waiting at its end; all have the same index, one row per
                         period (a day in its last month), in order
    months               months in a period: 3 for quarters

    Columns `receipts`, `disposals`, `open`, `clearance` (disposals / receipts: under 1
    the backlog grows), `months_to_clear` (open cases at this period's pace, if nothing
    more came in), `change_on_year` (share of the open cases a year before; missing
    without that period) and `unexplained` (open cases that receipts less disposals do
    not account for: transfers and corrections).

    Raises MethodError if the indexes differ, a count is negative, or a period is none,
    stands twice or has no months.

    Months to clear is a measure of size, not a forecast.

    >>> quarters = pd.to_datetime(["2025-09-30", "2025-12-31"])
    >>> receipts = pd.Series([300, 400], index=quarters)
    >>> disposals = pd.Series([300, 300], index=quarters)
    >>> open_cases = pd.Series([1_000, 1_100], index=quarters)
    >>> table = backlog(receipts, disposals, open_cases)
    >>> table["clearance"].tolist(), table["months_to_clear"].tolist()
    ([1.0, 0.75], [10.0, 11.0])
    """
    same_areas("receipts", receipts, "disposals", disposals)
    same_areas("receipts", receipts, "open cases", open_cases)
    table = pd.DataFrame(
        {"receipts": receipts, "disposals": disposals, "open": open_cases}
    ).astype(float)
    if (table < 0).any(axis=None):
        raise MethodError("A number of cases cannot be negative.")
    if months < 1:
        raise MethodError("A period has a month or more: 3 for a quarter.")
    table = table.sort_index()
    done = table["disposals"].where(table["disposals"] > 0)
    came = table["receipts"].where(table["receipts"] > 0)
    period = pd.PeriodIndex([as_month(each) for each in table.index], freq="M")
    if period.has_duplicates:
        raise MethodError(
            f"{period[period.duplicated()][0]} stands twice. Keep one row per period."
        )
    by_period = pd.Series(table["open"].to_numpy(), index=period)
    last_year = by_period.reindex(period - 12).to_numpy()
    just_before = by_period.reindex(period - months).to_numpy()
    table["clearance"] = done / came
    table["months_to_clear"] = table["open"] / (done / months)
    with np.errstate(divide="ignore", invalid="ignore"):
        table["change_on_year"] = np.where(
            last_year > 0, table["open"] / last_year - 1, np.nan
        )
    table["unexplained"] = (
        table["open"] - just_before - table["receipts"] + table["disposals"]
    )
    return table
