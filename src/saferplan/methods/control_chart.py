"""
Control charts of single values (XmR), by the NHS rules of "Making data count".

A chart asks of each month whether it is more than the ordinary ups and downs of its own
series. It is worked out for all series of a page at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.control_rules import (
    SIGNALS,
    Limits,
    signal_codes,
    single_value_limits,
)
from saferplan.methods.intervals import Numbers
from saferplan.methods.spans import as_month, by_month

ENOUGH_POINTS = 13  # the NHS calls limits from fewer provisional
LEAST_FIXED = 12
SMALL_COUNT = 5  # below about this mean, counts are too lopsided for these limits

Improvement = Literal["up", "down", "neutral"]
DIRECTIONS: dict[str, int] = {"up": 1, "down": -1, "neutral": 0}


@dataclass(frozen=True)
class Rebase:
    """
    A recorded decision to work out new limits from a month on.

    Limits are never redrawn by rule: a chart that adapts by itself hides the change it
    was drawn to show. Somebody decides, because something known happened.
    """

    first_month: str
    reason: str
    decided_by: str

    def __post_init__(self) -> None:
        if not (self.reason.strip() and self.decided_by.strip()):
            raise MethodError(
                f"New limits from {self.first_month} need a reason and the name of who "
                f"decided on them. Without both, keep the old limits."
            )


@dataclass(frozen=True)
class ControlChart:
    """
    Every series with its limits and signals; six tables of one shape, and a summary.

    values              as they were given, with a row for each month between
    mean, lower, upper  the middle and the limits that hold in that month
    signal              "", or the first that applies: "outside", "trend",
                        "two in three", "shift"
    kind                "common cause", "improvement", "concern"; "high" or "low" where
                        neither direction is better; "" for a missing month
    summary             one row per series: `mean`, `lower`, `upper` (now in force),
                        `points` (behind them), `screened` (jumps left out of them),
                        `signal` and `variation` (of the newest month), `assurance`,
                        `caution`
    rebases             the decisions on which limits were redrawn
    """

    values: pd.DataFrame
    mean: pd.DataFrame
    lower: pd.DataFrame
    upper: pd.DataFrame
    signal: pd.DataFrame
    kind: pd.DataFrame
    summary: pd.DataFrame
    rebases: tuple[Rebase, ...]


def control_chart(
    values: pd.DataFrame,
    *,
    improvement: Improvement,
    target: float | pd.Series | None = None,
    rebases: Sequence[Rebase] = (),
    fix_after: int | None = None,
    screen: bool = True,
) -> ControlChart:
    """
    Return a control chart of each series.

    values       one row per month, one column per series: counts, rates or shares, each
                 in its own unit; a month that was not published is absent or missing
    improvement  which way is better: "up", "down" or "neutral"
    target       for assurance: one for all series, or one per column
    rebases      decisions to redraw the limits; they hold for every series given
    fix_after    take the limits from this many points at the start (12 or more) of each
                 stretch, rather than from all of it
    screen       leave jumps of 3.267 mean jumps or more out of the mean jump, once

    A missing month has no signal, breaks every run, and no jump is measured over it. A
    series that never moves has limits at its mean and no signals. With fewer than 13
    points there are limits and a caution, with fewer than 2 no limits.

    Raises MethodError for an unknown direction, under 12 points to fix limits by, a
    rebase in no month of the data, or a value that is infinite.

    A signal is a reason to ask, not an answer: of charts on which nothing happened, one
    in sixty shows a signal in its newest month (see saferplan.methods.false_alarms).
    The limits do not know of seasons. As in the rules themselves, a trend is called
    improvement or concern by the side of the mean it stands on, not by its direction.

    Source: NHS England, Making data count; rules as in the NHS-R community's package
    NHSRplotthedots 0.2.2. Wheeler (2000), Understanding Variation: 2.66 mean jumps.

    >>> months = pd.period_range("2024-01", periods=18, freq="M")
    >>> calls = [1, 2, 1, 2, 10, 1] + [2, 1] * 6
    >>> chart = control_chart(pd.DataFrame({"Calls": calls}, index=months),
    ...                       improvement="down")
    >>> chart.summary[["mean", "lower", "upper"]].round(2).values.tolist()
    [[1.94, -0.72, 4.6]]
    >>> chart.signal["Calls"]["2024-05"], chart.kind["Calls"]["2024-05"]
    ('outside', 'concern')
    """
    table = every_month(values)
    y = table.to_numpy()
    starts = stretches(table.index, rebases)
    direction = check_choices(improvement, fix_after)

    found: list[tuple[Limits, npt.NDArray[np.int8]]] = []
    for start, end in zip(starts, [*starts[1:], len(y)], strict=True):
        limits = single_value_limits(y[start:end], fix_after=fix_after, screen=screen)
        found.append((limits, signal_codes(y[start:end], limits)))
    lengths = np.diff([*starts, len(y)])
    mean, lower, upper = (
        np.repeat([getattr(limits, name) for limits, _codes in found], lengths, axis=0)
        for name in ("mean", "lower", "upper")
    )
    codes = np.concatenate([codes for _limits, codes in found])
    kind = kinds(y, mean, codes, direction)

    def as_table(what: npt.NDArray) -> pd.DataFrame:
        # Saying the type of words spares pandas from looking at each column for it.
        kind_of = object if what.dtype == object else None
        return pd.DataFrame(what, table.index, table.columns, dtype=kind_of)

    now = found[-1][0]
    return ControlChart(
        values=table,
        mean=as_table(mean),
        lower=as_table(lower),
        upper=as_table(upper),
        signal=as_table(SIGNALS[codes]),
        kind=as_table(kind),
        summary=pd.DataFrame(
            {
                "mean": now.mean,
                "lower": now.lower,
                "upper": now.upper,
                "points": now.points,
                "screened": now.screened,
                "signal": SIGNALS[codes[-1]],
                "variation": np.where(kind[-1] == "", "cannot tell", kind[-1]),
                "assurance": assurance(
                    now.lower, now.upper, target, table.columns, direction
                ),
                "caution": cautions(y, now, starts[-1]),
            },
            index=table.columns,
        ),
        rebases=tuple(rebases),
    )


def every_month(values: pd.DataFrame) -> pd.DataFrame:
    """The table in order, as numbers, with a row for each month between its ends."""
    if values.empty:
        raise MethodError("There is nothing to chart. Give at least one month.")
    table = by_month(values).astype(float)
    months = pd.period_range(table.index[0], table.index[-1], freq="M")
    table = table.reindex(months)
    if np.isinf(table.to_numpy()).any():
        raise MethodError(
            "A value is infinite, which no chart can hold. A rate over nobody is "
            "missing, not infinite."
        )
    return table


def stretches(months: pd.Index, rebases: Sequence[Rebase]) -> list[int]:
    """Where each stretch of months with limits of its own begins."""
    starts = {0}
    for decision in rebases:
        month = as_month(decision.first_month)
        if month not in months:
            raise MethodError(
                f"New limits were decided from {month}, but the data run from "
                f"{months[0]} to {months[-1]}. Check the month of the decision."
            )
        starts.add((month - months[0]).n)
    return sorted(starts)


def check_choices(improvement: str, fix_after: int | None) -> int:
    if improvement not in DIRECTIONS:
        raise MethodError(
            f"Improvement is up, down or neutral, and not {improvement!r}."
        )
    if fix_after is not None and fix_after < LEAST_FIXED:
        raise MethodError(
            f"Limits fixed by {fix_after} points would be guesses: fix them by "
            f"{LEAST_FIXED} or more."
        )
    return DIRECTIONS[improvement]


def kinds(
    y: Numbers, mean: Numbers, codes: npt.NDArray[np.int8], direction: int
) -> npt.NDArray[np.object_]:
    """What each month is, in words: the side of the mean decides what is better."""
    words = np.array(
        ["", "common cause", "improvement", "concern", "high", "low"], dtype=object
    )
    if direction:
        better = (y - mean) * direction > 0
        flagged = np.where(better, 2, 3)
    else:
        flagged = np.where(y > mean, 4, 5)
    found = np.where(codes > 0, flagged, 1)
    return words[np.where(np.isnan(y), 0, found)]


def assurance(
    lower: Numbers,
    upper: Numbers,
    target: float | pd.Series | None,
    columns: pd.Index,
    direction: int,
) -> npt.NDArray[np.str_]:
    """
    Say of each series whether its limits leave the target out.

    "passes" and "fails" mean month after month unless something changes; "hit or miss"
    that chance decides; "" that there is no target, or neither direction is better.
    """
    goal = np.full(len(columns), np.nan)
    if isinstance(target, pd.Series):
        if strays := sorted(map(str, target.index.symmetric_difference(columns))):
            raise MethodError(
                f"Targets and series must go by the same names. In one but not the "
                f"other: {', '.join(strays)}."
            )
        goal = target.reindex(columns).to_numpy(dtype=float)
    elif target is not None:
        goal[:] = target
    known = ~np.isnan(goal) & ~np.isnan(lower) & (direction != 0)
    above, below = goal > upper, goal < lower
    passes, fails = (below, above) if direction > 0 else (above, below)
    return np.select(
        [~known, passes, fails], ["", "passes", "fails"], default="hit or miss"
    )


def cautions(y: Numbers, now: Limits, start: int) -> list[str]:
    """The weightiest thing to know about each series, or nothing."""
    missing = np.isnan(y[start:]).sum(axis=0)
    known = np.where(np.isnan(y), 0.0, y)
    counts = (known == np.floor(known)).all(axis=0) & (known >= 0).all(axis=0)
    # A mean that is missing is not small.
    small = counts & (now.mean < SMALL_COUNT)
    return [
        "Fewer than 2 points: there are no limits."
        if points < 2
        else f"Limits from {points} points are provisional: {ENOUGH_POINTS} are wanted."
        if points < ENOUGH_POINTS
        else f"Months missing: {gaps}. Runs cannot be seen across them."
        if gaps
        else "Counts this small need a chart of counts (see control_counts)."
        if few
        else ""
        for points, gaps, few in zip(now.points, missing, small, strict=True)
    ]
