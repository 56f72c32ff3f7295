"""
When the level of a count changed, if it did.

Looking for a change in every month finds one somewhere. So the best month found is set
beside the best months found in made-up series on which nothing happened: they are the
same length, vary as much, and are searched in the same way.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import xlogy

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.spans import by_month

LEAST_RUN = 6  # months of a level, at the least
AS_WELL = 3.84  # a split this much less likely (twice the logarithm) is likely as well


@dataclass(frozen=True)
class LevelChange:
    """
    first_month    of the new level: the likeliest
    between        first months about as likely, the earliest and the latest
    before, after  mean count in a month of either level, up to the next change
    p              how often so clear a change is found where there is none
    """

    first_month: str
    between: tuple[str, str]
    before: float
    after: float
    p: float


@dataclass(frozen=True)
class LevelChanges:
    """
    changes      in order of time; empty if none is clear enough
    false_alarm  how often a series on which nothing happened shows any, as asked for
    p            of the clearest change in the whole series, found or not
    dispersion   variance over mean within the levels, 1 or more
    cautions     in words
    """

    changes: tuple[LevelChange, ...]
    false_alarm: float
    p: float
    dispersion: float
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Best:
    """The best split of each series of a batch: where, how clear, how spread."""

    at: npt.NDArray[np.int_]
    clear: Numbers
    dispersion: Numbers
    as_well: npt.NDArray[np.bool_]


def level_changes(
    counts: pd.Series,
    *,
    seasonal: bool = False,
    false_alarm: float = 0.05,
    least_run: int = LEAST_RUN,
    simulations: int = 499,
    seed: int = 1890,
) -> LevelChanges:
    """
    Return when the level of a count changed, and how sure that is.

    counts       events, by month (or by year), without a gap
    seasonal     allow for months of the year; needs three years of months
    false_alarm  how often a series without a change may show one: 0.05 is one in twenty
    least_run    months that a level lasts at the least
    simulations  made-up series for each search; the same seed gives the same answer

    The clearest change is looked for first. If it is clear enough, the months before it
    and after it are searched in the same way. A first search that finds nothing ends
    it, so `false_alarm` holds for the whole series.

    Raises MethodError for a gap, a count that is negative, a series too short to hold
    two levels, or a rate of false alarms that the simulations cannot show.

    A slow trend looks like one or more steps. A step says when, never why: a new way
    of recording makes one too.

    Method: likelihood ratio of two Poisson levels over their dispersion, its chance by
    simulating negative binomial counts; binary segmentation (Scott and Knott 1974,
    doi:10.2307/2529204).

    >>> months = pd.period_range("2023-01", periods=36, freq="M")
    >>> counts = pd.Series([30, 26, 33, 28] * 5 + [18, 22, 15, 19] * 4, index=months)
    >>> [(c.first_month, c.before, round(c.after, 1)) for c in
    ...  level_changes(counts).changes]
    [('2024-09', 29.25, 18.5)]
    """
    series = checked(counts, seasonal, least_run)
    if not 1 / (simulations + 1) <= false_alarm < 1:
        raise MethodError(
            f"With {simulations} simulations a false alarm rate must lie between "
            f"{1 / (simulations + 1):.3f} and 1, and {false_alarm} does not."
        )
    random = np.random.default_rng(seed)
    y = series.to_numpy()
    month = np.array([at.month - 1 for at in series.index]) if seasonal else None
    whole: list[tuple[float, float]] = []
    starts: list[tuple[int, float, tuple[int, int]]] = []
    waiting = [(0, len(y))]
    while waiting:
        low, high = waiting.pop()
        if high - low < 2 * least_run:
            continue
        part = None if month is None or high - low < 36 else month[low:high]
        best = best_split(y[None, low:high], part, least_run)
        p = chance_of(y[low:high], best, part, least_run, simulations, random)
        whole.append((p, float(best.dispersion[0])))
        if p <= false_alarm:
            at = low + int(best.at[0])
            likely = low + least_run + np.flatnonzero(best.as_well[0])
            starts.append((at, p, (int(likely[0]), int(likely[-1]))))
            waiting += [(low, at), (at, high)]
    starts.sort()
    return LevelChanges(
        changes=tuple(described(series, starts)),
        false_alarm=false_alarm,
        p=whole[0][0],
        dispersion=whole[0][1],
        cautions=tuple(cautions(series, seasonal)),
    )


def best_split(y: Numbers, month: npt.NDArray[np.int_] | None, least_run: int) -> Best:
    """Find the clearest split of each row of y into two levels."""
    base = season_of(y, month)
    seen, size = y.cumsum(axis=1), base.cumsum(axis=1)
    splits = slice(least_run - 1, y.shape[1] - least_run)
    total, whole = seen[:, -1:], size[:, -1:]
    before, length = seen[:, splits], size[:, splits]
    after, rest = total - before, whole - length
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = 2 * (
            xlogy(before, before * whole / (length * total))
            + xlogy(after, after * whole / (rest * total))
        )
    ratio = np.nan_to_num(ratio)  # nothing at all has no two levels
    k = ratio.argmax(axis=1)
    row = np.arange(len(y))
    at = k + least_run
    early = np.arange(y.shape[1])[None, :] < at[:, None]
    levels = np.where(
        early,
        (before[row, k] / length[row, k])[:, None],
        (after[row, k] / rest[row, k])[:, None],
    )
    mean = np.maximum(levels * base, 1e-9)
    loose = y.shape[1] - 2 - (0 if month is None else 11)
    spread = np.maximum(((y - mean) ** 2 / mean).sum(axis=1) / loose, 1.0)
    clear = ratio[row, k] / spread
    near = ratio >= ratio[row, k][:, None] - AS_WELL * spread[:, None]
    return Best(at=at, clear=clear, dispersion=spread, as_well=near)


def season_of(y: Numbers, month: npt.NDArray[np.int_] | None) -> Numbers:
    """What share of the level each month has by its place in the year; 1 without."""
    if month is None:
        return np.ones_like(y)
    means = np.stack(
        [y[:, month == of_year].mean(axis=1) for of_year in range(12)], axis=1
    )
    average = means.mean(axis=1, keepdims=True)
    # A month of the year in which nothing ever happened still has a little of it.
    season = np.maximum(means / np.maximum(average, 1e-9), 0.01)
    return np.asarray(season[:, month])


def chance_of(
    y: Numbers,
    best: Best,
    month: npt.NDArray[np.int_] | None,
    least_run: int,
    simulations: int,
    random: np.random.Generator,
) -> float:
    """How often a series without a change shows one as clear as this."""
    mean = y.mean() * season_of(y[None, :], month)[0]
    shape = (simulations, len(y))
    extra = float(best.dispersion[0]) - 1
    if extra > 1e-9 and y.sum() > 0:
        drawn = random.poisson(random.gamma(mean / extra, extra, size=shape))
    else:
        drawn = random.poisson(mean, size=shape)
    found = best_split(drawn.astype(float), month, least_run).clear
    return float((1 + (found >= best.clear[0]).sum()) / (simulations + 1))


def described(
    series: pd.Series, starts: list[tuple[int, float, tuple[int, int]]]
) -> list[LevelChange]:
    edges = [0, *[at for at, _p, _likely in starts], len(series)]
    means = [
        float(series.iloc[low:high].mean())
        for low, high in zip(edges, edges[1:], strict=False)
    ]
    return [
        LevelChange(
            first_month=str(series.index[at]),
            between=(str(series.index[likely[0]]), str(series.index[likely[1]])),
            before=means[k],
            after=means[k + 1],
            p=p,
        )
        for k, (at, p, likely) in enumerate(starts)
    ]


def checked(counts: pd.Series, seasonal: bool, least_run: int) -> pd.Series:
    index = counts.index
    if isinstance(index, pd.PeriodIndex):
        series = counts.sort_index().astype(float)
    else:
        series = by_month(counts.to_frame("count"))["count"].astype(float)
    if least_run < 2 or len(series) < 2 * least_run:
        raise MethodError(
            f"Two levels of {max(least_run, 2)} months need {2 * max(least_run, 2)} "
            f"months, and there are {len(series)}."
        )
    if series.isna().any() or len(series) != (series.index[-1] - series.index[0]).n + 1:
        raise MethodError(
            "A month is missing. A gap would pass for a change of level: load it, or "
            "search the months on one side of it."
        )
    if (series < 0).any():
        raise MethodError("A count of events cannot be negative.")
    if seasonal and (len(series) < 36 or not of_months(series)):
        raise MethodError(
            "To allow for months of the year takes three years of months."
        )
    return series


def of_months(series: pd.Series) -> bool:
    return isinstance(series.index, pd.PeriodIndex) and series.index.freqstr == "M"


def cautions(series: pd.Series, seasonal: bool) -> list[str]:
    if not seasonal and of_months(series) and len(series) >= 24:
        return ["Months of the year are not allowed for: a season can look like steps."]
    return []
