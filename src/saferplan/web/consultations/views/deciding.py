"""The points people made, and the decision on each."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode

from saferplan.errors import NotAllowed
from saferplan.web.consultations.changes import difference
from saferplan.web.consultations.deciding_forms import (
    DecisionForm,
    FilterForm,
    WhyForm,
    WordsForm,
)
from saferplan.web.consultations.models import Consultation, Point
from saferplan.web.consultations.models.point import PointQuerySet
from saferplan.web.consultations.services.deciding import decide, reopen, show_change
from saferplan.web.consultations.services.reporting import points_of
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.core.downloads import Cell, table_response
from saferplan.web.core.numbers import number_in
from saferplan.web.partnerships.requests import MemberRequest, members_only

ON_A_PAGE = 50
MOST_AT_ONCE = 2_000
POINT_COLUMNS = (
    *("Response", "Kind of respondent", "Channel", "Question", "Part of the draft"),
    *("Point", "Kind of point", "What became of it", "Why"),
)
DECISION_COLUMNS = (
    *("What people said", "Points", "Responses", "What became of it", "Why"),
    *("Words of the draft", "Words now"),
)


def with_answers(consultation: Consultation) -> PointQuerySet:
    """The points that stand, each with its place and what was decided on it."""
    return points_of(consultation).select_related(
        "response", "question", "passage", "answered__decision"
    )


def narrowed(found: PointQuerySet, form: FilterForm) -> PointQuerySet:
    said = form.cleaned_data if form.is_valid() else {}
    if said.get("state") == "waiting":
        found = found.filter(answered=None)
    if said.get("state") == "answered":
        found = found.exclude(answered=None)
    for name in ("question", "passage"):
        if said.get(name):
            found = found.filter(**{name: said[name]})
    if said.get("theme"):
        found = found.filter(answer__codings__themes=said["theme"]).distinct()
    if said.get("campaign"):
        of = form.campaigns[said["campaign"]]
        found = found.filter(answer__in=of.answers)
    if said.get("holding"):
        found = found.filter(text__icontains=said["holding"])
    return found


@members_only
def points(request: MemberRequest, pk: int) -> HttpResponse:
    """What people said, point by point, to be answered one by one or together."""
    consultation = read_consultation(request, pk)
    asked = {"state": "waiting", **request.GET.dict()}
    form = FilterForm(asked, consultation=consultation, auto_id="by_%s")
    everything = with_answers(consultation)
    page = Paginator(narrowed(everything, form), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    kept = [(name, asked[name]) for name in form.fields if name in asked]
    return render(
        request,
        "consultations/points.html",
        {
            "consultation": consultation,
            "form": form,
            "page": page,
            "kept": urlencode(kept),
            "total": everything.count(),
            "waiting": everything.filter(answered=None).count(),
        },
    )


@members_only
def points_table(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Every point and what became of it. It names nobody who did not agree to it."""
    consultation = read_consultation(request, pk)
    rows: list[list[Cell]] = []
    for point in with_answers(consultation):
        answered = getattr(point, "answered", None)
        decision = answered.decision if answered else None
        rows.append(
            [
                point.response.reference,
                point.response.get_kind_display(),
                point.response.get_channel_display(),
                str(point.question or ""),
                str(point.passage or ""),
                point.text,
                point.kind,
                decision.get_disposition_display() if decision else "Not yet answered",
                decision.reason if decision else "",
            ]
        )
    return table_response("points", kind, POINT_COLUMNS, rows)


@members_only
def decide_points(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer together the points that were chosen, or all that match a filter."""
    consultation = read_consultation(request, pk)
    chosen = chosen_points(consultation, request)
    if not chosen:
        messages.error(request, "Choose at least one point to answer.")
        return redirect("consultations:points", pk=pk)
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        consultation=consultation,
        initial=words_before(chosen),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = decide(chosen, by=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, answered_in_words(len(chosen)))
            return redirect("consultations:decision", pk=pk, decision_id=made.pk)
    return render(
        request,
        "consultations/decide.html",
        {
            "consultation": consultation,
            "form": form,
            "points": chosen,
            "ids": ",".join(str(point.pk) for point in chosen),
            "most": MOST_AT_ONCE,
        },
        status=422 if form.errors else 200,
    )


def chosen_points(consultation: Consultation, request: HttpRequest) -> list[Point]:
    """
    Return the points that `point=` names, those that a `decision=` answers, or with
    `all=` those of a filter.

    A form sends back the numbers of those it showed: nobody answers what came in
    meanwhile and they never saw.
    """
    asked = request.POST if request.method == "POST" else request.GET
    found = with_answers(consultation)
    if "decision" in asked:
        found = found.filter(answered__decision=number_in(asked["decision"]))
    elif "all" in asked:
        form = FilterForm(asked, consultation=consultation)
        found = narrowed(found, form) if form.narrows else found.none()
    else:
        numbers = ",".join(asked.getlist("point")).split(",")
        found = found.filter(pk__in=[number_in(each) for each in numbers])
    return list(found[:MOST_AT_ONCE])


def words_before(chosen: list[Point]) -> dict[str, Any]:
    """
    What was decided before on the first of them, to be changed; or its place.

    What they said is not filled in: it is published, and they may not have agreed to
    have their own words there.
    """
    answered = getattr(chosen[0], "answered", None)
    if answered is None:
        return {"before": chosen[0].passage_id}
    names = ("said", "disposition", "reason", "changes_plan", "before", "after")
    return {name: getattr(answered.decision, name) for name in names}


def answered_in_words(count: int) -> str:
    return "The point is answered." if count == 1 else f"{count} points are answered."


@members_only
def decisions(request: MemberRequest, pk: int) -> HttpResponse:
    """What was decided, and on how many points."""
    consultation = read_consultation(request, pk)
    return render(
        request,
        "consultations/decisions.html",
        {"consultation": consultation, "rows": rows_of(consultation)},
    )


def rows_of(consultation: Consultation) -> list[dict[str, Any]]:
    """Decisions that stand for something, and how many they answer."""
    found: dict[int, dict[str, Any]] = {}
    rows = with_answers(consultation).exclude(answered=None)
    for point in rows.select_related(
        "answered__decision__before__draft", "answered__decision__after__draft"
    ):
        decision = point.answered.decision
        row = found.setdefault(
            decision.pk, {"decision": decision, "points": 0, "responses": set()}
        )
        row["points"] += 1
        row["responses"].add(point.response_id)
    return [
        {**row, "responses": len(row["responses"])}
        for _, row in sorted(found.items(), key=lambda item: -item[1]["points"])
    ]


@members_only
def decisions_table(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    consultation = read_consultation(request, pk)
    rows: list[list[Cell]] = []
    for row in rows_of(consultation):
        decision = row["decision"]
        rows.append(
            [
                decision.said,
                row["points"],
                row["responses"],
                decision.get_disposition_display(),
                decision.reason,
                decision.before.text if decision.before else "",
                decision.after.text if decision.after else "",
            ]
        )
    return table_response("decisions", kind, DECISION_COLUMNS, rows)


@members_only
def decision(request: MemberRequest, pk: int, decision_id: int) -> HttpResponse:
    """One decision: what it answers, and the words it changed."""
    consultation = read_consultation(request, pk)
    known = consultation.decisions.select_related("by", "taken_back__by")
    found = get_object_or_404(known, pk=decision_id)
    points = list(with_answers(consultation).filter(answered__decision=found))
    return render(
        request,
        "consultations/decision.html",
        {
            "consultation": consultation,
            "decision": found,
            "taken_back": getattr(found, "taken_back", None),
            "points": points,
            "change": difference(
                found.before.text if found.before else "",
                found.after.text if found.after else "",
            ),
        },
    )


@members_only
def words(request: MemberRequest, pk: int, decision_id: int) -> HttpResponse:
    """Say where a later draft says what was promised."""
    consultation = read_consultation(request, pk)
    found = get_object_or_404(consultation.decisions, pk=decision_id)
    form = WordsForm(request.POST or None, consultation=consultation)
    if form.is_valid():
        try:
            made = show_change(found, after=form.cleaned_data["after"], by=request.user)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The changed words stand beside the decision.")
            return redirect("consultations:decision", pk=pk, decision_id=made.pk)
    return render(
        request,
        "consultations/decision_words.html",
        {"consultation": consultation, "decision": found, "form": form},
        status=422 if form.errors else 200,
    )


@members_only
def take_back(request: MemberRequest, pk: int, decision_id: int) -> HttpResponse:
    """Let the points of a decision wait for an answer again."""
    consultation = read_consultation(request, pk)
    found = get_object_or_404(consultation.decisions, pk=decision_id)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            reopen(found, why=form.cleaned_data["reason"], by=request.user)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Its points wait for an answer again.")
            return redirect("consultations:points", pk=pk)
    return render(
        request,
        "consultations/decision_back.html",
        {"consultation": consultation, "decision": found, "form": form},
        status=422 if form.errors else 200,
    )
