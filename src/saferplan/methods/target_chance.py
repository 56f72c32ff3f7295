"""
How likely a target is to be met, if things go on much as they are.

Months to come are drawn many times from what the past months allow: their level, season
and trend, each with its doubt. It is a chance, not a line on a chart.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.spans import as_month
from saferplan.methods.target_history import (
    Fit,
    fit_recent_months,
    known_months,
    yearly_drift,
)
from saferplan.methods.target_standing import Better, check_better

# Of a trend, so much is left after each month: a trend has little over two months' run
# in it. Longer ones did worse on London's boroughs, 2013 to 2024.
DAMPING = 0.7
FARTHEST = 120  # months ahead beyond which no count says anything

Trend = Literal["damped", "half", "none"]


@dataclass(frozen=True)
class Chance:
    """
    probability    of meeting the target, 0 to 1
    error          of the probability, from drawing a limited number of times
    expected       the middle of the totals drawn, in the target's period
    lower, upper   between which four in five of them lie
    trend          change a year before it wears off, as a share
    dispersion     how many times more monthly counts vary than Poisson counts would
    drift          by how much one year differs from another beyond chance, as a share
    months_used    of history, for level, season and trend
    cautions       in words
    """

    probability: float
    error: float
    expected: float
    lower: float
    upper: float
    trend: float
    dispersion: float
    drift: float
    months_used: int
    cautions: tuple[str, ...] = ()


def chance_of_meeting(
    monthly: pd.Series,
    target: float,
    *,
    ends: str | pd.Period,
    months: int = 12,
    better: Better = "down",
    trend: Trend = "damped",
    simulations: int = 20_000,
    seed: int = 2013,
) -> Chance:
    """
    Return the chance that the count of a period will meet a target.

    monthly      offences a month, by month; the last 24 months known without a gap
    target       offences in the period: at most so many, or at least, as `better` says
    ends         the last month of the period
    months       how long the period is
    better       "down" if fewer is better, "up" if more is
    trend        "damped": the trend of the last months wears off; "half": half of it;
                 "none": the level of the last twelve months stays
    simulations  how often the months ahead are drawn; the same seed gives the same
                 answer on the same release of NumPy

    A period that is over was met or was not: 1 or 0.

    Raises MethodError if the last 24 months have a gap or hold no offence, or the
    period ends more than ten years ahead.

    It is the chance if nothing new is done and nothing new happens. It does not know
    what the partnership plans, nor of a change in recording. Where only three years of
    history are known, how much years differ is in good part an assumption.

    Method: a quasi-Poisson trend with shrunken months of the year; negative binomial
    counts; a level that drifts; a damped trend (Gardner and McKenzie 1985,
    doi:10.1287/mnsc.31.10.1237).

    >>> months = pd.period_range("2022-04", "2025-03", freq="M")
    >>> monthly = pd.Series([100] * 36, index=months)
    >>> found = chance_of_meeting(monthly, 1_200, ends="2026-03")
    >>> 0.45 < found.probability < 0.55
    True
    """
    check_better(better)
    history = known_months(monthly)
    last, final = history.index[-1], as_month(ends)
    ahead = (final - last).n
    if ahead > FARTHEST:
        raise MethodError(
            f"The period ends {ahead} months after the last month known. Nobody can "
            f"say anything of it; choose a target at most ten years ahead."
        )
    period = pd.period_range(end=final, periods=months, freq="M")
    seen = history.reindex(period[period <= last])
    if seen.isna().any():
        raise MethodError(
            f"{seen.index[seen.isna()][0]} is part of the target's period and its "
            f"count is not known. Load it first."
        )
    fit = fit_recent_months(history, with_trend=trend != "none")
    if trend == "half":
        fit = fit.with_half_the_trend()
    drift, cautions = yearly_drift(history, fit.dispersion)
    totals = np.full(simulations, float(seen.sum()))
    if ahead > 0:
        drawn = draw_months(fit, last, ahead, drift, simulations, seed)
        totals += drawn[:, -min(months, ahead) :].sum(axis=1)
    met = totals <= target if better == "down" else totals >= target
    probability = float(met.mean())
    lower, middle, upper = np.quantile(totals, [0.1, 0.5, 0.9])
    return Chance(
        probability=probability,
        error=float(np.sqrt(probability * (1 - probability) / simulations)),
        expected=float(middle),
        lower=float(lower),
        upper=float(upper),
        trend=float(np.expm1(12 * fit.slope)),
        dispersion=fit.dispersion,
        drift=drift,
        months_used=fit.months,
        cautions=cautions,
    )


def draw_months(
    fit: Fit, last: pd.Period, ahead: int, drift: float, simulations: int, seed: int
) -> Numbers:
    """Draw the months after the last one known: a row per draw, a column per month."""
    random = np.random.default_rng(seed)
    level, slope = random.multivariate_normal(
        [fit.level, fit.slope], fit.covariance, size=simulations
    ).T
    run = np.cumsum(DAMPING ** np.arange(1, ahead + 1))
    # Yearly means of a level that drifts by d a month differ by d * sqrt(8).
    steps = random.normal(0, drift / np.sqrt(8), size=(simulations, ahead))
    season = fit.season[[(last + k).month - 1 for k in range(1, ahead + 1)]]
    mean = np.exp(level[:, None] + slope[:, None] * run + steps.cumsum(axis=1)) * season
    if fit.dispersion > 1:
        # A Poisson count whose mean is gamma has the variance dispersion * mean.
        extra = fit.dispersion - 1
        mean = random.gamma(mean / extra, extra)
    return np.asarray(random.poisson(mean), dtype=float)
