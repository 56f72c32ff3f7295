"""Forms of this app."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from saferplan.web.assessments.limits import MOST_FILES, MOST_GIGABYTES
from saferplan.web.assessments.models import Decision


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = ManyFiles
    default_error_messages = {"required": "Choose at least one file."}

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        if not data:
            raise forms.ValidationError(self.error_messages["required"])
        if len(data) > MOST_FILES:
            raise forms.ValidationError(
                f"These are {len(data):,} files, so none was taken. Send at most "
                f"{MOST_FILES} at once, or one zip archive that holds them all."
            )
        return [super(FilesField, self).clean(file, initial) for file in data]


class UploadForm(forms.Form):
    """Files to load. The token makes sending the form twice one upload."""

    sent = FilesField(allow_empty_file=True, label="Files")
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, too_much: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if too_much:  # then there are no files: they were not kept
            self.fields["sent"].error_messages["required"] = (
                f"These files are more than {MOST_GIGABYTES} GB together, so none was "
                f"taken. Send them in several parts, or zip them first."
            )


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
