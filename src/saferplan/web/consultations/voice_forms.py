"""The step of a form in which an organisation says for whom it speaks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from saferplan.web.consultations.models import Response, Voice
from saferplan.web.core.fields import DayField

Kind = Response.Kind
ASKING = ("members", "asked", "answered", "asked_how", "asked_from", "asked_to")
AGREEING = ("agreement", "agreed_how", "dissent")
MEETING = ("minute", "met_on", "status")
LABELS = {
    "body": "Its name",
    "speaks_for": "Whom it speaks for",
    "members": "How many members it has",
    "asked": "About how many of them it asked",
    "answered": "How many of those answered",
    "asked_how": "How it asked them",
    "asked_from": "First day on which it asked",
    "asked_to": "Last day on which it asked",
    "agreement": "How far they agree with this answer",
    "agreed_how": "How it was agreed",
    "dissent": "What those say who do not agree",
    "minute": "Minute",
    "met_on": "Day of the meeting",
    "status": "Whether it was resolved",
}
HINTS = {
    "speaks_for": "For example: 40 youth clubs in the borough, most of them small.",
    "asked": "Leave it empty if members were not asked. It is told beside the number "
    "of responses and never added to it.",
    "asked_how": "For example: two evenings, and a survey by e-mail.",
    "agreed_how": "For example: the steering group read it on 4 November.",
    "dissent": "In their own words if you can. It stays beside the answer.",
    "minute": "For example: 6, or CSP/26/14.",
}


class VoiceForm(forms.ModelForm):
    """
    For whom a response speaks. A committee or a partnership also says at which meeting.

    kind  of the response; a form for an individual does not exist
    """

    class Meta:
        model = Voice
        fields = ["body", "speaks_for", *ASKING, *AGREEING, *MEETING]
        labels = LABELS
        help_texts = HINTS
        field_classes = dict.fromkeys(("asked_from", "asked_to", "met_on"), DayField)
        widgets = {"agreement": forms.RadioSelect, "status": forms.RadioSelect}

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].error_messages["required"] = "Say who it is."
        for name in MEETING if kind not in (Kind.COMMITTEE, Kind.PARTNERSHIP) else ():
            del self.fields[name]
        for name in ASKING if kind == Kind.COMMITTEE else ():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        asked, members = said.get("asked"), said.get("members")
        if asked is not None and members is not None and asked > members:
            self.add_error(
                "asked", ValidationError("That is more than it has members.")
            )
        if said.get("status") == Voice.Status.RESOLVED and not said.get("met_on"):
            self.add_error("met_on", "Say on which day it was resolved.")
        return said
