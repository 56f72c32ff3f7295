"""How large a cohort must be before its results can tell an effect from chance."""

from dataclasses import dataclass
from math import ceil, inf, isinf, log, sqrt
from typing import Literal, get_args

from scipy.special import ndtr, ndtri

from saferplan.errors import MethodError
from saferplan.methods.intervals import normal_point

Metric = Literal["binary", "frequency", "distance"]
SMALL = 30


@dataclass(frozen=True)
class CohortSize:
    """
    people    the smallest cohort that can tell
    compared  how many must be compared with it; infinite where the usual outcome is
              taken for known
    """

    people: int
    compared: float
    cautions: tuple[str, ...]


def smallest_cohort(
    usual: float,
    helped: float,
    *,
    metric: Metric = "binary",
    ratio: float = 1.0,
    dispersion: float | None = None,
    sd: float | None = None,
    power: float = 0.8,
    confidence: float = 0.95,
) -> CohortSize:
    """
    Return how many people a cohort needs, to show an effect if there is one.

    usual, helped  the outcome without and with the service: a share from 0 to 1
                   (binary), events a person (frequency) or a mean change (distance)
    ratio          people compared for each one in the cohort; infinite to compare with
                   a number that is known, or taken for known
    dispersion     variance over mean of the events (frequency); 1 or more
    sd             standard deviation of one person's change (distance)
    power          how often the cohort is to show the effect, if it is as said
    confidence     of the two-sided test

    Raises MethodError if usual and helped are alike, or one is not possible, or what
    the metric needs is missing.

    A cohort of this size misses the effect one time in five at a power of 0.8. One that
    is smaller and shows nothing does not show that nothing happened.

    Source: the normal formula for two samples with pooled variance under no effect, as
    R's power.prop.test has it (0.5 against 0.75 at 90%: 76.7 each).

    >>> smallest_cohort(0.557, 0.9 * 0.557).people
    1260
    >>> smallest_cohort(1.55, 0.9 * 1.55, metric="frequency", dispersion=2).people
    1925
    """
    apart = check(usual, helped, metric, ratio, dispersion, sd)
    if not 0 < power < 1:
        raise MethodError(f"power must lie between 0 and 1, and {power} does not.")
    same = pooled(usual, helped, ratio)
    share = 1 / ratio
    if_none = spread_of(same, metric, dispersion, sd) * (1 + share)
    if_real = spread_of(helped, metric, dispersion, sd)
    if_real += spread_of(usual, metric, dispersion, sd) * share
    reach = normal_point(confidence) * sqrt(if_none)
    reach += float(ndtri(power)) * sqrt(if_real)
    people = ceil((reach / apart) ** 2 - 1e-9)
    few = people < SMALL
    return CohortSize(
        people=people,
        compared=ratio if isinf(ratio) else ceil(people * ratio),
        cautions=(f"Under {SMALL} people the formula is rough.",) if few else (),
    )


def chance_of_crossing(
    threshold: float,
    people: float,
    *,
    usual: float,
    dispersion: float,
    ratio: float = 10.0,
    effect: float = 0.0,
) -> float:
    """
    Return how likely a measured fall in events a person is to reach a threshold.

    threshold, effect  falls as shares: 0.10 is a tenth; the effect is the true one
    people             in the cohort
    usual              events a person without the service
    dispersion, ratio  as in smallest_cohort

    With the effect at the threshold it is one half, whatever the cohort: a cliff at the
    expected effect is a coin toss. It is rough by up to a point for some hundred
    people; simulate_payment has it exactly.

    Raises MethodError if a fall is 1 or more, or as smallest_cohort does.

    Source: the logarithm of a ratio of two counts is about normal, with the variance
    dispersion / count + dispersion / count compared.

    >>> round(chance_of_crossing(0.10, 100, usual=1.55, dispersion=2), 2)
    0.19
    """
    if threshold >= 1 or effect >= 1:
        raise MethodError("A fall must be under 1: nothing falls by more than all.")
    check(usual, usual * 0.5, "frequency", ratio, dispersion, None)
    if not people > 0:
        raise MethodError("people must be above 0: a cohort needs someone in it.")
    helped = usual * (1 - effect)
    error = sqrt(dispersion / people * (1 / helped + 1 / (ratio * usual)))
    return float(ndtr((log(1 - threshold) - log(1 - effect)) / error))


def check(
    usual: float,
    helped: float,
    metric: Metric,
    ratio: float,
    dispersion: float | None,
    sd: float | None,
) -> float:
    """How far apart the two outcomes are, if they can be told apart at all."""
    if metric not in get_args(Metric):
        raise MethodError(
            f"metric must be one of {', '.join(get_args(Metric))}, not {metric!r}."
        )
    top = 1.0 if metric == "binary" else inf
    if metric != "distance" and not (0 <= usual <= top and 0 <= helped <= top):
        raise MethodError(
            f"usual and helped must be shares from 0 to 1, or events a person, and "
            f"{usual:g} and {helped:g} are not."
        )
    if usual == helped:
        raise MethodError(
            "usual and helped are the same, and no cohort can show that. Say what the "
            "service is expected to change."
        )
    if not ratio > 0:
        raise MethodError(f"ratio must be above 0, and {ratio:g} is not.")
    if metric == "frequency" and (dispersion is None or dispersion < 1):
        raise MethodError(
            "dispersion is needed for a frequency, 1 or more. Estimate it from the "
            "events of people like these; never take it for 1."
        )
    if metric == "distance" and (sd is None or sd <= 0):
        raise MethodError("sd is needed for a distance: the spread of one's change.")
    return abs(helped - usual)


def pooled(usual: float, helped: float, ratio: float) -> float:
    """The outcome of all if the service changed nothing."""
    return usual if isinf(ratio) else (helped + ratio * usual) / (1 + ratio)


def spread_of(
    rate: float, metric: Metric, dispersion: float | None, sd: float | None
) -> float:
    """The variance of one person's outcome."""
    if metric == "binary":
        return rate * (1 - rate)
    return (dispersion or 1.0) * rate if metric == "frequency" else (sd or 1.0) ** 2
