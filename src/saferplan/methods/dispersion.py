"""
How much more monthly counts vary than independent events would.

Crimes come in series and are recorded in batches, so counts vary more than Poisson's
law says. Limits that ignore it call too many changes real.
"""

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from saferplan.methods.intervals import normal_point
from saferplan.methods.spans import against_year_before, as_month, by_month

LEAST_PAIRS = 6


def month_pair_dispersion(
    monthly: pd.DataFrame,
    *,
    last_month: str | pd.Timestamp | pd.Period,
    confidence: float = 0.95,
) -> pd.Series:
    """
    Return a dispersion for each column, from the twelve months to `last_month`.

    monthly  one row per month, one column per area or category

    Each month is paired with the same month a year before, which takes the season out.
    If the year as a whole rose by a fifth, each pair should show a fifth, give or take
    chance; the dispersion is how many times more they differ (Pearson's chi-squared
    over its degrees of freedom, never under 1). Because few pairs make a rough guess,
    it is then multiplied by the square of Student's point over the normal one.

    With fewer than 6 pairs that have both months and any offences: missing.

    It does not know of years that differ as a whole for reasons other than chance,
    such as a change of recording in April.

    Source: McCullagh and Nelder (1989), Generalized Linear Models, 4.5.

    >>> months = pd.period_range("2024-01", "2025-12", freq="M")
    >>> counts = pd.DataFrame({"Arson": [20] * 24}, index=months)
    >>> month_pair_dispersion(counts, last_month="2025-12").round(2).to_dict()
    {'Arson': 1.26}
    """
    table = by_month(monthly).astype(float)
    year = against_year_before(as_month(last_month), months=12)
    earlier = table.reindex(year.before).to_numpy()
    later = table.reindex(year.after).to_numpy()
    pooled = earlier + later
    usable = pooled > 0  # false where either month is missing, too
    pairs = usable.sum(axis=0)
    n = np.where(usable, pooled, 0.0)
    y = np.where(usable, later, 0.0)

    with np.errstate(divide="ignore", invalid="ignore"):
        p = y.sum(axis=0) / n.sum(axis=0)
        expected = n * p
        parts = np.where(usable, (y - expected) ** 2 / (expected * (1 - p)), 0.0)
        found = parts.sum(axis=0) / (pairs - 1)
    # Nothing at all in one of the years leaves no spread to measure.
    one_sided = (p == 0) | (p == 1)
    found = np.where(one_sided, 1.0, np.maximum(found, 1.0))

    degrees = np.maximum(pairs - 1, 1)
    allowance = stdtrit(degrees, 0.5 + confidence / 2) / normal_point(confidence)
    return pd.Series(
        np.where(pairs >= LEAST_PAIRS, found * allowance**2, np.nan),
        index=monthly.columns,
    )
