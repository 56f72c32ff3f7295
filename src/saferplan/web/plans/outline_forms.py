"""Forms of a plan itself: its own words, its strands and its themes."""

from typing import Any

from django import forms

from saferplan.plans.delivery import cadence
from saferplan.web.core.fields import DayField
from saferplan.web.partnerships.models import Partnership
from saferplan.web.plans.models import Plan, Strand, Theme
from saferplan.web.plans.models.outline import PLAN_WORDS

CADENCES = [
    (every, f"Reported on {cadence(every)}") for every in ("P1M", "P3M", "P6M", "P1Y")
]


class PlanForm(forms.ModelForm):
    """
    What a plan is, in words of its own.

    seen  the edition this person was looking at, if the plan is there already
    """

    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    every = forms.ChoiceField(
        choices=CADENCES,
        initial="P3M",
        label="Actions that do not say how often",
    )

    class Meta:
        model = Plan
        fields = PLAN_WORDS
        field_classes = {"begins": DayField, "ends": DayField}
        error_messages = {
            "title": {"required": "Give the plan a title."},
            "begins": {"required": "Give the first day of the plan."},
            "ends": {"required": "Give the last day of the plan."},
        }
        labels = {
            "begins": "First day",
            "ends": "Last day",
            "purpose": "What it is for",
            "means": "Money there is for it in all, in pounds",
            "staff_days": "Days of work there are for it in all",
        }
        help_texts = {
            "purpose": "The aim, and what runs through everything in it.",
            "means": "What its actions say they cost is held against it. Leave it "
            "empty if nobody knows.",
            "staff_days": "Of all partners together. A full post is about 220 a year.",
        }

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        plan: Plan | None = None,
        **options: Any,
    ) -> None:
        if plan is not None:
            known = {name: getattr(plan, name) for name in PLAN_WORDS}
            options["initial"] = {**known, "seen": plan.edition}
        super().__init__(*args, **options)
        others = Plan.objects.filter(partnership=partnership)
        self.fields["parent"] = forms.ModelChoiceField(
            others.exclude(pk=plan.pk) if plan else others,
            required=False,
            empty_label="None",
            label="The plan above it",
            help_text="Whose commitments it serves, such as the Mayor’s.",
        )
        unknown = plan.every if plan else "P3M"
        if unknown not in dict(CADENCES):  # kept as it came, until somebody chooses
            self.fields["every"].choices = [  # type: ignore[attr-defined]
                (unknown, f"Reported on {cadence(unknown)}"),
                *CADENCES,
            ]

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PLAN_WORDS}


class StrandForm(forms.ModelForm):
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Strand
        fields = ("title", "scope", "is_communications")
        error_messages = {"title": {"required": "Give the strand a title."}}
        labels = {
            "title": "Strand",
            "scope": "What belongs to it",
            "is_communications": "It is about telling people of the others",
        }
        help_texts = {
            "scope": "A paragraph a line. After a line such as “This includes:” each "
            "line is a topic of its own."
        }

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ThemeForm(forms.ModelForm):
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Theme
        fields = ("title",)
        error_messages = {"title": {"required": "Give the theme a title."}}
        labels = {"title": "Theme"}

    @property
    def words(self) -> dict[str, Any]:
        return {"title": self.cleaned_data["title"]}
