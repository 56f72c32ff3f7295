"""The rules of an XmR chart one by one, as the NHS package tests them."""

import numpy as np
import pytest

from saferplan.methods.control_rules import NEAR, OUTER, SCREEN, trend, two_in_three

# plans-and-money.md 4.3: nhs-r-community/NHSRplotthedots 0.2.2.
pytestmark = pytest.mark.published("control-chart")


def column(*flags):
    return np.array(flags, dtype=bool).reshape(-1, 1)


def numbers(flags):
    return flags[:, 0].astype(int).tolist()


def moves(*values):
    return (np.diff(values) > 0).reshape(-1, 1)


def test_limits_are_this_many_mean_jumps_from_the_mean():
    assert (OUTER, SCREEN) == (2.66, 3.267)
    assert pytest.approx(1.7733, abs=5e-5) == NEAR


def test_two_in_three_marks_the_whole_three_before_only_the_near_are_kept():
    near = column(0, 0, 1, 0, 1, 0, 0)
    assert numbers(two_in_three(near, column(*[1] * 7))) == [0, 0, 1, 1, 1, 0, 0]


def test_two_in_three_on_both_sides_of_the_mean_mark_nothing():
    near, above = column(0, 0, 1, 0, 1, 0, 0), column(1, 1, 1, 1, 0, 0, 0)
    assert not two_in_three(near, above).any()
    assert not two_in_three(near, ~above).any()


def test_a_trend_is_seven_points_and_a_tie_breaks_it():
    assert not trend(moves(1, 2, 3, 3, 4, 5, 6)).any()
    assert numbers(trend(moves(*range(1, 8)))) == [1] * 7
    assert not trend(moves(*range(1, 7))).any()
