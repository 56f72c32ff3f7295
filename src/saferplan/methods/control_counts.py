"""
Control charts of counts, where the months differ by chance as rare events do.

A c-chart for counts, a u-chart for rates whose base changes, and Laney's u'-chart where
counts vary more than chance, as recorded crime does. For small counts the limits may be
exact, because the usual ones reach below nothing.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import ndtr

from saferplan.errors import MethodError
from saferplan.methods.count_chances import count_at
from saferplan.methods.intervals import Numbers
from saferplan.methods.spans import by_month

LimitsOf = Literal["three sigma", "exact", "laney"]

JUMP = 1.128  # d2: the mean jump between two independent normal values
BEYOND = float(ndtr(-3))  # the chance beyond one limit of three sigma
ENOUGH_MEAN = 9  # below it, three sigma reach below nothing
ENOUGH_MONTHS = 20


@dataclass(frozen=True)
class CountChart:
    """
    centre      events per unit of exposure, over all months
    variation   how much more the months vary than chance alone would make them, in
                standard deviations: 1 is chance alone (Laney's sigma of z)
    months      one row per month: `value`, `lower`, `upper` (per unit of exposure),
                `signal` ("high", "low" or "")
    cautions    in words
    """

    centre: float
    variation: float
    months: pd.DataFrame
    cautions: tuple[str, ...]


def count_chart(
    counts: pd.Series,
    *,
    exposure: pd.Series | None = None,
    limits: LimitsOf = "three sigma",
) -> CountChart:
    """
    Return a control chart of counts (a c-chart), or of rates (a u-chart).

    counts    events, by month: whole numbers; one not published is absent or missing
    exposure  what they are out of (residents, days, calls), same index; none for counts
    limits    "three sigma": three standard deviations of chance either way, not below
              nothing; "exact": as often beyond as three sigma would be, for small
              counts; "laney": as wide as the months vary, where that is more or less
              than chance

    A missing month has no signal and takes no part in the limits. A month with no
    exposure has no rate. With limits "exact" the lower one is missing where even no
    event at all would be nothing unusual.

    Raises MethodError for a count that is negative or no whole number, exposure that
    does not match, fewer than two months, or unknown limits.

    A signal is a month to ask about. Limits that take events for independent call too
    many months of recorded crime unusual: see `variation`, and use "laney" if it is
    well over 1. None of the limits knows of seasons.

    Source: Montgomery, Introduction to Statistical Quality Control, 7.3; Laney (2002),
    doi:10.1081/QEN-120006555.

    >>> months = pd.period_range("2024-01", periods=20, freq="M")
    >>> faults = pd.Series([10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8,
    ...                     10, 7, 5], index=months)
    >>> chart = count_chart(faults, exposure=pd.Series(5.0, index=months))
    >>> round(chart.centre, 2), chart.months[["lower", "upper"]].round(2).values[0]
    (1.93, array([0.07, 3.79]))
    """
    x, n = checked(counts, exposure)
    values, size = x.to_numpy(), n.to_numpy()
    known = ~np.isnan(values) & (size > 0)
    if known.sum() < 2:
        raise MethodError("A chart needs two months or more with a count.")
    centre = float(values[known].sum() / size[known].sum())
    sigma = np.sqrt(centre / np.where(size > 0, size, np.nan))
    rates = np.where(known, values / np.where(size > 0, size, np.nan), np.nan)
    variation = variation_of((rates - centre) / sigma if centre > 0 else rates * 0)
    lower, upper = limits_of(limits, centre, sigma, size, variation)
    signal = np.select([rates > upper, rates < lower], ["high", "low"], default="")
    return CountChart(
        centre=centre,
        variation=variation,
        months=pd.DataFrame(
            {"value": rates, "lower": lower, "upper": upper, "signal": signal},
            index=x.index,
        ),
        cautions=tuple(
            cautions(limits, centre, size[known], variation, int(known.sum()))
        ),
    )


def limits_of(
    limits: str, centre: float, sigma: Numbers, size: Numbers, variation: float
) -> tuple[Numbers, Numbers]:
    if limits == "exact":
        mean = centre * np.where(size > 0, size, np.nan)
        return (
            exact_lower(mean) / size,
            count_at(1 - BEYOND, mean) / size,
        )
    if limits not in ("three sigma", "laney"):
        raise MethodError(
            f"There are no limits called {limits!r}. Choose three sigma, exact or "
            f"laney."
        )
    reach = 3 * sigma * (variation if limits == "laney" else 1.0)
    return np.maximum(centre - reach, 0.0), centre + reach


def exact_lower(mean: Numbers) -> Numbers:
    """The smallest count that is not too unlikely; missing where that is nothing."""
    lowest = count_at(BEYOND, mean)
    return np.where(lowest > 0, lowest, np.nan)


def variation_of(z: Numbers) -> float:
    """The spread of standardised months, by the mean jump from one to the next."""
    jumps = np.abs(np.diff(z))
    jumps = jumps[~np.isnan(jumps)]
    return float(jumps.mean() / JUMP) if len(jumps) else float("nan")


def checked(
    counts: pd.Series, exposure: pd.Series | None
) -> tuple[pd.Series, pd.Series]:
    """Counts and exposure by month, in order, with a row for each month between."""
    if exposure is not None and not exposure.index.equals(counts.index):
        raise MethodError(
            "Counts and what they are out of must have the same months, in one order."
        )
    base = pd.Series(1.0, index=counts.index) if exposure is None else exposure
    table = by_month(pd.DataFrame({"x": counts, "n": base})).astype(float)
    if ((table["x"] < 0) | (table["x"] % 1 > 0)).any():
        raise MethodError(
            "A chart of counts takes whole numbers from 0. For rates give the counts "
            "and, as exposure, what they are out of."
        )
    if (table["n"] < 0).any():
        raise MethodError("What counts are out of cannot be negative.")
    if not table.empty:
        months = pd.period_range(table.index[0], table.index[-1], freq="M")
        table = table.reindex(months)
    return table["x"], table["n"]


def cautions(
    limits: str, centre: float, size: Numbers, variation: float, months: int
) -> list[str]:
    said = []
    if months < ENOUGH_MONTHS:
        said.append(f"{months} months: {ENOUGH_MONTHS} or more make limits steady.")
    if limits != "exact" and centre * size.min() < ENOUGH_MEAN:
        said.append(
            "Months this small are lopsided: no fall can show at three sigma. "
            "Exact limits suit them better."
        )
    if limits != "laney" and variation > 1.25:
        said.append(
            f"The months vary {variation:.1f} times as much as chance alone would make "
            f"them: Laney's limits suit them better."
        )
    return said
