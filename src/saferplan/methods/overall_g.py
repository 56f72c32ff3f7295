"""Whether a map clusters at all, before any one place on it is called hot."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr

from saferplan.errors import MethodError
from saferplan.methods.grid import Grid
from saferplan.methods.intervals import Numbers
from saferplan.methods.neighbours import touching, window_sums

FEW = 30  # cells; on fewer the curve of z is rough


@dataclass(frozen=True)
class OverallG:
    """
    One answer for a whole map.

    g         products of neighbouring values over products of all pairs, 0 to 1
    expected  its mean if the values were dealt out over the cells anew
    z         how many standard deviations it is above that
    p         two-sided, by the normal curve
    verdict   "high values together", "low values together" or "within chance"
    caution   in words
    """

    g: float
    expected: float
    z: float
    p: float
    verdict: str
    caution: str


def overall_g(
    values: pd.Series,
    grid: Grid,
    *,
    reach: float | None = None,
    confidence: float = 0.95,
) -> OverallG:
    """
    Return Getis and Ord's G for all cells of a grid together.

    values  one per cell of the grid, zeros included; none negative
    reach   metres between centres of cells that count as neighbours; if not given,
            those that touch

    The mean and the spread over all ways to deal the values out over the cells are
    exact; p is by the normal curve.

    Raises MethodError for fewer than four cells or fewer than two that have any, a
    negative value, values that are all the same, or cells of which none, or all, are
    neighbours.

    It says that busy cells stand beside busy cells, not where, which is what hot_spots
    is for. High and low values that both gather can cancel out.

    Source: Getis and Ord (1992), doi:10.1111/j.1538-4632.1992.tb00261.x.

    >>> import shapely
    >>> from saferplan.methods.grid import grid_over
    >>> grid = grid_over(shapely.box(0, 0, 10_000, 10_000), size=1_000)
    >>> counts = pd.Series(1, index=grid.cells)
    >>> counts.loc[[0, 1, 10, 11]] = 9
    >>> found = overall_g(counts, grid)
    >>> round(found.z, 1), found.verdict
    (6.2, 'high values together')
    """
    full = grid.spread(values)
    x = full.ravel()[grid.cells]
    check_values(x)
    reach = touching(grid) if reach is None else reach
    ones = (grid.within > 0).astype(float)
    neighbours = window_sums(grid, ones, reach=reach) - 1
    if neighbours.sum() in (0, len(x) * (len(x) - 1)):
        raise MethodError(
            f"Within {reach:g} m no cell has a neighbour, or every cell is one of "
            f"every other. Choose another reach."
        )
    beside = window_sums(grid, full, reach=reach) - x
    pairs = x.sum() ** 2 - (x**2).sum()
    g = float((x * beside).sum() / pairs)
    expected, variance = moments(x, neighbours)
    z = (g - expected) / np.sqrt(variance)
    p = float(2 * ndtr(-abs(z)))
    way = "high values together" if z > 0 else "low values together"
    return OverallG(
        g=g,
        expected=expected,
        z=float(z),
        p=p,
        verdict=way if p < 1 - confidence else "within chance",
        caution=""
        if len(x) >= FEW
        else f"Only {len(x)} cells: the curve is rough, and p with it.",
    )


def moments(x: Numbers, neighbours: Numbers) -> tuple[float, float]:
    """The mean and the variance of G over all ways to deal out the values."""
    n, w = len(x), neighbours.sum()
    s1, s2 = 2 * w, 4 * (neighbours**2).sum()
    # Only the shape matters, and large powers of large numbers lose figures.
    scaled = x / x.mean()
    m1, m2, m3, m4 = (float((scaled**power).sum()) for power in (1, 2, 3, 4))
    square = (
        ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * w**2) * m2**2
        - ((n**2 - n) * s1 - 2 * n * s2 + 6 * w**2) * m4
        - (2 * n * s1 - (n + 3) * s2 + 6 * w**2) * m1**2 * m2
        + (4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * w**2) * m1 * m3
        + (s1 - s2 + w**2) * m1**4
    )
    square /= (m1**2 - m2) ** 2 * n * (n - 1) * (n - 2) * (n - 3)
    expected = w / (n * (n - 1))
    return float(expected), float(square - expected**2)


def check_values(x: Numbers) -> None:
    if len(x) < 4:
        raise MethodError("Four cells or more are needed to say that they cluster.")
    if (x < 0).any():
        raise MethodError("A value below nothing has no G. Count events, or harm.")
    if (x > 0).sum() < 2:
        raise MethodError("Fewer than two cells have any, so there are no pairs.")
    if np.ptp(x) == 0:
        raise MethodError(
            "Every cell has the same value, so nothing can cluster. Use a longer "
            "period or larger cells."
        )
