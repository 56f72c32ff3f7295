"""
Simple rules for the months ahead, each tried at every month of the past.

A rule is a level times a season. The level is an average in which newer months count
more; the season is a column's own, or drawn towards that of columns like it.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from saferplan.methods.intervals import Numbers

Season = Literal["own", "drawn", "shared"]

LEAST_MONTHS = 24  # two of each month of the year, to tell level and season apart
SEASON_YEARS = 8  # how far back a season is looked for
ALIKE = 5  # so many columns have a shared season that is more than one column's own
ODD = 2.0  # standard deviations from which a month counts for less in a season
LEAST_MEAN = 0.02  # a month's mean is never put below one in fifty months


@dataclass(frozen=True)
class Rule:
    """
    weight   of the newest month in the level; the one before has (1 - weight) of it
    season   the column's own, all columns' shared, or own drawn towards shared by as
             much as chance scatters it
    damping  what is left each month of the last year's trend; none without one
    shared   the level is that of all columns by the column's share in it, which keeps
             this weight; none if the level is the column's own
    """

    weight: float
    season: Season
    damping: float = 0.0
    shared: float = 0.0


LAST_YEAR = "same month last year"
USUAL = "level"  # where there is no past to choose by
RULES = {
    "slow level": Rule(0.2, "drawn"),
    USUAL: Rule(0.3, "drawn"),
    "quick level": Rule(0.5, "drawn"),
    "level, own season": Rule(0.3, "own"),
    "level, shared season": Rule(0.3, "shared"),
    "damped trend": Rule(0.2, "drawn", damping=0.8),
    "share of all": Rule(0.5, "drawn", shared=0.2),
    "slow share of all": Rule(0.7, "drawn", shared=0.1),
}
NAMES = (LAST_YEAR, *RULES)


@dataclass(frozen=True)
class Seasons:
    """Each 12 by columns; row 0 is the month after the newest. 1 is a mean month."""

    own: Numbers
    drawn: Numbers
    shared: Numbers


def every_forecast(counts: Numbers, ahead: int) -> Numbers:
    """
    Return what each rule said, or would have said, at each month of the past.

    counts  months by columns; NaN where a month is not known
    ahead   months ahead

    The result is rules (as in NAMES) by months by months ahead by columns: what the
    rule says at the end of that month, from that month and those before it alone. It
    is NaN where fewer than 24 months went before.
    """
    months, columns = counts.shape
    said = np.full((len(NAMES), months, ahead, columns), np.nan)
    for now in range(LEAST_MONTHS - 1, months):
        known = counts[: now + 1]
        said[0, now] = known[(np.arange(ahead) % 12) - 12]
        whole = min(len(known) // 12, SEASON_YEARS) * 12
        recent = known[-whole:]
        seasons = seasons_of(recent)
        for place, rule in enumerate(RULES.values(), start=1):
            said[place, now] = forecast_by(rule, recent, seasons, ahead)
    return said


def forecast_by(rule: Rule, recent: Numbers, seasons: Seasons, ahead: int) -> Numbers:
    """What a rule says of the months ahead, from whole years up to now."""
    season: Numbers = getattr(seasons, rule.season)
    flat = recent / np.tile(season, (len(recent) // 12, 1))
    steps = np.arange(1, ahead + 1)
    level = newest_weighted(flat, rule.shared or rule.weight)
    if rule.shared:
        # All columns' level moves with less chance in it, so it may move sooner.
        every = np.nansum(flat, axis=1, keepdims=True)
        slow = np.maximum(newest_weighted(every, rule.shared), LEAST_MEAN)
        level = level * newest_weighted(every, rule.weight) / slow
    growth = np.zeros((ahead, 1))
    if rule.damping and len(recent) >= 36:
        before = newest_weighted(flat[:-12], rule.weight)
        slope = np.log(np.maximum(level, 0.5) / np.maximum(before, 0.5)) / 12
        growth = np.cumsum(rule.damping**steps)[:, None] * slope
    mean = level * np.exp(growth) * season[(steps - 1) % 12]
    return np.asarray(np.maximum(mean, LEAST_MEAN))


def newest_weighted(values: Numbers, weight: float) -> Numbers:
    """
    The average of each column, newer months counting more; a missing one not at all.

    >>> newest_weighted(np.array([[10.0], [20.0], [40.0]]), 0.5).round(6).tolist()
    [30.0]
    """
    weights = (1 - weight) ** np.arange(len(values))[::-1, None]
    known = ~np.isnan(values)
    return np.asarray(
        (weights * np.where(known, values, 0)).sum(axis=0)
        / np.maximum((weights * known).sum(axis=0), 1e-12)
    )


def seasons_of(recent: Numbers) -> Seasons:
    """
    Return how each month of the year differs from the level, for whole years.

    Each month is set against the mean of the year around it, so that a rise over the
    years does not pass for a season. Months far off the others of their name, such as
    those of a lockdown, count for less (Huber 1964, doi:10.1214/aoms/1177703732).
    """
    columns = recent.shape[1]
    known = ~np.isnan(recent)
    level = np.where(known, year_around(recent), 0).reshape(-1, 12, columns)
    seen = np.where(known, recent, 0).reshape(-1, 12, columns)
    weight = np.ones(level.shape)
    for _round in range(3):
        size = np.maximum((weight * level).sum(axis=0), 1e-9)
        own = evened((weight * seen).sum(axis=0) / size)
        off = (seen - level * own) / np.sqrt(np.maximum(level * own, 0.5))
        usual = np.maximum(1.4826 * np.median(np.abs(off), axis=(0, 1)), 1)
        weight = np.minimum(1, ODD / np.maximum(np.abs(off) / usual, 1e-9))
    shared = np.ones((12, columns))
    if columns >= ALIKE:
        pooled = (own * size).sum(axis=1) / size.sum(axis=1)
        shared = np.repeat(evened(pooled)[:, None], columns, axis=1)
    loose = np.maximum(known.sum(axis=0) - 12 - len(recent) / 12, 1)
    varies = np.maximum((weight * off**2).sum(axis=(0, 1)) / loose, 1)
    gap = own - shared
    chance = (varies / np.maximum(size, 0.5)).mean(axis=0)
    scatter = np.maximum((gap**2).sum(axis=0) / 11, 1e-12)
    drawn = shared + np.clip(1 - chance / scatter, 0, 1) * gap
    return Seasons(own=floored(own), drawn=floored(drawn), shared=floored(shared))


def evened(season: Numbers) -> Numbers:
    """The same with a mean of 1; no season where nothing was ever seen."""
    mean = season.mean(axis=0)
    return np.where(mean > 0, season / np.where(mean > 0, mean, 1), 1.0)


def floored(season: Numbers) -> Numbers:
    return np.asarray(np.maximum(season, 0.05))  # a level cannot be had from nothing


def year_around(recent: Numbers) -> Numbers:
    """The mean of the twelve months around each one; at the ends, the nearest such."""
    whole = filled(recent)
    sums = np.vstack([np.zeros((1, whole.shape[1])), whole.cumsum(axis=0)])
    years = (sums[12:] - sums[:-12]) / 12
    # A year has no middle month: half of a thirteenth on either side gives it one.
    centred = (years[1:] + years[:-1]) / 2
    return np.vstack(
        [np.repeat(centred[:1], 6, axis=0), centred, np.repeat(centred[-1:], 6, axis=0)]
    )


def filled(recent: Numbers) -> Numbers:
    """The same with a missing month as a year before or after, or else as the mean."""
    if not np.isnan(recent).any():
        return recent
    whole = recent.copy()
    for year in range(12, len(whole), 12):
        later, earlier = whole[year : year + 12], whole[year - 12 : year]
        later[:] = np.where(np.isnan(later), earlier, later)
    for year in range(len(whole) - 12, 0, -12):
        later, earlier = whole[year : year + 12], whole[year - 12 : year]
        earlier[:] = np.where(np.isnan(earlier), later, earlier)
    known = ~np.isnan(whole)
    mean = np.where(known, whole, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.where(known, whole, mean)
