"""Targets as they are set: a measure, a number, a date, and where they clash."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf

from saferplan.errors import MethodError
from saferplan.methods.baselines import BaselineRule, baseline
from saferplan.methods.spans import as_month
from saferplan.methods.target_standing import Better, check_better

FARTHEST = 50  # years: nobody sets a target for longer
ALIKE = 0.005  # two numbers nearer than this are one number, rounded twice


@dataclass(frozen=True)
class Target:
    """
    What somebody decided a measure should come to.

    measure   what is counted, in words
    number    offences in the twelve months that end in `ends`
    ends      the last month of those twelve
    years     from the baseline's last year to them, 1 or more
    baseline  offences in each year it is measured from, oldest first
    rule      how the baseline is made of them: "mean", "last" or "worst"
    better    "down" if fewer is better, "up" if more is
    area      where
    set_by    who set it
    evidence  why this number, in their words
    claim     how many fewer (or more) in all were promised, if that was published
    """

    measure: str
    number: float
    ends: str
    years: int
    baseline: tuple[float, ...]
    rule: BaselineRule = "mean"
    better: Better = "down"
    area: str = ""
    set_by: str = ""
    evidence: str = ""
    claim: float | None = None

    def __post_init__(self) -> None:
        check_better(self.better)
        as_month(self.ends)
        if not self.measure.strip():
            raise MethodError("A target needs the name of what is counted.")
        if not 0 <= self.number < inf:
            raise MethodError("A target is a count of offences, from 0.")
        if not 1 <= self.years <= FARTHEST or self.years != int(self.years):
            raise MethodError(
                f"A target lies whole years after its baseline, 1 to {FARTHEST}, not "
                f"{self.years}."
            )
        start = self.starting_point
        if start == 0 and self.better == "down":
            raise MethodError(
                f"{self.measure}: from a baseline of 0 there is no fall to aim at."
            )
        if (self.number - start) * (1 if self.better == "up" else -1) < 0:
            raise MethodError(
                f"{self.measure}: {'less' if self.better == 'up' else 'more'} than the "
                f"baseline of {start:,.0f} is no target where {self.better} is better. "
                f"Check the number and the direction."
            )

    @property
    def starting_point(self) -> float:
        """The baseline as one number of offences a year."""
        return baseline(self.baseline, rule=self.rule).value


@dataclass(frozen=True)
class Conflict:
    """
    Two targets on one measure that cannot both be aimed at as they stand.

    kind  "direction", "number", "order" or "baseline"
    why   in words
    """

    kind: str
    first: Target
    second: Target
    why: str


def conflicts(targets: Sequence[Target]) -> list[Conflict]:
    """
    Return where targets on one measure and area clash, each pair at its weightiest.

    direction  one wants more of what the other wants less of
    number     two numbers for the same twelve months
    order      the later of two asks for less than the earlier: it lets the measure slip
    baseline   measured from numbers that differ, so that their percentages cannot be
               set side by side

    Measures are one if their names are, capitals aside. It cannot see that two names
    mean one thing, nor that meeting one target makes another harder.

    >>> ours = Target("Burglary", 800, "2016-03", 4, (1_000,), set_by="Board")
    >>> theirs = Target("burglary", 900, "2016-03", 4, (1_000,), set_by="City")
    >>> [(found.kind, found.why) for found in conflicts([ours, theirs])]
    [('number', 'Board wants 800 and City 900 by 2016-03; the stricter is Board’s.')]
    """
    found = []
    for first, second in combinations(targets, 2):
        if same_measure(first, second):
            pair = sorted((first, second), key=lambda one: as_month(one.ends))
            if clash := clash_of(*pair):
                found.append(Conflict(clash[0], pair[0], pair[1], clash[1]))
    return found


def clash_of(first: Target, second: Target) -> tuple[str, str] | None:
    """The weightiest clash of two targets on one measure, the earlier one first."""
    one, other = name_of(first, "One target"), name_of(second, "another")
    start, other_start = first.starting_point, second.starting_point
    if first.better != second.better:
        return "direction", (
            f"{one} wants it {first.better} and {other} wants it {second.better}."
        )
    stricter_first = stricter(first, second)
    together = as_month(first.ends) == as_month(second.ends)
    if together and not alike(first.number, second.number):
        strict = one if stricter_first else other
        return "number", (
            f"{one} wants {first.number:,.0f} and {other} {second.number:,.0f} by "
            f"{first.ends}; the stricter is {strict}’s."
        )
    if not together and stricter_first and not alike(first.number, second.number):
        return "order", (
            f"{one} wants {first.number:,.0f} by {first.ends}, and {other} only "
            f"{second.number:,.0f} by {second.ends}: that lets it slip."
        )
    if not alike(start, other_start):
        return "baseline", (
            f"{one} measures from {start:,.0f} and {other} from {other_start:,.0f}: "
            f"their percentages cannot be set side by side."
        )
    return None


def stricter(first: Target, second: Target) -> bool:
    if first.better == "down":
        return first.number < second.number
    return first.number > second.number


def same_measure(first: Target, second: Target) -> bool:
    return first.measure.casefold() == second.measure.casefold() and (
        first.area.casefold() == second.area.casefold()
    )


def alike(one: float, other: float) -> bool:
    return abs(one - other) <= ALIKE * max(abs(one), abs(other))


def name_of(target: Target, otherwise: str) -> str:
    return target.set_by or otherwise
