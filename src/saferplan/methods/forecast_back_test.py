"""How well forecasts would have done: made again from what was known at the time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.forecast import LEVELS
from saferplan.methods.forecast_panel import Panel, check_ahead, panel
from saferplan.methods.forecast_rules import LAST_YEAR, NAMES, every_forecast
from saferplan.methods.forecast_spread import (
    Past,
    limits,
    past_forecasts,
    yearly_scale,
)
from saferplan.methods.intervals import Numbers, share_limits
from saferplan.methods.spans import as_month

BEFORE_FIRST = 36  # months known before the first forecast that is tested


@dataclass(frozen=True)
class BackTest:
    """
    series       one row each: `error` (mean absolute scaled error), `naive` (the same
                 of the floor, the same month last year), `bias` (mean of forecast less
                 what came, scaled), `held_80`, `held_95` (shares within the limits),
                 `forecasts`
    error, naive means over the series
    coverage     one row per level: `level`, `held`, `lower`, `upper`, `forecasts`
    cases        every forecast: `series`, `made` (the last month it knew), `month`,
                 `expected`, limits, `actual`
    rules        how often each rule was among the best
    cautions     in words
    """

    series: pd.DataFrame
    error: float
    naive: float
    coverage: pd.DataFrame
    cases: pd.DataFrame
    rules: pd.Series
    cautions: tuple[str, ...]


def back_test(
    monthly: pd.Series | pd.DataFrame,
    *,
    origins: int = 12,
    ahead: int = 3,
    until: str | pd.Period | None = None,
    levels: Sequence[float] = LEVELS,
) -> BackTest:
    """
    Forecast the past, each time from the months before alone, and say how it went.

    monthly, levels  as in forecast
    origins          how many forecasts, one after the other without overlap
    ahead            months ahead of each
    until            the last month forecast; the last one known, if not said

    Rules are chosen and limits made at each origin from what was known at its end. An
    error of 1 is what the same month last year was off by, in the months before the
    first origin; a series where that is nothing has no scaled error.

    `lower` and `upper` of the coverage are Wilson's limits as if forecasts failed each
    on its own. They do not: a month that is odd is odd in many boroughs.

    Raises MethodError as forecast does, and if fewer than 36 months are known before
    the first origin.

    Having done well is no promise. The months tested are those that happened to come.

    Source: Hyndman and Koehler (2006), doi:10.1016/j.ijforecast.2006.03.001, for the
    scale; Tashman (2000), doi:10.1016/S0169-2070(00)00065-0, for rolling origins.

    >>> months = pd.period_range("2020-01", periods=72, freq="M")
    >>> counts = pd.Series([30, 26, 33, 31, 28, 35, 29, 27] * 9, index=months)
    >>> found = back_test(counts)
    >>> found.error < found.naive, int(found.coverage["forecasts"].iloc[0])
    (True, 36)
    """
    check_ahead(ahead)
    known = panel(monthly)
    counts, made = origins_of(known, origins, ahead, until)
    said = every_forecast(counts, ahead)
    past = past_forecasts(counts, said)
    scale = yearly_scale(counts)[made[0]]
    off = past.expected[made] - past.actual[made]
    naive = np.abs(said[NAMES.index(LAST_YEAR)][made] - past.actual[made])
    table, held = cases(known, past, made), {}
    for level in levels:
        lower, upper = limits_made(past, made, level)
        actual = past.actual[made]
        inside = (lower <= actual) & (actual <= upper)
        held[level] = np.where(np.isnan(actual), np.nan, inside)
        table[f"lower_{100 * level:g}"] = lower.ravel()
        table[f"upper_{100 * level:g}"] = upper.ravel()
    series = by_series(known, off, naive, scale, held)
    best = pd.Series([NAMES[place] for place in past.rules[:, made].ravel()])
    return BackTest(
        series=series,
        error=float(series["error"].mean()),
        naive=float(series["naive"].mean()),
        coverage=covered(held),
        cases=table.dropna(subset=["actual"]).reset_index(drop=True),
        rules=best.value_counts().rename("times"),
        cautions=tuple(cautions(series, known)),
    )


def limits_made(
    past: Past, made: npt.NDArray[np.int_], level: float
) -> tuple[Numbers, Numbers]:
    """The limits at each origin: origins by months ahead by columns."""
    sides = zip(*(limits(past, now, level) for now in made.tolist()), strict=True)
    lower, upper = (np.stack(side) for side in sides)
    return lower, upper


def origins_of(
    known: Panel, origins: int, ahead: int, until: str | pd.Period | None
) -> tuple[Numbers, npt.NDArray[np.int_]]:
    """The counts up to the last month forecast, and the rows forecasts are made at."""
    end = known.months[-1] if until is None else as_month(until)
    rows = int((known.months <= end).sum())
    first = rows - origins * ahead - 1
    if origins < 1 or end > known.months[-1] or first + 1 < BEFORE_FIRST:
        raise MethodError(
            f"{origins} forecasts of {ahead} months up to {end} need "
            f"{BEFORE_FIRST + max(origins, 1) * ahead} months; {rows} are known up to "
            f"then, the last of all {known.months[-1]}. Ask for fewer, or load more."
        )
    return known.counts[:rows], first + ahead * np.arange(origins)


def cases(known: Panel, past: Past, made: npt.NDArray[np.int_]) -> pd.DataFrame:
    ahead, columns = past.expected.shape[1:]
    rows = len(made) * ahead
    months = [str(known.months[now] + k) for now in made for k in range(1, ahead + 1)]
    return pd.DataFrame(
        {
            "series": np.tile(known.names.to_numpy(), rows),
            "made": np.repeat(
                [str(known.months[now]) for now in made], ahead * columns
            ),
            "month": np.repeat(months, columns),
            "expected": past.expected[made].ravel(),
            "actual": past.actual[made].ravel(),
        }
    )


def by_series(
    known: Panel,
    off: Numbers,
    naive: Numbers,
    scale: Numbers,
    held: dict[float, Numbers],
) -> pd.DataFrame:
    """Errors and coverage of each column, over the forecasts whose outcome is known."""
    judged = (~np.isnan(off)).sum(axis=(0, 1))

    def mean(values: Numbers) -> Numbers:
        known_ones = (~np.isnan(values)).sum(axis=(0, 1))
        total = np.nansum(values, axis=(0, 1))
        return np.where(known_ones > 0, total / np.maximum(known_ones, 1), np.nan)

    table = pd.DataFrame(
        {
            "error": mean(np.abs(off)) / scale,
            "naive": mean(naive) / scale,
            "bias": mean(off) / scale,
        },
        index=known.names,
    )
    for level, inside in held.items():
        table[f"held_{100 * level:g}"] = mean(inside)
    table["forecasts"] = judged
    return table


def covered(held: dict[float, Numbers]) -> pd.DataFrame:
    rows = []
    for level, inside in held.items():
        told = inside[~np.isnan(inside)]
        lower, upper = share_limits([told.sum()], [len(told)])
        rows.append((level, told.mean(), lower[0], upper[0], len(told)))
    return pd.DataFrame(rows, columns=["level", "held", "lower", "upper", "forecasts"])


def cautions(series: pd.DataFrame, known: Panel) -> list[str]:
    said = []
    none = series.index[series["error"].isna()]
    if len(none):
        said.append(
            f"{none[0]}{' and others' if len(none) > 1 else ''} never differed from "
            f"the year before: it has no scaled error and is left out of the mean."
        )
    worse = int((series["error"] > series["naive"]).sum())
    if worse:
        said.append(
            f"In {worse} of {len(series)} series the {LAST_YEAR} would have been "
            f"nearer."
        )
    if np.isnan(known.counts).any():
        said.append("Months that are not known are not judged.")
    return said
