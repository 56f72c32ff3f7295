"""
What each kind of chart looks like, in the words of Vega-Lite.

A picture is a plain dictionary, as https://vega.github.io/vega-lite/ describes it: a
library between us and the drawing took as long as the drawing itself.
"""

from typing import Any

from saferplan.assessment.finding import Chart, Column, Table
from saferplan.reports.wording import heading

PALETTE = ["#12436D", "#F46A25", "#28A197", "#801650"]
MAIN, STRONG = PALETTE[0], PALETTE[1]
QUIET = "#6B7B88"  # what is there to compare with; 4.4:1 against white
INK = "#1D2A33"
GRID = "#D9E0E6"
FONT = "Atkinson Hyperlegible Next, Arial, sans-serif"
NARROWEST = 220  # of a plot, however long the names beside it
WIDTH = 400  # on a phone the whole picture shrinks to four fifths, and is still legible
MARKED = 36  # points of a line that each get a dot
NAMED = 4  # outliers of a funnel that get a name
LABELS = 340  # pixels for the names of rows, at most
LETTER = 7  # pixels that a letter of a name takes, with room to spare
MANY_ROWS = 15  # from here on rows stand closer

Spec = dict[str, Any]
Row = dict[str, Any]
Columns = dict[str, Column]

CONFIG: Spec = {
    "font": FONT,
    # Described as a whole, so that nobody must step through a picture's marks.
    "aria": False,
    "padding": {"right": 40, "top": 14},
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": QUIET,
        "tickColor": QUIET,
        # Most of the time of drawing went into measuring words against a limit.
        "labelLimit": 0,
        "labelSeparation": 6,
    },
}


def picture_of(chart: Chart, table: Table) -> Spec:
    """Return the whole picture: marks, sizes and style."""
    rows = rows_of(table)
    columns = {column.name: column for column in table.columns}
    kinds = {"line": line, "bars": bars, "intervals": intervals, "funnel": funnel}
    listed = chart.kind in ("bars", "intervals")
    # Names of rows stand left of the plot, and take their room from its width.
    room = min(LABELS, longest_name(chart, rows))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": CONFIG,
        "width": max(WIDTH - room, NARROWEST) if listed else WIDTH,
        "height": {"step": 25 if len(rows) < MANY_ROWS else 18} if listed else 230,
        **kinds[chart.kind](chart, rows, columns),
    }


def longest_name(chart: Chart, rows: list[Row]) -> int:
    """The pixels that the longest name of a row takes, more or less."""
    return LETTER * max((len(str(row[chart.x])) for row in rows), default=0)


def rows_of(table: Table) -> list[Row]:
    """The table as named rows. A word in a column of numbers is no number: None."""
    first, *others = table.columns
    numbers = {each.name for each in others if each.unit and each.unit != "month"}
    return [
        {
            column.name: None
            if column.name in numbers and not isinstance(cell, int | float)
            else cell
            for column, cell in zip(table.columns, row, strict=True)
        }
        for row in table.rows
    ]


def field(name: str, kind: str, **more: Any) -> Spec:
    return {"field": name, "type": kind, **more}


def axis(column: Column, **options: Any) -> Spec:
    """An axis of numbers, with the column's heading."""
    shape = ".1~%" if column.unit == "share" else ",~f"
    title = heading(column).replace(" (%)", "")
    return {"title": title, "format": shape, "tickCount": 5, **options}


def given(rows: list[Row], *names: str) -> list[Row]:
    """The rows that have each of these; a missing cell is never drawn as zero."""
    return [row for row in rows if all(row[name] is not None for name in names)]


def line(chart: Chart, rows: list[Row], columns: Columns) -> Spec:
    """Months along, one line per column, its name at its last point."""
    long = [
        {
            chart.x: moment(row[chart.x]),
            "series": columns[name].title,
            "value": row[name],
        }
        for name in chart.y
        for row in rows
    ]
    titles = [columns[name].title for name in chart.y]
    x = field(
        chart.x,
        "temporal",
        axis={"title": None, "format": "%b %Y", "tickCount": 6, "labelFlush": True},
    )
    colour = field(
        "series", "nominal", scale={"domain": titles, "range": PALETTE}, legend=None
    )
    y_axis = axis(columns[chart.y[0]])
    if len(chart.y) > 1:  # each line has its own name; the axis has their unit
        y_axis["title"] = unit_of(columns[chart.y[0]])
    few = len(rows) <= MARKED
    drawn: Spec = {
        "data": {"values": long},
        "mark": {
            "type": "line",
            "strokeWidth": 2.5 if few else 1.5,
            "point": {"size": 18} if few else False,
        },
        "encoding": {
            "x": x,
            "y": field("value", "quantitative", axis=y_axis, scale={"zero": True}),
            "color": colour,
        },
    }
    ends = [found[-1] for title in titles if (found := points_of(long, title))]
    if len(chart.y) == 1 or not ends:
        return drawn
    names: Spec = {
        "data": {
            "values": kept_apart(ends, max(p["value"] for p in given(long, "value")))
        },
        "mark": {
            "type": "text",
            "align": "left",
            "dx": 7,
            "fontSize": 14,
            "fontWeight": "bold",
        },
        "encoding": {
            "x": x,
            "y": field("label", "quantitative"),
            "color": colour,
            "text": field("series", "nominal"),
        },
    }
    return {"layer": [drawn, names]}


def moment(month: str) -> str:
    """A month or a day as the start of it, on nobody's clock."""
    return (
        f"{month}-01T00:00:00" if len(month) == len("2026-03") else f"{month}T00:00:00"
    )


def unit_of(column: Column) -> str:
    """A column's unit as the title of an axis; a share's is on its ticks."""
    return "" if column.unit == "share" else column.unit[:1].upper() + column.unit[1:]


def points_of(long: list[Row], title: str) -> list[Row]:
    return [point for point in given(long, "value") if point["series"] == title]


def kept_apart(ends: list[Row], top: float) -> list[Row]:
    """Where to write each line's name: at its end, but never over another's."""
    gap = 0.09 * top
    ordered = sorted(ends, key=lambda end: float(end["value"]))
    places: list[float] = []
    for end in ordered:
        value = float(end["value"])
        places.append(max(value, places[-1] + gap) if places else value)
    # Names that were pushed up take those below half the way back down.
    back = (places[-1] - float(ordered[-1]["value"])) / 2
    return [
        {**end, "label": place - back}
        for end, place in zip(ordered, places, strict=True)
    ]


def bars(chart: Chart, rows: list[Row], columns: Columns) -> Spec:
    """A bar per row in the table's order, its figure at its end."""
    (name,) = chart.y
    column = columns[name]
    along = {
        "x": field(name, "quantitative", axis=axis(column)),
        "y": names_along(chart, rows),
    }
    places = column.decimals or 0
    shape = f".{places}%" if column.unit == "share" else f",.{places}f"
    layers: list[Spec] = [
        {"mark": {"type": "bar"}, "encoding": {**along, "color": emphasis(chart)}},
        {
            "mark": words(align="left", dx=4),
            "encoding": {**along, "text": field(name, "quantitative", format=shape)},
        },
    ]
    return layered(given(rows, name), layers, chart)


def intervals(chart: Chart, rows: list[Row], columns: Columns) -> Spec:
    """A dot for each row, with a line from the lower to the upper limit."""
    (name,) = chart.y
    assert chart.lower is not None, "an interval has a lower limit"
    assert chart.upper is not None, "an interval has an upper limit"
    same = {"y": names_along(chart, rows), "color": emphasis(chart)}
    scale = {"zero": False, "nice": True, "padding": 10}
    reach = field(chart.lower, "quantitative", scale=scale, axis=axis(columns[name]))
    layers: list[Spec] = [
        {
            "mark": {"type": "rule", "strokeWidth": 2},
            "encoding": {**same, "x": reach, "x2": {"field": chart.upper}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
            "encoding": {**same, "x": field(name, "quantitative", scale=scale)},
        },
    ]
    return layered(given(rows, name), layers, chart)


def funnel(chart: Chart, rows: list[Row], columns: Columns) -> Spec:
    """Rates against residents, with control limits; only the outliers have names."""
    (name,) = chart.y
    label = next(iter(columns))
    shown = sorted(given(rows, chart.x, name), key=lambda row: float(row[chart.x]))
    for row in shown:
        row["outside"] = beyond(row, chart) > 0
    scale = {"zero": False, "padding": 30}
    x = field(chart.x, "quantitative", scale=scale, axis=axis(columns[chart.x]))
    y_axis = axis(columns[name])
    limits: list[Spec] = [
        {
            "mark": {"type": "line", "strokeDash": [5, 4], "color": QUIET},
            "encoding": {"x": x, "y": field(limit, "quantitative", axis=y_axis)},
        }
        for limit in (chart.lower, chart.upper)
        if limit
    ]
    dots: Spec = {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": {
            "x": x,
            "y": field(name, "quantitative", axis=y_axis),
            "color": if_true("datum.outside", STRONG, MAIN),
            "shape": if_true("datum.outside", "diamond", "circle"),
        },
    }
    outside = [row for row in shown if row["outside"]]
    furthest = sorted(outside, key=lambda row: -from_middle(row, chart))[:NAMED]
    named: Spec = {
        "data": {"values": furthest},
        "mark": words(align="left", dx=7, dy=-6),
        "encoding": {
            "x": x,
            "y": field(name, "quantitative"),
            "text": field(label, "nominal"),
        },
    }
    return layered(shown, [*limits, dots, named], chart, along="y")


def beyond(row: Row, chart: Chart) -> float:
    """How far a rate is outside its limits; below zero, or zero, where it is within."""
    (name,) = chart.y
    lower, upper = (
        row[limit] if limit else None for limit in (chart.lower, chart.upper)
    )
    over = row[name] - upper if upper is not None else 0.0
    under = lower - row[name] if lower is not None else 0.0
    return float(max(over, under))


def from_middle(row: Row, chart: Chart) -> float:
    """How far a rate is from the middle of its limits."""
    (name,) = chart.y
    known = [
        row[each]
        for each in (chart.lower, chart.upper)
        if each and row[each] is not None
    ]
    return abs(float(row[name] - sum(known) / len(known)))


def names_along(chart: Chart, rows: list[Row]) -> Spec:
    """The rows' names, in the table's order, cut short if they leave no room."""
    plain: Spec = {"title": None, "ticks": False, "domain": False}
    if longest_name(chart, rows) > LABELS:
        plain["labelLimit"] = LABELS
    return field(chart.x, "nominal", sort=None, axis=plain)


def words(**more: Any) -> Spec:
    return {"type": "text", "fontSize": 13, "color": INK, **more}


def if_true(test: str | Spec, then: str, otherwise: str) -> Spec:
    return {"condition": {"test": test, "value": then}, "value": otherwise}


def emphasis(chart: Chart) -> Spec:
    """One colour, unless a row is picked out."""
    if chart.highlight is None:
        return {"value": MAIN}
    return if_true({"field": chart.x, "equal": chart.highlight}, STRONG, QUIET)


def layered(
    rows: list[Row], layers: list[Spec], chart: Chart, along: str = "x"
) -> Spec:
    """Layers over the same rows, and the level to compare with, named at its end."""
    picture: Spec = {"data": {"values": rows}, "layer": layers}
    if chart.reference is None:
        return picture
    level, name = chart.reference
    data = {"values": [{"level": level, "name": name}]}
    across = {along: field("level", "quantitative")}
    # Above the plot, or at its right edge.
    end = {"y": {"value": -9}} if along == "x" else {"x": {"value": WIDTH}}
    aside = {} if along == "x" else {"align": "right", "dy": -7}
    rule = {
        "data": data,
        "mark": {"type": "rule", "strokeWidth": 1.5, "color": INK},
        "encoding": across,
    }
    text = {
        "data": data,
        "mark": words(fontWeight="bold", **aside),
        "encoding": {**across, **end, "text": field("name", "nominal")},
    }
    return {**picture, "layer": [*layers, rule, text]}
