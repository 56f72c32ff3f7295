"""Forms for what comes in by post and mail, and for finding it again."""

import uuid
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from saferplan.web.consultations.models import Response, Voice
from saferplan.web.consultations.services.speaking import OF_MEETINGS
from saferplan.web.consultations.services.taking_in import Received
from saferplan.web.core.fields import DayField, DocumentField
from saferplan.web.core.forms import DocumentForm

Kind, Channel = Response.Kind, Response.Channel
CHANNELS = [Channel.EMAIL, Channel.DOCUMENT, Channel.PAPER]


class TakeInForm(DocumentForm):
    """A document that somebody sent as a response."""

    sent = DocumentField(
        required=False,
        label="File",
        help_text="Word (DOCX), PDF, ODT, an e-mail (EML), a web page or text.",
    )
    pasted = forms.CharField(
        required=False,
        label="Or paste the text",
        help_text="All of it: what makes no point is marked so later.",
        widget=forms.Textarea,
    )
    kind = forms.ChoiceField(
        choices=Kind.choices,
        label="Who speaks in it",
        widget=forms.RadioSelect,
        error_messages={"required": "Say who speaks in it."},
    )
    body = forms.CharField(
        required=False,
        max_length=200,
        label="Name of the organisation, network, committee or partnership",
        help_text="For whom it speaks, and whom it asked, comes on the next page.",
    )
    name = forms.CharField(
        required=False,
        max_length=200,
        label="Name of the person who sent it",
        help_text="If they gave one. It is deleted when names and addresses are.",
    )
    email = forms.EmailField(
        required=False, label="Their e-mail address, for an answer"
    )
    public = forms.BooleanField(
        required=False, label="They agreed to be named beside what they say"
    )
    channel = forms.ChoiceField(
        choices=[(each.value, each.label) for each in CHANNELS],
        initial=Channel.EMAIL,
        label="How it came",
        widget=forms.RadioSelect,
    )
    received = DayField(
        label="Day on which it was received",
        help_text="Such as 17 February 2027 or 17/2/2027. It is in time or late by "
        "this.",
        error_messages={"required": "Say when it was received."},
    )
    why = forms.CharField(
        required=False,
        max_length=300,
        label="How you know, if the consultation has closed since",
        help_text="A date stamp, a postmark, the head of the e-mail.",
    )
    minutes = forms.BooleanField(
        required=False,
        label="These are minutes: take what was resolved as the points",
    )
    minute = forms.CharField(
        required=False, max_length=100, label="Minute", help_text="For example: 6."
    )
    met_on = DayField(required=False, label="Day of the meeting")
    status = forms.ChoiceField(
        required=False,
        choices=Voice.Status.choices,
        label="Whether it was resolved there",
        widget=forms.RadioSelect,
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") not in (None, Kind.INDIVIDUAL) and not said.get("body"):
            self.add_error("body", "Say who it is that speaks.")
        if said.get("status") == Voice.Status.RESOLVED and not said.get("met_on"):
            self.add_error("met_on", "Say on which day it was resolved.")
        self.check_day(said)
        return said

    def check_day(self, said: dict[str, Any]) -> None:
        day = said.get("received")
        if day and day > timezone.localdate():
            self.add_error("received", "That day is still to come.")

    @property
    def said(self) -> Received:
        said = self.cleaned_data
        voice: dict[str, Any] | None = None
        if said["kind"] != Kind.INDIVIDUAL:
            voice = {"body": said["body"].strip()}
        if voice and said["kind"] in OF_MEETINGS:
            voice |= {name: said[name] for name in ("minute", "met_on", "status")}
        return Received(
            kind=said["kind"],
            channel=said["channel"],
            on=said["received"],
            why=said["why"],
            name=said["name"].strip(),
            email=said["email"],
            public=said["public"],
            voice=voice,
            minutes=said["minutes"],
        )


class FindForm(forms.Form):
    """Which responses to show."""

    kind = forms.ChoiceField(
        required=False, choices=[("", "Everybody"), *Kind.choices], label="Who speaks"
    )
    channel = forms.ChoiceField(
        required=False,
        choices=[("", "Any way"), *Channel.choices],
        label="How it came",
    )
    standing = forms.ChoiceField(
        required=False,
        choices=[
            ("", "All that were sent"),
            ("counted", "Counted"),
            ("late", "Late, not taken"),
            ("withdrawn", "Taken back"),
            ("begun", "Begun, not sent"),
        ],
        label="Whether it counts",
    )
    state = forms.ChoiceField(
        required=False,
        choices=[
            ("", "Any"),
            ("unsettled", "Documents not wholly split"),
            ("voiceless", "For whom it speaks is not said"),
        ],
        label="What is left to do",
    )
    holding = forms.CharField(
        required=False, max_length=100, label="With these words, or this reference"
    )

    def narrowed(self, found: QuerySet[Response]) -> QuerySet[Response]:
        said = self.cleaned_data if self.is_valid() else {}
        for name in ("kind", "channel"):
            if said.get(name):
                found = found.filter(**{name: said[name]})
        found = standing_in(found, said.get("standing", ""))
        if said.get("state") == "unsettled":
            found = found.filter(document__isnull=False, document__settled_at=None)
        if said.get("state") == "voiceless":
            found = found.exclude(kind=Kind.INDIVIDUAL).filter(voice__speaks_for="")
        if words := said.get("holding", "").strip():
            found = found.filter(
                Q(reference__icontains=words)
                | Q(voice__body__icontains=words)
                | Q(document__text__icontains=words)
                | Q(answers__text__icontains=words)
            ).distinct()
        return found


def standing_in(found: QuerySet[Response], which: str) -> QuerySet[Response]:
    match which:
        case "begun":
            return found.filter(sent_at=None)
        case "late":
            return found.filter(standing="late", accepted_late=False)
        case "withdrawn":
            return found.exclude(withdrawn_at=None)
        case "counted":
            counted = Q(standing__in=["in_time", "within_grace"])
            return found.filter(counted | Q(accepted_late=True), withdrawn_at=None)
    return found.exclude(sent_at=None)
