"""How far the top of a list hangs on its weights."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans.test_priorities import TABLE, WEIGHTS, candidates

from saferplan.errors import MethodError
from saferplan.plans.priorities import CRITERIA, Candidate
from saferplan.plans.weighing import at_random, one_at_a_time, top

# By rank, theft scores 1 in volume and 0 in harm; burglary the other way round.
PAIR = [
    Candidate("Burglary", {"volume": 300, "harm": 90}),
    Candidate("Shop theft", {"volume": 900, "harm": 10}),
]


def holdings(table, places, **weights):
    found = one_at_a_time(table, places, weights=weights)
    return {one.criterion: one for one in found}


def test_of_two_opposites_the_heavier_weight_decides_up_to_one_half():
    found = holdings(PAIR, 1, volume=1, harm=3)
    assert top(PAIR, 1, weights={"volume": 1, "harm": 3}) == {"Burglary"}
    volume = found["volume"]
    assert (volume.share, volume.lower) == (0.25, 0)
    assert volume.upper == pytest.approx(0.5)
    assert volume.above == ("Shop theft",)
    harm = found["harm"]
    assert (harm.lower, harm.upper) == (pytest.approx(0.5), 1)
    assert (harm.below, harm.above) == (("Shop theft",), ())


def test_a_weight_that_stands_alone_has_nothing_to_give_way_to():
    alone = holdings(PAIR, 1, harm=1)["harm"]
    assert (alone.share, alone.lower, alone.upper) == (1, 0, 1)


def test_a_criterion_without_a_weight_can_still_be_given_one():
    volume = holdings(PAIR, 1, harm=1)["volume"]
    assert (volume.share, volume.lower) == (0, 0)
    assert volume.upper == pytest.approx(0.5)


def moved(weights, criterion, share):
    """The weights with one at a share of the whole, the others in proportion."""
    rest = sum(weight for name, weight in weights.items() if name != criterion)
    return {
        name: share if name == criterion else weight / rest * (1 - share)
        for name, weight in weights.items()
    }


@settings(max_examples=12, deadline=None)
@given(candidates(), WEIGHTS, st.integers(1, 3))
def test_a_walk_over_each_weight_in_steps_meets_no_other_within_the_limits(
    table, weights, places
):
    # The same answer by another road: try one share after another.
    now = top(table, places, weights=weights)
    for one in one_at_a_time(table, places, weights=weights):
        for step in range(1, 20):
            share = step / 20
            if min(abs(share - one.lower), abs(share - one.upper)) < 1e-6:
                continue
            there = top(table, places, weights=moved(weights, one.criterion, share))
            if one.lower < share < one.upper:
                # On a crossing itself equals are all at the top.
                near = top(
                    table, places, weights=moved(weights, one.criterion, share + 1e-7)
                )
                assert there & near <= now


def test_the_first_by_every_criterion_is_first_under_all_weights():
    best = Candidate("Worst of all", dict.fromkeys(CRITERIA, 9))
    other = Candidate("Another", dict.fromkeys(CRITERIA, 1))
    often = at_random([best, other], 1, weights={"harm": 1}, factor=math.inf)
    assert often == {"Worst of all": 1.0, "Another": 0.0}
    for one in one_at_a_time([best, other], 1, weights=dict.fromkeys(CRITERIA, 1)):
        assert (one.lower, one.upper) == (0, 1)


def test_how_often_under_all_weights_is_the_share_of_them():
    # Two criteria count; theft leads where its weight is the larger: in a half.
    four = dict.fromkeys(("vulnerability", "repeat", "trend", "concern"), 1.0)
    pair = [Candidate(each.name, {**each.values, **four}) for each in PAIR]
    often = at_random(pair, 1, weights={"harm": 1}, factor=math.inf, draws=20_000)
    assert often["Shop theft"] == pytest.approx(0.5, abs=0.015)


def test_how_often_within_a_factor_is_the_share_of_the_square_of_logarithms():
    # Weights 1 and 2, each moved by up to a factor of 2: the logarithms of the factors
    # are even on a square, and theft leads in the corner with an eighth of its area.
    often = at_random(PAIR, 1, weights={"volume": 1, "harm": 2}, draws=20_000)
    assert often["Shop theft"] == pytest.approx(1 / 8, abs=0.01)
    assert sum(often.values()) == pytest.approx(1)


def test_a_factor_of_one_changes_no_weight():
    often = at_random(PAIR, 1, weights={"volume": 1, "harm": 2}, factor=1)
    assert often == {"Burglary": 1, "Shop theft": 0}


def test_what_nobody_knows_could_come_first_and_is_drawn():
    unknown = Candidate("Stalking", {"harm": None})
    pair = [Candidate("A", {"harm": 1}), Candidate("B", {"harm": 2}), unknown]
    often = at_random(pair, 1, weights={"harm": 1})
    # B scores 1: hardly ever less than a draw between 0 and 1.
    assert often["B"] == 1
    assert at_random(pair, 2, weights={"harm": 1})["Stalking"] == 1


@settings(max_examples=25, deadline=None)
@given(candidates(), WEIGHTS, st.integers(1, 3))
def test_as_many_are_at_the_top_as_there_are_places_or_more(table, weights, places):
    often = at_random(table, places, weights=weights, draws=50)
    assert often == at_random(table, places, weights=weights, draws=50)
    assert all(0 <= share <= 1 for share in often.values())
    assert sum(often.values()) >= min(places, len(table)) - 1e-9


def test_nothing_to_rank_is_no_answer_and_no_error():
    assert at_random([], 3, weights={"harm": 1}) == {}
    assert top([], 3, weights={"harm": 1}) == frozenset()


@pytest.mark.parametrize(
    ("options", "told"),
    [({"places": 0}, "at least one place"), ({"factor": 0.5}, "1 or more")],
)
def test_what_cannot_be_drawn_is_said(options, told):
    places = options.pop("places", 1)
    with pytest.raises(MethodError, match=told):
        at_random(TABLE, places, weights={"harm": 1}, **options)
