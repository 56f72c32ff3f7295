"""Counts of events in each cell of a grid, in each month, quarter or year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.grid import Grid, cell_of
from saferplan.methods.snapped import cell_caution, places

Step = Literal["month", "quarter", "year"]
FREQUENCY = {"month": "M", "quarter": "Q", "year": "Y"}


@dataclass(frozen=True)
class StepCounts:
    """
    counts   one row per step, in order, and one column per cell of the grid
    outside  events in no cell, or in no step that was asked for
    caution  what the counts do not mean, or nothing
    """

    counts: pd.DataFrame
    outside: int
    caution: str


def step_counts(
    events: pd.DataFrame,
    grid: Grid,
    *,
    step: Step = "month",
    steps: Sequence[str] | None = None,
    publisher: str = "",
    exact: bool = False,
) -> StepCounts:
    """
    Return how many events fall in each cell in each step of time.

    events  one row each: `x` and `y` in metres on the grid's own plane, and `month`
            (2026-01) or `date` (2026-01-31)
    step    "month", "quarter" or "year"
    steps   those that were published, as 2026-01, 2026Q1 or 2026; if not given, all
            from the first event's to the last one's
    publisher, exact  as in grid_counts: moved places are refused below 250 m

    Raises MethodError if a place or a month is missing, places were moved and cells are
    narrower than 250 m, or a step between the first and the last has no event at all
    and `steps` does not say that it was published: a gap in the records is not a month
    without crime.

    The first and the last step count as whole ones. Leave out a month that has only
    begun.

    >>> from saferplan.methods.grid import grid_over
    >>> import shapely
    >>> grid = grid_over(shapely.box(0, 0, 1_000, 500), size=500)
    >>> events = pd.DataFrame({"x": [10, 700, 999], "y": [9, 9, 9]})
    >>> events["month"] = ["2026-01", "2026-01", "2026-02"]
    >>> step_counts(events, grid).counts.to_numpy().tolist()
    [[1, 1], [0, 1]]
    """
    caution = cell_caution(events, cell=grid.size, publisher=publisher, exact=exact)
    when = steps_of(events, step)
    number = cell_of(grid, *places(events))
    asked = known_steps(when, step, steps)
    row = asked.get_indexer(when)
    inside = (number >= 0) & (row >= 0)
    at = row[inside] * grid.within.size + number[inside]
    counted = np.bincount(at, minlength=len(asked) * grid.within.size)
    counts = pd.DataFrame(
        counted.reshape(len(asked), grid.within.size)[:, grid.cells],
        index=asked,
        columns=grid.cells,
    )
    outside = int(np.count_nonzero(~inside))
    if outside:
        lost = f"{outside:,} events lie outside the area or the time."
        caution = f"{lost} {caution}".strip()
    return StepCounts(counts=counts, outside=outside, caution=caution)


def steps_of(events: pd.DataFrame, step: Step) -> pd.PeriodIndex:
    """The step of each event."""
    told = next((name for name in ("month", "date") if name in events), None)
    if told is None:
        raise MethodError("The events have no column month or date. Give one: 2026-01.")
    text = events[told].astype(str)
    # The first seven letters of a date or a timestamp are its month.
    known = pd.to_datetime(text.str[:7], format="%Y-%m", errors="coerce")
    if lost := int(known.isna().sum()):
        raise MethodError(
            f"{lost} of {len(known)} events have no month that can be read. Write "
            f"2026-01, or leave them out and say how many they are."
        )
    return pd.PeriodIndex(known, freq=FREQUENCY[step])


def known_steps(
    when: pd.PeriodIndex, step: Step, steps: Sequence[str] | None
) -> pd.PeriodIndex:
    """The steps to count in."""
    if steps is not None:
        return pd.PeriodIndex(sorted(steps), freq=FREQUENCY[step]).unique()
    if len(when) == 0:
        raise MethodError("There are no events, so it is not known when to count.")
    found = pd.period_range(when.min(), when.max(), freq=FREQUENCY[step])
    if len(empty := found.difference(when)):
        some = ", ".join(map(str, empty[:3]))
        raise MethodError(
            f"No event at all in {some}: was that {step} published? If so, name all "
            f"that were in `steps`; if not, take a run without gaps."
        )
    return found
