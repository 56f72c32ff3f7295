"""
Equal cells over an area, squares or hexagons, and the counts of events in them.

Cells stand in rows and columns. In a grid of hexagons every second row is half a cell
further right, and each hexagon has its points up and down.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.snapped import cell_caution, places

Shape = Literal["square", "hexagon"]
Whole = npt.NDArray[np.int64]

MOST_CELLS = 5_000_000


@dataclass(frozen=True)
class Grid:
    """
    shape      "square" or "hexagon"
    size       metres: a square's side, or from a hexagon's flat side to the other
    west       x of the centres of the first column, in metres
    south      y of the centres of the first row
    within     rows x columns: the share of each cell that lies in the area, 0 to 1

    A cell goes by its number: row times the number of columns, plus column. Only cells
    with some of the area in them are `cells` of the grid.
    """

    shape: Shape
    size: float
    west: float
    south: float
    within: Numbers

    @property
    def rows(self) -> int:
        return int(self.within.shape[0])

    @property
    def columns(self) -> int:
        return int(self.within.shape[1])

    @property
    def row_height(self) -> float:
        """Metres from the centres of one row to those of the next."""
        return self.size * (np.sqrt(3) / 2 if self.shape == "hexagon" else 1.0)

    @property
    def cell_area(self) -> float:
        """Square metres of a whole cell."""
        return self.size * self.row_height

    @cached_property
    def cells(self) -> pd.Index:
        """The numbers of the cells with some of the area in them."""
        return pd.Index(np.flatnonzero(self.within > 0), name="cell")

    def centres(self) -> pd.DataFrame:
        """Return x and y of the centre of each cell, in metres."""
        row, column = np.divmod(self.cells.to_numpy(), self.columns)
        return pd.DataFrame(
            {
                "x": self.west + (column + self.shift(row)) * self.size,
                "y": self.south + row * self.row_height,
            },
            index=self.cells,
        )

    def shift(self, row: Whole) -> Numbers:
        """How far right a row stands, in cells."""
        half = 0.5 if self.shape == "hexagon" else 0.0
        return np.asarray((row % 2) * half, dtype=float)

    def outlines(self) -> pd.Series:
        """Return each cell as a polygon, cut by nothing."""
        corners = CORNERS[self.shape] * [self.size, self.row_height]
        rings = self.centres().to_numpy()[:, None, :] + corners
        return pd.Series(shapely.polygons(rings), index=self.cells, dtype=object)

    def spread(self, values: pd.Series) -> Numbers:
        """Return values per cell as rows x columns, with zero outside the area."""
        if not values.index.equals(self.cells):
            raise MethodError(
                f"There must be one value for each of the grid's {len(self.cells):,} "
                f"cells, in their order; there are {len(values):,}. Count them with "
                f"grid_counts, which keeps cells without events."
            )
        known = values.to_numpy(dtype=float)
        if not np.isfinite(known).all():
            raise MethodError(
                "A cell has no value. A cell without events has a count of zero."
            )
        full = np.zeros(self.within.size)
        full[self.cells.to_numpy()] = known
        return full.reshape(self.within.shape)


# Corners from the centre, in cells across and rows up.
CORNERS: dict[str, Numbers] = {
    "square": np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) / 2,
    "hexagon": np.array(
        [[0, -2 / 3], [1 / 2, -1 / 3], [1 / 2, 1 / 3]]
        + [[0, 2 / 3], [-1 / 2, 1 / 3], [-1 / 2, -1 / 3]]
    ),
}


def grid_over(area: shapely.Geometry, *, size: float, shape: Shape = "square") -> Grid:
    """
    Return a grid of cells that covers an area.

    area   polygon or polygons in metres on a plane, as of the British National Grid
    size   metres: a square's side, or a hexagon's width between flat sides
    shape  "square" or "hexagon"

    Cells lie on multiples of the size from nought, so grids of one size over two
    boroughs fit together. A cell is in the grid if any of the area is in it; `within`
    has how much.

    Raises MethodError if the area is empty, seems to be in degrees, or would need more
    than 5 million cells.

    Where the lines fall is arbitrary: a hot spot may be cut in two by one. Look at
    another size before making much of a single cell.

    >>> grid = grid_over(shapely.box(0, 0, 1_000, 500), size=500)
    >>> grid.rows, grid.columns, grid.centres().values.tolist()
    (1, 2, [[250.0, 250.0], [750.0, 250.0]])
    """
    check_area(area, size)
    west, south, east, north = area.bounds
    height = Grid(shape, size, 0, 0, np.zeros((1, 1))).row_height
    # Squares start on multiples of the size; hexagons have their centres there.
    first_column = np.floor(west / size) - (shape == "hexagon")
    first_row = np.floor(south / height) - (shape == "hexagon")
    if shape == "hexagon" and first_row % 2:
        first_row -= 1  # so that the same rows stand to the right in every grid
    last_column = np.ceil(east / size) + (shape == "hexagon")
    last_row = np.ceil(north / height) + (shape == "hexagon")
    columns, rows = int(last_column - first_column), int(last_row - first_row)
    if rows * columns > MOST_CELLS:
        raise MethodError(
            f"Cells of {size:g} m would be {rows * columns:,} over this area, and more "
            f"than {MOST_CELLS:,} are too many. Choose wider cells."
        )
    middle = 0.5 if shape == "square" else 0.0
    grid = Grid(
        shape=shape,
        size=size,
        west=(first_column + middle) * size,
        south=(first_row + middle) * height,
        within=np.ones((rows, columns)),
    )
    return trimmed(grid, area)


def check_area(area: shapely.Geometry, size: float) -> None:
    if not 0 < size < np.inf:
        raise MethodError(f"A cell cannot be {size:g} m wide. Try 250.")
    if area.is_empty or area.area == 0:
        raise MethodError("The area is empty, so there is nothing to put cells over.")
    west, south, east, north = area.bounds
    if max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90:
        raise MethodError(
            "The area looks like longitude and latitude. Turn it into metres first, on "
            "the British National Grid, say."
        )


def trimmed(grid: Grid, area: shapely.Geometry) -> Grid:
    """The grid with the share of each cell that the area holds."""
    outlines = grid.outlines().to_numpy()
    shapely.prepare(area)
    share = shapely.contains_properly(area, outlines).astype(float)
    cut = np.flatnonzero((share == 0) & shapely.intersects(area, outlines))
    held = shapely.area(shapely.intersection(area, outlines[cut]))
    # Rounding can carry a whole cell a hair beyond its own area.
    share[cut] = np.minimum(held / grid.cell_area, 1)
    share[share < 1e-9] = 0  # the area only touches it
    return Grid(
        grid.shape, grid.size, grid.west, grid.south, share.reshape(grid.within.shape)
    )


def cell_of(grid: Grid, x: Numbers, y: Numbers) -> Whole:
    """
    Return the number of the cell that each place is in, or -1 outside the grid.

    A place on the line between two squares belongs to the one north or east of it; on
    that between two hexagons, to either.
    """
    if grid.shape == "square":
        column = np.floor((x - grid.west) / grid.size + 0.5).astype(np.int64)
        row = np.floor((y - grid.south) / grid.size + 0.5).astype(np.int64)
    else:
        row, column = nearest_hexagon(grid, x, y)
    inside = (row >= 0) & (row < grid.rows) & (column >= 0) & (column < grid.columns)
    number = np.where(inside, row * grid.columns + column, 0)
    return np.where(inside & (grid.within.ravel()[number] > 0), number, -1)


def nearest_hexagon(grid: Grid, x: Numbers, y: Numbers) -> tuple[Whole, Whole]:
    """
    Row and column of the hexagon whose centre is nearest.

    Even rows are one lattice of centres and odd rows another: round to both, and take
    the nearer.
    """
    across, up = (x - grid.west) / grid.size, (y - grid.south) / grid.row_height
    even = 2 * np.round(up / 2), np.round(across)
    odd = 2 * np.floor(up / 2) + 1, np.round(across - 0.5)

    def apart(row: Numbers, column: Numbers, shift: float) -> Numbers:
        sideways = (across - column - shift) * grid.size
        return np.asarray(sideways**2 + ((up - row) * grid.row_height) ** 2)

    takes_even = apart(*even, 0.0) <= apart(*odd, 0.5)
    row = np.where(takes_even, even[0], odd[0])
    column = np.where(takes_even, even[1], odd[1])
    return row.astype(np.int64), column.astype(np.int64)


@dataclass(frozen=True)
class CellCounts:
    """
    cells    per cell: `x`, `y` (its centre, metres), `within` (share of it in the
             area), `count`
    outside  events in no cell of the grid
    caution  what the counts do not mean, or nothing
    """

    cells: pd.DataFrame
    outside: int
    caution: str


def grid_counts(
    events: pd.DataFrame,
    grid: Grid,
    *,
    weight: str | None = None,
    publisher: str = "",
    exact: bool = False,
) -> CellCounts:
    """
    Return how many events fall in each cell of a grid.

    events     one row each, with `x` and `y` in metres on the grid's own plane
    weight     a column to add up in place of ones: harm, say
    publisher  who published the places; "police-uk" moves them
    exact      the holder of the records says that no place was moved

    A cell without events counts zero. An event outside every cell is in `outside`, not
    in the counts; one just over the border but inside a border cell is counted.

    Raises MethodError if a place is missing or in degrees, or the places were moved and
    cells are narrower than 250 m (see saferplan.methods.snapped).

    A border cell has fewer because less of it is in the area: see `within`. Counts are
    not rates: a busy place has more of everything.

    >>> grid = grid_over(shapely.box(0, 0, 1_000, 500), size=500)
    >>> found = grid_counts(pd.DataFrame({"x": [10, 700, 999], "y": [9, 9, 9]}), grid)
    >>> found.cells["count"].tolist(), found.outside
    ([1, 2], 0)
    """
    caution = cell_caution(events, cell=grid.size, publisher=publisher, exact=exact)
    number = cell_of(grid, *places(events))
    inside = number >= 0
    weights = None
    if weight is not None:
        weights = events[weight].to_numpy(dtype=float)[inside]
    counted = np.bincount(number[inside], weights=weights, minlength=grid.within.size)
    cells = grid.centres()
    cells["within"] = grid.within.ravel()[grid.cells]
    cells["count"] = counted[grid.cells]
    outside = int(np.count_nonzero(~inside))
    if outside:
        caution = f"{outside:,} events lie outside the area. {caution}".strip()
    return CellCounts(cells=cells, outside=outside, caution=caution)
