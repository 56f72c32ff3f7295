"""Where a target stands by plain arithmetic: what is left, and what was seen before."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.spans import as_month, by_month

Better = Literal["down", "up"]


@dataclass(frozen=True)
class Standing:
    """
    seen              offences so far in the target's period
    months_seen       of it
    months_left       of it
    needed_each_month on average over the months left, to arrive at the target exactly;
                      missing if none is left
    usual_each_month  in the same months of the newest year known; missing if any is
    change_needed     of the one on the other, as a share: -0.1 is a tenth fewer
    state             "met", "missed", "out of reach", "sure" or "open"
    """

    seen: float
    months_seen: int
    months_left: int
    needed_each_month: float
    usual_each_month: float
    change_needed: float
    state: str


@dataclass(frozen=True)
class Runs:
    """
    What history has seen: twelve months in a row, and changes over a number of years.

    best          the best twelve-month total, and the month it ended in
    best_change   the best change over `over` years, as a share, and the month its later
                  year ended in; missing if history is too short
    newest        the newest twelve-month total
    reached       whether any twelve-month total met the target
    """

    best: float
    best_ended: str
    best_change: float
    best_change_ended: str
    over: int
    newest: float
    reached: bool


def standing(
    monthly: pd.Series,
    target: float,
    *,
    ends: str | pd.Period,
    months: int = 12,
    better: Better = "down",
) -> Standing:
    """
    Return what is left to do for a target, and the monthly count that now needs.

    monthly  offences a month, by month
    target   offences in the period: at most so many (better "down") or at least ("up")
    ends     the last month of the period
    months   how long the period is

    Raises MethodError if a month of the period up to the newest one is not known: a gap
    would pass for a fall.

    The months left are compared with the same months of the newest year, so that the
    season does not mislead.

    >>> months = pd.period_range("2024-04", "2025-12", freq="M")
    >>> monthly = pd.Series([100] * 12 + [95] * 9, index=months)
    >>> now = standing(monthly, 1_080, ends="2026-03")
    >>> now.seen, now.months_left, now.needed_each_month, now.usual_each_month
    (855.0, 3, 75.0, 100.0)
    """
    check_better(better)
    if months < 1:
        raise MethodError("A target's period is a month or longer.")
    counts = by_month(monthly.to_frame("count"))["count"].astype(float).dropna()
    if counts.empty:
        raise MethodError("No month is known, so nothing can be said of a target.")
    period = pd.period_range(end=as_month(ends), periods=months, freq="M")
    past, left = period[period <= counts.index[-1]], period[period > counts.index[-1]]
    seen = counts.reindex(past)
    if seen.isna().any():
        raise MethodError(
            f"{seen.index[seen.isna()][0]} is part of the target's period and its "
            f"count is not known. Load it first: a gap is not a fall."
        )
    so_far = float(seen.sum())
    needed = (target - so_far) / len(left) if len(left) else float("nan")
    usual = float(counts.reindex(year_known(left, counts.index[-1])).mean(skipna=False))
    return Standing(
        seen=so_far,
        months_seen=len(past),
        months_left=len(left),
        needed_each_month=needed,
        usual_each_month=usual,
        change_needed=needed / usual - 1 if usual > 0 else float("nan"),
        state=state_of(so_far, target, months_left=len(left), better=better),
    )


def state_of(seen: float, target: float, *, months_left: int, better: Better) -> str:
    """Say whether the target is decided already; counts can only grow."""
    within = seen <= target
    if months_left == 0:
        return "met" if within == (better == "down") or seen == target else "missed"
    if better == "down":
        return "open" if within else "out of reach"
    return "sure" if seen >= target else "open"


def year_known(left: pd.PeriodIndex, newest: pd.Period) -> pd.PeriodIndex:
    """For each month left, the same month of the newest year that is known."""
    years = [-(-(month - newest).n // 12) for month in left]
    return pd.PeriodIndex(
        [month - 12 * back for month, back in zip(left, years, strict=True)], freq="M"
    )


def best_runs(
    monthly: pd.Series, target: float, *, over: int = 1, better: Better = "down"
) -> Runs:
    """
    Return the best twelve months and the best change that history has seen.

    over    years from the baseline to the target, so that like is set beside like
    target  offences in twelve months

    Runs with a month missing are left out. Raises MethodError if no twelve months in a
    row are known.

    That something never happened does not mean it cannot; it means that a plan for it
    should say what will be done that never was.

    >>> months = pd.period_range("2023-01", periods=36, freq="M")
    >>> monthly = pd.Series([100] * 12 + [90] * 12 + [95] * 12, index=months)
    >>> runs = best_runs(monthly, 1_000)
    >>> runs.best, runs.best_ended, round(runs.best_change, 2), runs.reached
    (1080.0, '2024-12', -0.1, False)
    """
    check_better(better)
    counts = by_month(monthly.to_frame("count"))["count"].astype(float)
    if not counts.empty:
        whole = pd.period_range(counts.index[0], counts.index[-1], freq="M")
        counts = counts.reindex(whole)
    totals = counts.rolling(12).sum()
    known = totals.dropna()
    if known.empty:
        raise MethodError("No twelve months in a row are known. Load a whole year.")
    sign = 1 if better == "down" else -1
    before = totals.shift(12 * over)
    change = (totals / before.where(before > 0) - 1).dropna()
    best = int((sign * known).argmin())
    best_change = int((sign * change).argmin()) if len(change) else None
    return Runs(
        best=float(known.iloc[best]),
        best_ended=str(known.index[best]),
        best_change=float("nan" if best_change is None else change.iloc[best_change]),
        best_change_ended="" if best_change is None else str(change.index[best_change]),
        over=over,
        newest=float(known.iloc[-1]),
        reached=bool((sign * known <= sign * target).any()),
    )


def check_better(better: str) -> None:
    if better not in ("down", "up"):
        raise MethodError(f"Better is down or up, and not {better!r}.")
