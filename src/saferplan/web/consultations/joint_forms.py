"""Forms with which several voices are put together into one response."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from saferplan.web.consultations.models import (
    Consultation,
    Joint,
    MemberPoint,
    Question,
    Response,
)
from saferplan.web.consultations.models.joint import GATHERERS
from saferplan.web.consultations.voice_forms import HINTS, LABELS

KINDS = [(each.value, Response.Kind(each).label) for each in GATHERERS]
VOICE = (
    *("body", "speaks_for", "members", "asked", "asked_how"),
    *("agreement", "agreed_how", "dissent"),
)


class JointForm(forms.ModelForm):
    """Who will send it, for whom it speaks, and until when members are asked."""

    class Meta:
        model = Joint
        fields = ["kind", *VOICE, "ask_until"]
        labels = LABELS | {"kind": "Whose response it is", "ask_until": "Ask until"}
        help_texts = HINTS | {
            "ask_until": "The last day on which members can say something by the link. "
            "Leave time to put it together before the consultation closes."
        }
        widgets = {"agreement": forms.RadioSelect, "kind": forms.RadioSelect}

    def __init__(self, *args: Any, consultation: Consultation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.consultation = consultation
        self.fields["kind"] = forms.ChoiceField(
            choices=KINDS,
            label="Whose response it is",
            widget=forms.RadioSelect,
            error_messages={"required": "Say whose response it is."},
        )
        self.fields["body"].error_messages["required"] = "Say who will send it."

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        members, asked = said.get("members"), said.get("asked")
        if members is not None and asked is not None and asked > members:
            self.add_error(
                "asked", ValidationError("That is more than it has members.")
            )
        last = said.get("ask_until")
        if last and last > self.consultation.closes_at.date():
            self.add_error(
                "ask_until",
                ValidationError(
                    "The consultation has closed by then: ask until sooner."
                ),
            )
        return said


class SayForm(forms.Form):
    """What one member says: to as many of the questions as it likes."""

    member = forms.CharField(
        required=False,
        max_length=200,
        label="Name of your organisation",
        help_text="You can leave it out.",
    )
    may_name = forms.BooleanField(
        required=False, label="The response may say that this is from us"
    )
    people = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1_000_000,
        label="About how many people you asked",
        help_text="Leave it empty if you did not ask anybody.",
    )
    dissents = forms.BooleanField(
        required=False, label="We do not go along with what most others here say"
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, consultation: Consultation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions: dict[str, Question | None] = {
            f"says-{each.key}": each
            for each in consultation.questions.filter(apart=False)
        }
        self.questions["says-whole"] = None
        for name, question in self.questions.items():
            self.fields[name] = forms.CharField(
                required=False,
                max_length=5_000,
                label=question.text if question else "Anything else, on the whole",
                widget=forms.Textarea,
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not any((said.get(name) or "").strip() for name in self.questions):
            raise ValidationError("Say something to at least one of the questions.")
        return said

    @property
    def points(self) -> list[MemberPoint]:
        said = self.cleaned_data
        return [
            MemberPoint(
                question=question,
                text=said[name].strip(),
                **{
                    each: said[each]
                    for each in ("member", "may_name", "people", "dissents")
                },
            )
            for name, question in self.questions.items()
            if said[name].strip()
        ]


class AnswerForm(forms.Form):
    """The joint words on one question."""

    text = forms.CharField(
        required=False,
        label="The joint words",
        help_text="Leave it empty to give no answer to this question.",
        widget=forms.Textarea,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
