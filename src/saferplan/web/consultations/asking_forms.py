"""The forms with which officers set a consultation up."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator

from saferplan.web.consultations.languages import OWN, to_choose_from
from saferplan.web.consultations.models import Consultation, Draft, Passage, Response
from saferplan.web.consultations.question_forms import lines_in
from saferplan.web.core.fields import DayField, DocumentField, MomentField
from saferplan.web.core.forms import DocumentForm
from saferplan.web.partnerships.models import Partnership
from saferplan.web.plans.models import Plan, Version


class ConsultationForm(forms.ModelForm):
    """What a consultation is, and the rules people are promised."""

    grace_minutes = forms.IntegerField(
        min_value=0,
        max_value=24 * 60,
        initial=30,
        label="Minutes of grace after the close",
        help_text="For forms that were begun before it.",
    )
    reasons_by_line = forms.CharField(
        required=False,
        widget=forms.Textarea,
        label="Reasons for keeping words off public pages",
        help_text="One a line. They are shown to people, and fixed at the launch.",
        initial="It names or points to a private person\n"
        "It could endanger somebody\nIt is abusive or unlawful",
    )

    class Meta:
        model = Consultation
        fields = [
            "title",
            "about",
            "plan",
            "decides",
            "decision_on",
            "still_open",
            "opens_at",
            "closes_at",
            "least_days",
            "write_to",
            "keep_until",
            "quick_exit",
        ]
        labels = {
            "about": "What it is about",
            "plan": "Which plan of ours, if it is one",
            "decides": "Who decides",
            "decision_on": "When they mean to decide",
            "still_open": "What is still open",
            "opens_at": "Opens at",
            "closes_at": "Closes at",
            "least_days": "The fewest days people must have",
            "write_to": "Where paper and late responses go",
            "keep_until": "When names and addresses are deleted",
            "quick_exit": "It touches abuse: show a way out in a hurry",
        }
        field_classes = {
            "opens_at": MomentField,
            "closes_at": MomentField,
            "decision_on": DayField,
            "keep_until": DayField,
        }
        help_texts = {
            "closes_at": "The first moment that is too late. London time, such as 5pm "
            "on 30 June 2026.",
            "still_open": "Which choices people can still change, in plain words.",
            "write_to": "A postal or e-mail address, and a telephone number.",
            "least_days": "84 are twelve weeks.",
        }

    field_order = [
        *("title", "about", "plan", "decides", "decision_on", "still_open"),
        *("opens_at", "closes_at", "least_days", "grace_minutes"),
        *("reasons_by_line", "write_to", "keep_until", "quick_exit"),
    ]

    def __init__(self, *args: Any, partnership: Partnership, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["plan"] = forms.ModelChoiceField(
            Plan.objects.filter(partnership=partnership),
            required=False,
            empty_label="None of ours",
            label=self.Meta.labels["plan"],
        )
        for field in self.fields.values():
            field.error_messages["required"] = f"Fill in: {field.label}."
        if self.instance.pk:
            minutes = int(self.instance.grace.total_seconds() // 60)
            self.initial["grace_minutes"] = minutes
            self.initial["reasons_by_line"] = "\n".join(self.instance.reasons)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        closes = said.get("closes_at")
        last = timezone.localdate(closes) if closes else None
        decided, until = said.get("decision_on"), said.get("keep_until")
        if last and decided and decided <= last:
            self.add_error(
                "decision_on",
                "People can still answer then. Give a day after the close.",
            )
        if last and until and until <= max(last, decided or last):
            self.add_error(
                "keep_until",
                "Nobody could be told then what was decided. Give a later day.",
            )
        return said

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        said = dict(self.cleaned_data)
        said["grace"] = timedelta(minutes=said.pop("grace_minutes"))
        said["reasons"] = lines_in(said.pop("reasons_by_line"))
        return said


class DraftForm(DocumentForm):
    """A draft: a version of our plan, a file, or a pasted text."""

    ways = ("version", "sent", "pasted")
    no_way = several_ways = (
        "Choose one of the three: a version, a file, or a pasted text."
    )
    field_order = ways

    version = forms.ModelChoiceField(
        Version.objects.none(),
        required=False,
        empty_label="None: a file or a text",
        label="A version of our plan",
    )
    sent = DocumentField(
        required=False,
        label="Or a file",
        help_text="Word, PDF, OpenDocument, a web page or text.",
    )
    pasted = forms.CharField(
        required=False,
        widget=forms.Textarea,
        label="Or paste the text",
        help_text="An empty line between paragraphs.",
    )
    title = forms.CharField(required=False, max_length=200, label="What people call it")
    kind = forms.ChoiceField(choices=Draft.Kind.choices, label="Which form of it")
    language = forms.ChoiceField(choices=to_choose_from, initial=OWN, label="Language")

    def __init__(self, *args: Any, consultation: Consultation, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Version.objects.filter(plan__partnership=consultation.partnership)
        self.fields["version"].queryset = rows.defer("body").select_related("plan")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("title") and said.get("pasted"):
            self.add_error("title", "Say what people call it.")
        return said


class MoreTimeForm(forms.Form):
    closes_at = MomentField(label="Closes at")
    why = forms.CharField(
        widget=forms.Textarea,
        max_length=1000,
        label="Why people get more time",
        help_text="It is written in the record.",
    )


class EnteredForm(forms.Form):
    """How a response came in that an officer types."""

    channel = forms.ChoiceField(
        choices=[
            each
            for each in Response.Channel.choices
            if each[0] not in ("online", "document", "other")
        ],
        widget=forms.RadioSelect,
        label="How did it come in?",
        error_messages={"required": "Choose how it came in."},
    )
    received_on = DayField(label="On which day")
    why = forms.CharField(
        required=False,
        max_length=300,
        label="How that day is known",
        help_text="Needed after the close: a date stamp, a postmark, a note.",
    )


class TypedCommentForm(forms.Form):
    """What somebody who did not use the site said on a part of a draft."""

    part = forms.ChoiceField(required=False, label="Which part of the draft")
    said = forms.CharField(
        required=False, widget=forms.Textarea, label="What they said on it"
    )

    def __init__(self, places: dict[str, Passage], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = places
        self.fields["part"].choices = [  # type: ignore[attr-defined]
            ("", "None"),
            *((key, name_of(each)) for key, each in places.items()),
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("said") and not said.get("part"):
            self.add_error("part", "Choose the part that this was said on.")
        if said.get("part") and not said.get("said"):
            self.add_error("said", "Write what was said on this part.")
        return said

    @property
    def passage(self) -> Passage | None:
        return self.places.get(self.cleaned_data["part"])


def places_in(consultation: Consultation) -> dict[str, Passage]:
    """The passages that can be commented on, by what a form calls them."""
    rows = Passage.objects.filter(draft__consultation=consultation)
    rows = rows.exclude(kind="page").select_related("draft")
    return {str(each.pk): each for each in rows.order_by("draft", "order")}


def name_of(passage: Passage) -> str:
    """A passage as a list names it: the draft, its label, and how it begins."""
    text = " ".join(passage.text.split())
    parts = (str(passage.draft), passage.label, text if text != passage.label else "")
    return Truncator(": ".join(filter(None, parts))).chars(110)


class WhyForm(forms.Form):
    why = forms.CharField(
        widget=forms.Textarea, max_length=1000, label="Why is it taken although late?"
    )
