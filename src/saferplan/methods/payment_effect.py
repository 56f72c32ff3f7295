"""
What a service changed, against those it is compared with, and how sure that is.

The same people can show an effect by one measure and none by another: say beforehand
which one is paid for.
"""

from dataclasses import dataclass
from math import expm1, inf, log, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtr

from saferplan.errors import MethodError
from saferplan.methods.intervals import normal_point
from saferplan.methods.proportions import share_difference

LEAST_EVENTS = 10


@dataclass(frozen=True)
class Group:
    """
    One group at one time.

    total   good (or bad) outcomes of people, or events
    people  in the group
    """

    total: float
    people: float

    @property
    def rate(self) -> float:
        return self.total / self.people


@dataclass(frozen=True)
class Effect:
    """
    effect        the change against what is compared: in points of share, or as a share
                  of the rate compared (-0.084 is 8.4% fewer events)
    lower, upper  limits of it
    p             how often chance alone would set two like groups at least so far apart
    verdict       "real change" or "within chance", by the limits
    """

    effect: float
    lower: float
    upper: float
    p: float
    verdict: Literal["real change", "within chance"]
    cautions: tuple[str, ...]


def share_effect(group: Group, compared: Group, *, confidence: float = 0.95) -> Effect:
    """
    Return the difference of two shares, in points of share.

    group, compared  people with the outcome, of all the people in each; at least 30

    Raises MethodError if a group is too small, or more have the outcome than there are.

    A difference is an effect only as far as the groups were alike before.

    Source: Newcombe (1998), method 10, for the limits; the z test with pooled share
    for p.

    >>> found = share_effect(Group(534, 1_000), Group(5_570, 10_000))
    >>> round(found.effect, 3), round(found.p, 2), found.verdict
    (-0.023, 0.16, 'within chance')
    """
    check(group, compared, most=1)
    row = share_difference(
        pd.Series([group.total]),
        pd.Series([group.people]),
        from_part=pd.Series([compared.total]),
        from_whole=pd.Series([compared.people]),
        confidence=confidence,
    ).iloc[0]
    if row["verdict"] == "cannot tell":
        raise MethodError(f"{row['caution']} Use a longer period.")
    both = group.people + compared.people
    same = (group.total + compared.total) / both
    error = sqrt(same * (1 - same) * (1 / group.people + 1 / compared.people))
    apart = group.rate - compared.rate
    return Effect(
        effect=float(row["difference"]),
        lower=float(row["lower"]),
        upper=float(row["upper"]),
        p=two_sided(apart / error) if error else 1.0,
        verdict=row["verdict"],
        cautions=(),
    )


def frequency_effect(
    group: Group,
    compared: Group,
    *,
    dispersion: float,
    confidence: float = 0.95,
) -> Effect:
    """
    Return by what share events a person differ from those compared.

    group, compared  events, and people; some event in each
    dispersion       variance over mean of the events a person, 1 or more: see
                     dispersion_of, and never take it for 1 without looking

    Raises MethodError if there is no event in a group, or the dispersion is under 1.

    Source: normal limits for the logarithm of the ratio, with variance dispersion over
    events in each group. Peterborough, first cohort: 142 against 155 events per 100.

    >>> men, others = Group(1_420, 1_000), Group(15_500, 10_000)
    >>> found = frequency_effect(men, others, dispersion=3)
    >>> round(found.effect, 3), round(found.lower, 3), round(found.upper, 3)
    (-0.084, -0.166, 0.007)
    """
    return ratio_effect([group], [compared], dispersion, confidence)


def areas_effect(
    here: tuple[Group, Group],
    there: tuple[Group, Group],
    *,
    dispersion: float | None = None,
    confidence: float = 0.95,
) -> Effect:
    """
    Return the change here against the change in similar areas.

    here, there  each before and after
    dispersion   for events: the ratio of two ratios, less 1. Without it the outcomes
                 are shares of people: the difference of two differences, in points

    Raises MethodError as frequency_effect does, or if a share is above 1.

    It takes the areas to have gone the same way but for the service. Look at the years
    before: if they did not go together then, nothing says they would have since.

    Source: difference in differences; the variances of all four add up.

    >>> here = Group(84, 100), Group(78, 100)
    >>> there = Group(75, 100), Group(84, 100)
    >>> round(1 + areas_effect(here, there, dispersion=1).effect, 3)
    0.829
    """
    (before, after), (there_before, there_after) = here, there
    if dispersion is not None:
        ups, downs = [after, there_before], [before, there_after]
        return ratio_effect(ups, downs, dispersion, confidence)
    check(before, after, there_before, there_after, most=1)
    change = after.rate - before.rate - (there_after.rate - there_before.rate)
    groups = (before, after, there_before, there_after)
    error = sqrt(sum(each.rate * (1 - each.rate) / each.people for each in groups))
    reach = normal_point(confidence) * error
    return told(change, change - reach, change + reach, change, error, groups)


def ratio_effect(
    ups: list[Group], downs: list[Group], dispersion: float, confidence: float
) -> Effect:
    """The product of the rates of the ones over that of the others, less 1."""
    groups = (*ups, *downs)
    check(*groups, most=inf)
    if not dispersion >= 1:
        raise MethodError(
            f"dispersion must be 1 or more, and {dispersion:g} is not. Estimate it by "
            f"dispersion_of."
        )
    if any(each.total == 0 for each in groups):
        raise MethodError(
            "A group without an event gives no ratio. Use a longer period, or shares."
        )
    change = sum(log(each.rate) for each in ups)
    change -= sum(log(each.rate) for each in downs)
    error = sqrt(dispersion * sum(1 / each.total for each in groups))
    reach = normal_point(confidence) * error
    lower, upper = expm1(change - reach), expm1(change + reach)
    return told(expm1(change), lower, upper, change, error, groups)


def told(
    effect: float,
    lower: float,
    upper: float,
    change: float,
    error: float,
    groups: tuple[Group, ...],
) -> Effect:
    few = min(each.total for each in groups) < LEAST_EVENTS
    return Effect(
        effect=effect,
        lower=lower,
        upper=upper,
        p=two_sided(change / error) if error else 1.0,
        verdict="within chance" if lower <= 0 <= upper else "real change",
        cautions=(f"Under {LEAST_EVENTS} in a group: limits are rough.",)
        if few
        else (),
    )


def two_sided(z: float) -> float:
    return float(2 * ndtr(-abs(z)))


def check(*groups: Group, most: float) -> None:
    for group in groups:
        if not group.people > 0:
            raise MethodError("people must be above 0 in each group.")
        if not 0 <= group.total <= most * group.people:
            raise MethodError(
                f"{group.total:g} of {group.people:g} people cannot be: give outcomes "
                f"from 0 to the number of people."
            )


def dispersion_of(events: npt.ArrayLike) -> float:
    """
    Return how many times the variance of events a person is their mean; at least 1.

    events  of each person, whole numbers, none negative; 30 people or more

    Raises MethodError if there are fewer, or nobody has an event.

    Source: McCullagh and Nelder (1989), Generalized Linear Models, 4.5.

    >>> dispersion_of([0, 4] * 50)
    2.0202020202020203
    """
    told = np.asarray(events, dtype=float)
    if len(told) < 30:
        raise MethodError(
            f"{len(told)} people are too few to tell how events vary. Give 30 or more."
        )
    if not (told >= 0).all():
        raise MethodError("Events of a person must be 0 or more, and none missing.")
    mean = float(told.mean())
    if mean == 0:
        raise MethodError(
            "Nobody has an event, so nothing varies. Use a longer period."
        )
    return max(1.0, float(told.var(ddof=1)) / mean)
