"""Reading control charts: which suits a series, and what it says of each period."""

import numpy as np
import pandas as pd

from saferplan.methods.control_chart import ENOUGH_POINTS, control_chart
from saferplan.methods.control_counts import ENOUGH_MEAN, count_chart
from saferplan.web.performance.chart import Reading

# The rules ask only what follows what, so a quarter or a year is a step like a month.
FIRST_STEP = "2000-01"
IMPROVEMENT = {"up": "up", "down": "down", "neither": "neutral"}


def reading_of(
    values: tuple[float | None, ...],
    sizes: tuple[float | None, ...] | None,
    *,
    polarity: str,
    counts: bool,
    target: float | None,
    most: float | None,
) -> Reading | None:
    """Read the chart that suits a series (see saferplan.web.performance.chart)."""
    y = np.array([np.nan if v is None else v for v in values], dtype=float)
    known = y[~np.isnan(y)]
    if len(known) < 2:
        return None
    steps = pd.period_range(FIRST_STEP, periods=len(y), freq="M")
    least = 0.0 if known.min() >= 0 else None
    single = single_values(pd.Series(y, steps), polarity, target, (least, most))
    if counts and known.mean() < ENOUGH_MEAN:
        return of_counts(pd.Series(y, steps), None, polarity, single)
    if sizes is not None:
        size = pd.Series([np.nan if n is None else n for n in sizes], steps)
        events = (pd.Series(y, steps) * size).round()
        return of_counts(events, size, polarity, single)
    return single


def single_values(
    series: pd.Series,
    polarity: str,
    target: float | None,
    possible: tuple[float | None, float | None],
) -> Reading:
    chart = control_chart(
        series.to_frame("figure"),
        improvement=IMPROVEMENT[polarity],  # type: ignore[arg-type]
        target=target,
    )
    now = chart.summary.iloc[0]
    points = int(now.points)
    caution = str(now.caution)
    if "chart of counts" in caution:
        caution = ""
    return Reading(
        kind="single values",
        mean=float(now["mean"]),
        # The rules of the chart do not know of what a figure cannot be.
        lower=tuple(chart.lower["figure"].clip(*possible)),
        upper=tuple(chart.upper["figure"].clip(*possible)),
        kinds=tuple(chart.kind["figure"]),
        signals=tuple(chart.signal["figure"]),
        verdict=str(now.variation) if points >= ENOUGH_POINTS else "cannot tell",
        signal=str(now.signal),
        assurance=str(now.assurance) if points >= ENOUGH_POINTS else "",
        points=points,
        caution=caution,
    )


def of_counts(
    events: pd.Series, size: pd.Series | None, polarity: str, single: Reading
) -> Reading:
    """The same read off a chart of counts, or of rates with their base."""
    chart = count_chart(
        events, exposure=size, limits="exact" if size is None else "laney"
    )
    months = chart.months.reindex(events.index)
    kinds = tuple(
        kind_of(signal, value, polarity)
        for signal, value in zip(months["signal"], months["value"], strict=True)
    )
    enough = single.points >= ENOUGH_POINTS
    return Reading(
        kind="small counts" if size is None else "rates",
        mean=chart.centre,
        lower=tuple(months["lower"].fillna(0.0)),
        upper=tuple(months["upper"]),
        kinds=kinds,
        signals=tuple("outside" if each else "" for each in months["signal"]),
        verdict=(kinds[-1] or "cannot tell") if enough else "cannot tell",
        signal="outside" if months["signal"].iloc[-1] else "",
        assurance="",
        points=single.points,
        caution=single.caution or (chart.cautions[0] if chart.cautions else ""),
    )


def kind_of(signal: object, value: float, polarity: str) -> str:
    if np.isnan(value):
        return ""
    if signal not in ("high", "low"):
        return "common cause"
    if polarity == "neither":
        return str(signal)
    return "improvement" if (signal == "high") == (polarity == "up") else "concern"
