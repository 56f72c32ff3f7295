"""Forms for hiding an answer, taking words out of it, and erasing a person."""

from typing import Any

from django import forms

from saferplan.web.consultations.models import Consultation
from saferplan.web.consultations.services.redacting import reasons_of


class ReasonForm(forms.Form):
    """One of the reasons that people were told before they answered."""

    reason = forms.ChoiceField(
        label="Why",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the reasons people were told."},
    )

    def __init__(self, *args: Any, consultation: Consultation, **options: Any) -> None:
        super().__init__(*args, **options)
        reasons = reasons_of(consultation)
        self.fields["reason"] = forms.ChoiceField(
            choices=[(each, each) for each in reasons],
            label="Why",
            widget=forms.RadioSelect,
            error_messages={"required": "Choose one of the reasons people were told."},
        )


class RedactForm(ReasonForm):
    """What to take out: what is ticked or selected on the page, and words typed."""

    words = forms.CharField(
        required=False,
        max_length=300,
        label="Or type the words",
        help_text="They go wherever they stand in this response, in any case.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["words", "reason"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        marked = {"run", "selected"} & set(self.data)
        if not marked and not said.get("words") and "words" not in self.errors:
            self.add_error("words", "Tick, select or type what to take out.")
        return said


class EraseForm(forms.Form):
    """Why one person is erased, and that it cannot be undone."""

    why = forms.CharField(
        max_length=300,
        label="Why",
        help_text="For example: the person asked for it on 3 March. Name nobody here.",
        error_messages={"required": "Say why it is erased."},
    )
    sure = forms.BooleanField(
        label="I know that this cannot be undone",
        error_messages={"required": "Say that you know it cannot be undone."},
    )


class ShowForm(forms.Form):
    """Why an answer is shown again."""

    why = forms.CharField(
        max_length=300,
        label="Why it is shown again",
        error_messages={"required": "Say why it is shown again."},
    )
