"""Opening hours as notices write them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.opening_hours import DAYS, hours_a_week, open_at, spans_of


def is_open(hours, when):
    return open_at(pd.Series([hours]), when)[0]


@pytest.mark.parametrize(
    ("when", "opened"),
    [
        ("Mon 08:59", False),
        ("Mon 09:00", True),
        ("Fri 16:59", True),
        ("Fri 17:00", False),
        ("Sat 12:00", True),
        ("Sunday 12:00", False),
    ],
)
def test_a_counter_opens_on_the_minute_and_shuts_on_it(when, opened):
    hours = "Mon-Fri 09:00-12:00, 13:00-17:00; Sat 10:00-16:00"
    assert is_open(hours, when) is opened


def test_the_lunch_break_is_shut():
    assert is_open("Mon,Wed 09:00-12:00, 13:00-17:00", "Wed 12:30") is False
    assert is_open("Mon,Wed 09:00-12:00, 13:00-17:00", "Tue 10:00") is False


def test_a_span_may_run_past_midnight_and_past_the_end_of_the_week():
    late = "Fri-Sun 22:00-02:00"
    assert is_open(late, "Sat 01:59") is True
    assert is_open(late, "Mon 01:00") is True
    assert is_open(late, "Mon 02:00") is False
    assert is_open("Sun-Tue 09:00-17:00", "Mon 10:00") is True


def test_hours_nobody_knows_are_neither_open_nor_shut():
    assert is_open("", "Mon 10:00") is None
    assert is_open(None, "Mon 10:00") is None


@pytest.mark.property_of("reach")
@given(
    day=st.sampled_from(DAYS),
    start=st.integers(0, 1_438),
    length=st.integers(1, 1_440),
)
def test_open_minutes_add_up_to_the_hours_of_the_week(day, start, length):
    end = (start + length) % 1_440
    written = f"{day} {start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
    assert hours_a_week(written) * 60 == pytest.approx(length)
    (span,) = spans_of(written)
    assert span[1] - span[0] == length


@pytest.mark.parametrize(
    "hours",
    [
        "nine to five",
        "Mon",
        "Mon 25:00-26:00",
        "Mon 09:75-10:00",
        "Xyz 09:00-17:00",
        "9-5",
    ],
)
def test_hours_that_cannot_be_read_are_refused(hours):
    with pytest.raises(MethodError, match=r"not understood|no span|no day"):
        spans_of(hours)


@pytest.mark.parametrize("when", ["noon", "Mon", "Mon 24:10", "Xyz 10:00"])
def test_a_time_that_is_none_is_refused(when):
    with pytest.raises(MethodError, match=r"no day"):
        is_open("24/7", when)
