"""The Gunning file: its page, the facts officers add, and the bundle to take away."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from saferplan.web.consultations.models import FairnessRecord
from saferplan.web.consultations.services.bundling import bundle_of, file_of
from saferplan.web.consultations.services.fairness import record_facts
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.core.fields import DayField
from saferplan.web.core.pages import day
from saferplan.web.partnerships.requests import MemberRequest, members_only

YES_NO = [("yes", "Yes"), ("no", "No"), ("unknown", "Nobody has said")]
SAID = {"yes": True, "no": False, "unknown": None, "": None}
SPANS = ("school holiday", "pre-election period")


class FactsForm(forms.Form):
    """What nobody but the officers knows of a consultation's fairness."""

    reasons_given = forms.ChoiceField(
        required=False,
        choices=YES_NO,
        widget=forms.RadioSelect,
        label="Does the draft give reasons for what it proposes?",
    )
    equality_on = DayField(
        required=False,
        label="The day on which people could first read the equality analysis",
        help_text="Where it is kept with the plan here, the day is known. Otherwise "
        "give it, such as 4 January 2027 or 4/1/2027.",
    )
    decided_on = DayField(
        required=False,
        label="The day the plan was decided",
        help_text="Leave it empty while it is not. Such as 4 March 2027 or 4/3/2027.",
    )
    paper = forms.CharField(
        required=False,
        max_length=300,
        label="The paper for the decision",
        help_text="Its title, or where it can be read.",
    )
    paper_on = DayField(required=False, label="The day that paper was published")
    paper_cites = forms.ChoiceField(
        required=False,
        choices=YES_NO,
        widget=forms.RadioSelect,
        label="Does that paper tell what people said?",
    )
    days = forms.CharField(
        required=False,
        widget=forms.Textarea,
        label="What falls within its days",
        help_text="A line each, such as: school holiday, Half term, 15 February 2027, "
        "19 February 2027. Or: pre-election period, with its name and two days. Or: "
        "meeting, Scrutiny committee, 3 February 2027.",
    )

    def clean_reasons_given(self) -> bool | None:
        return SAID[self.cleaned_data["reasons_given"]]

    def clean_paper_cites(self) -> bool | None:
        return SAID[self.cleaned_data["paper_cites"]]

    def clean_days(self) -> dict[str, list[list[str]]]:
        """Read the lines. What cannot be read is named, and what was typed stays."""
        found: dict[str, list[list[str]]] = {"spans": [], "meetings": []}
        for line in filter(str.strip, self.cleaned_data["days"].splitlines()):
            try:
                name, row = of_line(line)
            except (ValueError, forms.ValidationError):
                raise forms.ValidationError(
                    f"“{line.strip()}” cannot be read. Give what it is, its name, and "
                    f"its days such as 15 February 2027, with commas between."
                ) from None
            found[name].append(row)
        return found

    @property
    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {**said.pop("days"), **said}


def of_line(line: str) -> tuple[str, list[str]]:
    kind, *rest = (part.strip() for part in line.split(","))
    if kind == "meeting":
        name, on = rest
        return "meetings", [name, day_in(on).isoformat()]
    if kind not in SPANS:
        raise ValueError(kind)
    name, first, last = rest
    days = [day_in(first), day_in(last)]
    if days != sorted(days):
        raise ValueError(line)
    return "spans", [kind, name, *(each.isoformat() for each in days)]


def day_in(text: str) -> date:
    """Read a day as DayField does. Raises ValidationError if it cannot be read."""
    found: date = DayField().clean(text)
    return found


def lines_of(record: FairnessRecord) -> str:
    """What falls within its days, a line each, as it can be typed again."""
    rows = [*record.spans, *(["meeting", *each] for each in record.meetings)]
    return "\n".join(
        ", ".join([kind, name, *(day(date.fromisoformat(each)) for each in days)])
        for kind, name, *days in rows
    )


@members_only
def gunning(request: MemberRequest, pk: int) -> HttpResponse:
    """Whether the consultation is fair, gate by gate; POST adds facts."""
    consultation = read_consultation(request, pk)
    form = FactsForm(request.POST or None, initial=initial_of(consultation.pk))
    if form.is_valid():
        record_facts(consultation, by=request.user, **form.facts)
        messages.success(request, "The facts are in the file.")
        return redirect("consultations:gunning", pk=pk)
    return render(
        request,
        "consultations/gunning.html",
        {"consultation": consultation, "form": form, "file": file_of(consultation)},
        status=422 if form.errors else 200,
    )


def initial_of(pk: int) -> dict[str, Any]:
    record = FairnessRecord.objects.filter(consultation=pk).first()
    if record is None:
        return {}
    words = {True: "yes", False: "no", None: "unknown"}
    return {
        "reasons_given": words[record.reasons_given],
        "equality_on": record.equality_on,
        "decided_on": record.decided_on,
        "paper": record.paper,
        "paper_on": record.paper_on,
        "paper_cites": words[record.paper_cites],
        "days": lines_of(record),
    }


@members_only
def bundle(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything that shows how the consultation was held, in one file."""
    consultation = read_consultation(request, pk)
    return HttpResponse(
        bundle_of(consultation),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="gunning-file-{pk}.zip"'
        },
    )
