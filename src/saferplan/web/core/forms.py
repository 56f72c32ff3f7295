"""Forms that more than one app asks with."""

from typing import Any

from django import forms

from saferplan.web.core.fields import DocumentField


class DocumentForm(forms.Form):
    """
    A document in one of two ways: a file sent, or its text pasted.

    An app's form says for itself what it takes and what to paste. Where there is a
    third way, its field is named in `ways`.
    """

    sent = DocumentField(required=False)
    pasted = forms.CharField(
        required=False, widget=forms.Textarea, label="Or paste the text"
    )

    ways: tuple[str, ...] = ("sent", "pasted")
    no_way = "Choose a file, or paste its text."
    several_ways = "You sent a file and pasted a text. Choose one of them."

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors.keys() & set(self.ways):
            given = [way for way in self.ways if said.get(way)]
            if len(given) != 1:
                wrong = self.several_ways if given else self.no_way
                self.add_error(self.ways[0], wrong)
        return said

    @property
    def document(self) -> tuple[bytes, str]:
        """What was sent, and its name."""
        sent = self.cleaned_data["sent"]
        if sent:
            return sent.read(), sent.name
        return self.cleaned_data["pasted"].encode(), "Pasted text"

    def refuse(self, why: str) -> None:
        """Say why it was not taken, at the field that it came in."""
        self.add_error("sent" if self.cleaned_data["sent"] else "pasted", why)
