"""
How far two orders of the same areas agree, with ties done right.

Counts of crime tie often. The short formula of Spearman's coefficient, one less six
times the squared differences, is wrong with ties: two orders that have nothing to do
with each other then seem to agree.
"""

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.rates import same_areas

ROWS = 500  # rows of the table of pairs held at once


def spearman(one: pd.Series, other: pd.Series) -> float:
    """
    Return Spearman's rank correlation: 1 the same order, 0 none in common, -1 reversed.

    one, other  a value per area, none missing; same index

    Equal values share the mean of their ranks, and the ranks are correlated. Where all
    values of one are equal there is no order: missing.

    Raises MethodError for fewer than two areas, or a value that is missing.

    Source: Kendall (1948), Rank Correlation Methods, ch. 3.

    >>> round(spearman(pd.Series([1, 2, 3, 4, 5]), pd.Series([5, 6, 7, 8, 7])), 4)
    0.8208
    """
    x, y = values_of(one, other)
    x, y = midranks(x), midranks(y)
    x, y = x - x.mean(), y - y.mean()
    spread = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return float((x * y).sum()) / spread if spread > 0 else float("nan")


def kendall(one: pd.Series, other: pd.Series) -> float:
    """
    Return Kendall's tau-b: of all pairs of areas, how many more agree than disagree.

    As spearman; a pair that ties in either is neither, and the scale allows for it.

    Source: Kendall (1945), doi:10.1093/biomet/33.3.239.

    >>> round(kendall(pd.Series([12, 2, 1, 12, 2]), pd.Series([1, 4, 7, 1, 0])), 4)
    -0.4714
    """
    x, y = values_of(one, other)
    both = in_x = in_y = 0.0
    for start in range(0, len(x), ROWS):
        rows = slice(start, start + ROWS)
        across = np.sign(x[rows, None] - x)
        up = np.sign(y[rows, None] - y)
        both += float((across * up).sum())
        in_x += float(np.abs(across).sum())
        in_y += float(np.abs(up).sum())
    scale = float(np.sqrt(in_x * in_y))
    return both / scale if scale > 0 else float("nan")


def top_shared(one: pd.Series, other: pd.Series, *, top: int) -> float:
    """
    Return the share of the `top` areas of one order that are among those of the other.

    Areas that tie for the last places count in part, so that no tie is broken by hand.

    >>> first = pd.Series({"A": 9, "B": 5, "C": 5, "D": 1})
    >>> second = pd.Series({"A": 9, "B": 1, "C": 5, "D": 5})
    >>> top_shared(first, second, top=2)
    0.625
    """
    x, y = values_of(one, other)
    if not 1 <= top <= len(x):
        raise MethodError(f"There is no top {top} of {len(x)} areas.")
    return float((part_of_top(x, top) * part_of_top(y, top)).sum() / top)


def part_of_top(values: Numbers, top: int) -> Numbers:
    """1 for an area surely in the top, 0 for one surely not, and between for a tie."""
    last = np.sort(values)[-top]
    above, tied = values > last, values == last
    return np.where(above, 1.0, np.where(tied, (top - above.sum()) / tied.sum(), 0.0))


def midranks(values: Numbers) -> Numbers:
    """Ranks from 1 for the lowest; equal values share the mean of theirs."""
    return np.asarray(pd.Series(values).rank(), dtype=np.float64)


def values_of(one: pd.Series, other: pd.Series) -> tuple[Numbers, Numbers]:
    same_areas("one", one, "other", other)
    x, y = one.to_numpy(dtype=float), other.to_numpy(dtype=float)
    if len(x) < 2 or not np.isfinite(x).all() or not np.isfinite(y).all():
        raise MethodError(
            "Two orders can be compared over two or more areas, with a value for each. "
            "Leave out areas without."
        )
    return x, y
