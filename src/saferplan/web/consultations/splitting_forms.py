"""Forms for saying what a point of a document is about."""

from typing import Any

from django import forms

from saferplan.web.consultations.models import Consultation, Passage, Question


class PassageField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """How it is numbered, and its first words."""
        numbered = f"{obj.label}: " if obj.label and obj.label not in obj.text else ""
        return f"{numbered}{obj.text[:90]}"


class PlaceForm(forms.Form):
    """What a point is about."""

    question = forms.ModelChoiceField(
        Question.objects.none(),
        required=False,
        empty_label="None",
        label="The question it answers",
    )
    passage = PassageField(
        Passage.objects.none(),
        required=False,
        empty_label="None",
        label="The part of the draft it is about",
    )
    about_whole = forms.BooleanField(
        required=False, label="It is about the whole, not about a part"
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: object, consultation: Consultation, **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        questions = consultation.questions.filter(apart=False)
        draft = consultation.drafts.filter(kind="full").first()
        kinds = ("section", "heading", "commitment", "action", "paragraph")
        passages = draft.passages.filter(kind__in=kinds) if draft else ()
        self.fields["question"].queryset = questions  # type: ignore[attr-defined]
        self.fields["passage"].queryset = passages  # type: ignore[attr-defined]
