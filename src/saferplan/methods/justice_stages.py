"""
Where along the path from stop to custody two groups part: the relative rate index.

At each stage only those who reached the one before can go on, so each ratio shows what
that stage adds. A ratio near 1 at every stage does not make the first one right.
"""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.disproportionality import REFERENCE, check_reference
from saferplan.methods.intervals import Numbers, normal_point
from saferplan.methods.proportions import LEAST_ASKED, LEAST_PEOPLE


def relative_rates(
    reached: pd.DataFrame,
    *,
    reference: str = REFERENCE,
    of: Mapping[str, str] | None = None,
    events: Collection[str] = (),
    least: int = LEAST_PEOPLE,
    base: int = LEAST_ASKED,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """
    Return, stage by stage, how likely each group is to go on, over the reference group.

    reached    one row per stage in order, residents or stops first, one column per
               group; people, and whole numbers
    of         {stage: the stage it is counted from} where that is not the row before:
               {"remand": "charge"}
    events     stages that count events and not people, of which one person can have
               several: stops per resident, say
    least      a number of people under this, and not none, is not shown, nor what
               would give it away at the next stage
    base       people at risk under which there is no rate

    One row per stage after the first and group but the reference: `stage`, `before`,
    `group`, `reached`, `at_risk`, `rate`, `reference_rate`; `ratio` with `lower` and
    `upper` (the group's rate over the reference's), `turned` with limits (the
    reference's over the group's), `spared` with limits (the rates of not going on, one
    over the other); `so_far` (the ratio from the first row to here); `explain` (the
    limits of `ratio` leave out 1, either way) and `caution`.

    Raises MethodError without two stages, for an unknown stage or reference, a count
    that is missing or negative, or more people at a stage than reached the one before.

    Twice as likely to be charged and 0.9 times as likely to be spared are one fact told
    from two sides, and neither is the other upside down: show both. A ratio does not
    allow for the offence, the record or the plea, which earlier stages may have shaped.

    Source: Feyerherm and Butts (2002) for the US Office of Juvenile Justice; Lammy
    Review (2017); limits of a risk ratio, Katz and others (1978).

    >>> reached = pd.DataFrame({"Black": [200, 60], "White": [400, 80]},
    ...                        index=["arrest", "charge"])
    >>> found = relative_rates(reached).iloc[0]
    >>> found[["rate", "ratio", "turned", "spared"]].astype(float).round(3).tolist()
    [0.3, 1.5, 0.667, 0.875]
    """
    feeders = check_stages(reached, reference, of or {}, events)
    people = numbers_of(reached)
    first, groups = str(reached.index[0]), [str(group) for group in reached.columns]
    hidden: set[tuple[str, str]] = set()
    rows = []
    for stage, before in feeders.items():
        b, m = people[stage, reference], people[before, reference]
        counted = stage not in events
        for group in groups:
            if group == reference:
                continue
            a, n = people[stage, group], people[before, group]
            why = withheld(a, n, b, m, least, base, counted=counted)
            if why and n >= base:
                hidden.add((stage, group))
            elif (before, group) in hidden:
                # Those at risk here are those that were hidden there.
                why = f"Not shown, because {before} is not."
            row = rates(a, n, b, m, confidence, counted=counted)
            row["so_far"] = ratio_with_limits(
                a, people[first, group], b, people[first, reference], confidence
            )[0]
            if why:
                row = dict.fromkeys(row, np.nan)
            rows.append(
                {"stage": stage, "before": before, "group": group}
                | row
                | {"explain": row["lower"] > 1 or row["upper"] < 1, "caution": why}
            )
    return pd.DataFrame(rows)


def numbers_of(reached: pd.DataFrame) -> dict[tuple[str, str], float]:
    """The people at each stage, by stage and group."""
    values = reached.to_numpy(dtype=float)
    return {
        (str(stage), str(group)): float(values[i, j])
        for i, stage in enumerate(reached.index)
        for j, group in enumerate(reached.columns)
    }


def rates(
    a: float, n: float, b: float, m: float, confidence: float, *, counted: bool
) -> dict[str, float]:
    """The rates of two groups, a of n and b of m, and their ratios from each side."""
    ratio, lower, upper = ratio_with_limits(a, n, b, m, confidence, events=not counted)
    spared = (np.nan, np.nan, np.nan)
    if counted:
        spared = ratio_with_limits(n - a, n, m - b, m, confidence)
    row = {
        "reached": a,
        "at_risk": n,
        "rate": a / n if n else np.nan,
        "reference_rate": b / m if m else np.nan,
        "ratio": ratio,
        "lower": lower,
        "upper": upper,
        "turned": 1 / ratio if ratio else np.inf,
        "turned_lower": 1 / upper,
        "turned_upper": 1 / lower,
    }
    names = ["spared", "spared_lower", "spared_upper"]
    return row | dict(zip(names, spared, strict=True))


def ratio_with_limits(
    a: float,
    n: float,
    b: float,
    m: float,
    confidence: float,
    *,
    events: bool = False,
) -> tuple[float, float, float]:
    """(a/n)/(b/m) with log-normal limits, of people; or of events."""
    point = normal_point(confidence)
    if not (n and m) or (a == 0 and b == 0):
        return np.nan, np.nan, np.nan
    if a == 0 or b == 0:
        # Nobody on one side: the ratio is nought or without bound, its limits unknown.
        return (0.0 if a == 0 else np.inf), np.nan, np.nan
    ratio = (a / n) / (b / m)
    variance = 1 / a + 1 / b - (0 if events else 1 / n + 1 / m)
    reach = float(np.exp(point * np.sqrt(max(variance, 0))))
    return ratio, ratio / reach, ratio * reach


def withheld(
    a: float, n: float, b: float, m: float, least: int, base: int, *, counted: bool
) -> str:
    """Why nothing is shown of a group at a stage; "" if it may be."""
    if n < base or m < base:
        return f"Fewer than {base} people at risk: no rate is shown."
    left = [n - a, m - b] if counted else []
    if any(0 < each < least for each in [a, b, *left]):
        return f"Fewer than {least} people: not shown."
    return ""


def stage_bounds(
    reached: pd.DataFrame,
    unknown: pd.Series,
    *,
    reference: str = REFERENCE,
    of: Mapping[str, str] | None = None,
    least: int = LEAST_PEOPLE,
    base: int = LEAST_ASKED,
) -> pd.DataFrame:
    """
    Return how far people of unknown group could move each stage's ratio.

    reached  as in relative_rates, people at every stage
    unknown  people at each stage whose group is not known; same index

    Columns `stage`, `group`, `lowest`, `ratio`, `highest` and `unknown_share`, of those
    at risk. Highest: every unknown person who went on was of the group, and everyone
    else of the reference; lowest, the other way round. The truth lies between.

    Raises MethodError as relative_rates, or if more unknown people go on than come.

    >>> reached = pd.DataFrame({"Black": [200, 60], "White": [400, 80]},
    ...                        index=["arrest", "charge"])
    >>> unknown = pd.Series({"arrest": 40, "charge": 20})
    >>> stage_bounds(reached, unknown)[["lowest", "ratio", "highest"]].round(2).values
    array([[1.15, 1.5 , 1.91]])
    """
    feeders = check_stages(reached, reference, of or {}, ())
    if not unknown.index.equals(reached.index):
        raise MethodError("The unknown need a number for each stage, in that order.")
    people = numbers_of(reached)
    at = {str(stage): float(number) for stage, number in unknown.items()}
    rows = []
    for stage, before in feeders.items():
        gone, come = at[stage], at[before]
        if not 0 <= gone <= come:
            raise MethodError(
                f"{gone:g} people of unknown group at {stage} cannot come from "
                f"{come:g} at {before}."
            )
        b, m = people[stage, reference], people[before, reference]
        known = sum(number for (where, _), number in people.items() if where == before)
        for group in map(str, reached.columns):
            if group == reference:
                continue
            a, n = people[stage, group], people[before, group]
            ways = [
                (a, n + come - gone, b + gone, m + gone),
                (a, n, b, m),
                (a + gone, n + gone, b, m + come - gone),
            ]
            if withheld(a, n, b, m, least, base, counted=True):
                found = [np.nan] * 3
            else:
                found = [ratio_with_limits(*way, 0.95)[0] for way in ways]
            names = ["lowest", "ratio", "highest"]
            rows.append(
                {"stage": stage, "group": group}
                | dict(zip(names, found, strict=True))
                | {"unknown_share": come / (come + known) if come + known else 0.0}
            )
    return pd.DataFrame(rows)


def check_stages(
    reached: pd.DataFrame,
    reference: str,
    of: Mapping[str, str],
    events: Collection[str],
) -> dict[str, str]:
    """Return the stage that feeds each stage, if the counts can be what they say."""
    check_reference(reached.columns, reference)
    stages = [str(stage) for stage in reached.index]
    if len(stages) < 2 or len(set(stages)) < len(stages):
        raise MethodError(
            "There must be two stages or more, each with a name of its own."
        )
    if strays := sorted({*of, *of.values(), *events} - set(stages)):
        raise MethodError(
            f"There is no stage {', '.join(strays)}. There are: {', '.join(stages)}."
        )
    values: Numbers = reached.to_numpy(dtype=float)
    if not (values >= 0).all():
        raise MethodError("Every stage needs a count of zero or more for every group.")
    feeders = {stage: of.get(stage, stages[at]) for at, stage in enumerate(stages[1:])}
    for stage, before in feeders.items():
        over = reached.columns[(reached.loc[stage] > reached.loc[before]).to_numpy()]
        if len(over) and stage not in events:
            raise MethodError(
                f"More people of {', '.join(map(str, over))} reached {stage} than "
                f"{before}. If one person can count twice, say that it counts events."
            )
    return feeders
