"""
Whether recorded crime has changed, or only seems to have.

A change in counts is given as a share of the earlier count, with an interval, and a
verdict. A month that was never published makes it "cannot tell", never a fall.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import betaincinv

from saferplan.errors import MethodError
from saferplan.methods.dispersion import month_pair_dispersion
from saferplan.methods.intervals import Numbers, share_limits
from saferplan.methods.proportions import verdict
from saferplan.methods.rates import same_areas
from saferplan.methods.spans import Spans, by_month

LEAST_BASE = 50  # the Home Office shows no percentage change on a smaller base

RatioInterval = Literal["wilson", "exact"]


def count_change(
    before: pd.Series,
    after: pd.Series,
    *,
    dispersion: float | pd.Series = 1.0,
    interval: RatioInterval = "wilson",
    confidence: float = 0.95,
    least_base: int = LEAST_BASE,
) -> pd.DataFrame:
    """
    Compare counts of two periods of equal length.

    before, after  offences in each period; same index (areas or categories); a
                   missing count is one we do not have, and never a zero
    dispersion     how many times more the counts vary than Poisson counts would:
                   1 for independent events, more where they come in series
    interval       "wilson" (close to its confidence) or "exact" (at least it; wider)

    The result has that index and columns `before`, `after`, `difference` (offences),
    `change` (share of `before`: 0.1 is a rise of a tenth), `lower`, `upper` (of
    `change`), `dispersion`, `verdict` and `caution`. With a base under `least_base`
    there is no percentage, but there is still a verdict.

    Raises MethodError if the indexes differ, a count is negative, or a dispersion
    is under 1.

    A real change is a change in what was recorded. Better recording, a new police
    operation or a new offence code change that too.

    Method: given their sum, the later of two Poisson counts is binomial (Przyborowski
    and Wilenski 1940, doi:10.1093/biomet/31.3-4.313); limits of its share become
    limits of the ratio. Counts are divided by the dispersion first.

    >>> then, now = pd.Series({"Robbery": 1_000}), pd.Series({"Robbery": 900})
    >>> changes = count_change(then, now)
    >>> changes[["change", "lower", "upper"]].round(3).values.tolist()
    [[-0.1, -0.177, -0.015]]
    """
    same_areas("before", before, "after", after)
    spread = pd.Series(dispersion, index=before.index, dtype=float)
    check_counts(before, after, spread)

    x, y = before.astype(float), after.astype(float)
    known = x.notna() & y.notna()
    lower, upper = ratio_limits(
        x.where(known, 0) / spread,
        y.where(known, 0) / spread,
        interval=interval,
        confidence=confidence,
    )
    result = pd.DataFrame(
        {
            "before": x,
            "after": y,
            "difference": y - x,
            "change": y / x.where(x > 0) - 1,
            "lower": pd.Series(lower - 1, index=x.index).where(known),
            "upper": pd.Series(upper - 1, index=x.index).where(known),
            "dispersion": spread,
        }
    )
    result["verdict"] = verdict(result["lower"], result["upper"])
    enough = x >= least_base
    result[["change", "lower", "upper"]] = result[["change", "lower", "upper"]].where(
        enough
    )
    result["caution"] = np.select(
        [~known, ~enough],
        [
            "A count is missing.",
            f"Fewer than {least_base} at the start: no percentage is shown.",
        ],
        default="",
    )
    return result


def change_between(
    monthly: pd.DataFrame,
    spans: Spans,
    *,
    dispersion: float | Literal["estimate"] = "estimate",
    interval: RatioInterval = "wilson",
    confidence: float = 0.95,
    least_base: int = LEAST_BASE,
) -> pd.DataFrame:
    """
    Compare one run of months with the same months a year before.

    monthly     one row per month, one column per area or category; a month never
                published is absent, or missing in that column
    spans       from saferplan.methods.spans: rolling_year, financial_year, ...
    dispersion  "estimate" takes it from the year to the last month compared (see
                saferplan.methods.dispersion); or give a figure

    The result has a row per column of `monthly`, with the columns of count_change and
    `months_missing`, how many of the months compared we do not have. If any, the
    verdict is "cannot tell" and the counts are missing.

    >>> months = pd.period_range("2024-03", "2026-02", freq="M")
    >>> monthly = pd.DataFrame({"Burglary": [30] * 12 + [24] * 12}, index=months)
    >>> from saferplan.methods.spans import rolling_year
    >>> changes = change_between(monthly, rolling_year("2026-02"))
    >>> changes[["before", "after", "verdict"]].values.tolist()
    [[360.0, 288.0, 'real change']]
    """
    table = by_month(monthly).astype(float)
    earlier = table.reindex(spans.before)
    later = table.reindex(spans.after)
    missing = earlier.isna().sum() + later.isna().sum()
    spread = (
        month_pair_dispersion(table, last_month=spans.after[-1], confidence=confidence)
        if dispersion == "estimate"
        else pd.Series(dispersion, index=table.columns, dtype=float)
    )
    result = count_change(
        earlier.sum(skipna=False),
        later.sum(skipna=False),
        dispersion=spread.fillna(1.0),
        interval=interval,
        confidence=confidence,
        least_base=least_base,
    )
    result["months_missing"] = missing
    compared = len(spans.before) + len(spans.after)
    result["caution"] = change_caution(result, spread.isna(), compared)
    return result


def change_caution(
    result: pd.DataFrame, not_estimated: pd.Series, compared: int
) -> npt.NDArray[np.str_]:
    """The caution of count_change, unless there is a weightier one or it has none."""
    gap = [
        f"{missing} of the {compared} months compared are missing: "
        f"a gap in the records is not a fall."
        for missing in result["months_missing"]
    ]
    return np.select(
        [result["months_missing"] > 0, not_estimated & (result["caution"] == "")],
        [gap, "Too few months to see how much the counts vary: chance alone allowed."],
        default=result["caution"],
    )


@dataclass(frozen=True)
class Falls:
    """
    How many categories (or areas) fell, of those that can be compared.

    fell_really, rose_really  with the verdict "real change"
    by_chance                 about how many such verdicts chance alone would give
    """

    compared: int
    fell: int
    rose: int
    unchanged: int
    fell_really: int
    rose_really: int
    unknown: int
    by_chance: float


def how_many_fell(changes: pd.DataFrame, *, confidence: float = 0.95) -> Falls:
    """
    Count the falls and rises in a table from count_change or change_between.

    A category whose counts are missing is unknown: it is in neither tally.

    >>> before, after = pd.Series([100, 100, 9]), pd.Series([60, 101, 9])
    >>> falls = how_many_fell(count_change(before, after))
    >>> falls.fell, falls.fell_really, falls.rose, falls.rose_really, falls.compared
    (1, 1, 1, 0, 3)
    """
    difference = changes["difference"]
    real = changes["verdict"] == "real change"
    known = difference.notna()
    return Falls(
        compared=int(known.sum()),
        fell=int((difference < 0).sum()),
        rose=int((difference > 0).sum()),
        unchanged=int((difference == 0).sum()),
        fell_really=int(((difference < 0) & real).sum()),
        rose_really=int(((difference > 0) & real).sum()),
        unknown=int((~known).sum()),
        by_chance=round(float(known.sum()) * (1 - confidence), 2),
    )


def ratio_limits(
    before: pd.Series,
    after: pd.Series,
    *,
    interval: RatioInterval = "wilson",
    confidence: float = 0.95,
) -> tuple[Numbers, Numbers]:
    """
    Return limits of after / before for two Poisson counts.

    Nothing in either period leaves the ratio anywhere from 0 to infinity.

    >>> lower, upper = ratio_limits(pd.Series([100]), pd.Series([74]))
    >>> bool(upper[0] < 1)  # a fall of 26% from 100 is just beyond chance
    True
    """
    x = before.to_numpy(dtype=float)
    y = after.to_numpy(dtype=float)
    if interval == "wilson":
        low, high = share_limits(y, x + y, confidence=confidence)
    elif interval == "exact":
        tail = (1 - confidence) / 2
        # The beta function has no answer at its edges, where the limit is 0 or 1.
        low = np.where(y > 0, betaincinv(np.maximum(y, 1e-9), x + 1, tail), 0.0)
        high = np.where(x > 0, betaincinv(y + 1, np.maximum(x, 1e-9), 1 - tail), 1.0)
    else:
        raise MethodError(
            f"There is no interval called {interval!r}. Choose wilson or exact."
        )
    low = np.where(x + y > 0, low, 0.0)
    high = np.where(x + y > 0, high, 1.0)
    with np.errstate(divide="ignore"):
        return low / (1 - low), high / (1 - high)


def check_counts(before: pd.Series, after: pd.Series, dispersion: pd.Series) -> None:
    if (before < 0).any() or (after < 0).any():
        raise MethodError("A count of offences cannot be negative.")
    if (dispersion < 1).any():
        raise MethodError(
            "A dispersion is 1 or more: 1 for independent events, more for events "
            "that come in series."
        )
