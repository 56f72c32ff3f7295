"""Getis and Ord's Gi*, and the chances of it."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, false_discovery_control

from saferplan.errors import MethodError
from saferplan.methods.draws import drawn_tails, exact_tails
from saferplan.methods.grid import Grid
from saferplan.methods.hot_spots import hot_spots, step_up

DATA = Path(__file__).parents[3] / "shared/data/methods"
real_data = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here"),
]


def square(rows, columns, size=250.0):
    return Grid("square", size, 0.0, 0.0, np.ones((rows, columns)))


def hexagons(rows, columns, size=250.0):
    return Grid("hexagon", size, 0.0, 0.0, np.ones((rows, columns)))


def per_cell(grid, values):
    return pd.Series(np.asarray(values), index=grid.cells)


def crowded(rows=9, columns=9, seed=4):
    """Counts as uneven as crime: most cells have few."""
    random = np.random.default_rng(seed)
    return random.poisson(random.gamma(0.5, 4, rows * columns))


def only_cells_at(places, size):
    """A grid that has cells at these places alone, and values for them."""
    x, y = np.array(places, dtype=float).T
    row = np.rint((y - y.min()) / size).astype(int)
    column = np.rint((x - x.min()) / size).astype(int)
    within = np.zeros((row.max() + 1, column.max() + 1))
    within[row, column] = 1
    order = np.lexsort([column, row])
    return Grid("square", size, x.min(), y.min(), within), order


SIX = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]


@pytest.mark.published("hot-spots")
@pytest.mark.parametrize(
    ("own", "published"),
    [  # oracle 10, the example in PySAL's esda: six places, a band of 15
        (
            False,
            [-1.0136729, -0.04361589, 1.31558703, -0.31412676, 1.15373986, 1.77833941],
        ),
        (
            True,
            [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331],
        ),
    ],
)
def test_z_is_the_one_published_for_six_places(own, published):
    grid, order = only_cells_at(SIX, size=5)
    y = np.array([2, 3, 3.2, 5, 8, 7])[order]
    # Six cells are too few for chances, so the curve stands in for them.
    found = hot_spots(per_cell(grid, y), grid, reach=15, own=own, chance="normal").cells
    assert found["z"].to_numpy() == pytest.approx(np.array(published)[order], abs=1e-7)


@pytest.mark.published("hot-spots")
@pytest.mark.parametrize(
    ("reach", "own", "published"),
    [
        pytest.param(*case, marks=real_data)
        for case in [
            (30, False, 1.221979),
            (60, False, 1.748098),
            (90, False, 1.986135),
            (120, False, 1.893374),
            (150, False, 1.237454),
            (30, True, 1.45078),
        ]
    ],
)
def test_z_is_the_one_of_getis_and_ords_own_raster(reach, own, published):
    raster = pd.read_csv(DATA / "getis_ord_1996_16x16.csv")
    grid, order = only_cells_at(raster[["x", "y"]].to_numpy(), size=30)
    values = per_cell(grid, raster["val"].to_numpy()[order])
    found = hot_spots(values, grid, reach=reach, own=own, chance="normal").cells
    # Oracle 9: theirs is point 120, counted from one.
    here = np.flatnonzero(order == 119)[0]
    assert found["z"].iloc[here] == pytest.approx(published, abs=1e-6)


@pytest.mark.published("hot-spots")
@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
def test_z_and_p_are_sfhotspots_in_every_cell_of_memphis():
    theirs = pd.read_csv(DATA / "golden_sfhotspot_memphis_500m.csv.gz")
    grid, order = only_cells_at(theirs[["x", "y"]].to_numpy(), size=500)
    values = per_cell(grid, theirs["n"].to_numpy()[order])
    found = hot_spots(values, grid, chance="normal").cells
    # Oracle 11: 417 cells are hot at 0.05, the hottest at 15.07529.
    assert len(found) == 3_307
    assert ((found["p"] <= 0.05) & (found["z"] > 0)).sum() == 417
    assert found["z"].max() == pytest.approx(15.07529, abs=1e-5)
    assert np.abs(found["z"] - theirs["gistar"].to_numpy()[order]).max() < 1e-12
    assert np.abs(found["p"] - theirs["pvalue"].to_numpy()[order]).max() < 1e-14
    # By the exact chances the best of theirs stay hot, and the doubtful ones go.
    exact = hot_spots(values, grid).cells["verdict"] == "hot"
    by_curve = found["verdict"] == "hot"
    # D4: their help promises p adjusted for many tests, and none is. Ours always is.
    q = false_discovery_control(found["p"])
    assert by_curve.tolist() == ((q <= 0.05) & (found["z"] > 0)).tolist()
    assert by_curve.sum() < 417
    assert (exact & ~by_curve).sum() == 0
    assert 0 < exact.sum() < by_curve.sum()


@pytest.mark.second_road("hot-spots")
@pytest.mark.parametrize("make", [square, hexagons])
@pytest.mark.parametrize("own", [True, False])
def test_z_is_that_of_a_plain_sum_over_neighbours(make, own):
    grid = make(7, 8)
    values = crowded(7, 8)
    centres = grid.centres().to_numpy()
    apart = np.hypot(*(centres[:, None, :] - centres[None, :, :]).T)
    near = apart <= 250 * (1.5 if make is square else 1.01)
    if not own:
        np.fill_diagonal(near, False)
    found = hot_spots(per_cell(grid, values), grid, own=own).cells
    assert found["window"].tolist() == (near @ values).tolist()
    assert found["size"].tolist() == near.sum(axis=1).tolist()
    for i in range(0, len(values), 5):
        rest = values if own else np.delete(values, i)
        n, k = len(rest), near[i].sum()
        spread = np.std(rest) * np.sqrt(k * (n - k) / (n - 1))
        assert found["z"].iloc[i] == pytest.approx(
            (near[i] @ values - rest.mean() * k) / spread
        )


@pytest.mark.second_road("hot-spots")
@given(
    urn=st.lists(st.integers(0, 6), min_size=6, max_size=9),
    k=st.integers(1, 3),
    without=st.booleans(),
)
def test_exact_chances_are_those_of_every_draw_in_turn(urn, k, without):
    taken = np.array(urn[:1]) if without else None
    left = urn[1:] if without else urn
    sums = [sum(draw) for draw in combinations(left, k)]
    for seen in set(sums):
        tails = exact_tails(
            np.array(urn), np.array([seen]), np.array([k]), without=taken
        )
        assert tails.upper[0] == pytest.approx(np.mean([s >= seen for s in sums]))
        assert tails.lower[0] == pytest.approx(np.mean([s <= seen for s in sums]))
        assert 0 < tails.two_sided[0] <= 1


@pytest.mark.second_road("hot-spots")
@pytest.mark.parametrize("chance", ["cells", "neighbours"])
def test_many_draws_come_close_to_the_exact_chances(chance):
    grid = square(9, 9)
    counts = per_cell(grid, crowded())
    exact = hot_spots(counts, grid, chance=chance).cells["p"]
    # Half as much again is not whole, so the same counts have to be drawn.
    drawn = hot_spots(counts * 1.5, grid, chance=chance, times=20_000).cells["p"]
    error = 5 * np.sqrt(exact * (1 - exact / 2) / 10_000) + 1e-3
    assert (np.abs(exact - drawn) < error).all()


def test_d6_counts_may_be_whole_in_every_cell():
    # sfhotspot 1.0.0 stops with "must be numeric" where no cell is empty.
    grid = square(9, 9)
    counts = per_cell(grid, crowded() + 1)
    assert counts.dtype == np.int64
    assert (hot_spots(counts, grid).cells["value"] >= 1).all()


def test_d13_p_is_two_sided_where_esdas_is_the_smaller_side():
    # esda 2.9.0: the fewer of draws as large and draws that are not, and one, over all
    # and one. On a map on which nothing is hot that is below 0.05 twice too often.
    grid = square(24, 24)
    counts = per_cell(grid, crowded(24, 24, seed=1))
    ours = hot_spots(counts, grid, chance="neighbours").cells
    random = np.random.default_rng(1)
    others = random.permuted(np.tile(counts.to_numpy(), (999, 1)), axis=1)
    inner = ours["size"] == 9
    as_large = np.array(
        [
            (others[:, :8].sum(axis=1) >= window - own).sum()
            for window, own in ours.loc[inner, ["window", "value"]].to_numpy()
        ]
    )
    theirs = (np.minimum(as_large, 999 - as_large) + 1) / 1_000
    p = ours.loc[inner, "p"]
    assert (p <= 0.05).mean() <= 0.05 < (theirs <= 0.05).mean()
    # Ours is twice theirs, and more where draws tie: theirs leave ties out below.
    middling = (theirs > 0.02) & (theirs < 0.3)
    assert 1.9 < (p[middling] / theirs[middling]).median() < 3


def test_the_same_seed_draws_the_same():
    urn, sums, drawn = np.arange(40) / 7, np.array([9.0]), np.array([4])
    first = drawn_tails(urn, sums, drawn, times=99, seed=7)
    again = drawn_tails(urn, sums, drawn, times=99, seed=7)
    assert first.upper.tolist() == again.upper.tolist()
    # Most of the urn at once is drawn by another way, and as fairly.
    half = drawn_tails(
        urn, np.array([urn.sum() / 2]), np.array([20]), times=999, seed=7
    )
    assert half.upper[0] == pytest.approx(0.5, abs=0.08)


@pytest.mark.property_of("hot-spots")
def test_where_nothing_is_hot_few_cells_are_called_so():
    # A property: of maps on which counts fall anyhow, at most one in twenty or so has
    # any hot or cold cell, because that is what a false discovery is there.
    grid = square(12, 12)
    flagged = sum(
        (
            hot_spots(per_cell(grid, crowded(12, 12, seed)), grid).cells["verdict"]
            != ""
        ).any()
        for seed in range(60)
    )
    assert flagged <= 8


def test_the_normal_curve_finds_hot_spots_where_there_are_none():
    # Uneven counts have long tails, and the curve does not know it.
    grid = square(40, 40)
    maps = [per_cell(grid, crowded(40, 40, seed)) for seed in range(1, 8)]

    def any_hot(chance):
        found = [hot_spots(counts, grid, chance=chance) for counts in maps]
        return sum((each.cells["verdict"] == "hot").any() for each in found)

    assert any_hot("normal") == 6
    assert any_hot("cells") == any_hot("neighbours") == 0


def test_a_hot_spot_put_there_is_found():
    grid = hexagons(12, 12)
    counts = np.ones(144, dtype=int)
    counts[[65, 66, 77, 78]] = 9
    found = hot_spots(per_cell(grid, counts), grid)
    hot = found.cells.index[found.cells["verdict"] == "hot"]
    assert {65, 66, 77, 78} <= set(hot)
    assert "5% false discoveries" in found.basis
    assert found.caution == ""


def test_a_cold_spot_is_told_from_a_hot_one():
    grid = square(12, 12)
    counts = np.full((12, 12), 9)
    counts[:4, :4] = 0
    found = hot_spots(per_cell(grid, counts.ravel()), grid).cells
    assert found["verdict"].iloc[0] == "cold"
    assert set(found["verdict"]) == {"cold", ""}


def test_crimes_put_down_at_random_have_binomial_tails_and_a_caution():
    grid = square(9, 9)
    counts = per_cell(grid, crowded())
    found = hot_spots(counts, grid, chance="crimes")
    row = found.cells.iloc[40]
    total = counts.sum()
    upper = binom.sf(row["window"] - 1, total, 9 / 81)
    lower = binom.cdf(row["window"], total, 9 / 81)
    assert row["p"] == pytest.approx(min(1, 2 * min(upper, lower)))
    assert "Crimes come in series" in found.caution


def test_crimes_may_be_put_down_where_people_are():
    grid = square(9, 9)
    people = per_cell(grid, np.arange(81) + 1.0)
    crimes = per_cell(grid, np.arange(81) * 5 + 5)
    assert set(hot_spots(crimes, grid, chance="crimes").cells["verdict"]) != {""}
    by_people = hot_spots(crimes, grid, chance="crimes", expected=people).cells
    assert set(by_people["verdict"]) == {""}
    gi = hot_spots(crimes, grid, chance="crimes", expected=people, own=False).cells
    assert gi["p"].min() > 0.05


def test_p_never_exceeds_one_and_grows_when_many_cells_are_tested():
    grid = square(9, 9)
    for chance in ("cells", "neighbours", "crimes", "normal"):
        found = hot_spots(per_cell(grid, crowded()), grid, chance=chance).cells
        assert found["p"].between(0, 1).all()
        assert (found["q"] >= found["p"]).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_is_scipys(p):
    assert step_up(np.array(p)) == pytest.approx(false_discovery_control(p))


@pytest.mark.property_of("hot-spots")
def test_adding_the_same_to_every_cell_changes_no_chance():
    grid = square(9, 9)
    counts = per_cell(grid, crowded())
    one, other = (hot_spots(c, grid).cells for c in (counts, counts + 100))
    assert one["p"].to_numpy() == pytest.approx(other["p"].to_numpy(), rel=1e-9)


def test_a_cell_without_neighbours_has_no_gi():
    grid, _ = only_cells_at([*SIX, (10, 90), *((x, 10) for x in range(50, 90, 5))], 5)
    found = hot_spots(per_cell(grid, np.arange(15)), grid, own=False).cells
    alone = found["size"] == 0
    assert alone.any()
    assert found.loc[alone, ["z", "p"]].isna().all().all()
    assert (found.loc[alone, "verdict"] == "").all()


def test_cells_that_are_all_alike_are_refused():
    grid = square(4, 4)
    with pytest.raises(MethodError, match="Use a longer period or larger cells"):
        hot_spots(per_cell(grid, np.ones(16)), grid)


def test_too_few_cells_are_refused():
    grid = square(4, 4)
    with pytest.raises(MethodError, match="needs 18 cells or more"):
        hot_spots(per_cell(grid, np.arange(16)), grid)


def test_counts_too_large_for_exact_chances_are_refused():
    grid = square(9, 9)
    counts = np.arange(81) * 1_000_000_007
    with pytest.raises(MethodError, match="chance='normal'"):
        hot_spots(per_cell(grid, counts), grid)


def test_harm_cannot_be_put_down_crime_by_crime():
    grid = square(9, 9)
    with pytest.raises(MethodError, match="Only whole crimes"):
        hot_spots(per_cell(grid, crowded() * 1.5), grid, chance="crimes")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"false_discoveries": 1.0}, "between 0 and 1"),
        ({"chance": "crimes", "expected": 0}, "not zero in all"),
    ],
)
def test_choices_that_make_no_sense_are_refused(options, words):
    grid = square(9, 9)
    if "expected" in options:
        options = {**options, "expected": per_cell(grid, np.zeros(81))}
    with pytest.raises(MethodError, match=words):
        hot_spots(per_cell(grid, crowded()), grid, **options)
