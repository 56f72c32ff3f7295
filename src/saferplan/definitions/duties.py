"""
What the law asks of a community safety partnership, as a register.

Paraphrase, never legal advice: each duty says which text it paraphrases, from when it
held, and whether anybody has checked it against that text.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from saferplan.definitions.definition import Definition, load_all
from saferplan.errors import SourceChanged

When = Literal["continuing", "by a day each year", "every so often", "after an event"]


@dataclass(frozen=True, kw_only=True)
class Duty(Definition):
    """
    title         what must be done, in a few words
    who           who must do it
    text          the duty in our words
    when          how it falls due; one of When
    by            "03-31" for the day of each year
    every_months  for "every so often"
    within_days   for "after an event"
    event         that event, in words
    area          which part of the work it belongs to, for grouping on a page
    """

    title: str
    who: str
    text: str
    when: When
    area: str
    by: str = ""
    every_months: int = 0
    within_days: int = 0
    event: str = ""

    def __post_init__(self) -> None:
        needed = {
            "continuing": True,
            "by a day each year": is_day_of_year(self.by),
            "every so often": self.every_months > 0,
            "after an event": self.within_days > 0 and self.event,
        }
        if not needed[self.when]:
            raise SourceChanged(
                f"The duty {self.name} falls due {self.when}, and does not say how: "
                f"give it by, every_months, or within_days and event."
            )


@dataclass(frozen=True, kw_only=True)
class Head(Definition):
    """
    A head that regulation 6 of SI 2007/1830 gives a strategic assessment.

    letter    as in the regulation
    title     short, for a heading
    text      the regulation in our words
    question  what a reader wants to know under it
    two_tier  True where it concerns only areas with a county and districts
    """

    letter: str
    title: str
    text: str
    question: str
    two_tier: bool = False


def duties() -> dict[str, Duty]:
    return load_all("duties.toml", Duty)


def heads() -> dict[str, Head]:
    """The heads of a strategic assessment, in the order of the regulation."""
    return load_all("heads.toml", Head)


def duties_on(day: date) -> list[Duty]:
    """Return the duties in force on a day, in the order of the register."""
    return [duty for duty in duties().values() if duty.in_force_on(day)]


def next_due(duty: Duty, since: date) -> date | None:
    """
    Return the last day to do it, after it was last done or its event happened.

    since  the day it was last done; for a duty after an event, the day of the event

    A continuing duty has no such day.

    >>> next_due(duties()["revise-plan"], date(2026, 2, 10))
    datetime.date(2026, 3, 31)
    """
    if duty.when == "continuing":
        return None
    if duty.when == "after an event":
        return since + timedelta(days=duty.within_days)
    if duty.when == "every so often":
        return months_later(since, duty.every_months)
    month, day = (int(part) for part in duty.by.split("-"))
    this_year = date(since.year, month, day)
    return this_year if since < this_year else date(since.year + 1, month, day)


def months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def is_day_of_year(text: str) -> bool:
    try:
        date.fromisoformat(f"2023-{text}")  # no leap year: the day must exist in each
    except ValueError:
        return False
    return True
