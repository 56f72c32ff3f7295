"""
How far people came on a scale, from their first score to their last.

Small steps count here, and so do scales that cannot show them: people who start at the
top have nowhere to go, and two raters may not mean the same by a four.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers, normal_point

AT_END = 0.15  # of people at the end of a scale, from which it hides change
LEFT = 0.20  # of people without a second score, from which the rest may mislead
LEAST = 2


@dataclass(frozen=True)
class Distance:
    """
    mean            change of score, last less first, of those with both
    lower, upper    limits of it
    se, sd          standard error of the mean, and deviation of one person's change
    p               how often chance alone would set the mean so far from none
    people          with both scores
    left            share of those with a first score who have no last
    better, worse   shares of people whose score rose, and fell
    at_floor, at_ceiling  shares at the lowest and the highest score when they came
    reliable        the smallest change of one person that two raters' disagreement does
                    not explain, 19 times in 20; missing without a second rater
    reliably_better  share of people who rose by that or more
    """

    mean: float
    lower: float
    upper: float
    se: float
    sd: float
    p: float
    people: int
    left: float
    better: float
    worse: float
    at_floor: float
    at_ceiling: float
    reliable: float
    reliably_better: float
    cautions: tuple[str, ...]


def distance_travelled(
    first: pd.Series,
    last: pd.Series,
    *,
    lowest: float,
    highest: float,
    second_rater: pd.Series | None = None,
    confidence: float = 0.95,
) -> Distance:
    """
    Return the mean change of a score, and what the scale may hide.

    first, last      scores by person, in the same units; same index; a missing one was
                     not taken
    lowest, highest  the ends of the scale; higher is better
    second_rater     another rater's first scores, for some of the same people

    Raises MethodError if the indexes differ, a score is off the scale, or fewer than 2
    people have both scores.

    It is not the effect of the service. People come when things are worst, and would be
    better later without it: compare with others, or with people still waiting.

    Source: Student (1908), doi:10.1093/biomet/6.1.1; 15% at an end of the scale as in
    Terwee and others (2007), doi:10.1016/j.jclinepi.2006.03.012; reliable change as in
    Jacobson and Truax (1991), doi:10.1037/0022-006X.59.1.12.

    >>> first, last = pd.Series([2, 3, 4, 5]), pd.Series([4, 4, 4, 7])
    >>> found = distance_travelled(first, last, lowest=1, highest=10)
    >>> found.mean, round(found.se, 3), found.better
    (1.25, 0.479, 0.75)
    """
    check(first, last, lowest, highest)
    both = first.notna() & last.notna()
    people = int(both.sum())
    if people < LEAST:
        raise MethodError(
            f"{people} people have a first and a last score; a mean change with its "
            f"doubt needs {LEAST} or more."
        )
    change: Numbers = (last - first)[both].to_numpy(dtype=float)
    mean, sd = float(change.mean()), float(change.std(ddof=1))
    se = sd / np.sqrt(people)
    reach = float(stdtrit(people - 1, 0.5 + confidence / 2)) * se
    came = first[first.notna()]
    reliable = smallest_reliable(first, second_rater)
    found = {
        "left": float(last[first.notna()].isna().mean()),
        "at_floor": float((came == lowest).mean()),
        "at_ceiling": float((came == highest).mean()),
    }
    return Distance(
        mean=mean,
        lower=mean - reach,
        upper=mean + reach,
        se=float(se),
        sd=sd,
        p=float(2 * stdtr(people - 1, -abs(mean) / se)) if se else float(mean == 0),
        people=people,
        better=float((change > 0).mean()),
        worse=float((change < 0).mean()),
        reliable=reliable,
        reliably_better=reliably_better(change, reliable),
        cautions=cautions(mean, reliable, **found),
        **found,
    )


def check(first: pd.Series, last: pd.Series, lowest: float, highest: float) -> None:
    if not first.index.equals(last.index):
        raise MethodError("first and last must be of the same people, in one order.")
    if not lowest < highest:
        raise MethodError(f"lowest ({lowest:g}) must be below highest ({highest:g}).")
    for name, scores in (("first", first), ("last", last)):
        off = scores[scores.notna() & ~scores.between(lowest, highest)]
        if len(off):
            raise MethodError(
                f"{len(off)} of the {name} scores are off the scale from {lowest:g} to "
                f"{highest:g}. Mend them, or leave them missing."
            )


def smallest_reliable(first: pd.Series, second_rater: pd.Series | None) -> float:
    """The change of one person that two raters' disagreement does not explain."""
    if second_rater is None:
        return float("nan")
    apart = (first - second_rater).dropna().astype(float)
    if len(apart) < LEAST:
        raise MethodError(
            f"{len(apart)} people have a score by both raters; to see how far they "
            f"agree takes {LEAST} or more."
        )
    # Each rater errs by sd / sqrt(2); a change has the error of two scores.
    return normal_point(0.95) * float(apart.std(ddof=1))


def reliably_better(change: Numbers, reliable: float) -> float:
    return float("nan") if np.isnan(reliable) else float((change >= reliable).mean())


def cautions(
    mean: float, reliable: float, *, left: float, at_floor: float, at_ceiling: float
) -> tuple[str, ...]:
    found = {
        f"{at_ceiling:.0%} came at the top of the scale and could not rise.": (
            at_ceiling >= AT_END
        ),
        f"{at_floor:.0%} came at the bottom of the scale: it cannot show worse, and "
        f"chance alone lifts some.": at_floor >= AT_END,
        f"{left:.0%} have no last score. Those who stay may be those who did well.": (
            left >= LEFT
        ),
        "The mean change is less than two raters may differ about one person.": (
            abs(mean) < reliable
        ),
        "No second rater: nobody knows how much of a change is in who scored.": (
            np.isnan(reliable)
        ),
    }
    return tuple(sentence for sentence, holds in found.items() if holds)
