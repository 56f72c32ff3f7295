"""What past months say of the months to come: level, season, trend and drift."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.spans import by_month
from saferplan.plurals import plural

LEAST_MONTHS = 24
MOST_MONTHS = 36  # older months say little of today's level
# A London borough's yearly count of a major category differs by about so much from the
# next, beyond chance: with it, four in five totals of a year ahead lie in their limits.
USUAL_DRIFT = 0.22
USUAL_YEARS = 4  # for how many years of its own history that assumption counts


@dataclass(frozen=True)
class Fit:
    """
    level, slope  of the logarithm of the monthly mean: in the last month, and a month
    covariance    of the two, 2 by 2
    season        of January to December: 1.1 is a tenth above the mean month
    dispersion    variance over mean of a month's count, 1 or more
    months        used
    """

    level: float
    slope: float
    covariance: Numbers
    season: Numbers
    dispersion: float
    months: int

    def with_half_the_trend(self) -> "Fit":
        scale = np.array([[1, 0.5], [0.5, 0.25]])
        return replace(self, slope=self.slope / 2, covariance=self.covariance * scale)


def known_months(monthly: pd.Series) -> pd.Series:
    """
    Return the months up to the last one known, in order, a gap as missing.

    Raises MethodError unless the last 24 are known and hold an offence.
    """
    table = by_month(monthly.to_frame("count"))["count"].astype(float).dropna()
    if (table < 0).any():
        raise MethodError("A count of offences cannot be negative.")
    if table.empty:
        raise MethodError("No month is known. Give at least the last 24.")
    whole = table.reindex(pd.period_range(table.index[0], table.index[-1], freq="M"))
    recent = whole.iloc[-LEAST_MONTHS:]
    if len(recent) < LEAST_MONTHS or recent.isna().any():
        raise MethodError(
            f"The last {LEAST_MONTHS} months must be known without a gap to tell level "
            f"and season apart; {int(recent.notna().sum())} of them are. "
            f"Load the others."
        )
    if recent.sum() == 0:
        raise MethodError(
            f"Nothing was recorded in the last {LEAST_MONTHS} months, so there is no "
            f"level to go by. So rare an offence cannot be judged by its counts."
        )
    return whole


def fit_recent_months(history: pd.Series, *, with_trend: bool = True) -> Fit:
    """
    Return the level, season and trend of the last whole years without a gap.

    history     from known_months
    with_trend  otherwise the level is that of the last twelve months

    Two or three years are used. The months of the year are drawn towards 1 by as much
    as chance alone would scatter them.

    >>> months = pd.period_range("2023-01", periods=24, freq="M")
    >>> fit = fit_recent_months(pd.Series([50.0] * 24, index=months))
    >>> round(float(np.exp(fit.level))), round(fit.slope, 6), fit.season.tolist()[0]
    (50, 0.0, 1.0)
    """
    gap = history.isna().to_numpy().nonzero()[0]
    unbroken = len(history) - (gap[-1] + 1 if len(gap) else 0)
    used = min(unbroken // 12 * 12, MOST_MONTHS)
    counts = history.iloc[-used:]
    y, month = counts.to_numpy(), np.array([at.month - 1 for at in counts.index])
    design = np.column_stack([np.ones(used), np.arange(1.0 - used, 1.0)])
    season, dispersion = np.ones(12), 1.0
    for _round in range(3):
        line, information = log_linear(y, design, season[month])
        mean = np.exp(design @ line) * season[month]
        season = shrunken_season(y, mean / season[month], month, dispersion)
        mean = np.exp(design @ line) * season[month]
        loose = used - 2 - 11 * (season.std() > 0)
        dispersion = max(1.0, float(((y - mean) ** 2 / mean).sum() / loose))
    if not with_trend:
        recent = month[-12:]
        line, information = log_linear(y[-12:], design[-12:, :1], season[recent])
        line = np.array([line[0], 0.0])
    covariance = np.zeros((2, 2))
    size = len(information)
    covariance[:size, :size] = dispersion * np.linalg.inv(information)
    return Fit(float(line[0]), float(line[1]), covariance, season, dispersion, used)


def log_linear(y: Numbers, design: Numbers, offset: Numbers) -> tuple[Numbers, Numbers]:
    """Fit counts as exp(design @ line) * offset; return line and its information."""
    line = np.zeros(design.shape[1])
    line[0] = np.log(max(y.sum(), 0.5) / offset.sum())
    for _step in range(8):  # Newton's steps; four are enough for any but the sparsest
        mean = np.exp(design @ line) * offset
        information = design.T @ (design * mean[:, None])
        # A step over one would be a factor of e a month: hold it back.
        step = np.linalg.solve(information, design.T @ (y - mean))
        line = line + step / max(1.0, float(np.abs(step).max()))
    return line, information


def shrunken_season(
    y: Numbers, level: Numbers, month: Numbers, dispersion: float
) -> Numbers:
    """Each month of the year against the level, less what is scatter by chance."""
    expected = np.bincount(month, level, minlength=12)
    raw = np.bincount(month, y, minlength=12) / expected
    scatter, chance = raw.var(ddof=1), (dispersion / expected).mean()
    kept = max(0.0, 1 - chance / scatter) if scatter > 0 else 0.0
    season = 1 + kept * (raw / raw.mean() - 1)
    return np.asarray(season / season.mean())


def yearly_drift(
    history: pd.Series, dispersion: float
) -> tuple[float, tuple[str, ...]]:
    """
    Return by how much one year differs from the next beyond chance, and a caution.

    A share: 0.2 is a fifth. A borough's own years are averaged with the
    usual figure, which counts as much as four of them.
    """
    blocks = len(history) // 12
    years = history.iloc[-12 * blocks :].to_numpy().reshape(blocks, 12).sum(axis=1)
    pairs = np.column_stack([years[:-1], years[1:]])
    pairs = pairs[(pairs > 0).all(axis=1)]  # neither missing nor nothing
    moved = np.log(pairs[:, 1] / pairs[:, 0])
    own = moved**2 - dispersion * (1 / pairs).sum(axis=1)
    usual = USUAL_YEARS * USUAL_DRIFT**2
    drift = float(np.sqrt(max((own.sum() + usual) / (len(own) + USUAL_YEARS), 1e-6)))
    if len(own) >= USUAL_YEARS:
        return drift, ()
    known = f"Only {plural(len(own), 'year-on-year change')} known"
    return drift, (
        f"{known}: how much years differ is mostly taken from what is usual "
        f"({100 * USUAL_DRIFT:.0f}% a year).",
    )
