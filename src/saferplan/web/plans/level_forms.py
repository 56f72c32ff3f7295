"""Forms of the level advisor."""

from typing import Any

from django import forms

from saferplan.methods.level_criteria import CRITERIA, OF_LEVELS
from saferplan.web.plans.levelling import Answers, answers_in, slug, words_of
from saferplan.web.plans.models.plan import Level


class AnswersForm(forms.Form):
    """What is known of a problem: a question for each criterion, none needed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, criterion in CRITERIA.items():
            words = words_of(name)
            if name in OF_LEVELS:
                self.fields[slug(name)] = forms.MultipleChoiceField(
                    required=False,
                    choices=words,
                    label=criterion.question,
                    widget=forms.CheckboxSelectMultiple,
                )
            else:
                self.fields[slug(name)] = forms.ChoiceField(
                    required=False,
                    choices=[("", "Not known"), *words],
                    label=criterion.question,
                )

    @property
    def answers(self) -> Answers:
        return answers_in(self.cleaned_data)


class LevelForm(forms.Form):
    """The level that an action is put at. `seen` is the edition that was looked at."""

    level = forms.ChoiceField(
        choices=Level.choices,
        widget=forms.RadioSelect,
        label="Where will it be done?",
        error_messages={"required": "Choose a level."},
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
