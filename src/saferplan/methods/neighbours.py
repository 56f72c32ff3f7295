"""Sums over each cell of a grid and the cells near it."""

import numpy as np

from saferplan.methods.grid import Grid
from saferplan.methods.intervals import Numbers


def touching(grid: Grid) -> float:
    """Metres to the furthest cell that touches another, by a side or a corner."""
    return grid.size * (np.sqrt(2) if grid.shape == "square" else 1.0)


def window_sums(grid: Grid, values: Numbers, *, reach: float) -> Numbers:
    """
    Return, for each cell of the grid, the sum over cells whose centres are near.

    values  rows x columns, zero where there is no cell
    reach   metres from centre to centre; the cell itself is always in the sum

    The result has one number per cell of the grid, in their order.
    """
    padded, below, left = with_margin(grid, values, reach)
    rows, columns = grid.within.shape
    sums = np.zeros(grid.within.shape)
    # Every second row of hexagons stands to the right, and has neighbours of its own.
    step = 2 if grid.shape == "hexagon" else 1
    for parity in range(step):
        part = sums[parity::step]
        for up, along in offsets(grid, reach, parity):
            first = below + parity + up
            part += padded[first : below + rows + up : step][
                : len(part), left + along : left + along + columns
            ]
    return np.asarray(sums.ravel()[grid.cells])


def with_margin(grid: Grid, values: Numbers, reach: float) -> tuple[Numbers, int, int]:
    """The values with room for a window round the outermost cells."""
    below = int(reach / grid.row_height + 1e-9) + 1
    left = int(reach / grid.size + 1e-9) + 1
    return np.pad(values, ((below, below), (left, left))), below, left


def offsets(grid: Grid, reach: float, parity: int) -> list[tuple[int, int]]:
    """Rows up and columns along to each cell within reach of one in such a row."""
    most_up = int(reach / grid.row_height + 1e-9)
    most_along = int(reach / grid.size + 1e-9) + 1
    start = float(grid.shift(np.array(parity)))
    found = []
    for up in range(-most_up, most_up + 1):
        aside = float(grid.shift(np.array(parity + up))) - start
        for along in range(-most_along, most_along + 1):
            apart = np.hypot((along + aside) * grid.size, up * grid.row_height)
            if apart <= reach * (1 + 1e-9):
                found.append((up, along))
    return found
