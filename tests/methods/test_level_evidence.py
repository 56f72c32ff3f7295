"""What the figures say of the level at which to take up a problem."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.level_evidence import (
    cross_boundary,
    events_by_level,
    events_to_tell,
    variance_by_level,
)

LEVELS = pd.DataFrame(
    {
        "borough": ["A", "A", "B", "B", "C", "C", "D", "D"],
        "part": ["East"] * 4 + ["West"] * 4,
    },
    index=[f"W{n}" for n in range(8)],
)
PEOPLE = pd.Series(10_000, LEVELS.index)


def city(sizes=(4, 6, 8), spread=(0.0, 0.0, 0.4), mean=200, seed=1):
    """Parts, boroughs and neighbourhoods whose rates differ by so much at each."""
    random = np.random.default_rng(seed)
    parts, boroughs, wards = sizes
    rows = pd.DataFrame(
        [
            (f"P{i}", f"B{i}.{j}", f"W{i}.{j}.{k}")
            for i in range(parts)
            for j in range(boroughs)
            for k in range(wards)
        ],
        columns=["part", "borough", "ward"],
    )
    rate = np.full(len(rows), float(mean))
    for name, much in zip(rows, spread, strict=True):
        each = {place: random.normal(0, much) for place in rows[name].unique()}
        rate *= np.exp(rows[name].map(each))
    counts = pd.Series(random.poisson(rate), rows["ward"])
    levels = rows.set_index("ward")[["borough", "part"]]
    return counts, pd.Series(10_000, counts.index), levels


def shares(found):
    return found.set_index("level")["share"]


@pytest.mark.published("level-evidence")
def test_events_needed_are_by_van_belles_rule_of_thumb():
    # van Belle (2008), 2.6: 4 / (root of 36 less root of 30) squared is 14.6, or 15
    # samples of a mean of 30; the exact constant, 3.92, gives 14.4.
    needed = events_to_tell(36 / 30 - 1) / 30
    assert needed == pytest.approx(14.6 * 3.92 / 4, rel=0.01)
    assert np.ceil(needed) == 15


@pytest.mark.second_road("level-evidence")
@pytest.mark.parametrize("change", [-0.2, 0.3, -0.5])
def test_with_that_many_events_a_change_shows_four_times_in_five(change):
    needed = events_to_tell(change)
    random = np.random.default_rng(4)
    before = random.poisson(needed, 40_000)
    after = random.poisson(needed * (1 + change), 40_000)
    z = np.abs(np.sqrt(after) - np.sqrt(before)) * np.sqrt(2)
    assert (z > 1.959964).mean() == pytest.approx(0.8, abs=0.015)


@pytest.mark.second_road("level-evidence")
def test_of_large_counts_the_shares_are_the_plain_law_of_total_variance():
    # So many events that chance does not matter.
    counts = pd.Series([1, 3, 2, 2, 6, 8, 4, 9], LEVELS.index) * 10**8
    found = shares(variance_by_level(counts, PEOPLE, LEVELS))
    rate = counts / PEOPLE
    borough = rate.groupby(LEVELS["borough"]).transform("mean")
    part = rate.groupby(LEVELS["part"]).transform("mean")
    whole = rate.var(ddof=0)
    assert found["neighbourhood"] == pytest.approx(
        (rate - borough).pow(2).mean() / whole
    )
    assert found["borough"] == pytest.approx((borough - part).pow(2).mean() / whole)
    assert found["part"] == pytest.approx((part - part.mean()).var(ddof=0) / whole)


@pytest.mark.parametrize(
    ("spread", "where"),
    [
        ((0, 0, 0.4), "neighbourhood"),
        ((0, 0.4, 0), "borough"),
        ((0.4, 0, 0), "part"),
    ],
)
def test_differences_that_were_put_in_are_found_at_their_level(spread, where):
    found = variance_by_level(*city(spread=spread)).set_index("level")
    assert found["share"].idxmax() == where
    assert found.loc[where, "lower"] > 0.6
    assert found["areas"].tolist() == [192, 24, 4]


def test_small_counts_do_not_put_the_chance_of_small_areas_down_as_difference():
    # Plain variances would say that nearly all of it lies between neighbourhoods.
    counts, people, levels = city(spread=(0, 0.5, 0), mean=6)
    found = variance_by_level(counts, people, levels).set_index("level")
    borough = counts.groupby(levels["borough"]).transform("mean")
    plain = (counts - borough).var(ddof=0) / counts.var(ddof=0)
    assert plain > 0.3
    assert found.loc["neighbourhood", "share"] < 0.15
    assert found.loc["borough", "share"] > 0.75


def test_limits_are_wider_where_counts_are_small_or_come_in_series():
    wide = variance_by_level(*city(mean=8)).set_index("level").loc["neighbourhood"]
    close = variance_by_level(*city(mean=800)).set_index("level").loc["neighbourhood"]
    series = variance_by_level(*city(mean=800), dispersion=20).set_index("level")
    assert wide["upper"] - wide["lower"] > close["upper"] - close["lower"]
    row = series.loc["neighbourhood"]
    assert row["upper"] - row["lower"] > close["upper"] - close["lower"]


def test_areas_that_are_alike_have_no_shares():
    found = variance_by_level(PEOPLE * 0 + 50, PEOPLE, LEVELS)
    assert found[["share", "lower", "upper"]].isna().all(axis=None)


@pytest.mark.property_of("level-evidence")
@settings(max_examples=40)
@given(counts=st.lists(st.integers(0, 900), min_size=8, max_size=8).filter(any))
def test_shares_add_to_one_and_do_not_hang_on_names(counts):
    y = pd.Series(counts, LEVELS.index)
    found = variance_by_level(y, PEOPLE, LEVELS, draws=20)
    named = LEVELS.replace({"A": "Z", "B": "Y"})
    again = variance_by_level(y, PEOPLE, named, draws=20)
    assert found["share"].isna().all() or found["share"].sum() == pytest.approx(1)
    assert again["share"].tolist() == pytest.approx(
        found["share"].tolist(), nan_ok=True
    )
    assert not (found["share"] < 0).any()


def test_cases_that_cross_a_border_are_counted_at_each_level():
    flows = pd.DataFrame(
        {
            "home": ["W0", "W1", "W2", "W5", "Kent", ""],
            "place": "W0",
            "cases": [50, 20, 10, 10, 10, 7],
        }
    )
    found = cross_boundary(flows, LEVELS).set_index("level")
    assert found.loc["borough", "share"] == 0.3
    assert found.loc["part", "share"] == 0.2  # W5 is in the other part, Kent in none
    assert (found["unknown"] == 7).all()
    assert found.loc["borough", "lower"] == pytest.approx(0.219, abs=0.001)  # Wilson


def test_without_known_homes_nothing_is_known():
    flows = pd.DataFrame({"home": [None], "place": "W0", "cases": [5]})
    row = cross_boundary(flows, LEVELS).iloc[0]
    assert (row["cases"], row["unknown"]) == (0, 5)
    assert np.isnan(row["share"])


def test_wider_levels_have_events_enough_sooner():
    counts = pd.Series([100, 80, 90, 300, 20, 10, 40, 30], LEVELS.index)
    found = events_by_level(counts, LEVELS, needed=352).set_index("level")
    assert found["enough"].to_dict() == {
        "neighbourhood": 0,
        "borough": 0.25,
        "part": 0.5,
        "all": 1,
    }
    assert found.loc["part", "middle"] == (570 + 100) / 2


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: variance_by_level(-PEOPLE, PEOPLE, LEVELS), "0 or more"),
        (lambda: variance_by_level(PEOPLE, PEOPLE * 0, LEVELS), "above 0"),
        (lambda: variance_by_level(PEOPLE, PEOPLE, LEVELS[[]]), "in which borough"),
        (
            lambda: variance_by_level(PEOPLE, PEOPLE, LEVELS[["part", "borough"]]),
            "narrowest level first",
        ),
        (
            lambda: variance_by_level(PEOPLE, PEOPLE, LEVELS, dispersion=0.1),
            "1 or more",
        ),
        (lambda: cross_boundary(pd.DataFrame({"home": []}), LEVELS), "no cases, place"),
        (
            lambda: cross_boundary(
                pd.DataFrame({"home": ["W0"], "place": "Q", "cases": 1}), LEVELS
            ),
            "where Q lies",
        ),
        (
            lambda: cross_boundary(
                pd.DataFrame({"home": ["W0"], "place": "W0", "cases": -1}), LEVELS
            ),
            "negative",
        ),
        (lambda: events_to_tell(0), "other than 0"),
        (lambda: events_to_tell(-2), "other than 0"),
        (lambda: events_to_tell(power=0.2), "how often a change shows"),
        (lambda: events_to_tell(dispersion=0), "1 or more"),
    ],
)
def test_what_cannot_be_answered_is_refused(ask, words):
    with pytest.raises(MethodError, match=words):
        ask()
