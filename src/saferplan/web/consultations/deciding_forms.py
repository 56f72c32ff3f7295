"""Forms with which points are answered."""

from typing import Any

from django import forms

from saferplan.web.consultations.models import (
    AnswerTheme,
    Consultation,
    Disposition,
    Passage,
    Question,
)
from saferplan.web.consultations.services.grouping import campaigns_of


class FilterForm(forms.Form):
    """Which points are shown."""

    state = forms.ChoiceField(
        required=False,
        choices=[
            ("waiting", "Waiting for an answer"),
            ("answered", "Answered"),
            ("", "All"),
        ],
        initial="waiting",
        label="Show",
    )
    question = forms.ModelChoiceField(
        Question.objects.none(), required=False, empty_label="Any question"
    )
    passage = forms.ModelChoiceField(
        Passage.objects.none(),
        required=False,
        empty_label="Any part of it",
        label="Part of the draft",
    )
    theme = forms.ModelChoiceField(
        AnswerTheme.objects.none(), required=False, empty_label="Any theme"
    )
    campaign = forms.ChoiceField(required=False)
    holding = forms.CharField(required=False, max_length=100, label="With the words")

    def __init__(self, *args: Any, consultation: Consultation, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["question"].queryset = consultation.questions.filter(
            points__isnull=False
        ).distinct()
        fields["theme"].queryset = AnswerTheme.objects.filter(
            question__consultation=consultation, codings__isnull=False
        ).distinct()
        fields["passage"].queryset = Passage.objects.filter(
            draft__consultation=consultation, points__isnull=False
        ).distinct()
        self.campaigns = {each.key: each for each in campaigns_of(consultation)}
        fields["campaign"].choices = [
            ("", "In one or in none"),
            *((each.key, each.label) for each in self.campaigns.values()),
        ]

    @property
    def narrows(self) -> bool:
        """Whether it asks for more than all that wait, or all that are answered."""
        others = [name for name in self.fields if name != "state"]
        return self.is_valid() and any(self.cleaned_data[name] for name in others)


class DecisionForm(forms.Form):
    """What became of the points that were chosen, and why."""

    said = forms.CharField(
        widget=forms.Textarea,
        max_length=2_000,
        label="What people said",
        help_text="In your own words. It is published, so name nobody.",
        error_messages={"required": "Say in your own words what people said."},
    )
    disposition = forms.ChoiceField(
        choices=Disposition.choices,
        widget=forms.RadioSelect,
        label="What became of it",
        error_messages={"required": "Choose what became of it."},
    )
    reason = forms.CharField(
        widget=forms.Textarea,
        max_length=5_000,
        label="Why",
        help_text="As the people who said it will read it.",
        error_messages={"required": "Say why. A point is not answered without."},
    )
    changes_plan = forms.BooleanField(
        required=False, label="Words of the draft change because of it"
    )
    before = forms.ModelChoiceField(
        Passage.objects.none(),
        required=False,
        empty_label="Nothing: something is added",
        label="Which words change",
    )
    after = forms.ModelChoiceField(
        Passage.objects.none(),
        required=False,
        empty_label="No later draft says it yet",
        label="What it says now",
        help_text="In a later draft. You can add this when there is one.",
    )

    def __init__(self, *args: Any, consultation: Consultation, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        passages = Passage.objects.filter(
            draft__consultation=consultation, draft__kind="full"
        ).select_related("draft")
        fields["before"].queryset = passages.filter(draft__number=1)
        fields["after"].queryset = passages.filter(draft__number__gt=1)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        accepted = said.get("disposition") in ("accepted", "partly")
        if said.get("changes_plan") and said.get("disposition") and not accepted:
            self.add_error(
                "changes_plan", "Only what is accepted, at least in part, changes it."
            )
        if said.get("after") and not said.get("changes_plan"):
            self.add_error(
                "changes_plan", "You chose changed words: say that words change."
            )
        return said


class WordsForm(forms.Form):
    """Where a later draft says what was promised."""

    after = forms.ModelChoiceField(
        Passage.objects.none(),
        label="What it says now",
        error_messages={"required": "Choose the words of the later draft."},
    )

    def __init__(self, *args: Any, consultation: Consultation, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["after"].queryset = Passage.objects.filter(
            draft__consultation=consultation, draft__number__gt=1, draft__kind="full"
        ).select_related("draft")


class WhyForm(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea,
        max_length=1_000,
        label="Why",
        error_messages={"required": "Say why."},
    )


class PublishForm(forms.Form):
    """Who agreed the answer that is published."""

    note = forms.CharField(
        max_length=500,
        label="Who agreed this answer, and where",
        help_text="For example: Cabinet, 4 March 2027, minute 12.",
        error_messages={"required": "Say who agreed this answer, and where."},
    )
