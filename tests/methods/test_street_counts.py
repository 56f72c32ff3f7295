"""Counts on street segments and at places."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.concentration import concentration
from saferplan.methods.street_counts import place_counts, street_counts

# A crossroads: four segments meet at (1000, 1000), and the last is twice as long.
CROSSING = pd.Series(
    shapely.linestrings(
        [
            [(1_000, 1_000), (1_000, 1_100)],
            [(1_000, 1_000), (1_100, 1_000)],
            [(1_000, 1_000), (1_000, 900)],
            [(1_000, 1_000), (800, 1_000)],
        ]
    ),
    index=["north", "east", "south", "west"],
)


def events(*rows):
    return pd.DataFrame(rows, columns=["x", "y"], dtype=float)


def town(blocks=12, side=100.0):
    """Streets on a lattice, from each crossing to the next."""
    along = np.arange(blocks + 1) * side + 1_000
    ends = [
        pair
        for i in along
        for a, b in zip(along[:-1], along[1:], strict=True)
        for pair in ([(a, i), (b, i)], [(i, a), (i, b)])
    ]
    return pd.Series(shapely.linestrings(ends))


@pytest.mark.published("street-counts")
def test_a_crossroads_counted_by_hand():
    found = street_counts(
        events(
            (1_003, 1_050),  # north, three metres off
            (1_001, 1_080),
            (1_060, 999),
            (900, 1_010),
            (1_000, 1_000),  # on the corner of all four: to the first
            (1_500, 1_500),  # half a kilometre from any
        ),
        CROSSING,
    )
    assert found.segments["count"].to_dict() == {
        "north": 3, "east": 1, "south": 0, "west": 1,
    }  # fmt: skip
    assert found.segments["per_km"].tolist() == [30, 10, 0, 5]
    assert (found.too_far, found.tied) == (1, 1)
    assert found.caution == (
        "1 of 6 events are not within 50 m of a street. "
        "1 are as near to another, and went to the first of them."
    )


@pytest.mark.published("street-counts")
def test_the_fewest_segments_that_hold_a_quarter_and_a_half():
    # 6, 2, 1 and 1 of ten: one segment holds a quarter and a half, two hold eight.
    places = [(1_000, 1_050)] * 6 + [(1_050, 1_000)] * 2
    found = street_counts(
        events(*places, (1_000, 950), (900, 1_000)),
        CROSSING,
        held=(0.25, 0.5, 0.8, 0.9),
        exact=True,
    ).held
    assert found["segments"].tolist() == [1, 1, 2, 3]
    assert found["share"].tolist() == [0.25, 0.25, 0.5, 0.75]


@pytest.mark.second_road("street-counts")
def test_each_event_goes_to_the_segment_that_a_plain_search_finds():
    random = np.random.default_rng(5)
    streets = town()
    anywhere = pd.DataFrame(random.uniform(950, 2_250, (300, 2)), columns=["x", "y"])
    found = street_counts(anywhere, streets, within=30)
    apart = shapely.distance(
        shapely.points(anywhere.to_numpy())[:, None], streets.to_numpy()[None, :]
    )
    near = apart.min(axis=1) <= 30
    by_hand = np.bincount(apart.argmin(axis=1)[near], minlength=len(streets))
    assert found.segments["count"].tolist() == by_hand.tolist()
    assert found.too_far == (~near).sum()


@pytest.mark.second_road("street-counts")
def test_half_is_held_by_as_many_segments_as_the_lorenz_curve_says():
    random = np.random.default_rng(6)
    streets = town()
    crowd = pd.DataFrame(random.normal(1_600, 200, (800, 2)), columns=["x", "y"])
    found = street_counts(crowd, streets)
    share = concentration(found.segments["count"]).half_in
    assert found.held.loc[0.5, "share"] == pytest.approx(share)


@pytest.mark.property_of("street-counts")
@given(seed=st.integers(0, 200), within=st.floats(1, 60))
def test_every_event_is_counted_once_or_is_too_far(seed, within):
    random = np.random.default_rng(seed)
    anywhere = pd.DataFrame(random.uniform(900, 2_300, (40, 2)), columns=["x", "y"])
    anywhere.loc[40] = [1_050, 1_000]
    found = street_counts(anywhere, town(), within=within)
    assert found.segments["count"].sum() + found.too_far == 41
    shares = found.held["share"].tolist()
    assert shares == sorted(shares)


@pytest.mark.property_of("street-counts")
def test_events_put_down_anyhow_are_as_concentrated_as_chance_has_it():
    random = np.random.default_rng(7)
    streets = town()
    at = random.integers(0, len(streets), 150)
    places = shapely.line_interpolate_point(
        streets.to_numpy()[at], random.uniform(2, 98, 150)
    )
    anyhow = pd.DataFrame(shapely.get_coordinates(places), columns=["x", "y"])
    held = street_counts(anyhow, streets).held.loc[0.5]
    # Half of 150 events are on a tenth of 312 segments, and that is chance.
    assert held["share"] == pytest.approx(held["by_chance"], abs=0.02)
    assert held["by_chance"] < 0.2


def test_moved_places_are_refused():
    with pytest.raises(MethodError, match="Count by LSOA instead"):
        street_counts(events((1_003, 1_050)), CROSSING, publisher="police-uk")
    piled = events(*[(1_000, 1_050)] * 40, *[(1_060, 1_000)] * 40)
    with pytest.raises(MethodError, match="stand on one spot"):
        street_counts(piled, CROSSING)
    assert street_counts(piled, CROSSING, exact=True).segments["count"].max() == 40


@pytest.mark.parametrize(
    ("streets", "choices", "words"),
    [
        (CROSSING.set_axis(["a", "a", "b", "c"]), {}, "go by the name a"),
        (CROSSING.head(0), {}, "no segments"),
        (pd.Series([shapely.Point(1_000, 1_000)]), {}, "0 is no line"),
        (pd.Series([shapely.LineString([(0, 51), (0.1, 51)])]), {}, "longitude"),
        (CROSSING, {"within": 0}, "Try 50"),
        (CROSSING, {"within": 1}, "Are both on one plane"),
        (CROSSING, {"held": (0.5, 1)}, "between 0 and 1"),
    ],
)
def test_streets_and_choices_that_make_no_sense_are_refused(streets, choices, words):
    with pytest.raises(MethodError, match=words):
        street_counts(events((1_003, 1_050)), streets, **choices)


SHOPS = pd.DataFrame(
    {"x": [1_000, 1_200, 5_000], "y": [1_000, 1_000, 1_000]},
    index=["Corner", "Mall", "Far"],
)


@pytest.mark.published("place-counts")
def test_shops_counted_by_hand():
    found = place_counts(
        events(
            (1_190, 1_000),
            (1_201, 1_003),
            (1_004, 999),
            (1_100, 1_000),  # half way between the two: to the first
            (3_000, 0),
        ),
        SHOPS,
    )
    assert found.places["count"].to_dict() == {"Corner": 2, "Mall": 2, "Far": 0}
    assert found.places["together"].tolist() == [0.5, 1, 1]
    assert (found.too_far, found.tied) == (1, 1)
    assert found.caution.endswith("The nearest place need not be the cause.")


@pytest.mark.second_road("place-counts")
@pytest.mark.property_of("place-counts")
@given(seed=st.integers(0, 200))
def test_each_event_goes_to_the_place_that_a_plain_search_finds(seed):
    random = np.random.default_rng(seed)
    spots = pd.DataFrame(random.uniform(1_000, 2_000, (9, 2)), columns=["x", "y"])
    anywhere = pd.DataFrame(random.uniform(1_000, 2_000, (50, 2)), columns=["x", "y"])
    found = place_counts(anywhere, spots, within=1_500)
    apart = np.hypot(*(anywhere.to_numpy()[:, None] - spots.to_numpy()).T)
    by_hand = np.bincount(apart.argmin(axis=0), minlength=9)
    assert found.places["count"].sort_index().tolist() == by_hand.tolist()
    assert found.places["share"].sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("spots", "choices", "words"),
    [
        (SHOPS, {"within": 1}, "No event lies within 1 m"),
        (SHOPS.head(0), {}, "no places"),
        (SHOPS, {"publisher": "police-uk"}, "no exact places"),
    ],
)
def test_places_without_events_or_exact_ones_are_refused(spots, choices, words):
    with pytest.raises(MethodError, match=words):
        place_counts(events((1_050, 1_050)), spots, **choices)
