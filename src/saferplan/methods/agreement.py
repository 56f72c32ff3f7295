"""
How far people who read the same answers chose the same themes.

A theme that two careful people do not find in the same answers is not ready to be
counted. The figures stand beside every count of themes.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.suggestion_score import alike, f1_of_answers

DRAWS = 1_000
FEW = 30


@dataclass(frozen=True)
class Agreement:
    """
    themes    a row per theme: `theme`, `both`, `first_only`, `second_only`, `neither`
              (answers), `percent` (of answers on which they agree), `alpha`
              (Krippendorff's; missing where neither ever chose the theme or both always
              did), `lower`, `upper` (of alpha) and `caution`
    answers   how many both read
    samples_f1, alpha, percent  over all themes: (value, lower, upper). Alpha compares
              the sets of themes by MASI distance; percent is of answers with just the
              same set
    first_found, second_found  the share of the second's themes that the first gave too,
              and of the first's that the second gave
    basis     how the limits were found
    """

    themes: pd.DataFrame
    answers: int
    samples_f1: tuple[float, float, float]
    alpha: tuple[float, float, float]
    percent: tuple[float, float, float]
    first_found: float
    second_found: float
    basis: str


def agreement(
    first: pd.DataFrame,
    second: pd.DataFrame,
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> Agreement:
    """
    Return how far two people's themes of the same answers agree, with limits.

    first, second  true or false for each theme (a column) of each answer (a row); only
                   answers that both read count. Both have the same themes
    draws          how often the answers are drawn anew, for the limits

    samples-F1 is the same whichever of the two is taken for right, so it is given once.

    Raises MethodError if no answer was read by both, or the themes differ.

    Two who agree may both be wrong, and two who were told what to choose always agree:
    they must not see each other's choice. Between experts on a large British
    consultation samples-F1 was 0.74.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; Passonneau
    (2006) for MASI; limits by the percentiles of Efron's bootstrap over answers.
    """
    both = [each for each in first.index if each in second.index]
    if set(first.columns) != set(second.columns):
        odd = sorted(map(str, set(first.columns) ^ set(second.columns)))
        raise MethodError(
            f"Both must choose from the same themes. In one but not the other: "
            f"{', '.join(odd)}."
        )
    a, b = alike(first.loc[both], second.loc[both, list(first.columns)])
    random = np.random.default_rng(seed)
    drawn = random.integers(0, len(a), (draws, len(a)))
    f1 = f1_of_answers(first.loc[both], second.loc[both, list(first.columns)])
    same = (a == b).all(axis=1).astype(float)
    sets = Sets.of(a, b)
    shared = int((a & b).sum())
    tail = (1 - confidence) / 2
    return Agreement(
        themes=by_theme(first.columns, a, b, drawn, tail),
        answers=len(a),
        samples_f1=with_limits(f1.mean(), f1[drawn].mean(axis=1), tail),
        alpha=with_limits(sets.alpha(), [sets.alpha(each) for each in drawn], tail),
        percent=with_limits(100 * same.mean(), 100 * same[drawn].mean(axis=1), tail),
        first_found=shared / b.sum() if b.any() else np.nan,
        second_found=shared / a.sum() if a.any() else np.nan,
        basis=f"{draws:,} draws of the {len(a):,} answers that both read",
    )


def with_limits(
    value: float, drawn: "np.ndarray | list[float]", tail: float
) -> tuple[float, float, float]:
    """A value with the percentiles of its draws; those without a value are left out."""
    known = np.asarray(drawn, dtype=float)
    known = known[~np.isnan(known)]
    if len(known) == 0 or np.isnan(value):
        return float(value), np.nan, np.nan
    lower, upper = np.quantile(known, [tail, 1 - tail])
    return float(value), float(lower), float(upper)


def by_theme(
    names: pd.Index, a: np.ndarray, b: np.ndarray, drawn: np.ndarray, tail: float
) -> pd.DataFrame:
    rows = []
    for number, name in enumerate(names):
        one, other = a[:, number], b[:, number]
        cells = four_cells(one, other)
        again = four_cells(one[drawn], other[drawn])
        value, lower, upper = with_limits(
            float(alpha_of_two(*cells)), alpha_of_two(*again), tail
        )
        both, first_only, second_only, neither = (int(cell) for cell in cells)
        rows.append(
            {
                "theme": name,
                "both": both,
                "first_only": first_only,
                "second_only": second_only,
                "neither": neither,
                "percent": 100 * (both + neither) / len(a),
                "alpha": value,
                "lower": lower,
                "upper": upper,
                "caution": caution(both + first_only + second_only, len(a)),
            }
        )
    return pd.DataFrame(rows)


def caution(chosen: int, answers: int) -> str:
    if chosen == 0:
        return "Neither chose it, so nothing is known of how far they agree."
    if answers < FEW:
        return f"Fewer than {FEW} answers were read by both."
    if chosen < 5:
        return "Chosen for fewer than five answers: one more or less moves alpha a lot."
    return ""


def four_cells(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, ...]:
    """Answers with the theme by both, the first only, the second only, neither."""
    return (
        (one & other).sum(axis=-1),
        (one & ~other).sum(axis=-1),
        (~one & other).sum(axis=-1),
        (~one & ~other).sum(axis=-1),
    )


def alpha_of_two(
    both: np.ndarray, first: np.ndarray, second: np.ndarray, neither: np.ndarray
) -> np.ndarray:
    """Krippendorff's alpha of a yes or no by two people, from its four cells."""
    n = 2 * (both + first + second + neither)
    yes = 2 * both + first + second
    expected = yes * (n - yes)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - (n - 1) * (first + second) / expected
    return np.where(expected == 0, np.nan, found)


def krippendorff_alpha(choices: pd.DataFrame) -> float:
    """
    Return Krippendorff's alpha for any number of people and of kinds, by name.

    choices  a row per answer, a column per person, the kind chosen in each cell;
             missing where that person did not read that answer

    1 is agreement without fault, 0 what chance would give, and less is worse than that.
    Missing if all chose the same kind throughout: then there was nothing to tell apart.

    Raises MethodError if no answer was read by two.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section B:
    two people, twelve answers, five kinds.

    >>> ben = list("aabbdcccedda")
    >>> gerry = list("babbbccceddd")
    >>> round(krippendorff_alpha(pd.DataFrame({"Ben": ben, "Gerry": gerry})), 3)
    0.692
    """
    given = {each for each in choices.to_numpy().ravel() if not pd.isna(each)}
    kinds = sorted(given, key=str)
    if not kinds:
        raise MethodError("Nobody chose anything. Give the kind that each one chose.")
    counts = np.stack([(choices == kind).sum(axis=1) for kind in kinds], axis=1)
    counts = counts[counts.sum(axis=1) >= 2].astype(float)
    if len(counts) == 0:
        raise MethodError("No answer was read by two people. Have some read twice.")
    readers = counts.sum(axis=1)
    apart = readers**2 - (counts**2).sum(axis=1)
    observed = (apart / (readers - 1)).sum()
    total = counts.sum(axis=0)
    n = total.sum()
    expected = (n**2 - (total**2).sum()) / (n - 1)
    return float(1 - observed / expected) if expected else float("nan")


@dataclass(frozen=True)
class Sets:
    """
    The different sets of themes that anybody gave, and how far apart they are.

    first, second  which of them each answer has from either person
    apart          MASI distance between each two of them
    """

    first: np.ndarray
    second: np.ndarray
    apart: np.ndarray

    @classmethod
    def of(cls, a: np.ndarray, b: np.ndarray) -> "Sets":
        given = np.concatenate([a, b])
        different, which = np.unique(given, axis=0, return_inverse=True)
        which = which.ravel()
        return cls(which[: len(a)], which[len(a) :], masi_distances(different))

    def alpha(self, rows: np.ndarray | None = None) -> float:
        """Krippendorff's alpha over these answers; missing if all sets are the same."""
        one = self.first if rows is None else self.first[rows]
        other = self.second if rows is None else self.second[rows]
        total = np.bincount(np.concatenate([one, other]), minlength=len(self.apart))
        n = 2 * len(one)
        expected = total @ self.apart @ total / (n - 1)
        observed = 2 * self.apart[one, other].sum()
        return float(1 - observed / expected) if expected > 0 else float("nan")


def masi_distances(sets: np.ndarray) -> np.ndarray:
    """
    Return 1 - Jaccard x M between each two sets: M is 1 if they are the same, 2/3 if
    one holds the other, 1/3 if they share something, 0 if nothing. Two empty sets are
    the same.

    >>> masi_distances(np.array([[True, True, False], [True, False, False]])).round(3)
    array([[0.   , 0.667],
           [0.667, 0.   ]])
    """
    whole = sets.astype(float)
    shared = whole @ whole.T
    size = whole.sum(axis=1)
    either = size[:, None] + size - shared
    same = shared == either
    holds = shared == np.minimum.outer(size, size)
    weight = np.select([same, holds & (shared > 0), shared > 0], [1, 2 / 3, 1 / 3], 0.0)
    jaccard = np.where(either > 0, shared / np.maximum(either, 1), 1.0)
    return np.asarray(1 - jaccard * weight)
