"""Which action serves which commitment of the plan above."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.plans import read_plan
from saferplan.plans.alignment import suggest

SEEDS = Path(__file__).parents[3] / "shared/seeds"

COMMITMENTS = {
    "1.1": "Launch an Online Hate Crime Hub for victims in the city",
    "1.2": "Keep two constables in every ward of the city",
}
ACTIONS = {
    "3.1": "Promote the hub to tackle online hate crime",
    "3.2": "Continue to mark property in the city",
    "3.3": "Use of social media",
}


def test_what_shares_rare_words_is_suggested_with_them():
    found = suggest(COMMITMENTS, ACTIONS)
    assert [(each.commitment, each.action) for each in found] == [("1.1", "3.1")]
    assert set(found[0].shared) == {"hub", "online", "hate", "crime"}


def test_a_word_that_all_have_suggests_nothing():
    texts = {str(n): f"city {word}" for n, word in enumerate("abcdefghij")}
    assert suggest({"1": "city council"}, texts, least=0.3) == []


def test_nothing_above_or_nothing_below_suggests_nothing():
    assert suggest({}, ACTIONS) == []
    assert suggest(COMMITMENTS, {}) == []


@given(
    st.dictionaries(st.text("ab1", min_size=1), st.text("abcd ", max_size=30)),
    st.dictionaries(st.text("ab1", min_size=1), st.text("abcd ", max_size=30)),
)
def test_likeness_is_between_nothing_and_the_same(commitments, actions):
    for each in suggest(commitments, actions, least=0.0):
        assert 0 <= each.likeness <= 1 + 1e-9
        assert each.shared


@pytest.mark.real_data
@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")
def test_the_two_founding_plans_are_joined_where_they_speak_of_one_thing():
    above = read_plan(next(SEEDS.glob("001_*.txt")))
    below = read_plan(next(SEEDS.glob("004_*.txt")))
    found = suggest(
        {each.name: each.text for each in above.commitments},
        {each.name: " ".join((each.text, *each.parts)) for each in below.actions},
    )
    pairs = {(each.commitment, each.action) for each in found}
    assert {
        ("5.4", "3.1.3"),  # the hub against online hate
        ("5.6", "3.2.3"),  # community cohesion
        ("4.9", "1.3.3"),  # perpetrator programmes
        ("4.8", "1.2.1"),  # schools
        ("4.2", "1.1.1"),  # the campaign
    } <= pairs
    assert len(found) < 50
