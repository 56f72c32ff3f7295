"""Who was heard, what was done to hear others, and how many of each live here."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.consultations.census_groups import CENSUS, census_of, matched
from saferplan.web.consultations.models import Consultation, Population, Question
from saferplan.web.consultations.services.asking_wards import WARD
from saferplan.web.consultations.services.hearing import (
    Row,
    by_week,
    days_left,
    gaps_in,
    heard_by_group,
    keep_population,
    log_outreach,
    participation_of,
    sensitivity_of,
)
from saferplan.web.consultations.services.speaking import heard_in
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.core.downloads import Cell, table_response
from saferplan.web.core.fields import DayField
from saferplan.web.partnerships.requests import MemberRequest, members_only

COLUMNS = (
    *("Question", "Group", "People who answered", "Share of answers"),
    *("Share of residents", "Index", "Lower 95%", "Upper 95%"),
    *("Further voices to match", "Verdict", "Note"),
)
WEIGHTED = (
    *("Answer", "As answered", "Lower 95%", "Upper 95%"),
    *("Weighted", "Weighted, lower 95%", "Weighted, upper 95%"),
    *("People who answered", "Weighted, as many as"),
)
NUMBERS = (
    *("respondents", "share", "population_share"),
    *("index", "lower", "upper", "needed"),
)


class PopulationForm(forms.Form):
    """Residents for each option of a question; none where it is no group."""

    def __init__(self, *args: Any, question: Question, **options: Any) -> None:
        super().__init__(*args, **options)
        for number, option in enumerate(question.options):
            self.fields[f"people_{number}"] = forms.IntegerField(
                required=False, min_value=0, label=option
            )
        self.fields["source"] = forms.CharField(
            max_length=300,
            label="Where these numbers are from, and of when",
            error_messages={"required": "Say where they are from, and of when."},
        )
        self.question = question

    @property
    def people(self) -> dict[str, int]:
        said = self.cleaned_data
        found = {}
        for number, option in enumerate(self.question.options):
            if said.get(f"people_{number}") is not None:
                found[option] = said[f"people_{number}"]
        return found


class OutreachForm(forms.Form):
    group = forms.ChoiceField(label="Which group", widget=forms.RadioSelect)
    what = forms.CharField(
        max_length=300,
        label="What was done",
        help_text="For example: a stall at the youth club.",
        error_messages={"required": "Say what was done."},
    )
    on = DayField(label="When", error_messages={"required": "Say when."})
    reached = forms.IntegerField(
        required=False, min_value=0, label="About how many people it reached"
    )

    def __init__(self, *args: Any, question: Question, **options: Any) -> None:
        super().__init__(*args, **options)
        known = Population.objects.filter(question=question).first()
        groups: Any = self.fields["group"]
        groups.choices = [
            (option, option)
            for option in question.options
            if known is None or option in known.people
        ]


def about_questions(consultation: Consultation) -> list[Question]:
    """Questions about the person that have options to be counted."""
    asked = consultation.questions.filter(apart=True, kind=Question.Kind.ONE)
    return list(asked.select_related("consultation"))


@members_only
def heard(request: MemberRequest, pk: int) -> HttpResponse:
    """Which groups answered, against who lives here, and what can still be done."""
    consultation = read_consultation(request, pk)
    return render(
        request,
        "consultations/heard.html",
        {
            "consultation": consultation,
            "rows": [row_of(each) for each in about_questions(consultation)],
            "days": days_left(consultation),
            "weeks": by_week(consultation),
            "heard": heard_in(consultation),
            "closed_questions": [
                question
                for question in consultation.questions.filter(apart=False)
                if question.kind == Question.Kind.ONE
            ],
        },
    )


def row_of(question: Question) -> Row:
    """One question about the person: who was heard, who is missing, what was done."""
    found = in_order(participation_of(question), question)
    outreach = list(question.outreach.all())
    gaps = gaps_in(found, outreach) if found and "groups" in found else []
    listed = {each["group"] for each in gaps}
    return {
        "question": question,
        "found": found,
        "said": sum(heard_by_group(question)[0].values()),
        "gaps": gaps,
        "outreach": [each for each in outreach if each.group not in listed],
    }


def in_order(found: Row | None, question: Question) -> Row | None:
    """Wards stand by how much they are heard, the least first; groups as asked."""
    if found is None or "problem" in found or question.key != WARD:
        return found

    def place(group: Row) -> tuple[bool, float]:
        return group["index"] is None, group["index"] or 0.0

    return {**found, "groups": sorted(found["groups"], key=place)}


@members_only
def heard_table(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    consultation = read_consultation(request, pk)
    rows: list[list[Cell]] = []
    for question in about_questions(consultation):
        found = participation_of(question) or {}
        for group in found.get("groups", []):
            rows.append(
                [
                    str(question),
                    group["group"],
                    *(
                        None if group[name] is None else round(group[name], 4)
                        for name in NUMBERS
                    ),
                    group["verdict"],
                    group["caution"],
                ]
            )
    return table_response("who-was-heard", kind, COLUMNS, rows)


def about_question(
    request: HttpRequest, pk: int, question_id: int
) -> tuple[Consultation, Question]:
    consultation = read_consultation(request, pk)
    apart = consultation.questions.filter(apart=True).select_related(
        "consultation__partnership"
    )
    return consultation, get_object_or_404(apart, pk=question_id)


@members_only
def population(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Say how many of each group live here; the census fills in what it counts."""
    consultation, question = about_question(request, pk, question_id)
    form = PopulationForm(
        request.POST or None,
        question=question,
        initial=people_before(question) or people_of_census(consultation, question),
    )
    if form.is_valid():
        try:
            keep_population(
                question,
                form.people,
                source=form.cleaned_data["source"],
                by=request.user,
            )
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("consultations:heard", pk=pk)
    return render(
        request,
        "consultations/population.html",
        {"consultation": consultation, "question": question, "form": form},
        status=422 if form.errors else 200,
    )


def people_before(question: Question) -> dict[str, Any]:
    kept = Population.objects.filter(question=question).first()
    if kept is None:
        return {}
    return {**as_fields(question, kept.people), "source": kept.source}


def people_of_census(consultation: Consultation, question: Question) -> dict[str, Any]:
    census = census_of(consultation.partnership.area_code)
    found = matched(question.options, census)
    return {**as_fields(question, found), "source": CENSUS} if found else {}


def as_fields(question: Question, people: dict[str, int]) -> dict[str, Any]:
    return {
        f"people_{number}": people.get(option)
        for number, option in enumerate(question.options)
    }


@members_only
def outreach(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Note what was done so that a group is heard."""
    consultation, question = about_question(request, pk, question_id)
    form = OutreachForm(
        request.POST or None,
        question=question,
        initial={"group": request.GET.get("group"), "on": timezone.localdate()},
    )
    if form.is_valid():
        log_outreach(question, by=request.user, **form.cleaned_data)
        messages.success(request, "It is in the log.")
        return redirect("consultations:heard", pk=pk)
    return render(
        request,
        "consultations/outreach.html",
        {"consultation": consultation, "question": question, "form": form},
        status=422 if form.errors else 200,
    )


def closed_question(
    request: HttpRequest, pk: int, question_id: int
) -> tuple[Consultation, Question]:
    """A question of which one answer is chosen, for somebody who reads them."""
    consultation = read_consultation(request, pk)
    asked = consultation.questions.filter(apart=False, kind=Question.Kind.ONE)
    return consultation, get_object_or_404(asked, pk=question_id)


@members_only
def weights(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """How much a question's result depends on who answered."""
    consultation, question = closed_question(request, pk, question_id)
    found = [sensitivity_of(question, option) for option in question.options]
    rows = [row for row in found if row is not None]
    known = [row for row in rows if "problem" not in row]
    return render(
        request,
        "consultations/weights.html",
        {
            "consultation": consultation,
            "question": question,
            "rows": known,
            "problem": next((row["problem"] for row in rows if row not in known), ""),
            "cautions": cautions_of(known),
        },
    )


def cautions_of(rows: list[Row]) -> list[str]:
    """What holds of every answer once, and what holds of one with its name."""
    said: dict[str, list[str]] = {}
    for row in rows:
        for caution in row["cautions"]:
            said.setdefault(caution, []).append(row["option"])
    return [
        caution if len(options) == len(rows) else f"{', '.join(options)}: {caution}"
        for caution, options in said.items()
    ]


@members_only
def weights_table(
    request: MemberRequest, pk: int, question_id: int, kind: str
) -> HttpResponse:
    _, question = closed_question(request, pk, question_id)
    rows: list[list[Cell]] = [
        [
            row["option"],
            *(round(each, 4) for each in (*row["plain"], *row["weighted"])),
            row["asked"],
            round(row["effective"], 1),
        ]
        for option in question.options
        if (row := sensitivity_of(question, option)) and "problem" not in row
    ]
    return table_response("weighted-and-not", kind, WEIGHTED, rows)
