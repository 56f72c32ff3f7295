"""
Bank holidays of England and Wales, by year.

A year that nobody has announced yet follows from the rule, and may still change: a
proclamation moved or added a day in 2020, 2022 and 2023.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from saferplan.definitions.definition import Definition, load_all


@dataclass(frozen=True, kw_only=True)
class HolidayYear(Definition):
    """
    days       what each day is called, by the day as text: {"2026-12-25": ...}
    how_known  "announced", or "by rule" where it may still change
    """

    days: dict[str, str]
    how_known: Literal["announced", "by rule"]


def bank_holidays() -> dict[str, HolidayYear]:
    """
    The years we know, by their name.

    >>> bank_holidays()["2026"].days["2026-12-28"]
    'Boxing Day'
    """
    return load_all("bank_holidays.toml", HolidayYear)


def holiday_names() -> dict[date, str]:
    """
    Every bank holiday we know and what it is called, in order.

    >>> holiday_names()[date(2016, 12, 27)]
    'Christmas Day'
    """
    return {
        date.fromisoformat(day): name
        for year in bank_holidays().values()
        for day, name in year.days.items()
    }
