"""Plans: the list, the page of one, its versions, and the table to take away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from saferplan.errors import NotAllowed
from saferplan.plans.sheet import topics_in
from saferplan.web.core.downloads import table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.contents import actions_in, contents_of, digest_of
from saferplan.web.plans.exchanging import plan_as_json, plan_as_sheet
from saferplan.web.plans.forms import (
    PutForwardForm,
    ReasonForm,
)
from saferplan.web.plans.models import (
    Action,
    Commitment,
    EqualityGround,
    Plan,
    Version,
)
from saferplan.web.plans.models.plan import WRITERS
from saferplan.web.plans.models.version import IN_FORCE
from saferplan.web.plans.outline_forms import PlanForm
from saferplan.web.plans.permissions import (
    check_can_change,
    check_can_put_forward,
    check_can_write,
)
from saferplan.web.plans.services.changing import link_to, make_plan
from saferplan.web.plans.services.committing import link_to as link_to_commitment
from saferplan.web.plans.services.equality import analysis_of
from saferplan.web.plans.services.putting_forward import put_forward, record_review
from saferplan.web.plans.shown import COLOURS, as_day, delivery_of

COLUMNS = {
    "Strand": "strand",
    "Theme": "theme",
    "Number": "name",
    "Action": "text",
    "Lead": "lead",
    "Measure": "measure",
    "Baseline": "baseline",
    "Target": "target",
    "Time frame": "time_frame",
    "Due": "due",
    "Money (£)": "money",
    "How it stands": "stands",
    "Why": "why",
}


@login_not_required
def everything(request: HttpRequest) -> HttpResponse:
    """Every plan this person may read."""
    membership = getattr(request.user, "membership", None)
    plans = Plan.objects.visible_to(request.user).select_related("partnership")
    return render(
        request,
        "plans/all.html",
        {
            "plans": plans.prefetch_related(
                Prefetch("versions", Version.objects.defer("body"))
            ),
            "may_write": membership is not None
            and allows(check_can_write, request.user, membership.partnership),
        },
    )


@members_only
def make(request: MemberRequest) -> HttpResponse:
    here = request.membership.partnership
    check_can_write(request.user, here)
    form = PlanForm(request.POST or None, partnership=here)
    if form.is_valid():
        plan = make_plan(here, by=request.user, **form.words)
        return redirect("plans:show", pk=plan.pk)
    return render(
        request, "plans/make.html", {"form": form}, status=422 if form.errors else 200
    )


def readable(request: HttpRequest, pk: int) -> Plan:
    visible = Plan.objects.visible_to(request.user).select_related("partnership")
    return get_object_or_404(visible, pk=pk)


def works_on(request: HttpRequest, plan: Plan) -> bool:
    """Whether this person sees the plan that is being written."""
    membership = getattr(request.user, "membership", None)
    return (
        membership is not None
        and membership.partnership_id == plan.partnership_id
        and membership.role in WRITERS
    )


def newest_public(plan: Plan) -> Version:
    """The version in force; if none is, the newest that was put before people."""
    found = plan.versions.filter(state__in=IN_FORCE).first() or plan.versions.first()
    if found is None:
        raise Http404
    return found


@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan being written for those who write it; for others the one in force."""
    plan = readable(request, pk)
    if not works_on(request, plan):
        return draw(request, plan, newest_public(plan))
    return draw(request, plan, None)


@login_not_required
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    plan = readable(request, pk)
    return draw(request, plan, get_object_or_404(plan.versions, number=number))


def draw(request: HttpRequest, plan: Plan, version: Version | None) -> HttpResponse:
    content = version.content if version else contents_of(plan)
    may_change = version is None and allows(check_can_change, request.user, plan)
    return render(
        request,
        "plans/show.html",
        {
            "plan": plan,
            "version": version,
            "ground": ground_of(version),
            "versions": plan.versions.defer("body"),
            "content": content,
            "scopes": {
                strand["number"]: topics_in(strand["scope"].splitlines())
                for strand in content["strands"]
            },
            "begins": as_day(content["begins"]),
            "ends": as_day(content["ends"]),
            "delivery": delivery_of(plan, content),
            "colours": COLOURS,
            "how_many": len(actions_in(content)),
            "may_change": may_change,
            "may_put_forward": version is None
            and allows(check_can_put_forward, request.user, plan),
            "links": links_to_commitments(plan) if version is None else None,
            "removed": taken_out(plan) if may_change else [],
        },
    )


def links_to_commitments(plan: Plan) -> dict[str, str]:
    """Where each commitment can be read whole, and changed, by its name."""
    return {each.name: link_to_commitment(each) for each in plan.commitments.standing()}


def taken_out(plan: Plan) -> list[tuple[Action | Commitment, str]]:
    """What was taken out of the plan being written, and where it can be put back."""
    actions = plan.actions.exclude(removed_at=None).select_related("strand")
    commitments = plan.commitments.exclude(removed_at=None)
    return [
        *((each, link_to(each)) for each in actions),
        *((each, link_to_commitment(each)) for each in commitments),
    ]


def ground_of(version: Version | None) -> EqualityGround | None:
    """On what a version was adopted."""
    rows = EqualityGround.objects.select_related("analysis")
    return rows.filter(version=version).first() if version else None


@login_not_required
def table(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The plan as a file that can be brought in again, as CSV or JSON."""
    plan = readable(request, pk)
    content = content_for(request, plan)
    written = {
        # The mark at the start tells spreadsheets that Welsh names are UTF-8.
        "csv": lambda: "\ufeff" + plan_as_sheet(content),
        "json": lambda: plan_as_json(content),
    }
    types = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    if kind not in written:
        raise Http404
    return HttpResponse(
        written[kind](),
        content_type=types[kind],
        headers={"Content-Disposition": f'attachment; filename="plan.{kind}"'},
    )


def content_for(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """What this person sees of a plan: as it is being written, or as it was agreed."""
    if works_on(request, plan):
        return contents_of(plan)
    return newest_public(plan).content


@login_not_required
def standing(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The actions and how each stands today, as CSV or ODS."""
    plan = readable(request, pk)
    content = content_for(request, plan)
    rows = [[row[name] for name in COLUMNS.values()] for row in rows_of(plan, content)]
    return table_response("actions", kind, list(COLUMNS), rows)


def rows_of(plan: Plan, content: dict[str, Any]) -> list[dict[str, Any]]:
    each = delivery_of(plan, content).each
    rows = []
    for strand in content["strands"]:
        for theme in strand["themes"]:
            for action in theme["actions"]:
                stands = each[action["id"]]
                money = action["money"]
                rows.append(
                    {
                        **action,
                        "strand": strand["title"],
                        "theme": theme["title"],
                        "money": None if money is None else float(money),
                        "stands": stands.state,
                        "why": stands.why,
                    }
                )
    return rows


@members_only
def forward(request: MemberRequest, pk: int) -> HttpResponse:
    """Put the plan to consultation, or adopt it."""
    plan = readable(request, pk)
    check_can_put_forward(request.user, plan)
    form = PutForwardForm(request.POST or None)
    if form.is_valid():
        try:
            made = put_forward(plan, by=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request, f"This is now version {made.number}, for all to read."
            )
            return redirect("plans:version", pk=plan.pk, number=made.number)
    return render(
        request,
        "plans/forward.html",
        {
            "form": form,
            "plan": plan,
            "delivery": delivery_of(plan, contents_of(plan)),
            "analysis": analysis_of(plan, digest_of(contents_of(plan))),
            "analyses": plan.equality_analyses.all(),
        },
        status=422 if form.errors else 200,
    )


@members_only
def review(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Record that the partnership looked at the plan in force again."""
    plan = readable(request, pk)
    check_can_put_forward(request.user, plan)
    looked_at = get_object_or_404(plan.versions, number=number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            record_review(looked_at, note=form.cleaned_data["reason"], by=request.user)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The review is in the record.")
            return redirect("plans:version", pk=pk, number=number)
    return render(
        request,
        "plans/review.html",
        {"form": form, "plan": plan, "version": looked_at},
        status=422 if form.errors else 200,
    )
