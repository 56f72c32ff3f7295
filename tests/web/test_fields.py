"""Fields that more than one app asks with."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms

from saferplan.web.core.fields import DayField, MomentField

LONDON = ZoneInfo("Europe/London")


class Form(forms.Form):
    on = DayField()


class Closing(forms.Form):
    at = MomentField()


@pytest.mark.parametrize(
    "typed",
    [
        "30 September 2026",
        "30 sep 2026",
        "30/9/2026",
        "30.09.2026",
        "2026-09-30",
        " 30/9/2026 ",
    ],
)
def test_a_day_is_taken_as_people_write_it(typed):
    form = Form({"on": typed})
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 9, 30)


@pytest.mark.parametrize("typed", ["31/6/2026", "9/30/2026", "30/9/26", "soon"])
def test_what_is_no_day_is_kept_as_typed_with_what_to_write(typed):
    form = Form({"on": typed})
    assert form.errors["on"] == ["Write a day such as 30 September 2026 or 30/9/2026."]
    assert form["on"].value() == typed


def test_a_day_known_already_is_shown_as_it_would_be_typed():
    form = Form(initial={"on": date(2026, 9, 3)})
    assert form["on"].value() == "3 September 2026"
    assert not Form({"on": "3 September 2026"}, initial=form.initial).has_changed()


@pytest.mark.parametrize(
    "typed",
    [
        "5:00pm on 1 July 2026",
        "5pm on 1/7/2026",
        "17:00 on 1 July 2026",
        "1 July 2026 at 5pm",
        "1 Jul 2026, 17:00",
        "2026-07-01 17:00",
        "2026-07-01T17:00",
    ],
)
def test_a_moment_is_taken_as_people_write_it_in_londons_time(typed):
    form = Closing({"at": typed})
    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime(2026, 7, 1, 17, tzinfo=LONDON)


@pytest.mark.parametrize("typed", ["1 July 2026", "25:00 on 1 July 2026", "13pm soon"])
def test_what_is_no_moment_is_kept_as_typed_with_what_to_write(typed):
    form = Closing({"at": typed})
    assert form.errors["at"] == ["Write a time and a day such as 9am on 1 April 2026."]
    assert form["at"].value() == typed


def test_a_moment_known_already_is_shown_as_pages_say_it_and_is_taken_again():
    known = datetime(2026, 1, 7, 0, 30, tzinfo=LONDON)
    form = Closing(initial={"at": known})
    assert form["at"].value() == "12:30am on 7 January 2026"
    again = Closing({"at": form["at"].value()}, initial=form.initial)
    assert again.is_valid()
    assert again.cleaned_data["at"] == known
    assert not again.has_changed()
