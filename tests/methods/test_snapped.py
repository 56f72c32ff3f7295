"""Whether places and dates are fine enough."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from saferplan.errors import MethodError
from saferplan.methods.snapped import (
    cell_caution,
    days,
    places,
    refuse_snapped,
    spots,
)

DATA = Path(__file__).parents[3] / "shared/data"
real_data = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here"),
]


def at(*pairs):
    return pd.DataFrame(pairs, columns=["x", "y"])


def scattered(count, seed=1, width=5_000):
    """Addresses along streets: many near one another, few on one spot."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(rng.uniform(0, width, (count, 2)), columns=["x", "y"])


def moved(events, apart=250):
    """The same, each at the nearest of points `apart` metres from one another."""
    return (events / apart).round() * apart


@pytest.mark.property_of("snapped")
@pytest.mark.parametrize("count", [900, 2_000])
def test_moving_points_to_a_lattice_is_found_out_and_leaving_them_is_not(count):
    events = scattered(count)
    assert not spots(events).snapped
    assert spots(moved(events)).snapped


@pytest.mark.published("snapped")
def test_two_bus_stops_counted_by_hand():
    # Nine events on each: 9 x 8 / 2 pairs on a spot, twice, and none near without.
    stops = at(*[(0, 900)] * 9, *[(300, 900)] * 9)
    found = spots(stops)
    assert (found.on_a_spot, found.near, found.distinct) == (72, 0, 2)
    assert found.snapped


def test_a_few_events_are_too_few_to_tell():
    assert not spots(moved(scattered(9), apart=2_500)).snapped


@pytest.mark.second_road("snapped")
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(900, 930)), max_size=40))
def test_pairs_are_those_a_plain_count_finds(found):
    # By another road: every pair in turn.
    on_a_spot = near = 0
    for i, (x, y) in enumerate(found):
        for other_x, other_y in found[:i]:
            apart = np.hypot(x - other_x, y - other_y)
            on_a_spot += apart == 0
            near += 0 < apart <= 50
    seen = spots(at(*found))
    assert (seen.on_a_spot, seen.near) == (on_a_spot, near)
    assert seen.distinct == len(set(found))


def test_a_large_file_is_judged_by_a_part_of_it():
    events = scattered(60_000, width=40_000)
    assert not spots(events).snapped
    assert spots(moved(events)).snapped
    assert spots(moved(events)).distinct <= 20_000


def test_the_publisher_that_moves_points_is_refused_however_they_look():
    with pytest.raises(MethodError, match="Count by LSOA instead"):
        refuse_snapped(scattered(3), publisher="police-uk", exact=True)


def test_points_that_look_moved_are_refused_with_the_figures():
    with pytest.raises(MethodError, match="only 0 are apart by up to 50 m"):
        refuse_snapped(moved(scattered(900)))


def test_how_to_say_that_places_are_exact_is_worded_for_function_and_command_alike():
    with pytest.raises(MethodError) as refused:
        refuse_snapped(moved(scattered(900)))
    assert str(refused.value).endswith("say so with the option exact.")


def test_the_holder_of_the_records_may_say_that_they_are_exact():
    refuse_snapped(moved(scattered(900)), exact=True)
    refuse_snapped(scattered(900))


def test_cells_are_cautioned_and_too_narrow_ones_refused():
    events = moved(scattered(900))
    assert cell_caution(scattered(900), cell=50) == ""
    assert cell_caution(events, cell=50, exact=True) == ""
    assert "shared map points" in cell_caution(events, cell=250)
    with pytest.raises(MethodError, match="use 250 m or more"):
        cell_caution(events, cell=100)


def test_places_need_both_columns():
    with pytest.raises(MethodError, match="northings as y"):
        places(pd.DataFrame({"x": [1.0]}))


def test_an_event_without_a_place_is_refused_with_how_many():
    with pytest.raises(MethodError, match="1 of 2 events"):
        places(at((530_000, 180_000), (np.nan, 180_000)))


def test_longitude_and_latitude_are_refused():
    with pytest.raises(MethodError, match="Turn them into metres"):
        places(at((-0.02, 51.45)))


def test_no_events_are_no_spots():
    assert spots(at()).distinct == 0


@pytest.mark.parametrize(
    "dates",
    [
        ["2026-01-31", "2026-02-02", "2026-02-02"],
        ["2026-01-31 23:59", "2026-02-02", "2026-02-02 12:00:30"],
        pd.to_datetime(["2026-01-31 23:59", "2026-02-02 00:00", "2026-02-02 12:00"]),
        pd.PeriodIndex(["2026-01-31", "2026-02-02", "2026-02-02"], freq="D"),
    ],
)
def test_days_are_counted_from_the_first(dates):
    assert days(pd.Series(dates)).tolist() == [0, 2, 2]


@pytest.mark.parametrize(
    "dates",
    [
        ["2026-01", "2026-02"],
        pd.PeriodIndex(["2026-01", "2026-02"], freq="M"),
        ["2026-01-01", "2026-01-01", "2026-02-01", "2026-03-01"],
        ["2026-01-15", "2026-02-15", "2026-03-15", "2026-04-15"],
    ],
)
def test_months_alone_are_refused(dates):
    with pytest.raises(MethodError, match="Only the month of each event is known"):
        days(pd.Series(dates))


def test_one_busy_day_is_not_taken_for_a_month():
    assert days(pd.Series(["2026-01-01"] * 9)).tolist() == [0] * 9


def test_a_date_that_cannot_be_read_is_refused():
    with pytest.raises(MethodError, match="1 of 2 events have no date"):
        days(pd.Series(["2026-01-31", "yesterday"]))


@pytest.mark.published("snapped")
@pytest.mark.parametrize(
    ("file", "snapped"),
    [
        pytest.param(name, snapped, marks=real_data)
        for name, snapped in [
            ("city_of_london_all_crime/2019-12-city-of-london-street.csv.gz", True),
            (
                "metropolitan_burglary_only/street/2023-09-metropolitan-street.csv.gz",
                True,
            ),
            ("../methods/nearrepeat_chicago_be_month1.csv", False),
        ]
    ],
)
def test_police_uk_points_are_found_out_and_address_points_are_not(file, snapped):
    path = DATA / "police_uk" / file
    if "nearrepeat" in file:
        events = pd.read_csv(path, names=["x", "y", "date"])
    else:
        published = pd.read_csv(path).dropna(subset=["Longitude"])
        to_metres = Transformer.from_crs(4326, 27700, always_xy=True)
        x, y = to_metres.transform(published["Longitude"], published["Latitude"])
        events = pd.DataFrame({"x": x, "y": y})
    assert spots(events).snapped == snapped


@pytest.mark.parametrize("day", ["2026", "-5", "May"])
def test_a_day_is_written_in_full(day):
    with pytest.raises(MethodError, match="1 of 2 events have no date"):
        days(pd.Series(["2026-01-31", day]))


def test_an_event_that_is_nowhere_on_earth_is_refused():
    events = pd.DataFrame({"x": [530_000.0, 1e308], "y": [180_000.0, 1e308]})
    with pytest.raises(MethodError, match="1 of 2 events are nowhere on earth"):
        places(events)
