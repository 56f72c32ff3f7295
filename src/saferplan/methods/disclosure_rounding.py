"""
Counts rounded to a base, so that a small one is not known exactly.

Rounding blurs every count and hides none: a rounded 0 still says that there were few.
Where that is too much to say, hide small counts instead.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.disclosure_attack import Published, attack
from saferplan.methods.disclosure_solver import of_sums, smallest
from saferplan.methods.disclosure_tables import Tables
from saferplan.methods.intervals import Numbers

# Controlled: to a multiple next to it, so that totals still add up, as near as can be.
# Random: up or down by chance, so that on average nothing is added or lost.
# Nearest: by the usual rule, half up.
Rounding = Literal["controlled", "random", "nearest"]


@dataclass(frozen=True)
class Rounded:
    """
    cells      the table to publish: as in Tables, `count` rounded
    published  the same as the attacker gets it: what each count was at least, at most
    adds_up    whether every rounded total is the sum of its rounded parts
    moved      by how much counts were changed on average
    """

    cells: pd.DataFrame
    published: Published
    adds_up: bool
    moved: float
    cautions: tuple[str, ...] = ()


def round_counts(
    tables: Tables, *, base: int = 5, how: Rounding = "controlled", seed: int = 2013
) -> Rounded:
    """
    Return the tables with every count, totals too, rounded to a multiple of the base.

    tables  counts and how they add up
    base    5 as a rule; 3 and 10 are in use
    how     "controlled", "random" or "nearest"; a multiple of the base stays as it is
    seed    of "random": the same seed rounds the same tables alike

    Totals are rounded like any count. Only "controlled" keeps the sums, and it finds no
    way for some tables of three ways.

    Raises MethodError for a base under 2, and where no controlled rounding exists.

    Publish the same rounded counts every time: two random roundings of one table tell
    more than one. See `narrowed_by_sums` for what the sums give away.

    Method: Cox and Ernst (1982) for controlled rounding, by integer programming;
    unbiased random rounding as in the Handbook on Statistical Disclosure Control.

    >>> from saferplan.methods.disclosure_tables import tables_of
    >>> wards = pd.DataFrame({"ward": ["Evelyn", "Lee"], "count": [3, 8]})
    >>> tables = tables_of(wards, by=["ward"])
    >>> round_counts(tables).cells["count"].tolist()
    [0, 10, 10]
    >>> round_counts(tables, how="nearest").cells["count"].tolist()
    [5, 10, 10]
    """
    if base < 2:
        raise MethodError(f"Counts are rounded to a base of 2 or more, not {base}.")
    counts = tables.counts.to_numpy(dtype=float)
    over = counts % base
    if how == "nearest":
        up = over >= base / 2
        down_by, up_by = base // 2, (base - 1) // 2
    else:
        up = (
            controlled(tables, over, base)
            if how == "controlled"
            else np.random.default_rng(seed).random(len(counts)) < over / base
        )
        down_by = up_by = base - 1
    rounded = counts - over + base * up
    names = tables.counts.index
    sums = of_sums(list(names), tables.sums)
    shown = ~names.isin(tables.unpublished)
    return Rounded(
        tables.cells.assign(count=rounded.astype(int))[shown],
        Published(
            pd.Series(np.nan, index=names),
            tables.sums,
            pd.Series(np.where(shown, np.maximum(rounded - down_by, 0), 0), names),
            pd.Series(np.where(shown, rounded + up_by, np.inf), names),
        ),
        adds_up=not (sums @ rounded).any(),
        moved=float(np.abs(rounded - counts)[shown].mean()),
        cautions=() if how == "controlled" else (DOES_NOT_ADD_UP,),
    )


DOES_NOT_ADD_UP = "Rounded parts need not add up to their rounded total: say so."


def controlled(tables: Tables, over: Numbers, base: int) -> np.ndarray:
    """Which counts go up, so that all sums hold and as little as can be is changed."""
    sums = of_sums(list(tables.counts.index), tables.sums)
    counts = tables.counts.to_numpy(dtype=float)
    up = smallest(
        # The last digits make one way the cheapest where several would be.
        (base - 2 * over) * (1 + 1e-6 * np.arange(len(over))),
        sums,
        -(sums @ ((counts - over) / base)),
        np.zeros(len(over)),
        (over > 0).astype(float),
    )
    if up is None:
        raise MethodError(
            "No rounding of these tables to multiples next to each count adds up. "
            "Publish fewer of their totals, or round at random."
        )
    return up > 0


def narrowed_by_sums(rounded: Rounded) -> pd.DataFrame:
    """
    Return the counts of which the rounded totals tell more than rounding by itself.

    The columns are `lower` and `upper`, what somebody can work out, and `least` and
    `most`, what the rule of rounding tells of that count alone. Equal ends: it is
    known exactly.
    """
    found = attack(rounded.published)
    found["least"] = rounded.published.lowest
    found["most"] = rounded.published.highest
    more = (found["lower"] > found["least"]) | (found["upper"] < found["most"])
    return found[more]
