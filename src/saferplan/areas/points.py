"""Which area a point falls in."""

import numpy as np
import pandas as pd
import shapely

# By this many corners an outline of a London borough strays hundreds of metres.
COARSE = 30


def area_at(
    longitude: pd.Series, latitude: pd.Series, outlines: pd.Series
) -> pd.Series:
    """
    Return the code of the area each point falls in.

    longitude, latitude  in degrees, the same index; a missing one is a point nowhere
    outlines             WKB in longitude and latitude, indexed by area code; areas of
                         one set and vintage, so that they do not overlap

    The result has the points' index; a point in no area has None. A point on a border
    goes to the area whose code sorts first.

    Use the finest outlines there are (see `mean_corners`). With boroughs drawn by 18
    corners each, one point in eight near a border fell in the wrong one.

    Published points are moved to a nearby street, so this says where the published
    point is; near a border the event itself may have been next door.
    """
    areas = outlines.sort_index()
    tree = shapely.STRtree(shapely.from_wkb(areas.to_numpy(dtype=object)))
    x, y = longitude.to_numpy(dtype=float), latitude.to_numpy(dtype=float)
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    point, area = tree.query(shapely.points(x[known], y[known]), predicate="intersects")
    best = pd.Series(area).groupby(known[point]).min()
    codes = np.full(len(x), None, dtype=object)
    codes[best.index] = areas.index.to_numpy()[best]
    return pd.Series(codes, index=longitude.index, dtype=object)


def mean_corners(outlines: pd.Series) -> float:
    """
    Return how many corners an outline has on average: how finely they are drawn.

    Under `COARSE` they are fit for a small map, not for saying where a point falls.
    """
    shapes = shapely.from_wkb(outlines.to_numpy(dtype=object))
    return float(shapely.get_num_coordinates(shapes).mean())
