"""Targets for a share that a survey measures: points or percent, and what shows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import normal_point
from saferplan.methods.proportions import (
    check_design_effect,
    check_proportion,
    survey_change,
)
from saferplan.methods.target_share_chance import (
    USUAL_DRIFT,
    ShareChance,
    share_chance,
)


@dataclass(frozen=True)
class ShareExplained:
    """
    Shares from 0 to 1; differences in points of share: 0.05 is five points.

    points           from baseline to target
    percent          the same as a share of the baseline
    points_a_year    on a straight line
    if_percent       what the promise comes to, read as a share of the baseline
    if_points        ... read as points; both missing without a promise
    change           from baseline to now; missing, as the next three, without a now
    lower, upper     limits of the change
    verdict          of the change: "real change", "within chance" or "cannot tell"
    smallest_change  the smallest change two such samples can tell from chance
    chance           that the survey will show the target met, if nothing new is done;
                     none if it is not known how many years are left
    cautions         in words
    """

    baseline: float
    target: float
    points: float
    percent: float
    points_a_year: float
    if_percent: float
    if_points: float
    change: float
    lower: float
    upper: float
    verdict: str
    smallest_change: float
    chance: ShareChance | None
    cautions: tuple[str, ...]


def explain_share(
    baseline: float,
    target: float,
    *,
    asked: float,
    years: int,
    now: float | None = None,
    asked_now: float | None = None,
    promised: float | None = None,
    years_left: float | None = None,
    drift: float = USUAL_DRIFT,
    design_effect: float = 1.0,
    confidence: float = 0.95,
) -> ShareExplained:
    """
    Return what a target for a surveyed share asks, and whether its survey can tell.

    baseline, target  the share who agree, 0 to 1
    asked, asked_now  people asked for the baseline, and now (the same, if not said)
    years             from baseline to target, 1 or more
    now               the newest share, if there is one
    promised          a promise in per cent, as a share: 0.2 for "20% more"
    years_left        from now to the target, for its chance; all of them without a now
    drift             how much the share moves in a year (see share_chance)
    design_effect     how much clustering and weighting widen the doubt

    Raises MethodError for shares outside 0 to 1, nobody asked, no years, or a baseline
    of nothing.

    Source: the normal approximation for independent samples, as in survey_change.

    >>> found = explain_share(0.62, 0.75, asked=400, years=4, now=0.67, promised=0.2)
    >>> round(found.if_percent, 3), round(found.if_points, 2), found.verdict
    (0.744, 0.82, 'within chance')
    """
    check_proportion(pd.Series([baseline, target, baseline if now is None else now]))
    check_design_effect(design_effect)
    again = asked if asked_now is None else asked_now
    if min(asked, again) <= 0 or years < 1 or baseline == 0:
        raise MethodError(
            "A target for a share needs people asked, a year or more to reach it, and "
            "a baseline above 0."
        )

    def one(number: float) -> pd.Series:
        return pd.Series([float(number)])

    seen = survey_change(
        one(baseline),
        one(np.nan if now is None else now),
        asked_before=one(asked),
        asked_after=one(again),
        design_effect=design_effect,
        confidence=confidence,
    ).iloc[0]
    doubt = baseline * (1 - baseline) * design_effect * (1 / asked + 1 / again)
    said = np.nan if promised is None else promised
    smallest = normal_point(confidence) * float(np.sqrt(doubt))
    points = target - baseline
    left = years if now is None and years_left is None else years_left
    return ShareExplained(
        baseline=baseline,
        target=target,
        points=points,
        percent=points / baseline,
        points_a_year=points / years,
        if_percent=baseline * (1 + said),
        if_points=baseline + said,
        change=float(seen["difference"]),
        lower=float(seen["lower"]),
        upper=float(seen["upper"]),
        verdict=str(seen["verdict"]),
        smallest_change=smallest,
        chance=(
            None
            if left is None
            else share_chance(
                baseline if now is None else now,
                target,
                asked=asked if now is None else again,
                years=left,
                asked_then=again,
                drift=drift,
                design_effect=design_effect,
                better="up" if target >= baseline else "down",
            )
        ),
        cautions=cautions(points / years, smallest, seen["caution"]),
    )


def cautions(a_year: float, smallest: float, survey: str) -> tuple[str, ...]:
    said = [survey]
    if abs(a_year) < smallest:
        said.append(
            "A year's step on the way is smaller than this survey can tell from chance."
        )
    return tuple(said)
