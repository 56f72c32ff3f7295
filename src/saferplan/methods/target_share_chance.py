"""
How likely a survey is to show a target met, if opinion drifts as it has drifted.

Two things stand between today's figure and the target's: the share itself may move, and
a survey shows it through a sample. A small sample can meet a target by luck, and miss
one that was reached.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import expit, logit, ndtr, ndtri

from saferplan.errors import MethodError
from saferplan.methods.proportions import check_design_effect, check_proportion

# Shares of Londoners who think well of the police changed so much a year from 2014 to
# 2023, in log odds and beyond their samples: 0.2 in a borough, 0.13 in London.
USUAL_DRIFT = 0.2


@dataclass(frozen=True)
class ShareChance:
    """
    probability   that the survey's figure meets the target
    truly         that the share itself does, whatever the survey shows
    lower, upper  between which four in five figures of that survey would lie
    by_luck       that the survey's figure meets the target where the share is only what
                  it is today
    """

    probability: float
    truly: float
    lower: float
    upper: float
    by_luck: float


def share_chance(
    now: float,
    target: float,
    *,
    asked: float,
    years: float,
    asked_then: float | None = None,
    drift: float = USUAL_DRIFT,
    design_effect: float = 1.0,
    better: Literal["up", "down"] = "up",
) -> ShareChance:
    """
    Return the chance that a surveyed share meets its target, if nothing new is done.

    now, target  shares, above 0 and below 1
    asked        people asked for `now`
    years        from now to the survey that the target is judged by
    asked_then   people asked in that survey; as many as now, if not said
    drift        by how much the share moves in a year, one way or the other, as a
                 standard deviation in log odds: at a half, 0.2 is five points
    design_effect  how much clustering and weighting widen the doubt

    The share is as likely to rise as to fall: there is no trend in it.

    Raises MethodError for a share that is not between 0 and 1, nobody asked, a drift
    below 0, or years below 0.

    It knows nothing of what will be done to win confidence, nor of another way of
    asking: a change from faces to telephones moved figures by more than a year did.

    Source: a random walk of the log odds, and the normal approximation of a sample's.

    >>> found = share_chance(0.62, 0.67, asked=400, years=1)
    >>> round(found.probability, 2), round(found.by_luck, 2)
    (0.19, 0.02)
    """
    check_proportion(pd.Series([now, target]))
    check_design_effect(design_effect)
    then = asked if asked_then is None else asked_then
    if not (0 < now < 1 and 0 < target < 1) or min(asked, then) <= 0:
        raise MethodError(
            "A chance needs people asked, and shares above 0 and below 1: there are "
            "no odds of nobody and of everybody."
        )
    if drift < 0 or years < 0 or better not in ("up", "down"):
        raise MethodError(
            f"Years and drift are 0 or more, and better is up or down; not {years:g}, "
            f"{drift:g} and {better!r}."
        )
    middle, goal = float(logit(now)), float(logit(target))
    seen = design_effect / (asked * now * (1 - now))
    shown = design_effect / (then * now * (1 - now))
    moved = years * drift**2
    side = 1 if better == "up" else -1

    def meets(variance: float) -> float:
        if variance == 0:
            return float(side * (middle - goal) >= 0)
        return float(ndtr(side * (middle - goal) / np.sqrt(variance)))

    reach = float(ndtri(0.9) * np.sqrt(seen + moved + shown))
    return ShareChance(
        probability=meets(seen + moved + shown),
        truly=meets(seen + moved),
        lower=float(expit(middle - reach)),
        upper=float(expit(middle + reach)),
        by_luck=meets(shown),
    )
