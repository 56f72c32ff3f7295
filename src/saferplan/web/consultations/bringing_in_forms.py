"""Forms for answers that were given in another system."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from saferplan.web.consultations.models import Question, SurveyFile
from saferplan.web.consultations.services.survey_columns import Placed
from saferplan.web.core.fields import DayField, DocumentField

LONGEST_CHOICE = 90


class SurveyFileForm(forms.Form):
    sent = DocumentField(
        label="The export",
        help_text="CSV or XLSX, as Citizen Space, LimeSurvey, Qualtrics or another "
        "system writes it: a row for each person.",
        smaller="Export it in parts.",
    )
    received_on = DayField(
        label="Last day on which these answers came in there",
        help_text="Such as 17 February 2027 or 17/2/2027. They are in time or late by "
        "this.",
        error_messages={"required": "Say when they came in."},
    )
    why = forms.CharField(
        required=False,
        max_length=300,
        label="How you know, if the consultation has closed since",
        help_text="For example: the other survey closed at the same minute.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("That day is still to come.")
        return day


class ColumnsForm(forms.Form):
    """Of each column, which question it answers."""

    def __init__(
        self, *args: Any, file: SurveyFile, placed: list[Placed], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.placed = placed
        choices = choices_of(file.consultation.questions.all())
        for number, each in enumerate(placed):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                required=False,
                choices=choices,
                initial=each.key,
                label=f"{each.column.name} is",
            )

    @property
    def columns(self) -> dict[str, str]:
        return {
            each.column.name: self.cleaned_data[f"column_{number}"]
            for number, each in enumerate(self.placed)
        }

    @property
    def rows(self) -> list[tuple[Placed, Any]]:
        return [
            (each, self[f"column_{number}"]) for number, each in enumerate(self.placed)
        ]


def choices_of(questions: Iterable[Question]) -> list[tuple[str, str]]:
    choices = [("", "Left out")]
    for each in questions:
        kind = "About the person" if each.apart else "Question"
        text = each.text
        if len(text) > LONGEST_CHOICE:
            text = f"{text[:LONGEST_CHOICE]}…"
        choices.append((each.key, f"{kind}: {text}"))
    return choices
