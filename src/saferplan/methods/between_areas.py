"""
How much areas truly differ, once chance is taken out of what they seem to.

Rates of small areas scatter by chance alone. What is left when that is taken away is
the difference that a plan for each area could work on.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import chdtri

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers, normal_point
from saferplan.methods.rates import same_areas

STEPS = 200  # halvings: more than a double can tell apart


@dataclass(frozen=True)
class Between:
    """
    variance      of what lies behind the areas' figures, in their unit squared
    share         the part of the seen variance that is no chance, 0 to 1
    each has `_lower` and `_upper` limits; nought is in them where chance is enough
    areas         how many were compared
    """

    variance: float
    variance_lower: float
    variance_upper: float
    share: float
    share_lower: float
    share_upper: float
    areas: int


def between_areas(
    counts: pd.Series,
    residents: pd.Series,
    *,
    dispersion: float = 1.0,
    confidence: float = 0.95,
) -> Between:
    """
    Return the variance between areas of the rates behind their counts.

    counts      whole numbers per area
    residents   people there, above zero; same index
    dispersion  how many times more a count varies than chance (see
                saferplan.methods.dispersion): events in series make areas seem to
                differ that do not

    The rates are offences per resident. Raises MethodError if the indexes differ, a
    count is missing or negative, nobody lives in an area, there are fewer than three
    areas, or no events at all.

    Areas that differ may do so because their people, shops or stations do. It does not
    say that anyone there did better.

    Source: as between_values, with the Poisson variance of a rate at the mean of all.

    >>> counts = pd.Series([100, 130, 70, 160])
    >>> found = between_areas(counts, pd.Series([10_000] * 4))
    >>> round(found.share, 2), round(found.share_lower, 2)
    (0.92, 0.76)
    """
    same_areas("counts", counts, "residents", residents)
    y, people = counts.to_numpy(dtype=float), residents.to_numpy(dtype=float)
    if not (y >= 0).all() or not (people > 0).all() or not y.sum() > 0:
        raise MethodError(
            "Every area needs a count of 0 or more and residents above 0, and there "
            "must be some events. Leave out areas that are not known."
        )
    if dispersion < 1:
        raise MethodError("A dispersion is 1 or more: 1 for independent events.")
    mean = y.sum() / people.sum()
    return between_values(y / people, dispersion * mean / people, confidence=confidence)


def between_values(
    values: Numbers, variances: Numbers, *, confidence: float = 0.95
) -> Between:
    """
    Return the variance between figures, each of which has a variance of its own.

    Source: Paule and Mandel (1982) for the variance; Viechtbauer (2007),
    doi:10.1002/sim.2514, for its limits (Q-profile); Higgins and Thompson (2002),
    doi:10.1002/sim.1186, for the share (I squared).
    """
    y, v = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)
    k = len(y)
    if k < 3 or not (v > 0).all() or not np.isfinite(y).all():
        raise MethodError(
            f"Differences between areas need three or more with known figures; there "
            f"are {k}."
        )
    normal_point(confidence)  # refuses a confidence that is none
    tail = (1 - confidence) / 2

    def q(variance: float) -> float:
        w = 1 / (v + variance)
        return float((w * (y - (w * y).sum() / w.sum()) ** 2).sum())

    targets = (k - 1, float(chdtri(k - 1, tail)), float(chdtri(k - 1, 1 - tail)))
    middle, lower, upper = (falls_to(q, target) for target in targets)
    w = 1 / v
    typical = float((k - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum()))
    return Between(
        variance=middle,
        variance_lower=lower,
        variance_upper=upper,
        share=middle / (middle + typical),
        share_lower=lower / (lower + typical),
        share_upper=upper / (upper + typical),
        areas=k,
    )


def falls_to(q: Callable[[float], float], target: float) -> float:
    """Where a falling function reaches the target; 0 if it starts below it."""
    if q(0.0) <= target:
        return 0.0
    low, high = 0.0, 1e-12
    while q(high) > target:
        high *= 4
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if q(middle) > target else (low, middle)
    return high
