"""
Whether points and dates are fine enough for a question about places and days.

data.police.uk moves each crime to the nearest of some 750,000 map points, with eight
postal addresses or more about each or none, and gives the month and not the day. A map
of such points shows the map points; a test for near repeats finds the moving.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.spans import DAY

SNAPPING_PUBLISHERS = {"police-uk"}
# A cell that holds several map points: in London half of the points that a month of
# burglary uses stand 200 m or more from the next.
LEAST_CELL = 250.0  # metres

FARTHEST = 20_100_000.0  # metres: half way round the earth
CLOSE = 50.0  # metres
ENOUGH_PAIRS = 30
# One spot for each two that are near one another is what addresses can do. City of
# London street crime has 2.7 to 6.5 pairs on a spot for each near pair, the Met's
# burglaries 8 to 15; a month of Chicago burglaries by address has 0.7.
SNAPPED_FROM = 2.0
MOST_LOOKED_AT = 20_000

MOVED = (
    "The places were moved to shared map points before publication, so what looks like "
    "one place is a street or more."
)


@dataclass(frozen=True)
class Spots:
    """
    How often events share a spot, for events that share or nearly do.

    on_a_spot  pairs of events within 0.1 m of one another
    near       pairs further apart than that, and no more than 50 m
    distinct   spots that events stand on
    snapped    whether so many share a spot that the places must have been moved
    """

    on_a_spot: int
    near: int
    distinct: int
    snapped: bool


def places(events: pd.DataFrame) -> tuple[Numbers, Numbers]:
    """
    Return x and y of each event, in metres.

    events  one row each, with columns `x` and `y` in metres on a plane: eastings and
            northings of the British National Grid, say

    Raises MethodError if a column or a place is missing, one is nowhere on earth, or
    they look like degrees.
    """
    if absent := sorted({"x", "y"} - set(events.columns)):
        raise MethodError(
            f"The events have no column {' or '.join(absent)}. Give eastings as x and "
            f"northings as y, in metres."
        )
    x, y = (events[name].to_numpy(dtype=float) for name in "xy")
    if lost := int(np.count_nonzero(~(np.isfinite(x) & np.isfinite(y)))):
        raise MethodError(
            f"{lost} of {len(x)} events have no place. Leave them out, and say beside "
            f"the result how many they are."
        )
    if off := int(np.count_nonzero((np.abs(x) > FARTHEST) | (np.abs(y) > FARTHEST))):
        raise MethodError(
            f"{off} of {len(x)} events are nowhere on earth: their x or y is more than "
            f"{FARTHEST / 1000:,.0f} km. Give both in metres."
        )
    if len(x) and np.abs(x).max() <= 180 and np.abs(y).max() <= 90:
        raise MethodError(
            "The places look like longitude and latitude. Turn them into metres first, "
            "on the British National Grid, say: a degree is not one length."
        )
    return x, y


def spots(events: pd.DataFrame) -> Spots:
    """
    Return how far events share spots, and whether that gives moved places away.

    events  as in `places`

    Moved places pile up on a spot with nothing close by, because the next map point is
    a street away; addresses that suffer repeatedly have neighbours that do. With fewer
    than 30 pairs within 50 m there is too little to tell, and nothing is called
    snapped. Of more than 20,000 events, every so-many-th is looked at.

    One shop counted a hundred times looks the same, so a yes is a reason to ask the
    publisher, and a no does not prove that places are exact.

    >>> bus_stops = pd.DataFrame({"x": [0.0, 300.0] * 9, "y": [9_000.0] * 18})
    >>> spots(bus_stops)
    Spots(on_a_spot=72, near=0, distinct=2, snapped=True)
    """
    # Brought in here, since most questions about a grid never come to it.
    from scipy.spatial import cKDTree

    x, y = places(events)
    step = -(-len(x) // MOST_LOOKED_AT) or 1
    found = np.column_stack([x, y])[::step]
    if len(found) == 0:
        return Spots(on_a_spot=0, near=0, distinct=0, snapped=False)
    distinct, counts = np.unique(found.round(1), axis=0, return_counts=True)
    on_a_spot = int((counts * (counts - 1) // 2).sum())
    # Spots are weighted by their events, so that a busy spot costs no more than a
    # quiet one. Each pair is seen twice, and each event beside itself.
    tree = cKDTree(distinct)
    seen = tree.count_neighbors(tree, CLOSE, weights=(counts, counts))
    within = (int(seen) - len(found)) // 2
    near = within - on_a_spot
    return Spots(
        on_a_spot=on_a_spot,
        near=near,
        distinct=len(distinct),
        snapped=within >= ENOUGH_PAIRS and on_a_spot >= SNAPPED_FROM * near,
    )


def refuse_snapped(
    events: pd.DataFrame, *, publisher: str = "", exact: bool = False
) -> None:
    """
    Raise MethodError, with the reason, if the places of events were moved.

    publisher  who published them, as in the evidence store: "police-uk" is refused
    exact      the holder of the records says that nothing was moved; then only the
               publisher can refuse
    """
    if publisher in SNAPPING_PUBLISHERS:
        raise MethodError(
            f"{publisher} publishes no exact places. {MOVED} Count by LSOA instead, or "
            f"ask the force for an extract with exact places, and keep it in-house."
        )
    found = spots(events)
    if found.snapped and not exact:
        raise MethodError(
            f"The events share {found.distinct:,} spots: {found.on_a_spot:,} pairs "
            f"stand on one spot, and only {found.near:,} are apart by up to "
            f"{CLOSE:.0f} m. {MOVED} Use an extract with exact places; if these are "
            f"exact, and a few addresses are busy, say so with the option exact."
        )


def cell_caution(
    events: pd.DataFrame, *, cell: float, publisher: str = "", exact: bool = False
) -> str:
    """
    Return a caution for a map as fine as `cell` metres, or nothing.

    Raises MethodError where places were moved and it is finer than 250 m: it would be a
    map of the publisher's points.
    """
    moved = publisher in SNAPPING_PUBLISHERS or (not exact and spots(events).snapped)
    if not moved:
        return ""
    if cell < LEAST_CELL:
        raise MethodError(
            f"{MOVED} At {cell:g} m a map would show those points: use "
            f"{LEAST_CELL:.0f} m or more, or count by LSOA."
        )
    return f"{MOVED} Near a cell's edge the neighbour may be meant."


def days(dates: pd.Series) -> pd.Series:
    """
    Return dates as whole days since the first of them.

    dates  one per event: timestamps, or text such as 2026-01-31; the hour is dropped

    Raises MethodError if one is missing, or if only months are known: text such as
    2026-01, periods of a month, or four dates or more in two months or more that all
    fall on one day of the month.

    >>> days(pd.Series(["2026-01-31", "2026-02-02"])).tolist()
    [0, 2]
    """
    if isinstance(dates.dtype, pd.PeriodDtype):
        dates = dates.astype(str)
    text = dates.dropna().astype(str)
    if len(text) and text.str.fullmatch(r"\d{4}-\d{2}").any():
        raise MethodError(ONLY_MONTHS)
    if not pd.api.types.is_datetime64_any_dtype(dates):
        dates = dates.where(dates.astype(str).str.match(DAY))
    known = pd.to_datetime(dates, format="ISO8601", errors="coerce").dt.normalize()
    if lost := int(known.isna().sum()):
        raise MethodError(
            f"{lost} of {len(dates)} events have no date that can be read. Write them "
            f"as 2026-01-31, or leave them out and say how many they are."
        )
    # By chance four dates do so once in some 30,000 times.
    if (
        len(known) >= 4
        and known.dt.day.nunique() == 1
        and known.dt.to_period("M").nunique() > 1
    ):
        raise MethodError(ONLY_MONTHS)
    return (known - known.min()).dt.days.astype("int64")


ONLY_MONTHS = (
    "Only the month of each event is known, and the question needs the day: everything "
    "in a month would seem to happen at once. Ask the force for an extract with dates."
)
