"""
How an action stands on a day: from what was promised and what was last reported.

What nobody has reported is "not reported". The last thing said is never taken for what
is so now.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from saferplan.errors import PlanError

State = Literal[
    "not settled",
    "done",
    "stopped",
    "overdue",
    "not reported",
    "due soon",
    "reported",
    "not yet due",
]

SOON = timedelta(days=28)
DURATION = re.compile(r"P(?P<count>\d{1,3})(?P<unit>[DWMY])")
UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
OVER: dict[str, State] = {"done": "done", "stopped": "stopped"}


@dataclass(frozen=True)
class Standing:
    """
    state      one word for it
    why        how it follows, in a sentence
    report_by  the last day for the next report; None for what is over
    """

    state: State
    why: str
    report_by: date | None = None


def standing(
    status: str,
    *,
    today: date,
    due: date | None,
    every: str,
    reported: date | None,
    since: date,
) -> Standing:
    """
    Return how an action stands.

    status    as it was last reported: "done", "stopped", "not settled", or other
    due       the last day to do it, if it has one
    every     how often it is reported on, as an ISO 8601 duration
    reported  the day of the last report; None if there is none
    since     the day from which it counts: when it begins, or the plan was adopted

    What is late and what is silent are told apart: an overdue action may be reported
    on every month. Raises PlanError for a duration that is none.
    """
    if status == "not settled":
        return Standing("not settled", "The document it came from leaves it unclear.")
    if status in OVER:
        when = f" on {told(reported)}" if reported else ""
        return Standing(OVER[status], f"Reported as {status}{when}.")
    report_by = after(max(reported, since) if reported else since, every)
    if due is not None and due < today:
        heard = f"last reported on {told(reported)}" if reported else "never reported"
        return Standing("overdue", f"It was due by {told(due)}, {heard}.", report_by)
    if report_by < today:
        heard = (
            f"since {told(reported)}"
            if reported
            else f"though it runs from {told(since)}"
        )
        why = f"Nothing was reported {heard}; a report was due by {told(report_by)}."
        return Standing("not reported", why, report_by)
    if due is not None and due - today <= SOON:
        return Standing("due soon", f"It is due by {told(due)}.", report_by)
    if reported is not None:
        why = f"Reported on {told(reported)}; the next is due by {told(report_by)}."
        return Standing("reported", why, report_by)
    why = f"The first report is due by {told(report_by)}."
    return Standing("not yet due", why, report_by)


def after(day: date, every: str) -> date:
    """
    Return the day one duration later; the end of a shorter month stands for its 31st.

    >>> after(date(2026, 1, 31), "P1M"), after(date(2026, 1, 1), "P2W")
    (datetime.date(2026, 2, 28), datetime.date(2026, 1, 15))
    """
    count, unit = parts_of(every)
    if unit in "DW":
        return day + timedelta(days=count * (7 if unit == "W" else 1))
    months = day.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def cadence(every: str) -> str:
    """
    Say a duration as a cadence.

    >>> cadence("P3M"), cadence("P1W")
    ('every 3 months', 'every week')
    """
    count, unit = parts_of(every)
    return f"every {UNITS[unit]}" if count == 1 else f"every {count} {UNITS[unit]}s"


def parts_of(every: str) -> tuple[int, str]:
    found = DURATION.fullmatch(every)
    if not found or not int(found["count"]):
        raise PlanError(
            f"{every!r} is no duration. Write it as ISO 8601 does: P1W, P3M, P1Y."
        )
    return int(found["count"]), found["unit"]


def told(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
