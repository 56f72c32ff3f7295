"""
A map to point at: an image button of the borough's wards, which needs no script.

A browser sends where on the picture somebody pointed; from that and the picture's size
we know the place. Somebody who cannot point names the place or gives its position.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from xml.sax.saxutils import escape

from saferplan.assessment.finding import Outline
from saferplan.web.assessments.map_areas import shape_of

WIDTH = 340  # as wide on a phone as at a desk, or pointing would need a script
MARGIN = 6
LARGEST, SMALLEST = 9.0, 6.5  # pixels of the letters of a name
BREADTH = 0.52  # of a letter, as a share of its height
Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class PinMap:
    """
    west, north    the longitude and latitude of the picture's upper left corner
    across, down   pixels for a degree of longitude and of latitude
    height         of the picture, in pixels; its width is always the same
    """

    outlines: tuple[Outline, ...]
    west: float
    north: float
    across: float
    down: float
    height: int

    def position(self, x: float, y: float) -> tuple[float, float] | None:
        """
        Return the latitude and longitude of a point of the picture.

        None outside of it, and for its very corner: that is what a browser sends when
        the picture was pressed with a key.
        """
        if not (0 < x <= WIDTH and 0 < y <= self.height):
            return None
        return (
            round(self.north - (y - MARGIN) / self.down, 3),
            round(self.west + (x - MARGIN) / self.across, 3),
        )

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Return where on the picture a place is; `position`, the other way."""
        x = MARGIN + (lon - self.west) * self.across
        y = MARGIN + (self.north - lat) * self.down
        return round(x, 1), round(y, 1)

    def ward_at(self, lat: float, lon: float) -> str:
        """Return the name of the ward that a place is in; "" outside of all."""
        from shapely import Point

        here = Point(lon, lat)
        found = (each.name for each in self.outlines if shape_of(each).contains(here))
        return next(found, "")

    def svg(self, pin: tuple[float, float] | None = None) -> str:
        """Draw the wards with their names, and the pin where there is one."""
        shapes = "".join(f'<path d="{self.path(each)}"/>' for each in self.outlines)
        names = "".join(map(self.name_of, self.outlines))
        mark = ""
        if pin is not None:
            x, y = self.point(*pin)
            mark = (
                f'<circle cx="{x}" cy="{y}" r="9" fill="#b3261e" stroke="#fff" '
                f'stroke-width="3"/>'
            )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
            f'height="{self.height}" viewBox="0 0 {WIDTH} {self.height}">'
            f'<rect width="100%" height="100%" fill="#fcfbf8"/>'
            f'<g fill="#e7efeb" stroke="#14493d" stroke-width="1.5" '
            f'fill-rule="evenodd" stroke-linejoin="round">{shapes}</g>'
            f'<g fill="#12261f" stroke="#e7efeb" stroke-width="2" paint-order="stroke" '
            f'font-family="sans-serif" text-anchor="middle">{names}</g>{mark}</svg>'
        )

    def path(self, outline: Outline) -> str:
        return "".join(self.closed(ring) for ring in outline.rings)

    def name_of(self, outline: Outline) -> str:
        """A ward's name in the middle of it, a word below another."""
        lon, lat, radius = widest_at(outline)
        x, y = self.point(lat, lon)
        words = outline.name.split()
        room = 2 * radius * self.across / max(len(word) for word in words)
        size = round(min(max(room / BREADTH, SMALLEST), LARGEST), 1)
        top = y - (len(words) - 2) * size / 2 - size * 0.65
        return (
            f'<g font-size="{size}">'
            + "".join(
                f'<text x="{x}" y="{round(top + at * size, 1)}">{escape(word)}</text>'
                for at, word in enumerate(words)
            )
            + "</g>"
        )

    def closed(self, ring: Ring) -> str:
        points = (self.point(lat, lon) for lon, lat in ring)
        return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"


def pin_map(outlines: Sequence[Outline]) -> PinMap | None:
    """Return the map of these wards; None where no shape is known."""
    corners = [point for each in outlines for ring in each.rings for point in ring]
    if not corners:
        return None
    west, east = min(lon for lon, _ in corners), max(lon for lon, _ in corners)
    south, north = min(lat for _, lat in corners), max(lat for _, lat in corners)
    if east <= west or north <= south:
        return None
    across = (WIDTH - 2 * MARGIN) / (east - west)
    # A degree of longitude is shorter than one of latitude, the more so further north.
    down = across / cos(radians((north + south) / 2))
    height = round((north - south) * down) + 2 * MARGIN
    return PinMap(tuple(outlines), west, north, across, down, height)


@lru_cache(maxsize=1_000)  # wards of some boroughs: their shapes stay as they are
def widest_at(outline: Outline) -> tuple[float, float, float]:
    """Where a name has most room: the largest circle within, its middle and radius."""
    from shapely import maximum_inscribed_circle

    radius = maximum_inscribed_circle(shape_of(outline))
    lon, lat = radius.coords[0]
    return lon, lat, radius.length
