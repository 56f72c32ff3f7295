"""
Limits for counts and for shares, on which the other methods stand.

Plain NumPy in and out: an array of lower limits and an array of upper limits.
"""

import numpy as np
import numpy.typing as npt

from saferplan.errors import MethodError

Numbers = npt.NDArray[np.float64]

# Byar's approximation is within a hundredth of the exact limit from here up.
BYAR_FROM = 10


def normal_point(confidence: float) -> float:
    """The point of the normal curve for two-sided limits: 1.96 for 0.95."""
    # Brought in where it is used: a sixth of a second that a first answer can spare.
    from scipy.special import ndtri

    if not 0 < confidence < 1:
        raise MethodError(
            f"Confidence must lie between 0 and 1, and {confidence} does not. "
            f"Write 0.95 for 95%."
        )
    return float(ndtri(1 - (1 - confidence) / 2))


def count_limits(
    counts: npt.ArrayLike, *, confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """
    Return limits for the mean behind each count, if counts vary as Poisson does.

    counts  whole numbers, none negative; a missing one has missing limits

    From 10 upwards by Byar's formula, below that exactly.

    Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, p. 69;
    Garwood (1936), doi:10.1093/biomet/28.3-4.437.

    >>> lower, upper = count_limits([0, 65])
    >>> lower.round(3).tolist(), upper.round(3).tolist()
    ([0.0, 50.163], [3.689, 82.849])
    """
    from scipy.special import gammaincinv

    x = np.asarray(counts, dtype=float)
    if (x < 0).any():
        raise MethodError("A count cannot be negative.")
    z = normal_point(confidence)
    tail = (1 - confidence) / 2
    base = np.maximum(x, 1)  # Byar's own formula is not used below 10
    byar_lower = x * (1 - 1 / (9 * base) - z / (3 * np.sqrt(base))) ** 3
    byar_upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    # A mean of nought has no gamma distribution; the lower limit there is zero.
    exact_lower = np.where(x == 0, 0.0, gammaincinv(base, tail))
    exact_upper = gammaincinv(x + 1, 1 - tail)
    small = x < BYAR_FROM
    return (
        np.where(small, exact_lower, byar_lower),
        np.where(small, exact_upper, byar_upper),
    )


def share_limits(
    part: npt.ArrayLike,
    whole: npt.ArrayLike,
    *,
    confidence: float = 0.95,
    point: npt.ArrayLike | None = None,
) -> tuple[Numbers, Numbers]:
    """
    Return Wilson's score limits for each share part / whole, between 0 and 1.

    part, whole  counts, or counts divided by a design effect; 0 <= part <= whole
    point        the multiple of the standard error, where it is not the normal one

    A whole of zero says nothing: its limits are missing.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.

    >>> lower, upper = share_limits([252], [400])
    >>> lower.round(4).tolist(), upper.round(4).tolist()
    ([0.5817], [0.6759])
    """
    x = np.asarray(part, dtype=float)
    n = np.asarray(whole, dtype=float)
    if ((x < 0) | (x > n)).any():
        raise MethodError("A part must be between zero and its whole.")
    z = normal_point(confidence) if point is None else np.asarray(point, dtype=float)
    n = np.where(n > 0, n, np.nan)
    p = x / n
    middle = p + z**2 / (2 * n)
    reach = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    scale = 1 + z**2 / n
    # Rounding can carry a limit a hair outside 0 and 1, and all or none a hair inside.
    return (
        np.where(x == 0, 0 * n, np.clip((middle - reach) / scale, 0, 1)),
        np.where(x == n, n / n, np.clip((middle + reach) / scale, 0, 1)),
    )
