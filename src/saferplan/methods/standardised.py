"""
Rates as they would be if every group had the same make-up by age and sex.

Direct standardisation gives each group's own rates the weights of one standard
population, so any two groups can be compared; it needs a rate in every stratum. The
indirect kind (saferplan.methods.disproportionality) asks less and compares with one
group only.
"""

import numpy as np
import pandas as pd
from scipy.special import gammaincinv

from saferplan.errors import MethodError
from saferplan.methods.disproportionality import (
    LEAST_SEARCHES,
    REFERENCE,
    check_tables,
)
from saferplan.methods.intervals import normal_point
from saferplan.methods.rates import same_areas


def directly_standardised(
    events: pd.DataFrame,
    residents: pd.DataFrame,
    *,
    reference: str = REFERENCE,
    standard: pd.Series | None = None,
    per: int = 1_000,
    least: int = LEAST_SEARCHES,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """
    Return each group's rate and ratio with the ages and sexes of a standard population.

    events, residents  one row per stratum (age band, or sex and age band), one column
                       per group; same rows and columns, nothing missing
    standard           people in each stratum of the standard population; without it,
                       the residents of all groups together

    The result has a row per group and columns `events`, `crude` (rate per `per`),
    `rate`, `rate_lower`, `rate_upper` (standardised), `ratio`, `lower`, `upper` (of
    standardised rates, to the reference's), `explain` (even the lower limit is above 1)
    and `caution`. A group with fewer than `least` events, or with a stratum in which
    nobody of it lives, has no rate. The reference has a ratio of 1 without limits.

    Raises MethodError if the tables differ, a count is missing, the reference group is
    not there or has nobody in a stratum, or the standard has no people.

    A standardised rate happens nowhere: use it to compare. Where one group's rate is
    higher among the young and another's among the old, one ratio hides both: look at
    the strata.

    Source: Fay and Feuer (1997), doi:10.1002/(SICI)1097-0258(19970415)16:7, for the
    limits of a rate; Breslow and Day (1987), ch. 2, for those of a ratio.

    >>> events = pd.DataFrame({"Black": [600, 100], "White": [300, 300]})
    >>> residents = pd.DataFrame({"Black": [500, 500], "White": [500, 3_000]})
    >>> found = directly_standardised(events, residents).loc["Black"]
    >>> found[["crude", "rate", "ratio"]].astype(float).round(2).tolist()
    [700.0, 422.22, 2.0]
    """
    check_tables(events, residents, reference)
    weights = residents.sum(axis=1) if standard is None else standard
    same_areas("residents", residents.iloc[:, 0], "standard", weights)
    if not (weights >= 0).all() or weights.sum() <= 0:
        raise MethodError("The standard population needs people, and none negative.")
    w = weights / weights.sum()
    lived_in = residents.where(residents > 0)
    parts = (events / lived_in).mul(w, axis="index")
    rate = parts.sum(skipna=False)
    variance = (events / lived_in**2).mul(w**2, axis="index").sum(skipna=False)
    heaviest = (1 / lived_in).mul(w, axis="index").max(skipna=False)
    total = events.sum()
    shown = (total >= least) & rate.notna()
    lower, upper = fay_and_feuer(rate, variance, heaviest, confidence)
    result = pd.DataFrame(
        {
            "events": total,
            "crude": total / residents.sum() * per,
            "rate": rate * per,
            "rate_lower": lower * per,
            "rate_upper": upper * per,
            "ratio": rate / rate[reference],
        }
    )
    spread = variance / rate.where(rate > 0) ** 2
    reach = np.exp(normal_point(confidence) * np.sqrt(spread + spread[reference]))
    other = result.index != reference
    result["lower"] = (result["ratio"] / reach).where(other)
    result["upper"] = (result["ratio"] * reach).where(other)
    result.loc[~shown, result.columns[1:]] = np.nan
    if not shown[reference]:
        result[["ratio", "lower", "upper"]] = np.nan
    result["explain"] = result["lower"] > 1
    result["caution"] = np.select(
        [total < least, rate.isna(), np.full(len(total), not shown[reference])],
        [
            f"Fewer than {least} events: no rate is shown.",
            "Nobody of this group lives here in one stratum: join age bands.",
            f"Fewer than {least} events of the {reference} group to compare with.",
        ],
        default="",
    )
    return result


def fay_and_feuer(
    rate: pd.Series, variance: pd.Series, heaviest: pd.Series, confidence: float
) -> tuple[pd.Series, pd.Series]:
    """
    Return gamma limits of standardised rates.

    heaviest  the largest weight of any one person, by group

    >>> count, one = pd.Series([5.0]), pd.Series([1.0])
    >>> lower, upper = fay_and_feuer(count, count, one, 0.95)
    >>> lower.round(3).tolist(), upper.round(3).tolist()
    ([1.623], [11.668])
    """
    normal_point(confidence)  # refuses what is no confidence
    tail = (1 - confidence) / 2
    some = rate.where(rate > 0)
    low = gammaincinv(some**2 / variance, tail) * variance / some
    above, wider = rate + heaviest, variance + heaviest**2
    high = gammaincinv(above**2 / wider, 1 - tail) * wider / above
    return low.where(some.notna() | rate.isna(), 0.0), pd.Series(high, rate.index)
