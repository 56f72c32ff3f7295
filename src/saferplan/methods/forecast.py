"""
What counts to expect in the months ahead, with limits that have held before.

Simple rules are tried on every month of the past. The mean of those that did best is
the forecast, and how far off it used to be makes its limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.forecast_panel import Panel, check_ahead, panel, quiet
from saferplan.methods.forecast_rules import LAST_YEAR, NAMES, every_forecast
from saferplan.methods.forecast_spread import Past, limits, past_forecasts
from saferplan.methods.intervals import Numbers

LEVELS = (0.80, 0.95)
STEEPEST = np.log(2)  # a trend is not taken to more than double or halve a year
FEW_JUDGED = 24

Scenario = Literal["stays", "halves", "continues"]
SHARE_OF_TREND = {"stays": 0.0, "halves": 0.5, "continues": 1.0}


@dataclass(frozen=True)
class Forecast:
    """
    months    one row per series and month ahead: `series`, `month`, `expected`,
              and for each level such as 80 `lower_80`, `upper_80`: whole counts
    rules     whose mean it is
    scenario  "stays", "halves" or "continues"
    trend     of each series, the last twelve months against the twelve before as a
              share, missing where they are not all known; used by the scenarios only
    judged    past forecasts that choice and limits go by
    cautions  in words
    """

    months: pd.DataFrame
    rules: tuple[str, ...]
    scenario: Scenario
    trend: pd.Series
    judged: int
    cautions: tuple[str, ...]


def forecast(
    monthly: pd.Series | pd.DataFrame,
    *,
    ahead: int = 3,
    levels: Sequence[float] = LEVELS,
    scenario: Scenario = "stays",
) -> Forecast:
    """
    Return the counts to expect in the months ahead, and limits for each.

    monthly   offences by month; or one column per area, of one category, for areas are
              judged together: they share a choice of rules, a season and limits
    ahead     months ahead, 1 to 24
    levels    shares of such limits that should hold what comes
    scenario  "stays": what the rules say; "continues": besides, the trend of the last
              year goes on; "halves": half of it does

    A missing month is not known and never zero. The last month must be known.

    Raises MethodError for fewer than 24 known months, counts that are negative or no
    whole numbers, more than 24 months ahead, or an unknown scenario.

    Limits are for a month each: the limits of a sum are not the sum of limits. They
    hold as often as said while the future is as like the past as the past was; they
    knew nothing of March 2020. A scenario says what if, not how likely: its limits are
    those of the rules, moved. Nothing is known of what will be done.

    Method: exponentially weighted level times season (Brown 1959; Winters 1960,
    doi:10.1287/mnsc.6.3.324), drawn towards the season of all columns; the mean of the
    best rules (Bates and Granger 1969, doi:10.1057/jors.1969.103); negative binomial
    limits, widened to hold past forecasts (conformal: Lei and others 2018,
    doi:10.1080/01621459.2017.1307116).

    >>> months = pd.period_range("2022-01", periods=48, freq="M")
    >>> found = forecast(pd.Series([30, 26, 33, 31] * 12, index=months), ahead=1)
    >>> found.months[["month", "lower_80", "upper_80"]].values.tolist()
    [['2026-01', 23.0, 38.0]]
    """
    check_ahead(ahead)
    if scenario not in SHARE_OF_TREND:
        raise MethodError(
            f"A scenario is one of {', '.join(SHARE_OF_TREND)}, not {scenario!r}."
        )
    known = panel(monthly)
    past = past_forecasts(known.counts, every_forecast(known.counts, ahead))
    now = len(known.counts) - 1
    slope, trend = yearly_trend(known)
    growth = np.exp(
        SHARE_OF_TREND[scenario] * np.arange(1, ahead + 1)[:, None] * slope[None, :]
    )
    bounds = {level: limits(past, now, level, times=growth) for level in levels}
    judged = int(np.isfinite(past.score[:, 0]).sum(axis=1).astype(bool).sum())
    return Forecast(
        months=as_rows(known, past.expected[now] * growth, bounds),
        rules=tuple(dict.fromkeys(NAMES[place] for place in past.rules[:, now])),
        scenario=scenario,
        trend=pd.Series(trend, index=known.names, name="trend"),
        judged=judged,
        cautions=tuple(cautions(known, judged, scenario, trend, past)),
    )


def as_rows(
    known: Panel, expected: Numbers, bounds: dict[float, tuple[Numbers, Numbers]]
) -> pd.DataFrame:
    """One row per series and month ahead."""
    ahead, columns = expected.shape
    last = known.months[-1]
    rows = {
        "series": np.repeat(known.names.to_numpy(), ahead),
        "month": [str(last + step) for step in range(1, ahead + 1)] * columns,
        "expected": expected.T.ravel(),
    }
    for level, (lower, upper) in bounds.items():
        rows[f"lower_{100 * level:g}"] = lower.T.ravel()
        rows[f"upper_{100 * level:g}"] = upper.T.ravel()
    return pd.DataFrame(rows)


def yearly_trend(known: Panel) -> tuple[Numbers, Numbers]:
    """The last year's trend of each column: a month, as a logarithm; and as a share."""
    later, before = known.counts[-12:].sum(axis=0), known.counts[-24:-12].sum(axis=0)
    year = np.log((later + 0.5) / (before + 0.5))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(before > 0, later / before - 1, np.nan)
    return np.clip(np.nan_to_num(year), -STEEPEST, STEEPEST) / 12, share


def cautions(
    known: Panel, judged: int, scenario: Scenario, trend: Numbers, past: Past
) -> list[str]:
    said = []
    if judged < FEW_JUDGED:
        said.append(
            f"Only {judged} past forecasts can be judged: the limits are mostly what "
            f"is usual for a London borough."
        )
    if silent := quiet(known.counts):
        said.append(
            f"Nothing was recorded in two years in {known.names[silent[0]]}"
            f"{' and others' if len(silent) > 1 else ''}: counts so rare cannot be "
            f"forecast, only called rare."
        )
    if missing := int(np.isnan(known.counts).sum()):
        said.append(f"{missing} counts are not known; they are left out, not zero.")
    if scenario != "stays":
        if np.isnan(trend).any():
            said.append("A trend of a year that is not all known is taken as none.")
        if (np.abs(np.log1p(np.nan_to_num(trend))) > STEEPEST).any():
            said.append("A trend steeper than double or half a year is cut to that.")
    if all(NAMES[place] == LAST_YEAR for place in past.rules[:, -1]):
        said.append(f"No rule beats the {LAST_YEAR}.")
    return said
