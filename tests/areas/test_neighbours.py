"""Shared borders, overlaps and points, on squares drawn on the National Grid."""

import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from saferplan.areas.neighbours import neighbours, overlaps
from saferplan.areas.points import area_at, mean_corners
from saferplan.areas.projection import (
    degrees_from_grid,
    grid_from_degrees,
    outlines_in_degrees,
)

WEST, SOUTH = 537_000, 172_000  # in Lewisham


def squares(**corners):
    """Outlines of squares 1 km wide, given by their corner in kilometres."""
    shapes = [
        shapely.box(WEST + 1_000 * x, SOUTH + 1_000 * y, WEST + 1_000 * (x + 1), top)
        for x, y in corners.values()
        for top in [SOUTH + 1_000 * (y + 1)]
    ]
    wkb = shapely.to_wkb(outlines_in_degrees(np.array(shapes)))
    return pd.Series(wkb, index=list(corners), dtype=object)


def test_squares_with_a_common_side_are_neighbours():
    assert neighbours(squares(a=(0, 0), b=(1, 0))) == {"a": ("b",), "b": ("a",)}


def test_a_common_corner_is_not_a_border():
    assert neighbours(squares(a=(0, 0), b=(1, 1))) == {"a": (), "b": ()}


def test_a_gap_of_a_few_metres_is_only_bad_drawing():
    assert neighbours(squares(a=(0, 0), b=(1.003, 0)))["a"] == ("b",)


def test_a_river_between_them_parts_them():
    assert neighbours(squares(a=(0, 0), b=(1.2, 0)))["a"] == ()


def test_an_area_alone_has_no_neighbour():
    assert neighbours(squares(a=(0, 0))) == {"a": ()}


def test_overlaps_are_shares_of_each_areas_land():
    table = overlaps(squares(a=(0, 0)), squares(x=(0.25, 0), y=(5, 5)))
    row = table.iloc[0]
    assert len(table) == 1  # y is elsewhere
    assert (row.from_code, row.to_code) == ("a", "x")
    assert row.square_metres == pytest.approx(750_000, rel=1e-4)
    assert row.share_of_from == pytest.approx(0.75, rel=1e-4)
    assert row.share_of_to == pytest.approx(0.75, rel=1e-4)


def test_areas_that_only_touch_do_not_overlap():
    table = overlaps(squares(a=(0, 0)), squares(b=(1, 0)))
    assert table.share_of_from.sum() < 1e-6


def points(*kilometres):
    grid = np.array([(WEST + 1_000 * x, SOUTH + 1_000 * y) for x, y in kilometres])
    degrees = degrees_from_grid(grid)
    return pd.Series(degrees[:, 0]), pd.Series(degrees[:, 1])


def test_a_point_is_in_the_area_around_it():
    longitude, latitude = points((0.5, 0.5), (1.5, 0.5), (9, 9))
    found = area_at(longitude, latitude, squares(b=(1, 0), a=(0, 0)))
    assert found.tolist() == ["a", "b", None]


def test_a_point_without_coordinates_is_nowhere():
    longitude, latitude = points((0.5, 0.5), (0.5, 0.5))
    longitude[0] = np.nan
    assert area_at(longitude, latitude, squares(a=(0, 0))).tolist() == [None, "a"]


def test_a_point_on_a_border_goes_to_the_first_code():
    shapes = [shapely.box(0, 51, 1, 52), shapely.box(1, 51, 2, 52)]
    outlines = pd.Series(shapely.to_wkb(np.array(shapes)), index=["b", "a"])
    found = area_at(pd.Series([1.0]), pd.Series([51.5]), outlines)
    assert found.tolist() == ["a"]


def test_the_worked_example_of_the_ordnance_survey_comes_out():
    # Caister water tower: grid 651409.903, 313177.270; 52 39 28.8282 N, 1 42 57.8663 E.
    degrees = degrees_from_grid(np.array([[651_409.903, 313_177.270]]))[0]
    there = np.array([1 + 42 / 60 + 57.8663 / 3600, 52 + 39 / 60 + 28.8282 / 3600])
    metres = (degrees - there) * [67_600, 111_200]
    assert np.hypot(*metres) < 5


def test_it_agrees_with_projs_own_seven_parameters():
    # The same answer by another road: EPSG's coordinate operation 1314.
    operation = Transformer.from_pipeline("urn:ogc:def:coordinateOperation:EPSG::1314")
    grid = np.array([[530_000.0, 180_000.0], [400_000.0, 400_000.0]])
    airy = Transformer.from_crs(27700, 4277, always_xy=True)
    longitude, latitude = airy.transform(grid[:, 0], grid[:, 1])
    theirs = np.column_stack(operation.transform(latitude, longitude))[:, ::-1]
    assert degrees_from_grid(grid) == pytest.approx(theirs, abs=1e-7)


def test_there_and_back_is_where_we_were():
    grid = np.array([[530_000.0, 180_000.0], [250_000.0, 900_000.0]])
    assert grid_from_degrees(degrees_from_grid(grid)) == pytest.approx(grid, abs=0.01)


def test_corners_say_how_finely_outlines_are_drawn():
    assert mean_corners(squares(a=(0, 0), b=(1, 0))) == 5  # the first is also the last
