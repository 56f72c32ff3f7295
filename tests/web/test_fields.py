"""Fields that more than one app asks with."""

from datetime import date

import pytest
from django import forms

from saferplan.web.core.fields import DayField


class Form(forms.Form):
    on = DayField()


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
