"""How long justice takes, and how much of it is waiting."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.courts import backlog, timeliness

DATA = Path(__file__).parents[3] / "shared/data/moj/crown_court"
QUARTERS = pd.to_datetime(
    ["2024-12-31", "2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]
)


def series(*values):
    return pd.Series(values, index=QUARTERS[-len(values) :], dtype=float)


@pytest.mark.published("courts")
def test_a_mean_of_173_days_can_hide_a_median_of_70():
    found = timeliness(pd.Series([20, 40, 60, 80, 100, 738]))
    assert (found.mean, found.median) == (173, 70)
    assert found.over_a_year == pytest.approx(1 / 6)


@pytest.mark.second_road("courts")
@given(st.lists(st.integers(0, 3_652), min_size=1, max_size=60))
def test_quantiles_agree_with_a_sorted_list(waits):
    found = timeliness(pd.Series(waits))
    in_order = sorted(waits)
    # The linear rule: position q (n - 1) between neighbours.
    for share, value in [(0.25, found.quartiles[0]), (0.5, found.median)]:
        place = share * (len(waits) - 1)
        low = in_order[int(place)]
        high = in_order[min(int(place) + 1, len(waits) - 1)]
        assert value == pytest.approx(low + (place - int(place)) * (high - low))


def test_cases_over_ten_years_are_counted_apart():
    found = timeliness(pd.Series([100] * 40 + [9_000]))
    assert (found.cases, found.over_ten_years, found.mean) == (40, 1, 100)
    assert found.caution == ""


def test_few_cases_carry_a_caution():
    assert "Fewer than 30" in timeliness(pd.Series([100] * 29)).caution


def test_a_case_cannot_end_before_it_began():
    with pytest.raises(MethodError, match="order of the two dates"):
        timeliness(pd.Series([10, -1]))


def test_no_completed_case_is_refused():
    with pytest.raises(MethodError, match="no completed cases"):
        timeliness(pd.Series([9_000, np.nan]))


def test_a_court_that_finishes_fewer_than_come_in_does_not_keep_up():
    table = backlog(
        series(300, 300, 300, 400, 400),
        series(300, 300, 300, 300, 300),
        series(1_000, 1_000, 1_000, 1_100, 1_200),
    )
    last = table.iloc[-1]
    assert last.clearance == 0.75
    assert last.months_to_clear == 12  # 1,200 at a hundred a month
    assert last.change_on_year == pytest.approx(0.2)
    assert table["unexplained"].tolist()[1:] == [0, 0, 0, 0]


@pytest.mark.published("courts")
def test_the_crown_courts_backlog_of_2025_is_the_published_one():
    # Ministry of Justice, England and Wales; net flow as published, 670 to 2,206.
    index = pd.to_datetime(["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"])
    receipts = pd.Series([30_169, 30_485, 30_388, 29_482], index=index)
    disposals = pd.Series([27_963, 28_807, 28_818, 28_812], index=index)
    waiting = pd.Series([76_445, 77_930, 79_446, 80_203], index=index)
    table = backlog(receipts, disposals, waiting)
    flow = table["receipts"] - table["disposals"]
    assert flow.tolist() == [2_206, 1_678, 1_570, 670]
    assert table["unexplained"].tolist()[1:] == [-193, -54, 87]
    assert (table["clearance"] < 1).all()
    assert table["months_to_clear"].iloc[-1] == pytest.approx(8.351, abs=5e-4)


@pytest.mark.published("courts")
@pytest.mark.parametrize(
    ("court", "open_cases", "finished", "years"),
    [("Southwark", 1_672, 1_258, 1.329094), ("Croydon", 1_702, 1_451, 1.172984)],
)
def test_years_of_backlog_are_the_published_ones(court, open_cases, finished, years):
    one = pd.to_datetime(["2025-12-31"])
    counts = [pd.Series([n], index=one) for n in (finished, finished, open_cases)]
    table = backlog(*counts, months=12)
    found = table["months_to_clear"].iloc[0] / 12
    assert found == pytest.approx(years, abs=1e-6), court


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
@pytest.mark.published("courts")
def test_the_crown_court_since_2016_is_as_published():
    table = pd.read_csv(DATA / "gold_backlog_trajectory.csv").set_index("quarter_end")
    found = backlog(table["receipts"], table["disposals"], table["open"])
    assert (found["receipts"] - found["disposals"]).tolist() == table[
        "net_flow"
    ].tolist()
    # Transfers and corrections: never more than one case in a hundred open.
    assert (found["unexplained"].abs() / found["open"]).max() < 0.01
    courts = pd.read_csv(DATA / "gold_court_backlog_ratio.csv").set_index("court")
    for court, row in courts.dropna().iterrows():
        one = pd.Series([row["annual_disposals"]], index=["2025-12-31"])
        waiting = one * 0 + row["open_latest"]
        years = backlog(one, one, waiting, months=12)["months_to_clear"].iloc[0] / 12
        assert years == pytest.approx(row["years_of_backlog"]), court
    courts = pd.read_csv(DATA / "gold_backlog_by_court.csv").set_index("court")
    for court, row in courts[courts["open_year_ago"] > 0].dropna().iterrows():
        index = ["2024-12-31", "2025-12-31"]
        waiting = pd.Series([row["open_year_ago"], row["open_latest"]], index=index)
        change = backlog(waiting, waiting, waiting)["change_on_year"].iloc[-1]
        assert change == pytest.approx(row["pct_change"]), court


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
def test_the_mean_wait_of_the_crown_court_is_always_the_longer_one():
    trend = pd.read_csv(DATA / "gold_timeliness_trend.csv")
    mean, median = (
        trend[f"offence_to_completion_{name}"] for name in ("mean", "median")
    )
    assert (mean > 1.5 * median).all()


@pytest.mark.property_of("courts")
@given(
    rows=st.lists(
        st.tuples(st.integers(1, 10**5), st.integers(1, 10**5)),
        min_size=5,
        max_size=5,
    ),
    start=st.integers(10**6, 10**7),
    times=st.integers(1, 50),
)
def test_a_backlog_without_transfers_adds_up_at_any_size(rows, start, times):
    receipts, disposals = (series(*column) for column in zip(*rows, strict=True))
    waiting = start + (receipts - disposals).cumsum()
    table = backlog(receipts, disposals, waiting)
    assert table["unexplained"].iloc[1:].tolist() == pytest.approx([0] * 4)
    grows = table["open"].diff().iloc[1:] > 0
    assert ((table["clearance"].iloc[1:] < 1) == grows).all()
    larger = backlog(receipts * times, disposals * times, waiting * times)
    same = ["clearance", "months_to_clear", "change_on_year"]
    pd.testing.assert_frame_equal(table[same], larger[same])


def test_open_cases_that_do_not_add_up_are_shown():
    table = backlog(series(10, 10), series(10, 10), series(100, 130))
    assert table["unexplained"].iloc[-1] == 30


def test_a_quarter_missing_a_year_ago_has_no_change_on_the_year():
    table = backlog(series(10, 10), series(10, 10), series(100, 130))
    assert table["change_on_year"].isna().all()


def test_a_court_that_finishes_nothing_is_never_done():
    table = backlog(series(10), series(0), series(100))
    assert np.isnan(table["months_to_clear"].iloc[0])


def test_periods_come_out_in_order():
    shuffled = [2, 0, 1]
    parts = [series(10, 20, 30).iloc[shuffled] for _ in range(3)]
    assert backlog(*parts)["receipts"].tolist() == [10, 20, 30]


def test_cases_cannot_be_negative():
    with pytest.raises(MethodError, match="negative"):
        backlog(series(-1), series(1), series(1))


def test_a_period_is_a_month_and_stands_once():
    two = pd.Series([1, 2], index=["2025-03-31", "2025-03-31"])
    with pytest.raises(MethodError, match="2025-03 stands twice"):
        backlog(two, two, two)
    spring = pd.Series([1], index=["spring"])
    with pytest.raises(MethodError, match="'spring' is not a month"):
        backlog(spring, spring, spring)


def test_a_period_has_a_month():
    with pytest.raises(MethodError, match="a month or more"):
        backlog(series(1), series(1), series(1), months=0)


def test_periods_must_match():
    with pytest.raises(MethodError, match="same rows"):
        backlog(series(1, 2), series(1), series(1, 2))
