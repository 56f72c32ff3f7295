"""How far people who read the same answers chose the same themes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from made_answers import made_answers

from saferplan.errors import MethodError
from saferplan.methods.agreement import (
    Sets,
    agreement,
    krippendorff_alpha,
    masi_distances,
)
from saferplan.methods.suggestion_score import samples_f1

YES_AND_NO = arrays.arrays(bool, (12, 3))


@pytest.mark.published("coder-agreement")
@pytest.mark.parametrize(
    ("choices", "alpha"),
    [
        # A: two people, ten items, yes or no.
        (["0100000010", "1110010000"], 0.095),
        # B: two people, twelve items, five kinds.
        (["aabbdcccedda", "babbbccceddd"], 0.692),
        # C: four people, twelve items, gaps.
        (["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743),
    ],
)
def test_alpha_is_that_of_krippendorffs_worked_examples(choices, alpha):
    # Computing Krippendorff's Alpha-Reliability (2011), sections A, B and C.
    table = pd.DataFrame({at: list(told) for at, told in enumerate(choices)})
    found = krippendorff_alpha(table.where(table != "."))
    assert found == pytest.approx(alpha, abs=5e-4)


@pytest.mark.second_road("coder-agreement")
@given(YES_AND_NO, YES_AND_NO)
def test_alpha_of_a_theme_is_that_of_any_kinds_by_any_number(one, other):
    found = agreement(pd.DataFrame(one), pd.DataFrame(other), draws=2).themes
    for at in range(3):
        both = pd.DataFrame({"one": one[:, at], "other": other[:, at]})
        expected = krippendorff_alpha(both)
        assert found["alpha"][at] == pytest.approx(expected, nan_ok=True)


@pytest.mark.second_road("coder-agreement")
@given(YES_AND_NO, YES_AND_NO)
def test_alpha_of_sets_is_one_less_seen_over_expected_pair_by_pair(one, other):
    found = Sets.of(one, other).alpha()
    every = np.concatenate([one, other])
    apart = masi_distances(every)
    seen = np.mean([apart[at, at + 12] for at in range(12)])
    pairs = [apart[i, j] for i in range(24) for j in range(24) if i != j]
    if np.mean(pairs) == 0:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(1 - seen / np.mean(pairs))


@pytest.mark.property_of("coder-agreement")
@given(YES_AND_NO, YES_AND_NO, st.permutations(range(12)))
def test_who_is_first_and_the_order_of_answers_make_no_difference(one, other, order):
    a, b = pd.DataFrame(one), pd.DataFrame(other)
    found = agreement(a, b, draws=5)
    turned = agreement(b.iloc[order], a, draws=5)
    for name in ("samples_f1", "alpha", "percent"):
        value, its_turn = getattr(found, name)[0], getattr(turned, name)[0]
        assert value == pytest.approx(its_turn, nan_ok=True)
    assert found.first_found == pytest.approx(turned.second_found, nan_ok=True)
    same = agreement(a, a, draws=5)
    assert same.samples_f1[0] == 1
    assert same.percent == (100, 100, 100)


def test_two_readers_are_compared_theme_by_theme_with_limits():
    _, first = made_answers(120)
    slips = np.random.default_rng(2).random(first.shape) < 0.08
    second = first ^ slips
    found = agreement(first, second.iloc[::-1].iloc[:, ::-1])
    assert found.answers == 120
    assert found.samples_f1[0] == pytest.approx(samples_f1(first, second))
    value, lower, upper = found.samples_f1
    assert lower < value < upper
    for row in found.themes.itertuples():
        assert row.both + row.first_only + row.second_only + row.neither == 120
        assert row.lower < row.alpha < row.upper
    again = agreement(first, second.iloc[::-1].iloc[:, ::-1])
    pd.testing.assert_frame_equal(found.themes, again.themes)
    assert found.alpha == again.alpha
    assert "1,000 draws of the 120 answers" in found.basis


def test_only_answers_that_both_read_count():
    _, first = made_answers(40)
    found = agreement(first.head(30), first.tail(25))
    assert found.answers == 15
    assert "Fewer than 30" in found.themes["caution"][0]


def test_a_theme_that_neither_chose_has_no_alpha():
    _, first = made_answers(40)
    first = first.assign(Noise=False)
    second = first.copy()
    first.iloc[0, -1] = True
    row = agreement(second, second).themes.iloc[-1]
    assert np.isnan(row.alpha)
    assert np.isnan(row.lower)
    assert "Neither chose it" in row.caution
    row = agreement(first, second).themes.iloc[-1]
    assert row.alpha == pytest.approx(0)  # no better than chance
    assert "fewer than five" in row.caution


def test_sets_differ_by_what_they_share_and_hold():
    sets = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 0]], dtype=bool)
    found = masi_distances(sets)
    assert found[0, 1] == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert found[0, 2] == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert (found[1, 2], found[0, 3], found[3, 3]) == (1, 1, 0)


def test_what_cannot_be_compared_is_refused():
    _, first = made_answers(40)
    with pytest.raises(MethodError, match="Noise"):
        agreement(first, first.assign(Noise=False))
    with pytest.raises(MethodError, match="read by both"):
        agreement(first.head(5), first.tail(5))
    with pytest.raises(MethodError, match="Nobody chose"):
        krippendorff_alpha(pd.DataFrame({"Ben": [None], "Gerry": [None]}))
    with pytest.raises(MethodError, match="read by two"):
        krippendorff_alpha(pd.DataFrame({"Ben": ["a", None], "Gerry": [None, "b"]}))
