"""Forms of targets: setting one down, and trying another."""

from typing import Any

from django import forms

from saferplan.definitions.baskets import baskets
from saferplan.web.partnerships.models import Partnership
from saferplan.web.performance.models import Indicator, Target
from saferplan.web.performance.target_fields import (
    FiguresField,
    MonthField,
    MonthsField,
    NumberField,
)
from saferplan.web.performance.targets.asked import Asked, has_months
from saferplan.web.performance.targets.baskets import months_of_basket
from saferplan.web.plans.models import Action, Commitment
from saferplan.web.plans.models.plan import Level

MOST_YEARS = 10  # beyond them nobody can say anything of a count
MOST_PEOPLE = 1_000_000


class WhatIfForm(forms.Form):
    """Another number, end or baseline, to see what it would ask."""

    baseline = FiguresField(
        required=False,
        max_length=300,
        label="Baseline, a figure for each year",
    )
    rule = forms.ChoiceField(
        required=False,
        choices=Target.Rule.choices,
        label="Baseline is made of the years by",
    )
    number = NumberField(required=False, min_value=0, label="Target")
    change = NumberField(
        required=False,
        min_value=-100,
        max_value=1000,
        label="Or the change in per cent, such as -20",
    )
    ends = MonthField(
        required=False, max_length=20, label="Last month, such as 2026-03"
    )
    years = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_YEARS,
        label="Years from the baseline",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    asked = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        label="People asked for the baseline",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    asked_now = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        label="People asked for the newest figure",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, asked: Asked, **options: Any) -> None:
        super().__init__(*args, **options)
        unused = ("rule", "change") if asked.kind == "share" else ("asked", "asked_now")
        for name in unused:
            del self.fields[name]
        for name, field in self.fields.items():
            field.initial = getattr(asked, name)
        self.as_set = asked
        if self.is_bound:
            # An address may say only what is different.
            self.data = {**self.unsaid(), **self.data}

    def unsaid(self) -> dict[str, Any]:
        """What the target itself says; of a number and a change only one is said."""
        alike = {"number", "change"} if {"number", "change"} & self.data.keys() else ()
        return {
            name: field.prepare_value(field.initial)
            for name, field in self.fields.items()
            if name not in alike and field.initial is not None
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("change") is not None and said.get("number") is not None:
            # One of the two stood in the form already: the other is what is tried.
            if said["number"] == self.as_set.number:
                said["number"] = None
            elif said["change"] == self.as_set.change:
                said["change"] = None
            else:
                self.add_error("change", "Give a target or a change: leave one empty.")
        return said

    @property
    def values(self) -> dict[str, Any]:
        """What was said, as the methods are asked."""
        said = {k: v for k, v in self.cleaned_data.items() if v not in (None, "", [])}
        if "ends" in said:
            said["ends"] = f"{said['ends']:%Y-%m}"
        if "baseline" in said:
            said["baseline"] = tuple(said["baseline"])
        return said


class TargetForm(forms.Form):
    """Everything there is to say of a target."""

    measure = forms.CharField(
        max_length=200,
        label="What is counted",
        error_messages={"required": "Say what is counted."},
    )
    definition = forms.CharField(
        required=False, widget=forms.Textarea, label="What exactly, and what not"
    )
    kind = forms.ChoiceField(
        choices=Target.Kind.choices,
        widget=forms.RadioSelect,
        label="It is",
        error_messages={"required": "Choose what it is."},
    )
    area = forms.CharField(
        max_length=200,
        label="Where",
        error_messages={"required": "Say where: a borough, or London."},
    )
    level = forms.ChoiceField(
        choices=Level.choices,
        label="How large an area",
        error_messages={"required": "Choose how large the area is."},
    )
    better = forms.ChoiceField(
        choices=Target.Better.choices,
        widget=forms.RadioSelect,
        label="Which is better",
        error_messages={"required": "Choose whether more or fewer is better."},
    )
    baseline = FiguresField(
        max_length=300,
        label="Baseline",
        error_messages={"required": "Write a figure for each year of the baseline."},
        help_text="A figure for each year, oldest first, with spaces between. Of a "
        "share, one figure in per cent.",
    )
    baseline_years = forms.CharField(
        required=False, max_length=100, label="Which years", help_text="2011/12."
    )
    rule = forms.ChoiceField(
        choices=Target.Rule.choices,
        initial=Target.Rule.MEAN,
        label="What the baseline is made of the years",
        error_messages={"required": "Choose how the years make one baseline."},
    )
    number = NumberField(
        required=False,
        min_value=0,
        label="Target",
        help_text="In twelve months; of a share, in per cent.",
    )
    change = NumberField(
        required=False,
        min_value=-100,
        max_value=1000,
        label="Or the change from the baseline, in per cent",
        help_text="-20 is a fifth less.",
    )
    ends = MonthField(
        max_length=20,
        label="Last of the twelve months",
        help_text="2026-03.",
        error_messages={
            "required": "Write the last month of the target, such as 2026-03."
        },
    )
    years = forms.IntegerField(
        min_value=1,
        max_value=MOST_YEARS,
        label="Years from the baseline to the target",
        error_messages={"required": "Say how many years the target has."},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    set_by = forms.CharField(required=False, max_length=200, label="Who set it")
    why = forms.CharField(
        required=False,
        widget=forms.Textarea,
        label="Why this number",
        help_text="The evidence, in the words of those who set it.",
    )
    source = forms.CharField(
        required=False, max_length=300, label="Where that can be read"
    )
    claim = NumberField(
        required=False,
        min_value=0,
        label="What was claimed of it",
        help_text="How many fewer or more in all; of a share, the per cent promised.",
    )
    since = FiguresField(
        required=False,
        max_length=300,
        label="Each year since the baseline",
        help_text="Where months are given, leave it empty.",
    )
    asked = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        label="Of a share: people asked for the baseline",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    asked_now = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        label="Of a share: people asked for the newest figure",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        required=False,
        empty_label="None",
        label="The indicator that counts it each month",
    )
    monthly = MonthsField(
        required=False,
        max_length=20_000,
        label="Or the counts by month",
        help_text="A line for each month: 2026-03 85. With 24 months or more there is "
        "a chance of being met.",
    )
    basket = forms.ChoiceField(
        required=False,
        label="Or count them from the evidence store",
        help_text="The borough’s recorded crime, month by month, as it is known today.",
    )
    commitment = forms.ModelChoiceField(
        Commitment.objects.none(),
        required=False,
        empty_label="None",
        label="The commitment it comes from",
    )
    action = forms.ModelChoiceField(
        Action.objects.none(),
        required=False,
        empty_label="None",
        label="The action it belongs to",
    )
    public = forms.BooleanField(required=False, label="Everybody may read it")

    def __init__(self, *args: Any, partnership: Partnership, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = {
            "indicator": Indicator.objects.filter(partnership=partnership),
            "commitment": Commitment.objects.standing().filter(
                plan__partnership=partnership
            ),
            "action": Action.objects.filter(
                plan__partnership=partnership, removed_at=None
            ).select_related("strand"),
        }
        for name, among in choices.items():
            self.fields[name].queryset = among  # type: ignore[attr-defined]
        self.borough = partnership.area_code
        known = [(name, each.title) for name, each in baskets().items()]
        self.fields["basket"].choices = [("", "No"), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        given = [said.get("number") is not None, said.get("change") is not None]
        if "number" not in self.errors and "change" not in self.errors:
            if all(given):
                self.add_error("change", "Give a target or a change: leave one empty.")
            if not any(given):
                self.add_error("number", "Give the target, or the change it asks.")
        if said.get("kind") == Target.Kind.SHARE:
            self.check_share(said)
        self.check_months(said)
        return said

    def check_share(self, said: dict[str, Any]) -> None:
        if said.get("asked") is None and "asked" not in self.errors:
            self.add_error("asked", "Say how many people the survey asked.")
        if len(said.get("baseline") or ()) > 1:
            self.add_error("baseline", "A share has one figure for its baseline.")
        if said.get("number") is None and "number" not in self.errors:
            self.add_error(
                "number",
                "Give the share in per cent: of a change nobody can tell whether it "
                "is points or a part of the baseline.",
            )

    def check_months(self, said: dict[str, Any]) -> None:
        indicator, basket = said.get("indicator"), said.pop("basket", "")
        if sum(map(bool, (indicator, basket, said.get("monthly")))) > 1:
            self.add_error(
                "monthly", "Months come from one place: leave the others empty."
            )
        elif basket:
            said["monthly"] = months_of_basket(self.borough, basket)
            if not said["monthly"]:
                self.add_error(
                    "basket", "The evidence store has no recorded crime of the borough."
                )
        if indicator and not has_months(indicator):
            self.add_error(
                "indicator", f"{indicator} is not a monthly count. Choose another."
            )


def initial_of(target: Target) -> dict[str, Any]:
    """What a form about a target begins with."""
    beside = {"public", "basket"}
    names = [name for name in TargetForm.base_fields if name not in beside]
    said = {name: getattr(target, name) for name in names}
    return said | {"public": target.is_public}
