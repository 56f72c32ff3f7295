"""How well suggested themes agree with those that people chose."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.metrics import f1_score

from saferplan.errors import MethodError
from saferplan.methods.suggestion_score import micro_f1, recall_at, samples_f1

PEOPLE = pd.DataFrame([[0, 0, 0], [1, 1, 1], [0, 1, 1]]).astype(bool)
MACHINE = pd.DataFrame([[0, 0, 0], [1, 1, 1], [1, 1, 0]]).astype(bool)
YES_AND_NO = arrays.arrays(bool, (6, 4))


@pytest.mark.published("theme-suggestions")
def test_the_table_of_scikit_learns_manual_gives_the_values_there():
    # f1_score's page prints 2/3, 1 and 2/3 for these three themes.
    for theme, printed in zip(range(3), [2 / 3, 1, 2 / 3], strict=True):
        found = micro_f1(PEOPLE[[theme]], MACHINE[[theme]])
        assert found == pytest.approx(printed)
    assert samples_f1(PEOPLE, MACHINE) == pytest.approx((1 + 1 + 1 / 2) / 3)


@pytest.mark.second_road("theme-suggestions")
@given(YES_AND_NO, YES_AND_NO)
def test_the_figures_are_those_of_scikit_learn(people, machine):
    a, b = pd.DataFrame(people), pd.DataFrame(machine)
    options = {"zero_division": 1.0}
    theirs = f1_score(people, machine, average="samples", **options)
    assert samples_f1(a, b) == pytest.approx(theirs)
    theirs = f1_score(people, machine, average="micro", **options)
    assert micro_f1(a, b) == pytest.approx(theirs)


@pytest.mark.property_of("theme-suggestions")
@given(YES_AND_NO, YES_AND_NO)
def test_it_is_the_same_whichever_side_is_taken_for_right(people, machine):
    a, b = pd.DataFrame(people), pd.DataFrame(machine)
    assert samples_f1(a, b) == samples_f1(b, a)
    assert samples_f1(a, a) == micro_f1(a, a) == 1


@given(arrays.arrays(float, (5, 4), elements=st.floats(0, 1)))
def test_all_themes_are_found_among_all_that_are_suggested(scores):
    chosen = pd.DataFrame(np.eye(5, 4, dtype=bool))
    assert recall_at(chosen, pd.DataFrame(scores), first=4) == 1


def test_recall_counts_themes_and_not_answers():
    chosen = pd.DataFrame([[True, True, True, False]])
    scores = pd.DataFrame([[0.9, 0.1, 0.2, 0.8]])
    assert recall_at(chosen, scores, first=2) == pytest.approx(1 / 3)
    assert np.isnan(recall_at(~chosen & chosen, scores))


def test_both_must_be_of_the_same_answers():
    with pytest.raises(MethodError, match="same answers"):
        samples_f1(PEOPLE, MACHINE.rename(index={0: 9}))
    with pytest.raises(MethodError, match="read by both"):
        samples_f1(PEOPLE.head(0), MACHINE.head(0))
