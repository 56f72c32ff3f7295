"""Harm beside counts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.harm import harm, harm_by_area

OFFENCES = pd.Series({"Homicide": 1, "Robbery": 100, "Burglary": 500})
WEIGHTS = pd.Series({"Homicide": 7_979, "Robbery": 746, "Burglary": 438})


@pytest.mark.published("harm")
def test_the_toy_borough_scores_1_005():
    # domain.md E14.
    # By the weights that the Office for National Statistics printed.
    found = harm(OFFENCES, WEIGHTS, residents=300_000)
    assert found.total == 7_979 + 74_600 + 219_000
    assert found.score == pytest.approx(1.005, abs=0.0005)


def test_ranks_change_when_harm_counts_instead_of_number():
    found = harm(
        pd.Series({"Shoplifting": 900, "Robbery": 100}),
        pd.Series({"Shoplifting": 13, "Robbery": 746}),
    ).categories
    assert found["rank_by_count"].tolist() == [1, 2]
    assert found["rank_by_harm"].tolist() == [2, 1]
    assert found["rank_change"].tolist() == [-1, 1]
    assert found["share_of_offences"].tolist() == [0.9, 0.1]
    assert found["share_of_harm"].sum() == pytest.approx(1)


def test_a_category_without_a_weight_is_counted_and_never_weighs_nothing():
    found = harm(pd.Series({"Robbery": 10, "Fraud": 7}), WEIGHTS)
    assert np.isnan(found.categories.loc["Fraud", "harm"])
    assert found.unweighted == 7


def test_without_residents_there_is_no_score():
    assert np.isnan(harm(OFFENCES, WEIGHTS).score)


def test_areas_are_ranked_both_ways():
    areas = harm_by_area(
        pd.DataFrame(
            {"Homicide": [0, 1], "Shoplifting": [400, 20]}, index=["Centre", "Estate"]
        ),
        pd.Series({"Homicide": 7_979, "Shoplifting": 13}),
    )
    assert areas["offences"].tolist() == [400, 21]
    assert areas["harm"].tolist() == [5_200, 8_239]
    assert areas["rank_change"].tolist() == [-1, 1]


@pytest.mark.parametrize("name", ["Violence and sexual offences", "Other crime"])
def test_police_uks_categories_are_refused_with_what_would_be_needed(name):
    with pytest.raises(MethodError, match="Harm needs offence subgroups"):
        harm(pd.Series({name: 10, "Robbery": 5}), WEIGHTS)
    with pytest.raises(MethodError, match="Harm needs offence subgroups"):
        harm_by_area(pd.DataFrame({name: [10], "Robbery": [5]}), WEIGHTS)


def test_no_weight_at_all_is_refused_with_what_to_load():
    for attempt in [harm, lambda o, w: harm_by_area(o.to_frame().T, w)]:
        with pytest.raises(MethodError, match="Load the Crime Severity Score"):
            attempt(pd.Series({"Fraud": 10}), WEIGHTS)


def test_negative_offences_are_refused():
    with pytest.raises(MethodError, match="negative"):
        harm(-OFFENCES, WEIGHTS)


def test_a_score_needs_residents():
    with pytest.raises(MethodError, match="more than 0"):
        harm(OFFENCES, WEIGHTS, residents=0)


COUNTS = st.lists(st.integers(0, 200), min_size=4, max_size=4)


@pytest.mark.second_road("harm")
@given(counts=COUNTS)
def test_harm_is_what_one_offence_after_another_adds_up_to(counts):
    names = [*WEIGHTS.index, "Fraud"]
    total = sum(
        WEIGHTS[name]
        for name, count in zip(names, counts, strict=True)
        for _ in range(count)
        if name in WEIGHTS
    )
    found = harm(pd.Series(counts, names), WEIGHTS)
    assert found.total == total
    assert found.unweighted == counts[-1]


@pytest.mark.property_of("harm")
@given(counts=COUNTS, more=st.integers(1, 50))
def test_one_more_offence_never_does_less_harm(counts, more):
    offences = pd.Series(counts, [*WEIGHTS.index, "Fraud"])
    found = harm(offences, WEIGHTS, residents=1_000)
    for name in offences.index:
        worse = harm(offences + more * (offences.index == name), WEIGHTS)
        assert worse.total >= found.total
    assert found.score == pytest.approx(found.total / 1_000)
    areas = harm_by_area(offences.to_frame().T, WEIGHTS)
    assert areas["harm"].tolist() == [found.total]
