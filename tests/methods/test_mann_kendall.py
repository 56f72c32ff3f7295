"""Whether numbers rise or fall as time goes by."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, norm

from saferplan.errors import MethodError
from saferplan.methods.mann_kendall import mann_kendall


def trend_of(numbers):
    return mann_kendall(pd.DataFrame({"here": numbers})).loc["here"]


@pytest.mark.published("mann-kendall")
def test_s_and_z_are_those_of_an_example_worked_by_hand():
    # J. Little, A Mann-Kendall example by hand, College of the Holy Cross: two values
    # are alike, S is 54, and Z is 53 over the root of (14 x 13 x 33 - 2 x 1 x 9) / 18.
    values = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3]
    found = trend_of([*values, 20.1, 21.7])
    assert found["s"] == 54
    assert found["z"] == pytest.approx(2.9058, abs=1e-4)
    assert norm.sf(found["z"]) == pytest.approx(0.0018, abs=5e-5)
    # That is of the normal curve; the exact chance is smaller.
    assert found["p"] / 2 == pytest.approx(0.0012, abs=5e-5)


@pytest.mark.published("mann-kendall")
@pytest.mark.parametrize(
    ("steps", "s", "one_sided"),
    [  # Kendall's table of exact chances, as in Gilbert (1987), table A18
        (4, 4, 0.167), (4, 6, 0.042), (5, 8, 0.042), (5, 10, 0.0083),
        (8, 16, 0.031), (10, 23, 0.023), (10, 27, 0.0083),
    ],
)  # fmt: skip
def test_the_chances_are_those_of_kendalls_table(steps, s, one_sided):
    numbers = list(range(steps))
    # Each swap of neighbours takes two from S, which starts at all pairs.
    while trend_of(numbers)["s"] > s:
        at = next(i for i in range(steps - 1) if numbers[i] < numbers[i + 1])
        numbers[at], numbers[at + 1] = numbers[at + 1], numbers[at]
    found = trend_of(numbers)
    assert found["s"] == s
    assert found["p"] / 2 == pytest.approx(one_sided, abs=5e-4)


@pytest.mark.second_road("mann-kendall")
@given(st.lists(st.integers(0, 3), min_size=4, max_size=7))
def test_p_is_that_of_every_order_in_turn_ties_and_all(numbers):
    def s_of(order):
        later = [(a, b) for i, a in enumerate(order) for b in order[i + 1 :]]
        return sum((b > a) - (b < a) for a, b in later)

    seen = abs(s_of(numbers))
    orders = {order: 0 for order in permutations(numbers)}
    # Orders that look alike are equally many, so each need be taken only once.
    p = np.mean([abs(s_of(order)) >= seen for order in orders])
    assert trend_of(numbers)["p"] == pytest.approx(p)


@pytest.mark.second_road("mann-kendall")
@given(st.lists(st.floats(-9, 9), min_size=4, max_size=40, unique=True))
def test_p_and_tau_are_scipys_where_nothing_is_alike(numbers):
    theirs = kendalltau(range(len(numbers)), numbers, method="exact")
    found = trend_of(numbers)
    assert found["tau"] == pytest.approx(theirs.statistic)
    assert found["p"] == pytest.approx(theirs.pvalue)


@pytest.mark.second_road("mann-kendall")
def test_long_series_with_ties_come_close_to_scipys_normal_curve():
    random = np.random.default_rng(3)
    numbers = random.poisson(3 + np.arange(120) / 60)
    theirs = kendalltau(range(120), numbers, method="asymptotic")
    found = trend_of(numbers)
    assert found["tau"] == pytest.approx(theirs.statistic)
    assert found["p"] == pytest.approx(theirs.pvalue, rel=0.02)


def test_the_exact_way_and_the_curve_meet_at_forty_steps(monkeypatch):
    random = np.random.default_rng(8)
    series = pd.DataFrame(random.poisson(4, (40, 30)))
    exact = mann_kendall(series)["p"]
    monkeypatch.setattr("saferplan.methods.mann_kendall.EXACT_UP_TO", 39)
    assert np.abs(mann_kendall(series)["p"] - exact).max() < 0.003


@pytest.mark.property_of("mann-kendall")
@given(st.lists(st.integers(-50, 50), min_size=4, max_size=20))
def test_backwards_it_is_the_other_way_and_as_likely(numbers):
    forwards, backwards = trend_of(numbers), trend_of(numbers[::-1])
    assert forwards["s"] == -backwards["s"]
    assert forwards["p"] == pytest.approx(backwards["p"])
    assert 0 < forwards["p"] <= 1


@pytest.mark.property_of("mann-kendall")
@given(st.lists(st.integers(0, 50), min_size=4, max_size=20))
def test_only_the_order_of_size_counts(numbers):
    found = trend_of(numbers)
    assert trend_of([number**3 + 7 for number in numbers]).equals(found)


def test_a_flat_series_has_no_trend():
    found = trend_of([5, 5, 5, 5, 5])
    assert (found["s"], found["z"], found["p"]) == (0, 0, 1)
    assert np.isnan(found["tau"])


def test_each_column_has_its_own_answer():
    found = mann_kendall(pd.DataFrame({"up": range(8), "down": range(8, 0, -1)}))
    assert found["tau"].to_dict() == {"up": 1, "down": -1}


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([1, 2, 3], "Use months in place of years"), ([1, 2, np.nan, 4], "has no number")],
)
def test_what_cannot_show_a_trend_is_refused(numbers, words):
    with pytest.raises(MethodError, match=words):
        trend_of(numbers)
