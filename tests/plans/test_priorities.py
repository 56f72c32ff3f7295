"""Problems beside each other, under weights anybody can see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.plans.priorities import (
    CRITERIA,
    EVEN_WEIGHTS,
    Candidate,
    rank_candidates,
)

# Small enough to add up in the head.
TABLE = [
    Candidate("Burglary", {"volume": 300, "harm": 90, "concern": 0.20}),
    Candidate("Shop theft", {"volume": 900, "harm": 10, "concern": 0.10}),
    Candidate("Robbery", {"volume": 100, "harm": 70, "concern": None}),
]
VALUES = st.one_of(st.none(), st.integers(-50, 50).map(float))


@st.composite
def candidates(draw, most=6):
    count = draw(st.integers(1, most))
    return [
        Candidate(f"C{number}", {name: draw(VALUES) for name in CRITERIA})
        for number in range(count)
    ]


WEIGHTS = st.fixed_dictionaries({name: st.integers(1, 9) for name in CRITERIA})


def ranked(table=TABLE, scoring="ranks", **weights):
    found = rank_candidates(table, weights=weights or EVEN_WEIGHTS, scoring=scoring)
    return {one.name: one for one in found}


def test_totals_by_rank_match_those_worked_by_hand():
    found = ranked(volume=1, harm=2, concern=1)
    # Burglary: second of three in volume, first in harm and concern.
    assert found["Burglary"].total == pytest.approx((0.5 + 2 * 1 + 1) / 4)
    assert found["Shop theft"].total == pytest.approx((1 + 0 + 0) / 4)
    # Robbery: of the three quarters that are known, none in volume, half in harm.
    assert found["Robbery"].total == pytest.approx((0 + 2 * 0.5) / 3)
    assert [one.place for one in found.values()] == [1, 2, 3]
    assert list(found) == ["Burglary", "Robbery", "Shop theft"]


def test_totals_by_distance_match_those_worked_by_hand():
    found = ranked(scoring="min-max", volume=1, harm=1)
    assert found["Burglary"].total == pytest.approx((0.25 + 1) / 2)
    assert found["Shop theft"].total == pytest.approx((1 + 0) / 2)
    assert found["Robbery"].total == pytest.approx((0 + 0.75) / 2)


def test_what_is_unknown_is_a_range_and_lowers_no_total():
    robbery = ranked(volume=1, harm=2, concern=1)["Robbery"]
    assert robbery.known == 0.75
    assert (robbery.lowest, robbery.highest) == pytest.approx((0.25, 0.5))
    assert robbery.scores["concern"] is None


def test_a_candidate_of_which_nothing_is_known_has_no_place_and_could_be_anything():
    found = ranked([*TABLE, Candidate("Stalking", {})], volume=1)
    stalking = found["Stalking"]
    assert (stalking.total, stalking.place, stalking.known) == (None, None, 0)
    assert (stalking.lowest, stalking.highest) == (0, 1)
    assert list(found)[-1] == "Stalking"


def test_equal_candidates_share_a_place_and_the_next_follows_both():
    table = [Candidate(name, {"harm": 5}) for name in ("A", "B")]
    found = ranked([*table, Candidate("C", {"harm": 1})], harm=1)
    assert [(one.place, one.total) for one in found.values()] == [
        (1, 0.75),
        (1, 0.75),
        (3, 0.0),
    ]


@pytest.mark.parametrize("scoring", ["ranks", "min-max"])
def test_a_criterion_that_tells_nobody_apart_scores_one_half(scoring):
    table = [Candidate(name, {"harm": 7}) for name in ("A", "B", "C")]
    assert {one.total for one in ranked(table, scoring, harm=1).values()} == {0.5}
    assert ranked(table[:1], scoring, harm=1)["A"].total == 0.5


@given(candidates(), WEIGHTS, st.sampled_from(["ranks", "min-max"]))
def test_a_total_is_between_its_bounds_and_weights_are_proportions(
    table, weights, scoring
):
    found = ranked(table, scoring, **weights)
    doubled = ranked(table, scoring, **{k: 2 * v for k, v in weights.items()})
    for name, one in found.items():
        assert doubled[name].total == pytest.approx(one.total)
        assert -1e-9 <= one.lowest <= one.highest <= 1 + 1e-9
        if one.total is not None:
            assert one.lowest - 1e-9 <= one.total <= one.highest + 1e-9


@given(candidates(), WEIGHTS, st.sampled_from(list(CRITERIA)))
def test_more_of_a_criterion_never_lowers_a_candidate_that_has_it(
    table, weights, criterion
):
    before = ranked(table, **weights)["C0"]
    if table[0].values[criterion] is None:
        return
    worse = {**table[0].values, criterion: table[0].values[criterion] + 10}
    after = ranked([Candidate("C0", worse), *table[1:]], **weights)["C0"]
    assert after.total >= before.total - 1e-9
    assert after.place <= before.place


@given(candidates(), WEIGHTS)
def test_the_order_in_which_candidates_are_given_does_not_matter(table, weights):
    assert ranked(table, **weights) == ranked(table[::-1], **weights)


@pytest.mark.parametrize(
    ("table", "weights", "told"),
    [
        ([TABLE[0], TABLE[0]], {"harm": 1}, "Two candidates are called Burglary"),
        ([Candidate("A", {"fear": 1})], {"harm": 1}, "fear, which is not a criterion"),
        ([Candidate("A", {"harm": float("nan")})], {"harm": 1}, "is no number"),
        (TABLE, {"fear": 1}, "fear is not a criterion"),
        (TABLE, {"harm": -1}, "The weight of harm"),
        (TABLE, {"harm": float("nan")}, "The weight of harm"),
        (TABLE, {"harm": 0}, "Every weight is 0"),
    ],
)
def test_what_cannot_be_ranked_is_said(table, weights, told):
    with pytest.raises(MethodError, match=told):
        rank_candidates(table, weights=weights)
