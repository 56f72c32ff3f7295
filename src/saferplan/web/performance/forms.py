"""Forms of this app."""

from collections.abc import Mapping
from typing import Any

from django import forms

from saferplan.web.core.fields import FOR_EXAMPLE, DayField
from saferplan.web.partnerships.models import Organisation, Partnership, Person
from saferplan.web.performance.evidence import ALL, DATASETS
from saferplan.web.performance.findings import choices
from saferplan.web.performance.models import Indicator
from saferplan.web.plans.models import Action

WORDS = (
    *("title", "definition", "why", "kind", "numerator", "denominator", "per", "unit"),
    *("decimals", "polarity", "frequency", "roll_up", "due_after", "source", "split"),
    *(
        "groups",
        "groups_add",
        "hides_small",
        "caveats",
        "owner",
        "person",
        "actions",
        "green_from",
    ),
    *("amber_from", "target", "target_from", "locked_through"),
)


MOST_GROUPS = 40  # as many as a borough has wards, and some more


class NumberField(forms.FloatField):
    """A number as people type it: with commas in it, or a % after it."""

    default_error_messages = {"invalid": "Type a number in digits, such as 1,204."}
    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace(",", "").strip().removesuffix("%").strip()
        return super().to_python(value)


class GroupsField(forms.Field):
    """Groups as people type them: a line for each thing that sets them apart."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        if isinstance(value, list):
            return value
        return [split_in(line) for line in (value or "").splitlines() if line.strip()]

    def validate(self, value: list[dict[str, Any]]) -> None:
        names = [each["by"].casefold() for each in value]
        if len(names) != len(set(names)):
            raise forms.ValidationError(
                "One thing that sets them apart is there twice."
            )

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{each['by']}: {', '.join(each['groups'])}" for each in value)


def split_in(line: str) -> dict[str, Any]:
    """
    Read a line of groups.

    >>> split_in("Sex: Women, Men")
    {'by': 'Sex', 'groups': ['Women', 'Men']}
    """
    by, colon, rest = line.partition(":")
    groups = [each.strip() for each in rest.split(",") if each.strip()]
    if not colon or not by.strip() or len(groups) < 2:
        raise forms.ValidationError(
            f"“{line.strip()}” names no groups. Write it as “Sex: Women, Men”."
        )
    if len({each.casefold() for each in groups}) < len(groups):
        raise forms.ValidationError(f"A group of “{by.strip()}” is there twice.")
    if len(groups) > MOST_GROUPS:
        raise forms.ValidationError(
            f"“{by.strip()}” has {len(groups)} groups. Give {MOST_GROUPS} at the most."
        )
    return {"by": by.strip()[:100], "groups": [each[:100] for each in groups]}


class IndicatorForm(forms.Form):
    """What an indicator is. Which fields it has to have depends on its kind."""

    title = forms.CharField(
        max_length=200,
        label="What it is called",
        error_messages={"required": "Say what it is called."},
    )
    definition = forms.CharField(
        widget=forms.Textarea,
        label="What exactly is counted",
        error_messages={"required": "Say what exactly is counted."},
        help_text="And what is not: somebody else should come to the same figure.",
    )
    why = forms.CharField(
        required=False, widget=forms.Textarea, label="Why anybody should care"
    )
    kind = forms.ChoiceField(
        choices=Indicator.Kind.choices,
        widget=forms.RadioSelect,
        label="What kind of figure it is",
    )
    numerator = forms.CharField(
        required=False, max_length=300, label="What is counted of them"
    )
    denominator = forms.CharField(
        required=False,
        max_length=300,
        label="Out of what",
        help_text="For one count out of another.",
    )
    per = forms.IntegerField(
        min_value=1,
        initial=100,
        label="Per how many",
        help_text="100 for a percentage, 1,000 for a rate per 1,000 residents.",
    )
    unit = forms.CharField(
        max_length=100,
        label="Unit",
        error_messages={"required": "Say what it is counted in, such as offences."},
        help_text="Such as “offences”, “% of victims”, “days”.",
    )
    decimals = forms.IntegerField(
        min_value=0, max_value=3, initial=0, label="Decimals to show"
    )
    polarity = forms.ChoiceField(
        choices=Indicator.Polarity.choices,
        widget=forms.RadioSelect,
        label="Which way is better",
    )
    frequency = forms.ChoiceField(
        choices=Indicator.Frequency.choices,
        widget=forms.RadioSelect,
        label="How often there is a figure",
        initial=Indicator.Frequency.MONTH,
    )
    roll_up = forms.ChoiceField(
        choices=Indicator.RollUp.choices,
        widget=forms.RadioSelect,
        label="How several periods become one figure",
        initial=Indicator.RollUp.SUM,
    )
    due_after = forms.IntegerField(
        min_value=0,
        max_value=400,
        initial=30,
        label="Days until a figure is due",
        help_text="After the last day of its period. From then on it is not reported.",
    )
    owner = forms.ModelChoiceField(Organisation.objects, label="Who owns it")
    person = forms.ModelChoiceField(
        Person.objects.all(),
        required=False,
        empty_label="Nobody yet",
        label="Whom to ask there",
    )
    source = forms.ChoiceField(
        choices=Indicator.Source.choices,
        widget=forms.RadioSelect,
        label="Where its figures come from",
        initial=Indicator.Source.RETURN,
    )
    dataset = forms.ChoiceField(
        required=False,
        choices=[("", "None"), *((k, each.title) for k, each in DATASETS.items())],
        label="Which evidence",
        help_text="If it is drawn from the evidence store.",
    )
    area = forms.CharField(
        required=False, max_length=9, label="Area code", help_text="Such as E09000001."
    )
    measure = forms.CharField(
        required=False,
        max_length=200,
        label="What of it",
        help_text=f"As the publisher calls it, such as Burglary; or {ALL}.",
    )
    finding = forms.ChoiceField(
        required=False,
        label="Which finding",
        help_text="If it is drawn from accepted findings. Shares become per cent.",
    )
    split = forms.CharField(
        required=False,
        max_length=300,
        label="By what else it could be shown apart",
        help_text="Such as school or station, if nobody returns it so yet.",
    )
    groups = GroupsField(
        required=False,
        label="By which groups it is returned",
        help_text="A line for each thing that sets them apart, such as "
        "“Sex: Women, Men”. Small counts of groups are never shown to those outside "
        "the partnership.",
    )
    groups_add = forms.ChoiceField(
        required=False,
        choices=Indicator.GroupsAdd.choices,
        widget=forms.RadioSelect,
        label="Whether its groups add up",
        initial=Indicator.GroupsAdd.NONE,
    )
    hides_small = forms.BooleanField(
        required=False,
        label="Hide counts of 1 to 4 from those outside the partnership",
        help_text="Because so few people could be known by them.",
    )
    green_from = NumberField(required=False, label="Green at this, or better")
    amber_from = NumberField(required=False, label="Amber at this, or better")
    target = NumberField(required=False, label="Target")
    target_from = forms.CharField(
        required=False, max_length=300, label="Who set the target, and when"
    )
    caveats = forms.CharField(
        required=False, widget=forms.Textarea, label="What to be careful about"
    )
    actions = forms.ModelMultipleChoiceField(
        Action.objects.none(),
        required=False,
        label="Actions it is a measure of",
        widget=forms.CheckboxSelectMultiple,
    )
    locked_through = DayField(
        required=False,
        label="Locked up to",
        help_text="No figure for a period that begins on this day or before can be "
        "returned or corrected. " + FOR_EXAMPLE,
    )
    public = forms.BooleanField(
        required=False, label="Everybody may read its approved figures"
    )

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        indicator: Indicator | None = None,
        **options: Any,
    ) -> None:
        if indicator is not None:
            options["initial"] = {
                **{name: getattr(indicator, name) for name in WORDS},
                **indicator.evidence,
                "actions": indicator.actions.all(),
                "public": indicator.is_public,
            }
        super().__init__(*args, **options)
        limited: dict[str, Any] = {
            "owner": partnership.organisations.all(),
            "person": Person.objects.filter(
                memberships__partnership=partnership, memberships__ended_at=None
            ),
            "actions": Action.objects.standing()
            .filter(plan__partnership=partnership)
            .select_related("strand"),
        }
        self.fields["finding"].choices = [  # type: ignore[attr-defined]
            ("", "None"),
            *choices(partnership),
        ]
        for name, among in limited.items():
            self.fields[name].queryset = among  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == Indicator.Kind.RATIO and not said.get("denominator"):
            self.add_error("denominator", "Say what it is out of.")
        if said.get("source") == Indicator.Source.EVIDENCE:
            self.check_evidence(said)
        if said.get("source") == Indicator.Source.FINDING:
            self.check_finding(said)
        self.check_thresholds(said)
        self.check_adding_up(said)
        return said

    def check_adding_up(self, said: dict[str, Any]) -> None:
        kind, adds = said.get("kind"), said.get("groups_add")
        said["groups_add"] = adds or Indicator.GroupsAdd.NONE
        wrong = {
            (Indicator.Kind.COUNT, Indicator.GroupsAdd.WEIGHTED),
            (Indicator.Kind.RATIO, Indicator.GroupsAdd.SUM),
            (Indicator.Kind.MEASURED, Indicator.GroupsAdd.SUM),
            (Indicator.Kind.MEASURED, Indicator.GroupsAdd.WEIGHTED),
        }
        if (kind, adds) in wrong:
            self.add_error(
                "groups_add",
                "Counts add up; one count out of another is weighted; and what is "
                "measured some other way is never added.",
            )
        if kind == Indicator.Kind.MEASURED and said.get("roll_up") == "sum":
            self.add_error(
                "roll_up",
                "What is measured some other way does not add up: a quarter is no sum "
                "of its medians. Take the mean, the last, or none.",
            )

    def check_evidence(self, said: Mapping[str, Any]) -> None:
        if said.get("kind") != Indicator.Kind.COUNT:
            self.add_error("kind", "What is drawn from the evidence store is a count.")
        for name, what in (
            ("dataset", "which evidence"),
            ("area", "of which area"),
            ("measure", "what of it"),
        ):
            if not said.get(name):
                self.add_error(name, f"Say {what} it is drawn from.")
        dataset = DATASETS.get(said.get("dataset") or "")
        if dataset and not dataset.adds_up and said.get("measure") == ALL:
            self.add_error(
                "measure", "Its parts overlap, so they do not add up. Name one of them."
            )

    def check_finding(self, said: Mapping[str, Any]) -> None:
        if said.get("kind") == Indicator.Kind.RATIO:
            self.add_error(
                "kind",
                "A finding gives one figure: choose a count, or a figure measured "
                "some other way.",
            )
        if not said.get("finding"):
            self.add_error("finding", "Say which finding it is drawn from.")

    def check_thresholds(self, said: Mapping[str, Any]) -> None:
        green, amber = said.get("green_from"), said.get("amber_from")
        if (green is None) != (amber is None):
            missing = "green_from" if green is None else "amber_from"
            self.add_error(missing, "Give both thresholds, or neither.")
        if green is None or amber is None:
            return
        match said.get("polarity"):
            case "neither":
                self.add_error("polarity", "What is green needs a better way.")
            case "up" if amber >= green:
                self.add_error("amber_from", "Amber must be lower than green.")
            case "down" if amber <= green:
                self.add_error("amber_from", "Amber must be higher than green.")

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        said = self.cleaned_data
        parts = {
            Indicator.Source.EVIDENCE: ("dataset", "area", "measure"),
            Indicator.Source.FINDING: ("finding",),
        }.get(said["source"], ())
        return {
            **{name: said[name] for name in WORDS},
            "evidence": {name: said[name] for name in parts},
            "public": said["public"],
        }


class RetireForm(forms.Form):
    """When nothing is counted for an indicator any more, why, and what is instead."""

    on = DayField(
        label="Its last day",
        help_text="Nothing is due of a period that ends after it. " + FOR_EXAMPLE,
    )
    why = forms.CharField(
        max_length=1000,
        widget=forms.Textarea,
        label="Why it is retired",
        error_messages={"required": "Say why it is retired."},
    )
    replaced_by = forms.ModelChoiceField(
        Indicator.objects,
        required=False,
        empty_label="Nothing",
        label="What is kept instead",
    )

    def __init__(self, *args: Any, indicator: Indicator, **options: Any) -> None:
        super().__init__(*args, **options)
        others = indicator.partnership.indicators.kept().exclude(pk=indicator.pk)
        self.fields["replaced_by"].queryset = others  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    why = forms.CharField(
        max_length=1000,
        widget=forms.Textarea,
        label="What is wrong with it?",
        error_messages={"required": "Say what is wrong with it."},
    )
