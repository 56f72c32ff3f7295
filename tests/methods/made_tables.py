"""Tables to hide counts in: made by chance, and small enough to list every way."""

import numpy as np
import pandas as pd

from saferplan.methods.disclosure_solver import of_sums
from saferplan.methods.disclosure_tables import tables_of

GROUPS = {"ward": {f"w{n}": f"part {n % 2}" for n in range(9)}}


def two_way(rows, *, names=("ward", "kind"), **options):
    """A table of rows and columns, from lists of counts."""
    long = [
        (f"w{row}", f"k{column}", count)
        for row, counts in enumerate(rows)
        for column, count in enumerate(counts)
    ]
    counts = pd.DataFrame(long, columns=[*names, "count"])
    return tables_of(counts, by=list(names), **options)


def one_way(*counts, **options):
    listed = pd.DataFrame({"ward": [f"w{n}" for n in range(len(counts))]})
    return tables_of(listed.assign(count=counts), by=["ward"], **options)


def hide(tables, *cells):
    """The counts as a reader gets them if these cells are hidden."""
    shown = tables.counts.astype(float)
    shown[list(cells)] = np.nan
    return shown


def every_way(published, most):
    """
    By another road: list every table up to `most` that agrees with what is published.

    Returns the hidden cells' names, and a row for each way to fill them.
    """
    shown = published.shown.to_numpy()
    hidden = np.flatnonzero(np.isnan(shown))
    matrix = of_sums(list(published.shown.index), published.sums).toarray()
    right = -(matrix @ np.nan_to_num(shown))
    size = len(hidden), (most + 1) ** len(hidden)
    ways = np.indices([most + 1] * len(hidden)).reshape(size).T
    agrees = (ways @ matrix[:, hidden].T == right).all(axis=1)
    agrees &= (ways >= published.lowest.to_numpy()[hidden]).all(axis=1)
    return published.shown.index[hidden], ways[agrees]
