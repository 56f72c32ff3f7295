"""
What a consultation would have said, had those who answered been weighed to the census.

Weights are a sensitivity check here and nothing else: they make the few who answered of
a group speak for all of it, and cannot make up for those who never came. So weighted
and unweighted stand side by side, with what the weights cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.proportions import LEAST_ASKED, LEAST_PEOPLE
from saferplan.methods.weighted_answers import effective_number, weighted_shares

LARGEST = 5.0  # no voice counts for more than five
CLOSE = 1e-6  # of the margins, as a share of all
ROUNDS = 500
HALF = 0.5

NOT_A_SAMPLE = (
    "People chose to answer, so weights do not make them a sample of the borough. "
    "Report the unweighted figure; if the two differ, say that the answer depends on "
    "who came."
)


@dataclass(frozen=True)
class Weights:
    """
    weights        one per respondent, 1 on average
    margins        a row per margin and group: `margin`, `group`, `respondents`,
                   `target` and `reached` (shares, 0 to 1)
    effective      how many respondents of equal weight would tell as much (Kish)
    design_effect  respondents over `effective`: 1.5 widens an interval by a fifth
    trimmed        respondents whose weight was cut to the largest or smallest
    cautions       in words
    """

    weights: pd.Series
    margins: pd.DataFrame
    effective: float
    design_effect: float
    trimmed: int
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Sensitivity:
    """
    shares    a row "unweighted" and a row "weighted": `asked`, `share`, `lower`,
              `upper`, `design_effect`, `effective`, `caution`
    moved     the weighted share less the unweighted, in points of share
    cautions  in words
    """

    shares: pd.DataFrame
    moved: float
    cautions: tuple[str, ...]


def rake(
    respondents: pd.DataFrame,
    population: Mapping[str, pd.Series],
    *,
    largest: float = LARGEST,
) -> Weights:
    """
    Return weights that bring the respondents' margins to those of the population.

    respondents  a row each, a column per margin: ward, age, sex. A missing cell did not
                 say: it takes part in no step for that margin
    population   for each margin, people by group. One margin alone is
                 post-stratification; so is one that crosses two, as "16 to 24, female"
    largest      the most a weight may be, and 1 / largest the least, where 1 is the
                 average; the margins are then reached less exactly, and `margins` says

    Raises MethodError if a margin is not known on both sides, somebody is of a group
    that the population has not, nobody said, or `largest` is not above 1.

    Groups of whom nobody answered cannot be weighted up: the others speak for all, and
    the cautions name them. Weights know nothing that the margins do not.

    Source: Deming and Stephan (1940), doi:10.1214/aoms/1177731829; Kish (1965), Survey
    Sampling, 11.7.

    >>> heard = pd.DataFrame({"sex": ["f"] * 30 + ["m"] * 10})
    >>> found = rake(heard, {"sex": pd.Series({"f": 500, "m": 500})})
    >>> sorted(set(found.weights.round(3))), round(found.effective, 6)
    ([0.667, 2.0], 30.0)
    """
    check(respondents, population, largest)
    targets = {
        name: reachable(respondents[name], population[name]) for name in population
    }
    w, trimmed = raked(respondents, targets, largest)
    weights = pd.Series(w, index=respondents.index, name="weight")
    effective = effective_number(weights)
    margins = reached(respondents, weights, targets)
    return Weights(
        weights=weights,
        margins=margins,
        effective=effective,
        design_effect=len(weights) / effective,
        trimmed=trimmed,
        cautions=said(respondents, population, margins, effective, trimmed, largest),
    )


def sensitivity(answers: pd.Series, found: Weights) -> Sensitivity:
    """
    Return the share who agree without and with weights, side by side.

    answers  one per respondent: 1 agrees, 0 does not, missing did not answer; the index
             of the weights

    Raises MethodError as weighted_shares does.

    The weighted share is not the truth. If the two lie apart, the finding rests on who
    happened to answer.

    >>> heard = pd.DataFrame({"sex": ["f"] * 60 + ["m"] * 20})
    >>> weights = rake(heard, {"sex": pd.Series({"f": 500, "m": 500})})
    >>> agree = pd.Series([1] * 60 + [0] * 20)
    >>> sensitivity(agree, weights).shares["share"].round(3).to_dict()
    {'unweighted': 0.75, 'weighted': 0.5}
    """
    shares = pd.concat(
        [weighted_shares(answers), weighted_shares(answers, found.weights)],
        keys=["unweighted", "weighted"],
    ).droplevel(1)
    shares.index.name = "figure"
    share = shares["share"].astype(float)
    moved = float(share["weighted"] - share["unweighted"])
    plain = shares.loc["unweighted"]
    words = [NOT_A_SAMPLE]
    outside = (shares.loc["weighted", "share"] < plain["lower"]) | (
        shares.loc["weighted", "share"] > plain["upper"]
    )
    if outside:
        words.append(
            f"The weights move the share by {100 * moved:+.1f} points, beyond what "
            f"chance leaves: it depends on who answered."
        )
    if shares["share"].notna().all() and (shares["share"] > HALF).nunique() > 1:
        words.append("A majority without weights is none with them, or the reverse.")
    return Sensitivity(shares, moved, (*words, *found.cautions))


def raked(
    respondents: pd.DataFrame, targets: Mapping[str, pd.Series], largest: float
) -> tuple[Numbers, int]:
    """Weights of average 1, and how many were cut; one margin after another."""
    codes = {
        name: pd.Categorical(respondents[name], categories=target.index).codes
        for name, target in targets.items()
    }
    w = np.ones(len(respondents))
    for _round in range(ROUNDS):
        before = w.copy()
        for name, target in targets.items():
            known = codes[name] >= 0
            now = np.bincount(codes[name][known], w[known], minlength=len(target))
            wanted = target.to_numpy() * w[known].sum()
            w[known] *= (wanted / now)[codes[name][known]]
        w = np.clip(w / w.mean(), 1 / largest, largest)
        if np.abs(w - before).max() < CLOSE:
            break
    at_limit = np.isclose(w, largest) | np.isclose(w, 1 / largest)
    return w / w.mean(), int(at_limit.sum())


def reachable(groups: pd.Series, people: pd.Series) -> pd.Series:
    """The share of each group that somebody answered for, of all those groups."""
    heard = people[people.index.isin(groups.dropna().unique()) & (people > 0)]
    return heard / heard.sum()


def reached(
    respondents: pd.DataFrame, weights: pd.Series, targets: Mapping[str, pd.Series]
) -> pd.DataFrame:
    parts = []
    for name, target in targets.items():
        sums = weights.groupby(respondents[name]).sum().reindex(target.index)
        part = pd.DataFrame({"margin": name, "group": target.index})
        numbers = respondents[name].value_counts().reindex(target.index)
        part["respondents"] = numbers.to_numpy()
        part["target"] = target.to_numpy()
        part["reached"] = (sums / sums.sum()).to_numpy()
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def said(
    respondents: pd.DataFrame,
    population: Mapping[str, pd.Series],
    margins: pd.DataFrame,
    effective: float,
    trimmed: int,
    largest: float,
) -> tuple[str, ...]:
    words = [
        f"Weighted, {len(respondents):,} answers tell as much as {effective:,.0f} of "
        f"equal weight."
    ]
    for name, people in population.items():
        silent = people.index[(people > 0) & ~people.index.isin(respondents[name])]
        if len(silent):
            words.append(
                f"Nobody answered of {', '.join(map(str, silent))} ({name}): no weight "
                f"can speak for them."
            )
        unsaid = int(respondents[name].isna().sum())
        if unsaid:
            words.append(
                f"{unsaid} did not say their {name}, and are not weighed by it."
            )
    few = margins[margins["respondents"] < LEAST_PEOPLE]
    if len(few):
        words.append(
            f"Groups of fewer than {LEAST_PEOPLE} respondents speak for all of theirs: "
            f"{len(few)}."
        )
    if trimmed:
        words.append(
            f"{trimmed} weights were cut to between {1 / largest:.2g} and {largest:g}."
        )
    off = float((margins["target"] - margins["reached"]).abs().max())
    if off > 100 * CLOSE:
        words.append(f"A margin is missed by up to {100 * off:.1f} points.")
    return tuple(words)


def check(
    respondents: pd.DataFrame, population: Mapping[str, pd.Series], largest: float
) -> None:
    if not population:
        raise MethodError("Say which margins to weigh by, with their people by group.")
    if not largest > 1:
        raise MethodError("The largest weight must be above 1, which is the average.")
    if len(respondents) < LEAST_ASKED:
        raise MethodError(
            f"{len(respondents)} respondents are too few to weigh: it takes "
            f"{LEAST_ASKED}."
        )
    for name, people in population.items():
        check_margin(respondents, name, people)


def check_margin(respondents: pd.DataFrame, name: str, people: pd.Series) -> None:
    if name not in respondents:
        raise MethodError(f"The respondents have no column {name}.")
    if not (np.isfinite(people.astype(float)) & (people >= 0)).all():
        raise MethodError(f"The population by {name} needs counts, nought or more.")
    told = respondents[name].dropna()
    if told.empty:
        raise MethodError(f"No respondent gave their {name}: nothing to weigh by.")
    strays = set(told.unique()) - set(people.index[people > 0])
    if strays:
        raise MethodError(
            f"{sorted(map(str, strays))[0]} is a {name} of respondents, and of "
            f"nobody in the population. Use one list of groups for both."
        )
