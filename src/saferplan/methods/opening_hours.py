"""
When a counter is open: hours as notices write them, such as "Mon-Fri 09:00-17:00".

A counter that shuts at five is no counter to those who work until six.
"""

import re

import pandas as pd

from saferplan.errors import MethodError

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY = 24 * 60
ALWAYS = "24/7"
PART = re.compile(
    r"(?P<days>[A-Za-z][A-Za-z,\s-]*?)\s+(?P<spans>\d{1,2}:\d\d\s*-\s*[\d:,\s-]*\d)"
)
SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")

Spans = list[tuple[int, int]]


def spans_of(hours: str) -> Spans:
    """
    Return the minutes of the week from which and until which a place is open.

    hours  parts with ";" between: days ("Mon", "Mon-Fri", "Sat,Sun") and one or more
           spans ("09:00-12:00,13:00-17:00"); or "24/7". A span that ends at or before
           its beginning runs past midnight: 22:00-02:00

    Monday 00:00 is 0 and the week has 10,080 minutes. Raises MethodError for hours that
    it cannot read.

    >>> spans_of("Sat 10:00-16:00")
    [(7800, 8160)]
    """
    if hours.strip() == ALWAYS:
        return [(0, 7 * DAY)]
    found: Spans = []
    for part in hours.split(";"):
        match = PART.fullmatch(part.strip())
        if match is None:
            raise MethodError(
                f"Opening hours {hours!r} are not understood. Write them like "
                f"'Mon-Fri 09:00-17:00; Sat 10:00-16:00', or {ALWAYS}."
            )
        spans = [clock_span(span.strip(), hours) for span in match["spans"].split(",")]
        for day in days_of(match["days"], hours):
            found += [(day * DAY + start, day * DAY + end) for start, end in spans]
    return sorted(found)


def clock_span(span: str, hours: str) -> tuple[int, int]:
    match = SPAN.fullmatch(span)
    if match is None or not all(
        int(hour) * 60 + int(minute) <= DAY and int(minute) < 60
        for hour, minute in (match.group(1, 2), match.group(3, 4))
    ):
        raise MethodError(f"{span!r} in {hours!r} is no span such as 09:00-17:00.")
    start = int(match[1]) * 60 + int(match[2])
    end = int(match[3]) * 60 + int(match[4])
    return start, end if end > start else end + DAY


def days_of(words: str, hours: str) -> list[int]:
    found = []
    for word in words.split(","):
        ends = [day_number(end.strip(), hours) for end in word.split("-")]
        first, last = ends[0], ends[-1]
        length = (last - first) % 7
        found += [(first + each) % 7 for each in range(length + 1)]
    return found


def day_number(word: str, hours: str) -> int:
    short = word[:3].title()
    if short not in DAYS:
        raise MethodError(f"{word!r} in {hours!r} is no day of the week.")
    return DAYS.index(short)


def open_at(hours: pd.Series, when: str) -> pd.Series:
    """
    Return whether each place is open: True, False, or missing where its hours are.

    hours  as for spans_of, or empty where nobody knows them
    when   a day and a time: "Sat 22:00"

    Bank holidays are not known. Raises MethodError for hours or a time that it cannot
    read.

    >>> hours = pd.Series({"Main": "24/7", "Desk": "Mon-Fri 09:00-17:00", "Hub": ""})
    >>> open_at(hours, "Sat 22:00").tolist()
    [True, False, None]
    """
    match = re.fullmatch(r"\s*([A-Za-z]+)\s+(\d{1,2}):(\d\d)\s*", when)
    if match is None or int(match[2]) > 23 or int(match[3]) > 59:
        raise MethodError(f"{when!r} is no day and time. Write it like 'Sat 22:00'.")
    minute = day_number(match[1], when) * DAY + int(match[2]) * 60 + int(match[3])

    def opened(written: object) -> bool | None:
        if not isinstance(written, str) or not written.strip():
            return None
        # A span past midnight on Sunday ends on Monday.
        return any(
            start <= at < end
            for start, end in spans_of(written)
            for at in (minute, minute + 7 * DAY)
        )

    return hours.map(opened).astype(object)


def hours_a_week(hours: str) -> float:
    """
    Return how many hours of the week a place is open.

    >>> hours_a_week("Mon-Fri 09:00-17:00; Sat 10:00-16:00"), hours_a_week("24/7")
    (46.0, 168.0)
    """
    return sum(end - start for start, end in spans_of(hours)) / 60
