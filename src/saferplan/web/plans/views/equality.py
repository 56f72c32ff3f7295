"""The equality analysis of a plan: reading, writing, and answering for it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from saferplan.definitions import characteristics
from saferplan.errors import NotAllowed
from saferplan.web.core.downloads import Cell, table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.contents import contents_of, digest_of
from saferplan.web.plans.equality_forms import (
    AnalysisForm,
    GroupForm,
    IntoPlanForm,
    MeasureForm,
    SignForm,
)
from saferplan.web.plans.models import EqualityAnalysis, GroupImpact, Plan
from saferplan.web.plans.permissions import check_can_change, check_can_put_forward
from saferplan.web.plans.services import equality
from saferplan.web.plans.services.equality import AnalysisChanged
from saferplan.web.plans.speaking import findings_by_characteristic
from saferplan.web.plans.views.actions import own_plan
from saferplan.web.plans.views.plans import readable, works_on

EFFECTS = {
    "positive": "green",
    "negative": "red",
    "neutral": "grey",
    "unknown": "yellow",
    "": "orange",
}


def shown_to(request: HttpRequest, plan: Plan) -> EqualityAnalysis | None:
    """The newest for those who write the plan; for others, the newest signed."""
    rows = plan.equality_analyses.prefetch_related("groups", "measures__action__strand")
    if not works_on(request, plan):
        rows = rows.signed()
        if not rows.exists():
            raise Http404
    return rows.select_related("by", "signed_by").first()


def open_of(plan: Plan) -> EqualityAnalysis:
    """The analysis that is being written."""
    return get_object_or_404(
        plan.equality_analyses.select_related("plan__partnership"), signed_at=None
    )


@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    plan = readable(request, pk)
    return draw(request, plan, shown_to(request, plan))


@login_not_required
def earlier(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An analysis that was signed off, also after another has come."""
    plan = readable(request, pk)
    return draw(
        request, plan, get_object_or_404(plan.equality_analyses.signed(), number=number)
    )


def draw(
    request: HttpRequest, plan: Plan, analysis: EqualityAnalysis | None
) -> HttpResponse:
    is_open = analysis is not None and analysis.signed_at is None
    may_change = allows(check_can_change, request.user, plan)
    may_write = is_open and may_change
    stale = (
        analysis is not None
        and not is_open
        and works_on(request, plan)
        and analysis.digest != digest_of(contents_of(plan))
    )
    return render(
        request,
        "plans/equality.html",
        {
            "plan": plan,
            "analysis": analysis,
            "completeness": analysis.completeness if analysis else None,
            "effects": EFFECTS,
            "titles": {name: each.title for name, each in characteristics().items()},
            "measures": [
                (each, IntoPlanForm(measure=each) if may_change else None)
                for each in (analysis.measures.all() if analysis else [])
            ],
            "signed": plan.equality_analyses.signed(),
            "stale": stale,
            "late": analysis is not None
            and equality.is_late(analysis, timezone.localdate()),
            "may_write": may_write,
            "may_begin": may_change and not is_open,
            "may_take": may_change and plan.strands.standing().exists(),
            "may_sign": is_open and allows(check_can_put_forward, request.user, plan),
        },
    )


@require_POST
@members_only
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    plan = own_plan(request, pk)
    try:
        equality.begin_analysis(plan, by=request.user)
    except NotAllowed as reason:
        check_can_change(request.user, plan)
        messages.error(request, str(reason))
    return redirect("plans:equality", pk=pk)


@members_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """What the analysis says of the plan as a whole."""
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    analysis = open_of(plan)
    form = AnalysisForm(request.POST or None, analysis=analysis)
    theirs: list[tuple[str, Any]] = []
    if form.is_valid():
        try:
            equality.change_analysis(analysis, by=request.user, **form.words)
        except AnalysisChanged as reason:
            form.add_error(None, str(reason))
            theirs = differing(form, analysis)
            form.data = typed_on(request, analysis.edition)
        else:
            messages.success(request, "Saved.")
            return redirect("plans:equality", pk=pk)
    return render(
        request,
        "plans/equality_change.html",
        {"plan": plan, "form": form, "theirs": theirs},
        status=422 if form.errors else 200,
    )


@members_only
def group(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """What the analysis says of one group."""
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    analysis = open_of(plan)
    rows = analysis.groups.select_related("analysis")
    group = get_object_or_404(rows, characteristic=name)
    found = findings_by_characteristic(plan).get(name, [])
    form = GroupForm(request.POST or None, group=group, found=found)
    theirs: list[tuple[str, Any]] = []
    if form.is_valid():
        try:
            equality.change_group(analysis, name, by=request.user, **form.words)
        except AnalysisChanged as reason:
            form.add_error(None, str(reason))
            theirs = differing(form, group)
            form.data = typed_on(request, analysis.edition)
        else:
            messages.success(request, f"Saved: {group.title}.")
            return redirect("plans:equality", pk=pk)
    return render(
        request,
        "plans/equality_group.html",
        {"plan": plan, "form": form, "group": group, "theirs": theirs},
        status=422 if form.errors else 200,
    )


def typed_on(request: HttpRequest, edition: int) -> QueryDict:
    """What was typed, as if on the newest edition: saving again is then a choice."""
    typed = request.POST.copy()
    typed["seen"] = str(edition)
    return typed


def differing(
    form: AnalysisForm | GroupForm, now: EqualityAnalysis | GroupImpact
) -> list[tuple[str, Any]]:
    """What is saved now, where it is not what was typed."""
    return [
        (str(form.fields[name].label), getattr(now, name))
        for name, value in form.words.items()
        if name not in ("seen", "findings") and getattr(now, name) != value
    ]


@members_only
def add_measure(request: MemberRequest, pk: int) -> HttpResponse:
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    analysis = open_of(plan)
    form = MeasureForm(request.POST or None, plan=plan)
    if form.is_valid():
        equality.add_measure(analysis, by=request.user, **form.cleaned_data)
        return redirect("plans:equality", pk=pk)
    return render(
        request,
        "plans/equality_measure.html",
        {"plan": plan, "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
@members_only
def remove_measure(request: MemberRequest, pk: int, measure_id: int) -> HttpResponse:
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    # Gone already is as good: a button may be pressed twice.
    for measure in open_of(plan).measures.filter(pk=measure_id):
        equality.remove_measure(measure, by=request.user)
    return redirect("plans:equality", pk=pk)


@require_POST
@members_only
def into_plan(request: MemberRequest, pk: int, measure_id: int) -> HttpResponse:
    """Make an action of the plan of what is done about inequality."""
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    newest = plan.equality_analyses.first()
    if newest is None:
        raise Http404
    measure = get_object_or_404(newest.measures, pk=measure_id)
    form = IntoPlanForm(request.POST, measure=measure)
    if not form.is_valid():
        messages.error(request, "Choose a strand and a theme of the plan.")
        return redirect("plans:equality", pk=pk)
    try:
        made = equality.take_into_plan(measure, by=request.user, **form.cleaned_data)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"It is action {made.action} of the plan now.")
    return redirect("plans:equality", pk=pk)


@members_only
def sign(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer for the analysis."""
    plan = own_plan(request, pk)
    check_can_put_forward(request.user, plan)
    analysis = open_of(plan)
    form = SignForm(request.POST or None)
    if form.is_valid():
        try:
            equality.sign_off(analysis, by=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The equality analysis is signed off.")
            return redirect("plans:equality", pk=pk)
    return render(
        request,
        "plans/equality_sign.html",
        {
            "plan": plan,
            "form": form,
            "completeness": analysis.completeness,
        },
        status=422 if form.errors else 200,
    )


@login_not_required
def table(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """What the analysis says of each group, as CSV or ODS."""
    plan = readable(request, pk)
    analysis = shown_to(request, plan)
    if analysis is None:
        raise Http404
    headings = ["Characteristic", "Effect", "How much", "Why", "Findings"]
    headings += ["Other evidence", "What nobody knows"]
    return table_response(
        "equality-analysis", kind, headings, [row_of(g) for g in analysis.groups.all()]
    )


def row_of(group: GroupImpact) -> list[Cell]:
    return [
        group.title,
        group.get_effect_display() or None,
        group.get_magnitude_display() or None,
        group.why or None,
        "; ".join(each["title"] for each in group.findings) or None,
        group.evidence or None,
        group.gaps or None,
    ]
