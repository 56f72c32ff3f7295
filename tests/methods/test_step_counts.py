"""Counts of events in each cell, in each step of time."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.grid import grid_counts, grid_over
from saferplan.methods.step_counts import step_counts

GRID = grid_over(shapely.box(0, 0, 2_000, 1_000), size=500)


def events(*rows):
    return pd.DataFrame(rows, columns=["x", "y", "month"])


@pytest.mark.published("step-counts")
def test_a_table_small_enough_to_add_up_in_the_head():
    found = step_counts(
        events(
            (100, 100, "2026-01"),
            (100, 400, "2026-01"),
            (600, 600, "2026-02"),
            (9_000, 600, "2026-02"),  # outside the area
            (100, 100, "2026-03"),
        ),
        GRID,
    )
    assert found.counts.loc[:, [0, 5]].to_numpy().tolist() == [[2, 0], [0, 1], [1, 0]]
    assert found.counts.index.astype(str).tolist() == ["2026-01", "2026-02", "2026-03"]
    assert found.outside == 1
    assert found.caution.startswith("1 events lie outside")


@pytest.mark.second_road("step-counts")
@given(seed=st.integers(0, 99))
def test_the_counts_of_a_month_are_those_of_its_events_alone(seed):
    random = np.random.default_rng(seed)
    many = pd.DataFrame(random.uniform(0, 2_200, (60, 2)), columns=["x", "y"])
    many["month"] = random.choice(["2026-01", "2026-02", "2026-03"], 60)
    found = step_counts(many, GRID, exact=True)
    for month, part in many.groupby("month"):
        alone = grid_counts(part, GRID, exact=True).cells["count"]
        assert found.counts.loc[month].tolist() == alone.tolist()


@pytest.mark.property_of("step-counts")
@given(seed=st.integers(0, 99))
def test_every_event_is_counted_once_or_is_outside(seed):
    random = np.random.default_rng(seed)
    many = pd.DataFrame(random.uniform(-500, 2_500, (80, 2)), columns=["x", "y"])
    many["date"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(
        random.integers(0, 300, 80), unit="D"
    )
    for step in ("quarter", "year"):
        found = step_counts(many, GRID, step=step)
        assert found.counts.to_numpy().sum() + found.outside == 80


def test_months_can_be_named_so_that_a_quiet_one_counts_zero():
    found = step_counts(
        events((100, 100, "2026-01"), (100, 100, "2026-04")),
        GRID,
        steps=["2026-01", "2026-02", "2026-03"],
    )
    assert found.counts.sum(axis=1).tolist() == [1, 0, 0]
    assert found.outside == 1


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (events((1, 1, "2026-01"), (1, 1, "2026-03")), "No event at all in 2026-02"),
        (events((1, 1, "spring")), "no month that can be read"),
        (events().astype({"x": float, "y": float}), "not known when to count"),
        (events((1_000, 1, "2026-01"))[["x", "y"]], "no column month or date"),
    ],
)
def test_events_without_a_known_time_are_refused(table, words):
    table[["x", "y"]] += 200.0
    with pytest.raises(MethodError, match=words):
        step_counts(table, GRID)


def test_moved_places_are_refused_in_cells_that_would_show_the_points():
    fine = grid_over(shapely.box(0, 0, 2_000, 1_000), size=100)
    with pytest.raises(MethodError, match="At 100 m a map would show those points"):
        step_counts(events((300, 300, "2026-01")), fine, publisher="police-uk")
