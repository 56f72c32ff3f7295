"""How many events there are per square kilometre, as a smooth surface."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.density import density, usual_bandwidth
from saferplan.methods.grid import Grid, grid_over
from saferplan.methods.kernel_sums import Lattice, exact_sums, quick_sums

DATA = Path(__file__).parents[3] / "shared/data/methods"
real_data = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here"),
]
TOWN = shapely.box(0, 0, 10_000, 8_000)
SHAPES = pytest.mark.parametrize("shape", ["square", "hexagon"])


def crowd(count=500, seed=2, width=10_000, height=8_000):
    """Half of the events in three crowds, half anywhere, some beyond the border."""
    random = np.random.default_rng(seed)
    middles = random.uniform(0, min(width, height), (3, 2))
    crowds = middles[random.integers(0, 3, count)] + random.normal(0, 400, (count, 2))
    anywhere = random.uniform(-1_000, [width + 1_000, height + 1_000], (count, 2))
    here = np.where(random.random((count, 1)) < 0.5, crowds, anywhere)
    return pd.DataFrame(here, columns=["x", "y"])


def one_by_one(events, grid, bandwidth):
    """By another road: every event for every cell."""
    centres = grid.centres()
    across = centres["x"].to_numpy()[:, None] - events["x"].to_numpy()
    up = centres["y"].to_numpy()[:, None] - events["y"].to_numpy()
    kernel = np.maximum(1 - (across**2 + up**2) / bandwidth**2, 0) ** 2
    return kernel.sum(axis=1) * 3 / np.pi / (bandwidth / 1_000) ** 2


@pytest.mark.second_road("density")
@SHAPES
@pytest.mark.parametrize("bandwidth", [90, 250, 777, 1_600])
def test_the_surface_is_that_of_every_event_for_every_cell(shape, bandwidth):
    grid = grid_over(TOWN, size=250, shape=shape)
    events = crowd()
    found = density(events, grid, bandwidth=bandwidth, exact=True)
    theirs = one_by_one(events, grid, bandwidth)
    assert found.cells.index.equals(grid.cells)
    assert np.abs(found.cells - theirs).max() < 1e-11 * theirs.max()
    assert found.peak == pytest.approx(theirs.max())
    assert found.error == 0
    # What nothing reaches is nothing, and not a hair above it.
    assert (found.cells[theirs == 0] == 0).all()


@pytest.mark.second_road("density")
@given(
    x=st.floats(-900, 1_900),
    y=st.floats(-900, 1_900),
    reach=st.floats(20, 900),
    across=st.floats(60, 300),
    up=st.floats(60, 300),
)
def test_one_event_has_the_kernel_about_it_wherever_it_lies(x, y, reach, across, up):
    lattice = Lattice(7, -3, across, up, columns=6, rows=5, reach=reach)
    found = exact_sums(np.array([x]), np.array([y]), lattice)
    columns, rows = np.meshgrid(7 + across * np.arange(6), -3 + up * np.arange(5))
    apart = ((columns - x) ** 2 + (rows - y) ** 2) / reach**2
    assert found == pytest.approx(np.maximum(1 - apart, 0) ** 2, abs=1e-12)


@pytest.mark.property_of("density")
@SHAPES
def test_the_volume_under_the_surface_is_the_number_of_events(shape):
    # Oracle 12 of the field's figures.
    grid = grid_over(TOWN, size=100, shape=shape)
    inside = crowd(300).clip(1_000, 7_000)
    found = density(inside, grid, bandwidth=900)
    volume = found.cells.sum() * grid.cell_area / 1_000_000
    assert volume == pytest.approx(300, rel=2e-3)


def test_d3_a_constant_of_116_for_16_makes_the_volume_seven_times_too_large():
    # SpatialKDE's scaled quartic kernel is 116/5 x 15/16 (1 - d2)2 over pi h2; with
    # 16/5 in its place it is 3 (1 - d2)2 over pi h2, as here.
    grid = grid_over(TOWN, size=100)
    found = density(pd.DataFrame({"x": [5_050], "y": [4_050]}), grid, bandwidth=900)
    apart = np.hypot(grid.centres()["x"] - 5_050, grid.centres()["y"] - 4_050) / 900
    kernel = 15 / 16 * np.maximum(1 - apart**2, 0) ** 2 / (np.pi * 0.9**2)
    square_kilometre = grid.cell_area / 1_000_000
    assert found.cells.to_numpy() == pytest.approx(16 / 5 * kernel.to_numpy())
    assert found.cells.sum() * square_kilometre == pytest.approx(1, rel=1e-3)
    assert (116 / 5 * kernel).sum() * square_kilometre == pytest.approx(7.25, rel=1e-3)


@pytest.mark.published("density")
def test_a_single_event_is_three_over_pi_h_squared_at_its_place():
    grid = grid_over(TOWN, size=200)
    found = density(pd.DataFrame({"x": [5_100], "y": [4_100]}), grid, bandwidth=2_000)
    assert found.peak == pytest.approx(3 / (np.pi * 2**2))


def test_the_quick_way_is_within_the_error_that_it_states():
    grid = grid_over(TOWN, size=100)
    events = crowd(60_000)
    quick = density(events, grid, bandwidth=1_000, quick=True)
    exact = density(events, grid, bandwidth=1_000)
    assert 0 < quick.error < 0.005
    assert np.abs(quick.cells - exact.cells).max() < quick.error * exact.peak


@pytest.mark.property_of("density")
@given(seed=st.integers(0, 10_000), cells=st.floats(3, 12))
def test_the_stated_error_holds_for_any_spread_of_events(seed, cells):
    random = np.random.default_rng(seed)
    x, y = random.uniform(0, 1_000, (2, 400))
    lattice = Lattice(25, 25, 50, 50, columns=20, rows=20, reach=50 * cells)
    sums, deviation = quick_sums(x, y, lattice)
    exact = exact_sums(x, y, lattice)
    assert np.abs(sums - exact).max() <= 5 * deviation.max()


def test_where_the_quick_way_would_be_too_rough_the_exact_one_is_taken():
    grid = grid_over(TOWN, size=250)
    events = crowd(50)
    found = density(events, grid, bandwidth=500, quick=True)
    assert found.error == 0
    assert found.cells.equals(density(events, grid, bandwidth=500).cells)


def test_no_events_are_zero_everywhere():
    for quick in (True, False):
        found = density(crowd(0), grid_over(TOWN, size=500), bandwidth=900, quick=quick)
        assert (found.cells == 0).all()
        assert (found.peak, found.error) == (0, 0)


def test_events_beyond_the_border_count_as_far_as_they_reach():
    grid = grid_over(TOWN, size=1_000)
    beyond = pd.DataFrame({"x": [-100.0, -9_000.0], "y": [500.0, 500.0]})
    found = density(beyond, grid, bandwidth=1_000)
    assert (found.cells > 0).sum() == 1


def test_moved_places_carry_a_caution_and_are_refused_where_it_matters():
    grid = grid_over(TOWN, size=250)
    found = density(crowd(), grid, bandwidth=500, publisher="police-uk")
    assert "shared map points" in found.caution
    with pytest.raises(MethodError, match="At 200 m a map would show those points"):
        density(crowd(), grid, bandwidth=200, publisher="police-uk")


@pytest.mark.parametrize(
    ("bandwidth", "words"), [(0, "Try 500"), (50_001, "make them wider")]
)
def test_a_bandwidth_that_makes_no_sense_is_refused(bandwidth, words):
    with pytest.raises(MethodError, match=words):
        density(crowd(), grid_over(TOWN, size=500), bandwidth=bandwidth)


def test_d1_the_usual_bandwidth_looks_at_both_ways():
    # sfhotspot 1.0.0 takes x alone: its mean() reads the second figure as a trim.
    wide = pd.DataFrame({"x": np.arange(50) * 10.0, "y": np.arange(50) * 300.0})
    assert usual_bandwidth(wide) > usual_bandwidth(wide.assign(y=wide["x"] + 999))


@pytest.mark.parametrize("places", [[(500, 900)], [(500, 900), (500, 900)]])
def test_a_bandwidth_cannot_be_had_from_one_place(places):
    with pytest.raises(MethodError, match="Choose one yourself"):
        usual_bandwidth(pd.DataFrame(places, columns=["x", "y"]))


@pytest.mark.published("density")
@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
def test_oracle_11_d2_memphis_has_the_surface_that_two_other_programs_found():
    theirs = pd.read_csv(DATA / "golden_sfhotspot_memphis_500m.csv.gz")
    robberies = pd.read_csv(DATA / "golden_memphis_robberies_utm16.csv")
    x, y = theirs["x"].to_numpy(), theirs["y"].to_numpy()
    row, column = ((each - each.min()) / 500 for each in (y, x))
    row, column = np.rint(row).astype(int), np.rint(column).astype(int)
    within = np.zeros((row.max() + 1, column.max() + 1))
    within[row, column] = 1
    grid = Grid("square", 500.0, x.min(), y.min(), within)
    found = density(robberies, grid, bandwidth=2_000)
    # Theirs is the plain sum of kernels, a million times too large for a density.
    sums = pd.Series(theirs["kde"].to_numpy(), row * grid.columns + column)
    ours = found.cells * np.pi * 2**2 / 3
    assert np.abs(ours - sums.sort_index()).max() < 1e-8
    assert ours.max() == pytest.approx(85.81531, abs=1e-5)
    # D2: a plain sum has a volume of millions for each robbery; a density has one. The
    # little that is wanting lies beyond the cells.
    theirs_each = theirs["kde"].sum() * 500**2 / len(robberies)
    assert theirs_each == pytest.approx(4.17e6, rel=0.01)
    ours_each = found.cells.sum() * 0.5**2 / len(robberies)
    assert 0.98 < ours_each <= 1


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
@pytest.mark.published("density")
def test_d1_the_usual_bandwidth_of_memphis_has_both_ways_in_it():
    # sfhotspot gives 5588.363, which is x alone: R's mean(x, y) reads y as a trim.
    robberies = pd.read_csv(DATA / "golden_memphis_robberies_utm16.csv")
    assert usual_bandwidth(robberies) == pytest.approx(5_769.503, abs=1e-3)
    across = robberies.assign(y=robberies["x"])
    assert usual_bandwidth(across) == pytest.approx(5_588.363, abs=1e-3)
    up = robberies.assign(x=robberies["y"])
    assert usual_bandwidth(up) == pytest.approx(5_950.643, abs=1e-3)
