"""Whether a consultation gives people time."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.consultations.timetable import (
    LONDON,
    Between,
    before_a_poll,
    timetable,
    working_days,
)
from saferplan.definitions.bank_holidays import holiday_names
from saferplan.errors import ConsultationError


def between(first, last, **options):
    opens = datetime.fromisoformat(f"{first}T09:00").replace(tzinfo=LONDON)
    closes = datetime.fromisoformat(f"{last}T17:00").replace(tzinfo=LONDON)
    return timetable(opens, closes, **options)


def warned(found, word):
    return [warning for warning in found.warnings if word in warning]


def test_the_founding_consultation_had_84_days_with_christmas_inside():
    found = between("2016-12-01", "2017-02-23")
    assert (found.days, found.working_days, found.long_enough) == (84, 57, True)
    assert [each.first for each in found.inside] == [
        date(2016, 12, 26),
        date(2016, 12, 27),
        date(2017, 1, 2),
    ]
    assert warned(found, "Christmas and New Year")


def test_a_committee_on_day_47_leaves_37_days_that_cannot_reach_its_answer():
    found = between(
        "2016-12-01", "2017-02-23", meetings={date(2017, 1, 17): "The committee"}
    )
    assert warned(found, "the 37 days after")


def test_84_days_without_any_holiday_warn_of_nothing():
    found = between("2026-09-02", "2026-11-25")
    assert found.days == 84
    assert found.warnings == ()


def test_83_days_are_too_few_and_the_first_good_day_is_named():
    found = between("2026-09-02", "2026-11-24")
    assert not found.long_enough
    assert warned(found, "Close on or after 25 November 2026")


def test_a_statutory_least_replaces_the_custom():
    found = between(
        "2026-09-02", "2026-10-14", least_days=42, least_because="section 5"
    )
    assert found.long_enough
    assert found.least_because == "section 5"


def test_closing_as_a_day_begins_or_on_a_sunday_is_pointed_out():
    opens = datetime(2026, 9, 2, 9, tzinfo=LONDON)
    found = timetable(opens, datetime(2026, 11, 29, tzinfo=LONDON))
    assert warned(found, "no working day")
    assert warned(found, "midnight")


def test_days_are_londons_even_where_the_clock_is_not():
    # In summer midnight in London is 11pm of the day before in UTC.
    opens = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    found = timetable(opens, datetime(2026, 8, 25, 16, tzinfo=UTC))
    assert (found.opens.date(), found.days) == (date(2026, 6, 2), 84)


def test_weeks_before_a_poll_and_school_holidays_are_counted_inside():
    found = between(
        "2026-03-02",
        "2026-05-26",
        pre_election=[before_a_poll(date(2026, 5, 7))],
        school_holidays=[Between("Easter", date(2026, 3, 30), date(2026, 4, 10))],
    )
    days = {each.kind: each.days for each in found.inside}
    assert days["pre-election period"] == 39
    assert days["school holiday"] == 12
    assert warned(found, "monitoring officer")
    assert warned(found, "Easter: families")


def test_a_committee_that_does_not_meet_in_time_cannot_answer():
    never = between("2026-09-02", "2026-11-25", meetings={date(2026, 12, 1): "SNB"})
    assert warned(never, "SNB does not meet")
    late = between("2026-09-02", "2026-11-25", meetings={date(2026, 11, 23): "SNB"})
    assert warned(late, "may come too late")


def test_years_that_are_not_announced_or_not_known_are_said():
    assert warned(between("2029-02-01", "2029-05-02"), "may still change")
    assert warned(between("2040-02-01", "2040-05-02"), "No bank holidays are known")


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ConsultationError, match="time zone"):
        timetable(datetime(2026, 9, 2), datetime(2026, 11, 25, tzinfo=UTC))


def test_closing_before_opening_is_refused():
    with pytest.raises(ConsultationError, match="later day"):
        between("2026-09-02", "2026-09-01")


@given(
    first=st.dates(date(2016, 1, 1), date(2027, 1, 1)),
    middle=st.integers(0, 200),
    rest=st.integers(0, 200),
)
def test_working_days_of_two_runs_are_those_of_the_whole(first, middle, rest):
    names = holiday_names()
    cut = date.fromordinal(first.toordinal() + middle)
    last = date.fromordinal(cut.toordinal() + rest)
    whole = working_days(first, last, names)
    assert whole == working_days(first, cut, names) + working_days(cut, last, names)
    assert whole <= (last - first).days
