"""
What a payment-by-results contract pays for an improvement: cliff, line or steps.

An improvement is a number: 0.10 is ten points, or a tenth, as the contract has it. It
is positive where things got better.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers, normal_point

Shape = Literal["cliff", "linear", "steps"]

# 24 of 60 is 0.4 to a person and a hair less to a computer.
HAIR = 1e-9

# From, to, and what to write. What is further out is surely a slip of the pen.
BOUNDS = {
    "price": (0.01, 1e12, "more than nothing, in pounds"),
    "full": (1e-6, 1e6, "an improvement above 0, such as 0.10"),
    "start": (-1e6, 1e6, "an improvement, such as 0.02"),
    "least": (-1e6, 1e6, "a share of what is paid for results, such as 0"),
    "most": (-1e6, 1e6, "a share of what is paid for results, such as 1.25"),
    "block": (0.0, 1.0, "a share of the price from 0 to 1"),
    "significant": (1e-6, 1 - 1e-6, "a confidence such as 0.95"),
}


@dataclass(frozen=True)
class PayRule:
    """
    What is paid for results, in pounds.

    price        paid in all for the improvement named by `full`
    full         that improvement, above zero
    shape        "cliff": all of it from `full` on, and nothing before
                 "linear": in proportion, nothing at `start` and all at `full`
                 "steps": in proportion, but each step pays its own share of it
    start        the improvement from which anything is paid for results
    least, most  the least and the most for results, as shares of what is paid for
                 them; None for no such limit. Under a least of None a provider repays
    block        share of the price paid whatever the results
    steps        (up to which improvement, share paid of what is won in the step)
    significant  pay for results only if they are beyond chance at this confidence
                 (0.95), as well

    A cliff has no `start`, `least` or `most`.
    """

    price: float
    full: float
    shape: Shape = "linear"
    start: float = 0.0
    least: float | None = 0.0
    most: float | None = 1.0
    block: float = 0.0
    steps: tuple[tuple[float, float], ...] = ()
    significant: float | None = None

    def __post_init__(self) -> None:
        if self.shape not in get_args(Shape):
            wrong("shape", self.shape, "one of " + ", ".join(get_args(Shape)))
        for name, (low, high, needed) in BOUNDS.items():
            told = getattr(self, name)
            if told is not None and not low <= told <= high:
                wrong(name, told, needed)
        if self.shape == "linear" and not self.start < self.full:
            wrong("start", self.start, f"below full, which is {self.full:g}")
        if None not in (self.least, self.most) and self.least > self.most:  # type: ignore[operator]
            wrong("least", self.least, f"at most {self.most:g}, which is most")
        self.check_steps()

    def check_steps(self) -> None:
        ends = [0.0, *(end for end, _share in self.steps)]
        if self.shape == "steps" and not self.steps:
            wrong("steps", "empty", "pairs such as [0.05, 0.5], [0.20, 1.0]")
        if not all(before < after <= 1e6 for before, after in pairwise(ends)):
            wrong("steps", list(ends[1:]), "improvements that rise from above 0")
        if not all(0 <= share <= 1e6 for _end, share in self.steps):
            wrong("steps", self.steps, "pairs whose second number is a share paid")

    @property
    def for_results(self) -> float:
        """What there is to win by results, in pounds."""
        return self.price * (1 - self.block)


def wrong(field: str, told: object, needed: str) -> None:
    raise MethodError(f"{field} must be {needed}, and {told!r} is not.")


def pay(
    improvement: npt.ArrayLike, rule: PayRule, *, z: npt.ArrayLike | None = None
) -> Numbers:
    """
    Return what a contract pays in all, in pounds, for each improvement.

    improvement  0.10 is ten points, or a tenth, as the contract measures it
    z            how many standard errors each lies above no improvement; asked for by
                 a rule that pays only what is beyond chance

    Raises MethodError if the rule asks for significance and z is not given.

    What is paid is not what was achieved: chance moves the one without the other.

    Source: National Audit Office (2015), Outcome-based payment schemes; Local Justice
    Reinvestment for the steps.

    >>> cliff = PayRule(100_000, 0.10, shape="cliff")
    >>> pay([0.09, 0.10], cliff).tolist()
    [0.0, 100000.0]
    >>> half_block = PayRule(100_000, 0.10, block=0.5)
    >>> pay([-0.02, 0.05, 0.20], half_block).tolist()
    [50000.0, 75000.0, 100000.0]
    """
    won = np.asarray(improvement, dtype=float)
    share = SHARES[rule.shape](won, rule)
    if rule.significant is not None:
        share = np.where(beyond_chance(z, rule.significant), share, 0.0)
    return np.asarray(rule.price * rule.block + rule.for_results * share)


def cliff_share(won: Numbers, rule: PayRule) -> Numbers:
    return np.where(won >= rule.full - HAIR, 1.0, 0.0)


def linear_share(won: Numbers, rule: PayRule) -> Numbers:
    return limited((won - rule.start) / (rule.full - rule.start), rule)


def steps_share(won: Numbers, rule: PayRule) -> Numbers:
    """Each step's part of the improvement, at its own share of the price."""
    total = np.zeros_like(won)
    begins = 0.0
    for ends, share in rule.steps:
        total += share * (np.clip(won, begins, ends) - begins) / rule.full
        begins = ends
    return limited(np.where(won >= rule.start - HAIR, total, 0.0), rule)


def limited(share: Numbers, rule: PayRule) -> Numbers:
    if rule.least is None and rule.most is None:
        return share
    return np.asarray(np.clip(share, rule.least, rule.most))


SHARES = {"cliff": cliff_share, "linear": linear_share, "steps": steps_share}


def beyond_chance(z: npt.ArrayLike | None, confidence: float) -> npt.NDArray[np.bool_]:
    """Whether each improvement is further above none than chance alone would set it."""
    if z is None:
        raise MethodError(
            "significant needs something to compare with. Choose a counterfactual, or "
            "leave significant out."
        )
    return np.asarray(np.asarray(z, dtype=float) > normal_point(confidence))
