"""
Small counts hidden, and as few others as keep anybody from working them out.

What is safe is written down in `is_safe`, and tried by the attacker.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.disclosure_attack import Published, attack
from saferplan.methods.disclosure_cover import Cover, least_by_rule
from saferplan.methods.disclosure_tables import Tables

# Shown: zeros always are, so that a hidden count is known not to be one. Hidden: a zero
# is hidden as small counts are.
Zeros = Literal["shown", "hidden"]

NOT_FOR_ALL = (
    "The log tells which counts are small. Keep it with the files; publish the table."
)


@dataclass(frozen=True)
class Protected:
    """
    cells      the table to publish: as in Tables, `count` missing where it is hidden
    published  the same as the attacker gets it
    small      the names of the cells that are to be protected
    log        a row a hidden cell: cell, kind ("primary", "secondary") and rule. It
               tells which counts are small, so it is for the file and not for readers
    threshold  the least count that may be shown
    """

    cells: pd.DataFrame
    published: Published
    small: tuple[str, ...]
    log: pd.DataFrame
    threshold: int
    cautions: tuple[str, ...] = ()


def suppress(
    tables: Tables, *, threshold: int = 5, zeros: Zeros = "shown"
) -> Protected:
    """
    Return the tables with small counts hidden so that nobody can work one out.

    tables     counts and how they add up
    threshold  the least count that may be shown: 5 hides 1 to 4
    zeros      "shown" always, or "hidden" as small counts are. Hiding them loses more,
               and protects where totals are known and little is left to hide

    Hidden first is every count below the threshold, totals among them; then, for each
    of these, what allows it to be anything from the least that the rule admits to that
    and the threshold more, at the least loss (the root of each further count, plus
    one); last, a further cell that proves not to be needed is shown again. The same
    tables always give the same cells. It is near to the best choice, not proved to be.

    Raises MethodError if a known count or an earlier edition leaves too little room.

    It protects against sums, and not against somebody who counts among the few, or who
    works backwards from why other cells were chosen.

    Method: moves of least cost for each sensitive cell, as in Fischetti and Salazar
    (2000), doi:10.1080/01621459.2000.10474282; sources of the rule: docs/glossary.md.

    >>> from saferplan.methods.disclosure_tables import tables_of
    >>> wards = pd.DataFrame({"ward": ["Evelyn", "Deptford", "Lee"]})
    >>> wards["count"] = [3, 9, 40]
    >>> tables = tables_of(wards, by=["ward"], known=["everything"])
    >>> suppress(tables).log["cell"].tolist()
    ['ward=Evelyn', 'ward=Deptford']
    """
    if threshold < 2:
        raise MethodError(
            f"The least count that may be shown must be 2 or more, and not {threshold}."
        )
    names, counts = tables.counts.index, tables.counts.to_numpy(dtype=float)
    unpublished = names.isin(tables.unpublished)
    earlier = names.isin(tables.earlier)
    was_shown = names.isin([name for name, was in tables.earlier.items() if was])
    known = names.isin(tables.known) | was_shown
    floor = np.where(unpublished | (zeros == "hidden"), 0.0, 1.0)
    small = (counts < threshold) & ~known
    small &= (counts > 0) | ((zeros == "hidden") & ~unpublished)
    cover = Cover(
        counts,
        tables.sums,
        list(names),
        floor=np.minimum(floor, counts),
        hidden=small | unpublished | (earlier & ~was_shown),
        may_hide=~known & ~unpublished & (counts > 0),
    )
    zero = (counts == 0) & ~cover.hidden
    least = least_by_rule(list(names), tables.sums, cover.floor, zero)
    chosen = cover.protect(np.flatnonzero(small), least, threshold)
    ours = ~unpublished & ~earlier
    shown = tables.counts.astype(float).where(~cover.hidden)
    return Protected(
        cells=tables.cells.assign(count=shown.astype("Int64"))[ours],
        published=Published(
            shown,
            tables.sums,
            pd.Series(floor, index=names),
            pd.Series(np.inf, index=names),
        ),
        small=tuple(names[small]),
        log=log_of(names, cover.hidden & ours, small, chosen, threshold, zeros),
        threshold=threshold,
        cautions=(NOT_FOR_ALL,) if (cover.hidden & ours).any() else (),
    )


def log_of(
    names: pd.Index,
    hidden: np.ndarray,
    small: np.ndarray,
    chosen: dict[int, int],
    threshold: int,
    zeros: Zeros,
) -> pd.DataFrame:
    first = 0 if zeros == "hidden" else 1
    own = f"A count of {first} to {threshold - 1} is hidden."
    rows = [
        (names[at], "primary", own)
        if small[at]
        else (
            names[at],
            "secondary",
            f"Shown, it would help to work out {names[chosen[at]]}.",
        )
        for at in np.flatnonzero(hidden).tolist()
    ]
    return pd.DataFrame(rows, columns=["cell", "kind", "rule"])


def narrowed(
    published: Published, *, threshold: int = 5, cells: Iterable[str] | None = None
) -> pd.DataFrame:
    """
    Return the hidden cells of which too much can be worked out: none, if all is well.

    published  what readers have
    threshold  the least count that may be shown
    cells      the cells to be protected. Without it, as somebody must who has only what
               is published: every hidden cell that may be small, for safety's sake

    The columns are `lower`, `upper` and `least`, the least that the rule admits. See
    `is_safe` for what is too much.
    """
    limits = attack(published, cells=None if cells is None else list(cells))
    names = list(published.shown.index)
    least = pd.Series(
        least_by_rule(
            names,
            published.sums,
            published.lowest.to_numpy(dtype=float),
            (published.shown == 0).to_numpy(),
        ),
        index=names,
    )
    limits["least"] = least[limits.index]
    small = limits["lower"] < threshold
    return limits[small & ~is_safe(limits, threshold)]


def is_safe(limits: pd.DataFrame, threshold: int) -> pd.Series:
    """
    Whether a hidden small count is safe, given what an attacker can work out of it.

    It is if the count could, for all that anybody can tell, be one (or k, if it is the
    total of k counts that the rule tells not to be zero), could be one that need not be
    hidden, and lies in a range at least as wide as the threshold.
    """
    lower, upper = limits["lower"], limits["upper"]
    return (
        (lower <= np.maximum(limits["least"], 1))
        & (upper >= threshold)
        & (upper - lower >= threshold)
    )
