"""
Whether those inside look like those outside: officers, panels, or people who answered.

The share of each group among members is set against its share of the population, with
what chance alone would do to so many members.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import gammaincc

from saferplan.errors import MethodError
from saferplan.methods.intervals import share_limits
from saferplan.methods.proportions import LEAST_ASKED, LEAST_PEOPLE
from saferplan.methods.rates import same_areas

FEW_MEMBERS = 100  # below this every share carries a caution


@dataclass(frozen=True)
class Representation:
    """
    groups         a row per group: `members`, `share`, `population_share`, `index`
                   (share over population share), `lower`, `upper`, `missing` (members
                   short of what the population share would be; below nought: over),
                   `verdict`, `caution`
    unlike         share of members who would have to be of another group for the two
                   to match, 0 to 1 (index of dissimilarity)
    p              chance of being so unlike or more, if members were drawn at random;
                   missing where groups are too small to say
    cautions       in words
    """

    groups: pd.DataFrame
    unlike: float
    p: float
    cautions: tuple[str, ...]


def representation(
    members: pd.Series,
    people: pd.Series,
    *,
    not_stated: int = 0,
    effective: float | None = None,
    least: int = LEAST_PEOPLE,
    base: int = LEAST_ASKED,
    confidence: float = 0.95,
) -> Representation:
    """
    Return how each group's share of the members compares with its share of people.

    members     whole numbers, one per group: officers, respondents, panel members
    people      of that group in the population they should look like; same index
    not_stated  members who did not give their group; in no share
    effective   how many members taken at random would tell as much, where they were
                drawn in clumps or carry weights (effective_number)
    least       groups of fewer members than this, and not none, are hidden, and the
                next smallest with them, so that no subtraction gives them away
    base        fewer members than this in all have no shares

    `verdict` is "too few" or "too many" where the limits leave out 1, "within chance",
    or "cannot tell".

    Raises MethodError if the indexes differ, a count is missing or negative, or the
    population is empty.

    Below 1 does not say why: who applied, who was asked, who stayed and who would not
    say are four stories. Of officers nobody drew lots; the limits say only how far
    chance would go in so small a number. One group in twenty stands out by chance.

    Source: Wilson (1927) for the limits; Duncan and Duncan (1955), doi:10.2307/2088328,
    for the index of dissimilarity; Pearson's chi-squared for p.

    >>> officers = pd.Series({"Black": 60, "White": 340})
    >>> people = pd.Series({"Black": 80_000, "White": 220_000})
    >>> found = representation(officers, people)
    >>> found.groups.loc["Black", ["index", "lower", "upper"]].astype(float).round(
    ...     2).tolist(), round(found.unlike, 3)
    ([0.56, 0.44, 0.71], 0.117)
    """
    same_areas("members", members, "people", people)
    told = members.astype(float)
    if not ((told >= 0).all() and (people >= 0).all()) or not_stated < 0:
        raise MethodError("Every group needs a count of zero or more, in and out.")
    if people.sum() <= 0:
        raise MethodError("The population is empty. Load its census table first.")
    total = float(told.sum())
    outside = people / people.sum()
    worth = 1.0 if effective is None or not total else effective / total
    if not 0 < worth <= 1:
        raise MethodError(
            "The effective number lies between nought and the number of members."
        )
    hidden = too_small(told, least)
    shown = ~hidden & (total >= base)
    lower, upper = share_limits(told * worth, total * worth, confidence=confidence)
    result = pd.DataFrame({"members": told, "share": told / total if total else np.nan})
    result["population_share"] = outside
    known = outside.where(outside > 0)
    result["index"] = result["share"] / known
    result["lower"], result["upper"] = lower / known, upper / known
    result["missing"] = outside * total - told
    result.loc[hidden, "members"] = np.nan
    found = ["share", "index", "lower", "upper", "missing"]
    result.loc[~shown, found] = np.nan
    result["verdict"] = verdicts(result)
    result["caution"] = np.select(
        [np.full(len(result), total < base), hidden, outside <= 0, told == 0],
        [
            f"Fewer than {base} members: too few for a percentage.",
            f"Hidden, because a group has fewer than {least} members.",
            "Nobody of this group is known to live here.",
            "None of this group.",
        ],
        default="",
    )
    unlike, p = compared(told, outside, hidden, worth) if total >= base else UNKNOWN
    return Representation(
        groups=result,
        unlike=unlike,
        p=p,
        cautions=said(total, not_stated, base, worth),
    )


UNKNOWN = (float("nan"), float("nan"))


def too_small(members: pd.Series, least: int) -> pd.Series:
    """
    Return which groups to hide, so that the total gives no small one away.

    >>> too_small(pd.Series([3, 40, 60, 0]), 5).tolist()
    [True, True, False, False]
    """
    hidden = (members > 0) & (members < least)
    # One alone is the total less the rest; two that are known to be small are little
    # better. So the next smallest is hidden too.
    by_size = members[~hidden & (members > 0)].sort_values(kind="stable").index
    for group in by_size:
        if not hidden.any() or (
            hidden.sum() > 1 and members[hidden].sum() >= 2 * least
        ):
            break
        hidden[group] = True
    return hidden


def verdicts(found: pd.DataFrame) -> np.ndarray:
    return np.select(
        [found["lower"].isna(), found["upper"] < 1, found["lower"] > 1],
        ["cannot tell", "too few", "too many"],
        default="within chance",
    )


def compared(
    members: pd.Series, outside: pd.Series, hidden: pd.Series, worth: float
) -> tuple[float, float]:
    """How unlike the two are in all, and p; the hidden groups count as one."""
    names = np.where(hidden, "hidden", members.index.astype(str))
    inside, expected = members.groupby(names).sum(), outside.groupby(names).sum()
    total = float(members.sum())
    unlike = float((inside / total - expected).abs().sum() / 2)
    n = total * worth
    if len(expected) < 2 or (expected * n < LEAST_PEOPLE).any():
        return unlike, float("nan")
    squares = n * ((inside / total - expected) ** 2 / expected).sum()
    return unlike, float(gammaincc((len(expected) - 1) / 2, squares / 2))


def said(total: float, not_stated: int, base: int, worth: float) -> tuple[str, ...]:
    words = []
    if base <= total < FEW_MEMBERS:
        words.append(f"Fewer than {FEW_MEMBERS} members: compare with care.")
    if not_stated:
        share = not_stated / (total + not_stated)
        words.append(
            f"{share:.0%} of the members did not state their group. If they differ "
            f"from the rest, so do the shares."
        )
    if worth < 1:
        words.append(
            f"Counted as {total * worth:,.0f} members taken at random, of {total:,.0f}."
        )
    return tuple(words)
