"""The outline of a plan: its own words, its strands and its themes, changed after."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.plans.delivery import cadence
from saferplan.web.core.pages import plural
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.models import Plan, PlanRevision
from saferplan.web.plans.outline_forms import PlanForm, StrandForm, ThemeForm
from saferplan.web.plans.permissions import check_can_change
from saferplan.web.plans.services import outlining
from saferplan.web.plans.services.outlining import MODELS, ONE, PartChanged, as_json
from saferplan.web.plans.views.actions import own_plan

FORMS: dict[str, type[Any]] = {"strands": StrandForm, "themes": ThemeForm}


@members_only
def show(request: MemberRequest, pk: int) -> HttpResponse:
    plan = own_plan(request, pk)
    return render(
        request,
        "plans/outline.html",
        {
            "plan": plan,
            "cadence": cadence(plan.every),
            "parts": {kind: parts_of(plan, kind) for kind in MODELS},
            "revisions": told(plan),
            "may_change": allows(check_can_change, request.user, plan),
        },
    )


def parts_of(plan: Plan, kind: str) -> list[tuple[Any, list[str]]]:
    """The strands or themes in order, each with how much stands in it, in words."""
    field = ONE[kind]
    rows = plan.actions.standing().order_by().values_list(f"{field}_id", flat=True)
    actions = Counter(rows)
    sections = plan.commitments.standing().values_list("section", flat=True)
    under = Counter(sections if kind == "strands" else [])
    return [
        (
            each,
            [
                plural(number, what)
                for number, what in (
                    (actions[each.pk], "action"),
                    (under[each.title], "commitment"),
                )
                if number
            ],
        )
        for each in getattr(plan, kind).standing()
    ]


def told(plan: Plan) -> list[tuple[PlanRevision, list[str]]]:
    """Each outline there was, the newest first, with what made it another."""
    kept = list(plan.revisions.select_related("by"))
    return [
        (each, changes(before.outline, each.outline) if before else [])
        for each, before in zip(kept, [*kept[1:], None], strict=True)
    ]


def changes(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What became different from one outline to the next, a line each."""
    own = now["plan"]
    lines = [
        f"{label_of(name)}: {in_words(name, old)} became {in_words(name, own[name])}"
        for name, old in before["plan"].items()
        if old != own[name]
    ]
    for kind, one in ONE.items():
        was = {each["id"]: each for each in before[kind]}
        has = {each["id"]: each for each in now[kind]}
        lines += [f"New {one}: {has[key]['title']}" for key in has.keys() - was.keys()]
        lines += [f"Out: {one} {was[key]['title']}" for key in was.keys() - has.keys()]
        both = [key for key in was if key in has]
        lines += [
            f"{one.capitalize()}: {was[key]['title']} became {has[key]['title']}"
            if was[key]["title"] != has[key]["title"]
            else f"Other words for the {one} {has[key]['title']}"
            for key in both
            if was[key] != has[key]
        ]
        if both != [key for key in has if key in was]:
            lines.append(f"Another order of the {kind}")
    return lines


def label_of(name: str) -> str:
    return str(PlanForm.base_fields[name].label or name.capitalize())


def in_words(name: str, value: Any) -> str:
    """A plan's own word, as an outline holds it, as people read it."""
    if name == "parent":
        return str(Plan.objects.filter(pk=value).first() or "none")
    if name == "every":
        return cadence(value)
    return str(value) if value not in (None, "") else "nothing"


@members_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a plan's own words; if another did meanwhile, show both."""
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    options: dict[str, Any] = {"partnership": plan.partnership, "plan": plan}
    form = PlanForm(request.POST or None, **options)
    differences: list[tuple[str, str, str]] = []
    if form.is_valid():
        try:
            outlining.change_plan(
                plan, seen=form.cleaned_data["seen"] or 0, by=request.user, **form.words
            )
        except PartChanged as clash:
            mine = as_json(form.words)
            form = again(PlanForm, request, clash, **options)
            differences = [
                (label_of(name), in_words(name, theirs), in_words(name, mine[name]))
                for name, theirs in clash.theirs.items()
                if theirs != mine[name]
            ]
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("plans:outline", pk=pk)
    return draw(request, plan, form, differences, heading="Change the plan’s own words")


def again(form: Any, request: MemberRequest, clash: PartChanged, **options: Any) -> Any:
    """The form as it was sent; to send it again means: knowing theirs."""
    sent = form({**request.POST.dict(), "seen": clash.edition}, **options)
    sent.is_valid()
    sent.add_error(None, str(clash))
    return sent


def draw(
    request: MemberRequest,
    plan: Plan,
    form: forms.BaseForm,
    differences: list[tuple[str, str, str]],
    *,
    heading: str,
    about: str = "",
    back: tuple[str, str] | None = None,
) -> HttpResponse:
    """A form of a part of a plan, with both wordings if they clash."""
    return render(
        request,
        "plans/outline_change.html",
        {
            "plan": plan,
            "form": form,
            "differences": differences,
            "heading": heading,
            "about": about,
            "back": back or ("Outline", reverse("plans:outline", args=[plan.pk])),
        },
        status=409 if differences else 422 if form.errors else 200,
    )


ABOUT = {
    "strands": "A strand is a part of the plan about one kind of harm or one group of "
    "people.",
    "themes": "A theme is a kind of work that runs through the strands, such as "
    "prevention.",
}


@members_only
def add(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Add a strand or a theme."""
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    form = FORMS[kind](request.POST or None)
    if form.is_valid():
        try:
            outlining.add_part(plan, kind, by=request.user, **form.words)
        except NotAllowed as reason:
            form.add_error("title", str(reason))
        else:
            return redirect("plans:outline", pk=pk)
    return draw(
        request, plan, form, [], heading=f"Add a {ONE[kind]}", about=ABOUT[kind]
    )


@members_only
def part(request: MemberRequest, pk: int, part_id: int, kind: str) -> HttpResponse:
    """Change a strand or a theme; if another did meanwhile, show both."""
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    row = get_object_or_404(getattr(plan, kind).standing(), pk=part_id)
    fields = FORMS[kind].Meta.fields
    known = {name: getattr(row, name) for name in fields}
    form = FORMS[kind](request.POST or None, initial={**known, "seen": plan.edition})
    differences: list[tuple[str, str, str]] = []
    if form.is_valid():
        try:
            outlining.change_part(
                plan,
                kind,
                row.pk,
                seen=form.cleaned_data["seen"] or 0,
                by=request.user,
                **form.words,
            )
        except PartChanged as clash:
            mine = form.words
            form = again(FORMS[kind], request, clash)
            differences = [
                (str(form.fields[name].label), shown(clash.theirs[name]), shown(value))
                for name, value in mine.items()
                if clash.theirs[name] != value
            ]
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("plans:outline", pk=pk)
    return draw(
        request, plan, form, differences, heading=f"Change the {ONE[kind]} “{row}”"
    )


def shown(value: str | bool) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value or "nothing"


@require_POST
@members_only
def move(request: MemberRequest, pk: int, kind: str, part_id: int) -> HttpResponse:
    """Move a strand or a theme one place up, or down."""
    plan = changeable(request, pk, kind)
    up = request.POST.get("to") == "up"
    try:
        outlining.move_part(plan, kind, part_id, up=up, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    return redirect(f"{request.path.partition('outline/')[0]}outline/#{kind}")


@require_POST
@members_only
def take_out(request: MemberRequest, pk: int, kind: str, part_id: int) -> HttpResponse:
    """Take out a strand or a theme in which no action stands."""
    plan = changeable(request, pk, kind)
    try:
        outlining.take_out_part(plan, kind, part_id, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    else:
        messages.success(
            request, f"The {ONE[kind]} is out. An earlier outline brings it back."
        )
    return redirect("plans:outline", pk=pk)


def changeable(request: MemberRequest, pk: int, kind: str) -> Plan:
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    if kind not in MODELS:
        raise Http404
    return plan


@require_POST
@members_only
def go_back(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Give the plan the outline it had before, as a new one."""
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    get_object_or_404(plan.revisions, number=number)
    try:
        outlining.go_back_to(plan, number, seen=plan.edition, by=request.user)
    except (NotAllowed, PartChanged) as reason:
        messages.error(request, str(reason))
    # What was done tops the list they stand at; a notice would take them from it.
    return redirect("plans:outline", pk=pk)
