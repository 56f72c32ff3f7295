"""One action: its words, how it stands, and every change there was."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.plans.delivery import cadence
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.models import Organisation, Person
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.contents import content_of
from saferplan.web.plans.forms import (
    ActionForm,
    MoveForm,
    NewActionForm,
    ReasonForm,
    ReportForm,
    TaskForm,
)
from saferplan.web.plans.models import (
    Action,
    Alignment,
    Commitment,
    Plan,
    Priority,
    Revision,
)
from saferplan.web.plans.models.plan import WRITERS
from saferplan.web.plans.permissions import check_can_change, check_can_report
from saferplan.web.plans.services import changing, reporting
from saferplan.web.plans.services.changing import ChangedMeanwhile
from saferplan.web.plans.shown import COLOURS, related_to, stands
from saferplan.web.plans.views.plans import newest_public, readable


def own_plan(request: MemberRequest, pk: int) -> Plan:
    """A plan that this person works on; for others it does not exist here."""
    plans = Plan.objects.filter(partnership=request.membership.partnership_id)
    if request.membership.role not in WRITERS:
        plans = plans.none()
    return get_object_or_404(plans.select_related("partnership"), pk=pk)


def own_action(request: MemberRequest, pk: int, action_id: int) -> Action:
    plan = own_plan(request, pk)
    return get_object_or_404(plan.actions.with_all(), pk=action_id)


@members_only
def show(request: MemberRequest, pk: int, action_id: int) -> HttpResponse:
    """Those who only read the plan are led to the version that holds the action."""
    if request.membership.role not in WRITERS:
        plan = readable(request, pk)
        get_object_or_404(plan.actions, pk=action_id)
        return redirect("plans:version", pk=pk, number=newest_public(plan).number)
    action = own_action(request, pk, action_id)
    return draw(request, action, ReportForm(initial={"status": action.status}))


@members_only
def report(request: MemberRequest, pk: int, action_id: int) -> HttpResponse:
    action = own_action(request, pk, action_id)
    check_can_report(request.user, action)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        reporting.report(action, by=request.user, **form.cleaned_data)
        messages.success(request, "Your report was added.")
        return redirect("plans:action", pk=pk, action_id=action_id)
    return draw(request, action, form)


def draw(
    request: MemberRequest,
    action: Action,
    form: ReportForm,
    task_form: TaskForm | None = None,
) -> HttpResponse:
    updates = list(action.updates.select_related("by"))
    standing = stands(
        content_of(action),
        action.status,
        updates[0].at if updates else None,
        every=action.plan.every,
        since=action.plan.begins,
        today=timezone.localdate(),
    )
    return render(
        request,
        "plans/action.html",
        {
            "action": action,
            "plan": action.plan,
            "cadence": cadence(action.every or action.plan.every),
            "standing": standing,
            "colours": COLOURS,
            "updates": updates,
            "tasks": action.tasks.select_related("done_by"),
            "related": related_to(action),
            "serves": Commitment.objects.standing()
            .filter(
                alignments__action=action, alignments__verdict=Alignment.Verdict.SERVES
            )
            .select_related("plan"),
            "task_form": task_form or TaskForm(),
            "revisions": with_changes(list(action.revisions.select_related("by"))),
            "form": form,
            "may_report": not action.removed_at
            and allows(check_can_report, request.user, action),
            "may_change": allows(check_can_change, request.user, action.plan),
        },
        status=422 if form.errors or (task_form and task_form.errors) else 200,
    )


def with_changes(revisions: list[Revision]) -> list[tuple[Revision, list[str]]]:
    """Each wording, the newest first, with what it says other than the one before."""
    return [
        (
            each,
            [
                str(ActionForm.base_fields[name].label)
                for name, value in each.wording.items()
                if before and value != before.wording.get(name)
            ],
        )
        for each, before in zip(revisions, [*revisions[1:], None], strict=False)
    ]


@require_POST
@members_only
def add_task(request: MemberRequest, pk: int, action_id: int) -> HttpResponse:
    """Add a step on the way to an action."""
    action = own_action(request, pk, action_id)
    check_can_report(request.user, action)
    form = TaskForm(request.POST)
    if not form.is_valid():
        report = ReportForm(initial={"status": action.status})
        return draw(request, action, report, form)
    reporting.add_task(action, by=request.user, **form.cleaned_data)
    return redirect("plans:action", pk=pk, action_id=action_id)


@require_POST
@members_only
def tick(request: MemberRequest, pk: int, action_id: int, task_id: int) -> HttpResponse:
    """Tick a step off, or take the tick back."""
    action = own_action(request, pk, action_id)
    task = get_object_or_404(action.tasks, pk=task_id)
    reporting.tick(task, by=request.user)
    return redirect("plans:action", pk=pk, action_id=action_id)


@members_only
def add(request: MemberRequest, pk: int) -> HttpResponse:
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    form = NewActionForm(
        request.POST or None, plan=plan, initial={**request.GET.dict(), "seen": 0}
    )
    if form.is_valid():
        action = changing.add_action(
            plan,
            strand=form.cleaned_data["strand"],
            theme=form.cleaned_data["theme"],
            by=request.user,
            **form.words,
        )
        messages.success(request, f"Action {action.name} was added.")
        return redirect("plans:show", pk=plan.pk)
    return render(
        request,
        "plans/edit.html",
        {"form": form, "plan": plan, "has_strands": plan.strands.standing().exists()},
        status=422 if form.errors else 200,
    )


@members_only
def edit(request: MemberRequest, pk: int, action_id: int) -> HttpResponse:
    """Change the words of an action; if another did meanwhile, show both."""
    action = own_action(request, pk, action_id)
    check_can_change(request.user, action.plan)
    form = ActionForm(request.POST or None, plan=action.plan, action=action)
    differences: list[tuple[str, str, str]] = []
    if form.is_valid():
        try:
            changing.change_action(
                action, seen=form.cleaned_data["seen"], by=request.user, **form.words
            )
        except ChangedMeanwhile as clash:
            # Saving again means: knowing theirs.
            form = ActionForm(
                {
                    **request.POST.dict(),
                    **lists_in(request),
                    "seen": clash.theirs.number,
                },
                plan=action.plan,
            )
            form.add_error(None, str(clash))
            differences = between(form, clash.theirs)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The action was changed.")
            return redirect("plans:action", pk=pk, action_id=action_id)
    return render(
        request,
        "plans/edit.html",
        {
            "form": form,
            "plan": action.plan,
            "action": action,
            "differences": differences,
            "has_strands": True,
        },
        status=409 if differences else 422 if form.errors else 200,
    )


def lists_in(request: MemberRequest) -> dict[str, list[str]]:
    names = ("contributors", "needs", "findings")
    return {name: request.POST.getlist(name) for name in names}


def between(form: ActionForm, theirs: Revision) -> list[tuple[str, str, str]]:
    """Where two wordings differ: the field, theirs, and what was typed here."""
    yours = form.words
    mine = {
        **yours,
        "lead": pk_of(yours["lead"]),
        "priority": pk_of(yours["priority"]),
        "owner": pk_of(yours["owner"]),
        "contributors": sorted(each.pk for each in yours["contributors"]),
        "needs": sorted(each.pk for each in yours["needs"]),
        "money": None if yours["money"] is None else f"{yours['money']:.2f}",
    }
    return [
        (
            str(form.fields[name].label),
            in_words(name, theirs.wording.get(name)),
            in_words(name, mine[name]),
        )
        for name in mine
        if mine[name] != theirs.wording.get(name)
    ]


def pk_of(thing: Any) -> int | None:
    return thing.pk if thing else None


def in_words(name: str, value: Any) -> str:
    """A field of a revision as people read it."""
    if name == "owner":
        return str(Person.objects.filter(pk=value).first() or "nobody")
    if name == "lead":
        return str(Organisation.objects.filter(pk=value).first() or "nobody")
    if name == "priority":
        return str(Priority.objects.filter(pk=value or 0).first() or "none")
    if name == "contributors":
        names = Organisation.objects.filter(pk__in=value)
        return ", ".join(map(str, names)) or "nobody"
    if name == "needs":
        needed = Action.objects.filter(pk__in=value or ()).select_related("strand")
        return ", ".join(each.name for each in needed) or "nothing"
    if name == "findings":
        return ", ".join(each["title"] for each in value or ()) or "nothing"
    return str(value) if value not in (None, "") else "nothing"


@require_POST
@members_only
def go_back(
    request: MemberRequest, pk: int, action_id: int, number: int
) -> HttpResponse:
    action = own_action(request, pk, action_id)
    check_can_change(request.user, action.plan)
    get_object_or_404(action.revisions, number=number)
    try:
        changing.go_back(action, number, seen=action.edition, by=request.user)
    except (ChangedMeanwhile, NotAllowed) as reason:
        messages.error(request, str(reason))
    # What was done tops the list they stand at; a notice would take them from it.
    return redirect("plans:action", pk=pk, action_id=action_id)


@members_only
def move(request: MemberRequest, pk: int, action_id: int) -> HttpResponse:
    """Put an action into another strand or theme."""
    action = own_action(request, pk, action_id)
    check_can_change(request.user, action.plan)
    form = MoveForm(request.POST or None, action=action)
    if form.is_valid():
        try:
            moved = changing.move_action(action, by=request.user, **form.cleaned_data)
        except ChangedMeanwhile as clash:
            form.add_error(
                None,
                f"{clash.theirs.by} has changed this action since you opened it. "
                f"Look at it, and move it again.",
            )
        else:
            messages.success(request, f"It is action {moved.name} now.")
            return redirect("plans:action", pk=pk, action_id=action_id)
    return render(
        request,
        "plans/move.html",
        {"form": form, "plan": action.plan, "action": action},
        status=422 if form.errors else 200,
    )


@members_only
def remove(request: MemberRequest, pk: int, action_id: int) -> HttpResponse:
    action = own_action(request, pk, action_id)
    check_can_change(request.user, action.plan)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        changing.remove_action(
            action, reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(request, f"Action {action.name} was taken out of the plan.")
        return redirect("plans:show", pk=pk)
    back = changing.link_to(action)
    return ask_why(request, form, action, what=f"action {action.name}", back=back)


def ask_why(
    request: MemberRequest,
    form: ReasonForm,
    row: Action | Commitment,
    *,
    what: str,
    back: str,
) -> HttpResponse:
    """Ask for the reason why something is taken out of its plan."""
    return render(
        request,
        "plans/remove.html",
        {
            "form": form,
            "plan": row.plan,
            "what": what,
            "words": row.text,
            "back": back,
        },
        status=422 if form.errors else 200,
    )


@require_POST
@members_only
def put_back(request: MemberRequest, pk: int, action_id: int) -> HttpResponse:
    action = own_action(request, pk, action_id)
    changing.put_back(action, by=request.user)
    messages.success(request, f"Action {action.name} is in the plan again.")
    return redirect("plans:action", pk=pk, action_id=action_id)
