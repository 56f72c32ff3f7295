"""
What a closure takes from whom: who was in time before and is not after.

Sites of the neighbours belong in it, for people do not stop at a border.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.methods.intervals import Numbers
from saferplan.methods.reach import (
    NOT_MEANT,
    caution,
    covered,
    nearest_minutes,
    people_of,
    reach,
)
from saferplan.methods.travel import Times


@dataclass(frozen=True)
class Closure:
    """
    groups    per group, Everyone first: `people`, `before` and `after` (shares in
              time), `change` (in shares) with `lower` and `upper` (by the detour),
              `lose` and `gain` (people who are no longer, or newly, in time), `longer`
              (people whose way gets longer), `more_minutes` (their mean; infinite if
              some are left without any way), `beyond_everyone` (its change less
              everyone's) and `caution`
    sites     per site: people for whom it is nearest `before` and `after`
    areas     per area: `nearest_before`, `minutes_before`, `nearest_after`,
              `minutes_after`
    limit, basis, cautions  as in Reach
    """

    groups: pd.DataFrame
    sites: pd.DataFrame
    areas: pd.DataFrame
    limit: float
    basis: str
    cautions: tuple[str, ...] = NOT_MEANT


def closure(
    times: Times,
    residents: pd.Series,
    *,
    before: Iterable[str],
    after: Iterable[str],
    within: float,
    groups: pd.DataFrame | None = None,
) -> Closure:
    """
    Return what changes for whom if other sites are open after than before.

    before, after  names of the sites that are open; sites of the neighbours too
    the others     as in saferplan.methods.reach

    The longer way that is left is not the one people will take: they may go less, call
    instead, or not report at all. That is not in these figures.

    Raises MethodError as reach does, and for a site without times.

    >>> from saferplan.methods.travel import routed_times
    >>> routes = pd.DataFrame({"area": ["A", "A", "B", "B"], "minutes": [5, 40, 30, 10],
    ...                        "site": ["Desk", "Hub", "Desk", "Hub"]})
    >>> residents = pd.Series({"A": 600, "B": 400})
    >>> found = closure(routed_times(routes, areas=residents.index), residents,
    ...                 before=["Desk", "Hub"], after=["Hub"], within=20)
    >>> found.groups[["before", "after", "lose", "more_minutes"]].values.tolist()
    [[1.0, 0.4, 600.0, 35.0]]
    """
    old, new = times.to(before), times.to(after)
    was = reach(old, residents, within=within, groups=groups)
    now = reach(new, residents, within=within, groups=groups)
    people = people_of(times, residents, groups)
    changes = [
        covered(people, nearest_minutes(then) <= within)
        - covered(people, nearest_minutes(first) <= within)
        for first, then in [
            (old.least, new.least),
            (old.minutes, new.minutes),
            (old.most, new.most),
        ]
    ]
    table = pd.DataFrame(
        {
            "people": people.sum(),
            "before": was.groups["share"],
            "after": now.groups["share"],
            "change": changes[1],
            "lower": np.min(changes, axis=0),
            "upper": np.max(changes, axis=0),
        }
    )
    start, end = (found.areas["minutes"].to_numpy() for found in (was, now))
    table = table.join(who_moves(people, start, end, within))
    table["beyond_everyone"] = table["change"] - table["change"].iloc[0]
    table["caution"] = caution(people.sum())
    return Closure(
        groups=table,
        sites=nearest_to(residents, was.areas["nearest"], now.areas["nearest"]).reindex(
            list(dict.fromkeys([*old.minutes, *new.minutes])), fill_value=0.0
        ),
        areas=was.areas.add_suffix("_before").join(now.areas.add_suffix("_after")),
        limit=within,
        basis=times.basis,
    )


def who_moves(
    people: pd.DataFrame, start: Numbers, end: Numbers, within: float
) -> pd.DataFrame:
    """Who loses and who gains, whose way gets longer, and by how much on average."""
    longer = end > start
    return pd.DataFrame(
        {
            "lose": people[(start <= within) & (end > within)].sum(),
            "gain": people[(start > within) & (end <= within)].sum(),
            "longer": people[longer].sum(),
            "more_minutes": [
                weighted_mean((end - start)[longer], people[name].to_numpy()[longer])
                for name in people
            ],
        }
    )


def nearest_to(
    residents: pd.Series, before: pd.Series, after: pd.Series
) -> pd.DataFrame:
    """People for whom each site is the nearest, before and after."""
    counted = {
        "before": residents.astype(float).groupby(before).sum(),
        "after": residents.astype(float).groupby(after).sum(),
    }
    return pd.DataFrame(counted).fillna(0.0)


def weighted_mean(values: Numbers, weights: Numbers) -> float:
    some = weights > 0
    if not some.any():
        return 0.0
    return float((values[some] * weights[some]).sum() / weights.sum())
