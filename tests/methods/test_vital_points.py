"""Answers that must be read though only one person says it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_answers import made_answers

from saferplan.definitions.vital_words import vital_words
from saferplan.errors import MethodError
from saferplan.methods.text_features import words_of
from saferplan.methods.vital_points import vital

WORDS = {name: each.words for name, each in vital_words().items()}


def kinds_of(text, words=WORDS):
    return set(vital(pd.Series([text]), words).found["kind"])


@pytest.mark.published("vital-points")
@pytest.mark.parametrize(
    "protected",
    [
        "age",
        "disability",
        "gender reassignment",
        "marriage and civil partnership",
        "pregnancy and maternity",
        "race",
        "religion or belief",
        "sex",
        "sexual orientation",
    ],
)
def test_every_protected_characteristic_of_the_act_is_found(protected):
    # Equality Act 2010, section 4, word for word.
    assert "equality" in kinds_of(f"Please think of {protected} in the plan.")


@pytest.mark.published("vital-points")
@pytest.mark.parametrize(
    ("said", "kind"),
    [
        # The four of Gunning, as a respondent would put them.
        ("The decision has already been taken.", "legal-challenge"),
        ("There is not enough information to reply.", "legal-challenge"),
        ("Two weeks is not enough time.", "legal-challenge"),
        ("We shall seek judicial review.", "legal-challenge"),
        ("I am too scared to open my own door.", "safety"),
        ("A man followed me from the bus, twice.", "safety"),
        ("My neighbour’s flat was cuckooed.", "safety"),
        ("I was burgled in March.", "victims"),
        ("As a survivor of domestic abuse I was sent away.", "victims"),
        ("The desk has no ramp and I use a WHEELCHAIR", "equality"),
    ],
)
def test_points_that_one_person_makes_are_found(said, kind):
    assert kind in kinds_of(said)


@pytest.mark.parametrize(
    "said",
    [
        "It is pitch black by the canal.",
        "The junction is a\nBLACK  SPOT; turn no blind eye to it.",
        "In this day and age we have lost faith in the council.",
        "A terrific plan that brings stability to die for.",
        "Build a refuge island by the tennis courts.",
        "Mopeds race up and down, in breach of the peace.",
    ],
)
def test_a_word_that_means_another_thing_where_it_stands_is_not_found(said):
    assert kinds_of(said) == set()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Black boys are stopped in the pitch black.", "equality"),
        ("My faith matters: nobody acts in good faith.", "equality"),
        ("Two blind residents fell on black ice.", "equality"),
        ("He was stabbed, and stability went.", "safety"),
        ("A sex offender lives next door.", "safety"),
        ("I went to a refuge, over the refuge island.", "victims"),
    ],
)
def test_the_same_word_elsewhere_in_the_answer_is_still_found(said, kind):
    assert kind in kinds_of(said)


def test_expressions_alone_are_no_words_to_look_for():
    for listed in (["-pitch black"], ["black", "-"]):
        with pytest.raises(MethodError, match="no word to look for"):
            vital(pd.Series(["x"]), {"equality": listed})


@pytest.mark.second_road("vital-points")
@given(
    st.lists(st.sampled_from(["stab", "stabbed", "a", "at risk", "Risk", "at\n risk"]))
)
def test_finds_are_those_of_a_search_word_by_word(parts):
    text = " ".join(["so", *parts])
    found = vital(pd.Series([text]), {"safety": ["stab*", "at risk"]}).found
    words = words_of(text)
    stabs = sum(word.startswith("stab") for word in words)
    risks = " ".join(words).split("at risk")
    assert (found["word"] == "stab*").sum() == stabs
    assert (found["word"] == "at risk").sum() == len(risks) - 1


@pytest.mark.property_of("vital-points")
@given(
    st.sampled_from(
        [word for each in WORDS.values() for word in each if not word.startswith("-")]
    ),
    st.data(),
)
def test_every_word_of_the_lists_is_found_wherever_it_stands(word, data):
    before, after = (
        data.draw(st.text("xy z.", max_size=90)),
        data.draw(st.text("xy z.", max_size=90)),
    )
    said = word.removesuffix("*").upper()
    text = f"{before} {said} {after}"
    found = vital(pd.Series([text]), WORDS).found
    assert any(
        text[row.start : row.end].startswith(said) or said in text[row.start : row.end]
        for row in found.itertuples()
    )
    assert all(
        "".join(text[row.start : row.end].split()) in "".join(row.passage.split())
        for row in found.itertuples()
    )


def test_what_was_found_says_which_word_told_it_and_shows_the_words_round_it():
    texts, _ = made_answers(30)
    texts["only"] = "We have asked for years, and still the lamps are out. " * 2 + (
        "My son was stabbed by the underpass, and nobody came. " + "It is a shame. " * 9
    )
    found = vital(texts, WORDS)
    mine = found.found[found.found["answer"] == "only"]
    assert ("safety", "stab*") in set(zip(mine["kind"], mine["word"], strict=True))
    row = mine[mine["word"] == "stab*"].iloc[0]
    assert texts["only"][row.start : row.end] == "stabbed"
    assert row.passage.startswith("… ")
    assert "My son was stabbed by the underpass" in row.passage
    assert row.passage.endswith(" …")
    assert "only" in found.to_read
    assert found.kinds.set_index("kind")["share"]["safety"] == pytest.approx(
        found.kinds["answers"][0] / 31
    )


def test_the_order_of_the_rows_makes_no_difference():
    texts, _ = made_answers(30)
    once, again = vital(texts, WORDS), vital(texts.iloc[::-1], WORDS)
    pd.testing.assert_frame_equal(once.found, again.found)
    assert once.to_read == again.to_read


def test_parts_of_words_are_not_words():
    assert kinds_of("A gunnel, a courtesy and the sexton", {"x": ["gun", "court"]}) == (
        set()
    )


def test_nothing_found_is_nothing_and_no_words_are_refused():
    found = vital(pd.Series(["More bins, please."]), WORDS)
    assert found.found.empty
    assert found.kinds["answers"].tolist() == [0, 0, 0, 0]
    for words in ({}, {"safety": []}, {"safety": [""]}):
        with pytest.raises(MethodError, match="no word to look for"):
            vital(pd.Series(["x"]), words)


def test_a_find_among_empty_lines_has_a_passage_too():
    text = "Here." + "\n" * 90 + "My son was stabbed" + " " * 90 + "at night."
    [row] = vital(pd.Series({7: text}), {"safety": ["stab*"]}).found.itertuples()
    assert row.passage == "… My son was stabbed …"
