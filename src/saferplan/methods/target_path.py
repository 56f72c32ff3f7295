"""
The way from a baseline to a target, year by year, and what a claim takes it to be.

A target of "20% in four years" leaves the years between open: 5, 10, 15 and 20 is one
path; the same share off each year is another. What they add up to differs.
"""

from math import floor, inf, log10
from typing import Literal

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.plurals import plural

Shape = Literal["linear", "compound"]

LINEAR, COMPOUND = "linear", "compound"


def target_path(
    baseline: float, target: float, *, years: int, shape: Shape = "linear"
) -> pd.DataFrame:
    """
    Return where each year should be on the way from a baseline to a target.

    baseline, target  in one unit: offences a year, or a share
    years             from the baseline's year to the target's, 1 or more
    shape             "linear": the same step each year; "compound": the same share of
                      the year before

    The result has a row per year, from 1, and columns `level`, `change` (share of the
    baseline), `fewer` (baseline less level) and `fewer_so_far` (added up over years).

    Raises MethodError for no years, an unknown shape, or a compound path that starts or
    ends at nothing.

    >>> target_path(100, 80, years=4, shape="compound")["level"].round(1).tolist()
    [94.6, 89.4, 84.6, 80.0]
    """
    check_years(years)
    step = np.arange(1, years + 1) / years
    if shape == LINEAR:
        level = baseline + (target - baseline) * step
    elif shape == COMPOUND:
        level = baseline * (1 + yearly_change(baseline, target, years=years)) ** (
            step * years
        )
    else:
        raise MethodError(
            f"There is no path called {shape!r}. Choose linear or compound."
        )
    fewer = baseline - level
    return pd.DataFrame(
        {
            "level": level,
            "change": level / baseline - 1 if baseline else np.nan,
            "fewer": fewer,
            "fewer_so_far": fewer.cumsum(),
        },
        index=pd.RangeIndex(1, years + 1, name="year"),
    )


def yearly_change(baseline: float, target: float, *, years: int) -> float:
    """
    Return the change a year, the same share each year, that leads to a target.

    >>> round(100 * yearly_change(411_033, 328_826, years=4), 2)
    -5.43
    """
    check_years(years)
    if baseline <= 0 or target <= 0:
        raise MethodError(
            "The same share each year never arrives at nothing, nor leaves it. "
            "Use a linear path."
        )
    return float((target / baseline) ** (1 / years) - 1)


def which_path(
    claimed: float, baseline: float, target: float, *, years: int
) -> pd.DataFrame:
    """
    Return what each path adds up to, and which of them gives a published claim.

    claimed  how many fewer (or more) in all, as published: 250,000

    The result has a row per path ("linear", "compound", "held for 1 year", ... "held
    for N years": all of it reached at once and kept), nearest first, with columns
    `fewer` (in all; more, if the target is above the baseline), `off` (share of the
    claim) and `gives` (true if it rounds, or is cut, to the claim with the claim's own
    number of figures).

    Raises MethodError if the claim is not above nothing or the target is the baseline.

    That a path gives a number does not show that its authors meant it.

    >>> found = which_path(250_000, 411_033, 328_826.4, years=4)
    >>> found["fewer"].round().loc[["linear", "compound", "held for 3 years"]].tolist()
    [205516.0, 211244.0, 246620.0]
    >>> found.index[found["gives"]].tolist()
    ['held for 3 years']
    """
    if not 0 < claimed < inf:
        raise MethodError("A claim is how many fewer or more in all: above nothing.")
    if baseline == target:
        raise MethodError("The target is the baseline: there is no way to go.")
    totals = {
        shape: float(path["fewer_so_far"].iloc[-1])
        for shape, path in paths(baseline, target, years).items()
    }
    for held in range(1, years + 1):
        name = f"held for {plural(held, 'year')}"
        totals[name] = held * (baseline - target)
    fewer = pd.Series(totals).abs()
    off = fewer / claimed - 1
    found = pd.DataFrame(
        {
            "fewer": fewer,
            "off": off,
            "gives": [same_as_said(number, claimed) for number in fewer],
        }
    )
    return found.loc[off.abs().sort_values(kind="stable").index]


def paths(baseline: float, target: float, years: int) -> dict[str, pd.DataFrame]:
    """Every path there is; a compound one only where it exists."""
    found = {LINEAR: target_path(baseline, target, years=years)}
    if baseline > 0 and target > 0:
        found[COMPOUND] = target_path(baseline, target, years=years, shape="compound")
    return found


def same_as_said(number: float, claimed: float) -> bool:
    """
    Say whether a number rounds, or is cut, to a claim with the claim's own figures.

    >>> same_as_said(246_620, 250_000), same_as_said(75_630, 75_000)
    (True, True)
    >>> same_as_said(211_244, 250_000)
    False
    """
    if number <= 0:
        return False
    figures = len(f"{claimed:.0f}".rstrip("0")) if claimed >= 1 else 2
    unit = 10 ** (floor(log10(number)) - figures + 1)
    return claimed in (round(number / unit) * unit, floor(number / unit) * unit)


def check_years(years: int) -> None:
    if years < 1:
        raise MethodError("A path takes a year or more from baseline to target.")
