"""Monthly counts made ready to forecast: months by columns, whole, known where said."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.forecast_rules import LEAST_MONTHS
from saferplan.methods.intervals import Numbers
from saferplan.methods.spans import by_month

FARTHEST = 24  # months ahead


@dataclass(frozen=True)
class Panel:
    """
    counts  months by columns, in order of time; NaN where a month is not known
    months  of the rows, without a gap
    names   of the columns
    """

    counts: Numbers
    months: pd.PeriodIndex
    names: pd.Index


def panel(monthly: pd.Series | pd.DataFrame) -> Panel:
    """
    Return the counts by month and column, a missing month as NaN and never as zero.

    Raises MethodError if a count is negative or no whole number, a column has fewer
    than 24 known months, or its last month is not known.
    """
    wide = monthly.to_frame() if isinstance(monthly, pd.Series) else monthly
    table = by_month(wide).astype(float).dropna(how="all")
    if table.empty or table.shape[1] == 0:
        raise MethodError(
            f"No month is known. A forecast needs {LEAST_MONTHS} months or more."
        )
    if (table < 0).any().any() or (table % 1 > 0).any().any():
        raise MethodError(
            "Counts are whole numbers from 0. A forecast is of counts: make rates of "
            "it afterwards."
        )
    first, last = table.index[0], table.index[-1]
    whole = table.reindex(pd.period_range(first, last, freq="M"))
    known = whole.notna().sum()
    short = known[known < LEAST_MONTHS]
    if len(short):
        raise MethodError(
            f"{short.index[0]} has {int(short.iloc[0])} known months; "
            f"{LEAST_MONTHS} are needed to tell level and season apart. Load more."
        )
    ended = whole.columns[whole.iloc[-1].isna()]
    if len(ended):
        raise MethodError(
            f"{ended[0]} is not known in {last}, the last month of the others. Load "
            f"that month, or leave it out for all."
        )
    if len(whole) < LEAST_MONTHS or whole.iloc[-LEAST_MONTHS:].notna().sum().min() < 12:
        raise MethodError(
            f"Fewer than 12 of the last {LEAST_MONTHS} months are known. Load them: "
            f"older ones say little of today."
        )
    return Panel(whole.to_numpy(), pd.PeriodIndex(whole.index), whole.columns)


def check_ahead(ahead: int) -> None:
    if not 1 <= ahead <= FARTHEST:
        raise MethodError(
            f"A forecast is for 1 to {FARTHEST} months ahead, not {ahead}."
        )


def quiet(counts: Numbers) -> list[int]:
    """Columns in which nothing at all was recorded in the last two years."""
    recent = np.nan_to_num(counts[-LEAST_MONTHS:])
    return np.flatnonzero(recent.sum(axis=0) == 0).tolist()
