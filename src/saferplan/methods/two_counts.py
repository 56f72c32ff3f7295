"""Whether one place, group or time has more events than another, for its size."""

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.change import RatioInterval, ratio_limits
from saferplan.methods.count_chances import at_most, count_at, exactly, more_than
from saferplan.methods.intervals import Numbers
from saferplan.methods.proportions import verdict
from saferplan.methods.rates import same_areas

FAR = 1e-13  # chance so small that what lies beyond it is left out of a sum
MOST = 10**10  # events: of more, all the counts that are likely would fill the memory
HAIR = 1e-9  # two tables that are equally far apart may differ by rounding


def rate_ratio(
    events: pd.Series,
    against: pd.Series,
    *,
    size: pd.Series | float = 1.0,
    against_size: pd.Series | float = 1.0,
    interval: RatioInterval = "wilson",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """
    Return the rate of events over another rate, with limits and the E-test.

    events, against     counts; same index; a missing one is not known, never zero
    size, against_size  what each count is out of (residents, or months), above zero

    The result has that index and columns `ratio` (2 is twice the rate), `lower`,
    `upper`, `p` (how often chance would set two equal rates at least so far apart),
    `verdict` (by the limits) and `caution`. Against nothing there is no ratio; there
    are a lower limit and a verdict. With no event in either there is nothing to
    compare: p is 1.

    Raises MethodError if the indexes differ, a count is negative or no whole number, or
    a size is not above zero.

    It takes events for independent. Events in series make p too small: compare counts
    that vary more with saferplan.methods.change.

    Source: Przyborowski and Wilenski (1940) for the limits; Krishnamoorthy and Thomson
    (2004), doi:10.1016/S0378-3758(02)00408-1, for p.

    >>> found = rate_ratio(pd.Series({"A": 11}), pd.Series({"A": 21}), size=800,
    ...                    against_size=3_011, interval="exact")
    >>> found[["ratio", "lower", "upper"]].round(3).values.tolist()
    [[1.971, 0.858, 4.277]]
    """
    same_areas("events", events, "against", against)
    n = pd.Series(size, index=events.index, dtype=float)
    m = pd.Series(against_size, index=events.index, dtype=float)
    x, y = events.astype(float), against.astype(float)
    known = x.notna() & y.notna()
    tests = [
        e_test(*pair) if pair_known else np.nan
        for *pair, pair_known in zip(x, y, n, m, known, strict=True)
    ]
    lower, upper = ratio_limits(
        y.where(known, 0), x.where(known, 0), interval=interval, confidence=confidence
    )
    scale = m / n
    result = pd.DataFrame(
        {
            "ratio": x / y.where(y > 0) * scale,
            "lower": pd.Series(lower, index=x.index).where(known) * scale,
            "upper": pd.Series(upper, index=x.index).where(known) * scale,
            "p": tests,
        }
    )
    result["verdict"] = verdict(result["lower"], result["upper"], no_change=1.0)
    result["caution"] = np.select(
        [~known, (x == 0) & (y == 0), y == 0],
        ["A count is missing.", "No events in either.", "No events to compare with."],
        default="",
    )
    return result


def e_test(
    events: float, against: float, size: float = 1.0, against_size: float = 1.0
) -> float:
    """
    Return how often chance would set two equal rates at least as far apart as these.

    events, against     whole numbers, not negative
    size, against_size  what each is out of, above zero

    Both rates are taken to be the pooled one. A pair of counts is as far apart as their
    difference in rate over its standard error; the chances of all pairs at least as far
    apart are added up exactly. With no events at all the answer is 1.

    Raises MethodError for a count that is negative, no whole number or endless, or no
    size.

    The E-test is a little kinder than a test given the sum of both, and at rates below
    about 2 events can be off its level by a part of it.

    Source: Krishnamoorthy and Thomson (2004), doi:10.1016/S0378-3758(02)00408-1.

    >>> round(e_test(6, 2), 4)
    0.1749
    """
    check_events(events, against, size, against_size)
    if events + against == 0:
        return 1.0
    rate = (events + against) / (size + against_size)
    spread = events / size**2 + against / against_size**2
    # Two equal rates are no distance apart, so every pair is at least that far.
    far = (events / size - against / against_size) ** 2 / spread
    first = likely(rate * size)
    low, high = nearer(first / size, size, against_size, far * (1 - HAIR))
    mean = rate * against_size
    # Of the second counts, those up to `low` and those from `high` on are far enough.
    beyond = at_most(low, mean) + more_than(np.ceil(high) - 1, mean)
    beyond = np.where(np.floor(low) >= np.ceil(high), 1.0, beyond)
    return float(min((exactly(first, rate * size) * beyond).sum(), 1.0))


def square_root_z(events: pd.Series, usual: pd.Series) -> pd.Series:
    """
    Return how far each count is from its usual count: 2(√events - √usual).

    events, usual  counts for the same months and places, not negative; same index

    It is about normal with a spread of 1 whatever the count, so that a whole table of
    places can be read at a glance: of a hundred where nothing changed some five are
    beyond 2 and none beyond 3. It is no test of one place picked from them. The usual
    count is taken as known; where it is as short a run as the other, the e_test says
    less, and is right.

    Raises MethodError if the indexes differ or a count is negative.

    Source: Wheeler (2016), doi:10.1177/1461355716642781.

    >>> square_root_z(pd.Series({"A": 25}), pd.Series({"A": 16})).to_dict()
    {'A': 2.0}
    """
    same_areas("events", events, "usual", usual)
    if (events < 0).any() or (usual < 0).any():
        raise MethodError("A count cannot be negative. Mark what is unknown missing.")
    root: pd.Series = events.pow(0.5) - usual.pow(0.5)
    return 2 * root


def nearer(
    one: Numbers, size: float, against_size: float, far: float
) -> tuple[Numbers, Numbers]:
    """
    Return between which second counts a pair is nearer than `far`, for each first rate.

    The squared distance over its variance is far * variance at the roots of
    (one - y)**2 = far * (one / size + y / against_size), with y the second rate.
    """
    middle = one + far / (2 * against_size)
    reach = np.sqrt(middle**2 - one**2 + far * one / size)
    low, high = (middle - reach) * against_size, (middle + reach) * against_size
    low = np.where(one > 0, low, -1.0)  # no events and no events are not apart
    # Below nothing there is no count; a root a hair off a whole number is that number.
    return low + HAIR * (1 + np.abs(low)), high - HAIR * (1 + np.abs(high))


def likely(mean: float) -> Numbers:
    """All counts that are not too unlikely to matter at this mean."""
    low, high = count_at([FAR, 1 - FAR], mean)
    return np.arange(float(low), float(high) + 1)


def check_events(
    events: float, against: float, size: float, against_size: float
) -> None:
    for count in (events, against):
        if not 0 <= count <= MOST or count != int(count):
            raise MethodError(
                f"Events are counted in whole numbers from 0 to {MOST:,}, and "
                f"{count:g} is none."
            )
    if not (size > 0 and against_size > 0):
        raise MethodError(
            "What events are out of must be above zero: residents, months or 1."
        )
