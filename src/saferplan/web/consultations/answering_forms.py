"""The forms in which people answer: a question, a comment, who they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from saferplan.web.consultations.models import Question, Response
from saferplan.web.consultations.routing import asked_of
from saferplan.web.consultations.services.responding import Said

LONGEST = 20_000  # characters of one answer: ten pages
KIND_ERRORS = {
    "one": "Choose one of the answers.",
    "many": "Choose at least one of the answers.",
    "open": "Write your answer.",
    "place": "Name the place, or give its position.",
}
POSITION = re.compile(r"^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")


class AnswerForm(forms.Form):
    """
    One question. What is in it follows from the kind of question.

    must  whether a required question has to be answered here; what somebody left out
          on paper cannot be asked for again
    """

    def __init__(
        self,
        question: Question,
        *args: Any,
        language: str = "en-GB",
        must: bool = True,
        **options: Any,
    ) -> None:
        options["prefix"] = question.key
        super().__init__(*args, **options)
        self.question, self.must = question, must
        self.language = question.language_in(language)
        for name, field in fields_of(question, self.language).items():
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        needed = self.must and self.question.required
        if needed and not self.errors and self.said.is_empty:
            self.add_error(self.main, KIND_ERRORS[self.question.kind])
        return said

    @property
    def main(self) -> str:
        """The field that a problem with the whole answer belongs to."""
        return next(iter(self.fields))

    @property
    def said(self) -> Said:
        said = self.cleaned_data
        chosen = said.get("chosen") or []
        return Said(
            question=self.question,
            text=said.get("text", ""),
            chosen=[chosen] if isinstance(chosen, str) else list(chosen),
            place=place_of(said.get("place", ""), said.get("position")),
        )


def fields_of(question: Question, language: str) -> dict[str, forms.Field]:
    text, hint = question.text_in(language), question.hint_in(language)
    shared: dict[str, Any] = {"label": text, "help_text": hint, "required": False}
    options = question.options_in(language)
    words = forms.CharField(max_length=LONGEST, widget=forms.Textarea, **shared)
    if question.kind == Question.Kind.ONE:
        one = forms.ChoiceField(choices=options, widget=forms.RadioSelect, **shared)
        return {"chosen": one} | about_oneself(question)
    if question.kind == Question.Kind.MANY:
        many = forms.MultipleChoiceField(
            choices=options, widget=forms.CheckboxSelectMultiple, **shared
        )
        return {"chosen": many} | about_oneself(question)
    if question.kind == Question.Kind.PLACE:
        return {
            "place": forms.CharField(
                required=False,
                max_length=200,
                label="Name the place",
                help_text="A street, park, station or estate. No house number.",
            ),
            "position": PositionField(),
            "text": forms.CharField(
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea,
                label="What do you want to say about it?",
            ),
        }
    return {"text": words}


def about_oneself(question: Question) -> dict[str, forms.Field]:
    """A line of one's own, for those whom no option describes."""
    if not question.apart:
        return {}
    own = forms.CharField(
        required=False, max_length=200, label="Or in your own words, if you like"
    )
    return {"text": own}


class PositionField(forms.CharField):
    """A position on the map as a phone or a map shows it: latitude, longitude."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=60,
            label="Or its position",
            help_text="As a map on your phone shows it, such as 51.5812, -0.3361.",
        )

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = POSITION.match(text)
        if found is None:
            raise ValidationError("Give two numbers, such as 51.5812, -0.3361.")
        latitude, longitude = float(found[1]), float(found[2])
        if not (49 <= latitude <= 61 and -9 <= longitude <= 2):
            raise ValidationError("That is not in the United Kingdom. Swap the two?")
        return latitude, longitude

    def validate(self, value: Any) -> None:
        """What it is was settled by to_python."""

    def run_validators(self, value: Any) -> None:
        """Its length too."""


def place_of(name: str, position: tuple[float, float] | None) -> dict[str, Any] | None:
    """As an Answer keeps it; a position to three places, some 70 metres."""
    place: dict[str, Any] = {}
    if name.strip():
        place["name"] = name.strip()
    if position is not None:
        place["lat"], place["lon"] = (round(each, 3) for each in position)
    return place or None


class CommentForm(forms.Form):
    text = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
        label="Your comment",
        help_text="Do not name other people, or say where they live.",
    )


class WhoForm(forms.ModelForm):
    """Who answers. Nobody has to leave a name."""

    class Meta:
        model = Response
        fields = ["kind", "name", "email", "public"]
        widgets = {"kind": forms.RadioSelect}
        labels = {
            "kind": "Do you answer for yourself?",
            "name": "Your name, or the organisation’s",
            "email": "E-mail address",
            "public": "You may put my name beside what I said",
        }
        help_texts = {
            "name": "You can leave this empty.",
            "email": "Only to send you a copy, and the answer to what you said.",
        }

    field_order = ["kind", "name", "email", "public"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("individual", "For myself"),
            ("organisation", "For an organisation"),
            ("network", "For a network of organisations"),
            ("committee", "For a committee"),
            ("partnership", "For a partnership"),
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") != "individual" and not said.get("name"):
            self.add_error("name", "Say which organisation you answer for.")
        if said.get("public") and not said.get("name"):
            self.add_error("name", "Leave a name, or untick that it may be shown.")
        return said


class KeepForm(forms.Form):
    email = forms.EmailField(
        label="Send the link to",
        help_text="We do not keep this address.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@dataclass
class Sheet:
    """
    Every question on one page.

    forms  one for each, also for those that are asked only of some
    """

    forms: list[AnswerForm]

    def is_valid(self) -> bool:
        """Whether it can be sent. What is not asked of this person is no problem."""
        asked = self.asked()
        return all([form.is_valid() for form in self.forms if form.question in asked])

    def asked(self) -> list[Question]:
        chosen = {}
        for form in self.forms:
            # Read as it was typed: whether it is right is seen afterwards.
            name = form.add_prefix("chosen")
            sent = form.data.getlist(name) if form.data else []  # type: ignore[attr-defined]
            chosen[form.question.pk] = sent
        return asked_of([form.question for form in self.forms], chosen)

    @property
    def said(self) -> list[Said]:
        asked = self.asked()
        return [form.said for form in self.forms if form.question in asked]

    @property
    def wrong(self) -> list[AnswerForm]:
        return [form for form in self.forms if form.is_bound and form.errors]


def sheet_of(
    questions: Iterable[Question], sent: Any = None, *, language: str = "en-GB"
) -> Sheet:
    return Sheet([AnswerForm(each, sent, language=language) for each in questions])


def initial_of(said: Any, text: str = "") -> dict[str, Any]:
    """What a form shows of an answer that was kept before: an Answer or AboutPerson."""
    if said is None:
        return {}
    question = said.question
    one = question is not None and question.kind == Question.Kind.ONE
    place = getattr(said, "place", None) or {}
    where = f"{place['lat']}, {place['lon']}" if "lat" in place else ""
    return {
        "text": said.text,
        "chosen": (said.chosen or [""])[0] if one else said.chosen,
        "place": place.get("name", ""),
        "position": where,
    }
