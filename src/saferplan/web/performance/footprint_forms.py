"""The form that brings the agencies' areas."""

from django import forms

from saferplan.web.core.fields import TableField, text_of
from saferplan.web.core.forms import DocumentForm


class AreasForm(DocumentForm):
    """A table of small areas."""

    sent = TableField(
        required=False,
        megabytes=10,
        smaller="Bring only the columns area, residents and the agencies.",
        label="CSV file",
        help_text="Columns area, residents, and one for each agency, with the area of "
        "it that a small area lies in. Leave a cell empty where it lies in none.",
    )
    pasted = forms.CharField(
        required=False, widget=forms.Textarea, label="Or paste the table"
    )

    @property
    def table(self) -> tuple[str, str]:
        """Its text, and its name."""
        sent = self.cleaned_data["sent"]
        if sent:
            return text_of(sent), sent.name
        return self.cleaned_data["pasted"], "Pasted table"
