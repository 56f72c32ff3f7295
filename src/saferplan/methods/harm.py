"""
Harm beside counts: a hundred bicycle thefts are not a hundred stabbings.

Weights come from sentences (the ONS Crime Severity Score) and are as good as they are:
another set of weights gives another order, so harm never stands without its count.
"""

from dataclasses import dataclass

import pandas as pd

from saferplan.errors import MethodError

# Names only police.uk uses, so that "Robbery" in another scheme is let through.
TELL_TALE = {
    "anti-social behaviour",
    "violence and sexual offences",
    "violent crime",
    "vehicle crime",
    "other crime",
    "public disorder and weapons",
    "criminal damage and arson",
}


@dataclass(frozen=True)
class Harm:
    """
    categories  per category: offences, weight, harm, share_of_offences,
                share_of_harm, rank_by_count, rank_by_harm, rank_change (places it
                rises when harm counts instead of number)
    total       weighted offences
    score       total per resident; missing without residents
    unweighted  offences in categories that have no weight, left out of harm
    """

    categories: pd.DataFrame
    total: float
    score: float
    unweighted: int


def harm(
    offences: pd.Series, weights: pd.Series, *, residents: float | None = None
) -> Harm:
    """
    Weigh the offences of each category, and rank the categories both ways.

    offences   whole numbers, one per category
    weights    the weight of one offence of each category; more may be given than needed
    residents  people living in the area

    A category without a weight has no harm, and its offences are counted as
    `unweighted`; it is never given a weight of zero.

    Raises MethodError for police.uk's categories, a negative number, or if no category
    has a weight.

    Source: Office for National Statistics, Crime Severity Score: the sum of offences
    times weight, over the population.

    >>> offences = pd.Series({"Homicide": 1, "Robbery": 100, "Burglary": 500})
    >>> weights = pd.Series({"Homicide": 7_979, "Robbery": 746, "Burglary": 438})
    >>> round(harm(offences, weights, residents=300_000).score, 3)
    1.005
    """
    refuse_broad_categories(offences.index)
    if (offences < 0).any() or (weights < 0).any():
        raise MethodError("An offence count or weight cannot be negative.")
    weight = weights.reindex(offences.index).astype(float)
    if weight.isna().all():
        raise MethodError(
            "None of these categories has a weight. Load the Crime Severity Score "
            "weights, and bridge them to the publisher's categories first."
        )
    if residents is not None and residents <= 0:
        raise MethodError("A score per resident needs residents: more than 0.")
    weighed = offences * weight
    total = float(weighed.sum())
    by_count = offences.rank(ascending=False, method="min")
    by_harm = weighed.rank(ascending=False, method="min")
    categories = pd.DataFrame(
        {
            "offences": offences,
            "weight": weight,
            "harm": weighed,
            "share_of_offences": offences / max(float(offences.sum()), 1.0),
            "share_of_harm": weighed / (total or 1.0),
            "rank_by_count": by_count,
            "rank_by_harm": by_harm,
            "rank_change": by_count - by_harm,
        }
    )
    return Harm(
        categories=categories,
        total=total,
        score=total / residents if residents else float("nan"),
        unweighted=int(offences[weight.isna()].sum()),
    )


def harm_by_area(offences: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """
    Weigh the offences of each area, and rank the areas both ways.

    offences  one row per area, one column per category; weights as for harm

    Columns `offences`, `harm` (of the categories with a weight), `rank_by_count`,
    `rank_by_harm` and `rank_change` (places it rises when harm counts).

    One rare offence can carry a small area up: read it with the counts beside it.

    >>> offences = pd.DataFrame({"Homicide": [0, 1], "Shoplifting": [400, 20]},
    ...                         index=["Centre", "Estate"])
    >>> weights = pd.Series({"Homicide": 7_979, "Shoplifting": 13})
    >>> harm_by_area(offences, weights)["rank_change"].tolist()
    [-1.0, 1.0]
    """
    refuse_broad_categories(offences.columns)
    weight = weights.reindex(offences.columns).astype(float)
    if weight.isna().all():
        raise MethodError(
            "None of these categories has a weight. Load the Crime Severity Score "
            "weights, and bridge them to the publisher's categories first."
        )
    counted = offences.sum(axis="columns")
    weighed = offences.mul(weight, axis="columns").sum(axis="columns")
    by_count = counted.rank(ascending=False, method="min")
    by_harm = weighed.rank(ascending=False, method="min")
    return pd.DataFrame(
        {
            "offences": counted,
            "harm": weighed,
            "rank_by_count": by_count,
            "rank_by_harm": by_harm,
            "rank_change": by_count - by_harm,
        }
    )


def refuse_broad_categories(categories: pd.Index) -> None:
    names = {str(name).lower() for name in categories}
    if names & TELL_TALE:
        raise MethodError(
            "These are police.uk's categories, too broad to weigh: violence and sexual "
            "offences alone spans weights from 7 to 7,800. Harm needs offence "
            "subgroups: the Met's minor categories, or Home Office codes."
        )
