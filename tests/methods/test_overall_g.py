"""Whether a map clusters at all."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.grid import Grid
from saferplan.methods.overall_g import overall_g

published = pytest.mark.published("overall-g")
second_road = pytest.mark.second_road("overall-g")
property_of = pytest.mark.property_of("overall-g")


def square(rows, columns):
    return Grid("square", 250.0, 0.0, 0.0, np.ones((rows, columns)))


def g_of(values, grid, **options):
    return overall_g(pd.Series(values, index=grid.cells), grid, **options)


@published
def test_g_and_p_are_those_of_esdas_six_places():
    # analysis.md 3.10: six places, a band of 15; their p is of one side.
    places = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
    values = {(10, 10): 2, (20, 10): 3, (40, 10): 3.2, (15, 20): 5, (30, 20): 8}
    values[30, 30] = 7
    within = np.zeros((5, 7))
    for x, y in places:
        within[(y - 10) // 5, (x - 10) // 5] = 1
    grid = Grid("square", 5.0, 10.0, 10.0, within)
    row, column = np.divmod(grid.cells, 7)
    told = [values[10 + 5 * x, 10 + 5 * y] for x, y in zip(column, row, strict=True)]
    found = g_of(told, grid, reach=15)
    assert found.g == pytest.approx(0.55709779, abs=1e-8)
    assert found.p / 2 == pytest.approx(0.172936, abs=1e-6)
    assert "6 cells" in found.caution


@second_road
@pytest.mark.parametrize("values", [[0, 1, 5, 2, 2, 9], [1, 1, 1, 1, 1, 4]])
def test_mean_and_spread_are_those_over_all_720_ways_to_deal_them_out(values):
    grid = square(2, 3)
    every = np.array([g_of(list(each), grid).g for each in permutations(values)])
    found = g_of(values, grid)
    assert found.expected == pytest.approx(every.mean())
    assert found.z == pytest.approx((found.g - every.mean()) / every.std())


@second_road
def test_g_is_the_plain_sum_over_pairs():
    grid = square(6, 7)
    values = np.random.default_rng(3).poisson(4, 42)
    row, column = np.divmod(grid.cells.to_numpy(), 7)
    near = np.maximum(abs(row[:, None] - row), abs(column[:, None] - column)) == 1
    pairs = np.outer(values, values)
    plain = (pairs * near).sum() / (pairs.sum() - np.trace(pairs))
    assert g_of(values, grid).g == pytest.approx(plain)


@property_of
@given(
    values=st.lists(st.integers(0, 40), min_size=20, max_size=20).filter(
        lambda values: len(set(values)) > 1 and sum(map(bool, values)) > 1
    ),
    scale=st.floats(0.01, 1_000),
)
def test_the_unit_of_the_values_does_not_matter(values, scale):
    grid = square(4, 5)
    plain = g_of(values, grid)
    scaled = g_of([scale * value for value in values], grid)
    assert scaled.z == pytest.approx(plain.z, abs=1e-6)
    assert 0 <= plain.g <= 1
    # Turned upside down it is the same map.
    assert g_of(values[::-1], grid).g == pytest.approx(plain.g)


def test_busy_beside_busy_is_high_and_a_chessboard_is_within_chance_or_low():
    grid = square(10, 10)
    row, column = np.divmod(grid.cells, 10)
    corner = np.where((row < 3) & (column < 3), 9, 1)
    assert g_of(corner, grid).verdict == "high values together"
    apart = np.where((row % 2 == 0) & (column % 2 == 0), 9, 1)
    assert g_of(apart, grid).verdict == "low values together"
    shuffled = np.random.default_rng(6).permutation(corner)
    assert g_of(shuffled, grid).verdict == "within chance"
    assert g_of(corner, grid).caution == ""


@pytest.mark.parametrize(
    ("values", "shape", "reach", "helps"),
    [
        ([1, 2, 3], (1, 3), None, "Four cells"),
        ([1, 2, 3, -1], (2, 2), 250, "below nothing"),
        ([2, 2, 2, 2], (2, 2), 250, "same value"),
        ([1, 2, 3, 4], (2, 2), 100, "no cell has a neighbour"),
        ([1, 2, 3, 4], (2, 2), 5_000, "every cell is one"),
    ],
)
def test_a_map_without_an_answer_is_refused(values, shape, reach, helps):
    with pytest.raises(MethodError, match=helps):
        g_of(values, square(*shape), reach=reach)


def test_one_event_has_no_pairs():
    with pytest.raises(MethodError, match="two cells"):
        g_of([0, 0, 0, 1], square(2, 2), reach=250)
