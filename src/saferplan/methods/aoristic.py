"""
When in the week events happened, if all that is known is from when to when.

A home was broken into between eight in the morning and six in the evening: each of the
ten hours has a tenth of the event (aoristic analysis). The middle of the span would
invent a peak, and its end another.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.spans import DAY

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = 24
WEEK = 7 * HOURS
AT_ONCE = 4_096  # events, so that what is being worked on stays small

OFFSET = r"(Z|[+-]\d{2}:?\d{2})$"
UTC = {"UTC", "UTC+00:00", "Z", "+00:00", "+0000", "-00:00"}
ALL_AT_MIDNIGHT = (
    "Every time is midnight, so only the days of the events are known, and not when in "
    "the day. Ask for an extract with times."
)


@dataclass(frozen=True)
class TimeOfWeek:
    """
    hours     events per hour of the week: one row per day, Monday first, one column
              per hour, 0 to 23; they add up to the events
    events    how many there were
    to_the_hour  the share of events known to within an hour
    caution   what the table does not mean, or nothing
    """

    hours: pd.DataFrame
    events: int
    to_the_hour: float
    caution: str


def time_of_week(events: pd.DataFrame, *, longest: float = 24.0) -> TimeOfWeek:
    """
    Return how many events fell in each hour of the week, each spread over its span.

    events   one row each, with `start` and `end`: the first and the last time it may
             have happened, by the clock on the wall; equal, or without an end, where
             the time is known
    longest  hours: an event that spans more than this is in the table all the same, and
             the caution says how many there are

    Raises MethodError if there are no events, a start is missing, an end cannot be read
    or is before its start, the times are in UTC, or all of them are midnight.

    A span of a day or more says nothing of the hour, and flattens the table. That each
    minute of a span is as likely is a convention, not a finding.

    Times in UTC are an hour out all summer, which moves the table: turn them to the
    time of the place first, with tz_convert("Europe/London").

    Source: Ratcliffe and McCullagh (1998), doi:10.1080/136588198241644.

    >>> found = time_of_week(
    ...     pd.DataFrame({"start": ["2026-01-05 08:00"], "end": ["2026-01-05 10:00"]})
    ... )
    >>> found.hours.loc["Monday", [7, 8, 9, 10]].tolist()
    [0.0, 0.5, 0.5, 0.0]
    """
    start = on_the_wall(events, "start")
    end = start
    if "end" in events:
        end = on_the_wall(events, "end")
        refuse_unread(events["end"], end)
        end = end.fillna(start)
    if len(start) == 0:
        raise MethodError("There are no events, so there is nothing to put in hours.")
    if lost := int(start.isna().sum()):
        raise MethodError(
            f"{lost} of {len(start)} events have no start that can be read. Write it "
            f"as 2026-01-31 22:15, or leave them out and say how many they are."
        )
    if turned := int((end < start).sum()):
        raise MethodError(
            f"{turned} of {len(start)} events end before they start. Put the earlier "
            f"time first, or leave them out and say how many they are."
        )
    if len(start) >= 4 and midnight(start) and midnight(end):
        raise MethodError(ALL_AT_MIDNIGHT)
    lasts = (end - start).dt.total_seconds().to_numpy(dtype=float) / 3_600
    hour = start.dt.hour + start.dt.minute / 60 + start.dt.second / 3_600
    begins = (start.dt.day_of_week * HOURS + hour).to_numpy(dtype=float)
    table = np.zeros(WEEK)
    for first in range(0, len(lasts), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        table += shares(begins[part], lasts[part]).sum(axis=0)
    long = int(np.count_nonzero(lasts > longest))
    return TimeOfWeek(
        hours=pd.DataFrame(table.reshape(7, HOURS), index=pd.Index(DAYS, name="day")),
        events=len(lasts),
        to_the_hour=float((lasts <= 1).mean()),
        caution=f"{long:,} of {len(lasts):,} events may have happened at any time over "
        f"more than {longest:g} hours, which flattens the table."
        if long
        else "",
    )


def on_the_wall(events: pd.DataFrame, name: str) -> pd.Series:
    """Times by the clock on the wall, without a zone."""
    if name not in events:
        raise MethodError(f"The events have no column {name}. Give start and end.")
    times = events[name]
    if isinstance(times.dtype, pd.DatetimeTZDtype):
        refuse_utc(name, {str(times.dt.tz)})
        local: pd.Series = times.dt.tz_localize(None)
        return local
    if not pd.api.types.is_datetime64_dtype(times):
        # Text may end in its distance from UTC, which differs in summer and winter.
        text = times.astype("str").str.strip()
        text = text.where(text.str.match(DAY))
        zones = text.str.extract(OFFSET, expand=False)
        refuse_utc(name, set(zones.dropna()))
        times = text.str.replace(OFFSET, "", regex=True)
    return pd.to_datetime(times, errors="coerce", format="ISO8601")


def refuse_unread(told: pd.Series, ends: pd.Series) -> None:
    """An end that is there and cannot be read is not an end that is not known."""
    written = told.notna() & (told.astype("str").str.strip() != "")
    if lost := int((written & ends.isna()).sum()):
        raise MethodError(
            f"{lost} of {len(told)} events have an end that cannot be read. Write it "
            f"as 2026-01-31 22:15, or leave it empty if it is not known."
        )


def refuse_utc(name: str, zones: set[str]) -> None:
    if zones and zones <= UTC:
        raise MethodError(
            f"The column {name} is in UTC, which is an hour out all summer. Turn it "
            f"into the time of the place first: tz_convert('Europe/London')."
        )


def midnight(times: pd.Series) -> bool:
    return bool((times == times.dt.normalize()).all())


def shares(begins: Numbers, lasts: Numbers) -> Numbers:
    """
    The share of each event in each hour of the week: events x 168, each row adds to 1.

    Whole weeks of a span lie on every hour alike; what is over runs on from the start,
    and may run past the end of the week.
    """
    # A known time is a span too short to matter, so that it falls in its own hour.
    span = np.maximum(lasts, 1e-6)
    weeks, over = np.divmod(span, WEEK)
    hour = np.arange(2 * WEEK)
    ends = (begins + over)[:, None]
    held = np.minimum(ends, hour + 1) - np.maximum(begins[:, None], hour)
    held = np.maximum(held, 0)
    in_week = held[:, :WEEK] + held[:, WEEK:] + weeks[:, None]
    return np.asarray(in_week / span[:, None])
