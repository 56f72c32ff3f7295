"""Which areas are like ours, and how we stand among them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.rates import same_areas


@dataclass(frozen=True)
class GroupAverage:
    """
    rates    per area of the group, in the unit of `per`
    own      ours
    average  the mean of the areas' rates, ours included: each area counts alike
    pooled   all their offences over all their residents: large areas count more
    rank     ours, 1 is the highest rate
    """

    rates: pd.Series
    own: float
    average: float
    pooled: float
    rank: int


def group_average(
    offences: pd.Series, residents: pd.Series, *, own: str, per: int = 1_000
) -> GroupAverage:
    """
    Compare one area's rate with the average of the areas most similar to it.

    offences, residents  one number per area of the group, ours among them; same index
    own                  our area's label in that index

    Raises MethodError if ours is not among them, an area has no residents, or a count
    is negative or missing: an average over some of the group is another group's.

    Membership is not mutual: an area in our group need not have us in its own.

    Source: HMICFRS: the sum of the group's rates over the number of its forces, own
    included.

    >>> offences = pd.Series({"A": 100, "B": 300, "C": 90})
    >>> residents = pd.Series({"A": 50_000, "B": 100_000, "C": 20_000})
    >>> found = group_average(offences, residents, own="A")
    >>> round(found.average, 3), round(found.pooled, 3), found.rank
    (3.167, 2.882, 3)
    """
    same_areas("offences", offences, "residents", residents)
    if own not in offences.index:
        raise MethodError(f"{own} is not among the areas of its own group. Add it.")
    if (offences < 0).any():
        raise MethodError("A count of offences cannot be negative.")
    rates = offences / residents.where(residents > 0) * per
    if unknown := [str(area) for area in rates.index[rates.isna()]]:
        raise MethodError(
            f"No rate for {', '.join(unknown)}: every area of the group needs a count "
            f"and residents. Load them, or choose a group without."
        )
    return GroupAverage(
        rates=rates,
        own=float(rates[own]),
        average=float(rates.mean()),
        pooled=float(offences.sum() / residents.sum() * per),
        rank=int(rates.rank(ascending=False, method="min")[own]),
    )


def nearest_neighbours(
    variables: pd.DataFrame, area: str, *, count: int = 15
) -> pd.DataFrame:
    """
    Return the areas most like `area` on published variables, nearest first.

    variables  one row per area, one column per variable: population density, age,
               deprivation, ... Use no crime figures, or the comparison eats itself
    count      how many

    The result has a row per neighbour and columns `distance` (in standard deviations,
    all variables counting alike) and `mutual` (true where `area` is among the nearest
    `count` of that neighbour too). Areas with a variable missing are left out; a
    variable that is the same everywhere says nothing and is dropped.

    Raises MethodError if `area` is not there or lacks a variable, or none varies.

    >>> variables = pd.DataFrame({"density": [1, 2, 9], "young": [3, 3, 8]},
    ...                          index=["A", "B", "C"])
    >>> nearest_neighbours(variables, "A", count=1).index.tolist()
    ['B']
    """
    whole = variables.dropna()
    if area not in whole.index:
        known = "lacks a variable" if area in variables.index else "is not in the table"
        raise MethodError(f"{area} {known}, so nothing can be near it. Load its data.")
    spread = whole.std(ddof=0)
    varying = whole.loc[:, spread > 0]
    if varying.empty:
        raise MethodError("The variables are the same everywhere: choose others.")
    standard = ((varying - varying.mean()) / spread[spread > 0]).to_numpy()
    distances = pd.DataFrame(
        np.sqrt(((standard[:, None, :] - standard[None, :, :]) ** 2).sum(axis=2)),
        index=whole.index,
        columns=whole.index,
    )
    ours = nearest(distances, area, count)
    return pd.DataFrame(
        {
            "distance": ours,
            "mutual": [
                area in nearest(distances, other, count) for other in ours.index
            ],
        }
    )


def nearest(distances: pd.DataFrame, area: str, count: int) -> pd.Series:
    """The `count` nearest to an area; equals in order of name, so that runs agree."""
    return (
        distances[area].drop(area).sort_index().sort_values(kind="stable").head(count)
    )
