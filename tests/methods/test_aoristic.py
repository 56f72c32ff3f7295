"""When in the week events happened, as far as that is known."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.aoristic import time_of_week

MONDAY = pd.Timestamp("2026-01-05")


def spans(*rows):
    return pd.DataFrame(rows, columns=["start", "end"])


def spread(seed, count=40, longest=400):
    random = np.random.default_rng(seed)
    start = MONDAY + pd.to_timedelta(random.integers(0, 500_000, count), unit="min")
    lasts = random.integers(0, longest * 60, count) * random.integers(0, 2, count)
    return pd.DataFrame({"start": start, "end": start + pd.to_timedelta(lasts, "min")})


@pytest.mark.published("aoristic")
def test_a_span_of_four_parts_gives_each_a_quarter():
    # As the method's authors weigh them: a span over four equal parts of time has 0.25
    # in each, over two 0.5, over one 1.
    found = time_of_week(
        spans(
            ("2026-01-05 10:00", "2026-01-05 14:00"),
            ("2026-01-05 12:00", "2026-01-05 14:00"),
            ("2026-01-05 13:00", "2026-01-05 14:00"),
        )
    ).hours
    assert found.loc["Monday", [10, 11, 12, 13]].tolist() == [0.25, 0.25, 0.75, 1.75]
    assert found.to_numpy().sum() == 3


@pytest.mark.second_road("aoristic")
@given(seed=st.integers(0, 500))
def test_the_table_is_that_of_every_minute_in_turn(seed):
    events = spread(seed, count=4)
    table = np.zeros(168)
    for start, end in zip(events["start"], events["end"], strict=True):
        lasts = max(int((end - start) / pd.Timedelta(minutes=1)), 1)
        first = start.day_of_week * 1_440 + start.hour * 60 + start.minute
        minutes = (first + np.arange(lasts)) // 60 % 168
        table += np.bincount(minutes, minlength=168) / lasts
    found = time_of_week(events).hours.to_numpy().ravel()
    assert found == pytest.approx(table, abs=1e-6)


@pytest.mark.property_of("aoristic")
@given(seed=st.integers(0, 500), count=st.integers(1, 60))
def test_every_event_is_in_the_table_once(seed, count):
    events = spread(seed, count)
    found = time_of_week(events)
    assert found.hours.to_numpy().sum() == pytest.approx(count)
    assert (found.hours.to_numpy() >= 0).all()
    assert found.hours.shape == (7, 24)


@pytest.mark.property_of("aoristic")
def test_a_week_later_is_the_same_hour_of_the_week():
    events = spread(3)
    later = events + pd.Timedelta(weeks=5)
    assert time_of_week(events).hours.equals(time_of_week(later).hours)


def test_a_known_time_is_in_its_hour_with_or_without_an_end():
    times = ["2026-01-06 23:59:30", "2026-01-11 00:00:00"]
    for events in (
        pd.DataFrame({"start": times}),
        pd.DataFrame({"start": times, "end": times}),
        pd.DataFrame({"start": times, "end": [None, times[1]]}),
    ):
        found = time_of_week(events)
        assert found.hours.loc["Tuesday", 23] == pytest.approx(1)
        assert found.hours.loc["Sunday", 0] == pytest.approx(1)
        assert found.to_the_hour == 1


def test_a_span_may_run_over_the_end_of_the_week_and_over_weeks():
    found = time_of_week(spans(("2026-01-11 23:00", "2026-01-12 01:00"))).hours
    assert found.loc["Sunday", 23] == found.loc["Monday", 0] == 0.5
    weeks = time_of_week(spans(("2026-01-05 09:00", "2026-01-19 09:00")))
    assert np.ptp(weeks.hours.to_numpy()) == pytest.approx(0, abs=1e-12)
    assert "1 of 1 events may have happened at any time over more than 24" in (
        weeks.caution
    )


def test_more_events_than_are_worked_on_at_once_are_all_counted():
    events = pd.concat([spread(1, 3_000), spread(2, 3_000)])
    assert time_of_week(events).hours.to_numpy().sum() == pytest.approx(6_000)


def test_utc_is_refused_and_the_time_of_the_place_is_taken_off_its_zone():
    summer = pd.to_datetime(pd.Series(["2026-07-06 22:30"])).dt.tz_localize("UTC")
    with pytest.raises(MethodError, match="tz_convert"):
        time_of_week(pd.DataFrame({"start": summer}))
    local = summer.dt.tz_convert("Europe/London")
    found = time_of_week(pd.DataFrame({"start": local})).hours
    assert found.loc["Monday", 23] == pytest.approx(1)


@pytest.mark.parametrize(
    "times",
    [
        ["2026-07-06T23:30:00+01:00"],
        ["2026-07-06T23:30:00+01:00", "2026-01-05T23:30:00+00:00"],  # summer, winter
        pd.to_datetime(["2026-07-06T23:30:00+01:00"]),
    ],
)
def test_a_distance_from_utc_is_left_off_and_the_clock_on_the_wall_stays(times):
    found = time_of_week(pd.DataFrame({"start": times})).hours
    assert found.loc["Monday", 23] == pytest.approx(len(times))


def test_text_that_is_all_in_utc_is_refused():
    for text in ("2026-07-06T22:30:00Z", "2026-07-06T22:30:00+00:00"):
        with pytest.raises(MethodError, match="column end is in UTC"):
            time_of_week(pd.DataFrame({"start": ["2026-07-06 20:00"], "end": [text]}))


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (spans(("2026-01-05 10:00", "2026-01-05 09:00")), "end before they start"),
        (spans(("soon", "2026-01-05 09:00")), "1 of 1 events have no start"),
        (spans(*[("2026-01-05", "2026-01-06")] * 4), "Every time is midnight"),
        (spans(("-5", "2026-01-05 09:00")), "1 of 1 events have no start"),
        (spans(("2026-01-05 09:00", "noon")), "1 of 1 events have an end that"),
        (pd.DataFrame({"end": ["2026-01-05 09:00"]}), "Give start and end"),
        (spans(), "There are no events"),
    ],
)
def test_times_that_cannot_be_used_are_refused(events, words):
    with pytest.raises(MethodError, match=words):
        time_of_week(events)
