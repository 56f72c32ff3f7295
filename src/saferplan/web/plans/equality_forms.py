"""Forms of an equality analysis."""

from typing import Any

from django import forms

from saferplan.definitions import characteristics
from saferplan.web.core.fields import DayField
from saferplan.web.partnerships.models import Organisation
from saferplan.web.plans.forms import key_of
from saferplan.web.plans.models import (
    EqualityAnalysis,
    EqualityMeasure,
    GroupImpact,
    Plan,
    Strand,
    Theme,
)
from saferplan.web.plans.models.equality import Effect, Magnitude, Outcome
from saferplan.web.plans.services.equality import GROUP_WORDS, WORDS


def prose(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=8000,
        widget=forms.Textarea,
        label=label,
        help_text=hint,
    )


class AnalysisForm(forms.Form):
    """What an analysis says of the plan as a whole."""

    service = forms.CharField(
        required=False, max_length=200, label="Directorate or service that answers"
    )
    aims = prose("What the plan is for")
    affected = prose("Who is affected", "Residents, victims, those suspected, staff.")
    screened_out = prose(
        "If no full analysis is needed: why not",
        "Leave empty for a full analysis. Readers will ask for the evidence.",
    )
    intersectional = prose(
        "People of more than one group",
        "Such as young Black men, or disabled women: where effects add up.",
    )
    eliminate = prose(
        "How it helps to end discrimination, harassment and victimisation",
        "The first limb of section 149 of the Equality Act 2010.",
    )
    advance = prose(
        "How it advances equality of opportunity",
        "The second limb: less disadvantage, different needs met, more taking part.",
    )
    foster = prose(
        "How it fosters good relations",
        "The third limb: against prejudice, for understanding.",
    )
    alternatives = prose("What else was considered")
    mitigation = prose("What is done about what falls unequally")
    outcome = forms.ChoiceField(
        required=False,
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        label="What was decided",
    )
    outcome_why = prose("Why that was decided")
    monitoring = prose("How anybody will see what became of it")
    review_on = DayField(required=False, label="Looked at again by")
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, analysis: EqualityAnalysis, **options: Any) -> None:
        options["initial"] = {name: getattr(analysis, name) for name in WORDS}
        options["initial"]["seen"] = analysis.edition
        super().__init__(*args, **options)

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*WORDS, "seen")}


class GroupForm(forms.Form):
    """What an analysis says of one group."""

    findings = forms.MultipleChoiceField(
        required=False,
        label="Findings of the assessment that speak of them",
        widget=forms.CheckboxSelectMultiple,
        help_text="Found by their words alone. Take out what does not belong.",
    )
    evidence = prose(
        "Other evidence",
        "The local profile, service data, what people said; with source.",
    )
    gaps = prose("What nobody knows")
    effect = forms.ChoiceField(
        choices=Effect.choices,
        widget=forms.RadioSelect,
        label="How the plan affects them",
        error_messages={
            "required": "Choose how they are affected. “Not known” is an answer."
        },
    )
    magnitude = forms.ChoiceField(
        required=False,
        choices=Magnitude.choices,
        widget=forms.RadioSelect,
        label="How much",
    )
    why = prose("Why you think so", "Refer to the evidence above.")
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        group: GroupImpact,
        found: list[dict[str, Any]],
        **options: Any,
    ) -> None:
        options["initial"] = {name: getattr(group, name) for name in GROUP_WORDS}
        options["initial"]["findings"] = [key_of(each) for each in group.findings]
        options["initial"]["seen"] = group.analysis.edition
        super().__init__(*args, **options)
        self.known = {key_of(each): each for each in (*group.findings, *found)}
        self.fields["findings"].choices = [  # type: ignore[attr-defined]
            (key, each.get("sentence") or each["title"])
            for key, each in self.known.items()
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("effect") and not said.get("why"):
            self.add_error("why", "Say why you think so.")
        if said.get("effect") in ("positive", "negative") and not said.get("magnitude"):
            self.add_error("magnitude", "Say how much.")
        return said

    @property
    def words(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in (*GROUP_WORDS, "seen")}
        said["findings"] = [self.known[key] for key in said["findings"]]
        return said


class MeasureForm(forms.Form):
    """Something that is done about an unequal effect."""

    text = forms.CharField(
        widget=forms.Textarea,
        label="What will be done",
        error_messages={"required": "Write what will be done."},
    )
    characteristic = forms.ChoiceField(required=False, label="For whom most of all")
    lead = forms.ModelChoiceField(
        Organisation.objects,
        required=False,
        empty_label="Nobody yet",
        label="Who leads",
    )
    measure = forms.CharField(
        required=False, max_length=300, label="How anybody can tell that it worked"
    )
    time_frame = forms.CharField(
        required=False,
        max_length=300,
        label="Time frame",
        help_text="As you would say it: “March 2027”, “Review quarterly”.",
    )

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        lead = self.fields["lead"]
        lead.queryset = plan.partnership.organisations.all()  # type: ignore[attr-defined]
        self.fields["characteristic"].choices = [  # type: ignore[attr-defined]
            ("", "Everybody"),
            *((name, each.title) for name, each in characteristics().items()),
        ]


class IntoPlanForm(forms.Form):
    """Where in the plan a measure becomes an action."""

    strand = forms.ModelChoiceField(Strand.objects.all(), empty_label=None)
    theme = forms.ModelChoiceField(Theme.objects.all(), empty_label=None)

    def __init__(self, data: Any = None, *, measure: EqualityMeasure) -> None:
        super().__init__(data, auto_id=f"into-{measure.pk}-%s")
        plan = measure.analysis.plan
        self.fields["strand"].queryset = plan.strands.standing()  # type: ignore[attr-defined]
        self.fields["theme"].queryset = plan.themes.standing()  # type: ignore[attr-defined]


class SignForm(forms.Form):
    note = forms.CharField(
        max_length=1000,
        widget=forms.Textarea,
        label="Where it was agreed",
        error_messages={"required": "Say where it was agreed."},
        help_text="Such as: Partnership board of 18 March 2027, minute 3.",
    )
