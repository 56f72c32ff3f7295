"""Bank holidays of England and Wales, against the rule that makes them."""

from datetime import date, timedelta

import pytest

from saferplan.definitions.bank_holidays import bank_holidays, holiday_names

# Moved or added by proclamation, which no rule gives.
PROCLAIMED = {
    2020: ({date(2020, 5, 4)}, {date(2020, 5, 8)}),
    2022: (
        {date(2022, 5, 30)},
        {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)},
    ),
    2023: (set(), {date(2023, 5, 8)}),
}


def easter(year):
    """Sunday after the full moon, by Gauss: another road than a list."""
    moon = (19 * (year % 19) + 24) % 30
    week = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    day = date(year, 3, 22) + timedelta(days=moon + week)
    # The one exception of Gauss that years like these can meet.
    return day - timedelta(days=7) if day == date(year, 4, 26) else day


def monday(year, month, *, last=False):
    days = [date(year, month, n) for n in range(1, 32 if month in (5, 8) else 29)]
    mondays = [day for day in days if day.weekday() == 0]
    return mondays[-1] if last else mondays[0]


def next_free(day, taken):
    while day.weekday() > 4 or day in taken:
        day += timedelta(days=1)
    return day


def by_rule(year):
    days = {
        easter(year) - timedelta(days=2),
        easter(year) + timedelta(days=1),
        monday(year, 5),
        monday(year, 5, last=True),
        monday(year, 8, last=True),
        next_free(date(year, 1, 1), set()),
    }
    feasts = [date(year, 12, 25), date(year, 12, 26)]
    on_time = {day for day in feasts if day.weekday() < 5}
    for day in feasts:
        on_time.add(next_free(day, on_time) if day not in on_time else day)
    away, more = PROCLAIMED.get(year, (set(), set()))
    return (days | on_time) - away | more


@pytest.mark.parametrize("year", range(2016, 2030))
def test_each_year_is_what_the_rule_and_the_proclamations_give(year):
    listed = {day for day in holiday_names() if day.year == year}
    assert listed == by_rule(year)


def test_no_bank_holiday_falls_on_a_weekend():
    assert not [day for day in holiday_names() if day.weekday() > 4]


def test_a_year_says_whether_it_may_still_change():
    known = {name: year.how_known for name, year in bank_holidays().items()}
    assert known["2028"] == "announced"
    assert known["2029"] == "by rule"
