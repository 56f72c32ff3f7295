"""The odds of one group over another's, exactly, as Fisher's test has them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaln, logsumexp

from saferplan.errors import MethodError

FAR = 60.0  # of the logarithm of a ratio: e to this is beyond any two groups


@dataclass(frozen=True)
class OddsRatio:
    """
    ratio         the likeliest, given how many were reached in all; 0, or infinite,
                  where one group has none, or all, of them
    lower, upper  exact limits
    """

    ratio: float
    lower: float
    upper: float


def odds_ratio(
    reached: int, people: int, other: int, others: int, *, confidence: float = 0.95
) -> OddsRatio:
    """
    Return the odds of being reached in one group over those in another.

    reached, people  how many of a group were searched, charged, held; of how many
    other, others    the same of the group it is set against

    For rare events it is nearly the ratio of the rates; for common ones it is further
    from 1, and is no "times as likely". It counts people: where one person can be
    searched twice, use a ratio of rates.

    Raises MethodError for numbers that are negative, no whole numbers or more than
    there are people, and if nobody or everybody was reached.

    Source: Fisher (1935), The logic of inductive inference; conditional likelihood as
    in R's fisher.test.

    >>> found = odds_ratio(20, 5_036, 300, 118_067)
    >>> round(found.ratio, 4), round(found.lower, 4), round(found.upper, 4)
    (1.5652, 0.9416, 2.4637)
    """
    check(reached, people, other, others)
    total = reached + other
    least, most = max(0, total - others), min(people, total)
    could = np.arange(least, most + 1)
    ways = choices(people, could) + choices(others, total - could)

    def chances(log_odds: float) -> np.ndarray:
        logs = ways + could * log_odds
        return np.asarray(np.exp(logs - logsumexp(logs)))

    def solved(beyond: Callable[[float], float]) -> float:
        return float(np.exp(brentq(beyond, -FAR, FAR, xtol=1e-12)))

    tail = (1 - confidence) / 2
    at = reached - least

    def mean_off(log_odds: float) -> float:
        return float(chances(log_odds) @ could) - reached

    def above_off(log_odds: float) -> float:
        return float(chances(log_odds)[at:].sum()) - tail

    def below_off(log_odds: float) -> float:
        return tail - float(chances(log_odds)[: at + 1].sum())

    if reached == least:
        return OddsRatio(0.0, 0.0, solved(below_off))
    if reached == most:
        return OddsRatio(np.inf, solved(above_off), np.inf)
    return OddsRatio(solved(mean_off), solved(above_off), solved(below_off))


def choices(among: int, some: np.ndarray) -> np.ndarray:
    """The logarithm of how many ways there are to pick some among many."""
    return np.asarray(
        gammaln(among + 1) - gammaln(some + 1) - gammaln(among - some + 1)
    )


def check(reached: int, people: int, other: int, others: int) -> None:
    for some, among in ((reached, people), (other, others)):
        if some != int(some) or among != int(among) or not 0 <= some <= among:
            raise MethodError(
                f"{some} of {among} people cannot be: give whole numbers, the first "
                f"no larger than the second."
            )
    if reached + other in (0, people + others):
        whom = "Nobody" if reached + other == 0 else "Everybody"
        raise MethodError(
            f"{whom} was reached in either group, so there are no odds to compare."
        )
