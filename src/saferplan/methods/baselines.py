"""
What a target is measured from, and what that choice does by itself.

A baseline is a few years' counts, so it has doubt; and the way the years were chosen
can make a fall appear where nothing changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from saferplan.errors import MethodError
from saferplan.methods.count_chances import at_most
from saferplan.methods.intervals import Numbers, count_limits

BaselineRule = Literal["mean", "last", "worst"]

RULES: dict[str, str] = {
    "mean": "the mean of the years",
    "last": "the last year alone",
    "worst": "the worst of the years",
}
ENOUGH_YEARS = 3


@dataclass(frozen=True)
class Baseline:
    """
    value           offences a year
    lower, upper    limits for what lies behind it, by chance alone
    rule            how it was made of the years: "mean", "last" or "worst"
    years           how many years were given
    false_fall      how often a fall of a fifth from it would appear in the next year,
                    if nothing had changed (a share: 0.1 is one time in ten)
    false_change    the mean change that would appear, if nothing had changed (a share)
    cautions        in words
    """

    value: float
    lower: float
    upper: float
    rule: BaselineRule
    years: int
    false_fall: float
    false_change: float
    cautions: tuple[str, ...]


def baseline(
    yearly: Sequence[float],
    *,
    rule: BaselineRule = "mean",
    dispersion: float = 1.0,
    confidence: float = 0.95,
) -> Baseline:
    """
    Return a baseline from one or more years, with its doubt and what it does by itself.

    yearly      offences in each year, oldest first; all known
    rule        "mean" of the years, the "last" of them, or the "worst" (the highest)
    dispersion  how many times more yearly counts vary than Poisson counts would

    The limits of the worst year are those of that year's own count; they do not make up
    for its having been picked. With one year all three rules are the same.

    Raises MethodError if no year is given, or one is missing, negative or infinite.

    A baseline says what was recorded. It does not say that recording was then as now.

    Source: Byar's limits (see saferplan.methods.intervals) on counts divided by the
    dispersion.

    >>> found = baseline([411_033])
    >>> found.value, round(found.lower), round(found.upper)
    (411033.0, 409777, 412292)
    >>> found.cautions
    ('One year alone: a year by itself says little of what is usual.',)
    """
    years = check_years(yearly, dispersion)
    used = {"mean": years, "last": years[-1:], "worst": years[[years.argmax()]]}
    if rule not in used:
        raise MethodError(
            f"There is no baseline called {rule!r}. Choose one of: {', '.join(used)}."
        )
    total, count = used[rule].sum(), len(used[rule])
    lower, upper = count_limits([total / dispersion], confidence=confidence)
    value = float(total / count)
    false_fall, false_change = what_chance_does(
        value, rule=rule, years=len(years), dispersion=dispersion
    )
    return Baseline(
        value=value,
        lower=float(lower[0] * dispersion / count),
        upper=float(upper[0] * dispersion / count),
        rule=rule,
        years=len(years),
        false_fall=false_fall,
        false_change=false_change,
        cautions=tuple(cautions(years, rule)),
    )


def cautions(years: Numbers, rule: BaselineRule) -> list[str]:
    said = []
    if len(years) == 1:
        said.append("One year alone: a year by itself says little of what is usual.")
    elif rule == "worst":
        said.append(
            f"The worst of {len(years)} years: the next year is usually lower, with "
            f"nothing done."
        )
    elif rule == "last" and years[-1] == years.max():
        said.append(
            f"The last year is the highest of the {len(years)} given: some of a fall "
            f"from it would have come by itself."
        )
    if 1 < len(years) < ENOUGH_YEARS and rule == "mean":
        said.append(f"{len(years)} years: {ENOUGH_YEARS} or more steady a baseline.")
    return said


def what_chance_does(
    mean: float,
    *,
    rule: BaselineRule = "last",
    years: int = 1,
    dispersion: float = 1.0,
    fall: float = 0.2,
) -> tuple[float, float]:
    """
    Return how often a fall appears, and the mean change, where nothing has changed.

    mean        offences a year, in every year
    rule        how the baseline is made of the years before; see baseline
    years       how many
    dispersion  variance over mean of a year's count; the counts are negative binomial,
                or Poisson at 1
    fall        the fall that is looked for, as a share

    Worked out exactly, not simulated. A mean of nothing can fall no further: 0 and 0.

    Raises MethodError for a mean below 0, no years, or a dispersion under 1.

    >>> often, change = what_chance_does(200, rule="worst", years=3, dispersion=3)
    >>> round(often, 2), round(change, 3)
    (0.21, -0.088)
    """
    if mean < 0 or years < 1 or dispersion < 1:
        raise MethodError(
            f"A mean of 0 or more, a year or more and a dispersion of 1 or more are "
            f"needed, not {mean:g}, {years} and {dispersion:g}."
        )
    if mean == 0:
        return 0.0, 0.0
    spread = 12 * np.sqrt(mean * dispersion)
    # Beyond some width whole numbers no longer matter: a grid is as good.
    step = max(1, int(spread / 2_000))
    seen = np.arange(max(0, int(mean - spread)) // step * step, mean + spread, step)
    if rule == "mean":
        seen = np.arange(seen[0] * years, seen[-1] * years + 1, step)
        below = at_most(seen, mean * years, dispersion)
        before = seen / years
    else:
        below = at_most(seen, mean, dispersion) ** (years if rule == "worst" else 1)
        before = seen.astype(float)
    chance = np.diff(below, prepend=0.0)
    low_enough = at_most(np.floor((1 - fall) * before + 1e-9), mean, dispersion)
    known = before > 0
    often = float((chance * low_enough)[known].sum())
    change = float((chance[known] * (mean / before[known] - 1)).sum())
    return often, change


def check_years(yearly: Sequence[float], dispersion: float) -> Numbers:
    years = np.asarray(yearly, dtype=float)
    if years.size == 0 or not ((years >= 0) & np.isfinite(years)).all():
        raise MethodError(
            "A baseline needs the counts of one or more whole years, none missing and "
            "none negative. Leave out a year that is not wholly known."
        )
    if dispersion < 1:
        raise MethodError("A dispersion is 1 or more: 1 for independent events.")
    return years
