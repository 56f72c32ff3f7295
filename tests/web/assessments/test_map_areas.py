"""The areas of the interactive map: shapes with their holes, shades, and words."""

from dataclasses import replace

import pytest
from shapely.geometry import shape
from web.assessments.made_by_hand import WARDS, square, wards_differ

from saferplan.assessment.finding import Outline
from saferplan.reports.area_map import draw_map
from saferplan.web.assessments.map_areas import geometry, map_areas

EAST, WEST = square("E05000001", "East", 0.0), square("E05000002", "West", 1.0)


def areas(finding=None, outlines=(EAST, WEST)):
    finding = finding or wards_differ()
    return map_areas(finding, finding.charts[0], outlines)


def ring(left, bottom, size):
    right, top = left + size, bottom + size
    return ((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom))


def shape_of(*rings):
    found = shape(geometry(Outline("E05000001", "East", "ward", rings)))
    assert found.is_valid
    return found


def test_a_ring_inside_another_is_a_hole_and_one_inside_that_is_land_again():
    lake = shape_of(ring(0, 0, 10), ring(2, 2, 6))
    assert lake.area == pytest.approx(100 - 36)
    island = shape_of(ring(4, 4, 2), ring(2, 2, 6), ring(0, 0, 10))  # in any order
    assert island.area == pytest.approx(100 - 36 + 4)
    assert len(island.geoms) == 2


def test_rings_beside_each_other_are_all_land():
    assert shape_of(ring(0, 0, 2), ring(5, 5, 3)).area == pytest.approx(4 + 9)


def test_a_figure_is_said_with_its_decimals_and_a_missing_one_is_said_to_be():
    east, west = (each["properties"] for each in areas()["features"])
    assert (east["name"], east["value"], east["words"]) == ("East", 12.5, "12.5")
    assert (west["value"], west["words"]) == (None, "Not available")
    assert areas()["title"] == "Rate (per 1,000 residents)"


def test_the_map_and_its_picture_have_the_same_shades():
    rows = tuple((f"E0500000{n}", f"Ward {n}", n * 1.5) for n in range(1, 8))
    finding = replace(wards_differ(), table=replace(WARDS, rows=rows))
    outlines = tuple(square(code, name, n) for n, (code, name, _) in enumerate(rows))
    picture = draw_map(finding.charts[0], finding.table, outlines)
    found = areas(finding, outlines)
    for each in found["features"]:
        fill, name = each["properties"]["shade"], each["properties"]["name"]
        assert f'fill="{fill}"' in next(
            path for path in picture.split("<path")[1:] if f"<title>{name}:" in path
        )
    assert all(entry["words"] in picture for entry in found["key"])
    assert len(found["key"]) == 5


def test_an_area_that_the_table_does_not_have_is_not_on_the_map():
    stranger = square("E05000009", "Elsewhere", 5.0)
    codes = {
        each["properties"]["code"]
        for each in areas(outlines=(EAST, WEST, stranger))["features"]
    }
    assert codes == {"E05000001", "E05000002"}
