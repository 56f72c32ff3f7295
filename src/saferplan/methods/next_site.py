"""
Where the next counter or service would do most, among places that could be had.

Two aims lead to two answers: the shortest way on average (p-median), or the most people
in time (maximal coverage). The first serves those who are furthest, the second crowds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Literal

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.rates import same_areas
from saferplan.methods.travel import Times

Aim = Literal["time", "cover"]

MOST_SETS = 5_000  # sets of sites that are all tried
STARTS = 10  # first sites that are tried where not all sets are
NO_WAY = 1e7  # minutes
HAIR = 1e-12  # sums in another order differ by rounding
NOT_MEANT = (
    "The best place on this measure may be dear, shut off or unwelcome: it is where to "
    "look first.",
    "People count where they live, and not as they need the police or a service, "
    "unless you weigh them so.",
)


@dataclass(frozen=True)
class NextSites:
    """
    chosen    the sites, in the order in which each does most
    before    without them: minutes on average, or the share in time; infinite minutes
              where some have no site at all
    after     with them
    steps     per site chosen: `site` and `value` once it and those above it are there
    alone     per candidate: `value` if it alone were added, best first
    proven    True if no other set of so many is better; else it may be a little off
    basis     how the sites were found, in words
    cautions  what the choice does not mean
    """

    chosen: tuple[str, ...]
    before: float
    after: float
    steps: pd.DataFrame
    alone: pd.DataFrame
    proven: bool
    basis: str
    cautions: tuple[str, ...] = NOT_MEANT


def next_sites(
    times: Times,
    weights: pd.Series,
    *,
    candidates: Sequence[str],
    standing: Sequence[str] = (),
    count: int = 1,
    aim: Aim = "time",
    within: float | None = None,
    every: int = MOST_SETS,
) -> NextSites:
    """
    Return the places for `count` more sites that serve people best.

    times       minutes to the candidates and to the sites that stand
    weights     what each area counts: its residents, or those who are to count more
    candidates  places that could be had
    standing    sites that stay open
    aim         "time" for the fewest minutes on average, "cover" for the most people
                within the limit
    within      that limit in minutes
    every       try all sets if there are at most so many; otherwise the best is added
                one by one, and then swapped while that helps

    Raises MethodError if there are fewer candidates than sites, a weight is negative,
    the limit is missing, or some people have no way to any candidate and minutes are
    averaged.

    Of two sets as good the one that stands first among the candidates is taken.

    Source: p-median, Hakimi (1964), doi:10.1287/opre.12.3.450; maximal coverage, Church
    and ReVelle (1974), doi:10.1007/BF01942293; swaps, Teitz and Bart (1968),
    doi:10.1287/opre.16.5.955.

    >>> from saferplan.methods.travel import straight_times
    >>> line = pd.DataFrame({"x": [0, 1_000, 2_000], "y": 0.0}, index=["A", "B", "C"])
    >>> found = next_sites(straight_times(line, line), pd.Series([5, 5, 5], line.index),
    ...                    candidates=["A", "B", "C"])
    >>> found.chosen, round(found.after, 1)
    (('B',), 10.8)
    """
    same_areas("the times", pd.Series(0, times.minutes.index), "weights", weights)
    check_choice(weights, candidates, count, aim, within)
    candidates = list(dict.fromkeys(candidates))
    costs = costs_of(times.to(candidates).minutes, aim, within)
    base = costs_of(times.to(standing).minutes, aim, within).min(
        axis=1, initial=1.0 if aim == "cover" else np.inf
    )
    share = weights.to_numpy(dtype=float) / float(weights.sum())
    # Nobody weighs nothing, and an infinite way for nobody would give no number.
    costs, base, share = costs[share > 0], base[share > 0], share[share > 0]
    # While sets are compared, no way at all is a very long one.
    finite, start = np.minimum(costs, NO_WAY), np.minimum(base, NO_WAY)
    sets = comb(len(candidates), count)
    proven = sets <= every or count == 1
    search = best_of_all if proven else greedy_with_swaps
    best = search(finite, start, share, count)
    best = in_order_of_use(best, finite, start, share)
    steps = [value_with(best[: n + 1], costs, base, share) for n in range(count)]
    if not np.isfinite(steps[-1]):
        raise MethodError(
            "Some people have no way to any of these sites, so minutes have no mean. "
            "Ask for the most people in time (aim='cover'), or leave those areas out."
        )
    return NextSites(
        chosen=tuple(candidates[site] for site in best),
        before=told(mean_of(base, share), aim),
        after=told(steps[-1], aim),
        steps=pd.DataFrame(
            {
                "site": [candidates[site] for site in best],
                "value": [told(step, aim) for step in steps],
            }
        ),
        alone=alone(candidates, costs, base, share, aim),
        proven=proven,
        basis=(
            f"All {sets:,} sets tried. {times.basis}"
            if proven
            else f"One by one, then swapped until no swap helps, of {sets:,} sets: "
            f"near the best, not proven. {times.basis}"
        ),
    )


def costs_of(minutes: pd.DataFrame, aim: Aim, within: float | None) -> Numbers:
    """Minutes; or 1 for out of time, for covering is to miss as few as can be."""
    plain = minutes.to_numpy(dtype=float)
    if aim == "time":
        return plain
    return np.asarray(plain > within, dtype=float)


def mean_of(cost: Numbers, share: Numbers) -> float:
    return float((cost * share).sum())


def value_with(
    sites: Sequence[int], costs: Numbers, base: Numbers, share: Numbers
) -> float:
    return mean_of(np.minimum(base, costs[:, list(sites)].min(axis=1)), share)


def added(costs: Numbers, base: Numbers, share: Numbers) -> Numbers:
    """The value once each candidate is added to what there is."""
    return np.asarray(share @ np.minimum(base[:, None], costs))


def best_of_all(costs: Numbers, base: Numbers, share: Numbers, count: int) -> list[int]:
    best: tuple[float, list[int]] = (np.inf, [])
    for some in combinations(range(costs.shape[1]), count - 1):
        first = some[-1] + 1 if some else 0
        if first >= costs.shape[1]:
            continue
        there = np.minimum(base, costs[:, list(some)].min(axis=1, initial=np.inf))
        values = added(costs[:, first:], there, share)
        last = int(values.argmin())
        if values[last] < best[0] - HAIR or not best[1]:
            best = (float(values[last]), [*some, first + last])
    return best[1]


def greedy_with_swaps(
    costs: Numbers, base: Numbers, share: Numbers, count: int
) -> list[int]:
    """The best over several first sites, since one start may lead into a corner."""
    firsts = np.argsort(added(costs, base, share), kind="stable")[:STARTS]
    found = [swapped(int(first), costs, base, share, count) for first in firsts]
    return min(found, key=lambda each: each[0])[1]


def swapped(
    first: int, costs: Numbers, base: Numbers, share: Numbers, count: int
) -> tuple[float, list[int]]:
    """The best is added one by one to the first, then swapped while that helps."""
    chosen = [first]
    there = np.minimum(base, costs[:, first])
    for _ in range(count - 1):
        values = added(costs, there, share)
        values[chosen] = np.inf
        chosen.append(int(values.argmin()))
        there = np.minimum(there, costs[:, chosen[-1]])
    best = mean_of(there, share), chosen
    while (better := best_swap(best[1], costs, base, share))[0] < best[0] - HAIR:
        best = better
    return best


def best_swap(
    chosen: list[int], costs: Numbers, base: Numbers, share: Numbers
) -> tuple[float, list[int]]:
    """The best set that differs from this one in one site."""
    best: tuple[float, list[int]] = (np.inf, chosen)
    for out in chosen:
        kept = [site for site in chosen if site != out]
        there = np.minimum(base, costs[:, kept].min(axis=1, initial=np.inf))
        values = added(costs, there, share)
        values[chosen] = np.inf
        into = int(values.argmin())
        if values[into] < best[0]:
            best = (float(values[into]), [*kept, into])
    return best


def in_order_of_use(
    sites: list[int], costs: Numbers, base: Numbers, share: Numbers
) -> list[int]:
    """The same sites, that which does most first: so the first may be built first."""
    left, order, there = sorted(sites), [], base
    while left:
        values = added(costs[:, left], there, share)
        order.append(left.pop(int(values.argmin())))
        there = np.minimum(there, costs[:, order[-1]])
    return order


def alone(
    candidates: Sequence[str], costs: Numbers, base: Numbers, share: Numbers, aim: Aim
) -> pd.DataFrame:
    each = added(costs, base, share)
    order = np.argsort(each, kind="stable")
    return pd.DataFrame(
        {
            "site": [candidates[site] for site in order],
            "value": [told(float(each[site]), aim) for site in order],
        }
    )


def told(cost: float, aim: Aim) -> float:
    """Minutes as they are, and for covering the share in time."""
    return 1 - cost if aim == "cover" else cost


def check_choice(
    weights: pd.Series,
    candidates: Sequence[str],
    count: int,
    aim: str,
    within: float | None,
) -> None:
    if aim not in ("time", "cover"):
        raise MethodError(f"There is no aim {aim!r}. Choose 'time' or 'cover'.")
    if aim == "cover" and within is None:
        raise MethodError("To cover people there must be a limit: say within, minutes.")
    if not 1 <= count <= len(set(candidates)):
        raise MethodError(
            f"{count} sites cannot be chosen from {len(set(candidates))} candidates."
        )
    if weights.isna().any() or (weights < 0).any() or not weights.sum() > 0:
        raise MethodError("Weights must be known, not below 0, and not all 0.")
