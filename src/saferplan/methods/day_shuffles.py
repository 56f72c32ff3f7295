"""
Count close pairs by days apart, as they are and with the dates dealt out anew.

Eight deals are worked on at once. The days of an event in all eight lie side by side
and are fetched together; whether they are close is eight bytes, and one addition of
eight bytes as a single number adds up all eight deals. A byte holds up to 255.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from saferplan.errors import MethodError
from saferplan.methods.near_pairs import Pairs, Whole

DEALS = 8
IN_A_BYTE = 255
ROWS = 32
AT_ONCE = IN_A_BYTE * ROWS  # pairs, so that eight deals of them stay in the cache

LONGEST = np.iinfo(np.int16).max  # days, 89 years


def shuffled_counts(
    pairs: Pairs,
    days: Whole,
    edges: Whole,
    *,
    shuffles: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Whole, Whole]:
    """
    Return the pairs in each band of metres and days, as seen and in each shuffle.

    pairs   in bands of metres, of the events in the order of `days`
    days    of each event, whole numbers from nought
    edges   of the bands of days: from each up to the day before the next
    seed    the same seed deals the same
    progress  told after each eight how many of all are done

    The first result has a row per band of metres and a column per band of days; the
    second has such a table for each shuffle.

    Raises MethodError if the days span more than 89 years.
    """
    if len(days) and int(days.max()) >= LONGEST:
        raise MethodError(
            f"The dates span {int(days.max()):,} days, and {LONGEST - 1:,} are the "
            f"most that can be. Look for a date that was mistyped."
        )
    day = days.astype(np.int16)
    seen = count(pairs, np.repeat(day[:, None], DEALS, axis=1), edges)[0]
    random = np.random.default_rng(seed)
    dealt = np.empty((shuffles, *seen.shape), dtype=np.int64)
    for start in range(0, shuffles, DEALS):
        hands = np.stack([random.permutation(day) for _ in range(DEALS)], axis=1)
        left = min(DEALS, shuffles - start)
        dealt[start : start + left] = count(pairs, hands, edges)[:left]
        if progress is not None:
            progress(start + left, shuffles)
    return seen, dealt


def count(pairs: Pairs, hands: npt.NDArray[np.int16], edges: Whole) -> Whole:
    """Pairs by band of metres and of days, for each of eight hands of days."""
    bands = len(pairs.starts) - 1
    # Eight days of two bytes each are fetched as one number of sixteen bytes.
    packed = np.ascontiguousarray(hands).view(np.complex128).ravel()
    below = np.zeros((DEALS, bands, len(edges)), dtype=np.int64)
    one, other = (np.empty(AT_ONCE, dtype=np.complex128) for _ in range(2))
    apart = np.empty(AT_ONCE * DEALS, dtype=np.int16)
    close = np.empty(AT_ONCE * DEALS, dtype=np.bool_)
    for band in range(bands):
        where = pairs.band(band)
        first, second = pairs.first[where], pairs.second[where]
        for start in range(0, len(first), AT_ONCE):
            part = first[start : start + AT_ONCE]
            size = len(part)
            # "clip" because the default checks every place twice.
            np.take(packed, part, out=one[:size], mode="clip")
            np.take(packed, second[start : start + size], out=other[:size], mode="clip")
            np.subtract(one.view(np.int16), other.view(np.int16), out=apart)
            np.abs(apart, out=apart)
            apart[size * DEALS :] = LONGEST
            for number, edge in enumerate(edges.tolist()):
                np.less(apart, edge, out=close)
                lanes = close.view(np.uint64).reshape(IN_A_BYTE, ROWS).sum(axis=0)
                by_deal = lanes.view(np.uint8).reshape(ROWS, DEALS)
                below[:, band, number] += by_deal.sum(axis=0, dtype=np.int64)
    return np.diff(below, axis=2)
