"""
The attacker: what anybody can work out of hidden counts from all that is published.

For every hidden cell the least and the greatest whole number that is consistent with
the counts shown, with every total, and with what the rule of hiding tells by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from saferplan.errors import MethodError
from saferplan.methods.disclosure_solver import extremes, of_sums
from saferplan.methods.disclosure_tables import Sum
from saferplan.methods.intervals import Numbers


@dataclass(frozen=True)
class Published:
    """
    What readers have.

    shown            the count of each cell by its name; missing where it is hidden or
                     in no table
    sums             every total with its parts, as in Tables
    lowest, highest  what readers know a hidden count to be at least and at most, from
                     the rule alone: 1 where zeros are always shown, else 0; no limit is
                     infinity. By cell, as `shown`
    """

    shown: pd.Series
    sums: tuple[Sum, ...]
    lowest: pd.Series
    highest: pd.Series


@dataclass(frozen=True)
class Puzzle:
    """Hidden cells that sums tie to one another: sums @ x = right, and their limits."""

    at: np.ndarray
    sums: sparse.csr_array
    right: Numbers
    lowest: Numbers
    highest: Numbers


def attack(published: Published, *, cells: Sequence[str] | None = None) -> pd.DataFrame:
    """
    Return what can be worked out of each hidden cell: `lower` and `upper`.

    published  the counts shown, how they add up, and what the rule tells
    cells      hidden cells to attack; all if it is not given

    The index is the cells' names, in the order of `shown`. Both ends can be true: for
    each there is a table of whole numbers that agrees with everything published. A
    cell that nothing limits has an `upper` of infinity. Equal ends: it is worked out.

    Raises MethodError if the numbers shown contradict each other or the rule.

    It knows sums and the rule, and nothing else. Somebody who knows one of the people
    counted, or how the other cells were chosen to be hidden, may know more.

    Method: the attacker's problem of Fischetti and Salazar (2000),
    doi:10.1080/01621459.2000.10474282, by linear programming (HiGHS).

    >>> shown = pd.Series({"Evelyn": np.nan, "Deptford": np.nan, "everything": 12})
    >>> sums = (("everything", ("Evelyn", "Deptford")),)
    >>> attack(published(shown, sums, lowest=1)).loc["Evelyn"].tolist()
    [1.0, 11.0]
    """
    shown = published.shown.to_numpy(dtype=float)
    hidden = np.flatnonzero(np.isnan(shown))
    wanted = hidden
    if cells is not None:
        named = published.shown.index.get_indexer(pd.Index(cells))
        wanted = np.intersect1d(hidden, named)
    limits = np.full((len(shown), 2), np.nan)
    for puzzle in puzzles(published, shown, hidden):
        asked = np.flatnonzero(np.isin(puzzle.at, wanted))
        if len(asked):
            limits[puzzle.at[asked]] = limits_of(puzzle, asked)
    return pd.DataFrame(
        limits[wanted], columns=["lower", "upper"], index=published.shown.index[wanted]
    )


def published(
    shown: pd.Series,
    sums: tuple[Sum, ...],
    *,
    lowest: float = 0,
    highest: float = np.inf,
) -> Published:
    """What readers have, where the rule tells the same of every hidden cell."""
    return Published(
        shown,
        sums,
        pd.Series(float(lowest), index=shown.index),
        pd.Series(float(highest), index=shown.index),
    )


def puzzles(
    published: Published, shown: Numbers, hidden: np.ndarray
) -> Iterator[Puzzle]:
    """The hidden cells by what they are tied to, each group by itself."""
    matrix = of_sums(list(published.shown.index), published.sums)
    right = -(matrix @ np.nan_to_num(shown))
    ours = matrix[:, hidden].tocsr()
    used = np.diff(ours.indptr) > 0
    if (right[~used] != 0).any():
        total = published.sums[int(np.flatnonzero(~used & (right != 0))[0])][0]
        raise MethodError(
            f"The parts of {total} are all shown and do not add up to it. Correct the "
            f"table first."
        )
    ours, right = ours[used], right[used]
    lowest = published.lowest.to_numpy(dtype=float)
    highest = published.highest.to_numpy(dtype=float)
    count, label = connected_components(abs(ours).T @ abs(ours), directed=False)
    of_row = label[ours.indices[ours.indptr[:-1]]]
    for each in range(count):
        cells = np.flatnonzero(label == each)
        at = hidden[cells]
        rows = of_row == each
        yield Puzzle(at, ours[rows][:, cells], right[rows], lowest[at], highest[at])


def limits_of(puzzle: Puzzle, asked: np.ndarray) -> Numbers:
    """The least and the greatest of the cells asked for, a row a cell."""
    rows = puzzle.sums.shape[0]
    if rows == 0:
        free: Numbers = np.column_stack([puzzle.lowest, puzzle.highest])[asked]
        return free
    found = (
        of_one_sum(puzzle)[asked]
        if rows == 1
        else extremes(puzzle.sums, puzzle.right, puzzle.lowest, puzzle.highest, asked)
    )
    if found is None or (found[:, 0] > found[:, 1]).any():
        raise MethodError(
            "The counts shown contradict each other, or the rule by which the others "
            "are said to be hidden. Correct the table first."
        )
    return found


def of_one_sum(puzzle: Puzzle) -> Numbers:
    """Of cells that only one sum ties: each is what the others leave of it."""
    sign = puzzle.sums.toarray()[0]
    ends = np.sort(np.column_stack([puzzle.lowest, puzzle.highest]) * sign[:, None])
    others = ~np.eye(len(sign), dtype=bool)
    least = puzzle.right[0] - np.where(others, ends[:, 1], 0).sum(axis=1)
    most = puzzle.right[0] - np.where(others, ends[:, 0], 0).sum(axis=1)
    left = np.sort(np.column_stack([least, most]) * sign[:, None])
    return np.column_stack(
        [np.maximum(left[:, 0], puzzle.lowest), np.minimum(left[:, 1], puzzle.highest)]
    )
