"""The chance of belonging to the first of two groups, by logistic regression."""

from typing import Literal

import numpy as np
from scipy.special import expit

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers

STEPS = 60
FAR = 30.0  # a logit beyond which a chance is 0 or 1 to a computer


def chances(
    values: Numbers, first: int, *, scale: Literal["logit", "share"] = "logit"
) -> Numbers:
    """
    Return the score of each row: the chance of being among the first, or its logit.

    values  a row per person, a column per variable; the first `first` are the group

    Raises MethodError if the variables tell the two groups apart entirely, so that no
    chance lies between 0 and 1.

    Source: McCullagh and Nelder (1989), 4.4: weighted least squares, repeated.

    >>> values = np.array([[1.0], [3.0], [2.0], [4.0]])
    >>> chances(values, 2, scale="share").round(3).tolist()
    [0.796, 0.388, 0.612, 0.204]
    """
    if scale not in ("logit", "share"):
        raise MethodError(f"scale must be logit or share, not {scale!r}.")
    spread = values.std(axis=0)
    spread[spread == 0] = 1.0
    x = np.column_stack([np.ones(len(values)), (values - values.mean(axis=0)) / spread])
    belongs = np.zeros(len(values))
    belongs[:first] = 1.0
    told = np.zeros(x.shape[1])
    for _step in range(STEPS):
        logit = x @ told
        chance = expit(logit)
        weight = np.sqrt(np.maximum(chance * (1 - chance), 1e-12))
        aim = weight * logit + (belongs - chance) / weight
        # Words make columns that add up to one another: the shortest answer will do.
        better = np.linalg.lstsq(x * weight[:, None], aim, rcond=1e-10)[0]
        moved = float(np.abs(better - told).max())
        told = better
        if np.abs(x @ told).max() > FAR:
            raise MethodError(
                "The columns tell the group and the pool apart entirely, so nobody in "
                "one is like anybody in the other. Leave out the column that does."
            )
        if moved < 1e-10:
            break
    logit = np.asarray(x @ told)
    return np.asarray(expit(logit)) if scale == "share" else logit
