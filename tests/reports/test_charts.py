"""Charts draw the finding's table, and nothing that is not in it."""

import re
from dataclasses import replace

import pytest
from reports.made_by_hand import by_ward, monthly, square

from saferplan.assessment.finding import Chart, Column, Table
from saferplan.errors import MethodError
from saferplan.reports.charts import draw
from saferplan.reports.vega import PALETTE, QUIET, STRONG, picture_of

TREND = Chart("line", "Burglary by month", "It falls.", "month", ("offences",))
MAP = Chart("map", "Where", "Most in Dale.", "code", ("rate",), area_set="ward")


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return sum(
        share * part
        for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


@pytest.mark.parametrize("colour", [*PALETTE, QUIET])
def test_every_colour_stands_out_from_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 3


def test_drawing_twice_gives_the_same_picture():
    before = draw(TREND, monthly())
    draw.cache_clear()
    assert draw(TREND, monthly()) == before


def test_the_description_is_in_the_picture():
    chart = replace(TREND, description='Up & "down"')
    assert 'aria-label="Up &amp; &quot;down&quot;"' in draw(chart, monthly())


def test_a_chart_is_one_picture_and_not_a_heap_of_marks():
    picture = draw(TREND, monthly())
    assert picture.count("role=") == 1
    assert picture.count("aria-") == 1


def test_a_missing_month_breaks_the_line():
    whole = replace(monthly(), rows=tuple((m, n or 100) for m, n in monthly().rows))
    strokes = [
        path.count("M")
        for table in (whole, monthly())
        for path in re.findall(
            r'd="(M[^"]*)"[^>]*stroke-width="2.5"', draw(TREND, table)
        )
    ]
    assert strokes == [1, 2]


def test_a_hidden_count_is_not_drawn():
    table = Table(
        "Knife crime",
        (Column("ward", "Ward"), Column("count", "Offences", "offences")),
        (("Ashgrove", "[c]"), ("Dale", 31)),
    )
    picture = draw(Chart("bars", "Wards", "d", "ward", ("count",)), table)
    assert "Dale" in picture
    assert "Ashgrove" not in picture


def test_the_place_in_question_is_drawn_stronger():
    chart = Chart("bars", "Wards", "d", "ward", ("rate",), highlight="Dale")
    assert draw(chart, by_ward()).count(f'fill="{STRONG}"') == 1


def test_more_than_four_series_are_refused():
    chart = replace(TREND, y=("a", "b", "c", "d", "e"))
    with pytest.raises(MethodError, match="several charts"):
        draw(chart, monthly())


def test_the_map_names_each_area_and_its_figure():
    picture = draw(MAP, by_ward(), tuple(square(n) for n in range(4)))
    assert "<title>Dale: 20.0</title>" in picture
    assert "<title>&lt;Castle&gt;: 9.3</title>" in picture


def test_an_area_without_a_figure_is_left_white():
    rows = tuple(
        (*row[:4], None, *row[5:]) if row[0] == "Dale" else row
        for row in by_ward().rows
    )
    picture = draw(
        MAP, replace(by_ward(), rows=rows), tuple(square(n) for n in range(4))
    )
    assert 'stroke-dasharray="4 3"><title>Dale: [x]</title>' in picture
    assert ">Not available</text></svg>" in picture


def test_a_map_without_a_white_area_has_none_in_its_key():
    picture = draw(MAP, by_ward(), tuple(square(n) for n in range(4)))
    assert "Not available" not in picture


def test_a_name_too_long_for_its_place_is_cut_short_and_no_other_is_measured():
    table = by_ward()
    long = replace(table, rows=tuple(("Ward " * 12, *row[1:]) for row in table.rows))
    bars = Chart("bars", "Wards", "d", "ward", ("rate",))
    assert "…" in draw(bars, long) or "..." in draw(bars, long)
    assert "labelLimit" not in str(picture_of(bars, table)["layer"])


def test_no_row_is_drawn_where_a_series_has_no_number_at_all():
    empty = replace(
        monthly(), rows=tuple((month, None) for month, _n in monthly().rows)
    )
    assert "<svg" in draw(TREND, empty)


def test_only_what_lies_outside_a_funnel_has_a_name():
    columns = tuple(
        Column(name, name.title(), unit)
        for name, unit in [
            ("ward", ""),
            ("residents", "people"),
            ("rate", "offences"),
            ("below", "offences"),
            ("above", "offences"),
        ]
    )
    rows = (
        ("Dale", 900, 50, 20, 40),
        ("Hill", 950, 30, 21, 39),
        ("Vale", 990, None, 2, 3),
    )
    chart = Chart(
        "funnel", "Wards", "One.", "residents", ("rate",), lower="below", upper="above"
    )
    picture = draw(chart, Table("Wards", columns, rows))
    assert "Dale" in picture
    assert "Hill" not in picture
