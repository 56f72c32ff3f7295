"""
Kernel density: a smooth surface of how many events there are per square kilometre.

Each event is spread over a disc, thickest in its middle (the quartic kernel), and the
discs are added up. The surface shows where events crowd; it tests nothing.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.grid import Grid
from saferplan.methods.intervals import Numbers
from saferplan.methods.kernel_sums import Lattice, exact_sums, quick_sums
from saferplan.methods.snapped import cell_caution, places

MOST_ERROR = 0.005  # of the peak
SURE = 5  # standard deviations, since the worst of many cells is what counts
WIDEST = 100  # cells from the middle of the kernel to its edge

PER_SQUARE_KILOMETRE = 1_000_000.0


@dataclass(frozen=True)
class Density:
    """
    cells    per cell of the grid: events per square kilometre at its centre
    peak     the most in any cell
    error    the most that any cell is likely to be out, as a share of the peak; 0 where
             every event was placed exactly
    caution  what the surface does not mean, or nothing
    """

    cells: pd.Series
    peak: float
    error: float
    caution: str


def density(
    events: pd.DataFrame,
    grid: Grid,
    *,
    bandwidth: float,
    quick: bool = False,
    publisher: str = "",
    exact: bool = False,
) -> Density:
    """
    Return events per square kilometre at the centre of each cell.

    events     one row each, with `x` and `y` in metres on the grid's own plane; those
               just outside the area too, or its edge looks quieter than it is
    bandwidth  metres from an event to the edge of its disc
    quick      work with sums over each cell, and say how far that may be out; if it is
               likely to be more than 0.5% of the peak, the exact way is taken instead
    publisher, exact  as in grid_counts: moved places are refused below 250 m

    The volume under the surface is the number of events whose discs lie on the grid. No
    events give zero everywhere.

    Raises MethodError if the bandwidth is nothing, over 100 cells, or finer than moved
    places allow; or a place is missing.

    The bandwidth decides what the map shows: twice as wide, and two hot spots become
    one. The stated error supposes that events lie anyhow within their cells; hundreds
    on one spot may exceed it.

    Source: Silverman (1986), Density Estimation, equation 4.5.

    >>> import shapely
    >>> from saferplan.methods.grid import grid_over
    >>> grid = grid_over(shapely.box(0, 0, 3_000, 1_000), size=1_000)
    >>> found = density(pd.DataFrame({"x": [500], "y": [500]}), grid, bandwidth=1_000)
    >>> found.cells.round(3).tolist()  # in the middle, 3 / pi
    [0.955, 0.0, 0.0]
    """
    check_bandwidth(grid, bandwidth)
    caution = cell_caution(events, cell=bandwidth, publisher=publisher, exact=exact)
    x, y = places(events)
    lattices = lattices_of(grid, bandwidth)
    scale = 3 / (np.pi * bandwidth**2) * PER_SQUARE_KILOMETRE
    if quick:
        both = [quick_sums(x, y, lattice) for lattice in lattices]
        surface = laced(grid, [sums for sums, _ in both])
        peak = float(surface.max())
        worst = max(float(errors.max(initial=0)) for _, errors in both)
        error = SURE * worst / peak if peak > 0 else 0.0
        if error <= MOST_ERROR:
            return Density(surface * scale, peak * scale, error, caution)
    surface = laced(grid, [exact_sums(x, y, lattice) for lattice in lattices])
    return Density(
        cells=surface * scale,
        peak=float(surface.max()) * scale,
        error=0.0,
        caution=caution,
    )


def check_bandwidth(grid: Grid, bandwidth: float) -> None:
    if not bandwidth > 0:
        raise MethodError(
            f"A bandwidth of {bandwidth:g} m spreads nothing. Try 500, or see "
            f"usual_bandwidth."
        )
    if bandwidth > WIDEST * grid.size:
        raise MethodError(
            f"A bandwidth of {bandwidth:g} m is over {WIDEST} cells of {grid.size:g} "
            f"m. So smooth a surface needs no such small cells: make them wider."
        )


def lattices_of(grid: Grid, bandwidth: float) -> list[Lattice]:
    """The centres of squares are one lattice; those of hexagons two, row about."""
    if grid.shape == "square":
        return [
            Lattice(
                grid.west,
                grid.south,
                grid.size,
                grid.size,
                grid.columns,
                grid.rows,
                bandwidth,
            )
        ]
    return [
        Lattice(
            grid.west + parity * grid.size / 2,
            grid.south + parity * grid.row_height,
            grid.size,
            2 * grid.row_height,
            grid.columns,
            (grid.rows - parity + 1) // 2,
            bandwidth,
        )
        for parity in (0, 1)
    ]


def laced(grid: Grid, sums: list[Numbers]) -> pd.Series:
    """The rows of the lattices in turn, as one value for each cell of the grid."""
    full = np.empty(grid.within.shape)
    for parity, rows in enumerate(sums):
        full[parity :: len(sums)] = rows
    return pd.Series(full.ravel()[grid.cells], index=grid.cells, name="density")


def usual_bandwidth(events: pd.DataFrame) -> float:
    """
    Return a bandwidth to begin with, in metres: the mean of one for x and one for y.

    events  as in `density`, two or more

    Each is 4.24 times the smaller of the standard deviation and the interquartile range
    over 1.34, divided by the fifth root of the number of events.

    The rule supposes one round cluster. Crime has many, so it is mostly too wide.

    Source: Venables and Ripley (2002), Modern Applied Statistics with S, section 5.6.

    >>> line = pd.DataFrame({"x": np.arange(32) * 100.0, "y": np.arange(32) * 100.0})
    >>> round(usual_bandwidth(line), 1)
    1988.7
    """
    x, y = places(events)
    if len(x) < 2 or (np.ptp(x) == 0 and np.ptp(y) == 0):
        raise MethodError(
            "A bandwidth needs events in two places or more. Choose one yourself: 500."
        )

    def along(axis: Numbers) -> float:
        low, high = np.percentile(axis, [25, 75])
        spread = min(float(np.std(axis, ddof=1)), float(high - low) / 1.34)
        return float(4 * 1.06 * spread * len(axis) ** -0.2)

    return (along(x) + along(y)) / 2
