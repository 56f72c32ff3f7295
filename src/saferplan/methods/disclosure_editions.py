"""
Differencing: what a new edition gives away beside the one that is out already.

A ward with 12 offences in one edition and 13 in the next had one in between. So what
was added counts as a cell too, one that no table shows.
"""

from collections.abc import Iterator

import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.disclosure_tables import Sum, Tables, apart

EARLIER = "earlier: "
ADDED = "added since: "


def next_edition(tables: Tables, before: Tables, shown: pd.Series) -> Tables:
    """
    Return tables with the edition that is out beside them, to be protected together.

    tables  the new edition's counts
    before  the earlier edition's true counts: the same cells, or some of them
    shown   what it published, by cell: its count, or missing where it was hidden

    The new edition counts all that the earlier did and something more, as a year does
    to date, or a period for which late records came in. What was added to a cell is
    protected as any count is: 1 to 4 added is small. Expect much to be hidden where
    little was added; an edition less often is the better remedy.

    Raises MethodError if a count fell: records were taken out, and what was added can
    no longer be told from what was.
    """
    both = tables.counts.index.intersection(before.counts.index)
    added = tables.counts[both] - before.counts[both]
    if (added < 0).any():
        cell = added.index[added < 0][0]
        raise MethodError(
            f"{cell} fell from {before.counts[cell]} to {tables.counts[cell]}. "
            f"Editions are compared if the later one counts all that the earlier did; "
            f"for another period, protect each edition by itself."
        )
    if both.empty:
        raise MethodError(
            "The two editions have no cell in common. Name columns and values alike."
        )
    old = apart(before, EARLIER)
    extra = tables.cells.loc[both].assign(count=added)
    extra.index = pd.Index([f"{ADDED}{name}" for name in both], name="cell")
    seen = shown.reindex(before.counts.index).notna()
    unpublished = before.unpublished & set(before.counts.index)
    return Tables(
        pd.concat([tables.cells, old.cells, extra]),
        (*tables.sums, *old.sums, *growth(both), *within(tables.sums, set(both))),
        tables.known | old.known,
        tables.unpublished | set(extra.index) | {f"{EARLIER}{n}" for n in unpublished},
        {
            f"{EARLIER}{name}": bool(was)
            for name, was in seen.items()
            if name not in unpublished
        },
    )


def growth(both: pd.Index) -> Iterator[Sum]:
    """Each count is what it was and what was added."""
    for name in both:
        yield str(name), (f"{EARLIER}{name}", f"{ADDED}{name}")


def within(sums: tuple[Sum, ...], both: set[str]) -> Iterator[Sum]:
    """What was added to a total is what was added to its parts."""
    for total, parts in sums:
        if both.issuperset((total, *parts)):
            yield f"{ADDED}{total}", tuple(f"{ADDED}{part}" for part in parts)
