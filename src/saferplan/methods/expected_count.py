"""What a count so far leads one to expect of the months ahead, and what it can show."""

from dataclasses import dataclass

import numpy as np

from saferplan.errors import MethodError
from saferplan.methods.count_chances import at_most, count_at
from saferplan.methods.intervals import normal_point

PRIOR = 0.5  # Jeffreys' prior for a Poisson mean: half an event


@dataclass(frozen=True)
class Expected:
    """
    mean          offences to expect in the months ahead
    lower, upper  between which the count should fall, at the confidence asked for
    """

    mean: float
    lower: float
    upper: float


def expected_next(
    seen: float,
    *,
    months: float,
    ahead: float,
    dispersion: float = 1.0,
    confidence: float = 0.95,
) -> Expected:
    """
    Return what to expect of the months ahead, if nothing changes.

    seen        offences so far
    months      in how many months
    ahead       how many months lie ahead
    dispersion  how many times more the counts vary than Poisson counts would

    The limits allow for chance ahead and for the doubt in what was seen.

    Raises MethodError for a count below nothing, no months, or a dispersion under 1.

    It knows of no season and no trend: use whole years, or months that are alike.

    Method: a gamma distribution for the mean (Jeffreys' prior) makes the count ahead
    negative binomial; counts are divided by the dispersion first.

    >>> found = expected_next(960, months=8, ahead=4)
    >>> found.lower, found.upper
    (429.0, 534.0)
    """
    mean, spread = counts_ahead(seen, months, ahead, dispersion)
    tail = (1 - confidence) / 2
    normal_point(confidence)  # refuses a confidence that is none
    lower, upper = count_at([tail, 1 - tail], mean, spread)
    return Expected(
        mean=mean * dispersion,
        lower=float(lower) * dispersion,
        upper=float(upper) * dispersion,
    )


def chance_of_at_most(
    most: float, seen: float, *, months: float, ahead: float, dispersion: float = 1.0
) -> float:
    """
    Return how often the months ahead hold at most so many, if nothing changes.

    most  the count that is asked about; the others as in expected_next

    After 80 in eight months, four months with 32 or fewer come one time in six: a fall
    of a fifth in so few is no sign of anything.

    >>> round(chance_of_at_most(32, 80, months=8, ahead=4), 3)
    0.159
    """
    mean, spread = counts_ahead(seen, months, ahead, dispersion)
    return float(at_most(most / dispersion, mean, spread))


def smallest_fall(
    before: float, *, dispersion: float = 1.0, confidence: float = 0.95
) -> float:
    """
    Return the smallest fall that can be told from chance, as a share of the count.

    before      offences in a period; the next one is as long
    dispersion  how many times more the counts vary than Poisson counts would

    The share is where the limits of saferplan.methods.change just leave out "no
    change". 1.0 means that even a fall to nothing could be chance.

    Raises MethodError for a count that is not above nothing or a dispersion under 1.

    >>> [round(100 * smallest_fall(n), 1) for n in (100, 200, 500, 1_000)]
    [25.9, 18.7, 12.0, 8.6]
    """
    if before <= 0:
        raise MethodError("From nothing there is no fall. Give a count above 0.")
    check_dispersion(dispersion)
    # The score test that Wilson's limits turn round: fall**2 = z**2 * (sum of both).
    spread = normal_point(confidence) ** 2 * dispersion
    fall = (np.sqrt(spread**2 + 8 * before * spread) - spread) / 2
    return float(min(fall / before, 1.0))


def counts_ahead(
    seen: float, months: float, ahead: float, dispersion: float
) -> tuple[float, float]:
    """Mean, and variance over mean, of the count ahead in units of the dispersion."""
    if seen < 0 or months <= 0 or ahead <= 0:
        raise MethodError(
            f"A count from 0 and months above 0 are needed, not {seen:g} in "
            f"{months:g} months with {ahead:g} ahead."
        )
    check_dispersion(dispersion)
    return (seen / dispersion + PRIOR) * ahead / months, 1 + ahead / months


def check_dispersion(dispersion: float) -> None:
    if dispersion < 1:
        raise MethodError("A dispersion is 1 or more: 1 for independent events.")
