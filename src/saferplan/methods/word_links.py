"""Which texts share enough of their words to hang together, at once or in a chain."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from saferplan.methods.text_features import weighed
from saferplan.methods.word_runs import Whole, Words, run_table

if TYPE_CHECKING:
    from scipy.sparse import csr_array

AT_ONCE = 256  # texts compared with all others in one go, for the memory it takes
LARGE = 50  # a group from which it pays to leave its own members out

Near = Callable[[Whole, Whole, np.ndarray], np.ndarray]


def contained(words: Words, least: float) -> Whole:
    """
    Number the groups of texts of which each has a neighbour in containment.

    Two are neighbours if so great a share of the different runs of five words in one
    of them, the one with fewer, is in the other.

    Source: Broder (1997), doi:10.1109/SEQUEN.1997.666900.
    """
    table = run_table(words, 5).astype(bool).astype(np.float32)
    size = np.diff(table.indptr)

    def near(one: Whole, other: Whole, shared: np.ndarray) -> np.ndarray:
        # A hair less, because a third of three is not quite one to a computer.
        return shared >= least * np.minimum(size[one], size[other]) - 1e-6

    return chained(table, near)


def like(words: Words, least: float) -> Whole:
    """
    Number the groups of texts of which each has a neighbour in wording.

    Two are neighbours if the cosine of their runs of two and three words, weighed by
    how rare each is, comes to so much. Runs that only one text has are left out: they
    are what was swapped, and would hide what was not.
    """
    runs = run_table(words, 2, 3)
    having = np.bincount(runs.indices, minlength=runs.shape[1])
    table = weighed(runs[:, np.flatnonzero(having >= 2)]).astype(np.float32)
    return chained(table, lambda one, other, cosine: cosine >= least - 1e-6)


def chained(table: "csr_array", near: Near) -> Whole:
    """
    Number the groups of rows that hang together, where `near` says which two do.

    table  a row per text; what two share is the product of their rows
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    texts = table.shape[0]
    everyone = np.arange(texts)
    turned = csr_array(table.T)
    group = everyone
    for start in range(0, texts, AT_ONCE):
        rows = everyone[start : start + AT_ONCE]
        found = [(everyone, group)]  # each hangs on the first of its group so far
        for some, others in apart(rows, group):
            columns = turned if len(others) == texts else csr_array(turned[:, others])
            shared = csr_array(table[some] @ columns).tocoo()
            one, other = some[shared.row], others[shared.col]
            close = near(one, other, shared.data)
            found.append((one[close], other[close]))
        one, other = (np.concatenate(side) for side in zip(*found, strict=True))
        links = csr_array((np.ones(len(one)), (one, other)), shape=(texts, texts))
        number = connected_components(links, directed=False)[1]
        first = np.full(texts, texts)
        np.minimum.at(first, number, everyone)
        group = first[number]
    return np.asarray(group, dtype=np.int64)


def apart(rows: Whole, group: Whole) -> Iterator[tuple[Whole, Whole]]:
    """
    Split the rows by group where it is large, with the others to compare them with.

    Members of one group need not be compared any more; else a campaign of thousands
    would take as many comparisons as it has pairs.
    """
    size = np.bincount(group, minlength=len(group))
    large = size[group[rows]] >= LARGE
    if (~large).any():
        yield rows[~large], np.arange(len(group))
    for each in np.unique(group[rows[large]]):
        yield rows[large & (group[rows] == each)], np.flatnonzero(group != each)
