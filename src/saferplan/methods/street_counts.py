"""
Counts on street segments and at places, and how few of them hold most of the crime.

Cells cut streets anyhow. Where places are exact, an event can be given to the segment
it lies on or to the nearest of some places: licensed premises, stations, car parks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from saferplan.errors import MethodError
from saferplan.methods.grid import Whole
from saferplan.methods.intervals import Numbers
from saferplan.methods.snapped import places, refuse_snapped

HELD = (0.25, 0.5)
TIMES = 199


@dataclass(frozen=True)
class StreetCounts:
    """
    segments  per segment: `metres`, `count`, `per_km`
    held      per share of the events (a quarter, a half): `segments` that hold it, the
              fewest that do, `share` (of all segments), and `by_chance` (that share if
              as many events fell anywhere along the streets, as a mean over draws)
    too_far   events further than `within` from every segment; they are in no count
    tied      events as near to two segments or more, as at a corner
    caution   what the counts do not mean, or nothing
    """

    segments: pd.DataFrame
    held: pd.DataFrame
    too_far: int
    tied: int
    caution: str


def street_counts(
    events: pd.DataFrame,
    streets: pd.Series,
    *,
    within: float = 50.0,
    held: Sequence[float] = HELD,
    seed: int = 1,
    publisher: str = "",
    exact: bool = False,
) -> StreetCounts:
    """
    Return how many events lie on each segment of the streets, and per kilometre of it.

    events   one row each, with `x` and `y` in metres on the streets' own plane
    streets  lines, one per segment (the street from one junction to the next), under
             names that occur once
    within   metres: an event goes to the nearest segment, if it is no further than this
    held     shares of the events, each between 0 and 1
    seed     of the draws for `by_chance`
    publisher, exact  as in refuse_snapped: moved places are refused, since they lie on
             the map point of some street near by and not on their own

    An event as near to two segments goes to the one that comes first in `streets`.

    Raises MethodError if places were moved or are missing, a segment is no line or has
    no length, names recur, places are in degrees, or no event is near a street.

    A quarter of the crime in few segments is what chance gives too, where there are
    fewer events than segments: see `by_chance`. A long street has more of everything,
    and a busy one more per kilometre; neither is a rate for those who pass.

    Source: Weisburd (2015), doi:10.1111/1745-9125.12070, for the shares.

    >>> streets = pd.Series(
    ...     shapely.linestrings([[(900, 0), (900, 500)], [(900, 500), (1_900, 500)]]),
    ...     index=["Mill Lane", "High Street"],
    ... )
    >>> found = street_counts(pd.DataFrame({"x": [905, 950], "y": [90, 499]}), streets)
    >>> found.segments[["count", "per_km"]].values.tolist()
    [[1.0, 2.0], [1.0, 1.0]]
    """
    refuse_snapped(events, publisher=publisher, exact=exact)
    lines = checked(streets)
    if not all(0 < share < 1 for share in held):
        raise MethodError("The shares of events are between 0 and 1, such as 0.5.")
    number, tied = nearest(events, lines, within)
    counts = np.bincount(number[number >= 0], minlength=len(lines))
    if not counts.any():
        raise MethodError(
            f"No event lies within {within:g} m of a street. Are both on one plane, on "
            f"the British National Grid, say?"
        )
    metres = shapely.length(lines)
    segments = pd.DataFrame(
        {"metres": metres, "count": counts, "per_km": counts / metres * 1_000},
        index=streets.index,
    )
    too_far = int(np.count_nonzero(number < 0))
    return StreetCounts(
        segments=segments,
        held=holding(counts, metres, held, seed),
        too_far=too_far,
        tied=tied,
        caution=caution_of(len(events), too_far, tied, f"{within:g} m of a street"),
    )


@dataclass(frozen=True)
class PlaceCounts:
    """
    places   per place, those with most first: `count`, `share` (of those near any) and
             `together` (the share of this place and those above it)
    too_far  events further than `within` from every place
    tied     events as near to two places or more
    caution  what the counts do not mean
    """

    places: pd.DataFrame
    too_far: int
    tied: int
    caution: str


def place_counts(
    events: pd.DataFrame,
    spots: pd.DataFrame,
    *,
    within: float = 100.0,
    publisher: str = "",
    exact: bool = False,
) -> PlaceCounts:
    """
    Return how many events have each place as their nearest, within some metres.

    events  as in street_counts
    spots   places, one row each under names that occur once, with `x` and `y` in metres
    within  metres: an event further than this from every place is in no count
    publisher, exact  as in refuse_snapped: moved places are refused

    An event as near to two places goes to the one that comes first.

    Raises MethodError if events were moved or lack a place, there are no `spots`, their
    names recur, or no event is near one.

    To be nearest is not to be the cause: a shop beside a station has its crowd.

    Source: Eck, Clarke and Guerette (2007), Risky facilities, for the form of it.

    >>> shops = pd.DataFrame({"x": [900, 2_000], "y": [0, 0]}, index=["Corner", "Mall"])
    >>> thefts = pd.DataFrame({"x": [905, 1_999, 1_990], "y": [4, 0, 9]})
    >>> place_counts(thefts, shops).places["count"].to_dict()
    {'Mall': 2, 'Corner': 1}
    """
    refuse_snapped(events, publisher=publisher, exact=exact)
    check_names(spots.index, "places")
    number, tied = nearest(events, shapely.points(*places(spots)), within)
    counts = np.bincount(number[number >= 0], minlength=len(spots))
    if not counts.any():
        raise MethodError(f"No event lies within {within:g} m of any of the places.")
    found = pd.DataFrame({"count": counts}, index=spots.index)
    found = found.sort_values("count", ascending=False, kind="stable")
    found["share"] = found["count"] / counts.sum()
    found["together"] = found["share"].cumsum()
    too_far = int(np.count_nonzero(number < 0))
    said = caution_of(len(events), too_far, tied, f"{within:g} m of a place")
    return PlaceCounts(
        places=found,
        too_far=too_far,
        tied=tied,
        caution=f"{said} The nearest place need not be the cause.".strip(),
    )


def check_names(names: pd.Index, what: str) -> None:
    if len(names) == 0:
        raise MethodError(f"There are no {what} to give events to.")
    if names.has_duplicates:
        raise MethodError(
            f"Two {what} go by the name {names[names.duplicated()][0]}. Give each its "
            f"own: a number will do."
        )


def checked(streets: pd.Series) -> np.ndarray:
    """The lines, if they can be counted on."""
    check_names(streets.index, "segments")
    lines = streets.to_numpy()
    # 1 is a line and 5 is several.
    wrong = ~np.isin(shapely.get_type_id(lines), (1, 5)) | ~(shapely.length(lines) > 0)
    if wrong.any():
        raise MethodError(
            f"{streets.index[wrong][0]} is no line with a length. Leave such segments "
            f"out, or draw them as lines."
        )
    west, south, east, north = shapely.total_bounds(lines)
    if max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90:
        raise MethodError(
            "The streets look like longitude and latitude. Turn them into metres "
            "first, on the British National Grid, say."
        )
    return np.asarray(lines)


def nearest(
    events: pd.DataFrame, shapes: np.ndarray, within: float
) -> tuple[Whole, int]:
    """Each event's nearest shape, -1 where all are too far; and how many had two."""
    if not within > 0:
        raise MethodError(f"Within {within:g} m nothing can be found. Try 50.")
    points = shapely.points(*places(events))
    event, shape = shapely.STRtree(shapes).query_nearest(points, max_distance=within)
    number = np.full(len(points), len(shapes), dtype=np.int64)
    np.minimum.at(number, event, shape)
    number[number == len(shapes)] = -1
    tied = int(np.count_nonzero(np.bincount(event, minlength=1) > 1))
    return number, tied


def holding(
    counts: Whole, metres: Numbers, held: Sequence[float], seed: int
) -> pd.DataFrame:
    """The fewest segments that hold each share, as they are and as chance has them."""
    random = np.random.default_rng(seed)
    along = metres / metres.sum()
    total = int(counts.sum())
    fewest = fewest_holding(counts, held)
    drawn = [
        fewest_holding(random.multinomial(total, along), held) for _ in range(TIMES)
    ]
    return pd.DataFrame(
        {
            "segments": fewest,
            "share": fewest / len(counts),
            "by_chance": np.mean(drawn, axis=0) / len(counts),
        },
        index=pd.Index(held, name="held"),
    )


def fewest_holding(counts: Whole, held: Sequence[float]) -> Whole:
    """How many of the fullest segments it takes to hold each share."""
    most_first = np.cumsum(np.sort(counts)[::-1])
    needed = np.asarray(held) * most_first[-1] - 1e-9
    return np.asarray(np.searchsorted(most_first, needed) + 1, dtype=np.int64)


def caution_of(events: int, too_far: int, tied: int, near: str) -> str:
    said = []
    if too_far:
        said.append(f"{too_far:,} of {events:,} events are not within {near}.")
    if tied:
        said.append(f"{tied:,} are as near to another, and went to the first of them.")
    return " ".join(said)
