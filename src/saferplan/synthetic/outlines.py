"""
Outlines of invented places: areas that tile, either side of a winding river.

Sites are scattered over a plane in metres, each the heart of one LSOA. The cell round
a site (a Voronoi cell) is its outline, with every shared edge bent the same way for
both neighbours, so that areas meet without a gap or an overlap.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi

Points = NDArray[np.float64]  # one row each: metres east, metres north
Numbers = NDArray[np.int64]

BETWEEN_BOROUGHS = 6_200.0  # metres from the heart of one borough to the next
BETWEEN_LSOAS = 488.0
EDGE_OF_TOWN = 3_950.0  # how far a borough with no neighbour beyond it reaches
RIVER_WIDTH = 230.0


@dataclass(frozen=True)
class Plan:
    """
    Where things are, before they have names.

    sites     the heart of each LSOA
    borough   the number of the borough each belongs to; 0 is the demonstration borough
    ward      its ward, numbered within its borough
    outlines  its outline, with the river taken out
    hearts    the heart of each borough
    """

    sites: Points
    borough: Numbers
    ward: Numbers
    outlines: NDArray[np.object_]
    hearts: Points


def draw_plan(
    rng: np.random.Generator,
    *,
    boroughs: int,
    lsoas: int,
    wards: list[int],
) -> Plan:
    """
    Draw this many boroughs round the first, which has exactly `lsoas` LSOAs.

    wards   how many wards each borough has
    """
    hearts = borough_hearts(rng, boroughs)
    sites = scatter(rng, hearts)
    borough = share_out(sites, hearts, lsoas)
    kept = borough >= 0
    outlines = cells(rng, sites)[kept]
    sites, borough = sites[kept], borough[kept]
    near_river = shapely.intersects(outlines, RIVER)
    outlines[near_river] = [biggest_part(shape) for shape in outlines[near_river]]
    ward = np.zeros(len(sites), dtype=np.int64)
    for number, how_many in enumerate(wards):
        inside = borough == number
        ward[inside] = gather(rng, sites[inside], how_many)
    return Plan(sites, borough, ward, outlines, hearts)


def river_north_of(east: Points | NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far north the middle of the river is, at each distance east."""
    bends = 620 * np.sin(east / 2_100) + 260 * np.sin(east / 870 + 1)
    return 2_750 + np.asarray(bends)


def river_line(step: float) -> Points:
    east = np.arange(-40_000, 40_000, step)
    return np.column_stack([east, river_north_of(east)])


RIVER = shapely.LineString(river_line(60)).buffer(RIVER_WIDTH / 2)


def borough_hearts(rng: np.random.Generator, how_many: int) -> Points:
    """Return points of a hexagonal grid, a little moved, nearest the middle first."""
    rows = np.arange(-6, 7)
    grid = np.array(
        [
            ((column + row % 2 / 2) * BETWEEN_BOROUGHS, row * BETWEEN_BOROUGHS * 0.866)
            for row in rows
            for column in rows
        ]
    )
    nearest = np.argsort(np.hypot(grid[:, 0], grid[:, 1] - 1), kind="stable")
    hearts = grid[nearest[:how_many]]
    hearts[1:] += rng.uniform(-350, 350, size=hearts[1:].shape)
    return hearts


def scatter(rng: np.random.Generator, hearts: Points) -> Points:
    """Return sites about BETWEEN_LSOAS apart, in pairs on either bank of the river."""
    low, high = hearts.min(axis=0) - 7_000, hearts.max(axis=0) + 7_000
    east = np.arange(low[0], high[0], BETWEEN_LSOAS)
    north = np.arange(low[1], high[1], BETWEEN_LSOAS * 0.866)
    rows = [
        np.column_stack(
            [east + (number % 2) * BETWEEN_LSOAS / 2, np.full(len(east), up)]
        )
        for number, up in enumerate(north)
    ]
    sites = np.vstack(rows)
    sites += rng.normal(0, BETWEEN_LSOAS * 0.17, size=sites.shape)
    clear = np.abs(sites[:, 1] - river_north_of(sites[:, 0])) > BETWEEN_LSOAS * 1.25
    return np.vstack([sites[clear], banks(low[0], high[0])])


def banks(west: float, east: float) -> Points:
    """Return pairs of sites facing each other across the river."""
    middle = river_line(BETWEEN_LSOAS * 0.9)
    along = np.gradient(middle, axis=0)
    across = np.column_stack([-along[:, 1], along[:, 0]])
    across /= np.hypot(across[:, 0], across[:, 1])[:, None]
    reach = across * BETWEEN_LSOAS * 0.62
    within = (middle[:, 0] > west) & (middle[:, 0] < east)
    return np.vstack([(middle + reach)[within], (middle - reach)[within]])


def share_out(sites: Points, hearts: Points, lsoas: int) -> Numbers:
    """
    Return the borough each site belongs to; -1 for open country.

    A site belongs to the nearest heart on its own bank. The first borough then takes
    or gives up the sites nearest its edge until it has exactly `lsoas`.
    """
    apart = np.hypot(*(sites[:, None, :] - hearts[None, :, :]).transpose(2, 0, 1))
    bank = sites[:, 1] > river_north_of(sites[:, 0])
    hearts_bank = hearts[:, 1] > river_north_of(hearts[:, 0])
    apart[bank[:, None] != hearts_bank[None, :]] = np.inf
    to_first = apart[:, 0]
    to_others = apart[:, 1:].min(axis=1)
    first = np.argsort(to_first - to_others, kind="stable")[:lsoas]
    borough: Numbers = 1 + apart[:, 1:].argmin(axis=1)
    borough[to_others > EDGE_OF_TOWN] = -1
    borough[first] = 0
    return borough


def gather(rng: np.random.Generator, sites: Points, groups: int) -> Numbers:
    """Return the ward of each site: groups of neighbours of about the same size."""
    middles = sites[rng.choice(len(sites), size=groups, replace=False)]
    nearest = np.zeros(len(sites), dtype=np.int64)
    for _turn in range(25):
        apart = np.hypot(*(sites[:, None, :] - middles[None, :, :]).transpose(2, 0, 1))
        nearest = apart.argmin(axis=1)
        middles = np.array(
            [
                sites[nearest == group].mean(axis=0) if (nearest == group).any() else at
                for group, at in enumerate(middles)
            ]
        )
    return nearest


def cells(rng: np.random.Generator, sites: Points) -> NDArray[np.object_]:
    """Return the outline round each site; None where it has no end."""
    drawing = Voronoi(sites)
    edges: dict[int, list[tuple[int, int, Points]]] = defaultdict(list)
    for (one, other), (start, end) in zip(
        drawing.ridge_points, drawing.ridge_vertices, strict=True
    ):
        if start < 0:
            continue
        line = bend(rng, drawing.vertices[start], drawing.vertices[end])
        for site in (one, other):
            edges[int(site)].append((start, end, line))
    outlines = np.empty(len(sites), dtype=object)
    for site, around in edges.items():
        outlines[site] = close_ring(around)
    return outlines


def bend(rng: np.random.Generator, start: Points, end: Points) -> Points:
    """Return the line from start to end, bent at seven places, in whole metres."""
    line = np.array([start, end])
    for sway in (0.09, 0.07, 0.05):
        along = np.diff(line, axis=0)
        across = np.column_stack([-along[:, 1], along[:, 0]])
        moved = rng.uniform(-sway, sway, size=(len(along), 1))
        middles = line[:-1] + along / 2 + across * moved
        bent = np.empty((len(line) + len(middles), 2))
        bent[0::2], bent[1::2] = line, middles
        line = bent
    return np.round(line, 1)


def close_ring(around: list[tuple[int, int, Points]]) -> shapely.Polygon | None:
    """Return the polygon whose edges these are, given in any order; None if open."""
    left = list(around)
    _first, at, line = left.pop()
    start = _first
    ring = [line]
    while at != start:
        for number, (one, other, edge) in enumerate(left):
            if at in (one, other):
                ring.append(edge if at == one else edge[::-1])
                at = other if at == one else one
                del left[number]
                break
        else:
            return None
    return shapely.Polygon(np.vstack([piece[:-1] for piece in ring]))


def biggest_part(shape: shapely.Polygon) -> shapely.Polygon:
    """Return what the river leaves of a polygon: the part on its own bank."""
    left = shapely.difference(shape, RIVER)
    return max(shapely.get_parts(left), key=lambda part: float(part.area))
