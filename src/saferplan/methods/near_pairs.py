"""
Which pairs of events are near one another in space, and which in time.

The pairs near in space are listed, in bands of distance. Those near in time are only
counted, from how many events each day has.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers

Numbered = npt.NDArray[np.int32]
Whole = npt.NDArray[np.int64]

AT_ONCE = 500_000  # candidates
MOST_PAIRS = 25_000_000  # 200 MB
ACROSS = 2  # cells from an event to the furthest that can be near it


@dataclass(frozen=True)
class Pairs:
    """
    first, second  places of the events in the list, band after band
    starts         where each band begins, and the end of the last
    events         how many events there are
    """

    first: Numbered
    second: Numbered
    starts: Whole
    events: int

    def band(self, number: int) -> slice:
        return slice(int(self.starts[number]), int(self.starts[number + 1]))

    def degrees(self, number: int) -> Whole:
        """How many partners each event has in a band."""
        where = self.band(number)
        ends = np.bincount(self.first[where], minlength=self.events)
        return ends + np.bincount(self.second[where], minlength=self.events)


def banded(apart: Numbers, edges: Numbers, *, right: bool) -> npt.NDArray[np.int8]:
    """
    The band each distance is in, from nought; -1 before the first edge.

    right  a distance on an edge belongs to the band below; that on the first edge
           belongs to the first band either way
    """
    band = np.full(len(apart), -1, dtype=np.int8)
    for edge in edges:
        band += apart > edge if right else apart >= edge
    if right:
        band[apart == edges[0]] = 0
    return band


def near_pairs(
    x: Numbers, y: Numbers, edges: Numbers, *, straight: bool, right: bool
) -> Pairs:
    """
    Return every pair of events by band of distance.

    x, y      in metres; pairs are of places in these lists, which should be `in_order`
    edges     of the bands, in metres, rising; the last may be infinite
    straight  as the crow flies; otherwise along a grid of streets (dx + dy)
    right     see `banded`

    Raises MethodError if there are more than 25 million pairs.
    """
    bands = len(edges) - 1
    parts: list[list[tuple[Numbered, Numbered]]] = [[] for _ in range(bands)]
    found = 0
    for first, second in candidates(x, y, float(edges[-1])):
        across, up = np.abs(x[second] - x[first]), np.abs(y[second] - y[first])
        apart = np.hypot(across, up) if straight else across + up
        band = banded(apart, edges, right=right)
        for number in range(bands):
            chosen = np.flatnonzero(band == number)
            parts[number].append((first[chosen], second[chosen]))
            found += len(chosen)
        if found > MOST_PAIRS:
            raise MethodError(
                f"More than {MOST_PAIRS:,} pairs of events are within "
                f"{edges[-1]:g} m. Use shorter bands, or a smaller area or period."
            )
    empty = np.zeros(0, dtype=np.int32)
    sizes = [sum(len(one) for one, _ in part) for part in parts]
    return Pairs(
        first=np.concatenate([empty, *(one for part in parts for one, _ in part)]),
        second=np.concatenate([empty, *(two for part in parts for _, two in part)]),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        events=len(x),
    )


@dataclass(frozen=True)
class Boxes:
    """Events by box, `side` metres wide, with empty boxes round the outermost."""

    side: float
    column: Whole
    row: Whole
    columns: int

    @property
    def number(self) -> Whole:
        return self.row * self.columns + self.column


def boxes(x: Numbers, y: Numbers, reach: float) -> Boxes:
    # Half of a reach, so that fewer candidates turn out too far; and never so small
    # that there are more boxes than memory.
    extent = max(float(np.ptp(x)), float(np.ptp(y)), 1.0)
    side = max(min(reach, extent + 1) / ACROSS, extent / 2_000)
    column = ((x - x.min()) / side).astype(np.int64) + ACROSS
    row = ((y - y.min()) / side).astype(np.int64)
    return Boxes(side, column, row, int(column.max()) + ACROSS + 1)


def in_order(x: Numbers, y: Numbers, reach: float) -> npt.NDArray[np.intp]:
    """Return the order in which near events are near in the list too."""
    return np.argsort(boxes(x, y, reach).number, kind="stable")


def candidates(
    x: Numbers, y: Numbers, reach: float
) -> Iterator[tuple[Numbered, Numbered]]:
    """
    Yield pairs that may be within reach, each pair once, some hundred thousand a time.

    The events must be in the order of their boxes. Then the boxes to the right in an
    event's own row are one run of the list, and so are those about it in each row
    above.
    """
    found = boxes(x, y, reach)
    number = found.number
    if (np.diff(number) < 0).any():
        raise AssertionError("The events are not in the order of their boxes.")
    every = np.arange(len(x))
    for up in range(ACROSS + 1):
        here = number + up * found.columns
        begin = every + 1 if up == 0 else np.searchsorted(number, here - ACROSS)
        end = np.searchsorted(number, here + ACROSS, side="right")
        lengths = np.maximum(end - begin, 0)
        total = np.concatenate([[0], np.cumsum(lengths)])
        start = 0
        while start < len(x):
            stop = int(np.searchsorted(total, total[start] + AT_ONCE, side="right")) - 1
            stop = max(stop, start + 1)
            size = lengths[start:stop]
            first = np.repeat(np.arange(start, stop, dtype=np.int32), size)
            # Along each run from its beginning.
            skip = np.repeat(begin[start:stop] - total[start:stop], size)
            second = np.arange(total[start], total[stop]) + skip
            yield first, second.astype(np.int32)
            start = stop


def later_pairs(days: Whole, edges: Whole) -> tuple[list[int], list[int]]:
    """
    Count pairs of events by days apart, and pairs of such pairs that share an event.

    days   of each event, whole numbers from nought
    edges  of the bands, rising: from each edge up to the day before the next

    Returns, for each band, how many pairs, and how many paths of two pairs.
    """
    held = np.bincount(days)
    length = len(held)
    before = np.concatenate([[0], np.cumsum(held)])
    pairs, paths = [], []
    at = np.arange(length)
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        # Events from `low` to `high` - 1 days later, and as much earlier.
        later = (
            before[np.minimum(at + high, length)] - before[np.minimum(at + low, length)]
        )
        earlier = (
            before[np.maximum(at - low + 1, 0)] - before[np.maximum(at - high + 1, 0)]
        )
        partners = later + earlier
        if low == 0:
            partners = partners - held - 1  # the same day twice, and the event itself
        there = held > 0
        pairs.append(int((held * partners)[there].sum()) // 2)
        paths.append(int((held * partners * (partners - 1))[there].sum()) // 2)
    return pairs, paths
