"""Control charts of single values."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.control_chart import Rebase, assurance, control_chart

# The first twenty of R's set.seed(123); rnorm(20).
NORMAL = [
    *[-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774],
    *[1.71506499, 0.46091621, -1.26506123, -0.68685285, -0.44566197],
    *[1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113],
    *[1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141],
]
QUIET = [4, 6] * 10


def series(*numbers):
    """One series from January 2023."""
    months = pd.period_range("2023-01", periods=len(numbers), freq="M")
    return pd.DataFrame({"A": numbers}, index=months, dtype=float)


def chart_of(*numbers, improvement="up", **options):
    return control_chart(series(*numbers), improvement=improvement, **options)


def signals(*numbers, **options):
    return chart_of(*numbers, **options).signal["A"].tolist()


def limits(*numbers, **options):
    found = chart_of(*numbers, **options).summary.loc["A", ["mean", "lower", "upper"]]
    return found.tolist()


@pytest.mark.published("control-chart")
def test_limits_are_those_the_nhs_package_publishes():
    # plans-and-money.md 4.3: NHSRplotthedots 0.2.2.
    assert limits(*NORMAL) == pytest.approx([0.1416238, -3.01138, 3.294627], rel=1e-5)


@pytest.mark.published("control-chart")
@pytest.mark.parametrize(
    ("screen", "mean", "lower", "upper"),
    [(True, 0.6694159, -2.383666, 3.722497), (False, 0.6694159, -4.596625, 5.935457)],
)
def test_screening_leaves_out_a_jump_that_is_no_ordinary_one(
    screen, mean, lower, upper
):
    # plans-and-money.md 4.3: NHSRplotthedots 0.2.2.
    jumpy = [*NORMAL[:14], 10, *NORMAL[15:]]
    found = limits(*jumpy, screen=screen)
    assert found == pytest.approx([mean, lower, upper], rel=1e-5)


@pytest.mark.published("control-chart")
def test_the_spreadsheet_tool_differs_from_the_package_by_screening_alone():
    # plans-and-money.md 4.3.
    tens = [1, 2, 1, 2, 10, 1] + [2, 1] * 6
    assert np.round(limits(*tens), 2).tolist() == [1.94, -0.72, 4.6]
    assert np.round(limits(*tens, screen=False), 2).tolist() == [1.94, -3.06, 6.95]


def slowly(y, improvement):
    """The same by another road: one month at a time, as the rules are told."""
    jumps = [abs(b - a) for a, b in pairwise(y)]
    kept = [j for j in jumps if j < 3.267 * sum(jumps) / len(jumps) or j == 0]
    mean, jump = sum(y) / len(y), sum(kept) / len(kept)
    side = [way(mean, v) for v in y]
    out = [abs(v - mean) > 2.66 * jump for v in y]
    near = [abs(v - mean) > 2.66 * jump * 2 / 3 for v in y]
    near = [n and not o for n, o in zip(near, out, strict=True)]
    moves = [way(a, b) for a, b in pairwise(y)]

    found = [""] * len(y)
    for at in windows(len(y), 7):
        if same([side[i] for i in at]):
            found = [("shift" if i in at else f) for i, f in enumerate(found)]
    for at in windows(len(y), 3):
        if same([side[i] for i in at]) and sum(near[i] for i in at) > 1:
            found = [
                ("two in three" if i in at and near[i] else f)
                for i, f in enumerate(found)
            ]
    for at in windows(len(y), 7):
        if same(moves[at[0] : at[-1]]):
            found = [("trend" if i in at else f) for i, f in enumerate(found)]
    found = ["outside" if o else f for o, f in zip(out, found, strict=True)]
    good = 1 if improvement == "up" else -1
    kinds = ["improvement" if s == good else "concern" for s in side]
    return found, [
        k if f else "common cause" for k, f in zip(kinds, found, strict=True)
    ]


def way(a, b):
    return (b > a) - (b < a)


def windows(length, width):
    return [range(start, start + width) for start in range(length - width + 1)]


def same(ways):
    return len(set(ways)) == 1 and ways[0] != 0


@pytest.mark.second_road("control-chart")
@given(
    y=st.lists(st.integers(0, 12), min_size=2, max_size=40),
    improvement=st.sampled_from(["up", "down"]),
)
def test_all_at_once_gives_what_one_month_at_a_time_gives(y, improvement):
    # Eighths have no rounding, so that a value on a limit is on it by both roads.
    y = [v / 8 for v in y]
    chart = chart_of(*y, improvement=improvement)
    assert (chart.signal["A"].tolist(), chart.kind["A"].tolist()) == slowly(
        y, improvement
    )


@pytest.mark.property_of("control-chart")
@given(st.integers(1, 30), st.integers(0, 10**6))
def test_series_do_not_know_of_each_other(count, seed):
    numbers = np.random.default_rng(seed).poisson(9, size=(30, count)).astype(float)
    months = pd.period_range("2023-01", periods=30, freq="M")
    table = pd.DataFrame(numbers, index=months)
    together = control_chart(table, improvement="down")
    last = control_chart(table[[count - 1]], improvement="down")
    pd.testing.assert_frame_equal(together.signal[[count - 1]], last.signal)
    pd.testing.assert_series_equal(
        together.summary.loc[count - 1], last.summary.loc[count - 1]
    )


def test_seven_rising_months_are_a_trend_and_a_tie_breaks_it():
    assert signals(*range(1, 8))[1:6] == ["trend"] * 5
    assert "trend" not in signals(1, 2, 3, 3, 4, 5, 6)
    assert "trend" not in signals(1, 2, 3, 4, 5, 6)


def test_seven_months_on_one_side_are_a_shift_and_one_on_the_mean_breaks_it():
    assert (
        signals(*[4, 6] * 4, *[4, 4, 6, 6], *[5.5, 5.6, 5.5, 5.6, 5.5, 5.6, 5.5])[-7:]
        == ["shift"] * 7
    )
    # The mean is 5 exactly, and the fourth of the seven is on it.
    on_it = [*QUIET, 6, 6, 6, 5, 6, 6, 6, *[4] * 6]
    assert "shift" not in signals(*on_it)


def test_two_of_three_near_a_limit_count_on_one_side_only():
    apart = [1, -1] * 7 + [5.5, -5.5]  # the package's own test
    assert signals(*apart)[-2:] == ["", ""]
    together = [1, -1] * 12 + [4.4, 1, 4.4]
    assert signals(*together)[-3:] == ["two in three", "", "two in three"]


def test_outside_goes_before_trend_and_trend_before_shift():
    climb = [*QUIET, 7, 9, 11, 13, 15, 17, 40]
    assert signals(*climb)[-1] == "outside"
    assert signals(*climb)[-7] == "trend"


@pytest.mark.published("control-chart")
@pytest.mark.parametrize(
    ("improvement", "words"),
    [("up", ["fails", "passes", "hit or miss"]),
     ("down", ["passes", "fails", "hit or miss"]),
     ("neutral", ["", "", ""])],
)  # fmt: skip
def test_assurance_goes_by_limits_target_and_polarity(improvement, words):
    # plans-and-money.md 4.3: NHSRplotthedots 0.2.2.
    lower, upper = np.array([1.0, 5, 1]), np.array([3.0, 7, 5])
    way = {"up": 1, "down": -1, "neutral": 0}[improvement]
    assert assurance(lower, upper, 4, pd.Index([0, 1, 2]), way).tolist() == words


def test_a_target_on_the_limit_is_hit_or_miss_and_no_target_is_nothing():
    lower, upper = np.array([1.0, 4]), np.array([4.0, 9])
    columns = pd.Index(["A", "B"])
    assert assurance(lower, upper, 4, columns, 1).tolist() == ["hit or miss"] * 2
    goals = pd.Series({"B": 20.0, "A": np.nan})
    assert assurance(lower, upper, goals, columns, 1).tolist() == ["", "fails"]


def test_new_limits_begin_where_somebody_decided():
    steps = [*QUIET, *[24, 26] * 8]
    month = "2024-09"
    decision = Rebase(month, "The definition changed on 1 September 2024.", "Board")
    chart = chart_of(*steps, rebases=[decision])
    assert chart.mean["A"].iloc[[19, 20]].tolist() == [5, 25]
    assert set(chart.signal["A"]) == {""}
    assert chart.rebases == (decision,)
    # Left alone, the chart never redraws itself.
    assert chart_of(*steps).mean["A"].nunique() == 1


def test_limits_may_be_fixed_by_the_first_points():
    chart = chart_of(*QUIET, *[24, 26] * 8, fix_after=20)
    assert chart.summary.loc["A", ["mean", "points"]].tolist() == [5, 20]
    assert set(chart.signal["A"].iloc[-16:]) == {"outside"}


def test_a_missing_month_has_no_signal_and_breaks_runs():
    steady = series(*QUIET, 6.1, 6.2, 6.3, 6.4, 6.5, 6.6, 6.7)
    whole = control_chart(steady, improvement="up")
    assert set(whole.signal["A"].iloc[-7:]) == {"trend"}
    broken = control_chart(steady.drop(index="2024-11"), improvement="up")
    assert broken.kind["A"]["2024-11"] == ""
    assert "trend" not in set(broken.signal["A"])
    assert broken.summary.loc["A", "caution"].startswith("Months missing: 1")
    gone = steady.copy()
    gone.iloc[-1] = np.nan
    last = control_chart(gone, improvement="up").summary.loc["A"]
    assert last.variation == "cannot tell"


def test_no_jump_is_measured_over_a_gap():
    gap = chart_of(*QUIET, np.nan, *[104, 106] * 10, screen=False).summary.loc["A"]
    assert gap.upper - gap["mean"] == pytest.approx(2.66 * 2)


def test_a_series_that_never_moves_has_no_signals():
    flat = chart_of(*[5] * 20)
    assert flat.summary.loc["A", ["lower", "upper"]].tolist() == [5, 5]
    assert set(flat.signal["A"]) == {""}


def test_too_few_points_bring_a_caution_and_one_brings_no_limits():
    few = [14, 16] * 6
    assert "provisional" in chart_of(*few).summary.loc["A", "caution"]
    assert chart_of(*few, 14).summary.loc["A", "caution"] == ""
    alone = chart_of(7).summary.loc["A"]
    assert np.isnan(alone.lower)
    assert "no limits" in alone.caution


def test_small_counts_are_sent_to_a_chart_of_counts():
    assert "chart of counts" in chart_of(*[1, 3] * 10).summary.loc["A", "caution"]
    assert chart_of(*[1.5, 3.5] * 10).summary.loc["A", "caution"] == ""


def test_without_a_better_direction_a_signal_is_high_or_low():
    chart = chart_of(*QUIET, 40, improvement="neutral", target=3)
    assert chart.summary.loc["A", ["variation", "assurance"]].tolist() == ["high", ""]


def test_a_signal_is_improvement_or_concern_by_what_is_better():
    assert chart_of(*QUIET, 40).summary.loc["A", "variation"] == "improvement"
    fewer = chart_of(*QUIET, 40, improvement="down")
    assert fewer.summary.loc["A", "variation"] == "concern"


def test_what_cannot_be_charted_is_refused_with_what_is_needed():
    with pytest.raises(MethodError, match="up, down or neutral"):
        chart_of(*QUIET, improvement="sideways")
    with pytest.raises(MethodError, match="12 or more"):
        chart_of(*QUIET, fix_after=11)
    with pytest.raises(MethodError, match="2023-01 to 2024-08"):
        chart_of(*QUIET, rebases=[Rebase("2031-01", "A move.", "Board")])
    with pytest.raises(MethodError, match="infinite"):
        chart_of(*QUIET, np.inf)
    with pytest.raises(MethodError, match="nothing to chart"):
        control_chart(pd.DataFrame(), improvement="up")
    with pytest.raises(MethodError, match="same names"):
        chart_of(*QUIET, target=pd.Series({"B": 1.0}))


def test_a_rebase_needs_a_reason_and_a_name():
    with pytest.raises(MethodError, match="reason and the name"):
        Rebase("2024-09", " ", "Board")
