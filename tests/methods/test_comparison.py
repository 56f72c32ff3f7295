"""Areas like ours, and how we stand among them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.comparison import group_average, nearest_neighbours

OFFENCES = pd.Series({"A": 100, "B": 300, "C": 90})
RESIDENTS = pd.Series({"A": 50_000, "B": 100_000, "C": 20_000})

BOROUGHS = pd.DataFrame(
    {"density": [1.0, 2, 4, 8, 16], "young": [3.0, 3, 4, 4, 9]},
    index=["A", "B", "C", "D", "E"],
)
WITHOUT_B = BOROUGHS.drop(index="B").reindex(BOROUGHS.index)


@pytest.mark.published("comparison")
def test_the_average_of_a_group_is_the_mean_of_rates_and_not_the_pooled_rate():
    # domain.md E9: 3.167, and pooled 2.882.
    # HMICFRS: the sum of the rates over the number of forces, own included.
    found = group_average(OFFENCES, RESIDENTS, own="A")
    assert found.average == pytest.approx(3.167, abs=0.0005)
    assert found.pooled == pytest.approx(2.882, abs=0.0005)
    assert (found.own, found.rank) == (2, 3)


def test_areas_of_one_size_have_one_average():
    found = group_average(OFFENCES, RESIDENTS * 0 + 50_000, own="B")
    assert found.average == pytest.approx(found.pooled)


def test_our_own_area_belongs_to_its_group():
    with pytest.raises(MethodError, match="D is not among"):
        group_average(OFFENCES, RESIDENTS, own="D")


def test_a_group_with_a_gap_has_no_average():
    with pytest.raises(MethodError, match="No rate for B"):
        group_average(OFFENCES.where(OFFENCES.index != "B"), RESIDENTS, own="A")


def test_nothing_counted_is_below_nothing():
    with pytest.raises(MethodError, match="cannot be negative"):
        group_average(-OFFENCES, RESIDENTS, own="A")


@pytest.mark.second_road("comparison")
def test_neighbours_are_those_a_slow_search_finds():
    random = np.random.default_rng(5)
    variables = pd.DataFrame(random.normal(size=(40, 6)), index=range(40))
    found = nearest_neighbours(variables, 7, count=10)
    standard = (variables - variables.mean()) / variables.std(ddof=0)
    slow = {
        other: float(np.sqrt(((standard.loc[7] - standard.loc[other]) ** 2).sum()))
        for other in variables.index
        if other != 7
    }
    assert found.index.tolist() == sorted(slow, key=slow.get)[:10]
    assert found["distance"].tolist() == pytest.approx(sorted(slow.values())[:10])


@pytest.mark.property_of("comparison")
@given(scale=st.floats(0.001, 1_000), shift=st.floats(-100, 100))
def test_the_unit_of_a_variable_does_not_matter(scale, shift):
    rescaled = BOROUGHS.assign(density=BOROUGHS["density"] * scale + shift)
    assert nearest_neighbours(rescaled, "A", count=4)["distance"].tolist() == (
        pytest.approx(nearest_neighbours(BOROUGHS, "A", count=4)["distance"].tolist())
    )


def test_being_a_neighbour_need_not_be_mutual():
    # E's nearest is D, but D is nearer to C.
    assert nearest_neighbours(BOROUGHS, "E", count=1)["mutual"].to_dict() == {
        "D": False
    }
    assert nearest_neighbours(BOROUGHS, "A", count=1)["mutual"].to_dict() == {"B": True}


def test_areas_lacking_a_variable_are_left_out():
    assert "B" not in nearest_neighbours(WITHOUT_B, "A").index


def test_a_variable_that_never_varies_says_nothing():
    flat = BOROUGHS.assign(country=1.0)
    pd.testing.assert_frame_equal(
        nearest_neighbours(flat, "A"), nearest_neighbours(BOROUGHS, "A")
    )


def test_variables_that_all_stand_still_are_refused():
    with pytest.raises(MethodError, match="choose others"):
        nearest_neighbours(BOROUGHS * 0, "A")


@pytest.mark.parametrize(
    ("area", "why"), [("Z", "is not in the table"), ("B", "lacks a variable")]
)
def test_an_area_without_data_has_no_neighbours_and_is_told_why(area, why):
    with pytest.raises(MethodError, match=f"{area} {why}"):
        nearest_neighbours(WITHOUT_B, area)
