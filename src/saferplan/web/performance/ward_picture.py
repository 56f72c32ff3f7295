"""Where each ward stands in a picture: its shape, or a tile where that is not known."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from saferplan.assessment.finding import Outline
from saferplan.web.assessments.wards import Place

WIDTH, HIGHEST, TILE, ACROSS = 360, 420, 60, 6

Point = tuple[float, float]
Rings = list[list[Point]]


@dataclass(frozen=True)
class Mark:
    """
    What a ward is marked with.

    kind   the name of its colour
    sign   what stands in it besides
    words  what both of them say
    """

    kind: str
    sign: str
    words: str


@dataclass(frozen=True)
class Shape:
    """
    path     of the ward; its sign stands at `x` and `y`
    is_here  whether the picture is about this one
    """

    path: str
    x: float
    y: float
    name: str
    mark: Mark
    is_here: bool = False


@dataclass(frozen=True)
class WardPicture:
    """
    shapes  the one that the picture is about last, so that no other covers its edge
    key     a mark of each kind, with what it stands for
    """

    shapes: tuple[Shape, ...]
    width: float
    height: float
    are_tiles: bool
    description: str
    key: tuple[Mark, ...]


def lay_out(
    wards: Sequence[Place],
    outlines: Sequence[Outline],
    mark_of: Callable[[Place], Mark],
    *,
    description: str,
    key: Sequence[Mark],
    here: str = "",
) -> WardPicture:
    """Lay out a picture of wards; `here` is the code of the one it is about, if any."""
    drawn = {each.code: each.rings for each in outlines}
    are_tiles = not all(ward.code in drawn for ward in wards)
    if are_tiles:
        everywhere = [tile(at) for at in range(len(wards))]
        width = ACROSS * TILE
        height: float = math.ceil(len(wards) / ACROSS) * TILE
    else:
        everywhere, width, height = projected([drawn[ward.code] for ward in wards])
    shapes = [
        shape(ward, rings, mark_of(ward), is_here=ward.code == here)
        for ward, rings in zip(wards, everywhere, strict=True)
    ]
    return WardPicture(
        shapes=tuple(sorted(shapes, key=lambda each: each.is_here)),
        width=width,
        height=height,
        are_tiles=are_tiles,
        description=description,
        key=tuple(key),
    )


def projected(
    everywhere: Sequence[Sequence[Sequence[Point]]],
) -> tuple[list[Rings], int, float]:
    """The rings of each ward in the picture, with its width and height."""
    points = [point for rings in everywhere for ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    # A degree of longitude is shorter than one of latitude away from the equator.
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * squeeze, north - south
    scale = min(WIDTH / wide, HIGHEST / high)
    placed = [
        [
            [((x - west) * squeeze * scale, (north - y) * scale) for x, y in ring]
            for ring in rings
        ]
        for rings in everywhere
    ]
    return placed, math.ceil(wide * scale), round(high * scale, 1)


def tile(at: int) -> Rings:
    """The square of a ward whose shape is not known."""
    left, top = at % ACROSS * TILE + 2, at // ACROSS * TILE + 2
    right, bottom = left + TILE - 4, top + TILE - 4
    return [[(left, top), (right, top), (right, bottom), (left, bottom)]]


def shape(ward: Place, rings: Rings, mark: Mark, *, is_here: bool) -> Shape:
    largest = max(rings, key=len)
    path = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings
    )
    return Shape(
        path=path,
        x=middle([x for x, _y in largest]),
        y=middle([y for _x, y in largest]),
        name=ward.name,
        mark=mark,
        is_here=is_here,
    )


def middle(values: Sequence[float]) -> float:
    return round((min(values) + max(values)) / 2, 1)
