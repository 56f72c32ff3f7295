"""How an action stands on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import PlanError
from saferplan.plans.delivery import after, cadence, standing

ADOPTED = date(2026, 4, 1)


def state(today, status="under way", *, due=None, every="P3M", reported=None):
    return standing(
        status, today=today, due=due, every=every, reported=reported, since=ADOPTED
    )


@pytest.mark.parametrize(
    ("today", "given", "expected"),
    [
        (date(2026, 4, 2), {}, "not yet due"),
        (date(2026, 7, 1), {}, "not yet due"),  # the last day for a report
        (date(2026, 7, 2), {}, "not reported"),
        (date(2026, 7, 2), {"reported": date(2026, 6, 30)}, "reported"),
        (date(2026, 10, 1), {"reported": date(2026, 6, 30)}, "not reported"),
        (date(2026, 5, 4), {"due": date(2026, 5, 31)}, "due soon"),
        (date(2026, 5, 31), {"due": date(2026, 5, 31)}, "due soon"),
        (date(2026, 6, 1), {"due": date(2026, 5, 31)}, "overdue"),
        (
            date(2026, 6, 1),
            {"due": date(2026, 5, 31), "reported": date(2026, 5, 31)},
            "overdue",
        ),
        (date(2030, 1, 1), {"status": "done", "due": date(2026, 5, 31)}, "done"),
        (date(2030, 1, 1), {"status": "stopped"}, "stopped"),
        (date(2026, 4, 2), {"status": "not settled"}, "not settled"),
    ],
)
def test_an_action_stands_by_what_was_promised_and_reported(today, given, expected):
    assert state(today, **given).state == expected


def test_a_last_green_does_not_stay_green():
    """What was under way in June is not under way in October: nobody said so."""
    silent = state(date(2026, 10, 15), reported=date(2026, 6, 30))
    assert silent.state == "not reported"
    assert "since 30 June 2026" in silent.why
    assert silent.report_by == date(2026, 9, 30)


def test_a_report_from_before_the_plan_does_not_count_for_it():
    early = state(date(2026, 6, 30), reported=date(2025, 12, 1))
    assert early.report_by == date(2026, 7, 1)


@pytest.mark.parametrize("every", ["", "monthly", "P0M", "P3", "3M"])
def test_what_is_no_duration_is_refused(every):
    with pytest.raises(PlanError, match="no duration"):
        cadence(every)


@given(
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    count=st.integers(1, 60),
    unit=st.sampled_from("DWMY"),
)
def test_a_duration_later_is_later_and_never_past_the_next_month(day, count, unit):
    later = after(day, f"P{count}{unit}")
    assert later > day
    longest = {"D": 1, "W": 7, "M": 31, "Y": 366}[unit]
    assert later - day <= timedelta(days=count * longest)
    assert later.day == day.day or later.day < day.day or unit in "DW"
