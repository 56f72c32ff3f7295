"""The areas of a map as GeoJSON, with the shades and words of the static picture."""

from functools import reduce
from typing import TYPE_CHECKING, Any

from saferplan.assessment.finding import Chart, Column, Finding, Outline
from saferplan.reports.area_map import (
    EMPTY,
    NOT_AVAILABLE,
    class_limits,
    key,
    shade_of,
)
from saferplan.reports.wording import cell, heading

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def map_areas(
    finding: Finding, chart: Chart, outlines: tuple[Outline, ...]
) -> dict[str, Any]:
    """
    Return the areas of a map, each with its name, its figure in words and its shade.

    `key` beside them lists each shade with what it stands for. An area without a figure
    is white, and says so.
    """
    assert finding.table is not None, "a map is drawn from a table"
    names = [column.name for column in finding.table.columns]
    code, value = names.index(chart.x), names.index(chart.y[0])
    column = finding.table.columns[value]
    figures = {str(row[code]): row[value] for row in finding.table.rows}
    numbers = sorted(
        figure for figure in figures.values() if isinstance(figure, int | float)
    )
    limits = class_limits(numbers)
    shades = key(numbers, limits, column, whole=len(numbers) == len(figures))
    return {
        "type": "FeatureCollection",
        "title": heading(column),
        "key": [{"shade": shade, "words": words} for shade, words in shades],
        "features": [
            feature(outline, figures[outline.code], column, limits)
            for outline in outlines
            if outline.code in figures and outline.area_set == chart.area_set
        ],
    }


def feature(
    outline: Outline, figure: Any, column: Column, limits: list[float]
) -> dict[str, Any]:
    known = isinstance(figure, int | float)
    return {
        "type": "Feature",
        "properties": {
            "code": outline.code,
            "name": outline.name,
            "value": figure if known else None,
            "words": cell(figure, column) if known else NOT_AVAILABLE,
            "shade": shade_of(figure, limits) if known else EMPTY,
        },
        "geometry": geometry(outline),
    }


def geometry(outline: Outline) -> dict[str, Any]:
    """An outline as polygons with their holes."""
    from shapely import get_parts

    # Rings that touch leave lines where they do.
    parts = get_parts(shape_of(outline))
    polygons = [part for part in parts if part.geom_type == "Polygon"]
    return {
        "type": "MultiPolygon",
        "coordinates": [
            [list(ring.coords) for ring in (part.exterior, *part.interiors)]
            for part in polygons
        ],
    }


def shape_of(outline: Outline) -> "BaseGeometry":
    """
    Return the land within the rings of an outline.

    By the even-odd rule a ring inside another is a hole in it, and a ring inside that
    hole is land again.
    """
    from shapely import Polygon

    rings = [Polygon(ring).buffer(0) for ring in outline.rings]
    return reduce(Polygon.symmetric_difference, rings)
