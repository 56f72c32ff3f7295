"""
Before and after in the place treated, beside places that were not.

Crime falls and rises everywhere at once. What the treated place did is set against a
place like it, and what its surroundings did against surroundings like them, so that
crime pushed round the corner is not counted as prevented.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import normal_point

CONTROL, TREATED = "control", "treated"
NEAR_CONTROL, NEAR_TREATED = "near control", "near treated"
PLACES = [CONTROL, TREATED, NEAR_CONTROL, NEAR_TREATED]

FEW = 10  # below this a count is no longer near enough to normal


@dataclass(frozen=True)
class Difference:
    """
    A difference in offences (per unit of weight, if weighted) and its doubt.

    Below zero is fewer offences than the comparison would lead one to expect.
    """

    estimate: float
    error: float
    lower: float
    upper: float

    @property
    def z(self) -> float:
        """How many standard errors it is from nothing; missing without any error."""
        return self.estimate / self.error if self.error > 0 else float("nan")


@dataclass(frozen=True)
class Displacement:
    """
    local    in the treated place, less its comparison
    near     in its surroundings, less theirs: above zero is crime pushed there
    total    both together: the weighted displacement difference
    verdict  of the total: "real change", "within chance" or "cannot tell"
    """

    local: Difference
    near: Difference
    total: Difference
    verdict: str
    caution: str


def weighted_displacement(
    counts: pd.DataFrame,
    *,
    area_weights: pd.Series | None = None,
    time_weights: tuple[float, float] = (1.0, 1.0),
    dispersion: float = 1.0,
    confidence: float = 0.95,
) -> Displacement:
    """
    Return the change in a treated place, less that of its comparison, and around both.

    counts        offences `before` and `after`; rows "control" and "treated", and, if
                  the surroundings are known, "near control" and "near treated"
    area_weights  size of each place, in any one unit; same index as counts
    time_weights  length of the times before and after, in any one unit: (2, 1) for two
                  years before and one after
    dispersion    how many times more the counts vary than Poisson counts would

    With weights the answer is in offences for each unit of area and time.

    A missing count leaves everything that needs it missing, and "cannot tell".

    Raises MethodError for other rows, a negative count, a weight that is not above
    zero, or a dispersion under 1.

    The comparison is as good as the likeness of the two places. A treated place chosen
    because last year was its worst will fall without treatment.

    Source: Wheeler and Ratcliffe (2018), doi:10.1186/s40163-018-0085-5.

    >>> counts = pd.DataFrame(
    ...     {"before": [308, 207, 150, 178], "after": [318, 110, 140, 157]},
    ...     index=["control", "treated", "near control", "near treated"])
    >>> found = weighted_displacement(counts)
    >>> found.total.estimate, round(found.total.error, 1), round(found.total.lower)
    (-118.0, 39.6, -196)
    """
    weights = check_places(counts, area_weights)
    if min(time_weights) <= 0:
        raise MethodError("The times before and after need a length above zero.")
    if dispersion < 1:
        raise MethodError("A dispersion is 1 or more: 1 for independent events.")
    numbers = counts[["before", "after"]].astype(float)
    scale = pd.DataFrame(
        np.outer(weights, time_weights), numbers.index, numbers.columns
    )
    rates = numbers / scale
    change = rates["after"] - rates["before"]
    variance = dispersion * (rates / scale).sum(axis=1, skipna=False)

    def over(control: str, treated: str) -> tuple[float, float]:
        if treated not in change.index:
            return 0.0, 0.0
        return (
            float(change[treated] - change[control]),
            float(variance[treated] + variance[control]),
        )

    local, near = over(CONTROL, TREATED), over(NEAR_CONTROL, NEAR_TREATED)
    total = difference(local[0] + near[0], local[1] + near[1], confidence)
    return Displacement(
        local=difference(*local, confidence),
        near=difference(*near, confidence),
        total=total,
        verdict=verdict_of(total),
        caution=caution_of(numbers),
    )


def harm_weighted(
    differences: Sequence[Difference],
    weights: Sequence[float],
    *,
    confidence: float = 0.95,
) -> Difference:
    """
    Return differences of several offences added up by their harm.

    differences  one per offence, from counts that share no incident
    weights      the harm of one offence, in the unit of the chosen list

    Raises MethodError unless there is one weight, not negative, for each difference.

    Source: Wheeler (2020), amending the test to incorporate harm weights.

    >>> theft, robbery = Difference(-62, 35, 0, 0), Difference(-30, 20, 0, 0)
    >>> harm_weighted([theft, robbery], [2, 7]).estimate
    -334.0
    """
    if len(differences) != len(weights) or not weights:
        raise MethodError(
            f"There are {len(differences)} differences and {len(weights)} weights. "
            f"Give one weight for each."
        )
    if min(weights) < 0:
        raise MethodError("The harm of an offence cannot be negative.")
    pairs = list(zip(differences, weights, strict=True))
    return difference(
        float(sum(w * d.estimate for d, w in pairs)),
        float(sum((w * d.error) ** 2 for d, w in pairs)),
        confidence,
    )


def difference(estimate: float, variance: float, confidence: float) -> Difference:
    error = float(np.sqrt(variance))
    reach = normal_point(confidence) * error
    return Difference(estimate, error, estimate - reach, estimate + reach)


def check_places(counts: pd.DataFrame, area_weights: pd.Series | None) -> np.ndarray:
    """Raise MethodError unless the places are those needed; return their weights."""
    if sorted(counts.index) not in (sorted(PLACES[:2]), sorted(PLACES)):
        raise MethodError(
            f"The rows must be {CONTROL} and {TREATED}, and {NEAR_CONTROL} and "
            f"{NEAR_TREATED} if the surroundings are known; these are: "
            f"{', '.join(map(str, counts.index))}."
        )
    if (counts[["before", "after"]] < 0).any(axis=None):
        raise MethodError("A count of offences cannot be negative.")
    if area_weights is None:
        return np.ones(len(counts))
    weights = area_weights.reindex(counts.index).to_numpy(dtype=float)
    if not (weights > 0).all():
        raise MethodError("Every place needs a size above zero.")
    return weights


def verdict_of(total: Difference) -> str:
    if np.isnan(total.estimate):
        return "cannot tell"
    return "real change" if total.lower > 0 or total.upper < 0 else "within chance"


def caution_of(numbers: pd.DataFrame) -> str:
    if numbers.isna().any(axis=None):
        return "A count is missing."
    if NEAR_TREATED not in numbers.index:
        return "Nothing is known of the surroundings: crime may have moved there."
    if (numbers < FEW).any(axis=None):
        return f"A count is under {FEW}: the limits are rough."
    return ""
