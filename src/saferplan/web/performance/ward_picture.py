"""Where each ward stands in a picture: its shape, or a tile where that is not known."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from saferplan.assessment.finding import Outline
from saferplan.plans.kept_promises import Kept
from saferplan.web.performance.standing import SIGNS, Promise

WIDTH, HIGHEST, TILE, ACROSS = 360, 420, 60, 6


@dataclass(frozen=True)
class Shape:
    """
    path  of the ward; `x` and `y` are where its sign stands
    kept  with a space made a hyphen, for the name of its colour
    """

    path: str
    x: float
    y: float
    name: str
    kept: Kept
    sign: str

    @property
    def kind(self) -> str:
        return self.kept.replace(" ", "-")


@dataclass(frozen=True)
class WardPicture:
    shapes: tuple[Shape, ...]
    width: float
    height: float
    are_tiles: bool
    description: str


def picture_of(promise: Promise, outlines: Sequence[Outline]) -> WardPicture | None:
    """Lay out the picture of a standard by ward; None without wards."""
    if not promise.places:
        return None
    drawn = {each.code: each for each in outlines}
    if not all(place.code in drawn for place in promise.places):
        return tiles(promise)
    shapes = [drawn[place.code] for place in promise.places]
    points = [p for shape in shapes for ring in shape.rings for p in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    # A degree of longitude is shorter than one of latitude away from the equator.
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * squeeze, north - south
    scale = min(WIDTH / wide, HIGHEST / high)

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] - west) * squeeze * scale, (north - point[1]) * scale

    return WardPicture(
        shapes=tuple(
            shape(promise, outline, [[at(p) for p in ring] for ring in outline.rings])
            for outline in shapes
        ),
        width=round(wide * scale, 1),
        height=round(high * scale, 1),
        are_tiles=False,
        description=described(promise),
    )


Ring = list[tuple[float, float]]


def shape(promise: Promise, outline: Outline, rings: list[Ring]) -> Shape:
    kept = promise.of(outline.code).kept
    largest = max(rings, key=len)
    x = (min(p[0] for p in largest) + max(p[0] for p in largest)) / 2
    y = (min(p[1] for p in largest) + max(p[1] for p in largest)) / 2
    path = "".join(
        "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in ring) + "Z" for ring in rings
    )
    return Shape(path, round(x, 1), round(y, 1), outline.name, kept, SIGNS[kept])


def tiles(promise: Promise) -> WardPicture:
    """A square for each ward, by name: where the shapes are not known."""
    found = []
    for at, (place, each) in enumerate(promise.pairs):
        x, y = at % ACROSS * TILE, at // ACROSS * TILE
        path = f"M{x + 2} {y + 2}h{TILE - 4}v{TILE - 4}h-{TILE - 4}Z"
        middle = TILE / 2
        found.append(
            Shape(
                *(path, x + middle, y + middle, place.name, each.kept),
                sign=SIGNS[each.kept],
            )
        )
    rows = math.ceil(len(found) / ACROSS)
    return WardPicture(
        tuple(found), ACROSS * TILE, rows * TILE, True, described(promise)
    )


def described(promise: Promise) -> str:
    said = [f"{promise.standard.title}, by ward."]
    for kept in SIGNS:
        names = [p.name for p, each in promise.pairs if each.kept == kept]
        said.append(f"{kept.capitalize()}: {', '.join(names) or 'none'}.")
    return " ".join(said)
