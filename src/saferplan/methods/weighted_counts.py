"""Limits for a sum of counts that weigh differently, such as harm."""

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers, normal_point


def weighted_limits(
    counts: npt.ArrayLike, weights: npt.ArrayLike, *, confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """
    Return limits for the sum of weights times the means behind the counts.

    counts   whole numbers, one row per area, one column per category
    weights  of one event of each category, none negative

    The upper limit allows for one more event of the heaviest category, even where there
    was none: a quarter without homicide does not show that there is no risk of one.

    Raises MethodError for a negative count or weight, or weights that are all 0.

    Source: Fay and Feuer (1997), doi:10.1002/(SICI)1097-0258(19970415)16:7<791::AID-SIM
    500>3.0.CO;2-#. With all weights 1 they are Garwood's exact limits.

    >>> lower, upper = weighted_limits([[6, 4]], [1, 1])
    >>> lower.round(3).tolist(), upper.round(3).tolist()
    ([4.795], [18.39])
    """
    y = np.atleast_2d(np.asarray(counts, dtype=float))
    w = np.asarray(weights, dtype=float)
    normal_point(confidence)  # refuses a confidence that is none
    if (y < 0).any() or (w < 0).any() or not w.any():
        raise MethodError("Counts and weights are 0 or more, and some weight above 0.")
    tail = (1 - confidence) / 2
    total, variance, heaviest = y @ w, y @ w**2, w.max()
    some = total > 0
    safe_total, safe_variance = np.where(some, total, 1), np.where(some, variance, 1)
    lower = (
        safe_variance / safe_total * gammaincinv(safe_total**2 / safe_variance, tail)
    )
    more, wider = total + heaviest, variance + heaviest**2
    upper = wider / more * gammaincinv(more**2 / wider, 1 - tail)
    return np.where(some, lower, 0.0), upper
