"""What a control chart says of an indicator."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from saferplan.methods.false_alarms import FalseAlarms

LEAST_POINTS = 8  # below, chance of a false alarm is not worked out
MOST_POINTS = 120
KINDS = {
    "single values": "XmR chart: the ordinary ups and downs are taken from the series "
    "itself",
    "small counts": "c-chart with exact limits: the counts are small, and chance alone "
    "sets the limits",
    "rates": "u′-chart: the limits allow for how many each rate is out of",
}


@dataclass(frozen=True)
class Reading:
    """
    What the chart says of each period, in order; missing ones as nan or "".

    kind     one of KINDS
    verdict  of the newest period: "common cause", "improvement", "concern", "high",
             "low", or "cannot tell" where it has no figure or there are too few
    signal   the rule by which: "outside", "shift", "trend", "two in three", or ""
    """

    kind: str
    mean: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    kinds: tuple[str, ...]
    signals: tuple[str, ...]
    verdict: str
    signal: str
    assurance: str
    points: int
    caution: str


@lru_cache(maxsize=2_000)  # the same figures stand in the list, the sheet and the pack
def read_chart(
    values: tuple[float | None, ...],
    sizes: tuple[float | None, ...] | None,
    *,
    polarity: str,
    counts: bool,
    target: float | None,
    most: float | None,
) -> Reading | None:
    """
    Read the chart of a series; None with fewer than two figures.

    values  one for each period, None for one without a figure
    sizes   what rates are out of, in their own unit of so many; None for other figures
    counts  whether the values are counts of events
    most    what no figure can be above, such as 100%; None where there is no such thing
    """
    # The engine of statistics is slow to import, and most pages do without it.
    from saferplan.web.performance.charting import reading_of

    return reading_of(
        values, sizes, polarity=polarity, counts=counts, target=target, most=most
    )


@lru_cache(maxsize=64)
def alarms_on_a_page(indicators: int, points: int) -> "FalseAlarms":
    """The false alarms to expect on a page of so many charts of so many points."""
    from saferplan.methods.false_alarms import false_alarms

    return false_alarms(indicators, points=min(max(points, LEAST_POINTS), MOST_POINTS))
