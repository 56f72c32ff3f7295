"""
The chances of counts: Poisson, and negative binomial where they vary more.

Worked out with scipy.special, since scipy.stats takes two seconds to bring in.
"""

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, gammainc, gammaincc, gammaln, xlogy

from saferplan.methods.intervals import Numbers

POISSON = 1 + 1e-6  # a dispersion below this is taken as none


def at_most(
    counts: npt.ArrayLike, mean: npt.ArrayLike, dispersion: npt.ArrayLike = 1.0
) -> Numbers:
    """
    Return the chance of a count up to each of these.

    mean        0 or more; a missing one has a missing chance
    dispersion  variance over mean: 1 for Poisson counts, more for negative binomial

    >>> at_most([7, 8], 4).round(4).tolist(), at_most(0, 2, 2).round(4).tolist()
    ([0.9489, 0.9786], 0.25)
    """
    k, m, d = broadcast(np.floor(np.asarray(counts, dtype=float)), mean, dispersion)
    whole = np.maximum(k, 0)
    size = np.where(m > 0, m, 1.0) / np.maximum(d - 1, POISSON - 1)
    # A missing mean is neither above nothing nor nothing.
    spread = np.where(m == 0, 1.0, betainc(size, whole + 1, 1 / np.maximum(d, 1)))
    chance = np.where(d > POISSON, spread, gammaincc(whole + 1, m))
    return np.asarray(np.where(np.isnan(m), np.nan, np.where(k < 0, 0.0, chance)))


def more_than(counts: npt.ArrayLike, mean: npt.ArrayLike) -> Numbers:
    """
    Return the chance of a Poisson count beyond each of these, however small it is.

    >>> more_than(8, 4).round(4).tolist(), more_than(-1, 4).tolist()
    (0.0214, 1.0)
    """
    k, m, _d = broadcast(np.floor(np.asarray(counts, dtype=float)), mean, 1.0)
    return np.asarray(np.where(k < 0, 1.0, gammainc(np.maximum(k, 0) + 1, m)))


def exactly(counts: npt.ArrayLike, mean: npt.ArrayLike) -> Numbers:
    """
    Return the chance of each Poisson count.

    >>> exactly([0, 4], 4).round(4).tolist()
    [0.0183, 0.1954]
    """
    k, m = np.asarray(counts, dtype=float), np.asarray(mean, dtype=float)
    return np.asarray(np.exp(xlogy(k, m) - m - gammaln(k + 1)))


def count_at(
    share: npt.ArrayLike, mean: npt.ArrayLike, dispersion: npt.ArrayLike = 1.0
) -> Numbers:
    """
    Return the smallest count that a share of counts do not exceed.

    share  above 0 and below 1; the others as in at_most

    >>> count_at([0.025, 0.975], 4).tolist()
    [1.0, 8.0]
    """
    p, m, d = broadcast(share, mean, dispersion)
    low = np.full(p.shape, -1.0)
    high = np.ceil(m + 40 * np.sqrt(m * np.maximum(d, 1)) + 40 * np.maximum(d, 1))
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        enough = at_most(middle, m, d) >= p
        high = np.where(enough, middle, high)
        low = np.where(enough, low, middle)
    return np.asarray(high)


def broadcast(*parts: npt.ArrayLike) -> list[Numbers]:
    return [
        np.asarray(part)
        for part in np.broadcast_arrays(*(np.asarray(p, dtype=float) for p in parts))
    ]
