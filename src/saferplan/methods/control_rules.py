"""
The limits and the four rules of an XmR chart, for a whole page of series at once.

Plain NumPy: months down, series across; a missing month is missing (NaN). For people,
saferplan.methods.control_chart puts names to what is found here.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from saferplan.methods.intervals import Numbers

OUTER = 2.66  # mean jumps from the mean: 3 divided by d2 = 1.128
NEAR = OUTER * 2 / 3
SCREEN = 3.267  # D4 for pairs: jumps beyond it are no ordinary jumps

RUN = 7  # points of a trend or a shift

# In order of precedence: a month has the first of these that applies.
SIGNALS = np.array(["", "outside", "trend", "two in three", "shift"], dtype=object)

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Limits:
    """
    One number per series.

    lower, upper  the outer limits; `near` is how far the inner ones are from the mean
    points        months behind the limits
    screened      jumps left out as no ordinary ones
    """

    mean: Numbers
    lower: Numbers
    upper: Numbers
    near: Numbers
    points: npt.NDArray[np.int_]
    screened: npt.NDArray[np.int_]


def single_value_limits(
    y: Numbers, *, fix_after: int | None = None, screen: bool = True
) -> Limits:
    """
    Return the limits of each column of y: the mean and 2.66 mean jumps either way.

    A jump is the difference of two months that follow each other. See control_chart for
    the choices.

    >>> limits = single_value_limits(np.array([[1.0], [2.0], [1.0], [2.0]]))
    >>> limits.mean.tolist(), limits.lower.round(2).tolist()
    ([1.5], [-1.16])
    """
    used = y[:fix_after]
    jumps = np.abs(np.diff(used, axis=0))
    mean_jump = mean_of_known(jumps)
    screened = np.zeros(y.shape[1], dtype=int)
    if screen:
        ordinary = jumps < SCREEN * mean_jump
        # A series that never moves has no jump under 3.267 times nothing.
        ordinary |= jumps == 0
        screened = (~np.isnan(jumps)).sum(axis=0) - ordinary.sum(axis=0)
        mean_jump = mean_of_known(np.where(ordinary, jumps, np.nan))
    mean = mean_of_known(used)
    return Limits(
        mean=mean,
        lower=mean - OUTER * mean_jump,
        upper=mean + OUTER * mean_jump,
        near=NEAR * mean_jump,
        points=(~np.isnan(used)).sum(axis=0),
        screened=screened,
    )


def signal_codes(y: Numbers, limits: Limits) -> npt.NDArray[np.int8]:
    """
    Return the place in SIGNALS of the first rule that flags each month.

    outside       beyond a limit; on it is not beyond
    trend         seven months each higher, or each lower, than the one before; a tie
                  breaks it; all seven are flagged
    two in three  of three months on one side of the mean, two or more between the near
                  and the outer limit; only those are flagged
    shift         seven months on one side of the mean; one on the mean breaks it; all
                  seven are flagged

    >>> y = np.arange(7.0).reshape(7, 1)
    >>> SIGNALS[signal_codes(y, single_value_limits(y))[:, 0]].tolist()[1:5]
    ['trend', 'trend', 'trend', 'trend']
    """
    above, below = y > limits.mean, y < limits.mean
    outside = (y > limits.upper) | (y < limits.lower)
    distance = np.abs(y - limits.mean)
    near = ~outside & (distance > limits.near)
    rising, falling = np.diff(y, axis=0) > 0, np.diff(y, axis=0) < 0
    codes = np.zeros(y.shape, dtype=np.int8)
    # The weightiest last, so that it stands.
    codes[in_run(above, RUN) | in_run(below, RUN)] = 4
    codes[near & (two_in_three(near, above) | two_in_three(near, below))] = 3
    codes[trend(rising) | trend(falling)] = 2
    codes[outside] = 1
    return codes


def in_run(flags: Flags, length: int) -> Flags:
    """Mark each month that is among `length` flagged ones in a row."""
    if len(flags) < length:
        return np.zeros_like(flags)
    return spread(all_of(flags, length), length)


def trend(moving: Flags) -> Flags:
    """Mark the seven months of six moves one way; one row more than there are moves."""
    if len(moving) < RUN - 1:
        return np.zeros((len(moving) + 1, moving.shape[1]), dtype=bool)
    return spread(all_of(moving, RUN - 1), RUN)


def two_in_three(near: Flags, one_side: Flags) -> Flags:
    if len(near) < 3:
        return np.zeros_like(near)
    first, second, third = near[:-2], near[1:-1], near[2:]
    enough = (first & second) | (first & third) | (second & third)
    return spread(enough & all_of(one_side, 3), 3)


def all_of(flags: Flags, length: int) -> Flags:
    """Whether each `length` months in a row are all flagged, by the first of them."""
    whole = flags[: len(flags) - length + 1].copy()
    for step in range(1, length):
        whole &= flags[step : step + len(whole)]
    return whole


def spread(starts: Flags, length: int) -> Flags:
    """Mark the `length` months from each start on."""
    marked = np.zeros((len(starts) + length - 1, starts.shape[1]), dtype=bool)
    for step in range(length):
        marked[step : step + len(starts)] |= starts
    return marked


def mean_of_known(numbers: Numbers) -> Numbers:
    """The mean of each column without its missing months; missing if all are."""
    known = ~np.isnan(numbers)
    count = known.sum(axis=0)
    total = np.where(known, numbers, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
