"""Forms of this app."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from saferplan.web.core.fields import DayField, DocumentField
from saferplan.web.core.forms import DocumentForm
from saferplan.web.partnerships.models import Organisation, Person
from saferplan.web.plans.evidence import findings_for
from saferplan.web.plans.models import Action, Plan, Priority, Strand, Theme, Version
from saferplan.web.plans.models.action import WORDING, Status
from saferplan.web.plans.models.plan import Level


class ReadForm(DocumentForm):
    """A document that holds a plan."""

    sent = DocumentField(
        required=False,
        label="File",
        help_text="Word, Excel, CSV, a web page or text. Of a PDF, paste the text.",
    )
    pasted = forms.CharField(
        required=False,
        label="Or paste the text",
        help_text="Copy the whole document, headings and table included.",
        widget=forms.Textarea,
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class SettleForm(forms.Form):
    """How an action stands, where the document leaves it unclear."""

    action = forms.CharField(max_length=20, widget=forms.HiddenInput)
    state = forms.ChoiceField(
        choices=[("done", "Done"), ("partly", "Partly done"), ("open", "Not done")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the action stands."},
    )
    reason = forms.CharField(required=False, max_length=500)


class ActionForm(forms.Form):
    """The words of an action. `seen` is the edition this person was looking at."""

    text = forms.CharField(
        widget=forms.Textarea,
        label="What will be done",
        error_messages={"required": "Write what will be done."},
    )
    lead = forms.ModelChoiceField(
        Organisation.objects,
        required=False,
        empty_label="Nobody yet",
        label="Who leads",
    )
    owner = forms.ModelChoiceField(
        Person.objects.all(),
        required=False,
        empty_label="Nobody yet",
        label="Who reports on it",
    )
    owner_address = forms.EmailField(
        required=False,
        label="Or their e-mail address, if they have no account",
        help_text="They get a link with which they report without signing in.",
    )
    contributors = forms.ModelMultipleChoiceField(
        Organisation.objects,
        required=False,
        label="Who helps",
        widget=forms.CheckboxSelectMultiple,
    )
    needs = forms.ModelMultipleChoiceField(
        Action.objects,
        required=False,
        label="What must be done first",
        widget=forms.CheckboxSelectMultiple,
    )
    priority = forms.ModelChoiceField(
        Priority.objects,
        required=False,
        empty_label="None",
        label="Which priority of the partnership it serves",
    )
    findings = forms.MultipleChoiceField(
        required=False,
        label="What it rests on in the assessment",
        widget=forms.CheckboxSelectMultiple,
    )
    measure = forms.CharField(
        required=False,
        max_length=300,
        label="How anybody can tell that it worked",
        help_text="Something that can be counted, and in whose figures.",
    )
    baseline = forms.CharField(
        required=False, max_length=300, label="Where it stands before"
    )
    target = forms.CharField(
        required=False, max_length=300, label="Where it should stand after"
    )
    time_frame = forms.CharField(
        required=False,
        max_length=300,
        label="Time frame",
        help_text="As you would say it: “March 2027”, “June 2026 / monthly”, “Begin "
        "July 2026”, “Review quarterly”.",
    )
    money = forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        label="Money, in pounds",
    )
    money_from = forms.CharField(
        required=False, max_length=200, label="Where the money comes from"
    )
    staff_days = forms.IntegerField(
        required=False,
        min_value=0,
        label="Days of work it takes in all",
        help_text="Of all who do it together.",
    )
    level = forms.ChoiceField(
        required=False,
        choices=[("", "Not said"), *Level.choices],
        label="Where it is best done",
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, plan: Plan, action: Action | None = None, **options: Any
    ) -> None:
        if action is not None:
            options["initial"] = {
                **{name: getattr(action, name) for name in words_in(self.base_fields)},
                "contributors": action.contributors.all(),
                "needs": action.needs.all(),
                "findings": [key_of(each) for each in action.findings],
                "seen": action.edition,
            }
        super().__init__(*args, **options)
        partnership = plan.partnership
        limited: dict[str, Any] = {
            "lead": partnership.organisations.all(),
            "contributors": partnership.organisations.all(),
            "owner": Person.objects.filter(
                memberships__partnership=partnership, memberships__ended_at=None
            ),
        }
        limited["needs"] = plan.actions.standing().select_related("strand")
        limited["priority"] = priorities_for(plan, action)
        if action is not None:
            limited["needs"] = limited["needs"].exclude(pk=action.pk)
        for name, among in limited.items():
            self.fields[name].queryset = among  # type: ignore[attr-defined]
        # What it rests on already stays a choice when a newer assessment comes.
        self.known = {
            key_of(each): each
            for each in (*findings_for(plan), *(action.findings if action else ()))
        }
        choices = [(key, each["title"]) for key, each in self.known.items()]
        self.fields["findings"].choices = choices  # type: ignore[attr-defined]

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        said = {name: self.cleaned_data[name] for name in words_in(self.base_fields)}
        said["findings"] = [self.known[key] for key in said["findings"]]
        return said


def priorities_for(plan: Plan, action: Action | None) -> QuerySet[Priority]:
    """Those of now, and the one it serves already if that is of an earlier era."""
    current = [
        each.pk for each in plan.partnership.eras.all() if each.state == "current"
    ]
    kept = action.priority_id if action else None
    among = Q(era__in=current) | Q(pk=kept) if kept else Q(era__in=current)
    return Priority.objects.filter(among)


def key_of(finding: dict[str, Any]) -> str:
    return f"{finding['assessment']}:{finding['finding']}"


def words_in(fields: Iterable[str]) -> list[str]:
    """The fields of a form that are words of an action."""
    return [name for name in fields if name in WORDING]


class NewActionForm(ActionForm):
    """An action with the place it takes."""

    strand = forms.ModelChoiceField(Strand.objects.all(), empty_label=None)
    theme = forms.ModelChoiceField(Theme.objects.all(), empty_label=None)
    field_order = ["strand", "theme"]

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, plan=plan, **options)
        self.fields["strand"].queryset = plan.strands.standing()  # type: ignore[attr-defined]
        self.fields["theme"].queryset = plan.themes.standing()  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Where an action stands in its plan."""

    strand = forms.ModelChoiceField(Strand.objects.all(), empty_label=None)
    theme = forms.ModelChoiceField(Theme.objects.all(), empty_label=None)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, action: Action, **options: Any) -> None:
        options["initial"] = {
            "strand": action.strand_id,
            "theme": action.theme_id,
            "seen": action.edition,
        }
        super().__init__(*args, **options)
        plan = action.plan
        self.fields["strand"].queryset = plan.strands.standing()  # type: ignore[attr-defined]
        self.fields["theme"].queryset = plan.themes.standing()  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """How an action stands."""

    status = forms.ChoiceField(
        choices=[each for each in Status.choices if each[0] != Status.NOT_SETTLED],
        widget=forms.RadioSelect,
        label="How does it stand?",
        error_messages={"required": "Choose how the action stands."},
    )
    said = forms.CharField(
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        label="What was done, and what stands in the way",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        status = said.get("status")
        if status in (Status.STOPPED, Status.PARTLY) and not said.get("said", ""):
            self.add_error("said", f"Say why it is {Status(status).label.lower()}.")
        return said


class PutForwardForm(forms.Form):
    """What to do with the plan as it stands now."""

    state = forms.ChoiceField(
        choices=[
            (Version.State.CONSULTED, "Put it to consultation"),
            (Version.State.ADOPTED, "Adopt it"),
        ],
        widget=forms.RadioSelect,
        label="What should happen to the plan as it stands now?",
        error_messages={"required": "Choose what should happen."},
    )
    on = DayField(
        label="On which day",
        error_messages={"required": "Give the day it was agreed."},
        initial=timezone.localdate,
    )
    note = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        label="Who agreed, and where",
        help_text="Such as: Partnership board of 18 March 2026, minute 4. Needed to "
        "adopt it.",
    )

    equality_reason = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        label="Why it is adopted without a signed-off equality analysis",
        help_text="Only if there is none of what the plan says now. For all to read.",
    )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError("This day is still to come. Give the day it was.")
        return on

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("state") == Version.State.ADOPTED and not said.get("note"):
            self.add_error("note", "Say who adopted the plan, and where.")
        return said


class TaskForm(forms.Form):
    text = forms.CharField(
        max_length=300,
        label="Next step",
        error_messages={"required": "Write what the next step is."},
    )
    due = DayField(required=False, label="By when")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea,
        label="Why?",
        error_messages={"required": "Say why. Others will ask."},
    )
