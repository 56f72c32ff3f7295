"""How likely each improvement is that a contract may measure, listed or drawn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from saferplan.methods.intervals import Numbers
from saferplan.methods.payment_design import Design
from saferplan.methods.payment_spread import (
    FAR,
    Groups,
    Spread,
    events,
    events_listed,
    successes,
)

MOST_PAIRS = 3_000_000  # of outcomes that are looked at; where there are more, we draw
MOST_LISTED = 30_000  # outcomes of a group; to add up bands takes the square of it
FAR_PAIR = 1e-13  # all pairs less likely than this are under one in a million together


@dataclass(frozen=True)
class Measured:
    """
    What is measured of some people, per person, in each of many possible worlds.

    rate      their outcome; one number where it is known beforehand
    variance  of that rate, as it would be estimated
    """

    rate: Numbers
    variance: Numbers


def spread(
    design: Design,
    effect: float,
    *,
    simulations: int = 10_000,
    seed: int = 2014,
    exact: bool = True,
) -> Spread:
    """
    Return the improvements that may be measured, with so much of the effect.

    exact  list every outcome where that can be done; otherwise, or if not, draw

    It can where the cohort is compared with nothing, with a rate that is written down,
    or with one other group; where outcomes are counted; and not too many are possible.
    """
    if exact and can_list(design, effect):
        found = by_listing(design, effect)
        if found is not None:
            return found
    random = np.random.default_rng(seed)

    def draw(groups: Groups) -> Measured:
        return drawn(design, groups, random, simulations)

    cohort = draw(design.cohort(effect))
    values, z = compared(design, cohort, *others(design, draw))
    weights = np.full(simulations, 1 / simulations)
    return Spread(values=values, z=z, weights=weights, exact=False)


def can_list(design: Design, effect: float) -> bool:
    """Whether the outcomes can be listed in a moment."""
    if design.metric == "distance" or design.counterfactual == "areas":
        return False
    return all(
        possible(design, groups) <= MOST_LISTED
        for groups in (design.cohort(effect), compared_groups(design))
    )


def possible(design: Design, groups: Groups) -> float:
    """About how many outcomes a group may have."""
    if design.metric == "binary":
        return sum(number for number, _rate in groups)
    mean = sum(number * rate for number, rate in groups)
    return events_listed(mean, design.dispersion or 1)


def by_listing(design: Design, effect: float) -> Spread | None:
    """Every outcome of the cohort with every one of those compared, if not too many."""
    cohort, chance = listed(design, design.cohort(effect))
    groups = compared_groups(design)
    if not groups:
        values, z = compared(design, cohort, *others(design, None))
        return Spread(values=values, z=z, weights=chance, exact=True)
    against, other_chance = listed(design, groups)
    if len(chance) * len(other_chance) > MOST_PAIRS:
        return None
    pairs = np.outer(chance, other_chance)
    one, other = np.nonzero(pairs > FAR_PAIR)
    weights = pairs[one, other]
    values, z = compared(
        design,
        Measured(cohort.rate[one], cohort.variance[one]),
        Measured(against.rate[other], against.variance[other]),
    )
    return Spread(values, z, weights / weights.sum(), exact=True)


def compared_groups(design: Design) -> Groups:
    """The one group the cohort is compared with, if it is people and not a number."""
    if design.counterfactual == "matched":
        return design.matched()
    if design.counterfactual == "historic" and design.before:
        return ((design.before, design.usual),)
    return ()


def listed(design: Design, groups: Groups) -> tuple[Measured, Numbers]:
    """Each outcome of some people that is not all but impossible, and its chance."""
    people = sum(number for number, _rate in groups)
    if design.metric == "binary":
        chance = successes(groups)
    else:
        mean = sum(number * rate for number, rate in groups)
        chance = events(mean, design.dispersion or 1)
    likely = np.flatnonzero(chance > FAR)
    chance = chance[likely]
    return measured(design, likely / people, people), chance / chance.sum()


def drawn(
    design: Design, groups: Groups, random: np.random.Generator, simulations: int
) -> Measured:
    """Outcomes of some people, drawn so many times; nobody is drawn singly."""
    people = sum(number for number, _rate in groups)
    total = np.zeros(simulations)
    for number, rate in groups:
        if design.metric == "binary":
            total += random.binomial(number, rate, simulations)
        elif design.metric == "distance":
            error = (design.sd or 0) * np.sqrt(number)
            total += random.normal(number * rate, error, simulations)
        else:
            total += counts(number * rate, design.dispersion or 1, random, simulations)
    return measured(design, total / people, people)


def counts(
    mean: float, dispersion: float, random: np.random.Generator, simulations: int
) -> Numbers:
    if dispersion > 1 and mean > 0:
        # A Poisson count whose mean is gamma has the variance dispersion * mean.
        extra = dispersion - 1
        drawn_mean = random.gamma(mean / extra, extra, simulations)
        return np.asarray(random.poisson(drawn_mean), dtype=float)
    return np.asarray(random.poisson(mean, simulations), dtype=float)


def measured(design: Design, rate: Numbers, people: int) -> Measured:
    if design.metric == "binary":
        one = rate * (1 - rate)
    elif design.metric == "frequency":
        one = (design.dispersion or 1) * rate
    else:
        one = np.full_like(rate, (design.sd or 0) ** 2)
    return Measured(rate=rate, variance=one / people)


def others(
    design: Design, draw: Callable[[Groups], Measured] | None
) -> tuple[Measured, ...]:
    """What the cohort is compared with: a number, one group, or three."""
    groups = compared_groups(design)
    if groups and draw is not None:
        return (draw(groups),)
    if design.counterfactual == "areas" and draw is not None:
        before = design.usual + design.drift
        here = draw(((design.before or 1, before),))
        there = draw(((design.compared or 1, before),))
        there_after = draw(((design.compared or 1, design.usual),))
        return (here, there, there_after)
    known = 0.0 if design.counterfactual == "none" else design.usual
    return (Measured(rate=np.array([known]), variance=np.zeros(1)),)


def compared(
    design: Design, cohort: Measured, *with_others: Measured
) -> tuple[Numbers, Numbers]:
    """
    The improvement and its z, where the cohort is set against what it is compared with.

    Against areas it is the difference of two differences, or the ratio of two ratios.
    Where there is nothing to take a percentage of, there is no improvement.
    """
    reference = with_others[0].rate
    if len(with_others) == 3:
        here, there, there_after = (other.rate for other in with_others)
        if design.unit == "percent":
            moved = np.divide(
                there_after, there, out=np.full_like(there, np.nan), where=there > 0
            )
            reference = here * moved
        else:
            reference = here + there_after - there
    sign = 1 if design.better == "up" else -1
    apart = sign * (cohort.rate - reference)
    variance = cohort.variance + sum(other.variance for other in with_others)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(variance > 0, apart / np.sqrt(variance), 0.0)
        if design.unit == "percent":
            apart = np.nan_to_num(apart / reference, nan=0.0, posinf=0.0, neginf=0.0)
    if design.counterfactual == "none":
        z = np.full_like(apart, np.nan)
    return np.asarray(apart), np.asarray(z)
