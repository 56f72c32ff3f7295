"""Forms of journey maps: a step, and what is counted at it."""

from typing import Any

from django import forms

from saferplan.web.core.fields import DayField
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.models.journey import (
    JourneyAnswer,
    JourneyMap,
    JourneyStep,
)

MOST_DAYS = 10_000  # beyond 27 years it is a slip of the hand


class StepForm(forms.Form):
    """The words of a step. `seen` is the edition this person was looking at."""

    title = forms.CharField(
        max_length=200,
        label="What happens",
        error_messages={"required": "Say what happens."},
    )
    agency = forms.CharField(
        max_length=100,
        label="Who holds this step",
        error_messages={"required": "Say who holds this step."},
    )
    after = forms.ModelChoiceField(
        JourneyStep.objects,
        required=False,
        empty_label="Nothing: it is the first step",
        label="What comes before it",
    )
    counts = forms.CharField(
        max_length=100,
        required=False,
        label="What they count there",
        help_text="For instance: offences, victims, defendants.",
    )
    wait = forms.FloatField(
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
        label="How many days people wait there, at the median",
        help_text="Leave it empty if that is not known.",
    )
    wait_source = forms.CharField(
        max_length=200, required=False, label="Who says so, and for when"
    )
    limit = forms.FloatField(
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
        label="How many days they should wait at the most",
    )
    may_meet = forms.BooleanField(
        required=False,
        label="Those whom harm set against each other may meet there",
    )
    apart = forms.CharField(
        widget=forms.Textarea,
        required=False,
        label="The rule that keeps them apart",
        help_text="Do not name or describe anybody.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, made: JourneyMap, step: JourneyStep | None = None, **rest: Any
    ) -> None:
        others = made.steps.exclude(pk=step.pk) if step else made.steps.all()
        if step is not None:
            before = made.steps.filter(number__lt=step.number).last()
            first = {name: written(getattr(step, name)) for name in WORDS}
            rest["initial"] = {**first, "after": before, "seen": step.edition}
        else:
            rest["initial"] = {"after": made.steps.last()}
        super().__init__(*args, **rest)
        self.fields["after"].queryset = others  # type: ignore[attr-defined]

    @property
    def words(self) -> dict[str, Any]:
        """The fields of the model."""
        return {name: self.cleaned_data[name] for name in WORDS}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("wait") is not None and not cleaned.get("wait_source"):
            self.add_error("wait_source", "Say who says how long people wait.")
        return cleaned


WORDS = (
    *("title", "agency", "counts", "wait", "wait_source", "limit", "may_meet"),
    "apart",
)


def written(value: Any) -> Any:
    """Days as people write them: 38, not 38.0."""
    return f"{value:g}" if isinstance(value, float) else value


class CountedForm(forms.Form):
    """What is counted at a step: one that the partnership keeps, or any other."""

    indicator = forms.ModelChoiceField(
        Indicator.objects,
        required=False,
        empty_label="None of them",
        label="An indicator that the partnership keeps",
    )
    title = forms.CharField(
        max_length=200,
        required=False,
        label="Or another",
        help_text="What somebody else counts, in their words.",
    )
    better = forms.ChoiceField(
        choices=Indicator.Polarity.choices,
        label="Which way this agency takes for good",
        widget=forms.RadioSelect,
    )
    counts = forms.CharField(
        max_length=100,
        required=False,
        label="What it counts",
        help_text="Only if that is not what the step counts.",
    )

    tells_how_many = forms.BooleanField(
        required=False,
        label="It counts everybody who comes to this step",
        help_text="Then the map shows how many are lost on the way.",
    )

    def __init__(self, *args: Any, made: JourneyMap, **rest: Any) -> None:
        # The form of the step is on the same page.
        super().__init__(*args, **{"auto_id": "counted_%s", **rest})
        kept = Indicator.objects.kept().filter(partnership=made.partnership_id)
        self.fields["indicator"].queryset = kept  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("indicator"):
            cleaned["title"] = cleaned["title"] or cleaned["indicator"].title
        elif not cleaned.get("title"):
            self.add_error("title", "Choose an indicator, or write what is counted.")
        return cleaned


class AnswerForm(forms.Form):
    """What an agency answered to a question that a map asks."""

    outcome = forms.ChoiceField(
        choices=[
            (JourneyAnswer.Outcome.ANSWERED, "They answered"),
            (JourneyAnswer.Outcome.UNKNOWN, "They were asked, and nobody knows"),
        ],
        widget=forms.RadioSelect,
        label="What came of asking",
    )
    said = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        label="The answer",
        help_text="Who may read the map reads this too. Do not name or describe "
        "anybody.",
    )
    source = forms.CharField(
        max_length=200,
        label="Who says so",
        error_messages={"required": "Say who says so: an office or a document."},
        help_text="An office or a document, not a person: “Crown Prosecution Service, "
        "area office”.",
    )
    day = DayField(label="When it was so")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answered = cleaned.get("outcome") == JourneyAnswer.Outcome.ANSWERED
        if answered and not cleaned.get("said", "").strip():
            self.add_error("said", "Write the answer.")
        return cleaned
