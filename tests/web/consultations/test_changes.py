"""What changed between two texts can be read, and makes either of them again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.web.consultations.changes import Run, difference

SOME = ["two", "constables", "in", "every", "ward"]
WORDS = st.lists(st.sampled_from(SOME))


def made_of(runs, *kinds):
    return "".join(run.text for run in runs if run.kind in kinds)


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_the_runs_make_both_texts_again(before, after):
    runs = difference(before, after)
    assert made_of(runs, "same", "removed") == before
    assert made_of(runs, "same", "added") == after


def test_a_word_that_changed_stands_between_those_that_stayed():
    assert difference("one counter stays open", "two counter stays open") == [
        Run("removed", "one"),
        Run("added", "two"),
        Run("same", " counter stays open"),
    ]


def test_words_that_changed_side_by_side_are_one_phrase():
    before = "They walk the estates from nine to five on Mondays."
    after = "They walk the estates until ten at night on Mondays."
    assert [run.kind for run in difference(before, after)] == [
        *("same", "removed", "added", "same"),
    ]
    assert difference(before, after)[1].text == "from nine to five"


def test_texts_with_little_in_common_are_shown_whole():
    before, after = "We will be visible.", "Every ward keeps two constables for years."
    assert difference(before, after) == [Run("removed", before), Run("added", after)]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [("", "New.", ["added"]), ("Old.", "", ["removed"]), ("", "", [])],
)
def test_what_is_new_or_gone_is_one_run(before, after, kinds):
    assert [run.kind for run in difference(before, after)] == kinds
