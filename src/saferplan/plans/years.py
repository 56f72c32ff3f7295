"""The years that a document says it is for, and the day it gives itself."""

import re
from datetime import date

from saferplan.plans.lines import Line
from saferplan.plans.plan import Action, Flag, Range
from saferplan.plans.tables import TITLE_WORDS
from saferplan.plans.timeframes import DATE, first_and_last

YEARS = re.compile(
    r"(?<![\d/.£-])(20\d\d|\d\d)\s?(?:[-–—/]|to)\s?(20\d\d|\d\d)(?![\d/.%-]\d|\d)"
)
DATED = re.compile(r"\bdate\b\W{0,4}", re.I)
LONGEST = 10  # years that one plan covers
TITLE_LENGTH = 120
MOST_NAMED = 5  # actions named in a sentence; the rest are counted


def years_of(title: str) -> tuple[int, int] | None:
    """
    Return the first and last year that a title names.

    >>> years_of("Safer Borsetshire Plan 21-22"), years_of("Strategy 2017-2021")
    ((2021, 2022), (2017, 2021))
    """
    for first, last in YEARS.findall(title):
        start, end = whole(first), whole(last)
        if 0 < end - start <= LONGEST:
            return start, end
    return None


def whole(printed: str) -> int:
    return int(printed) if len(printed) == 4 else 2000 + int(printed)


def named_years(lines: list[Line]) -> tuple[Line, tuple[int, int]] | None:
    """The first line that names a plan or strategy, and its years, as a title does."""
    for line in lines:
        text = line.text
        if len(text) <= TITLE_LENGTH and any(w in text.lower() for w in TITLE_WORDS):
            years = years_of(text)
            if years:
                return line, years
    return None


def dated(text: str) -> date | None:
    """The day after the first "Date:" of a document, if it is a whole one."""
    for mark in DATED.finditer(text):
        day = DATE.match(text, mark.end())
        if day and (day["day"] or day["iso"] or day["dmy"]):
            try:
                return first_and_last(day, None)[0]
            except ValueError:
                continue
    return None


def wrong_year(title: Line | None, lines: list[Line]) -> list[Flag]:
    """Flag an action table whose title is for other years than its document's."""
    own = years_of(title.text) if title else None
    named = named_years(lines)
    if title is None or own is None or named is None or named[1] == own:
        return []
    other, years = named
    return [
        Flag(
            "year mismatch",
            (),
            f"The document is for {spoken(years)} (“{other.title}”), and its action "
            f"table for {spoken(own)} (“{title.title}”).",
            (place(other), place(title)),
        )
    ]


def outside_years(actions: list[Action], years: tuple[int, int] | None) -> list[Flag]:
    """Flag actions that are due when the plan is over, or before it begins."""
    if years is None:
        return []
    first, last = period(years)
    outside = [
        action
        for action in actions
        if action.time.due and not first <= action.time.due <= last
    ]
    if not outside:
        return []
    names = ", ".join(action.name for action in outside[:MOST_NAMED])
    more = f" and {len(outside) - MOST_NAMED:,} more" * (len(outside) > MOST_NAMED)
    return [
        Flag(
            "due outside the plan’s years",
            tuple(action.name for action in outside),
            f"The plan is for {spoken(years)}; due outside it: {names}{more}.",
            tuple(place for action in outside for place in action.time.ranges),
        )
    ]


def period(years: tuple[int, int]) -> tuple[date, date]:
    """The first and last day: a financial year if it names two years in a row."""
    if years[1] - years[0] == 1:
        return date(years[0], 4, 1), date(years[1], 3, 31)
    return date(years[0], 1, 1), date(years[1], 12, 31)


def spoken(years: tuple[int, int]) -> str:
    return f"{years[0]} to {years[1]}"


def place(line: Line) -> Range:
    filled = [piece for cell in line.cells for piece in cell.filled]
    return filled[0].start, filled[-1].end
