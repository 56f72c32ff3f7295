"""The colour a contract gives a figure. It knows nothing of chance."""

from typing import Literal

Rating = Literal["green", "amber", "red", ""]


def rating_of(
    value: float | None,
    *,
    polarity: str,
    green_from: float | None,
    amber_from: float | None,
) -> Rating:
    """
    Return the colour of a figure by the agreed thresholds; "" where either is missing.

    >>> rating_of(72, polarity="up", green_from=75, amber_from=70)
    'amber'
    >>> rating_of(72, polarity="down", green_from=75, amber_from=80)
    'green'
    """
    if value is None or green_from is None or amber_from is None:
        return ""
    way = -1 if polarity == "down" else 1
    if way * value >= way * green_from:
        return "green"
    return "amber" if way * value >= way * amber_from else "red"
