"""
Shares of people or cases: their doubt, the difference of two, and survey change.

A share is between 0 and 1. A share of fewer than 30 is never shown.
"""

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import normal_point, share_limits
from saferplan.methods.rates import same_areas

LEAST_ASKED = 30  # below this no percentage is shown
LEAST_PEOPLE = 5  # fewer than this, and not none, could be told who they are


def share(
    part: pd.Series,
    whole: pd.Series,
    *,
    confidence: float = 0.95,
    least: int = LEAST_ASKED,
) -> pd.DataFrame:
    """
    Return part / whole with Wilson's limits.

    part   cases that have the quality: searches that found something, say
    whole  all cases; same index as part

    The result has the index of `part` and columns `share`, `lower`, `upper` (0 to 1)
    and `caution`. A whole under `least` has no share: its row is missing.

    Raises MethodError if the indexes differ, or a part is more than its whole.

    >>> found, searches = pd.Series({"Black": 252}), pd.Series({"Black": 400})
    >>> share(found, searches)[["share", "lower", "upper"]].round(4).values.tolist()
    [[0.63, 0.5817, 0.6759]]
    """
    same_areas("part", part, "whole", whole)
    lower, upper = share_limits(part, whole, confidence=confidence)
    result = pd.DataFrame(
        {"share": part / whole.where(whole > 0), "lower": lower, "upper": upper},
        index=part.index,
    ).where(whole >= least)
    result["caution"] = np.where(
        whole >= least, "", f"Fewer than {least}: too few for a percentage."
    )
    return result


def share_difference(
    part: pd.Series,
    whole: pd.Series,
    *,
    from_part: pd.Series,
    from_whole: pd.Series,
    confidence: float = 0.95,
    least: int = LEAST_ASKED,
) -> pd.DataFrame:
    """
    Return part/whole less from_part/from_whole, in points of share.

    All four have the same index. The result has that index and columns `difference`,
    `lower`, `upper` (-1 to 1), `verdict` ("real change", "within chance" or "cannot
    tell") and `caution`. Where either whole is under `least` we cannot tell.

    Source: Newcombe (1998), method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8.

    >>> def one(n): return pd.Series({"A": n})
    >>> d = share_difference(one(56), one(70), from_part=one(48), from_whole=one(80))
    >>> d[["difference", "lower", "upper"]].round(4).values.tolist()
    [[0.2, 0.0524, 0.3339]]
    """
    same_areas("part", part, "from_part", from_part)
    now = share(part, whole, confidence=confidence, least=least)
    then = share(from_part, from_whole, confidence=confidence, least=least)
    difference = now["share"] - then["share"]
    below = np.hypot(now["share"] - now["lower"], then["upper"] - then["share"])
    above = np.hypot(now["upper"] - now["share"], then["share"] - then["lower"])
    result = pd.DataFrame(
        {
            "difference": difference,
            "lower": (difference - below).clip(lower=-1),
            "upper": (difference + above).clip(upper=1),
        }
    )
    result["verdict"] = verdict(result["lower"], result["upper"])
    result["caution"] = now["caution"].where(now["caution"] != "", then["caution"])
    return result


def margin_of_error(
    proportion: float,
    asked: float,
    *,
    design_effect: float = 1.0,
    confidence: float = 0.95,
) -> float:
    """
    Return half the width of a survey estimate's interval, in points of share.

    proportion     the share who agree, 0 to 1; 0.5 gives the widest margin
    asked          people asked
    design_effect  how much clustering and weighting widen it: 1.0 is a simple random
                   sample; MOPAC does not publish the figure for its survey

    Raises MethodError if nobody was asked, or the design effect is under 1.

    >>> round(100 * margin_of_error(0.5, 400), 2)
    4.9
    """
    if asked <= 0:
        raise MethodError("A survey needs people: the number asked must be above 0.")
    check_design_effect(design_effect)
    spread = proportion * (1 - proportion) * design_effect / asked
    return normal_point(confidence) * float(np.sqrt(spread))


def survey_level(
    proportion: pd.Series,
    asked: pd.Series,
    *,
    design_effect: float = 1.0,
    confidence: float = 0.95,
    least: int = LEAST_ASKED,
) -> pd.DataFrame:
    """
    Return each survey share with Wilson's limits at its effective sample size.

    proportion  the share who agree, 0 to 1
    asked       people asked; missing where the publisher does not say, and then the
                limits are missing too; same index

    Columns `share`, `lower`, `upper` (0 to 1) and `caution`.

    >>> one = survey_level(pd.Series({"Trust": 0.63}), pd.Series({"Trust": 400}))
    >>> one[["lower", "upper"]].round(4).values.tolist()
    [[0.5817, 0.6759]]
    """
    same_areas("proportion", proportion, "asked", asked)
    check_design_effect(design_effect)
    check_proportion(proportion)
    effective = asked.astype(float) / design_effect
    lower, upper = share_limits(
        proportion * effective, effective, confidence=confidence
    )
    result = pd.DataFrame(
        {"share": proportion, "lower": lower, "upper": upper}, index=proportion.index
    ).where(~(asked < least))
    result["caution"] = survey_caution(asked, asked, design_effect, least)
    return result


def survey_change(
    before: pd.Series,
    after: pd.Series,
    *,
    asked_before: pd.Series,
    asked_after: pd.Series,
    design_effect: float = 1.0,
    confidence: float = 0.95,
    least: int = LEAST_ASKED,
) -> pd.DataFrame:
    """
    Return the change between two separate samples, in points of share.

    before, after  the share who agree, 0 to 1
    asked_...      people asked each time; all four have the same index
    design_effect  see margin_of_error; the same one is used for both

    Columns `difference`, `lower`, `upper` (-1 to 1), `verdict` and `caution`. Unknown
    or under `least` people asked: we cannot tell.

    Rolling years that overlap share people and are not separate samples: compare
    years that end twelve months apart.

    Source: the normal approximation. In a borough of 400 people asked each year, 62%
    to 67% is 5.0 points, give or take 6.6: within chance.

    >>> def one(n): return pd.Series({"Lewisham": n})
    >>> survey_change(one(0.62), one(0.67), asked_before=one(400),
    ...               asked_after=one(400)).loc["Lewisham", "verdict"]
    'within chance'
    """
    for name, other in [
        ("after", after),
        ("asked_before", asked_before),
        ("asked_after", asked_after),
    ]:
        same_areas("before", before, name, other)
    check_design_effect(design_effect)
    check_proportion(before)
    check_proportion(after)

    variance = before * (1 - before) / asked_before.astype(float) + after * (
        1 - after
    ) / asked_after.astype(float)
    reach = normal_point(confidence) * np.sqrt(design_effect * variance)
    difference = after - before
    result = pd.DataFrame(
        {
            "difference": difference,
            "lower": difference - reach,
            "upper": difference + reach,
        }
    ).where((asked_before >= least) & (asked_after >= least))
    result["verdict"] = verdict(result["lower"], result["upper"])
    result["caution"] = survey_caution(asked_before, asked_after, design_effect, least)
    return result


def verdict(lower: pd.Series, upper: pd.Series, *, no_change: float = 0.0) -> pd.Series:
    """Say of each interval whether it leaves "no change" out, or is missing."""
    known = lower.notna() & upper.notna()
    real = (lower > no_change) | (upper < no_change)
    words = np.where(real, "real change", "within chance")
    return pd.Series(np.where(known, words, "cannot tell"), index=lower.index)


def survey_caution(
    asked_before: pd.Series, asked_after: pd.Series, design_effect: float, least: int
) -> np.ndarray:
    asked = asked_before.astype(float).where(
        asked_before <= asked_after, asked_after.astype(float)
    )
    return np.select(
        [asked.isna(), asked < least, asked < 100],
        [
            "The publisher does not say how many people were asked.",
            f"Fewer than {least} people asked: too few for a percentage.",
            f"Fewer than 100 people asked. Design effect taken as {design_effect:g}.",
        ],
        default=f"Design effect taken as {design_effect:g}.",
    )


def check_design_effect(design_effect: float) -> None:
    if design_effect < 1:
        raise MethodError(
            f"A design effect is 1 or more, and {design_effect} is not. Use 1 for a "
            f"simple random sample, 1.5 where the publisher does not say."
        )


def check_proportion(proportion: pd.Series) -> None:
    if ((proportion < 0) | (proportion > 1)).any():
        raise MethodError(
            "A share must lie between 0 and 1. Divide percentages by 100."
        )
