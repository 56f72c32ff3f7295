"""Priorities: those that hold and held, what could be one, and choosing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import MethodError, NotAllowed
from saferplan.plans.priorities import CRITERIA
from saferplan.web.core.downloads import table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.matrix import in_words, matrix_of, problems_of, weighting_of
from saferplan.web.plans.models import Era, Problem
from saferplan.web.plans.permissions import (
    check_can_choose,
    check_can_compare,
    check_can_write,
)
from saferplan.web.plans.priority_forms import (
    ChoiceForm,
    ProblemForm,
    SetAsideForm,
    WeightingForm,
)
from saferplan.web.plans.services import prioritising
from saferplan.web.plans.serving import serving
from saferplan.web.plans.views.matrix_tables import (
    COLUMNS,
    matrix_rows,
    shown_value,
    standings,
)

STATES = {"current": "green", "to come": "blue", "superseded": "grey", "over": "grey"}


@login_not_required
def everything(request: HttpRequest) -> HttpResponse:
    """The priorities that hold, and those that held, for everybody."""
    membership = getattr(request.user, "membership", None)
    here = membership.partnership if membership else None
    return render(
        request,
        "plans/priorities.html",
        {
            "eras": Era.objects.with_all(),
            "states": STATES,
            "may_compare": here and allows(check_can_compare, request.user, here),
            "may_choose": here and allows(check_can_choose, request.user, here),
        },
    )


@login_not_required
def era(request: HttpRequest, era_id: int) -> HttpResponse:
    shown = get_object_or_404(Era.objects.with_all(), pk=era_id)
    return render(
        request,
        "plans/era.html",
        {
            "era": shown,
            "states": STATES,
            "serving": serving(
                shown,
                inside=allows(check_can_compare, request.user, shown.partnership),
            ),
            **pictured(shown.table),
        },
    )


def pictured(matrix: dict[str, Any]) -> dict[str, Any]:
    """What a page shows of a matrix, today's or an era's."""
    return {
        "matrix": matrix,
        "criteria": CRITERIA,
        "shown": shown_value,
        "standings": standings(matrix),
        "words": in_words(matrix) if matrix["rows"] else [],
        "columns": COLUMNS,
        "rows": matrix_rows(matrix),
    }


@login_not_required
def era_table(request: HttpRequest, era_id: int, kind: str) -> HttpResponse:
    """How the candidates of an era stood, which were chosen, and why not the others."""
    shown = get_object_or_404(Era.objects.with_all(), pk=era_id)
    chosen = {each.title: each for each in shown.priorities.all()}
    reasons = {each.title: each.why for each in shown.not_chosen.all()}
    rows = [
        [
            title,
            "yes" if title in chosen else "no",
            chosen[title].why if title in chosen else reasons.get(str(title)),
            chosen[title].measure if title in chosen else None,
            *rest,
        ]
        for title, *rest in matrix_rows(shown.table)
    ]
    headings = [COLUMNS[0], "Chosen", "Why, or why not", "Measure", *COLUMNS[1:]]
    return table_response("priorities", kind, headings, rows)


@members_only
def compare(request: MemberRequest) -> HttpResponse:
    """What could be a priority, side by side."""
    here = request.membership.partnership
    check_can_compare(request.user, here)
    problems, weighting = problems_of(here), weighting_of(here)
    return render(
        request,
        "plans/compare.html",
        {
            "partnership": here,
            "weighting": weighting,
            "aside": here.problems.exclude(set_aside_at=None),
            "may_write": allows(check_can_write, request.user, here),
            "may_choose": allows(check_can_choose, request.user, here),
            **pictured(matrix_of(problems, weighting)),
        },
    )


@members_only
def compare_table(request: MemberRequest, kind: str) -> HttpResponse:
    here = request.membership.partnership
    check_can_compare(request.user, here)
    matrix = matrix_of(problems_of(here), weighting_of(here))
    return table_response("candidates", kind, COLUMNS, matrix_rows(matrix))


@require_POST
@members_only
def draw(request: MemberRequest) -> HttpResponse:
    """Take candidates from the newest published assessment."""
    here = request.membership.partnership
    check_can_write(request.user, here)
    try:
        added, renewed = prioritising.draw_problems(here, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    else:
        messages.success(
            request,
            f"{added} candidates are new, and {renewed} have newer figures."
            if added or renewed
            else "Nothing new: the candidates have the newest figures.",
        )
    return redirect("plans:compare")


@members_only
def add(request: MemberRequest) -> HttpResponse:
    """Add a candidate by hand."""
    return write(request, None)


@members_only
def problem(request: MemberRequest, problem_id: int) -> HttpResponse:
    """One candidate: its values, where they are from, and setting it aside."""
    here = request.membership.partnership
    return write(request, get_object_or_404(here.problems, pk=problem_id))


def write(request: MemberRequest, problem: Problem | None) -> HttpResponse:
    here = request.membership.partnership
    check_can_write(request.user, here)
    form = ProblemForm(request.POST or None, partnership=here, problem=problem)
    if form.is_valid():
        try:
            prioritising.save_problem(
                here, problem=problem, by=request.user, **form.words
            )
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"Saved: {form.words['title']}.")
            return redirect("plans:compare")
    return render(
        request,
        "plans/problem.html",
        {
            "form": form,
            "problem": problem,
            "criteria": CRITERIA,
            "aside_form": SetAsideForm(),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@members_only
def aside(request: MemberRequest, problem_id: int) -> HttpResponse:
    """Set a candidate aside with a reason, or put it back without one."""
    here = request.membership.partnership
    found = get_object_or_404(here.problems, pk=problem_id)
    form = SetAsideForm(request.POST)
    if not found.set_aside_at and not form.is_valid():
        check_can_write(request.user, here)
        messages.error(request, "Say why this candidate is set aside.")
        return redirect("plans:problem", problem_id)
    why = "" if found.set_aside_at else form.cleaned_data["why"]
    prioritising.set_aside(found, why=why, by=request.user)
    messages.success(
        request,
        f"{found} is {'set aside' if why else 'among the candidates again'}.",
    )
    return redirect("plans:compare")


@members_only
def weights(request: MemberRequest) -> HttpResponse:
    """What each criterion counts, and why."""
    here = request.membership.partnership
    check_can_write(request.user, here)
    form = WeightingForm(request.POST or None, weighting=weighting_of(here))
    if form.is_valid():
        try:
            prioritising.set_weights(here, by=request.user, **form.words)
        except (NotAllowed, MethodError) as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The candidates are weighed anew.")
            return redirect("plans:compare")
    return render(
        request,
        "plans/weights.html",
        {"form": form, "earlier": here.weightings.select_related("by")},
        status=422 if form.errors else 200,
    )


@members_only
def choose(request: MemberRequest) -> HttpResponse:
    """Record what was agreed: the priorities, and why not the others."""
    here = request.membership.partnership
    check_can_choose(request.user, here)
    problems = problems_of(here)
    matrix = matrix_of(problems, weighting_of(here))
    form = ChoiceForm(request.POST or None, problems=problems, matrix=matrix)
    if form.is_valid():
        try:
            made = prioritising.begin_era(here, by=request.user, **form.words)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The priorities are recorded, for all to read.")
            return redirect("plans:era", made.pk)
    return render(
        request,
        "plans/choose.html",
        {"form": form, "matrix": matrix, "cards": form.cards},
        status=422 if form.errors else 200,
    )
