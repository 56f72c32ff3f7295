"""Before and after in the place treated, beside places that were not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.displacement import (
    PLACES,
    Difference,
    harm_weighted,
    weighted_displacement,
)

counts_of_places = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=4, max_size=4
)


def places(*pairs):
    """Counts before and after: control, treated, and round each of them."""
    return pd.DataFrame(pairs, columns=["before", "after"], index=PLACES[: len(pairs)])


PAPER = places((308, 318), (207, 110), (150, 140), (178, 157))


@pytest.mark.published("displacement")
def test_the_published_example_comes_out():
    # analysis.md 3.15; Wheeler and Ratcliffe (2018), and the tests of ptools.
    found = weighted_displacement(PAPER)
    assert found.total.estimate == -118
    assert found.total.error == pytest.approx(np.sqrt(1_568))
    assert found.total.z == pytest.approx(-2.98, abs=0.005)
    assert round(found.total.lower), round(found.total.upper) == (-196, -40)
    assert (found.local.estimate, found.near.estimate) == (-107, -11)
    assert found.verdict == "real change"


@pytest.mark.published("displacement")
def test_places_of_different_size_are_compared_by_area():
    # analysis.md 3.15, by area.
    sizes = pd.Series([0.9, 1.2, 1.6, 1.5], index=PLACES)
    total = weighted_displacement(PAPER, area_weights=sizes).total
    assert [total.estimate, total.error, total.z] == pytest.approx(
        [-99.69444444, 35.4280755, -2.813995483]
    )
    assert [total.lower, total.upper] == pytest.approx([-169.1321965, -30.25669241])


@pytest.mark.published("displacement")
def test_times_of_different_length_are_compared_by_length():
    # analysis.md 3.15, by time.
    found = weighted_displacement(places((100, 50), (80, 20)), time_weights=(2, 1))
    assert found.total.estimate == -20
    assert found.total.error == pytest.approx(np.sqrt(115))


@pytest.mark.published("displacement")
def test_offences_are_added_up_by_harm():
    # analysis.md 3.15, by harm.
    offences = [  # control before and after, treated before and after; harm
        ((133, 91), (130, 74), 3),
        ((388, 305), (327, 202), 2),
        ((148, 97), (398, 190), 5),
        ((86, 64), (144, 92), 7),
        ((94, 67), (183, 96), 10),
    ]
    total = harm_weighted(
        [weighted_displacement(places(c, t)).local for c, t, _harm in offences],
        [harm for _c, _t, harm in offences],
    )
    assert total.estimate == -1_721
    assert [total.error, total.z] == pytest.approx([304.10360077, -5.65925558])
    assert [total.lower, total.upper] == pytest.approx([-2317.03210507, -1124.96789493])


@pytest.mark.second_road("displacement")
def test_the_limits_hold_the_truth_as_often_as_they_say():
    # The same by another road: repeat an experiment in which 60 were prevented.
    random = np.random.default_rng(1)
    mean = np.array([[300, 300], [200, 140], [150, 150], [170, 170]])
    held = 0
    for drawn in random.poisson(mean, size=(400, 4, 2)):
        total = weighted_displacement(places(*drawn)).total
        held += total.lower <= -60 <= total.upper
    assert held / 400 == pytest.approx(0.95, abs=0.03)


@pytest.mark.property_of("displacement")
@given(pairs=counts_of_places, scale=st.floats(0.1, 50))
def test_one_size_for_all_changes_the_unit_and_not_the_verdict(pairs, scale):
    plain = weighted_displacement(places(*pairs))
    sizes = pd.Series(scale, index=PLACES)
    scaled = weighted_displacement(places(*pairs), area_weights=sizes)
    assert scaled.total.estimate * scale == pytest.approx(plain.total.estimate)
    assert scaled.total.error * scale == pytest.approx(plain.total.error)


@pytest.mark.property_of("displacement")
@given(pairs=counts_of_places)
def test_crime_moved_next_door_is_not_crime_prevented(pairs):
    (c, t, nc, nt) = pairs
    moved = 25
    before = weighted_displacement(places(c, (t[0], t[1] + moved), nc, nt))
    after = weighted_displacement(places(c, t, nc, (nt[0], nt[1] + moved)))
    assert after.total.estimate == before.total.estimate
    assert after.local.estimate == before.local.estimate - moved


def test_counts_that_vary_more_say_less():
    wide = weighted_displacement(PAPER, dispersion=4)
    assert wide.total.error == pytest.approx(2 * np.sqrt(1_568))
    assert wide.verdict == "within chance"


def test_nothing_anywhere_has_no_z():
    assert np.isnan(weighted_displacement(places((0, 0), (0, 0))).total.z)


def test_a_missing_count_is_cannot_tell():
    found = weighted_displacement(places((100, np.nan), (80, 20)))
    assert (found.verdict, found.caution) == ("cannot tell", "A count is missing.")


def test_surroundings_unknown_or_counts_small_bring_a_caution():
    alone = weighted_displacement(places((100, 90), (80, 20)))
    assert "moved" in alone.caution
    small = weighted_displacement(places((100, 90), (80, 20), (9, 11), (12, 12)))
    assert "rough" in small.caution
    assert weighted_displacement(PAPER).caution == ""


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(MethodError, match="near control"):
        weighted_displacement(PAPER.iloc[:3])
    with pytest.raises(MethodError, match="negative"):
        weighted_displacement(places((1, 1), (-1, 1)))
    with pytest.raises(MethodError, match="size above zero"):
        weighted_displacement(PAPER, area_weights=pd.Series({"control": 1.0}))
    with pytest.raises(MethodError, match="length above zero"):
        weighted_displacement(PAPER, time_weights=(0, 1))
    with pytest.raises(MethodError, match="1 or more"):
        weighted_displacement(PAPER, dispersion=0.5)
    one = Difference(-1, 1, 0, 0)
    with pytest.raises(MethodError, match="one weight for each"):
        harm_weighted([one], [1, 2])
    with pytest.raises(MethodError, match="negative"):
        harm_weighted([one], [-1])
