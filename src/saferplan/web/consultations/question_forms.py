"""The forms with which officers word questions, and put them in other languages."""

from typing import Any

from django import forms
from django.utils.text import slugify

from saferplan.web.consultations.languages import OWN, to_choose_from
from saferplan.web.consultations.models import Consultation, Passage, Question


class QuestionForm(forms.ModelForm):
    """A question, with the answers one a line, and after which answers it is asked."""

    options_by_line = forms.CharField(
        required=False,
        widget=forms.Textarea,
        label="Answers to choose from",
        help_text="One a line. None for a question that people answer in their words.",
    )

    class Meta:
        model = Question
        fields = ["text", "hint", "kind", "required", "apart", "passage"]
        widgets = {"hint": forms.TextInput, "kind": forms.RadioSelect}
        labels = {
            "text": "Question",
            "hint": "Hint below it",
            "kind": "How people answer",
            "required": "It must be answered before sending",
            "apart": "It is about who somebody is: keep the answers apart",
        }

    field_order = [
        *("text", "hint", "kind", "options_by_line", "required", "apart", "passage"),
        "route",
    ]

    def __init__(self, *args: Any, consultation: Consultation, **options: Any) -> None:
        super().__init__(*args, **options)
        places = Passage.objects.filter(draft__consultation=consultation)
        self.fields["passage"] = forms.ModelChoiceField(
            places.filter(kind__in=("section", "heading")),
            required=False,
            empty_label="None in particular",
            label="Which part of the draft it is about",
        )
        self.fields["kind"].choices = Question.Kind.choices  # type: ignore[attr-defined]
        self.initial.setdefault("kind", Question.Kind.OPEN)
        self.initial["options_by_line"] = "\n".join(self.instance.options)
        self.ways = ways_to(self.instance, consultation)
        if self.ways:
            self.fields["route"] = route_field(self.ways)
            self.initial["route"] = [
                key
                for key, (before, option) in self.ways.items()
                if before.pk == self.instance.only_if_id
                and option in self.instance.only_if_said
            ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        options = lines_in(said.get("options_by_line", ""))
        chosen_from = said.get("kind") in ("one", "many")
        if chosen_from and len(options) < 2:
            self.add_error("options_by_line", "Give at least two answers, one a line.")
        if not chosen_from and options:
            self.add_error("options_by_line", "People answer this in their own words.")
        if len(set(options)) < len(options):
            self.add_error("options_by_line", "The same answer is there twice.")
        if len({self.ways[key][0].pk for key in said.get("route", [])}) > 1:
            self.add_error("route", "Tick answers to one question only.")
        if said.get("apart") and said.get("required"):
            self.add_error("required", "Nobody has to say who they are.")
        return said

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        said = dict(self.cleaned_data)
        said["options"] = lines_in(said.pop("options_by_line"))
        route = [self.ways[key] for key in said.pop("route", [])]
        said["only_if"] = route[0][0] if route else None
        said["only_if_said"] = [option for _, option in route]
        return said


Ways = dict[str, tuple[Question, str]]


def ways_to(question: Question, consultation: Consultation) -> Ways:
    """The answers that can lead to a question: those to questions that come before."""
    before = consultation.questions.filter(kind__in=("one", "many"), apart=False)
    if question.pk:
        before = before.filter(order__lt=question.order)
    return {
        f"{each.pk}-{number}": (each, option)
        for each in before
        for number, option in enumerate(each.options)
    }


def route_field(ways: Ways) -> forms.MultipleChoiceField:
    choices = [(key, f"“{option}” to: {each}") for key, (each, option) in ways.items()]
    return forms.MultipleChoiceField(
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Ask it only of those who answered",
        help_text="Any of these, to one question. Tick none to ask everybody.",
    )


class LanguageForm(forms.Form):
    to = forms.ChoiceField(
        label="Into which language",
        choices=[each for each in to_choose_from() if each[0] != OWN],
    )


class TranslateForm(forms.Form):
    """Every question in another language, box by box beside the English."""

    def __init__(
        self, questions: list[Question], language: str, *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.questions = questions
        for number, question in enumerate(questions, start=1):
            known = question.words.get(language, {})
            for name, english in texts_of(question).items():
                said = known.get(name, "")
                self.fields[f"{question.key}-{name}"] = forms.CharField(
                    required=False,
                    widget=forms.Textarea,
                    label=LABELS[name].format(number),
                    help_text=english,
                    initial="\n".join(said) if isinstance(said, list) else said,
                )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for question in self.questions:
            options = lines_in(said.get(f"{question.key}-options", ""))
            if options and len(options) != len(question.options):
                self.add_error(
                    f"{question.key}-options",
                    f"There are {len(question.options)} answers in English and "
                    f"{len(options)} here. Give one for each, one a line, in order.",
                )
            others = options or said.get(f"{question.key}-hint")
            if others and not said.get(f"{question.key}-text"):
                self.add_error(f"{question.key}-text", "Give the question too.")
        return said

    @property
    def words(self) -> dict[str, dict[str, Any]]:
        """By a question's key what is said, as the services take it."""
        said = self.cleaned_data
        return {
            question.key: {
                name: lines_in(typed) if name == "options" else typed.strip()
                for name in texts_of(question)
                if (typed := said[f"{question.key}-{name}"].strip())
            }
            for question in self.questions
        }


LABELS = {
    "text": "Question {}",
    "hint": "The hint below question {}",
    "options": "The answers to question {}, one a line",
}


def texts_of(question: Question) -> dict[str, str]:
    """What of a question there is to translate, in English."""
    texts = {
        "text": question.text,
        "hint": question.hint,
        "options": "\n".join(question.options),
    }
    return {name: words for name, words in texts.items() if words}


def lines_in(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def key_for(consultation: Consultation, text: str) -> str:
    """Return a key for a question's answers in exports, made of its words."""
    words = slugify(text).split("-")
    base = "-".join(words[:4])[:30].strip("-") or "question"
    taken = set(consultation.questions.values_list("key", flat=True))
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key
