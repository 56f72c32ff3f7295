"""How long cases take when many are not over yet."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.waits import waiting_times

# Weeks in remission of 42 children (Freireich and others 1963), as in Gehan (1965).
TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
OVER = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
CONTROL = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def waits(days, over=None, **options):
    over = [1] * len(days) if over is None else over
    if "entered" in options:
        options["entered"] = pd.Series(options["entered"])
    return waiting_times(pd.Series(days), pd.Series(over), **options)


@pytest.mark.published("waiting-times")
def test_the_curve_and_its_errors_are_those_published_of_freireichs_children():
    curve = waits(TREATED, OVER).curve
    assert curve["day"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve["at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve["waiting"].tolist() == pytest.approx(
        [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4
    )
    assert curve["error"].tolist() == pytest.approx(
        [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], abs=5e-5
    )


@pytest.mark.published("waiting-times")
def test_the_medians_are_the_published_23_and_8_weeks():
    treated, control = waits(TREATED, OVER), waits(CONTROL)
    assert treated.quantiles.iloc[0][["days", "lower", "upper"]].tolist() == [
        23, 13, np.inf,
    ]  # fmt: skip
    assert control.quantiles.iloc[0][["days", "lower", "upper"]].tolist() == [8, 4, 11]
    # The children whose remission had ended, alone, would say 10 weeks and not 23.
    assert treated.of_finished == 10


def by_hand(days, over, since):
    """By another road: day by day in fractions, each case looked at again."""
    share, rows = Fraction(1), []
    for day in range(max(days) + 1):
        risk = sum(
            s < day <= d or (day == 0 == s) for d, s in zip(days, since, strict=True)
        )
        ended = sum(d == day and o for d, o in zip(days, over, strict=True))
        if ended:
            share *= 1 - Fraction(ended, risk)
            rows.append((day, risk, ended, float(share)))
    return rows


@pytest.mark.second_road("waiting-times")
@given(
    cases=st.lists(
        st.tuples(st.integers(1, 30), st.booleans(), st.integers(0, 29)),
        min_size=1,
        max_size=25,
    )
)
def test_the_curve_is_that_of_a_count_by_hand(cases):
    cases = [(days, over, min(since, days - 1)) for days, over, since in cases]
    cases.append((30, True, 0))
    days, over, since = map(list, zip(*cases, strict=True))
    curve = waits(days, over, entered=since).curve
    found = curve[["day", "at_risk", "finished", "waiting"]].to_numpy().tolist()
    assert [tuple(row) for row in found] == [
        pytest.approx(row) for row in by_hand(days, over, since)
    ]


@pytest.mark.second_road("waiting-times")
def test_nine_in_ten_medians_are_within_their_limits_and_finished_cases_mislead():
    random = np.random.default_rng(12)
    held, alone = [], []
    for _ in range(200):
        takes, seen = random.exponential(200, 150), random.uniform(0, 400, 150)
        found = waits(np.minimum(takes, seen), takes <= seen)
        row = found.quantiles.iloc[0]
        held.append(row.lower <= 200 * np.log(2) <= row.upper)
        alone.append(found.of_finished)
    assert 0.91 <= np.mean(held) <= 0.99
    assert np.mean(alone) < 100  # where half of all cases take 139 days or more


@pytest.mark.property_of("waiting-times")
@settings(max_examples=30)
@given(
    days=st.lists(st.integers(1, 400), min_size=2, max_size=60),
    seed=st.integers(0, 99),
)
def test_with_every_case_over_it_is_the_plain_share_and_open_ones_only_lengthen_it(
    days, seed
):
    found = waits(days)
    for row in found.curve.itertuples():
        assert row.waiting == pytest.approx(np.mean(np.array(days) > row.day))
        assert 0 <= row.lower <= row.waiting + 1e-9
        assert row.waiting - 1e-9 <= row.upper <= 1
    over = np.random.default_rng(seed).uniform(size=len(days)) < 0.7
    over[0] = True
    some = waits(days, over).waiting["share"]
    both = some.notna()
    assert (some[both] >= found.waiting["share"][both] - 1e-9).all()


def test_a_file_of_open_cases_only_would_seem_slow_unless_entry_is_told():
    random = np.random.default_rng(5)
    started, takes = random.uniform(0, 3_000, 6_000), random.exponential(200, 6_000)
    in_file = started + takes > 1_500  # those that ended before are not in it
    days, since = takes[in_file], np.maximum(1_500 - started, 0)[in_file]
    naive = waits(days).quantiles.loc[0, "days"]
    told = waits(days, entered=since).quantiles.loc[0, "days"]
    assert naive > 150
    assert told == pytest.approx(200 * np.log(2), rel=0.06)


def test_how_many_wait_longer_is_told_and_missing_beyond_the_last_case():
    found = waits(TREATED, OVER, at=(5, 6, 15, 36)).waiting
    assert found["share"].tolist()[:3] == pytest.approx([1, 0.857, 0.690], abs=5e-4)
    assert found.iloc[3][["share", "lower", "upper"]].isna().all()
    assert waits(CONTROL, at=(30,)).waiting["share"].tolist() == [0]


def test_a_quantile_that_too_many_open_cases_hide_is_missing():
    row = waits(TREATED, OVER).quantiles.iloc[1]
    assert np.isnan(row.days)
    assert row.upper == np.inf


def test_a_case_over_on_its_first_day_took_no_days():
    curve = waits([0, 0, 5, 10]).curve
    assert curve[["day", "at_risk", "waiting"]].to_numpy().tolist() == [
        [0, 4, 0.5], [5, 2, 0.25], [10, 1, 0],
    ]  # fmt: skip


def test_a_curve_that_falls_to_nought_too_early_is_said():
    found = waits([2] + [9] * 39, entered=[0] + [5] * 39)
    assert found.curve["waiting"].tolist() == [0, 0]
    assert "Leave out the earliest" in found.cautions[-1]


def test_open_and_few_cases_are_said():
    assert waits(TREATED, OVER).cautions == (
        "Fewer than 30 cases: one long case moves everything.",
        "57% of the cases are still open and count for as long as they have waited.",
    )
    assert waits([5] * 30).cautions == ()
    assert "allowed for" in waits([5] * 30, entered=[2] * 30).cautions[0]


@pytest.mark.parametrize(
    ("days", "over", "options", "helps"),
    [
        ([5, 6], [0, 0], {}, "No case is over"),
        ([], [], {}, "No case is over"),
        ([5, -1], [1, 1], {}, "zero or more"),
        ([5, np.nan], [1, 1], {}, "zero or more"),
        ([5, 6], [1, 1], {"entered": [5, 0]}, "Leave it out"),
        ([5, 6], [1, 1], {"entered": [1]}, "same rows"),
        ([5, 6], [1], {}, "same rows"),
        ([5, 6], [1, 1], {"shares": (50,)}, "between 0 and 1"),
        ([5, 6], [1, 1], {"confidence": 95}, "between 0 and 1"),
    ],
)
def test_what_a_file_of_cases_must_be_is_said(days, over, options, helps):
    with pytest.raises(MethodError, match=helps):
        waits(days, over, **options)
