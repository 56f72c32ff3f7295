"""The same crimes by number and by several sets of weights."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.harm_compared import compare_harm
from saferplan.methods.intervals import count_limits
from saferplan.methods.weighted_counts import weighted_limits

# Weights of the ONS that were printed in its article, and days that a person supplied.
ONS = pd.Series({"Homicide": 7_979, "Robbery": 746, "Shoplifting": 13})
DAYS = pd.Series({"Homicide": 5_500, "Robbery": 350, "Shoplifting": 1, "Fraud": 20})
OFFENCES = pd.DataFrame(
    {
        "Homicide": [0, 1, 0],
        "Robbery": [100, 20, 15],
        "Shoplifting": [400, 300, 900],
        "Fraud": [10, 0, 30],
    },
    index=["North", "East", "Centre"],
)


def values(found, name):
    rows = found.areas[found.areas["weights"] == name].set_index("area")
    return rows


@pytest.mark.published("harm-compared")
@pytest.mark.parametrize(
    ("counts", "births", "rate", "lower"),
    [
        ([107, 141, 60, 40, 39, 25], [230061, 329449, 114920, 39487, 14208, 3052],
         92.3, 80.4),
        ([25, 150, 110, 84, 82, 39], [72202, 326701, 208667, 83228, 28466, 5375],
         91.2, 82.4),
    ],
)  # fmt: skip
def test_limits_of_a_weighted_sum_are_fay_and_feuers(counts, births, rate, lower):
    # Fay and Feuer (1997), table I: Down's syndrome per 100,000 births, by their age.
    standard = np.array([319933, 931318, 786511, 488235, 237863, 61313])
    weights = 1e5 * standard / standard.sum() / np.array(births)
    assert weights @ counts == pytest.approx(rate, abs=0.05)
    assert weighted_limits([counts], weights)[0][0] == pytest.approx(lower, abs=0.05)


@pytest.mark.second_road("harm-compared")
def test_limits_hold_the_harm_behind_the_counts_as_often_as_they_say():
    random = np.random.default_rng(4)
    means, weights = np.array([0.3, 8, 60]), ONS.to_numpy()
    counts = random.poisson(means, (20_000, 3))
    lower, upper = weighted_limits(counts, weights)
    inside = (lower <= means @ weights) & (means @ weights <= upper)
    assert inside.mean() >= 0.95


def test_with_equal_weights_the_limits_are_those_of_a_count():
    lower, upper = weighted_limits([[2, 3], [0, 0]], [7, 7])
    exact = count_limits([5, 0])
    assert lower == pytest.approx(7 * exact[0])
    assert upper == pytest.approx(7 * exact[1])


def test_each_set_gives_its_own_order():
    found = compare_harm(OFFENCES, {"ONS": ONS, "Days": DAYS})
    assert values(found, "Number")["rank"].tolist() == [2, 3, 1]
    ons = values(found, "ONS")
    assert ons["value"].tolist() == [79_800, 26_799, 22_890]
    assert ons["rank"].tolist() == [1, 2, 3]
    assert values(found, "Days").loc["East", "value"] == 5_500 + 7_000 + 300
    assert found.agreement["one"].tolist() == ["Number", "Number", "ONS"]
    ons_and_days = found.agreement.iloc[2]
    assert (ons_and_days["spearman"], ons_and_days["top_shared"]) == (1, 1)


def test_what_a_set_does_not_weigh_is_named_and_counted():
    found = compare_harm(OFFENCES, {"ONS": ONS, "Days": DAYS})
    rows = found.missing.set_index("weights")
    assert rows.loc["ONS", "offences"] == 40
    assert rows.loc["ONS", "categories"] == "Fraud"
    assert rows.loc["Days", "share"] == 0
    assert any("no weight for Fraud" in each for each in found.cautions)
    shared = compare_harm(OFFENCES, {"ONS": ONS, "Days": DAYS}, shared_only=True)
    assert values(shared, "Number").loc["North", "value"] == 500
    assert shared.missing.equals(found.missing)


def test_one_homicide_is_said_to_carry_an_area():
    found = compare_harm(OFFENCES.assign(Robbery=5), {"ONS": ONS})
    assert any("By ONS, Homicide is" in each for each in found.cautions)
    east = values(found, "ONS").loc["East"]
    assert (east["rank"], east["best_rank"], east["worst_rank"]) == (1, 1, 3)


def test_harm_for_each_resident_changes_the_order():
    people = pd.Series([90_000, 4_000, 50_000], OFFENCES.index)
    found = compare_harm(OFFENCES, {"ONS": ONS}, residents=people)
    assert values(found, "ONS")["rank"].tolist() == [2, 1, 3]
    assert values(found, "ONS").loc["North", "value"] == pytest.approx(79_800 / 90_000)


def test_the_same_seed_gives_the_same_limits():
    one, other = (compare_harm(OFFENCES, {"ONS": ONS}, seed=3).areas for _ in "ab")
    pd.testing.assert_frame_equal(one, other)


@pytest.mark.second_road("harm-compared")
def test_limits_of_a_rank_are_those_of_counts_drawn_one_at_a_time():
    found = values(compare_harm(OFFENCES, {"ONS": ONS}, draws=4_000), "ONS")
    random = np.random.default_rng(99)
    ranks = []
    for _ in range(4_000):
        drawn = random.poisson(OFFENCES[ONS.index].to_numpy())
        harm = [sum(row * ONS.to_numpy()) for row in drawn]
        ranks.append([1 + sum(other > one for other in harm) for one in harm])
    slow = pd.DataFrame(ranks, columns=OFFENCES.index).quantile([0.025, 0.975])
    assert found["best_rank"].tolist() == slow.iloc[0].tolist()
    assert found["worst_rank"].tolist() == slow.iloc[1].tolist()


@pytest.mark.property_of("harm-compared")
@given(
    rows=st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2),
    scale=st.floats(0.01, 100),
)
def test_the_unit_of_a_set_of_weights_does_not_matter(rows, scale):
    offences = pd.DataFrame(rows, columns=["Homicide", "Robbery", "Shoplifting"])
    sets = {"ONS": ONS, "Scaled": ONS * scale}
    found = compare_harm(offences, sets, draws=20)
    one, other = values(found, "ONS"), values(found, "Scaled")
    assert (one["lower"] <= one["value"] + 1e-6).all()
    assert (one["value"] <= one["upper"]).all()
    assert (one["rank"].between(1, len(offences))).all()
    assert (other["upper"] / scale).tolist() == pytest.approx(one["upper"].tolist())
    agreed = found.agreement.iloc[2]["spearman"]
    assert np.isnan(agreed) or agreed == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize(
    ("offences", "weights", "words"),
    [
        (OFFENCES.head(1), {"ONS": ONS}, "two or more"),
        (OFFENCES - 1, {"ONS": ONS}, "whole numbers of 0 or more"),
        (OFFENCES + 0.5, {"ONS": ONS}, "cannot be weighed"),
        (OFFENCES, {"Mine": ONS.rename(str.upper)}, "Mine has no weight"),
        (OFFENCES, {"Mine": -ONS}, "below 0"),
        (OFFENCES, {"Number": ONS}, "other than Number"),
        (OFFENCES.rename(columns={"Fraud": "Other crime"}), {"ONS": ONS}, "too broad"),
    ],
)
def test_what_cannot_be_weighed_is_refused(offences, weights, words):
    with pytest.raises(MethodError, match=words):
        compare_harm(offences, weights)


def test_sets_with_no_category_in_common_share_nothing():
    sets = {"ONS": ONS[["Homicide"]], "Days": DAYS[["Robbery"]]}
    with pytest.raises(MethodError, match="No category is weighed by every set"):
        compare_harm(OFFENCES, sets, shared_only=True)


def test_residents_and_limits_must_be_possible():
    with pytest.raises(MethodError, match="more than 0"):
        compare_harm(OFFENCES, {"ONS": ONS}, residents=OFFENCES["Homicide"])
    with pytest.raises(MethodError, match="some weight above 0"):
        weighted_limits([[1]], [0])
