"""How like two groups are in what is recorded of them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers


def balance(
    group: pd.DataFrame,
    pool: pd.DataFrame,
    *,
    on: Sequence[str],
    kept: npt.NDArray[np.bool_] | None = None,
    weights: npt.ArrayLike | None = None,
) -> pd.DataFrame:
    """
    Return the standardised difference of two groups in each variable.

    group, pool  one row per person
    on           columns of both: numbers, or words, each of which is a row of its own
    kept         which of the group were matched; all, if not given
    weights      of each person in the pool after matching; none matched, if not given

    One row per variable: the means `group` and `pool`, `before` (their difference in
    standard deviations of the group), `kept` and `matched` (the means after), `after`
    (their difference in the same deviations) and `ratio` (variance after, group over
    matched; missing for yes or no). A variable in which all of the group are the same
    has no deviation: its differences are missing.

    Raises MethodError if a column is missing, or nobody has a weight.

    A small difference in each variable does not make small differences in all of them
    together. Not a test: no p says that two groups are alike.

    Source: Austin (2009), doi:10.1002/sim.3697; the deviation of the group, as R's
    MatchIt has it, and of a yes or no the root of p (1 - p).

    >>> group = pd.DataFrame({"married": [1] * 35 + [0] * 150})
    >>> pool = pd.DataFrame({"married": [1] * 220 + [0] * 209})
    >>> float(balance(group, pool, on=["married"])["before"].round(4).iloc[0])
    -0.8263
    """
    ours, theirs = columns_of(group, on, pool), columns_of(pool, on, group)
    x, y = ours.to_numpy(dtype=float), theirs.to_numpy(dtype=float)
    yes_or_no = np.asarray(np.isin(np.concatenate([x, y]), (0, 1)).all(axis=0))
    deviation = deviation_of(x, yes_or_no)
    table = pd.DataFrame(
        {
            "group": x.mean(axis=0),
            "pool": y.mean(axis=0),
            "before": (x.mean(axis=0) - y.mean(axis=0)) / deviation,
        },
        index=ours.columns,
    )
    if weights is None:
        return table
    weight = np.asarray(weights, dtype=float)
    if not weight.sum() > 0:
        raise MethodError("Nobody in the pool has a weight, so nothing is matched.")
    left = x if kept is None else x[kept]
    table["kept"] = left.mean(axis=0)
    table["matched"] = weight @ y / weight.sum()
    table["after"] = (table["kept"] - table["matched"]) / deviation
    table["ratio"] = np.where(yes_or_no, np.nan, variance_ratio(left, y, weight))
    return table


def deviation_of(x: Numbers, yes_or_no: npt.NDArray[np.bool_]) -> Numbers:
    """The standard deviation of each column; missing where all are the same."""
    mean = x.mean(axis=0)
    variance = ((x - mean) ** 2).sum(axis=0) / max(len(x) - 1, 1)
    # Of a yes or no the mean of squares is p (1 - p).
    variance[yes_or_no] *= (len(x) - 1) / len(x)
    return np.asarray(np.sqrt(np.where(variance > 0, variance, np.nan)))


def variance_ratio(left: Numbers, y: Numbers, weight: Numbers) -> Numbers:
    """The variance of those kept over that of their matches."""
    share = weight / weight.sum()
    apart = share @ (y - share @ y) ** 2
    # As ddof=1, where each weighs alike.
    apart = apart / (1 - (share**2).sum()) if (share > 0).sum() > 1 else apart * np.nan
    own = left.var(axis=0, ddof=1) if len(left) > 1 else np.full(len(apart), np.nan)
    return np.asarray(
        np.divide(own, apart, out=np.full_like(own, np.nan), where=apart > 0)
    )


def columns_of(
    table: pd.DataFrame, on: Sequence[str], other: pd.DataFrame
) -> pd.DataFrame:
    """The columns as numbers; each word in either table has a column of its own."""
    if not len(on):
        raise MethodError("Name the columns to match on.")
    found = {}
    for name in on:
        if name not in table or name not in other:
            raise MethodError(f"There is no column {name} in both tables.")
        told = table[name]
        numeric = pd.api.types.is_numeric_dtype(told)
        if numeric != pd.api.types.is_numeric_dtype(other[name]):
            raise MethodError(
                f"{name} is of numbers in one table and of words in the other. Look "
                f"for a cell that is no number."
            )
        if numeric:
            found[name] = told.astype(float)
            if not np.isfinite(found[name]).all():
                raise MethodError(f"A number in {name} has no end. Correct it.")
            continue
        words = pd.concat([told, other[name]]).astype(str).unique()
        for word in sorted(words):
            found[f"{name}: {word}"] = (told.astype(str) == word).astype(float)
    return pd.DataFrame(found, index=table.index)
