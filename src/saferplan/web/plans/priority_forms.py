"""Forms of priorities."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from saferplan.plans.priorities import CRITERIA
from saferplan.web.assessments.services import accepted
from saferplan.web.core.fields import DayField
from saferplan.web.partnerships.models import Partnership
from saferplan.web.plans.candidates import reference
from saferplan.web.plans.evidence import published_by
from saferplan.web.plans.forms import key_of
from saferplan.web.plans.models import Problem, Weighting
from saferplan.web.plans.services.prioritising import Chosen


class ProblemForm(forms.Form):
    """A candidate, with a value and its source for each criterion that is known."""

    title = forms.CharField(
        max_length=120,
        label="Problem",
        error_messages={"required": "Name the problem."},
    )
    finding = forms.ChoiceField(required=False, label="The finding that speaks of it")
    source = forms.CharField(
        required=False,
        max_length=300,
        label="Or where it comes from",
        help_text="If no finding speaks of it: a profile, a partner, a petition.",
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        problem: Problem | None,
        **options: Any,
    ) -> None:
        options["initial"] = first_values(problem)
        super().__init__(*args, **options)
        self.problem = problem
        self.known = findings_of(partnership)
        if problem and problem.finding:
            self.known.setdefault(key_of(problem.finding), problem.finding)
        self.fields["finding"].choices = [  # type: ignore[attr-defined]
            ("", "None"),
            *((key, each["title"]) for key, each in self.known.items()),
        ]
        for name, (title, meaning) in CRITERIA.items():
            self.fields[f"value_{name}"] = forms.FloatField(
                required=False, label=title, help_text=f"{meaning}. Empty: not known."
            )
            self.fields[f"source_{name}"] = forms.CharField(
                required=False,
                max_length=300,
                label=f"Where the {title.lower()} is from",
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, (title, _) in CRITERIA.items():
            known = said.get(f"value_{name}") is not None
            if known and not said.get(f"source_{name}"):
                self.add_error(
                    f"source_{name}", f"Say where the {title.lower()} is from."
                )
        if not said.get("finding") and not said.get("source"):
            self.add_error("source", "Choose a finding, or say where it comes from.")
        return said

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"value_{name}"], self[f"source_{name}"]) for name in CRITERIA]

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        said = self.cleaned_data
        before = self.problem.values if self.problem else {}
        values = {}
        for name in CRITERIA:
            value, source = said[f"value_{name}"], said[f"source_{name}"]
            old = before.get(name, {})
            if (value, source) == (old.get("value"), old.get("source", "")):
                values[name] = old
            elif value is not None:
                values[name] = {"value": value, "source": source}
        return {
            "title": said["title"],
            "source": said["source"],
            "finding": self.known.get(said["finding"], {}),
            "values": {name: value for name, value in values.items() if value},
            "seen": said["seen"],
        }


def first_values(problem: Problem | None) -> dict[str, Any]:
    if problem is None:
        return {"seen": 0}
    first: dict[str, Any] = {
        "title": problem.title,
        "source": problem.source,
        "finding": key_of(problem.finding) if problem.finding else "",
        "seen": problem.edition,
    }
    for name in CRITERIA:
        said = problem.values.get(name, {})
        first[f"value_{name}"] = said.get("value")
        first[f"source_{name}"] = said.get("source", "")
    return first


def findings_of(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """The accepted findings of the newest published assessment, by their key."""
    assessment = published_by(partnership)
    if assessment is None:
        return {}
    each = [reference(one, assessment) for one in accepted(assessment).findings]
    return {key_of(one): one for one in each}


class SetAsideForm(forms.Form):
    why = forms.CharField(
        max_length=1000,
        widget=forms.Textarea,
        label="Why it is set aside",
        help_text="It leaves the list of candidates. You can put it back.",
    )


class WeightingForm(forms.Form):
    """What each criterion counts."""

    scoring = forms.ChoiceField(
        label="How candidates are scored on each criterion",
        choices=[
            ("ranks", "By their order: first, second, third"),
            ("min-max", "By how far apart they are"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how candidates are scored."},
    )
    places = forms.IntegerField(
        min_value=1,
        max_value=20,
        label="How many priorities there are to be",
        error_messages={"required": "Say how many priorities there are to be."},
    )
    why = forms.CharField(
        max_length=2000,
        widget=forms.Textarea,
        label="Why these weights",
        error_messages={"required": "Say why you weigh them so."},
    )
    field_order = [f"weight_{name}" for name in CRITERIA]

    def __init__(self, *args: Any, weighting: Weighting, **options: Any) -> None:
        options["initial"] = {
            **{
                f"weight_{name}": tidy(weighting.weights.get(name)) for name in CRITERIA
            },
            "scoring": weighting.scoring,
            "places": weighting.places,
            "why": weighting.why,
        }
        super().__init__(*args, **options)
        for name, (title, meaning) in CRITERIA.items():
            self.fields[f"weight_{name}"] = forms.FloatField(
                min_value=0,
                max_value=100,
                label=title,
                help_text=f"{meaning}.",
                error_messages={
                    "required": f"Say what the {title.lower()} counts; 0 is nothing."
                },
            )
        self.order_fields(self.field_order)

    @property
    def words(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "weights": {name: said[f"weight_{name}"] for name in CRITERIA},
            "scoring": said["scoring"],
            "places": said["places"],
            "why": said["why"],
        }


def tidy(number: float | None) -> float | int:
    """
    A number as people write it.

    >>> tidy(2.0), tidy(0.5), tidy(None)
    (2, 0.5, 0)
    """
    value = number or 0
    return int(value) if value == int(value) else value


@dataclass(frozen=True)
class Card:
    """The fields about one candidate."""

    problem: Problem
    row: dict[str, Any]
    chosen: BoundField
    why: BoundField
    rest: list[BoundField]

    @property
    def is_open(self) -> bool:
        return bool(self.chosen.value()) or any(each.errors for each in self.rest)


# What a priority needs besides a reason, by field; the last where no finding speaks.
OF_A_PRIORITY = {
    "measure": "How anybody can tell that it worked",
    "target": "Where it should stand at the end",
    "view": "What people who live or work here say of it",
    "view_source": "Where they said it: a consultation or survey, and when",
    "gap": "What it rests on, as no finding speaks of it",
}


class ChoiceForm(forms.Form):
    """What was agreed, for a span of time."""

    begins = DayField(
        label="First day",
        error_messages={"required": "Give the first day of these priorities."},
    )
    ends = DayField(
        label="Last day",
        error_messages={"required": "Give their last day."},
    )
    review_on = DayField(
        label="The day they are reviewed",
        error_messages={"required": "Give the day they are reviewed."},
    )
    agreed = forms.CharField(
        max_length=300,
        label="Who agreed, and where",
        error_messages={"required": "Say who agreed them, and where."},
        help_text="Such as: Partnership board of 18 March 2027, minute 6.",
    )
    rationale = forms.CharField(
        max_length=4000,
        widget=forms.Textarea,
        label="Why these priorities together",
        error_messages={"required": "Say why these priorities, together."},
    )

    def __init__(
        self,
        *args: Any,
        problems: Sequence[Problem],
        matrix: dict[str, Any],
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self.problems = {each.pk: each for each in problems}
        self.rows = matrix["rows"]
        for row in self.rows:
            pk = row["problem"]
            self.fields[f"chosen_{pk}"] = forms.BooleanField(
                required=False, label=f"Make it a priority: {row['title']}"
            )
            self.fields[f"why_{pk}"] = forms.CharField(
                max_length=2000,
                widget=forms.Textarea,
                label=f"Why, or why not: {row['title']}",
                error_messages={
                    "required": f"Say why {row['title']} was chosen or was not."
                },
            )
            for name, label in OF_A_PRIORITY.items():
                if name == "gap" and row["finding"]:
                    continue
                self.fields[f"{name}_{pk}"] = forms.CharField(
                    required=False,
                    max_length=2000 if name in ("view", "gap") else 300,
                    label=label,
                    widget=forms.Textarea
                    if name in ("view", "gap")
                    else forms.TextInput,
                )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        chosen = [pk for pk in self.problems if said.get(f"chosen_{pk}")]
        if not chosen:
            raise forms.ValidationError("Choose at least one priority.")
        for pk in chosen:
            for name, label in OF_A_PRIORITY.items():
                field = f"{name}_{pk}"
                if name != "target" and field in self.fields and not said.get(field):
                    self.add_error(field, f"{self.problems[pk]}: {label.lower()}?")
        return said

    @property
    def cards(self) -> list[Card]:
        return [
            Card(
                problem=self.problems[row["problem"]],
                row=row,
                chosen=self[f"chosen_{row['problem']}"],
                why=self[f"why_{row['problem']}"],
                rest=[
                    self[f"{name}_{row['problem']}"]
                    for name in OF_A_PRIORITY
                    if f"{name}_{row['problem']}" in self.fields
                ],
            )
            for row in self.rows
        ]

    @property
    def of_the_era(self) -> list[BoundField]:
        return [self[name] for name in self.base_fields]

    @property
    def words(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen, rest = [], {}
        for row in self.rows:
            pk = row["problem"]
            problem, why = self.problems[pk], said[f"why_{pk}"]
            if not said[f"chosen_{pk}"]:
                rest[problem] = why
                continue
            chosen.append(
                Chosen(
                    problem,
                    why,
                    measure=said[f"measure_{pk}"],
                    target=said[f"target_{pk}"],
                    view=said[f"view_{pk}"],
                    view_source=said[f"view_source_{pk}"],
                    evidence_gap=said.get(f"gap_{pk}", ""),
                )
            )
        era = {name: said[name] for name in self.base_fields}
        return {**era, "chosen": chosen, "not_chosen": rest}
