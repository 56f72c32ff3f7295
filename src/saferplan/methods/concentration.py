"""
How unevenly crime falls: between the best and worst areas, and across all of them.

A few places always hold much of the crime, and with fewer crimes than places chance
alone sees to it; the generalised Gini takes that into account.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.change import ratio_limits
from saferplan.methods.rates import same_areas

LEAST_AREAS = 10
SELF_RANKED = (
    "The areas are ranked by this same rate, so the ratio is above 1 by construction."
)


@dataclass(frozen=True)
class DecileRatio:
    """
    The pooled rate of the top tenth of areas over that of the bottom tenth.

    areas_each    how many areas are in each tenth
    top, bottom   offences per `per` residents in each
    ratio         with lower and upper; missing where the bottom tenth has no offences
    caution       what the ratio does not mean
    """

    ratio: float
    lower: float
    upper: float
    top: float
    bottom: float
    areas_each: int
    caution: str


def decile_ratio(
    offences: pd.Series,
    residents: pd.Series,
    *,
    ranked_by: pd.Series | None = None,
    per: int = 1_000,
    dispersion: float = 1.0,
    confidence: float = 0.95,
) -> DecileRatio:
    """
    Compare the tenth of areas ranked highest with the tenth ranked lowest.

    offences   whole numbers per area
    residents  people or households per area, all above zero; same index
    ranked_by  what ranks them, high first: a vulnerability index, say, or deprivation;
               without it, the areas' own rate
    dispersion  how many times more counts vary than chance, as in count_change

    Raises MethodError for fewer than 10 areas, or an area without residents.

    Ranked by their own rate the top tenth exceeds the bottom by construction, chance
    included: then the interval describes these areas and tests nothing.

    >>> offences = pd.Series([90, 30, 30, 30, 30, 30, 30, 30, 30, 30])
    >>> residents = pd.Series([1_000] * 10)
    >>> rank = pd.Series(range(10, 0, -1))
    >>> found = decile_ratio(offences, residents, ranked_by=rank)
    >>> found.ratio, round(found.lower, 2), round(found.upper, 2)
    (3.0, 1.99, 4.52)
    """
    same_areas("offences", offences, "residents", residents)
    if len(offences) < LEAST_AREAS:
        raise MethodError(
            f"Tenths need at least {LEAST_AREAS} areas; there are {len(offences)}. "
            f"Use smaller areas, such as LSOAs."
        )
    if not (residents > 0).all():
        raise MethodError("Every area needs residents above zero: leave out the rest.")
    rank = offences / residents if ranked_by is None else ranked_by
    same_areas("offences", offences, "ranked_by", rank)

    order = rank.sort_values(ascending=False, kind="stable").index
    each = max(1, round(len(order) / 10))
    top, bottom = order[:each], order[-each:]
    a, b = float(offences[top].sum()), float(offences[bottom].sum())
    n, m = float(residents[top].sum()), float(residents[bottom].sum())
    lower, upper = ratio_limits(
        pd.Series([b / dispersion]),
        pd.Series([a / dispersion]),
        confidence=confidence,
    )
    return DecileRatio(
        ratio=a / b * m / n if b > 0 else float("nan"),
        lower=float(lower[0]) * m / n,
        upper=float(upper[0]) * m / n,  # infinite where b is 0
        top=a / n * per,
        bottom=b / m * per,
        areas_each=each,
        caution=SELF_RANKED if ranked_by is None else "",
    )


@dataclass(frozen=True)
class Concentration:
    """
    curve          Lorenz curve: share_of_areas and share_of_offences, both 0 to 1,
                   fullest areas first
    gini           0 if every area has the same, near 1 if one has all
    generalised    the same, against the evenest spread that whole crimes allow
    half_in        the least share of areas that holds half of the offences
    """

    curve: pd.DataFrame
    gini: float
    generalised: float
    half_in: float


def concentration(offences: pd.Series) -> Concentration:
    """
    Describe how unevenly offences fall across areas of similar size.

    offences  whole numbers per area, zeros included: leaving out areas without crime
              makes it look more even than it is

    Raises MethodError if there are none, or one is missing or negative.

    Source: Bernasco and Steenbeek (2017), doi:10.1007/s10940-016-9324-7.

    >>> found = concentration(pd.Series([5, 2, 1, 0, 0, 0, 0, 0, 0, 0]))
    >>> round(found.gini, 2), round(found.generalised, 2), found.half_in
    (0.8, 0.75, 0.1)
    """
    if offences.isna().any() or (offences < 0).any():
        raise MethodError(
            "Every area needs a count of zero or more. Fill in zeros only for months "
            "the publisher sent."
        )
    total = float(offences.sum())
    if total == 0:
        raise MethodError("There are no offences, so nothing is concentrated.")
    counts = np.sort(offences.to_numpy(dtype=float))[::-1]
    places = len(counts)
    held = np.concatenate([[0.0], counts.cumsum() / total])
    areas = np.arange(places + 1) / places

    # Twice the area between the curve and the line of even shares.
    gini = float(np.sum(held[1:] + held[:-1]) / places - 1)
    # With fewer crimes than places, the evenest spread is one crime each in `total`
    # places, and its own Gini is 1 - total / places: nought begins there.
    # Rounding could carry it a hair below.
    generalised = max(1 - (1 - gini) * max(places / total, 1), 0.0)
    half = int(np.searchsorted(held, 0.5 - 1e-12))
    return Concentration(
        curve=pd.DataFrame({"share_of_areas": areas, "share_of_offences": held}),
        gini=gini,
        generalised=generalised,
        half_in=half / places,
    )
