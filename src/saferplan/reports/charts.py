"""
Charts as SVG: the finding's own table, drawn.

Colours are the Analysis Function's accessible palette, 3:1 or more against white. A
chart has at most four series, named beside the line rather than in a legend, and never
says with colour alone what it does not also say with words or position.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd
import vl_convert
from altair.utils.schemapi import debug_mode

from saferplan.assessment.finding import Chart, Column, Outline, Table
from saferplan.errors import MethodError
from saferplan.reports.area_map import draw_map
from saferplan.reports.wording import heading

PALETTE = ["#12436D", "#F46A25", "#28A197", "#801650"]
MAIN, STRONG = PALETTE[0], PALETTE[1]
QUIET = "#6B7B88"  # what is there to compare with; 4.4:1 against white
INK = "#1D2A33"
GRID = "#D9E0E6"
FONT = "Atkinson Hyperlegible Next, Arial, sans-serif"
NARROWEST = 220  # of a plot, however long the names beside it
WIDTH = 400  # on a phone the whole picture shrinks to four fifths, and is still legible
MOST_SERIES = 4
MARKED = 36  # points of a line that each get a dot
NAMED = 4  # outliers of a funnel that get a name
LABELS = 340  # pixels for the names of rows, at most
MANY_ROWS = 15  # from here on rows stand closer

# altair ships no types; a Picture is one of its charts, layered or not.
Picture = Any

alt.data_transformers.disable_max_rows()


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
    rows = _frame(table)
    columns = {column.name: column for column in table.columns}
    kinds = {"line": _line, "bars": _bars, "intervals": _intervals, "funnel": _funnel}
    # The checks of each part against the schema take longer than the drawing, and our
    # own tests have seen every kind drawn.
    with debug_mode(False):
        picture = kinds[chart.kind](chart, rows, columns)
        return _tidy(picture, chart, rows[chart.x])


def _frame(table: Table) -> pd.DataFrame:
    names = [column.name for column in table.columns]
    rows = pd.DataFrame(list(table.rows), columns=names, dtype=object)
    for column in table.columns[1:]:
        if column.unit and column.unit != "month":
            rows[column.name] = pd.to_numeric(rows[column.name], errors="coerce")
    return rows


def _axis(column: Column, **options: Any) -> alt.Axis:
    options.setdefault("format", ".1~%" if column.unit == "share" else ",~f")
    return alt.Axis(title=heading(column).replace(" (%)", ""), **options)


def _line(chart: Chart, rows: pd.DataFrame, columns: dict[str, Column]) -> Picture:
    """Months along, one line per column, its name at its last point."""
    long = rows.melt([chart.x], list(chart.y), "series", "value").assign(
        series=lambda each: each["series"].map(lambda name: columns[name].title)
    )
    long[chart.x] = pd.to_datetime(long[chart.x])
    first = columns[chart.y[0]]
    if len(chart.y) > 1:  # each line has its own name; the axis has their unit
        unit = "" if first.unit == "share" else first.unit
        first = replace(first, title=unit[:1].upper() + unit[1:], unit=first.unit)
    base = alt.Chart(long).encode(
        x=alt.X(
            f"{chart.x}:T",
            axis=alt.Axis(title=None, format="%b %Y", tickCount=6, labelFlush=True),
        ),
        y=alt.Y("value:Q", axis=_axis(first, tickCount=5), scale=alt.Scale(zero=True)),
        color=alt.Color(
            "series:N",
            scale=alt.Scale(
                domain=[columns[name].title for name in chart.y], range=PALETTE
            ),
            legend=None,
        ),
    )
    few = len(rows) <= MARKED
    drawn = base.mark_line(
        strokeWidth=2.5 if few else 1.5,
        point=alt.OverlayMarkDef(size=18) if few else False,
    )
    if len(chart.y) == 1:
        return drawn
    ends = long.dropna().groupby("series", sort=False).tail(1)
    names = (
        base.properties(data=_kept_apart(ends, long["value"].max()))
        .mark_text(align="left", dx=7, fontSize=14, fontWeight="bold")
        .encode(text="series:N", y="label:Q")
    )
    return drawn + names


def _kept_apart(ends: pd.DataFrame, top: float) -> pd.DataFrame:
    """Where to write each line's name: at its end, but never over another's."""
    gap = 0.09 * top
    ordered = ends.sort_values("value", kind="stable")
    places: list[float] = []
    for value in ordered["value"]:
        places.append(max(value, places[-1] + gap) if places else float(value))
    # Names that were pushed up take those below half the way back down.
    back = (places[-1] - float(ordered["value"].iloc[-1])) / 2
    return ordered.assign(label=[place - back for place in places])


def _bars(chart: Chart, rows: pd.DataFrame, columns: dict[str, Column]) -> Picture:
    """A bar per row in the table's order, its figure at its end."""
    (name,) = chart.y
    column = columns[name]
    shown = rows.dropna(subset=[name])
    base = alt.Chart(shown).encode(
        y=alt.Y(f"{chart.x}:N", sort=None, axis=_names_axis(shown[chart.x])),
        x=alt.X(f"{name}:Q", axis=_axis(column, tickCount=5)),
    )
    places = column.decimals or 0
    shape = f".{places}%" if column.unit == "share" else f",.{places}f"
    bars = base.mark_bar().encode(color=_emphasis(chart))
    figures = base.mark_text(align="left", dx=4, fontSize=13, color=INK).encode(
        text=alt.Text(f"{name}:Q", format=shape)
    )
    return _with_reference(bars + figures, chart)


def _intervals(chart: Chart, rows: pd.DataFrame, columns: dict[str, Column]) -> Picture:
    """A dot for each row, with a line from the lower to the upper limit."""
    (name,) = chart.y
    shown = rows.dropna(subset=[name])
    base = alt.Chart(shown).encode(
        y=alt.Y(f"{chart.x}:N", sort=None, axis=_names_axis(shown[chart.x])),
        color=_emphasis(chart),
    )
    scale = alt.Scale(zero=False, nice=True, padding=10)
    reach = base.mark_rule(strokeWidth=2).encode(
        x=alt.X(
            f"{chart.lower}:Q", scale=scale, axis=_axis(columns[name], tickCount=5)
        ),
        x2=f"{chart.upper}:Q",
    )
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=alt.X(f"{name}:Q", scale=scale)
    )
    return _with_reference(reach + dots, chart)


def _funnel(chart: Chart, rows: pd.DataFrame, columns: dict[str, Column]) -> Picture:
    """Rates against residents, with control limits; only the outliers have names."""
    (name,) = chart.y
    label = next(iter(columns))
    shown = rows.dropna(subset=[chart.x, name]).sort_values(chart.x)
    outside = (shown[name] > shown[chart.upper]) | (shown[name] < shown[chart.lower])
    shown = shown.assign(outside=outside)
    base = alt.Chart(shown).encode(
        x=alt.X(
            f"{chart.x}:Q",
            scale=alt.Scale(zero=False, padding=30),
            axis=_axis(columns[chart.x], tickCount=5),
        )
    )
    y_axis = _axis(columns[name], tickCount=5)
    limits = [
        base.mark_line(strokeDash=[5, 4], color=QUIET).encode(
            y=alt.Y(f"{limit}:Q", axis=y_axis)
        )
        for limit in (chart.lower, chart.upper)
        if limit
    ]
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(
        y=alt.Y(f"{name}:Q", axis=y_axis),
        color=alt.condition("datum.outside", alt.value(STRONG), alt.value(MAIN)),
        shape=alt.condition("datum.outside", alt.value("diamond"), alt.value("circle")),
    )
    far = (shown[name] - (shown[chart.lower] + shown[chart.upper]) / 2).abs()
    furthest = far.where(shown["outside"]).nlargest(NAMED).index
    names = (
        base.properties(data=shown.loc[furthest])
        .mark_text(align="left", dx=7, dy=-6, fontSize=13, color=INK)
        .encode(y=f"{name}:Q", text=f"{label}:N")
    )
    return _with_reference(alt.layer(*limits, dots, names), chart, along="y")


def _names_axis(names: "pd.Series[Any]") -> alt.Axis:
    return alt.Axis(title=None, labelLimit=LABELS, ticks=False, domain=False)


def _emphasis(chart: Chart) -> Any:
    if chart.highlight is None:
        return alt.value(MAIN)
    about = alt.FieldEqualPredicate(field=chart.x, equal=chart.highlight)
    return alt.condition(about, alt.value(STRONG), alt.value(QUIET))


def _with_reference(drawn: Picture, chart: Chart, along: str = "x") -> Picture:
    """Add a line at the level to compare with, named at its end."""
    if chart.reference is None:
        return drawn
    level, name = chart.reference
    data = pd.DataFrame({"level": [level], "name": [name]})
    rule = alt.Chart(data).mark_rule(strokeWidth=1.5, color=INK)
    text = alt.Chart(data).mark_text(fontSize=13, color=INK, fontWeight="bold")
    if along == "x":
        return (
            drawn
            + rule.encode(x="level:Q")
            + text.encode(x="level:Q", y=alt.value(-9), text="name:N")
        )
    text = text.mark_text(
        fontSize=13, color=INK, fontWeight="bold", align="right", dy=-7
    )
    return (
        drawn
        + rule.encode(y="level:Q")
        + text.encode(y="level:Q", x=alt.value(WIDTH), text="name:N")
    )


def _tidy(picture: Picture, chart: Chart, names: "pd.Series[Any]") -> str:
    """Render, and make the SVG one picture with one description that scales."""
    listed = chart.kind in ("bars", "intervals")
    height = alt.Step(25 if len(names) < MANY_ROWS else 18) if listed else 230
    # Names of rows stand left of the plot, and take their room from its width.
    room = min(LABELS, 7 * int(names.astype(str).str.len().max() or 0))
    width = max(WIDTH - room, NARROWEST) if listed else WIDTH
    # The picture is described as a whole, so that nobody must step through its marks.
    spec = (
        picture.properties(width=width, height=height)
        .configure(font=FONT, aria=False, padding={"right": 40, "top": 14})
        .configure_axis(
            labelColor=INK,
            titleColor=INK,
            labelFontSize=14,
            titleFontSize=14,
            titleFontWeight="normal",
            gridColor=GRID,
            domainColor=QUIET,
            tickColor=QUIET,
        )
        .configure_view(stroke=None)
        .to_dict(validate=False)
    )
    return described(vl_convert.vegalite_to_svg(spec), chart)


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
