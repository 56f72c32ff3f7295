"""Hot spots that come up, last and go."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from saferplan.errors import MethodError
from saferplan.methods.emerging import emerging_hot_spots
from saferplan.methods.grid import Grid
from saferplan.methods.hot_spot_patterns import PATTERNS, four_kinds, patterns

DATA = Path(__file__).parents[3] / "shared/data/methods"


def square(rows=12, columns=12):
    return Grid("square", 250.0, 0.0, 0.0, np.ones((rows, columns)))


def months(grid, steps=12, seed=4):
    """Counts as uneven as crime, anew in each month: nothing lasts."""
    random = np.random.default_rng(seed)
    usual = random.gamma(0.5, 2, (steps, len(grid.cells)))
    return pd.DataFrame(random.poisson(usual), columns=grid.cells)


def flags(word):
    """Steps as letters: H for hot, C for cold."""
    return (
        np.array([[letter == "H"] for letter in word]),
        np.array([[letter == "C"] for letter in word]),
    )


@pytest.mark.published("emerging-hot-spots")
@pytest.mark.parametrize(
    ("steps", "trend", "pattern"),
    [  # each category as Esri documents it, and its neighbours
        ("...........H", 0, "new"),
        (".....C.....H", 0, "new"),
        (".........HHH", 0, "consecutive"),
        (".HHHHHHHHHHH", 0, "persistent"),  # eleven in twelve are nine tenths
        ("..HHHHHHHHHH", 0, "consecutive"),  # ten in twelve are not
        ("HHHHHHHHHHHH", 1, "intensifying"),
        ("HHHHHHHHHHHH", -1, "diminishing"),
        ("HHHH.HHHHHHH", 0, "persistent"),
        ("HHHHHHHHHHH.", 0, "historical"),
        ("HHHHHHHHHHHC", 1, "historical"),
        ("..H...H....H", 0, "sporadic"),
        ("..H.......HH", 1, "sporadic"),
        ("..H..CH....H", 0, "oscillating"),
        ("..HHHHHHHH..", 0, "none"),
        ("............", 1, "none"),
    ],
)
def test_every_pattern_is_what_its_definition_says(steps, trend, pattern):
    assert patterns(*flags(steps), np.array([trend])).tolist() == [pattern]
    assert pattern in PATTERNS


@pytest.mark.property_of("emerging-hot-spots")
@given(st.lists(st.sampled_from("HC."), min_size=10, max_size=14), st.integers(-1, 1))
def test_a_pattern_is_given_exactly_where_the_last_step_or_most_are_hot(steps, trend):
    hot, cold = flags(steps)
    found = patterns(hot, cold, np.array([trend]))[0]
    assert (found != "none") == bool(hot[-1, 0] or hot.mean() >= 0.9)


@pytest.mark.second_road("emerging-hot-spots")
@pytest.mark.parametrize("against", ["all steps", "same steps"])
@pytest.mark.parametrize(("shape", "reach"), [("square", 1.5), ("hexagon", 1.01)])
def test_z_is_that_of_a_plain_sum_over_neighbours_in_place_and_time(
    against, shape, reach
):
    grid = Grid(shape, 250.0, 0.0, 0.0, np.ones((6, 7)))
    counts = months(grid, 10)
    found = emerging_hot_spots(counts, grid, against=against)
    centres = grid.centres().to_numpy()
    for step in range(10):
        for cell in range(0, 42, 5):
            near = np.hypot(*(centres - centres[cell]).T) <= 250 * reach
            these = counts.to_numpy()[max(0, step - 1) : step + 1]
            rest = counts.to_numpy().ravel() if against == "all steps" else these
            n, k = rest.size, near.sum() * len(these)
            deviation = np.std(rest) * np.sqrt(k * (n - k) / (n - 1))
            by_hand = (these[:, near].sum() - rest.mean() * k) / deviation
            assert found.z.iloc[step, cell] == pytest.approx(by_hand)


@pytest.mark.second_road("emerging-hot-spots")
def test_many_draws_give_nearly_the_verdicts_of_the_exact_chances():
    grid = square(9, 9)
    counts = months(grid, 10)
    counts[[0, 1, 9, 10]] += 9
    exact = emerging_hot_spots(counts, grid)
    # Half as much again is not whole, so the same counts have to be drawn.
    drawn = emerging_hot_spots(counts * 1.5, grid, times=20_000)
    assert (exact.verdicts != drawn.verdicts).to_numpy().mean() < 0.01
    assert "20,000 times" in drawn.basis


@pytest.mark.property_of("emerging-hot-spots")
def test_where_nothing_is_hot_few_maps_have_any_pattern():
    # A false discovery on one map in twenty or so, because on these maps any is false.
    grid = square()
    found = [emerging_hot_spots(months(grid, seed=s), grid).cells for s in range(30)]
    assert sum((cells["pattern"] != "none").any() for cells in found) <= 4


def test_hot_spots_that_were_put_there_are_found_and_named():
    grid = square()
    counts = pd.DataFrame(2, index=range(24), columns=grid.cells)
    steps = np.arange(24)
    counts[[0, 1, 12, 13]] = 20
    for cell in (10, 11, 22, 23):
        counts[cell] = 14 + steps
        counts[cell + 120] = 38 - steps
    counts.loc[23, [120, 121, 132, 133]] = 40
    cells = emerging_hot_spots(counts, grid).cells
    assert cells["pattern"].loc[[0, 11, 143, 132]].tolist() == [
        "persistent", "intensifying", "diminishing", "new",
    ]  # fmt: skip
    assert cells.loc[11, "tau"] == 1
    assert cells.loc[143, "q"] < 0.001
    assert np.isnan(cells.loc[132, "p"])  # nobody asks how a new one moves
    assert (cells["of"] == "hot").equals(cells["pattern"] != "none")
    assert (cells["now"] == "hot").loc[[0, 132]].all()


def test_cold_spots_have_patterns_too_and_deepen_as_crime_falls():
    grid = square()
    counts = pd.DataFrame(30, index=range(12), columns=grid.cells)
    for cell in (0, 1, 2, 12, 13, 14, 24, 25, 26):
        counts[cell] = np.arange(12, 0, -1)
    cells = emerging_hot_spots(counts, grid).cells
    assert cells.loc[0, ["pattern", "of", "now"]].tolist() == [
        "intensifying", "cold", "cold",
    ]  # fmt: skip


def test_a_borough_wide_winter_is_hot_against_all_steps_and_not_beside_its_own():
    grid = square()
    counts = months(grid, 12)
    counts.iloc[-1] += 12
    over_all = emerging_hot_spots(counts, grid, back=0).verdicts.iloc[-1]
    beside = emerging_hot_spots(counts, grid, back=0, against="same steps")
    assert (over_all == "hot").mean() > 0.9
    assert (beside.verdicts.iloc[-1] == "hot").mean() < 0.05


def test_a_step_in_which_nothing_happened_is_neither_hot_nor_cold():
    grid = square()
    counts = months(grid, 12)
    counts.iloc[3] = 0
    found = emerging_hot_spots(counts, grid, back=0, against="same steps")
    assert (found.verdicts.iloc[3] == "").all()
    assert (found.z.iloc[3] == 0).all()


def test_few_steps_carry_a_caution():
    grid = square()
    assert "Few steps" in emerging_hot_spots(months(grid), grid).caution
    assert emerging_hot_spots(months(grid, 20), grid).caution == ""


def test_the_result_has_the_names_of_the_steps_and_cells():
    grid = square()
    counts = months(grid).set_index(pd.period_range("2025-01", periods=12, freq="M"))
    found = emerging_hot_spots(counts, grid)
    assert found.cells.index.equals(grid.cells)
    assert found.verdicts.index.equals(counts.index)
    assert "steps looked back: 1; 5% false discoveries" in found.basis


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda counts: counts.head(9), "9 steps are too few"),
        (lambda counts: counts.iloc[:, :-1], "Count them with step_counts"),
        (lambda counts: counts.replace(0, np.nan), "cannot be filled in"),
        (lambda counts: counts * 0, "All counts are the same"),
    ],
)
def test_counts_without_an_answer_are_refused(change, words):
    grid = square()
    with pytest.raises(MethodError, match=words):
        emerging_hot_spots(change(months(grid)), grid)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"back": 12}, "Choose 0, 1 or 2"),
        ({"back": -1}, "Choose 0, 1 or 2"),
        ({"false_discoveries": 0}, "between 0 and 1"),
    ],
)
def test_choices_that_make_no_sense_are_refused(choice, words):
    grid = square()
    with pytest.raises(MethodError, match=words):
        emerging_hot_spots(months(grid), grid, **choice)


def hot_months(word):
    return pd.DataFrame({"here": [letter == "H" for letter in word]})


@pytest.mark.published("emerging-hot-spots")
@pytest.mark.parametrize(
    ("steps", "kind"),
    [
        ("HHHHHHHHHH..", "persistent"),
        ("HHHHHHHHH...", "former"),
        (".........H..", "former"),
        ("...........H", "emerging"),
        (".........HH.", "intermittent"),
        ("............", "none"),
    ],
)
def test_the_four_kinds_count_no_step_as_recent_and_as_older(steps, kind):
    # Of 12 steps two are recent. The tenth is older, and only that.
    assert four_kinds(hot_months(steps))["here"] == kind


@pytest.mark.parametrize(("steps", "share"), [("H", 0.2), ("H.H.", 1.0)])
def test_kinds_of_too_little_are_refused(steps, share):
    with pytest.raises(MethodError, match="two steps or more"):
        four_kinds(hot_months(steps), recent=share)


def memphis():
    """
    The robberies of 2019 by month in cells of a kilometre, laid out as for the golden
    figures: from half a cell beyond the places, and kept within as much of their hull.
    """
    robberies = pd.read_csv(DATA / "golden_memphis_robberies_utm16.csv")
    west, south = robberies["x"].min() - 500, robberies["y"].min() - 500
    rows = int(np.ceil((robberies["y"].max() + 500 - south) / 1_000))
    columns = int(np.ceil((robberies["x"].max() + 500 - west) / 1_000))
    whole = Grid("square", 1_000, west + 500, south + 500, np.ones((rows, columns)))
    places = shapely.points(robberies["x"], robberies["y"])
    hull = shapely.convex_hull(shapely.multipoints(places)).buffer(500)
    held = shapely.area(shapely.intersection(whole.outlines().to_numpy(), hull))
    grid = Grid("square", 1_000, west + 500, south + 500, held.reshape(rows, columns))
    across = ((robberies["x"] - west) // 1_000).astype(int)
    up = ((robberies["y"] - south) // 1_000).astype(int)
    month = pd.to_datetime(robberies["date"]).dt.month
    counts = pd.crosstab(month, up * columns + across)
    return grid, counts.reindex(columns=grid.cells, fill_value=0)


def holm(p):
    """R's p.adjust, in its default way."""
    order = np.argsort(p)
    steps = np.maximum.accumulate((len(p) - np.arange(len(p))) * p[order])
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(steps, 1)
    return adjusted


def kinds_by_sfhotspot(hot):
    """As its hotspot_classify does it: one step more is recent than it divides by."""
    steps, recent = len(hot), int(0.2 * len(hot))
    now = hot.iloc[steps - recent - 1 :].sum() / recent
    older, share = hot.iloc[: steps - recent].mean(), hot.mean()
    fits = [share >= 0.8, (older < 0.1) & (now >= 0.2), (older >= 0.1) & (now < 0.1)]
    words = ["persistent", "emerging", "former", "intermittent"]
    return pd.Series(np.select([*fits, share >= 0.1], words, "none"), hot.columns)


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
@pytest.mark.published("emerging-hot-spots")
def test_d5_fourteen_cells_of_memphis_that_sfhotspot_calls_intermittent_are_former():
    # Oracle 11 of the field's figures: 17, 62, 12, 86 and 707 by sfhotspot 1.0.0.
    grid, counts = memphis()
    found = emerging_hot_spots(counts, grid, back=0, against="same steps")
    p = pd.DataFrame(2 * norm.sf(np.abs(found.z)), columns=grid.cells).apply(holm)
    hot = (p < 0.05) & (found.z.to_numpy() > 0)
    theirs, ours = kinds_by_sfhotspot(hot), four_kinds(hot)
    kinds = ["persistent", "intermittent", "emerging", "former", "none"]
    assert theirs.value_counts()[kinds].tolist() == [17, 62, 12, 86, 707]
    assert ours.value_counts()[kinds].tolist() == [17, 48, 12, 100, 707]
    moved = ours != theirs
    assert set(theirs[moved]) == {"intermittent"}
    assert set(ours[moved]) == {"former"}
    # Each of the fourteen was last hot in October, and neither recent month is hot.
    assert not hot.loc[10:, moved].any(axis=None)
    assert hot.loc[9, moved].all()
