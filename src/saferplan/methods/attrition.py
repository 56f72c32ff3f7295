"""
How many cases are left at each stage, from report to conviction.

A chain of shares is read as if the same cases went through it. That is so only of a
cohort followed to its end; a year's charges and a year's convictions are other cases.
"""

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.change import ratio_limits
from saferplan.methods.intervals import normal_point, share_limits
from saferplan.methods.proportions import LEAST_ASKED, LEAST_PEOPLE
from saferplan.methods.rates import same_areas

PERIOD = (
    "Counted in the same period, not followed: most cases at one stage are not those "
    "at another, and a backlog or a rise bends every share."
)


def attrition(
    reached: pd.Series,
    *,
    cohort: bool,
    least: int = LEAST_PEOPLE,
    base: int = LEAST_ASKED,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """
    Return each stage's share of the first stage and of the one before.

    reached  cases at each stage, in order: reported, charged, ... ; whole numbers
    cohort   true if the same cases were followed, false if each stage was counted in
             the same period
    least    a stage with fewer cases than this, and not none, or that so few were lost
             on the way to, is hidden
    base     under this many cases a stage's shares of it are not shown

    The result has the index of `reached` and columns `reached`, `of_first`,
    `first_lower`, `first_upper`, `of_before`, `before_lower`, `before_upper`, `lost`
    (since the stage before) and `caution`. Of a period a share can be above 1, and its
    limits are those of the ratio of two counts.

    Raises MethodError without two stages, if a count is missing or negative, or if more
    of a cohort reach a stage than reached the one before.

    The stage with the greatest loss is not always the one to mend: much that drops out
    early could never have gone further, and who withdraws may have had good reason.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.

    >>> found = attrition(pd.Series({"reported": 400, "charged": 100, "convicted": 60}),
    ...                   cohort=True)
    >>> found["of_first"].tolist(), found["of_before"].round(2).tolist()[1:]
    ([1.0, 0.25, 0.15], [0.25, 0.6])
    """
    counts = check_chain(reached, cohort=cohort)
    first = pd.Series(counts.iloc[0], index=counts.index)
    before = counts.shift(1)
    lost = before - counts
    hidden = counts.between(0, least, inclusive="neither")
    if cohort:
        # Two stages that differ by so few would tell of them together.
        hidden |= lost.between(0, least, inclusive="neither")
    result = pd.DataFrame({"reached": counts})
    for name, whole in [("first", first), ("before", before)]:
        told = shares_of(counts, whole, confidence, cohort=cohort)
        told.columns = [f"of_{name}", f"{name}_lower", f"{name}_upper"]
        result[told.columns] = told.where((whole >= base) & ~hidden)
    result["lost"] = lost
    result.loc[hidden, ["reached", "lost"]] = np.nan
    # What is hidden must not come back from the stage after it.
    after = hidden.shift(1, fill_value=False)
    result.loc[after, ["of_before", "before_lower", "before_upper", "lost"]] = np.nan
    result["caution"] = np.select(
        [hidden, after, before < base, pd.Series(not cohort, index=counts.index)],
        [
            f"Hidden: fewer than {least} cases could be told from it.",
            "The stage before is hidden.",
            f"Fewer than {base} cases before it: too few for a percentage.",
            PERIOD,
        ],
        default="",
    )
    return result


def shares_of(
    counts: pd.Series, whole: pd.Series, confidence: float, *, cohort: bool
) -> pd.DataFrame:
    """Each count's share of its whole, with limits; the first is all of itself."""
    known = whole.fillna(counts)  # before the first stage there is none
    if cohort:
        lower, upper = share_limits(counts, known, confidence=confidence)
    else:
        lower, upper = ratio_limits(known, counts, confidence=confidence)
    itself = np.arange(len(counts)) == 0
    return pd.DataFrame(
        {
            "share": counts / whole.where(whole > 0),
            "lower": np.where(itself, 1.0, lower),
            "upper": np.where(itself, 1.0, upper),
        },
        index=counts.index,
    )


def check_chain(reached: pd.Series, *, cohort: bool) -> pd.Series:
    counts = reached.astype(float)
    if len(counts) < 2:
        raise MethodError("A chain needs two stages or more, in order.")
    if not (counts >= 0).all():
        raise MethodError("Every stage needs a count of cases of zero or more.")
    rises = counts.index[(counts.diff() > 0).to_numpy()]
    if cohort and len(rises):
        raise MethodError(
            f"More cases reached {rises[0]} than the stage before it, so these are not "
            f"the same cases. Say that they were counted in one period."
        )
    return counts


def chained(
    shares: pd.Series, cases: pd.Series | None = None, *, confidence: float = 0.95
) -> pd.DataFrame:
    """
    Return what published shares, each of the last, come to of all.

    shares  0 to 1, in order: of all; of those; of those
    cases   how many each share was of, if known; same index

    The result has that index and columns `share`, `of_all`, `lower` and `upper`
    (missing without `cases`).

    Raises MethodError for a share outside 0 and 1, or a share of fewer than one case.

    It holds only if each share is of the very cases that the last one left. Shares of
    different years or places do not multiply.

    Source: the chance of one after the other; limits by the logarithm (delta method).

    >>> chained(pd.Series({"prosecution ended it": 0.25, "victim or witness": 0.4}))[
    ...     "of_all"].tolist()
    [0.25, 0.1]
    """
    p = shares.astype(float)
    if not ((p >= 0) & (p <= 1)).all():
        raise MethodError("A share lies between 0 and 1. Divide percentages by 100.")
    result = pd.DataFrame({"share": p, "of_all": p.cumprod()})
    spread = pd.Series(np.nan, index=p.index)
    if cases is not None:
        same_areas("shares", shares, "cases", cases)
        if not (cases >= 1).all():
            raise MethodError("A share is of one case at least. Say how many.")
        spread = ((1 - p) / (cases.astype(float) * p.where(p > 0))).cumsum(skipna=False)
    reach = np.exp(normal_point(confidence) * np.sqrt(spread))
    result["lower"] = result["of_all"] / reach
    result["upper"] = (result["of_all"] * reach).clip(upper=1)
    return result
