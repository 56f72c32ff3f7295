"""How many signals a page of control charts shows where nothing has happened."""

from dataclasses import dataclass

import numpy as np

from saferplan.errors import MethodError
from saferplan.methods.control_rules import signal_codes, single_value_limits

SERIES = 20_000  # drawn to find the chances, in one go
LONGEST = 120


@dataclass(frozen=True)
class FalseAlarms:
    """
    each          the chance of a signal in one chart's newest month
    expected      charts of the page with a signal in their newest month, on average
    at_least_one  the chance of one or more of them
    ever          charts of the page with a signal in any month, on average
    error         of `each`, from drawing a limited number of series
    """

    each: float
    expected: float
    at_least_one: float
    ever: float
    error: float


def false_alarms(
    indicators: int, *, points: int = 24, mean: float | None = None, seed: int = 24
) -> FalseAlarms:
    """
    Return the false alarms to expect on a page of control charts.

    indicators  how many charts the page has, none of which anything happened on
    points      months on each, 8 to 120
    mean        of the counts on them, if they are small ones (Poisson); none for normal
                values, such as rates of many
    seed        the same seed gives the same answer on the same release of NumPy

    The indicators are taken for independent of each other. Where several move together
    there are as many alarms on average, but they come together.

    Raises MethodError for no indicators, too few or too many points, or a mean that is
    not above nothing.

    It counts every rule of saferplan.methods.control_chart. A page with fewer signals
    than this is no proof that nothing happened.

    >>> page = false_alarms(40)
    >>> 0.5 < page.expected < 0.8
    True
    """
    if indicators < 1 or not 8 <= points <= LONGEST:
        raise MethodError(
            f"A page has one chart or more, of 8 to {LONGEST} months; not "
            f"{indicators} of {points}."
        )
    if mean is not None and mean <= 0:
        raise MethodError("The mean of counts must be above 0.")
    random = np.random.default_rng(seed)
    shape = (points, SERIES)
    if mean is None:
        y = random.normal(size=shape)
    else:
        y = random.poisson(mean, size=shape).astype(float)
    signals = signal_codes(y, single_value_limits(y)) > 0
    each = float(signals[-1].mean())
    return FalseAlarms(
        each=each,
        expected=indicators * each,
        at_least_one=1 - (1 - each) ** indicators,
        ever=indicators * float(signals.any(axis=0).mean()),
        error=float(np.sqrt(each * (1 - each) / SERIES)),
    )
