"""
Where hot spots come up, last and go: Gi* over places and steps of time.

A map of one month says where crime gathered, and not whether it always does. Here each
cell is looked at in each step, with its neighbours and with the step before.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.grid import Grid
from saferplan.methods.hot_spot_patterns import MOSTLY, Flags, patterns
from saferplan.methods.hot_spots import gi_star, shuffled, step_up, whole
from saferplan.methods.intervals import Numbers
from saferplan.methods.mann_kendall import mann_kendall
from saferplan.methods.neighbours import touching, window_sums

Against = Literal["all steps", "same steps"]

LEAST_STEPS = 10
FEW_STEPS = (
    "Few steps: a trend is hard to show, so a spot called persistent may be growing or "
    "fading."
)


@dataclass(frozen=True)
class EmergingHotSpots:
    """
    cells     per cell: `pattern` (see hot_spot_patterns.PATTERNS), `of` ("hot" or
              "cold" spot, or ""), `hot` and `cold` (steps it was so), `now` (its
              verdict in the last step), `tau`, `p` and `q` of its trend (missing for
              cells not hot or cold in nine tenths of the steps, of which nobody asks)
    verdicts  steps x cells: "hot", "cold" or ""
    z         steps x cells: Gi* of the cell, its neighbours and the steps before
    basis     what the verdicts are the chance of, for the note under the map
    caution   what the patterns do not mean, or nothing
    """

    cells: pd.DataFrame
    verdicts: pd.DataFrame
    z: pd.DataFrame
    basis: str
    caution: str


def emerging_hot_spots(
    counts: pd.DataFrame,
    grid: Grid,
    *,
    reach: float | None = None,
    back: int = 1,
    against: Against = "all steps",
    false_discoveries: float = 0.05,
    times: int = 9_999,
    seed: int = 1,
) -> EmergingHotSpots:
    """
    Return what each cell has been over time: a new hot spot, a persistent one, ...

    counts   one row per step of time, in order and of one length; one column per cell
             of the grid, zeros included: see step_counts
    reach    metres between centres of cells that count as neighbours; if not given,
             those that touch
    back     how many steps before are looked at together with each
    against  what a cell is compared with: cells of "all steps", so that a winter in
             which all of the borough is worse has more hot spots; or of the "same
             steps", so that a hot spot is one beside the rest of its time
    false_discoveries  the share of hot and cold verdicts, over all steps and cells,
             that may be chance; and of the trends found
    times, seed  for values that are not whole numbers, how many draws to make

    p of each step is exact for whole numbers, as in hot_spots with chance "cells". The
    trend is Mann and Kendall's, of the crimes in the cell and its neighbours in each
    step alone, since windows that overlap in time rise and fall together by making. It
    is asked only of cells hot or cold in nine tenths of the steps; a choice that does
    not look at their order.

    Raises MethodError for fewer than 10 steps, a step without counts, counts that are
    all alike, or choices that make no sense.

    A pattern describes recorded crime in cells someone drew. A new hot spot of one step
    may be one offender or one change in recording; a season comes back and is no trend.

    Source: Ord and Getis (1995), doi:10.1111/j.1538-4632.1995.tb00912.x, over space and
    time; the categories are those of Esri's Emerging Hot Spot Analysis; Benjamini and
    Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.

    >>> import shapely
    >>> from saferplan.methods.grid import grid_over
    >>> grid = grid_over(shapely.box(0, 0, 10_000, 10_000), size=1_000)
    >>> counts = pd.DataFrame(1, index=range(12), columns=grid.cells)
    >>> counts[[0, 1, 10, 11]] = 9            # always hot
    >>> counts.loc[11, [88, 89, 98, 99]] = 20  # hot in the last step
    >>> found = emerging_hot_spots(counts, grid).cells
    >>> found["pattern"].loc[[0, 99, 50]].tolist()
    ['persistent', 'new', 'none']
    """
    x = checked(counts, grid, back, false_discoveries)
    reach = touching(grid) if reach is None else reach
    alone = np.array([window_sums(grid, spread(grid, row), reach=reach) for row in x])
    near = window_sums(grid, (grid.within > 0).astype(float), reach=reach)
    window = with_steps_before(alone, back)
    size = with_steps_before(np.tile(near, (len(x), 1)), back)
    z, p = chances(x, window, size, back, against, times, seed)
    sure = step_up(p.ravel()).reshape(p.shape) <= false_discoveries
    hot, cold = sure & (z > 0), sure & (z < 0)
    verdicts = np.select([hot, cold], ["hot", "cold"], "")
    cells = with_patterns(hot, cold, alone, false_discoveries)
    cells["now"] = verdicts[-1]
    cells.index = counts.columns
    exact = "" if whole(x) else f", {times:,} times"
    return EmergingHotSpots(
        cells=cells,
        verdicts=pd.DataFrame(verdicts, index=counts.index, columns=counts.columns),
        z=pd.DataFrame(z, index=counts.index, columns=counts.columns),
        basis=f"as many cells drawn at random from those of {against}{exact}; steps "
        f"looked back: {back}; {false_discoveries:.0%} false discoveries",
        caution=FEW_STEPS if len(x) < 2 * LEAST_STEPS else "",
    )


def checked(
    counts: pd.DataFrame, grid: Grid, back: int, false_discoveries: float
) -> Numbers:
    """The counts as numbers, steps x cells, if patterns can be had from them."""
    if len(counts) < LEAST_STEPS:
        raise MethodError(
            f"{len(counts)} steps are too few to call a hot spot new or persistent: it "
            f"takes {LEAST_STEPS} or more. Use months in place of quarters, or more "
            f"of them."
        )
    if not counts.columns.equals(grid.cells):
        raise MethodError(
            f"There must be one column for each of the grid's {len(grid.cells):,} "
            f"cells, in their order. Count them with step_counts."
        )
    x = counts.to_numpy(dtype=float)
    if not np.isfinite(x).all():
        raise MethodError(
            "A cell has no count in some step. A step that was not published cannot be "
            "filled in: take a run for which all were sent."
        )
    if np.ptp(x) == 0:
        raise MethodError("All counts are the same, so no cell is hot at any time.")
    if not 0 <= back < len(counts):
        raise MethodError(f"{back} steps before are not there. Choose 0, 1 or 2.")
    if not 0 < false_discoveries < 1:
        raise MethodError("The share of false discoveries is between 0 and 1: 0.05.")
    return x


def spread(grid: Grid, row: Numbers) -> Numbers:
    return grid.spread(pd.Series(row, index=grid.cells))


def with_steps_before(values: Numbers, back: int) -> Numbers:
    """Each step's values and those of so many steps before it, as far as there are."""
    found = values.copy()
    for ago in range(1, back + 1):
        found[ago:] += values[:-ago]
    return found


def chances(
    x: Numbers,
    window: Numbers,
    size: Numbers,
    back: int,
    against: str,
    times: int,
    seed: int,
) -> tuple[Numbers, Numbers]:
    """z and two-sided p of each cell in each step."""

    def against_these(
        urn: Numbers, window: Numbers, size: Numbers
    ) -> tuple[Numbers, Numbers]:
        if np.ptp(urn) == 0:  # nothing happened, so nothing is hot
            return np.zeros(len(window)), np.ones(len(window))
        z = gi_star(urn, window, size)
        return z, shuffled(
            urn, window, size, own=True, chance="cells", times=times, seed=seed
        ).two_sided

    if against == "all steps":
        z, p = against_these(x.ravel(), window.ravel(), size.ravel())
        return z.reshape(x.shape), p.reshape(x.shape)
    found = [
        against_these(x[max(0, at - back) : at + 1].ravel(), window[at], size[at])
        for at in range(len(x))
    ]
    return np.array([z for z, _ in found]), np.array([p for _, p in found])


def with_patterns(
    hot: Flags, cold: Flags, alone: Numbers, false_discoveries: float
) -> pd.DataFrame:
    """Each cell's pattern, its steps, and its trend where it is asked for."""
    often = np.maximum(hot.mean(axis=0), cold.mean(axis=0)) >= MOSTLY - 1e-9
    trend = pd.DataFrame(np.nan, index=range(len(often)), columns=["tau", "p", "q"])
    if often.any():
        found = mann_kendall(pd.DataFrame(alone).loc[:, often])
        trend.loc[often, ["tau", "p"]] = found[["tau", "p"]]
        trend.loc[often, "q"] = step_up(found["p"].to_numpy())
    sure = (trend["q"] <= false_discoveries).to_numpy()
    way = np.where(sure, np.sign(trend["tau"].fillna(0.0)), 0.0)
    as_hot, as_cold = patterns(hot, cold, way), patterns(cold, hot, -way)
    by_cold = (as_hot == "none") & (as_cold != "none")
    return pd.DataFrame(
        {
            "pattern": np.where(by_cold, as_cold, as_hot),
            "of": np.select([as_hot != "none", by_cold], ["hot", "cold"], ""),
            "hot": hot.sum(axis=0),
            "cold": cold.sum(axis=0),
            "tau": trend["tau"],
            "p": trend["p"],
            "q": trend["q"],
        }
    )
