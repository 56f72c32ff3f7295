"""
Whether events follow one another at close quarters: the Knox test, in bands.

Near places have much crime at any time, and some weeks have much crime anywhere. Knox
asks whether pairs close in both are more than the two would bring together by chance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.day_shuffles import shuffled_counts
from saferplan.methods.intervals import Numbers
from saferplan.methods.near_pairs import (
    Pairs,
    Whole,
    in_order,
    later_pairs,
    near_pairs,
)
from saferplan.methods.snapped import days, places, refuse_snapped

METRES = (0, 100, 200, 300, 400)
DAYS = (0, 7, 14, 21, 28)
FEW = 5


@dataclass(frozen=True)
class NearRepeat:
    """
    bands    one row per band of metres and days: `from_metres`, `to_metres`,
             `from_days`, `to_days`, `pairs`, `expected`, `deviation` (standard, of the
             number of pairs), `ratio` (pairs over expected), `z`, `p` (missing where
             nothing was shuffled), `caution`
    events   how many there were
    basis    how p was found, for the note under the table
    """

    bands: pd.DataFrame
    events: int
    basis: str


def near_repeat(
    events: pd.DataFrame,
    *,
    metres: Sequence[float] = METRES,
    apart: Sequence[float] = DAYS,
    straight: bool = True,
    right: bool = False,
    shuffles: int = 0,
    seed: int = 1,
    publisher: str = "",
    exact: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> NearRepeat:
    """
    Return how many pairs of events are close in space and time, and how many would be.

    events    one row each: `x` and `y` in metres on a plane, `date` with its day
    metres    edges of the bands of distance, rising; the last may be infinite
    apart     edges of the bands of days apart, rising
    straight  as the crow flies; otherwise along a grid of streets
    right     a pair just on an edge belongs to the band below it: (7, 14] and not
              [7, 14). The first band has its first edge either way
    shuffles  deal the dates out this many times, for p; 0 for none
    publisher, exact  as in refuse_snapped
    progress  told how many of the shuffles are done, for a bar to show

    `expected`, `deviation` and `ratio` are exact for dates dealt out at random over the
    places, so two people get the same ones. p is the share of shuffles with as many
    pairs or more, those seen included.

    Raises MethodError if places were moved, only months are known, there are fewer than
    4 events, the bands do not rise, or shuffles are under 0.

    A ratio of 2 does not say that one offender came back, nor that the risk to one home
    doubles. What is busy only for a season or a new estate brings pairs together too.
    Different edges give different numbers: say which.

    Source: Knox (1964), doi:10.2307/2985220; exact moments as in Barton and David
    (1966), The random intersection of two graphs; Johnson and others (2007),
    doi:10.1007/s10940-007-9025-3.

    >>> places = [(0, 900), (0, 900), (0, 905), (9_000, 900), (9_000, 905)]
    >>> burglaries = pd.DataFrame(places, columns=["x", "y"])
    >>> dates = ["2026-01-01", "2026-01-03", "2026-01-02", "2026-03-30", "2026-03-30"]
    >>> burglaries["date"] = dates
    >>> found = near_repeat(burglaries, metres=(0, 50), apart=(0, 7))
    >>> found.bands[["pairs", "expected", "ratio"]].values.tolist()
    [[4.0, 1.6, 2.5]]
    """
    refuse_snapped(events, publisher=publisher, exact=exact)
    x, y = places(events)
    if "date" not in events:
        raise MethodError("The events have no column date. Give the day of each.")
    day = days(events["date"]).to_numpy()
    if len(x) < 4:
        raise MethodError(
            f"{len(x)} events make too few pairs to compare. Use a longer period."
        )
    if shuffles < 0:
        raise MethodError("Dates are dealt out 0 times or more: 0 for no p.")
    far, late = rising(metres, "metres"), rising(apart, "days")
    order = in_order(x, y, far[-1])
    day = day[order]
    pairs = near_pairs(x[order], y[order], far, straight=straight, right=right)
    edges = whole_days(late, int(day.max()), right=right)
    seen, dealt = shuffled_counts(
        pairs, day, edges, shuffles=shuffles, seed=seed, progress=progress
    )
    bands = table(far, late, seen, moments(pairs, day, edges))
    if shuffles:
        as_many = (dealt >= seen).sum(axis=0)
        bands["p"] = ((1 + as_many) / (1 + shuffles)).ravel()
    else:
        bands["p"] = np.nan
    bands["caution"] = np.where(
        bands["expected"] < FEW,
        f"Fewer than {FEW} pairs expected: one more or less moves the ratio a lot.",
        "",
    )
    basis = f"{shuffles:,} shuffles of the dates" if shuffles else "nothing shuffled"
    return NearRepeat(bands=bands, events=len(x), basis=basis)


def rising(edges: Sequence[float], what: str) -> Numbers:
    """The edges as numbers, if they can be edges of bands."""
    found = np.asarray(edges, dtype=float)
    if len(found) < 2 or found[0] < 0 or not (np.diff(found) > 0).all():
        raise MethodError(
            f"The edges of the bands of {what} must rise from zero or more, and "
            f"{list(edges)} do not. Write (0, 100, 200) for two bands."
        )
    return found


def whole_days(edges: Numbers, last: int, *, right: bool) -> Whole:
    """
    The same bands by whole days: each from its edge up to the day before the next.

    Days apart are whole, so (7, 14] is 8 to 14; and none are more than `last`.
    """
    if right:
        turned = np.floor(edges) + 1
        turned[0] = np.ceil(edges[0])
    else:
        turned = np.ceil(edges)
    return np.asarray(np.minimum(turned, last + 1), dtype=np.int64)


def moments(pairs: Pairs, day: Whole, edges: Whole) -> list[list[tuple[float, float]]]:
    """
    Mean and variance of the number of pairs in each band, over all ways to deal dates.

    Two pairs are close in time together more often if they share an event: both kinds
    are counted, and weighed by how often such two come up among all events.
    """
    n = pairs.events
    every = n * (n - 1) // 2
    sharing = n * (n - 1) * (n - 2) // 2
    apart = every * (every - 1) // 2 - sharing
    in_time = list(zip(*later_pairs(day, edges), strict=True))
    found = []
    for number in range(len(pairs.starts) - 1):
        degrees = pairs.degrees(number)
        close = int(degrees.sum()) // 2
        paths = int((degrees * (degrees - 1)).sum()) // 2
        row = []
        for late, late_paths in in_time:
            # Fractions, because the variance is a small difference of large numbers.
            mean = Fraction(close * late, every)
            both = Fraction(paths * late_paths, sharing) + Fraction(
                (close * (close - 1) // 2 - paths)
                * (late * (late - 1) // 2 - late_paths),
                apart,
            )
            row.append((float(mean), float(2 * both + mean - mean**2)))
        found.append(row)
    return found


def table(
    far: Numbers,
    late: Numbers,
    seen: Whole,
    expected: list[list[tuple[float, float]]],
) -> pd.DataFrame:
    """One row per band of metres and days."""
    rows = []
    for i, (near, further) in enumerate(pairwise(far)):
        for j, (soon, later) in enumerate(pairwise(late)):
            mean, variance = expected[i][j]
            deviation = float(np.sqrt(max(variance, 0)))
            count = int(seen[i, j])
            rows.append(
                {
                    "from_metres": near,
                    "to_metres": further,
                    "from_days": soon,
                    "to_days": later,
                    "pairs": count,
                    "expected": mean,
                    "deviation": deviation,
                    "ratio": count / mean if mean > 0 else np.nan,
                    "z": (count - mean) / deviation if deviation > 0 else np.nan,
                }
            )
    return pd.DataFrame(rows)
