"""
Sums of the quartic kernel over many points, at every node of a lattice.

The kernel of a point at distance d is (1 - d²/reach²)², and nothing beyond its reach.

Points are put into bins round the nodes. Where a whole bin is within reach of a node
the kernel is a polynomial in the points' coordinates, so nine sums over the bin serve
all its points at once, exactly. Only points in bins that the reach cuts are taken one
by one; nothing is rounded to a bin in either case.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import fft

from saferplan.methods.intervals import Numbers

AT_ONCE = 16_384  # points, so that what is being worked on stays in the cache
TRIALS = 8  # points across a bin when its mean and variance are worked out

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Lattice:
    """
    west, south    the first node, in metres
    across, up     metres from node to node
    columns, rows  how many
    reach          of the kernel, in metres
    """

    west: float
    south: float
    across: float
    up: float
    columns: int
    rows: int
    reach: float

    @property
    def margin(self) -> tuple[int, int]:
        """Bins up and across beyond the last node from which points may reach it."""
        return (
            int(self.reach / self.up + 0.5) + 1,
            int(self.reach / self.across + 0.5) + 1,
        )

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of bins, margins and all."""
        up, across = self.margin
        return self.rows + 2 * up, self.columns + 2 * across

    @cached_property
    def offsets(self) -> tuple[Numbers, Numbers]:
        """Rows up and columns along to each node that a bin might reach."""
        up, across = self.margin
        rows, columns = np.mgrid[-up : up + 1, -across : across + 1]
        return rows.astype(float), columns.astype(float)

    def apart(self, half: float) -> Numbers:
        """
        From a bin to each node about it, as a share of the reach: to the furthest point
        of the bin for half 0.5, to the nearest for -0.5, to its middle for 0.
        """
        rows, columns = self.offsets
        return np.asarray(
            np.hypot(
                np.maximum(np.abs(rows) + half, 0) * self.up,
                np.maximum(np.abs(columns) + half, 0) * self.across,
            )
            / self.reach
        )

    def cut_out(self, full: Numbers) -> Numbers:
        """The nodes, without margins."""
        up, across = self.margin
        return full[up : up + self.rows, across : across + self.columns]


@dataclass(frozen=True)
class Binned:
    """
    number         the bin of each point; only points in a bin are here
    aside, upward  from the middle of its bin, in bins: -0.5 to 0.5
    """

    number: Places
    aside: Numbers
    upward: Numbers


def binned(x: Numbers, y: Numbers, lattice: Lattice) -> Binned:
    """Put points into bins, and leave out those that no node can feel."""
    up, across = lattice.margin
    rows, columns = lattice.shape
    x = (x - lattice.west) / lattice.across + (across + 0.5)
    y = (y - lattice.south) / lattice.up + (up + 0.5)
    if len(x) and (x.min() < 0 or x.max() >= columns or y.min() < 0 or y.max() >= rows):
        inside = (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
        x, y = x[inside], y[inside]
    column, row = x.astype(np.int64), y.astype(np.int64)
    x -= column
    x -= 0.5
    y -= row
    y -= 0.5
    row *= columns
    row += column
    return Binned(row, x, y)


def per_bin(points: Binned, weights: Numbers | None, lattice: Lattice) -> Numbers:
    """Add up over the points of each bin."""
    rows, columns = lattice.shape
    summed = np.bincount(points.number, weights=weights, minlength=rows * columns)
    return summed.astype(float, copy=False).reshape(rows, columns)


def exact_sums(x: Numbers, y: Numbers, lattice: Lattice) -> Numbers:
    """
    Return the sum of the kernel over all points at each node, rows x columns.

    x, y  of the points, in metres; those out of every node's reach count nothing

    Exact but for the rounding of the arithmetic: about 1e-13 of the largest sum.
    """
    points = binned(x, y, lattice)
    order = np.argsort(points.number, kind="stable")
    points = Binned(points.number[order], points.aside[order], points.upward[order])
    sums = whole_bins(points, lattice) + cut_bins(points, lattice)
    return np.maximum(lattice.cut_out(sums), 0)


def whole_bins(points: Binned, lattice: Lattice) -> Numbers:
    """The part of the sums from bins that lie within reach as a whole."""
    rows, columns = lattice.offsets
    within = lattice.apart(0.5) <= 1
    u, v = columns * lattice.across / lattice.reach, rows * lattice.up / lattice.reach
    a = 1 - u**2 - v**2
    x = points.aside * (lattice.across / lattice.reach)
    y = points.upward * (lattice.up / lattice.reach)
    xx, yy = x * x, y * y
    square = xx + yy
    # (a + 2(ux + vy) - (x² + y²))², multiplied out: a sum over the bin, and what it is
    # multiplied by at the node (u, v) away.
    terms: list[tuple[Numbers | None, Numbers]] = [
        (None, a**2),
        (x, 4 * a * u),
        (y, 4 * a * v),
        (xx, 4 * u**2 - 2 * a),
        (yy, 4 * v**2 - 2 * a),
        (x * y, 8 * u * v),
        (x * square, -4 * u),
        (y * square, -4 * v),
        (square * square, np.ones_like(a)),
    ]
    sums = convolved(
        [
            (per_bin(points, weights, lattice), np.where(within, kernel, 0))
            for weights, kernel in terms
        ]
    )
    held = convolved([(per_bin(points, None, lattice), within.astype(float))])
    sums[held < 0.5] = 0  # the transform leaves a hair where there is nothing
    return sums


def convolved(pairs: list[tuple[Numbers, Numbers]]) -> Numbers:
    """
    The sum of each array convolved with its kernel, the size of the arrays.

    Their margins are as wide as the kernels, so what wraps round stays in them.
    """
    shape = pairs[0][0].shape
    size = [fft.next_fast_len(n, real=True) for n in shape]
    total = np.zeros((size[0], size[1] // 2 + 1), dtype=np.complex128)
    for values, kernel in pairs:
        total += fft.rfft2(values, size) * fft.rfft2(kernel, size)
    height, width = (n // 2 for n in pairs[0][1].shape)
    full = fft.irfft2(total, size)
    # The kernel's middle is at (height, width), not at nought.
    return np.asarray(np.roll(full, (-height, -width), (0, 1))[: shape[0], : shape[1]])


def cut_bins(points: Binned, lattice: Lattice) -> Numbers:
    """The part of the sums from bins that the reach cuts, point by point."""
    columns = lattice.shape[1]
    up, across = lattice.margin
    cut = np.argwhere((lattice.apart(-0.5) < 1) & (lattice.apart(0.5) > 1))
    # A node in the margin is nobody's, so leave room for it on either side.
    room = up * columns + across
    sums = np.zeros(lattice.shape[0] * columns + 2 * room)
    u = np.arange(-across, across + 1)[:, None]
    v = np.arange(-up, up + 1)[:, None]
    wide, high = lattice.across / lattice.reach, lattice.up / lattice.reach
    left = np.empty(AT_ONCE)
    for start in range(0, len(points.number), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        sideways = 1 - ((u - points.aside[part]) * wide) ** 2
        upwards = ((v - points.upward[part]) * high) ** 2
        bins = points.number[part]
        firsts = np.flatnonzero(np.diff(bins, prepend=-1))
        target = bins[firsts] + room
        kernel = left[: len(bins)]
        for j, i in cut:
            np.subtract(sideways[i], upwards[j], out=kernel)
            np.maximum(kernel, 0, out=kernel)
            np.multiply(kernel, kernel, out=kernel)
            shift = (j - up) * columns + (i - across)
            sums[target + shift] += np.add.reduceat(kernel, firsts)
    return sums[room : len(sums) - room].reshape(lattice.shape)


def quick_sums(x: Numbers, y: Numbers, lattice: Lattice) -> tuple[Numbers, Numbers]:
    """
    Return the sums with the kernel taken for a slope over each bin, and their error.

    Over one bin the kernel is nearly a mean and a slope either way, so three sums over
    the bin serve all its points. What is left out has, if points lie anyhow within
    their bins, the standard deviation that is the second array.
    """
    points = binned(x, y, lattice)
    rows, columns = lattice.offsets
    inside = (np.arange(TRIALS) + 0.5) / TRIALS - 0.5
    aside, upward = inside[:, None], inside[None, :]
    u = (columns[..., None, None] - aside) * lattice.across / lattice.reach
    v = (rows[..., None, None] - upward) * lattice.up / lattice.reach
    kernel = np.maximum(1 - u**2 - v**2, 0) ** 2
    mean = kernel.mean(axis=(2, 3))
    spread = np.mean(inside**2)
    along = (kernel * aside).mean(axis=(2, 3)) / spread
    over = (kernel * upward).mean(axis=(2, 3)) / spread
    unseen = kernel.var(axis=(2, 3)) - (along**2 + over**2) * spread
    counts = per_bin(points, None, lattice)
    sums = convolved(
        [
            (counts, mean),
            (per_bin(points, points.aside, lattice), along),
            (per_bin(points, points.upward, lattice), over),
        ]
    )
    errors = convolved([(counts, unseen)])
    return (
        np.maximum(lattice.cut_out(sums), 0),
        np.sqrt(np.maximum(lattice.cut_out(errors), 0)),
    )
