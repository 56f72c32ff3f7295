"""
Shares of answers to a survey whose respondents weigh unequally or were drawn in clumps.

Such answers tell less than their number: the design effect says how much less, and the
effective number is how many people asked at random would tell as much.
"""

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers, normal_point, share_limits
from saferplan.methods.proportions import LEAST_ASKED
from saferplan.methods.rates import same_areas

FEW_ASKED = 100  # below this a share carries a caution


def effective_number(weights: pd.Series) -> float:
    """
    Return how many people of equal weight would tell as much, by the weights alone.

    weights  one per respondent, above zero

    Raises MethodError if a weight is missing, zero or negative, or there is none.

    Source: Kish (1965), Survey Sampling, 11.7: (sum w)^2 / sum w^2.

    >>> effective_number(pd.Series([1, 1, 1, 3]))
    3.0
    """
    w = check_weights(weights)
    return float(w.sum() ** 2 / (w**2).sum())


def weighted_shares(
    answers: pd.Series,
    weights: pd.Series | None = None,
    *,
    groups: pd.Series | None = None,
    strata: pd.Series | None = None,
    clusters: pd.Series | None = None,
    confidence: float = 0.95,
    least: int = LEAST_ASKED,
) -> pd.DataFrame:
    """
    Return the share who agree, by group, with its design effect and effective number.

    answers   one per respondent: 1 or true agrees, 0 or false does not; a missing one
              was not asked, or did not say
    weights   one per respondent, above zero; without them all weigh the same
    groups    a row of the result each; without it one row called "all"
    strata    parts of the country or ages that were sampled apart
    clusters  streets or wards of which all the respondents were found together
    least     fewer answers than this have no share

    All have one index. The result has a row per group and columns `asked`, `share`,
    `lower`, `upper` (0 to 1), `design_effect`, `effective` and `caution`.

    Raises MethodError for answers other than 0 and 1, a weight that is not above zero,
    or a stratum of one cluster only.

    The interval allows for whom chance picked, not for who would not answer. Groups are
    parts of one sample: the clusters without a member of a group count as well.

    Source: linearised variance as in Kish (1965), Survey Sampling; Wilson's limits at
    the effective number, with Student's t for few clusters (Korn and Graubard 1998).

    >>> answers = pd.Series([1, 0, 1, 0] * 25)
    >>> found = weighted_shares(answers, pd.Series([3, 1, 1, 3] * 25)).loc["all"]
    >>> found[["share", "design_effect", "effective"]].astype(float).tolist()
    [0.5, 1.25, 80.0]
    """
    table = one_table(answers, weights, groups, strata, clusters)
    rows = {}
    for group, inside in table.groupby("group", sort=False).groups.items():
        member = table.index.isin(inside)
        rows[group] = one_share(table, member, confidence=confidence, least=least)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("group")


def one_share(
    table: pd.DataFrame, member: np.ndarray, *, confidence: float, least: int
) -> dict[str, float | str]:
    """A row of the answer, for the members of one group."""
    asked = int(member.sum())
    if asked < least:
        found = dict.fromkeys(
            ["share", "lower", "upper", "design_effect", "effective"], np.nan
        )
        few = f"Fewer than {least} people asked: too few for a percentage."
        return {"asked": asked, **found, "caution": few}
    share, effect = share_and_effect(table, member)
    # Strata can make a sample worth more than its number; we do not count on it.
    effective = asked / max(effect, 1.0)
    free = degrees_of_freedom(table)
    normal_point(confidence)  # refuses what is no confidence
    point = stdtrit(free, 1 - (1 - confidence) / 2)
    lower, upper = share_limits(share * effective, effective, point=point)
    few = f"Fewer than {FEW_ASKED} people asked: compare with care."
    return {
        "asked": asked,
        "share": share,
        "lower": float(lower),
        "upper": float(upper),
        "design_effect": effect,
        "effective": effective,
        "caution": few if asked < FEW_ASKED else "",
    }


def share_and_effect(table: pd.DataFrame, member: np.ndarray) -> tuple[float, float]:
    """A weighted share among the members, and its variance over a plain sample's."""
    asked = int(member.sum())
    w = np.where(member, table["weight"], 0.0)
    y = table["answer"].to_numpy()
    share = float((w * y).sum() / w.sum())
    plain = share * (1 - share) / (asked - 1) if asked > 1 else 0.0
    if plain <= 0:
        # All agree, or none: nothing varies, and the weights alone must tell.
        return share, asked * float((w**2).sum() / w.sum() ** 2)
    spread = pd.Series(w * (y - share) / w.sum(), index=table.index)
    return share, variance_of_total(spread, table["stratum"], table["cluster"]) / plain


def variance_of_total(
    parts: pd.Series, strata: pd.Series, clusters: pd.Series
) -> float:
    """
    Return the variance of a total whose parts were drawn by cluster within strata.

    Each cluster counts as one draw; clusters of one name in two strata are two.
    """
    totals = parts.groupby([strata, clusters], sort=False).sum()
    by_stratum = totals.groupby(level=0, sort=False)
    number, within = by_stratum.transform("size"), totals - by_stratum.transform("mean")
    if (number < 2).any():
        alone = str(number.index[(number < 2).to_numpy()][0][0])
        raise MethodError(
            f"Stratum {alone} has only one cluster, so nothing says how much its "
            f"clusters differ. Join it with the stratum most like it."
        )
    return float((number / (number - 1) * within**2).sum())


def degrees_of_freedom(table: pd.DataFrame) -> int:
    """Clusters less strata."""
    clusters = table[["stratum", "cluster"]].drop_duplicates()
    return max(1, len(clusters) - table["stratum"].nunique())


def one_table(
    answers: pd.Series,
    weights: pd.Series | None,
    groups: pd.Series | None,
    strata: pd.Series | None,
    clusters: pd.Series | None,
) -> pd.DataFrame:
    """The answers given, with all that is known of each; a row per respondent."""
    index = answers.index
    known = {
        "weight": weights,
        "group": groups,
        "stratum": strata,
        "cluster": clusters,
    }
    for name, series in known.items():
        if series is not None:
            same_areas("answers", answers, name, series)
    table = pd.DataFrame({"answer": answers.astype(float)}, index=index)
    table["weight"] = 1.0 if weights is None else check_weights(weights)
    table["group"] = "all" if groups is None else groups
    table["stratum"] = "all" if strata is None else strata
    table["cluster"] = np.arange(len(index)) if clusters is None else clusters
    table = table[table["answer"].notna()].reset_index(drop=True)
    if table.empty:
        raise MethodError("Nobody answered, so there is no share. Load the answers.")
    if not table["answer"].isin([0.0, 1.0]).all():
        raise MethodError(
            "An answer must be 1 for those who agree and 0 for those who do not. Say "
            "first which answers count as agreeing."
        )
    if table[["stratum", "cluster"]].isna().any(axis=None):
        raise MethodError(
            "A respondent's stratum or cluster is missing. Fill it from the sample."
        )
    return table


def check_weights(weights: pd.Series) -> Numbers:
    w = weights.to_numpy(dtype=float)
    if not len(w) or not (np.isfinite(w) & (w > 0)).all():
        raise MethodError(
            "Every respondent needs a weight above zero. Leave out those without, and "
            "say how many they are."
        )
    return w
