"""
Whether some groups are searched more than others, and what the figures cannot say.

Rates are searches per resident, not people searched: one person may be searched often.
A ratio above 1 is a fact to be explained or changed; it is not yet a finding of bias,
and a ratio near 1 is not a clearance.
"""

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import normal_point
from saferplan.methods.proportions import share, share_difference
from saferplan.methods.rates import same_areas

REFERENCE = "White"
LEAST_SEARCHES = 100  # below this a group's rate is not shown

# What a share of searches that found something cannot tell, to be said beside it.
OUTCOME_LIMITS = (
    "A find rate is the average over all the searches of a group. What would show bias "
    "is the weakest search that officers still made, and two groups can be searched on "
    "the same grounds with different averages, or on different grounds with the same.",
    "Officers may search groups for different things: compare within one object too.",
)


def rate_ratios(
    searches: pd.Series,
    residents: pd.Series,
    *,
    reference: str = REFERENCE,
    per: int = 1_000,
    least: int = LEAST_SEARCHES,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """
    Return each group's searches per resident, over those of the reference group.

    searches   whole numbers, one per group; those of unknown group left out
    residents  people of that group living in the area; same index

    The result has that index and columns `searches`, `residents`, `rate` (per `per`
    residents), `ratio`, `lower`, `upper`, `explain` (true where even the lower limit
    is above 1) and `caution`. A group with fewer than `least` searches, or without
    residents, has no rate. The reference has a ratio of 1 without limits.

    Raises MethodError if the indexes differ or lack the reference group.

    Residents are not the people on the street: where many visit or work, the rate says
    little, and below the borough it should not be shown. Where officers have no such
    group on their list (Mixed, in many forces), its people are counted in others, whose
    ratios are then too high.

    Source: log-normal limits for two Poisson counts (Rothman 2012, ch. 9); the rule of
    100 searches is from Ashby (2020), doi:10.31235/osf.io/wckej.

    >>> searches = pd.Series({"Black": 13_480, "White": 17_132})
    >>> residents = pd.Series({"Black": 470_637, "White": 2_328_526})
    >>> found = rate_ratios(searches, residents)
    >>> found.loc["Black", ["ratio", "lower", "upper"]].astype(float).round(3).tolist()
    [3.893, 3.806, 3.982]
    """
    same_areas("searches", searches, "residents", residents)
    check_reference(searches.index, reference)
    people = residents.where(residents > 0).astype(float)
    shown = (searches >= least) & people.notna()
    a = searches.where(shown).astype(float)
    rate = a / people
    ratio = rate / rate[reference]
    reach = np.exp(normal_point(confidence) * np.sqrt(1 / a + 1 / a[reference]))
    other = pd.Series(searches.index != reference, index=searches.index)
    result = pd.DataFrame(
        {
            "searches": searches,
            "residents": residents,
            "rate": rate * per,
            "ratio": ratio,
            "lower": (ratio / reach).where(other),
            "upper": (ratio * reach).where(other),
        }
    )
    result["explain"] = result["lower"] > 1
    result["caution"] = ratio_caution(result, shown, reference, least)
    return result


def ratio_caution(
    found: pd.DataFrame, shown: pd.Series, reference: str, least: int
) -> np.ndarray:
    return np.select(
        [
            ~(found["residents"] > 0),
            found["searches"] == 0,
            ~shown,
            np.full(len(found), not shown[reference]),
            found.index == "Other",
        ],
        [
            "Nobody of this group is known to live here.",
            "No search of this group is recorded: the list used may not have it.",
            f"Fewer than {least} searches: no rate is shown.",
            f"Fewer than {least} searches of the {reference} group to compare with.",
            "Other holds unlike groups; compare it with care.",
        ],
        default="",
    )


def missing_bounds(
    searches: pd.Series,
    residents: pd.Series,
    *,
    missing: int,
    reference: str = REFERENCE,
    least: int = LEAST_SEARCHES,
) -> pd.DataFrame:
    """
    Return how far the searches of unknown group could move each ratio.

    missing  searches in which the group was not stated; the rest as in rate_ratios

    Columns `lowest` (all the missing were of the reference group), `ratio` (as found)
    and `highest` (all were of this group); and `missing_share`, of all searches. The
    truth lies between. The reference group and groups under `least` have none.

    Raises MethodError as rate_ratios, or for a negative `missing`.

    >>> searches = pd.Series({"Black": 300, "White": 300})
    >>> residents = pd.Series({"Black": 1_000, "White": 3_000})
    >>> missing_bounds(searches, residents, missing=200).loc["Black"].round(2).tolist()
    [1.8, 3.0, 5.0, 0.25]
    """
    if missing < 0:
        raise MethodError("A number of searches cannot be negative.")
    found = rate_ratios(searches, residents, reference=reference, least=least)
    known = found["lower"].notna()
    a, b = searches.astype(float), float(searches[reference])
    ratio = found["ratio"].where(known)
    result = pd.DataFrame({"lowest": ratio * b / (b + missing), "ratio": ratio})
    result["highest"] = ratio * (a + missing) / a
    result["missing_share"] = missing / max(float(searches.sum()) + missing, 1.0)
    return result


def standardised_ratios(
    searches: pd.DataFrame,
    residents: pd.DataFrame,
    *,
    reference: str = REFERENCE,
    least: int = LEAST_SEARCHES,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """
    Return each group's ratio with the make-up by age and sex allowed for.

    searches, residents  one row per stratum (age band, or sex and age band), one
                         column per group; same rows and columns, nothing missing

    Columns `searches`, `expected` (had the group been searched at the reference
    group's rate in every stratum), `ratio` (searches / expected), `crude`, `lower`,
    `upper`, `explain` and `caution`. Groups under `least` searches have no ratio.

    Raises MethodError if the tables differ, lack the reference group, or the reference
    group has nobody living in a stratum.

    Indirect: each group's ratio is on its own age structure, so compare a group with
    the reference, not one group's ratio with another's.

    Source: Breslow and Day (1987), ch. 2; the limits allow for chance in both counts.

    >>> searches = pd.DataFrame({"Black": [600, 100], "White": [300, 300]})
    >>> residents = pd.DataFrame({"Black": [500, 500], "White": [500, 3_000]})
    >>> found = standardised_ratios(searches, residents).loc["Black"]
    >>> found[["crude", "ratio"]].astype(float).round(2).tolist()
    [4.08, 2.0]
    """
    check_tables(searches, residents, reference)
    observed = searches.sum().astype(float)
    b, m = searches[reference].astype(float), residents[reference].astype(float)
    expected = residents.mul(b / m, axis="index").sum()
    from_reference = residents.pow(2).mul(b / m**2, axis="index").sum()
    reach = np.exp(
        normal_point(confidence)
        * np.sqrt(1 / observed.where(observed > 0) + from_reference / expected**2)
    )
    shown = (observed >= least) & (observed.index != reference)
    ratio = (observed / expected).where(shown)
    rate = observed / residents.sum()
    result = pd.DataFrame(
        {
            "searches": observed,
            "expected": expected,
            "ratio": ratio,
            "crude": (rate / rate[reference]).where(shown),
            "lower": ratio / reach,
            "upper": ratio * reach,
        }
    ).drop(index=reference)
    result["explain"] = result["lower"] > 1
    result["caution"] = np.where(
        result["ratio"].notna(), "", f"Fewer than {least} searches: no ratio is shown."
    )
    return result


def outcome_test(
    searches: pd.Series,
    positive: pd.Series,
    *,
    reference: str = REFERENCE,
    least: int = LEAST_SEARCHES,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """
    Return the share of searches that led to something, by group.

    searches  with a known outcome, one whole number per group
    positive  those with any outcome but "no further action"; same index

    Columns `searches`, `positive`, `share`, `lower`, `upper` (0 to 1), and against the
    reference `difference`, `difference_lower`, `difference_upper`, `verdict` ("real
    change" is a real difference from the reference) and `caution`.

    Fewer finds can mean weaker grounds for searching that group. They need not: the
    share is an average, and bias would show at the margin, in the weakest search still
    made (infra-marginality). Say OUTCOME_LIMITS beside it.

    Raises MethodError if the indexes differ or lack the reference group.

    Source: Becker (1957), The Economics of Discrimination, for the test; Simoiu,
    Corbett-Davies and Goel (2017), doi:10.1214/17-AOAS1058, for its limits.

    >>> searches = pd.Series({"Black": 4_000, "White": 4_000})
    >>> positive = pd.Series({"Black": 920, "White": 968})
    >>> outcome_test(searches, positive).loc["Black", "verdict"]
    'within chance'
    """
    same_areas("searches", searches, "positive", positive)
    check_reference(searches.index, reference)
    rates = share(positive, searches, confidence=confidence, least=least)
    same = pd.Series(1, index=searches.index)
    against = share_difference(
        positive,
        searches,
        from_part=same * positive[reference],
        from_whole=same * searches[reference],
        confidence=confidence,
        least=least,
    )
    other = searches.index != reference
    result = pd.DataFrame({"searches": searches, "positive": positive})
    result[["share", "lower", "upper"]] = rates[["share", "lower", "upper"]]
    result["difference"] = against["difference"].where(other)
    result["difference_lower"] = against["lower"].where(other)
    result["difference_upper"] = against["upper"].where(other)
    result["verdict"] = against["verdict"].where(other, "")
    result["caution"] = rates["caution"]
    return result


def check_reference(groups: pd.Index, reference: str) -> None:
    if reference not in groups:
        raise MethodError(
            f"There is no group called {reference!r} to compare with. "
            f"The groups are: {', '.join(map(str, groups))}."
        )


def check_tables(
    searches: pd.DataFrame, residents: pd.DataFrame, reference: str
) -> None:
    check_reference(searches.columns, reference)
    same_rows = searches.index.equals(residents.index)
    if not (same_rows and searches.columns.equals(residents.columns)):
        raise MethodError(
            "Searches and residents must have the same groups and the same ages and "
            "sexes, in the same order."
        )
    if searches.isna().any(axis=None) or residents.isna().any(axis=None):
        raise MethodError("A count by age, sex and group is missing. Fill it or stop.")
    empty = [str(row) for row in residents.index[residents[reference] <= 0]]
    if empty:
        raise MethodError(
            f"Nobody of the {reference} group lives here at {', '.join(empty)}. "
            f"Join age bands so that every band has residents."
        )
