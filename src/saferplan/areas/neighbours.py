"""
Which areas share a border, and how much of one set of areas lies in another.

Outlines are those of the evidence store: WKB in longitude and latitude, indexed by area
code. Lengths and areas are measured on the British National Grid, in metres.
"""

import numpy as np
import pandas as pd
import shapely

from saferplan.areas.projection import outlines_on_grid

# Publishers simplify outlines, so a shared border has slivers and gaps.
GAP_METRES = 5.0
BORDER_METRES = 50.0


def shapes_of(outlines: pd.Series) -> pd.Series:
    """Return the outlines as Shapely shapes on the British National Grid."""
    shapes = shapely.from_wkb(outlines.to_numpy(dtype=object))
    return pd.Series(outlines_on_grid(shapes), index=outlines.index)


def neighbours(
    outlines: pd.Series, *, gap: float = GAP_METRES, border: float = BORDER_METRES
) -> dict[str, tuple[str, ...]]:
    """
    Return, for each area, the codes of the areas it shares a border with, sorted.

    gap     how far apart two outlines may lie and still touch, in metres
    border  the least length they must have in common, in metres; a shared corner
            is not a border

    An area with no neighbour (an island, or alone in the table) has an empty tuple.
    Outlines clipped to the water's edge make no neighbours across a river: by such
    outlines Lewisham and Tower Hamlets are none.
    """
    shapes = shapes_of(outlines)
    tree = shapely.STRtree(shapes.to_numpy())
    first, second = tree.query(shapes.to_numpy(), predicate="dwithin", distance=gap)
    once = first < second
    pairs = zip(first[once], second[once], strict=True)
    found: dict[str, set[str]] = {code: set() for code in shapes.index}
    for one, other in pairs:
        # Both sides of a border within the gap are inside this strip.
        strip = shapely.buffer(shapes.iloc[one], gap)
        shared = shapely.intersection(shapely.boundary(shapes.iloc[other]), strip)
        if shapely.length(shared) >= border:
            found[shapes.index[one]].add(shapes.index[other])
            found[shapes.index[other]].add(shapes.index[one])
    return {code: tuple(sorted(codes)) for code, codes in found.items()}


def overlaps(first: pd.Series, second: pd.Series) -> pd.DataFrame:
    """
    Return how much of each area of one set lies in each area of another.

    The result has a row per pair that overlaps: from_code, to_code, square_metres,
    share_of_from and share_of_to (0 to 1, of each area's own size). Slivers from two
    publishers' ways of drawing one line are there too: leave out small shares.

    A share of the land is not a share of the people on it.
    """
    old, new = shapes_of(first), shapes_of(second)
    tree = shapely.STRtree(new.to_numpy())
    left, right = tree.query(old.to_numpy(), predicate="intersects")
    common = shapely.area(
        shapely.intersection(old.to_numpy()[left], new.to_numpy()[right])
    )
    table = pd.DataFrame(
        {
            "from_code": old.index.to_numpy()[left],
            "to_code": new.index.to_numpy()[right],
            "square_metres": common,
            "share_of_from": common / shapely.area(old.to_numpy()[left]),
            "share_of_to": common / shapely.area(new.to_numpy()[right]),
        }
    )
    table = table[np.greater(table["square_metres"], 0)]
    return table.sort_values(["from_code", "to_code"], ignore_index=True)
