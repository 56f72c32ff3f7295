"""
Whether numbers rise or fall as time goes by: Mann and Kendall's test.

Every later number is compared with every earlier one: S is how many are higher, less
how many are lower. What chance alone gives of S follows exactly from how many numbers
are alike, so months with the same count need no approximation.
"""

from functools import cache, lru_cache

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers

# Beyond this the normal curve is within 0.003, and the exact way slow.
EXACT_UP_TO = 40
LEAST_STEPS = 4


def mann_kendall(series: pd.DataFrame) -> pd.DataFrame:
    """
    Return, for each column, whether it rises or falls down the rows.

    series  one row per step of time, in order and evenly apart; one column per place

    The result has a row for each column of `series`, and columns `s` (pairs of steps
    that rise, less those that fall), `tau` (-1 to 1; missing if all are alike), `z`
    (by the normal curve, with ties and continuity allowed for) and `p` (two-sided).
    p is exact for 40 steps or fewer, and of the normal curve beyond.

    Raises MethodError if there are fewer than 4 steps, or a number is missing.

    It finds a drift, not how steep it is, and not a rise that turned back. It supposes
    that steps would otherwise come in any order: a season, or months that follow on
    from one another, bring low p without a trend. Compare years, or whole years of
    months.

    Source: Mann (1945), doi:10.2307/1907187; Kendall (1975), Rank Correlation Methods;
    ties as in Gilbert (1987), Statistical Methods for Environmental Pollution
    Monitoring, 16.4.

    >>> found = mann_kendall(pd.DataFrame({"A": [10, 15, 14, 20], "B": [3, 3, 3, 3]}))
    >>> found[["s", "p"]].round(3).values.tolist()
    [[4.0, 0.333], [0.0, 1.0]]
    """
    x = series.to_numpy(dtype=float)
    steps = len(x)
    if steps < LEAST_STEPS:
        raise MethodError(
            f"{steps} steps are too few to show a trend: it takes {LEAST_STEPS} or "
            f"more. Use months in place of years, or a longer run."
        )
    if not np.isfinite(x).all():
        raise MethodError(
            "A step has no number. Leave out the places that have one missing, or use "
            "the steps for which all were sent."
        )
    s = np.zeros(x.shape[1])
    for at in range(steps - 1):
        s += np.sign(x[at + 1 :] - x[at]).sum(axis=0)
    alike = [tie_sizes(column) for column in x.T]
    unlike = np.array([unlike_pairs(sizes) for sizes in alike], dtype=float)
    every = steps * (steps - 1) / 2
    deviation = np.sqrt([variance(sizes) for sizes in alike])
    with np.errstate(invalid="ignore", divide="ignore"):
        tau = np.where(unlike > 0, s / np.sqrt(unlike * every), np.nan)
        z = np.where(deviation > 0, (s - np.sign(s)) / deviation, 0.0)
    return pd.DataFrame(
        {"s": s, "tau": tau, "z": z, "p": chances(s, z, alike, steps)},
        index=series.columns,
    )


def tie_sizes(column: Numbers) -> tuple[int, ...]:
    """How many numbers are alike in each group of them, largest group first."""
    sizes = np.unique(column, return_counts=True)[1]
    return tuple(sorted(sizes.tolist(), reverse=True))


def unlike_pairs(sizes: tuple[int, ...]) -> int:
    n = sum(sizes)
    return n * (n - 1) // 2 - sum(size * (size - 1) // 2 for size in sizes)


def variance(sizes: tuple[int, ...]) -> float:
    def term(n: int) -> int:
        return n * (n - 1) * (2 * n + 5)

    return (term(sum(sizes)) - sum(map(term, sizes))) / 18


def chances(
    s: Numbers, z: Numbers, alike: list[tuple[int, ...]], steps: int
) -> Numbers:
    """The two-sided chance of each S."""
    if steps > EXACT_UP_TO:
        from scipy.special import ndtr

        return np.asarray(np.minimum(2 * ndtr(-np.abs(z)), 1.0))
    found = np.ones(len(s))
    for at, (seen, sizes) in enumerate(zip(s, alike, strict=True)):
        # S is the number of unlike pairs, less two for each that falls.
        falling = int(unlike_pairs(sizes) - abs(seen)) // 2
        found[at] = 2 * falls(sizes)[: falling + 1].sum()
    return np.minimum(found, 1.0)


@lru_cache(maxsize=4_096)
def falls(sizes: tuple[int, ...]) -> Numbers:
    """
    The chance of 0, 1, 2 ... falling pairs, if the numbers come in any order.

    Put the groups in one after another: how many falls a new group makes depends on
    nothing but the number of places there are, so the chances multiply as polynomials.
    """
    found = np.ones(1)
    before = 0
    for size in sizes:
        before += size
        found = np.convolve(found, mixed(before, size))
    return found


@cache
def mixed(n: int, k: int) -> Numbers:
    """
    The chance of 0, 1, 2 ... falls between k numbers that are alike and n - k others.

    These are the coefficients of Gauss's binomial, over their sum. The last place goes
    to one of the k with a chance of k / n, and else to one that stands after all k.
    """
    if k in (0, n):
        return np.ones(1)
    found = np.zeros(k * (n - k) + 1)
    first = mixed(n - 1, k - 1)
    found[: len(first)] += k / n * first
    second = mixed(n - 1, k)
    found[k : k + len(second)] += (n - k) / n * second
    return found
