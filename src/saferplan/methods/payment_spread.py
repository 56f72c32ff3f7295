"""
The improvements a contract may measure, and how likely each is.

Exact where every possible outcome can be listed; drawn at random where it cannot. Both
are values with weights, so that all that follows is the same for both.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, gammaln, xlog1py, xlogy

from saferplan.methods.intervals import Numbers

# Outcomes less likely than this are left out; all of them together are under 1e-9.
FAR = 1e-14

Groups = tuple[tuple[int, float], ...]  # so many people, each with such an outcome


@dataclass(frozen=True)
class Spread:
    """
    values   the improvements that may be measured
    z        how many standard errors each lies above none; missing where it is
             compared with nothing
    weights  how likely each is; they add up to 1
    exact    whether they are all there are; otherwise each was drawn once
    """

    values: Numbers
    z: Numbers
    weights: Numbers
    exact: bool

    def mean(self, amount: npt.ArrayLike) -> tuple[float, float]:
        """The mean of an amount for each value, and the error drawing leaves in it."""
        middle = float(self.weights @ np.asarray(amount, dtype=float))
        if self.exact:
            return middle, 0.0
        return middle, self.deviation(amount) / float(np.sqrt(len(self.values)))

    def chance(self, holds: npt.NDArray[np.bool_]) -> tuple[float, float]:
        """How likely something is that holds of some values, and the error in it."""
        found = float(self.weights @ holds)
        if self.exact:
            return found, 0.0
        # Two more that hold and two that do not, or what was never drawn has no error.
        draws = len(holds)
        likely = (found * draws + 2) / (draws + 4)
        return found, float(np.sqrt(likely * (1 - likely) / draws))

    def deviation(self, amount: npt.ArrayLike) -> float:
        """The standard deviation of an amount for each value."""
        told = np.asarray(amount, dtype=float)
        return float(np.sqrt(self.weights @ (told - self.weights @ told) ** 2))

    def deviation_error(self, amount: npt.ArrayLike) -> float:
        """The error that drawing leaves in a standard deviation."""
        sd = self.deviation(amount)
        if self.exact or sd == 0:
            return 0.0
        apart = np.asarray(amount, dtype=float) - self.weights @ np.asarray(amount)
        fourth = float(self.weights @ apart**4)
        return float(np.sqrt(max(fourth - sd**4, 0) / len(self.values)) / (2 * sd))

    def not_over(self, *shares: float, amount: Numbers | None = None) -> Numbers:
        """
        The values that each of some shares of all do not exceed: 0.5 for the middle.

        Or the amounts, which need not rise with the values. Three rows: the lowest that
        drawing leaves possible, by one error; the answer; and the highest.
        """
        told = self.values if amount is None else amount
        order = np.argsort(told)
        reached = np.cumsum(self.weights[order])
        asked = np.array(shares)
        doubt = 0.0 if self.exact else np.sqrt(asked * (1 - asked) / len(told))
        at = np.searchsorted(
            reached, np.array([asked - doubt, asked, asked + doubt]) - 1e-9
        )
        return np.asarray(told[order[np.clip(at, 0, len(order) - 1)]])


def binomial(people: int, chance: float) -> Numbers:
    """
    How likely each number of successes is, from none to all.

    >>> binomial(2, 0.5).round(4).tolist()
    [0.25, 0.5, 0.25]
    """
    x = np.arange(people + 1.0)
    ways = -betaln(1 + people - x, 1 + x) - np.log(people + 1)
    return np.asarray(np.exp(ways + xlogy(x, chance) + xlog1py(people - x, -chance)))


def successes(groups: Iterable[tuple[int, float]]) -> Numbers:
    """
    How likely each number of successes is over groups of people with one chance each.

    >>> successes([(1, 0.5), (1, 0.1)]).round(2).tolist()
    [0.45, 0.5, 0.05]
    """
    found = np.ones(1)
    for people, chance in groups:
        found = np.convolve(found, binomial(people, chance))
    return found


def events(mean: float, dispersion: float) -> Numbers:
    """
    How likely each number of events is, whose variance is dispersion times the mean.

    A sum over people of negative binomial counts with one dispersion is one as well, so
    nobody needs to be counted singly.

    >>> events(1.0, 1.0)[:2].round(4).tolist()
    [0.3679, 0.3679]
    """
    if mean == 0:
        return np.ones(1)
    x = np.arange(np.ceil(events_listed(mean, dispersion)))
    if dispersion == 1:
        return np.asarray(np.exp(xlogy(x, mean) - mean - gammaln(x + 1)))
    size = mean / (dispersion - 1)
    log = gammaln(x + size) - gammaln(size) - gammaln(x + 1)
    log += x * np.log1p(-1 / dispersion) - size * np.log(dispersion)
    return np.asarray(np.exp(log))


def events_listed(mean: float, dispersion: float) -> float:
    """The number of events that all but never is exceeded."""
    return mean + 9 * float(np.sqrt(dispersion * mean)) + 40 * dispersion
