"""The form that brings the agencies' areas."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

LARGEST_MEGABYTES = 10


class AreasForm(forms.Form):
    """A table of small areas: sent as a file, or pasted."""

    sent = forms.FileField(
        required=False,
        label="CSV file",
        help_text="Columns area, residents, and one for each agency, with the area of "
        "it that a small area lies in. Leave a cell empty where it lies in none.",
        error_messages={"empty": "This file is empty. Check that it was saved."},
    )
    pasted = forms.CharField(
        required=False,
        max_length=LARGEST_MEGABYTES * 1_000_000,
        widget=forms.Textarea,
        label="Or paste the table",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        sent, pasted = said.get("sent"), (said.get("pasted") or "").strip()
        if self.errors:
            return said
        if bool(sent) == bool(pasted):
            both = "You sent a file and pasted a table. Choose one of them."
            raise ValidationError(
                both if sent else "Choose a file, or paste its table."
            )
        said["text"], said["name"] = pasted, "Pasted table"
        if sent:
            said["text"], said["name"] = text_of(sent), sent.name
        return said


def text_of(sent: Any) -> str:
    if sent.size > LARGEST_MEGABYTES * 1_000_000:
        raise ValidationError(
            f"{sent.name} has {sent.size / 1e6:,.0f} MB. Bring only the columns area, "
            f"residents and the agencies."
        )
    try:
        return str(sent.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValidationError(
            f"{sent.name} is no CSV table in UTF-8. Open it in a spreadsheet and save "
            f"it as CSV UTF-8."
        ) from error
