"""
Between the British National Grid (EPSG:27700) and longitude and latitude (EPSG:4326).

We use the seven-parameter transformation of the Ordnance Survey and no grid file, so
that every machine gives the same figures. It is good to about 5 metres anywhere in
Great Britain: enough to say which area a street is in, not on which side of it.

Source: Ordnance Survey, A Guide to Coordinate Systems in Great Britain, section 6.6.
"""

from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

GRID = (
    "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 "
    "+ellps=airy"
)
HELMERT = (
    "+proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 "
    "+s=-20.489 +convention=position_vector"
)
GRID_TO_DEGREES = (
    f"+proj=pipeline +step +inv {GRID} +step +proj=cart +ellps=airy +step {HELMERT} "
    f"+step +inv +proj=cart +ellps=WGS84 "
    f"+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)
ACCURACY = (
    "Positions were turned from the British National Grid into longitude and latitude "
    "by the Ordnance Survey's seven-parameter transformation, good to about 5 metres."
)

Points = NDArray[np.float64]


@cache
def transformer() -> Transformer:
    return Transformer.from_pipeline(GRID_TO_DEGREES)


def degrees_from_grid(points: Points) -> Points:
    """Return longitude and latitude for eastings and northings in metres (n by 2)."""
    longitude, latitude = transformer().transform(points[:, 0], points[:, 1])
    return np.column_stack([longitude, latitude])


def grid_from_degrees(points: Points) -> Points:
    """Return eastings and northings in metres for longitude and latitude (n by 2)."""
    east, north = transformer().transform(
        points[:, 0], points[:, 1], direction="INVERSE"
    )
    return np.column_stack([east, north])


def outlines_in_degrees(outlines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return Shapely outlines on the grid as outlines in longitude and latitude."""
    moved: NDArray[np.object_] = shapely.transform(outlines, degrees_from_grid)
    return moved


def outlines_on_grid(outlines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return Shapely outlines in longitude and latitude as outlines on the grid."""
    moved: NDArray[np.object_] = shapely.transform(outlines, grid_from_degrees)
    return moved
