"""What the law asks of the partnership, and when."""

from dataclasses import dataclass
from datetime import date, timedelta

from saferplan.definitions import Duty, duties_on, next_due


@dataclass(frozen=True)
class Due:
    """A duty with the last day on which to do it this time."""

    duty: Duty
    on: date
    days_left: int


def what_is_due(today: date) -> list[Due]:
    """
    Return the duties that fall on a known day of the year, the nearest first.

    A duty of today is due today. Duties that follow an event, or the last time they
    were done, are not among them: nothing here knows when that was.
    """
    known = []
    for duty in duties_on(today):
        if duty.when == "by a day each year":
            on = next_due(duty, today - timedelta(days=1))
            assert on is not None
            known.append(Due(duty, on, (on - today).days))
    return sorted(known, key=lambda due: due.on)


def duties_by_area(today: date) -> dict[str, list[Duty]]:
    """Return the duties in force, under the part of the work they belong to."""
    areas: dict[str, list[Duty]] = {}
    for duty in duties_on(today):
        areas.setdefault(duty.area, []).append(duty)
    return areas


def how_often(duty: Duty) -> str:
    """
    Say in words how a duty falls due.

    >>> how_often(duties_on(date(2026, 2, 10))[0])
    'All the time'
    """
    match duty.when:
        case "continuing":
            return "All the time"
        case "by a day each year":
            day = date.fromisoformat(f"2023-{duty.by}")
            return f"Each year by {day.day} {day:%B}"
        case "every so often":
            return f"At least every {duty.every_months} months"
        case "after an event":
            return f"Within {duty.within_days} days of {duty.event}"
