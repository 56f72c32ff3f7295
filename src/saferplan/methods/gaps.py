"""
How far one rate lies from another, in percentage points or in percent, and never both.

"Six per cent lower" than 74% is 68% or 69.6%. A gap here cannot be written down without
saying which, because most quarrels about such figures are about that word.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import normal_point, share_limits
from saferplan.methods.proportions import LEAST_ASKED, LEAST_PEOPLE


@dataclass(frozen=True)
class Gap:
    """
    ours, theirs   the two rates, 0 to 1
    points         ours less theirs, -1 to 1, with lower and upper
    percent        ours over theirs less one, with lower and upper; missing where
                   theirs is nought
    verdict        "real difference" or "within chance"

    Write it as f"{gap:points}" or f"{gap:percent}". Neither str nor a plain {gap} will
    do: they raise MethodError.
    """

    ours: float
    theirs: float
    points: float
    points_lower: float
    points_upper: float
    percent: float
    percent_lower: float
    percent_upper: float
    verdict: str

    def __format__(self, unit: str) -> str:
        if unit == "points":
            size = f"{abs(100 * self.points):.1f} percentage points"
            lower, upper = 100 * self.points_lower, 100 * self.points_upper
        elif unit == "percent" and not np.isnan(self.percent):
            size = f"{abs(100 * self.percent):.1f} per cent"
            lower, upper = 100 * self.percent_lower, 100 * self.percent_upper
        elif unit == "percent":
            raise MethodError("Nothing is a percentage of nought: use points.")
        else:
            raise MethodError(
                "A gap is in percentage points or in per cent. Say which: "
                'f"{gap:points}" or f"{gap:percent}".'
            )
        way = "lower" if self.points < 0 else "higher"
        return f"{size} {way} (from {lower:+.1f} to {upper:+.1f}): {self.verdict}"

    def __str__(self) -> str:
        return format(self, "unsaid")


def conviction_gap(
    convictions: int,
    completed: int,
    *,
    their_convictions: int,
    their_completed: int,
    confidence: float = 0.95,
    least: int = LEAST_ASKED,
) -> Gap:
    """
    Return how far our conviction rate lies from theirs, in points and in percent.

    convictions  defendants convicted; any other two counts of which one is part of the
                 other will do
    completed    completed prosecutions: convicted, acquitted, dropped, no evidence

    Raises MethodError if a part is more than its whole, or where either has fewer
    completed than `least`, or so few convicted or not that they could be told who they
    are.

    A rate of completed prosecutions says nothing of the cases that were never charged:
    charge fewer and it rises. The police's charge rate and the Ministry of Justice's
    conviction ratio are other figures; compare like with like. Ours must not be part
    of theirs: take "the rest of England and Wales".

    Source: Newcombe (1998), method 10, for the points; Katz and others (1978) for the
    ratio behind the percent. The verdict is by the points.

    >>> gap = conviction_gap(660, 1_000, their_convictions=73_900,
    ...                      their_completed=100_000)
    >>> print(f"{gap:points}")
    7.9 percentage points lower (from -10.9 to -5.0): real difference
    >>> print(f"{gap:percent}")
    10.7 per cent lower (from -14.6 to -6.6): real difference
    """
    ours = {"part": convictions, "whole": completed}
    theirs = {"part": their_convictions, "whole": their_completed}
    for each in (ours, theirs):
        check_rate(each["part"], each["whole"], least)
    a, n, b, m = (float(number) for each in (ours, theirs) for number in each.values())
    p, q = a / n, b / m
    lower, upper = share_limits([a, b], [n, m], confidence=confidence)
    low = p - q - float(np.hypot(p - lower[0], upper[1] - q))
    high = p - q + float(np.hypot(upper[0] - p, q - lower[1]))
    percent = percent_lower = percent_upper = float("nan")
    if q > 0:
        percent = p / q - 1
    if a > 0 and b > 0:
        spread = np.sqrt(max(1 / a - 1 / n + 1 / b - 1 / m, 0))
        reach = float(np.exp(normal_point(confidence) * spread))
        percent_lower, percent_upper = p / q / reach - 1, p / q * reach - 1
    return Gap(
        ours=p,
        theirs=q,
        points=p - q,
        points_lower=max(low, -1.0),
        points_upper=min(high, 1.0),
        percent=percent,
        percent_lower=percent_lower,
        percent_upper=percent_upper,
        verdict="real difference" if low > 0 or high < 0 else "within chance",
    )


def check_rate(part: int, whole: int, least: int) -> None:
    if not 0 <= part <= whole:
        raise MethodError(
            f"{part} convictions of {whole} completed prosecutions cannot be. "
            f"Completed are all that ended: convicted, acquitted or dropped."
        )
    if whole < least:
        raise MethodError(
            f"{whole} completed prosecutions are fewer than {least}, too few for a "
            f"percentage. Use a longer period, or more areas together."
        )
    if 0 < part < LEAST_PEOPLE or 0 < whole - part < LEAST_PEOPLE:
        raise MethodError(
            f"Fewer than {LEAST_PEOPLE} defendants could be told from this rate. Use a "
            f"longer period, or more areas together."
        )


def two_readings(
    claim: float, theirs: float, *, ours: float | None = None, rounded: float = 0.005
) -> pd.DataFrame:
    """
    Return what "so many per cent lower" means, read as percent and as points.

    claim    0.06 for "6 per cent"; positive if higher was claimed, negative if lower
    theirs   the rate it was compared with, 0 to 1
    ours     our own rate, if it is known, to see which reading it fits
    rounded  how far rounding can have moved the claim: 0.005 for a whole per cent

    The result has rows `percent` and `points`, and columns `rate` (ours, if the claim
    is read so), `lower`, `upper` (with its rounding) and `fits` (true, false, or
    missing without `ours`).

    Raises MethodError for a rate outside 0 and 1.

    >>> two_readings(-0.10, 0.739)["rate"].round(3).to_dict()
    {'percent': 0.665, 'points': 0.639}
    """
    for rate in [theirs, *([] if ours is None else [ours])]:
        if not 0 <= rate <= 1:
            raise MethodError("A rate lies between 0 and 1. Divide percentages by 100.")
    rows = {}
    for name, each in [("percent", theirs), ("points", 1.0)]:
        rate, reach = theirs + claim * each, rounded * each
        fits = None if ours is None else abs(ours - rate) <= reach + 1e-12
        rows[name] = {"rate": rate, "lower": rate - reach, "upper": rate + reach,
                      "fits": fits}  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index")
