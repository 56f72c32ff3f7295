"""Forms of this app."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from saferplan.web.assessments.models import Decision


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        if not data:
            raise forms.ValidationError("Choose at least one file.")
        return [super(FilesField, self).clean(file, initial) for file in data]


class UploadForm(forms.Form):
    """Files to load. The token makes sending the form twice one upload."""

    sent = FilesField(allow_empty_file=True, label="Files")
    token = forms.UUIDField(widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """What to do with a finding. `after` is the decision this person was looking at."""

    outcome = forms.ChoiceField(
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to do with this finding."},
    )
    reason = forms.CharField(required=False, max_length=2000, widget=forms.Textarea)
    after = forms.IntegerField(min_value=0, initial=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        set_aside = said.get("outcome") == Decision.Outcome.SET_ASIDE
        if set_aside and not said.get("reason"):
            self.add_error("reason", "Say why this finding is set aside.")
        return said
