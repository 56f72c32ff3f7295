"""
A map of areas in five shades, drawn as plain SVG paths.

The shades run from light to dark in steps that print in grey. The class limits stand
beside them in words, and the table beside the map holds every figure.
"""

import math
from html import escape

from saferplan.assessment.finding import Chart, Column, Outline, Table
from saferplan.reports.wording import cell, heading

SHADES = ["#DCE9F5", "#A9CBE6", "#6AA3D0", "#2F74AC", "#12436D"]
EMPTY, DASHES = "#FFFFFF", ' stroke-dasharray="4 3"'
NOT_AVAILABLE = "Not available"
INK = "#1D2A33"
FONT = (
    f'font-family="Atkinson Hyperlegible Next, Arial, sans-serif" '
    f'font-size="14" fill="{INK}"'
)
NAMED = 30  # areas that have room for their names
WIDTH, HEIGHT, KEY = 420, 380, 34


def draw_map(chart: Chart, table: Table, outlines: tuple[Outline, ...]) -> str:
    """
    Draw each outline that has a row in the table, shaded by the chart's value.

    An area without a figure is left white with a dashed edge.
    """
    (name,) = chart.y
    names = [column.name for column in table.columns]
    column = table.columns[names.index(name)]
    at, code_at = names.index(name), names.index(chart.x)
    figures = {row[code_at]: row[at] for row in table.rows}
    shapes = [
        outline
        for outline in outlines
        if outline.area_set == chart.area_set and outline.code in figures
    ]
    numbers = sorted(
        figure for figure in figures.values() if isinstance(figure, int | float)
    )
    limits = class_limits(numbers)
    place = _projection(shapes)
    paths = [
        _area(shape, figures[shape.code], column, limits, place) for shape in shapes
    ]
    if len(shapes) <= NAMED:
        paths += [_name(shape, place) for shape in shapes]
    entries = key(numbers, limits, column, whole=len(numbers) == len(figures))
    high = HEIGHT + KEY * (len(entries) + 1) // 2 + 30
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" height="{high}" '
        f'aria-label="{escape(chart.description)}">'
        + "".join(paths)
        + _key(entries, column)
        + "</svg>"
    )


def class_limits(numbers: list[float]) -> list[float]:
    """The lowest figure of each shade: equal numbers of areas in each."""
    classes = min(len(SHADES), len(set(numbers)))
    starts = [numbers[len(numbers) * step // classes] for step in range(classes)]
    return sorted(set(starts))


def _projection(shapes: list[Outline]) -> tuple[float, float, float, float]:
    """West, north, and pixels per degree, so that all shapes fill the picture."""
    points = [point for shape in shapes for ring in shape.rings for point in ring]
    if not points:
        return 0, 0, 1, 1
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    # A degree of longitude is shorter than one of latitude away from the equator.
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min(WIDTH / ((east - west) * squeeze), HEIGHT / (north - south))
    return west, north, scale * squeeze, scale


def _area(
    shape: Outline,
    figure: str | int | float | None,
    column: Column,
    limits: list[float],
    place: tuple[float, float, float, float],
) -> str:
    west, north, across, down = place
    path = "".join(
        "M"
        + "L".join(
            f"{(x - west) * across:.1f} {(north - y) * down:.1f}" for x, y in ring
        )
        + "Z"
        for ring in shape.rings
    )
    known = isinstance(figure, int | float)
    fill, dash = EMPTY, DASHES
    if known:
        fill, dash = shade_of(float(figure or 0), limits), ""
    title = escape(f"{shape.name}: {cell(figure, column)}")
    return (
        f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{INK}" '
        f'stroke-width="0.8"{dash}><title>{title}</title></path>'
    )


def _name(shape: Outline, place: tuple[float, float, float, float]) -> str:
    """The area's name in its middle, one word to a line, legible on any shade."""
    west, north, across, down = place
    ring = max(shape.rings, key=len)
    x = (min(p[0] for p in ring) + max(p[0] for p in ring)) / 2
    y = (min(p[1] for p in ring) + max(p[1] for p in ring)) / 2
    words = shape.name.split()
    lines = "".join(
        f'<tspan x="{(x - west) * across:.1f}" dy="{0 if at == 0 else 12}">'
        f"{escape(word)}</tspan>"
        for at, word in enumerate(words)
    )
    top = (north - y) * down - 6 * (len(words) - 1)
    return (
        f'<text x="{(x - west) * across:.1f}" y="{top:.1f}" text-anchor="middle" '
        f'font-family="Atkinson Hyperlegible Next, Arial, sans-serif" font-size="11.5" '
        f'fill="{INK}" stroke="#FFFFFF" stroke-width="2.6" paint-order="stroke" '
        f'stroke-linejoin="round">{lines}</text>'
    )


def shade_of(figure: float, limits: list[float]) -> str:
    """The colour of a figure, where each shade begins at one of `limits`."""
    step = sum(figure >= limit for limit in limits) - 1
    return SHADES[_spread(step, len(limits))]


def _spread(step: int, classes: int) -> int:
    """Use the whole range of shades even when there are fewer classes."""
    return round(step * (len(SHADES) - 1) / max(classes - 1, 1))


def key(
    numbers: list[float], limits: list[float], column: Column, *, whole: bool
) -> list[tuple[str, str]]:
    """
    Each shade with the lowest and highest figure that it stands for, in words.

    whole  whether every area has a figure; if not, the last entry is for those without
    """
    entries = []
    for step, lowest in enumerate(limits):
        above = limits[step + 1] if step + 1 < len(limits) else float("inf")
        highest = max(number for number in numbers if lowest <= number < above)
        words = f"{cell(lowest, column)} to {cell(highest, column)}"
        entries.append((shade_of(lowest, limits), words))
    return entries if whole else [*entries, (EMPTY, NOT_AVAILABLE)]


def _key(entries: list[tuple[str, str]], column: Column) -> str:
    title = escape(heading(column))
    parts = [f'<text x="0" y="{HEIGHT + 24}" {FONT}>{title}</text>']
    for step, (shade, words) in enumerate(entries):
        x = (step % 2) * WIDTH // 2
        y = HEIGHT + 36 + (step // 2) * 28
        dash = DASHES if shade == EMPTY else ""
        parts.append(
            f'<rect x="{x + 1}" y="{y}" width="26" height="18" fill="{shade}" '
            f'stroke="{INK}" stroke-width="0.8"{dash}/>'
            f'<text x="{x + 36}" y="{y + 14}" {FONT}>{words}</text>'
        )
    return "".join(parts)
