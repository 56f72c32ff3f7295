"""The limits of a share."""

from functools import lru_cache

from saferplan.methods.intervals import share_limits


@lru_cache(maxsize=2_000)
def limits_of_share(many: float, out_of: float) -> tuple[float, float]:
    """
    Wilson's limits of a share, from 0 to 1.

    >>> [round(each, 3) for each in limits_of_share(252, 400)]
    [0.582, 0.676]
    """
    lower, upper = share_limits([many], [out_of])
    return float(lower[0]), float(upper[0])
