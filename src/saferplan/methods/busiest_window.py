"""
Whether the busiest stretch of days is busier than the busiest of chance.

Somebody sees six burglaries in a fortnight, and the usual number is one. Had the
fortnight been chosen beforehand, six would be rare. But it was chosen because it had
six: of all the fortnights of five years some are bound to stand out.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.count_chances import at_most, exactly
from saferplan.methods.intervals import Numbers

SHORT = 5  # windows in the whole time; fewer leave next to nothing to compare with


@dataclass(frozen=True)
class BusiestWindow:
    """
    The stretch of days with most events, and how often chance has one like it.

    most     events in it
    begins   its first day
    width    its days
    usual    events in so many days on average, these included
    windows  how many times its days go into the time that was watched
    chance   that some stretch as long, beginning on any day, would hold `most` or more
             if every day were alike
    alone    that one stretch named beforehand would: what is wrongly quoted
    verdict  "more than chance" or "within chance"
    caution  in words
    """

    most: int
    begins: pd.Timestamp
    width: int
    usual: float
    windows: float
    chance: float
    alone: float
    verdict: str
    caution: str


def busiest_window(
    days: pd.Series,
    *,
    width: int,
    watched: int | None = None,
    confidence: float = 0.95,
) -> BusiestWindow:
    """
    Return the busiest `width` days among the dates of some events.

    days     the date of each event, to the day
    width    days in a stretch, 1 or more; settle it before you look
    watched  days in the time these events are all from; otherwise from the first event
             to the last
    confidence  how rare it must be to be called more than chance: 0.95 for 1 in 20

    Raises MethodError if there is no event, a date is missing, all dates are the first
    of a month (they were cut to months), or less was watched than the events span.

    The chance takes every day to be alike and events to be independent. A season, a
    weekend or events in series (near repeats) make stretches like this one commoner
    than it says. It says nothing of why, nor of which person did it.

    Source: Naus (1982), Journal of the American Statistical Association 77, 177-183.

    >>> dates = pd.Series(pd.date_range("2025-01-06", periods=50, freq="7D"))
    >>> four_more = pd.Series(pd.date_range("2025-06-03", periods=4))
    >>> found = busiest_window(pd.concat([dates, four_more]), width=7)
    >>> found.most, str(found.begins.date()), round(found.chance, 2)
    (5, '2025-06-02', 0.58)
    """
    check_dates(days, width)
    at = np.sort(days.to_numpy().astype("datetime64[D]").astype(int))
    span = int(at[-1] - at[0] + 1)
    whole = span if watched is None else watched
    if whole < max(span, width):
        raise MethodError(
            f"The events span {span} days, and {whole} are said to have been watched "
            f"for a window of {width}. Give the days of the whole time."
        )
    held = np.searchsorted(at, at + width, side="left") - np.arange(len(at))
    best = int(held.argmax())
    usual, windows = len(at) * width / whole, whole / width
    chance = chance_of_busiest(int(held[best]), usual=usual, windows=windows)
    return BusiestWindow(
        most=int(held[best]),
        begins=pd.Timestamp(np.datetime64(int(at[best]), "D")),
        width=width,
        usual=usual,
        windows=windows,
        chance=chance,
        alone=float(1 - at_most(held[best] - 1, usual)),
        verdict="more than chance" if chance < 1 - confidence else "within chance",
        caution=" ".join(cautions(watched, windows)),
    )


def chance_of_busiest(most: int, *, usual: float, windows: float) -> float:
    """
    Return how often some window, beginning at any moment, holds `most` or more events.

    most     events, a whole number
    usual    events in a window on average, above nothing
    windows  how many windows follow each other in the whole time, 1 or more

    Raises MethodError for a number that is none of these.

    An approximation, close where the answer is small, which is where it matters.

    Source: Naus (1982), as for busiest_window.

    >>> round(chance_of_busiest(6, usual=0.6, windows=208), 3)
    0.039
    """
    if most < 0 or most != int(most) or usual <= 0 or windows < 1:
        raise MethodError(
            "The chance of a busiest window needs a whole number of events, a usual "
            "number above nothing, and a time of one window or more."
        )
    if most <= 1:
        return 1.0 if most == 0 else float(-np.expm1(-usual * windows))
    two, three = quiet_for(most, usual)
    if min(two, three) <= 0:
        return 1.0  # so common that the approximation has no more to say
    return float(np.clip(1 - two * (three / two) ** (windows - 2), 0, 1))


def quiet_for(most: int, usual: float) -> tuple[float, float]:
    """
    The chances that in two, and in three, windows' time no window holds `most`.

    Naus's Q2 and Q3; p is the chance of a count, and up_to of one up to it.
    """
    k, m = most, usual
    p, up_to = exactly(np.arange(2 * k), m), at_most(np.arange(2 * k), m)

    def below(count: int) -> float:
        return float(up_to[count]) if count >= 0 else 0.0

    two = (
        below(k - 1) ** 2
        - (k - 1) * p[k] * p[k - 2]
        - (k - 1 - m) * p[k] * below(k - 3)
    )
    first = 2 * p[k] * below(k - 1) * ((k - 1) * below(k - 2) - m * below(k - 3))
    second = (
        (k - 1) * (k - 2) * below(k - 3)
        - 2 * (k - 2) * m * below(k - 4)
        + m**2 * below(k - 5)
    )
    third = sum(p[2 * k - r] * below(r - 1) ** 2 for r in range(1, k))
    fourth = sum(
        p[2 * k - r] * p[r] * ((r - 1) * below(r - 2) - m * below(r - 3))
        for r in range(2, k)
    )
    three = below(k - 1) ** 3 - first + p[k] ** 2 * second / 2 + third - fourth
    return float(two), float(three)


def cautions(watched: int | None, windows: float) -> list[str]:
    said = []
    if watched is None:
        said.append("Watched from the first event to the last, as no time is given.")
    if windows < SHORT:
        said.append(
            f"The time is only {windows:.1f} times as long as the window: most of what "
            f"is usual is the busiest window itself."
        )
    return said


def check_dates(days: pd.Series, width: int) -> None:
    if width < 1:
        raise MethodError("A window has a day or more.")
    if not len(days) or days.isna().any():
        raise MethodError(
            "A busiest window needs the date of every event. Leave out events without."
        )
    firsts: Numbers = pd.DatetimeIndex(days).day.to_numpy()
    if len(days) > 2 and (firsts == 1).all():
        raise MethodError(
            "Every date is the first of a month, so they were cut to months before "
            "publication. A window of days needs dates to the day, from the force."
        )
