"""Squares and hexagons over an area, and the counts in them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.grid import Grid, cell_of, grid_counts, grid_over

DATA = Path(__file__).parents[3] / "shared/data/methods"

# An L of 3 km by 3 km, away from nought as real places are.
AREA = shapely.union(
    shapely.box(530_000, 170_000, 533_000, 171_100),
    shapely.box(530_000, 170_000, 531_200, 173_000),
)
SHAPES = pytest.mark.parametrize("shape", ["square", "hexagon"])


def scattered(count=400, seed=3):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "x": rng.uniform(529_500, 533_500, count),
            "y": rng.uniform(169_500, 173_500, count),
        }
    )


@pytest.mark.published("grid")
def test_squares_and_hexagons_counted_by_hand():
    area = shapely.box(1_000, 1_000, 2_000, 1_500)
    events = pd.DataFrame({"x": [1_010, 1_700, 1_999, 2_001], "y": [1_009] * 4})
    squares = grid_counts(events, grid_over(area, size=500))
    assert squares.cells["count"].tolist() == [1, 2]
    assert squares.outside == 1
    # A hexagon 500 m between flat sides has 500 x 500 x root 3 / 2 square metres.
    hexagons = grid_over(area, size=500, shape="hexagon")
    assert hexagons.cell_area == pytest.approx(216_506.35, abs=0.01)
    assert grid_counts(events.head(3), hexagons).cells["count"].sum() == 3


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
@pytest.mark.published("grid")
def test_the_robberies_of_memphis_are_in_the_cells_that_sfhotspot_put_them_in():
    theirs = pd.read_csv(DATA / "golden_sfhotspot_memphis_500m.csv.gz")
    robberies = pd.read_csv(DATA / "golden_memphis_robberies_utm16.csv")
    row, column = (
        np.rint((theirs[name] - theirs[name].min()) / 500).astype(int) for name in "yx"
    )
    within = np.zeros((row.max() + 1, column.max() + 1))
    within[row, column] = 1
    grid = Grid("square", 500.0, theirs["x"].min(), theirs["y"].min(), within)
    found = grid_counts(robberies, grid).cells["count"]
    here = (row * grid.columns + column).to_numpy()
    assert found.loc[here].tolist() == theirs["n"].tolist()
    assert found.sum() == 2_245


def cells_that_cover(grid, events):
    """By another road: ask of every outline whether it covers the point."""
    points = shapely.points(events["x"], events["y"])
    outlines = grid.outlines()
    pairs = shapely.STRtree(outlines.to_numpy()).query(points, predicate="intersects")
    found = np.full(len(points), -1)
    found[pairs[0]] = outlines.index.to_numpy()[pairs[1]]
    return found


@pytest.mark.property_of("grid")
@SHAPES
def test_the_cells_cover_the_area_once(shape):
    grid = grid_over(AREA, size=250, shape=shape)
    outlines = grid.outlines().to_numpy()
    assert shapely.area(outlines) == pytest.approx(grid.cell_area)
    assert grid.within.sum() * grid.cell_area == pytest.approx(AREA.area)
    assert shapely.union_all(outlines).buffer(0.01).contains(AREA)
    assert shapely.union_all(outlines).area == pytest.approx(
        len(grid.cells) * grid.cell_area
    )


@pytest.mark.second_road("grid")
@SHAPES
def test_a_place_is_in_the_cell_whose_outline_holds_it(shape):
    grid = grid_over(AREA, size=250, shape=shape)
    events = scattered()
    found = cell_of(grid, events["x"].to_numpy(), events["y"].to_numpy())
    assert found.tolist() == cells_that_cover(grid, events).tolist()
    assert (found == -1).any()


@pytest.mark.property_of("grid")
@SHAPES
def test_counts_keep_empty_cells_and_say_what_lies_outside(shape):
    grid = grid_over(AREA, size=250, shape=shape)
    found = grid_counts(scattered(), grid)
    assert found.cells.index.equals(grid.cells)
    assert found.cells["count"].sum() + found.outside == 400
    assert (found.cells["count"] == 0).any()
    assert f"{found.outside} events lie outside" in found.caution


WIDE = shapely.box(528_000, 168_000, 535_000, 175_000)
HEXAGONS = [grid_over(WIDE, size=size, shape="hexagon") for size in (250.0, 333.3)]


@pytest.mark.second_road("grid")
@given(
    x=st.floats(529_000, 534_000),
    y=st.floats(169_000, 174_000),
    grid=st.sampled_from(HEXAGONS),
)
def test_no_other_hexagon_is_nearer(x, y, grid):
    centres = grid.centres()
    apart = np.hypot(centres["x"] - x, centres["y"] - y)
    number = cell_of(grid, np.array([x]), np.array([y]))[0]
    assert apart[number] == pytest.approx(apart.min(), abs=1e-6)


@SHAPES
def test_grids_over_two_areas_fit_together(shape):
    moved = shapely.transform(AREA, lambda p: p + [777, 333])
    here = grid_over(AREA, size=250, shape=shape)
    there = grid_over(moved, size=250, shape=shape)
    ours = set(map(tuple, here.centres().round(3).to_numpy()))
    theirs = set(map(tuple, there.centres().round(3).to_numpy()))
    assert len(ours & theirs) >= shapely.intersection(AREA, moved).area / here.cell_area


def test_weights_are_added_up_in_place_of_ones():
    grid = grid_over(shapely.box(0, 0, 1_000, 500), size=500)
    events = pd.DataFrame({"x": [1, 2, 800], "y": [1, 1, 1], "harm": [2.5, 1.0, 7.0]})
    found = grid_counts(events, grid, weight="harm").cells
    assert found["count"].tolist() == [3.5, 7.0]


def test_a_place_on_a_line_belongs_to_the_square_north_or_east():
    grid = grid_over(shapely.box(0, 0, 1_000, 1_000), size=500)
    assert cell_of(grid, np.array([500.0]), np.array([0.0])).tolist() == [1]
    assert cell_of(grid, np.array([0.0]), np.array([500.0])).tolist() == [2]


def test_places_moved_by_the_publisher_carry_a_caution():
    grid = grid_over(AREA, size=250)
    found = grid_counts(scattered(), grid, publisher="police-uk")
    assert "shared map points" in found.caution


def test_moved_places_in_narrow_cells_are_refused():
    with pytest.raises(MethodError, match="250 m or more"):
        grid_counts(scattered(), grid_over(AREA, size=100), publisher="police-uk")


def test_no_events_are_zero_everywhere():
    found = grid_counts(scattered(0), grid_over(AREA, size=500))
    assert found.cells["count"].sum() == 0
    assert found.caution == ""


@pytest.mark.parametrize(
    ("area", "size", "words"),
    [
        (shapely.Polygon(), 250, "The area is empty"),
        (shapely.box(-0.1, 51.4, 0.1, 51.5), 250, "longitude and latitude"),
        (shapely.box(0, 0, 10, 10), np.inf, "cannot be inf m wide"),
        (AREA, 0, "cannot be 0 m wide"),
        (AREA, 1, "Choose wider cells"),
    ],
)
def test_an_area_that_cannot_have_cells_is_refused(area, size, words):
    with pytest.raises(MethodError, match=words):
        grid_over(area, size=size)


def test_values_must_be_one_for_each_cell():
    grid = grid_over(AREA, size=500)
    values = pd.Series(0, index=grid.cells)
    with pytest.raises(MethodError, match="which keeps cells without events"):
        grid.spread(values.iloc[1:])
    with pytest.raises(MethodError, match="a count of zero"):
        grid.spread(values.astype(float).where(values.index > values.index[0]))
