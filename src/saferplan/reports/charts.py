"""
Charts as SVG: the finding's own table, drawn.

Colours are the Analysis Function's accessible palette, 3:1 or more against white. A
chart has at most four series, named beside the line rather than in a legend, and never
says with colour alone what it does not also say with words or position.
"""

import re
from functools import cache, lru_cache

import vl_convert

from saferplan.assessment.finding import Chart, Outline, Table
from saferplan.errors import MethodError
from saferplan.reports import typeface
from saferplan.reports.area_map import draw_map
from saferplan.reports.vega import picture_of

MOST_SERIES = 4


@lru_cache(maxsize=256)  # the same picture stands in a page and in every document
def draw(chart: Chart, table: Table, outlines: tuple[Outline, ...] = ()) -> str:
    """
    Draw a chart of a table as one SVG element, with its description inside.

    Hidden and missing cells are left out of the picture, never drawn as zero.
    Raises MethodError for more than four series: draw several charts instead.
    """
    if len(chart.y) > MOST_SERIES:
        raise MethodError(
            f"The chart '{chart.title}' has {len(chart.y)} series, and people cannot "
            f"follow more than {MOST_SERIES}. Draw several charts."
        )
    if chart.kind == "map":
        return draw_map(chart, table, outlines)
    measure_in_own_typeface()
    return described(vl_convert.vegalite_to_svg(picture_of(chart, table)), chart)


@cache
def measure_in_own_typeface() -> None:
    """Make room for words as readers will see them, on every machine alike."""
    if typeface.is_here():
        vl_convert.register_font_directory(str(typeface.FONTS))


def described(svg: str, chart: Chart) -> str:
    """
    Give an SVG its title and description, and let it scale to its place.

    Names inside get the chart's own prefix, because several pictures share a page.
    """
    own = re.sub(r"\W+", "-", chart.title.lower())[:40]
    svg = re.sub(r'\b(id="|url\(#)(clip|gradient)', rf"\1{own}-\2", svg)
    inside = svg[svg.index(">", svg.index("<svg")) + 1 :]
    # The renderer gives every mark a role, and none of them a name.
    inside = re.sub(r' (?:role|aria-[a-z]+)="[^"<>]*"', "", inside)
    box = re.search(r'viewBox="([^"]*)"', svg)
    assert box is not None, "a chart without a viewBox cannot scale"
    wide, high = box.group(1).split()[2:]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{box.group(1)}" '
        f'width="{wide}" height="{high}" aria-label="{_attribute(chart.description)}">'
        f"{inside}"
    )


def _attribute(text: str) -> str:
    escapes = {"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;"}
    return "".join(escapes.get(letter, letter) for letter in text)
