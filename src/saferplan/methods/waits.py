"""
How long cases take when many are not over yet.

The mean of the cases that finished leaves out the slowest, which are still open, and so
looks best just when a court falls behind. Kaplan and Meier let open cases count for as
long as they have waited.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers, normal_point
from saferplan.methods.rates import same_areas

DAYS = (30, 91, 182, 365, 730)
LEAST_CASES = 30


@dataclass(frozen=True)
class Waits:
    """
    cases, still_open  in all, and of them not over
    quantiles          `share` of cases over by then, `days`, `lower`, `upper`; missing
                       where too many cases are still open to say, an infinite upper
                       limit where they are too many to bound it
    waiting            `days`, `share` of cases that take longer, `lower`, `upper`
    of_finished        median days of the finished cases alone, as often published
    curve              a row per day on which a case ended: `day`, `at_risk`,
                       `finished`, `waiting`, `error` (Greenwood), `lower`, `upper`. It
                       tells of single cases: draw it, and do not publish its counts
    cautions           in words
    """

    cases: int
    still_open: int
    quantiles: pd.DataFrame
    waiting: pd.DataFrame
    of_finished: float
    curve: pd.DataFrame
    cautions: tuple[str, ...]


def waiting_times(
    days: pd.Series,
    finished: pd.Series,
    *,
    entered: pd.Series | None = None,
    shares: Sequence[float] = (0.5, 0.9),
    at: Sequence[float] = DAYS,
    confidence: float = 0.95,
) -> Waits:
    """
    Return how long cases take, the open ones among them for as long as they waited.

    days      one per case: from its start to its end, or to the day of the count if it
              is still open
    finished  whether it is over; same index
    entered   days from its start to when it could first be counted, where cases
              that ended before some day are not in the file: 0 for the others
    shares    of cases over, for which to say by when
    at        days for which to say how many cases take longer

    Raises MethodError if no case is over, a number of days is negative or missing, or a
    case ended before it could be counted.

    It takes the open cases to be like the others that waited so long. If those left
    are the hard ones, it is too hopeful. A case transferred or dropped is not over
    and not waiting: leave it out only if that has nothing to do with its length. Where
    the file holds only cases that were open on some day or came after, pass `entered`,
    or the long ones are over-represented.

    Source: Kaplan and Meier (1958), doi:10.1080/01621459.1958.10501452; Greenwood
    (1926); limits on the log-log scale, those of a quantile by Brookmeyer and Crowley
    (1982), doi:10.2307/2530286.

    >>> found = waiting_times(pd.Series([10, 20, 30, 40]), pd.Series([1, 1, 0, 1]))
    >>> found.curve["waiting"].tolist(), found.quantiles["days"].tolist()
    ([0.75, 0.5, 0.0], [20.0, 40.0])
    """
    same_areas("days", days, "finished", finished)
    waited = days.to_numpy(dtype=float)
    over = finished.to_numpy().astype(bool)
    since = np.zeros(len(waited))
    if entered is not None:
        same_areas("days", days, "entered", entered)
        since = entered.to_numpy(dtype=float)
    check_cases(waited, over, since)
    curve = kaplan_meier(waited, over, since, confidence)
    open_cases = int((~over).sum())
    return Waits(
        cases=len(waited),
        still_open=open_cases,
        quantiles=pd.DataFrame([by_when(curve, share) for share in shares]),
        waiting=pd.DataFrame([still_waiting(curve, waited, day) for day in at]),
        of_finished=float(np.median(waited[over])),
        curve=curve,
        cautions=said(waited, over, since, curve),
    )


def kaplan_meier(
    waited: Numbers, over: npt.NDArray[np.bool_], since: Numbers, confidence: float
) -> pd.DataFrame:
    """The share of cases still waiting after each day on which one ended."""
    day, finished = np.unique(waited[over], return_counts=True)
    # A case open on the day still counts as waiting on it.
    left = np.searchsorted(np.sort(waited), day, side="left")
    # Cases seen from their start count on their first day too.
    begun = np.sort(np.where(since > 0, since, -1.0))
    not_yet = len(since) - np.searchsorted(begun, day, side="left")
    at_risk = len(waited) - left - not_yet
    waiting = np.cumprod(1 - finished / at_risk)
    waiting[waiting < 1e-12] = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.cumsum(finished / (at_risk * (at_risk - finished)))
        error = np.where(waiting > 0, waiting * np.sqrt(spread), np.nan)
        log = np.log(waiting)
        reach = np.exp(normal_point(confidence) * np.sqrt(spread) / np.abs(log))
        lower, upper = waiting**reach, waiting ** (1 / reach)
    # Nobody left to wait: the last upper limit is all that is known.
    ended = waiting == 0
    lower[ended] = 0.0
    upper = np.where(ended, np.append(1.0, upper[~ended])[-1], upper)
    return pd.DataFrame(
        {
            "day": day,
            "at_risk": at_risk,
            "finished": finished,
            "waiting": waiting,
            "error": error,
            "lower": lower,
            "upper": upper,
        }
    )


def by_when(curve: pd.DataFrame, share: float) -> dict[str, float]:
    """The day by which a share of cases is over, with limits."""
    if not 0 < share < 1:
        raise MethodError(f"A share of cases lies between 0 and 1; {share} does not.")
    day = curve["day"].to_numpy()
    found = {"share": share}
    for name, column in [("days", "waiting"), ("lower", "lower"), ("upper", "upper")]:
        # A hair's breadth, for shares that are equal but for rounding.
        reached = curve[column].to_numpy() <= 1 - share + 1e-9
        missing = np.inf if name == "upper" else np.nan
        found[name] = float(day[reached.argmax()]) if reached.any() else missing
    return found


def still_waiting(curve: pd.DataFrame, waited: Numbers, day: float) -> dict[str, float]:
    """The share of cases that take longer than that; missing beyond the last one."""
    row = int(np.searchsorted(curve["day"].to_numpy(), day, side="right")) - 1
    names = ["share", "lower", "upper"]
    last = curve["waiting"].iloc[-1]
    if day > waited.max() and last > 0:
        told = [np.nan] * 3
    elif row < 0:
        told = [1.0] * 3
    else:
        told = curve[["waiting", "lower", "upper"]].iloc[row].tolist()
    return {"days": float(day)} | dict(zip(names, told, strict=True))


def said(
    waited: Numbers,
    over: npt.NDArray[np.bool_],
    since: Numbers,
    curve: pd.DataFrame,
) -> tuple[str, ...]:
    words = []
    if len(waited) < LEAST_CASES:
        words.append(f"Fewer than {LEAST_CASES} cases: one long case moves everything.")
    if not over.all():
        words.append(
            f"{(~over).mean():.0%} of the cases are still open and count for as long "
            f"as they have waited."
        )
    if (since > 0).any():
        words.append("Cases that ended before the file began are allowed for.")
    if (curve["waiting"] == 0).sum() > 1:
        words.append(
            "So few cases could be counted early on that the curve fell to nought "
            "there and says nothing after. Leave out the earliest."
        )
    return tuple(words)


def check_cases(waited: Numbers, over: npt.NDArray[np.bool_], since: Numbers) -> None:
    if not len(waited) or not over.any():
        raise MethodError(
            "No case is over, so nothing says how long one takes. Use a longer period."
        )
    if not ((waited >= 0).all() and (since >= 0).all()):
        raise MethodError(
            "Every case needs days of zero or more: to its end, or to the day of the "
            "count. Check the order of the two dates."
        )
    if ((since > 0) & (since >= waited)).any():
        raise MethodError(
            "A case ended on the day it could first be counted, or before. Leave it "
            "out: others that ended so early are not in the file."
        )
