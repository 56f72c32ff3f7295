"""Forms of standards of service: one observation, or a table of them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from saferplan.definitions.standards import standards
from saferplan.web.core.fields import DayField, TableField, text_of
from saferplan.web.performance.served import Served
from saferplan.web.performance.services.standards import Look

LARGEST = 1_000_000  # bytes of a table


class LookForm(forms.Form):
    """What somebody saw of one standard, in one area, on one day."""

    standard = forms.ChoiceField(label="Standard")
    area = forms.ChoiceField(label="Where")
    value = forms.FloatField(
        min_value=0,
        max_value=LARGEST,
        required=False,
        label="What was seen",
        help_text="In the standard’s unit; of what there is or is not, 1 or 0. "
        "Leave it empty if you looked and could not tell.",
    )
    day = DayField(label="On which day", initial=date.today)
    source = forms.CharField(
        max_length=200,
        label="Who says so",
        error_messages={"required": "Say who says so: a post or a document."},
        help_text="A post or a document, not a person’s name.",
    )

    def __init__(self, *args: Any, places: Served, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.places = places
        everywhere = (*places.boroughs, *places.wards, *places.others)
        self.fields["standard"].choices = [  # type: ignore[attr-defined]
            (each.name, f"{each.title} ({each.unit})") for each in standards().values()
        ]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            (each.code, each.name) for each in everywhere
        ]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError("That day has not come yet.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "standard" not in cleaned or "area" not in cleaned:
            return cleaned
        level = standards()[cleaned["standard"]].level
        if cleaned["area"] not in {e.code for e in self.places.enterable(level)}:
            self.add_error("area", f"This is promised to each {level}: choose one.")
        return cleaned

    @property
    def look(self) -> Look:
        given = self.cleaned_data
        return Look(area_name=self.places.names[given["area"]], **given)


class SheetForm(forms.Form):
    """
    A table of observations: a file, or pasted.

    A file counts before what stands in the box, where an earlier one is shown with
    what was wrong in it.
    """

    file = TableField(
        required=False, megabytes=1, smaller="Enter it in parts.", label="A CSV file"
    )
    text = forms.CharField(
        required=False,
        widget=forms.Textarea,
        max_length=LARGEST,
        label="Or paste the table here",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if file := cleaned.get("file"):
            cleaned["text"] = text_of(file)
        if not cleaned.get("text", "").strip() and not self.errors:
            self.add_error("file", "Choose a file, or paste the table.")
        return cleaned
