"""
How far off forecasts were, and limits for the next ones that this calls for.

Limits of a model hold what they say only if the model is true. These are widened or
narrowed until they would have held so many of the months that have been seen since.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from saferplan.methods.count_chances import count_at
from saferplan.methods.forecast_rules import LEAST_MEAN, NAMES, USUAL
from saferplan.methods.intervals import Numbers, normal_point

Places = npt.NDArray[np.intp]

HALF_LIFE = 12  # months after which a past forecast counts half
CHOICE = 60  # months of past forecasts that the choice of rules goes by
LEAST_CHOICE = 6  # and with fewer than so many, nothing is chosen
BEST = 3  # the mean of so many rules did better than the best alone, 2014 to 2022
SPAN = 60  # months of past forecasts that limits go by
OWN = 6.0  # past forecasts of its own that count as much as all columns' together
PRIOR = 12.0  # past forecasts that the usual spread stands in for
SURE = 20.0  # past forecasts that the shape of the negative binomial stands in for


@dataclass(frozen=True)
class Past:
    """
    What was said at each month of the past by the rules that had done best until then.

    expected    months by months ahead by columns
    actual      what came; NaN where it is not known (yet)
    dispersion  variance over mean that past forecasts called for at that month
    score       how far off, in those terms; NaN where it is not known
    rules       the places in NAMES of the best: so many by months
    scale       mean difference from a year before up to that month, by columns
    """

    expected: Numbers
    actual: Numbers
    dispersion: Numbers
    score: Numbers
    rules: Places
    scale: Numbers


def past_forecasts(counts: Numbers, said: Numbers) -> Past:
    """
    Return the forecasts of the best rules of the time, and how far off they were.

    counts  months by columns
    said    from every_forecast

    At no month is anything used that was not known at its end.
    """
    ahead = said.shape[2]
    actual = np.full(said.shape[1:], np.nan)
    for step in range(ahead):
        actual[: -step - 1, step] = counts[step + 1 :]
    scale = yearly_scale(counts)
    # The same month last year may not be known.
    said = np.where(np.isnan(said), said[NAMES.index(USUAL)], said)
    rules = best_rules(np.abs(said - actual), scale)
    best = np.take_along_axis(said, rules[:, :, None, None], axis=0)
    expected = np.maximum(best.mean(axis=0), LEAST_MEAN)
    dispersion = dispersions(expected, actual)
    return Past(
        expected=expected,
        actual=actual,
        dispersion=dispersion,
        score=scores(expected, actual, dispersion),
        rules=rules,
        scale=scale,
    )


def yearly_scale(counts: Numbers) -> Numbers:
    """
    The mean difference of a month from the same month last year, up to each month.

    Source: Hyndman and Koehler (2006), doi:10.1016/j.ijforecast.2006.03.001.
    """
    apart = np.full(counts.shape, np.nan)
    apart[12:] = np.abs(counts[12:] - counts[:-12])
    known = ~np.isnan(apart)
    number = known.cumsum(axis=0)
    total = np.where(known, apart, 0).cumsum(axis=0)
    with np.errstate(invalid="ignore"):
        mean = np.where(number > 0, total / np.maximum(number, 1), np.nan)
    return np.where(mean > 0, mean, np.nan)


def best_rules(off: Numbers, scale: Numbers) -> Places:
    """The places of the rules least off over the last forecasts, for each month."""
    scaled = off / scale[None, :, None, :]
    known = np.isfinite(scaled.sum(axis=0))
    total = np.where(known, scaled, 0).sum(axis=3)
    number = known.any(axis=2).astype(float)
    error = np.zeros(total.shape[:2])
    for step in range(off.shape[2]):
        error += summed(learnt(total[:, :, step].T, step), CHOICE).T
    judged = summed(learnt(number[:, [0]], 0), CHOICE)[:, 0]
    best = error.argsort(axis=0, kind="stable")[:BEST]
    # One rule is the mean of itself three times.
    return np.where(judged >= LEAST_CHOICE, best, NAMES.index(USUAL))


def learnt(values: Numbers, step: int) -> Numbers:
    """What was said in each month, moved to the month in which it could be judged."""
    moved = np.zeros(values.shape)
    moved[step + 1 :] = values[: -step - 1]
    return moved


def summed(values: Numbers, months: int) -> Numbers:
    """Sums over the last so many months."""
    sums = values.cumsum(axis=0)
    sums[months:] = sums[months:] - values.cumsum(axis=0)[:-months]
    return sums


def usual_spread(ahead: int) -> Numbers:
    """
    Variance beyond Poisson's, over the square of the mean: what is usual, by month.

    From London's boroughs, 2014 to 2018, the middle of eleven categories: 0.016 a month
    ahead, 0.034 a year ahead.
    """
    return np.asarray(0.016 * np.arange(1, ahead + 1) ** 0.3)


def dispersions(expected: Numbers, actual: Numbers) -> Numbers:
    """
    Variance over mean at each month that forecasts judged by then call for, 1 or more.

    That of all columns together, as a multiple of the mean, stands in for so many
    forecasts of a column's own.
    """
    months, ahead, columns = expected.shape
    apart = (actual - expected) ** 2 / np.maximum(expected, 0.5)
    known = ~np.isnan(apart)
    seen, mean, number = (
        np.stack([learnt(part[:, step], step) for step in range(ahead)], axis=1)
        for part in (
            np.where(known, apart, 0),
            np.where(known, expected, 0),
            known.astype(float),
        )
    )
    usual = usual_spread(ahead)[:, None]
    fade = 0.5 ** (1 / HALF_LIFE)
    found = np.ones(expected.shape)
    total, size, heard = (np.zeros((ahead, columns)) for _ in range(3))
    for now in range(months):
        total = fade * total + seen[now]
        size = fade * size + mean[now]
        heard = fade * heard + number[now]
        stand_in = PRIOR * np.nan_to_num(expected[now]).mean(axis=1, keepdims=True)
        beyond = (total - heard).sum(axis=1, keepdims=True) + usual * stand_in
        whole = size.sum(axis=1, keepdims=True) + stand_in
        pooled = 1 + np.maximum(beyond / np.maximum(whole, 1e-9), 0) * expected[now]
        found[now] = (total + OWN * pooled) / (heard + OWN)
    return np.maximum(found, 1.0)


def scores(expected: Numbers, actual: Numbers, dispersion: Numbers) -> Numbers:
    """
    How far off each forecast was, in standard deviations.

    On the scale of square roots, on which counts scatter alike (Anscombe 1948), and by
    half a count less, since limits that are whole counts hold all of that count.
    """
    near = actual + np.clip(expected - actual, -0.5, 0.5)
    apart = np.sqrt(np.maximum(near, 0) + 0.375) - np.sqrt(expected + 0.375)
    return np.asarray(np.abs(2 * apart) / np.sqrt(dispersion))


def reach(past: Past, now: int, level: float) -> Numbers:
    """
    How many standard deviations held a share `level` of the forecasts judged by `now`.

    One per month ahead. Newer forecasts count more; where few are known, the normal
    curve's own point stands in.
    """
    point = normal_point(level)
    ahead = past.score.shape[1]
    found = np.full(ahead, point)
    for step in range(ahead):
        judged = past.score[max(0, now - step - SPAN) : max(0, now - step), step]
        age = np.arange(len(judged))[::-1, None]
        weight = np.broadcast_to(0.5 ** (age / HALF_LIFE), judged.shape)
        known = ~np.isnan(judged)
        if not known.any():
            continue
        score, weight = judged[known], weight[known]
        order = np.argsort(score)
        held = weight[order].cumsum() / weight.sum()
        at = min(int(np.searchsorted(held, level)), len(order) - 1)
        number = weight.sum() ** 2 / (weight**2).sum()
        found[step] = (number * score[order][at] + SURE * point) / (number + SURE)
    return found


def limits(
    past: Past, now: int, level: float, *, times: Numbers | float = 1.0
) -> tuple[Numbers, Numbers]:
    """
    Limits that should hold a share `level` of what comes: months ahead by columns.

    times  what is expected is that many times what the rules say
    """
    wider = (reach(past, now, level) / normal_point(level))[:, None] ** 2
    mean, dispersion = past.expected[now] * times, past.dispersion[now] * wider
    tail = (1 - level) / 2
    return (
        count_at(tail, mean, dispersion),
        count_at(1 - tail, mean, dispersion),
    )
