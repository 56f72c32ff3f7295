"""
How likely chance alone is to give a sum as large or as small as one seen.

The values of all cells go into an urn, and some are drawn, each at most once. For whole
numbers the chances of every sum follow exactly from a generating function; for others
they come from many draws.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers

Whole = npt.NDArray[np.int64]

MOST_WORK = 2e10  # multiplications; about a minute


@dataclass(frozen=True)
class Tails:
    """
    upper  for each sum seen, the chance of one as large or larger
    lower  the chance of one as small or smaller; the sum seen is in both
    """

    upper: Numbers
    lower: Numbers

    @property
    def two_sided(self) -> Numbers:
        """Twice the smaller tail, and never more than 1."""
        return np.asarray(np.minimum(2 * np.minimum(self.upper, self.lower), 1.0))


def exact_tails(
    urn: Whole, sums: Whole, drawn: Whole, *, without: Whole | None = None
) -> Tails:
    """
    Return the exact chances of each sum, where the urn holds whole numbers.

    urn      the value of every cell, none negative
    sums     what was seen, one per question
    drawn    how many values each sum is made of
    without  a value to take out of the urn before the draw, one per question; none if
             not given

    Raises MethodError if more than half of the urn is drawn, or the chances would take
    longer than a minute to work out.

    Source: the product over values v of (1 + t z^v); the coefficient of t^k z^s counts
    the ways to draw k values that add up to s.

    >>> tails = exact_tails(np.array([0, 0, 1, 3]), np.array([3]), np.array([2]))
    >>> tails.upper.round(3).tolist(), tails.lower.round(3).tolist()
    ([0.5], [0.833])
    """
    most = int(drawn.max(initial=0))
    check_enough_left(len(urn), most)
    ways = ways_to_draw(urn, most)
    upper, lower = np.ones(len(sums)), np.ones(len(sums))
    for asked, table in tables(ways, without, len(sums), scale=most / len(urn)):
        k, s = drawn[asked], sums[asked]
        above = np.cumsum(table[:, ::-1], axis=1)[:, ::-1]
        below = np.cumsum(table, axis=1)
        whole = above[k, 0]
        upper[asked] = above[k, s] / whole
        lower[asked] = below[k, s] / whole
    return Tails(upper=np.minimum(upper, 1), lower=np.minimum(lower, 1))


def check_enough_left(size: int, most: int) -> None:
    if 2 * most > size:
        raise MethodError(
            f"A sum over {most} cells needs {2 * most} cells or more to compare it "
            f"with, and there are {size}. Use smaller cells or a shorter reach."
        )


def ways_to_draw(urn: Whole, most: int) -> Numbers:
    """
    Ways to draw 0 to `most` values, by what they add up to.

    Each draw is scaled by most / len(urn), which keeps the numbers within bounds and
    cancels out, since only ratios within a row are used.
    """
    values, copies = np.unique(urn, return_counts=True)
    largest = int(np.sort(urn)[len(urn) - most :].sum())
    if len(values) * most**2 / 2 * largest > MOST_WORK:
        raise MethodError(
            "The counts are too large for exact chances within a minute. Choose "
            "chance='normal', or a shorter reach."
        )
    ways = np.zeros((most + 1, largest + 1))
    ways[0, 0] = 1
    for value, count in zip(values.tolist(), copies.tolist(), strict=True):
        each = choices(count, min(most, count), most / len(urn))
        # Downwards, so that what is read has not had this value added yet.
        for k in range(most, 0, -1):
            for j in range(1, min(k, count) + 1):
                far = value * j
                if far <= largest:
                    ways[k, far:] += each[j] * ways[k - j, : largest + 1 - far]
    return ways


def choices(count: int, most: int, scale: float) -> list[float]:
    """Ways to choose 0 to `most` of `count`, times a power of the scale."""
    found = [1.0]
    for j in range(most):
        found.append(found[-1] * (count - j) * scale / (j + 1))
    return found


def tables(
    ways: Numbers, without: Whole | None, asked: int, *, scale: float
) -> Iterator[tuple[npt.NDArray[np.intp], Numbers]]:
    """Which questions have which value taken out, and the ways that are left."""
    if without is None:
        yield np.arange(asked), ways
        return
    order = np.argsort(without, kind="stable")
    values, starts = np.unique(without[order], return_index=True)
    for value, group in zip(values, np.split(order, starts[1:]), strict=True):
        left = ways.copy()
        far = int(value)
        # ways = left x (1 + t z^value), divided out one draw at a time.
        for k in range(1, len(ways)):
            reached = left[k - 1, : ways.shape[1] - far]
            left[k, far:] -= scale * reached
            # Where no way is left, rounding may leave a hair of either sign.
            np.maximum(left[k], 0, out=left[k])
        yield group, left


def drawn_tails(
    urn: Numbers,
    sums: Numbers,
    drawn: Whole,
    *,
    own: npt.NDArray[np.intp] | None = None,
    times: int,
    seed: int,
) -> Tails:
    """
    Return the chances of each sum by drawing `times` times; values may be any numbers.

    own    for each question, the place in the urn of a value that may not be drawn:
           draws with it in them are left out for that question
    times  draws; the smallest chance that can be found is 1 / (times + 1)
    seed   the same seed gives the same draws

    Source: (1 + draws as extreme) / (1 + draws), Phipson and Smyth (2010),
    doi:10.2202/1544-6115.1585.
    """
    check_enough_left(len(urn), int(drawn.max(initial=0)))
    random = np.random.default_rng(seed)
    upper, lower = np.ones(len(sums)), np.ones(len(sums))
    # Sums in another order differ by rounding, and a tie counts as extreme.
    hair = 1e-9 * max(float(np.abs(urn).max(initial=0)), 1e-300)
    for k in np.unique(drawn):
        asked = np.flatnonzero(drawn == k)
        chosen = draw(random, len(urn), int(k), times)
        found = urn[chosen].sum(axis=1)
        ordered = np.sort(found)
        as_large = times - np.searchsorted(ordered, sums[asked] - hair)
        as_small = np.searchsorted(ordered, sums[asked] + hair, side="right")
        left = np.full(len(asked), times)
        if own is not None:
            question = np.full(len(urn), -1)
            question[own[asked]] = np.arange(len(asked))
            row, hit = np.nonzero(question[chosen] >= 0)
            of = question[chosen[row, hit]]
            large = found[row] >= sums[asked][of] - hair
            small = found[row] <= sums[asked][of] + hair
            as_large = as_large - np.bincount(of[large], minlength=len(asked))
            as_small = as_small - np.bincount(of[small], minlength=len(asked))
            left = left - np.bincount(of, minlength=len(asked))
        upper[asked] = (1 + as_large) / (1 + left)
        lower[asked] = (1 + as_small) / (1 + left)
    return Tails(upper=upper, lower=lower)


def draw(
    random: np.random.Generator, size: int, k: int, times: int
) -> npt.NDArray[np.int64]:
    """Return `times` rows of k different whole numbers below `size`."""
    if k * k > size:
        full = np.arange(size)
        return np.array([random.permutation(full)[:k] for _ in range(times)])
    chosen = random.integers(0, size, (times, k))
    while True:
        ordered = np.sort(chosen, axis=1)
        twice = (ordered[:, 1:] == ordered[:, :-1]).any(axis=1)
        if not twice.any():
            return chosen
        chosen[twice] = random.integers(0, size, (int(twice.sum()), k))
