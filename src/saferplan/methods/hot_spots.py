"""
Where neighbouring cells have more than chance would put there: Getis and Ord's Gi*.

A map of counts always has bright spots. Gi* asks of each cell whether it and its
neighbours together hold more than as many cells picked at random.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.draws import Tails, Whole, drawn_tails, exact_tails
from saferplan.methods.grid import Grid
from saferplan.methods.intervals import Numbers
from saferplan.methods.neighbours import touching, window_sums

Chance = Literal["cells", "neighbours", "crimes", "normal"]

BASIS = {
    "cells": "as many cells drawn at random from all",
    "neighbours": "the cell kept, its neighbours drawn at random from the rest",
    "crimes": "each crime put into a cell at random",
    "normal": "the normal curve",
}
SERIES = (
    "Crimes come in series, so many more places differ from crimes put down one by one "
    "than are hot."
)


@dataclass(frozen=True)
class HotSpots:
    """
    cells    per cell: `value`; `window` (sum over it and its neighbours); `size` (cells
             in that sum); `z`; `p` (two-sided); `q` (p, allowing for how many cells
             were tested); `verdict` ("hot", "cold" or "")
    basis    what p is the chance of, for the note under the map
    caution  what the verdicts do not mean, or nothing
    """

    cells: pd.DataFrame
    basis: str
    caution: str


def hot_spots(
    values: pd.Series,
    grid: Grid,
    *,
    reach: float | None = None,
    own: bool = True,
    chance: Chance = "cells",
    expected: pd.Series | None = None,
    false_discoveries: float = 0.05,
    times: int = 9_999,
    seed: int = 1,
) -> HotSpots:
    """
    Return which cells of a grid are in hot or cold spots.

    values    one per cell of the grid, zeros included: counts, or harm
    reach     metres between centres of cells that count as neighbours; if not given,
              those that touch
    own       count the cell itself among them (Gi*); without it the statistic is Gi
    chance    what to compare with. "cells": as many cells drawn from all; "neighbours":
              the cell keeps its value, and its neighbours are drawn from the rest;
              "crimes": every crime falls into a random cell; "normal": the curve of z
    expected  for "crimes", what each cell's share of crimes goes by: residents, say
    false_discoveries  the share of hot and cold cells that may be chance
    times, seed  for values that are not whole numbers, how many draws to make

    For whole numbers p is exact and needs no draws. z is against the mean and spread of
    all cells, by n and not n - 1. With `chance` "neighbours", p says nothing of the
    cell's own value.

    Raises MethodError if all cells have the same value, there are too few of them, or a
    choice needs whole numbers.

    q is Benjamini and Hochberg's, which holds where neighbours rise and fall together
    as they do here. A hot spot has more, not more for its people or its visitors; a
    cell at the border has fewer because less of it is in the area.

    Source: Getis and Ord (1992), doi:10.1111/j.1538-4632.1992.tb00261.x; Ord and Getis
    (1995), doi:10.1111/j.1538-4632.1995.tb00912.x; Caldas de Castro and Singer (2006),
    doi:10.1111/j.0016-7363.2006.00682.x.

    >>> import shapely
    >>> from saferplan.methods.grid import grid_over
    >>> grid = grid_over(shapely.box(0, 0, 10_000, 10_000), size=1_000)
    >>> counts = pd.Series(1, index=grid.cells)
    >>> counts.loc[[0, 1, 10, 11]] = [6, 7, 8, 9]
    >>> found = hot_spots(counts, grid).cells
    >>> found.index[found["verdict"] == "hot"].tolist()
    [0, 1, 10, 11]
    """
    full = grid.spread(values)
    if np.ptp(full.ravel()[grid.cells]) == 0:
        raise MethodError(
            "Every cell has the same value, so none is hotter than another. Use a "
            "longer period or larger cells."
        )
    if not 0 < false_discoveries < 1:
        raise MethodError("The share of false discoveries is between 0 and 1: 0.05.")
    reach = touching(grid) if reach is None else reach
    x = full.ravel()[grid.cells]
    window = window_sums(grid, full, reach=reach)
    size = window_sums(grid, (grid.within > 0).astype(float), reach=reach)
    if not own:
        window, size = window - x, size - 1
    z = gi_star(x, window, size) if own else gi(x, window, size)
    if chance == "normal":
        tails = normal_tails(z)
    elif chance == "crimes":
        tails = scattered(x, window, size, shares(grid, expected, reach, own))
    else:
        tails = shuffled(x, window, size, own, chance, times, seed)
    p = np.where(np.isnan(z), np.nan, tails.two_sided)
    q = np.full(len(p), np.nan)
    asked = ~np.isnan(p)
    q[asked] = step_up(p[asked])
    cells = pd.DataFrame(
        {
            "value": x,
            "window": window,
            "size": size.astype(int),
            "z": z,
            "p": p,
            "q": q,
        },
        index=grid.cells,
    )
    sure = q <= false_discoveries
    hotter = tails.upper < tails.lower
    cells["verdict"] = np.select([sure & hotter, sure & ~hotter], ["hot", "cold"], "")
    exact = "" if chance == "normal" or whole(x) else f", {times:,} times"
    return HotSpots(
        cells=cells,
        basis=f"{BASIS[chance]}{exact}; {false_discoveries:.0%} false discoveries",
        caution=SERIES if chance == "crimes" else "",
    )


def step_up(p: Numbers) -> Numbers:
    """
    Benjamini and Hochberg's q: the share of false discoveries if p is just let in.

    >>> step_up(np.array([0.01, 0.5, 0.02, 0.03])).tolist()
    [0.04, 0.5, 0.04, 0.04]
    """
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return q


def gi_star(x: Numbers, window: Numbers, size: Numbers) -> Numbers:
    """Standard deviations of each window's sum from its mean over random windows."""
    n = len(x)
    spread = np.std(x) * np.sqrt(size * (n - size) / (n - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(
            np.where(spread > 0, (window - x.mean() * size) / spread, np.nan)
        )


def gi(x: Numbers, window: Numbers, size: Numbers) -> Numbers:
    """The same for the neighbours alone, against all cells but the one asked about."""
    n = len(x) - 1
    mean = (x.sum() - x) / n
    variance = np.maximum((np.sum(x**2) - x**2) / n - mean**2, 0)
    spread = np.sqrt(variance * size * (n - size) / (n - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(spread > 0, (window - mean * size) / spread, np.nan))


def shuffled(
    x: Numbers,
    window: Numbers,
    size: Numbers,
    own: bool,
    chance: str,
    times: int,
    seed: int,
) -> Tails:
    """The tails of each window if cells had been drawn at random."""
    kept = chance == "neighbours" or not own
    seen = window - x if kept and own else window
    drawn = size.astype(np.int64) - (1 if kept and own else 0)
    if whole(x):
        # From nought, so that the tables are no larger than they must be.
        least = x.min()
        urn = as_whole(x - least)
        return exact_tails(
            urn,
            as_whole(seen - least * drawn),
            drawn,
            without=urn if kept else None,
        )
    places = np.arange(len(x)) if kept else None
    return drawn_tails(x, seen, drawn, own=places, times=times, seed=seed)


def shares(
    grid: Grid, expected: pd.Series | None, reach: float, own: bool
) -> Numbers | None:
    """The share of all that is expected in each window."""
    if expected is None:
        return None
    full = grid.spread(expected)
    if (full < 0).any() or full.sum() == 0:
        raise MethodError(
            "What is expected of each cell must be zero or more, and not zero in all."
        )
    there = window_sums(grid, full, reach=reach)
    if not own:
        there -= full.ravel()[grid.cells]
    return np.asarray(np.clip(there / full.sum(), 0, 1))


def normal_tails(z: Numbers) -> Tails:
    """The tails of the normal curve beyond z."""
    # Brought in where it is used: exact chances, the usual ones, do without.
    from scipy.special import ndtr

    return Tails(upper=ndtr(-z), lower=ndtr(z))


def scattered(
    x: Numbers, window: Numbers, size: Numbers, share: Numbers | None
) -> Tails:
    """The tails of each window if crimes had fallen at random; all in all as many."""
    if not whole(x) or x.min() < 0:
        raise MethodError(
            "Only whole crimes can be put into cells at random. For harm, choose "
            "chance='cells'."
        )
    rest = x.sum() - window
    there = size / len(x) if share is None else share
    from scipy.special import betainc, betaincc

    # Binomial tails by the incomplete beta function, which has no value at the ends.
    upper = betainc(np.maximum(window, 1), rest + 1, there)
    lower = betaincc(window + 1, np.maximum(rest, 1), there)
    return Tails(
        upper=np.where(window > 0, upper, 1.0), lower=np.where(rest > 0, lower, 1.0)
    )


def whole(x: Numbers) -> bool:
    return bool((x == np.rint(x)).all())


def as_whole(x: Numbers) -> Whole:
    return np.rint(x).astype(np.int64)
