"""
The same crimes by number and by several sets of harm weights, side by side.

Two sets of weights on the same counts can put areas in quite another order. What is
worth saying is what both say, and where a place in the order is no more than chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.harm import refuse_broad_categories
from saferplan.methods.intervals import Numbers
from saferplan.methods.rank_agreement import kendall, spearman, top_shared
from saferplan.methods.rates import same_areas
from saferplan.methods.weighted_counts import weighted_limits

COUNT = "Number"
DRAWS = 1_000
AT_ONCE = 4_000_000  # numbers held while counts are drawn
RARE = 0.1
NOT_MEANT = (
    "Weights come from sentences or their starting points: they say what courts do "
    "and not what victims bear.",
    "Crime that was never reported weighs nothing in any column.",
)


@dataclass(frozen=True)
class HarmCompared:
    """
    areas      one row per area and set of weights, `weights` is "Number" for the plain
               count: `area`, `weights`, `value` (per resident if they are given),
               `lower`, `upper`, `rank` (1 is most), `best_rank`, `worst_rank` (between
               which chance would put it)
    agreement  one row per pair of sets: `one`, `other`, `spearman`, `kendall` (1 is the
               same order) and `top_shared` (the share of the top areas of one that are
               in the top of the other)
    missing    per set: `offences` and `share` of those in categories it has no weight
               for, and `categories`, their names
    top        how many areas the top has
    cautions   what the figures do not mean
    """

    areas: pd.DataFrame
    agreement: pd.DataFrame
    missing: pd.DataFrame
    top: int
    cautions: tuple[str, ...]


def compare_harm(
    offences: pd.DataFrame,
    weights: Mapping[str, pd.Series],
    *,
    residents: pd.Series | None = None,
    shared_only: bool = False,
    top: int | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    confidence: float = 0.95,
) -> HarmCompared:
    """
    Rank areas by number and by each set of weights, with limits and agreement.

    offences     whole numbers, one row per area, one column per category
    weights      per set its name, and the weight of one offence of each category
    residents    people per area, to rank by harm for each; same index
    shared_only  use only categories that every set weighs, so that two columns differ
                 by their weights alone; otherwise each set leaves out its own, and the
                 plain number has all
    top          how many areas are the top; a fifth of them if it is not said
    draws, seed  how often the counts are drawn again for the limits of a rank

    The limits of a value take events for independent, and are exact where all weights
    are alike, else by the gamma distribution. Those of a rank come from drawing each
    count again from Poisson's law: a count of none stays none.

    Raises MethodError for police.uk's categories, fewer than two areas, counts that are
    missing, negative or not whole, or a set without a weight for any category.

    Source: Ashby (2018), Comparing methods for measuring crime harm/severity, Policing,
    for sets side by side; Fay and Feuer (1997) for limits of a value; Marshall and
    Spiegelhalter (1998), doi:10.1136/bmj.316.7146.1701, for limits of a rank.

    >>> offences = pd.DataFrame({"Robbery": [40, 20], "Shoplifting": [100, 900]},
    ...                         index=["Estate", "Centre"])
    >>> ours = {"Days": pd.Series({"Robbery": 365, "Shoplifting": 1})}
    >>> found = compare_harm(offences, ours).areas
    >>> found.groupby("weights")["rank"].apply(list).to_dict()
    {'Days': [1.0, 2.0], 'Number': [2.0, 1.0]}
    """
    check_offences(offences)
    sets = {name: each.reindex(offences.columns) for name, each in weights.items()}
    missing = without_weight(offences, sets)
    if shared_only:
        known = pd.concat(sets, axis="columns").notna().all(axis="columns")
        if not known.any():
            raise MethodError(
                "No category is weighed by every set, so nothing is shared. Leave out "
                "a set, or compare them on all categories."
            )
        offences = offences.loc[:, known]
        sets = {name: each[known] for name, each in sets.items()}
    if residents is not None:
        same_areas("offences", offences.iloc[:, 0], "residents", residents)
        if not (residents > 0).all():
            raise MethodError("Harm for each resident needs residents: more than 0.")
    sets = {COUNT: pd.Series(1.0, offences.columns)} | sets
    areas = weighed(offences, sets, residents, draws, seed, confidence)
    values = {
        name: rows.set_index("area")["value"] for name, rows in areas.groupby("weights")
    }
    few = top or max(1, round(len(offences) / 5))
    return HarmCompared(
        areas=areas,
        agreement=agreement({name: values[name] for name in sets}, few),
        missing=missing,
        top=few,
        cautions=cautions(offences, sets, missing),
    )


def weighed(
    offences: pd.DataFrame,
    sets: Mapping[str, pd.Series],
    residents: pd.Series | None,
    draws: int,
    seed: int,
    confidence: float,
) -> pd.DataFrame:
    """One row per area and set: its value and its rank, both with limits."""
    size = np.ones(len(offences)) if residents is None else residents.to_numpy(float)
    counts = offences.to_numpy(dtype=float)
    table = pd.DataFrame(sets).fillna(0.0).to_numpy(dtype=float)
    best, worst = rank_limits(
        counts, table, size, draws=draws, seed=seed, confidence=confidence
    )
    rows = []
    for number, name in enumerate(sets):
        lower, upper = weighted_limits(counts, table[:, number], confidence=confidence)
        value = pd.Series(counts @ table[:, number] / size)
        rows.append(
            pd.DataFrame(
                {
                    "area": offences.index,
                    "weights": name,
                    "value": value,
                    "lower": lower / size,
                    "upper": upper / size,
                    "rank": value.rank(ascending=False, method="min"),
                    "best_rank": best[:, number],
                    "worst_rank": worst[:, number],
                }
            )
        )
    return pd.concat(rows, ignore_index=True)


def rank_limits(
    counts: Numbers,
    weights: Numbers,
    size: Numbers,
    *,
    draws: int,
    seed: int,
    confidence: float,
) -> tuple[Numbers, Numbers]:
    """The best and the worst rank of each area and set, if counts are drawn again."""
    random = np.random.default_rng(seed)
    at_once = max(1, AT_ONCE // counts.size)
    found = []
    for start in range(0, draws, at_once):
        times = min(at_once, draws - start)
        again = random.poisson(counts, (times, *counts.shape)) @ weights
        again = again / size[:, None]
        # The rank is one more than how many areas are higher.
        order = np.sort(again, axis=1)
        for each, line in zip(again, order, strict=True):
            higher = [
                len(line) - np.searchsorted(line[:, one], each[:, one], side="right")
                for one in range(each.shape[1])
            ]
            found.append(np.column_stack(higher) + 1)
    tail = (1 - confidence) / 2
    ranks = np.array(found)
    return (
        np.quantile(ranks, tail, axis=0, method="lower").astype(float),
        np.quantile(ranks, 1 - tail, axis=0, method="higher").astype(float),
    )


def agreement(values: Mapping[str, pd.Series], top: int) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "one": one,
                "other": other,
                "spearman": spearman(values[one], values[other]),
                "kendall": kendall(values[one], values[other]),
                "top_shared": top_shared(values[one], values[other], top=top),
            }
            for one, other in combinations(values, 2)
        ],
        columns=["one", "other", "spearman", "kendall", "top_shared"],
    )


def without_weight(
    offences: pd.DataFrame, sets: Mapping[str, pd.Series]
) -> pd.DataFrame:
    """What each set has no weight for; or a MethodError if it weighs nothing."""
    counted = offences.sum()
    rows = []
    for name, each in sets.items():
        if name == COUNT:
            raise MethodError(f"Call a set of weights something other than {COUNT}.")
        if (each < 0).any() or not each.gt(0).any():
            raise MethodError(
                f"{name} has no weight for any of these categories, or one below 0. "
                f"Categories: {', '.join(map(str, offences.columns))}."
            )
        left_out = counted[each.isna() & (counted > 0)]
        rows.append(
            {
                "weights": name,
                "offences": float(left_out.sum()),
                "share": float(left_out.sum()) / max(float(counted.sum()), 1.0),
                "categories": ", ".join(map(str, left_out.index)),
            }
        )
    return pd.DataFrame(rows, columns=["weights", "offences", "share", "categories"])


def cautions(
    offences: pd.DataFrame, sets: Mapping[str, pd.Series], missing: pd.DataFrame
) -> tuple[str, ...]:
    said = list(NOT_MEANT)
    said += [
        f"{row.weights} has no weight for {row.categories}: {row.share:.1%} of the "
        f"offences are left out of it, and are not taken to do no harm."
        for row in missing[missing["offences"] > 0].itertuples()
    ]
    counted = offences.sum()
    for name, each in sets.items():
        harm = counted * each.fillna(0)
        rare = harm[(counted < len(offences)) & (harm > RARE * harm.sum())]
        said += [
            f"By {name}, {category} is {value / harm.sum():.0%} of the harm and fewer "
            f"than one an area: one more or less moves an area far."
            for category, value in rare.items()
        ]
    return tuple(said)


def check_offences(offences: pd.DataFrame) -> None:
    refuse_broad_categories(offences.columns)
    if len(offences) < 2:
        raise MethodError("To rank areas there must be two or more.")
    plain = offences.to_numpy(dtype=float)
    if not np.isfinite(plain).all() or (plain < 0).any() or (plain % 1).any():
        raise MethodError(
            "Offences must be whole numbers of 0 or more for every area and category. "
            "Counts that were rounded or hidden cannot be weighed."
        )
