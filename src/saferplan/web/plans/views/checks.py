"""What a critical reader would ask of a plan; and what serves the plan above."""

import re

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.plans.capacity import loads
from saferplan.plans.checks import Check, check_plan
from saferplan.web.core.downloads import table_response
from saferplan.web.core.numbers import number_in
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.asked import checks_of, drafted, matrix_of
from saferplan.web.plans.contents import contents_of
from saferplan.web.plans.models import Action, Alignment, Commitment, Plan
from saferplan.web.plans.permissions import check_can_change
from saferplan.web.plans.services.answering import align, answer_check, set_parent
from saferplan.web.plans.views.actions import own_plan

MOST_SHOWN = 200  # of a kind, of a very long plan


@members_only
def show(request: MemberRequest, pk: int) -> HttpResponse:
    plan = own_plan(request, pk)
    written = drafted(plan, contents_of(plan))
    found = check_plan(written)
    answers = plan.answers.latest_each()
    kinds: dict[str, list[Check]] = {}
    # The open ones first, so that those beyond the most we show come up in their turn.
    for check in sorted(found, key=lambda each: each.key in answers):
        kinds.setdefault(check.kind, []).append(check)
    in_order = dict.fromkeys(check.kind for check in found)
    return render(
        request,
        "plans/checks.html",
        {
            "plan": plan,
            "kinds": {kind: kinds[kind] for kind in in_order},
            "most": MOST_SHOWN,
            "answers": answers,
            "open": sum(check.key not in answers for check in found),
            "total": len(found),
            "loads": loads(written),
            "actions": {each.name: each for each in plan.actions.standing().with_all()},
            "commitments": {
                f"commitment {each.name}": each for each in plan.commitments.standing()
            },
            "may_change": allows(check_can_change, request.user, plan),
        },
    )


class AnswerForm(django_forms.Form):
    reason = django_forms.CharField(
        required=False,
        max_length=1000,
        widget=django_forms.Textarea,
        label="Why it is as it should be",
        help_text="Leave it empty to take back an earlier answer.",
    )


@members_only
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer the check that `?key=` names."""
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    key = request.GET.get("key", "")
    asked = next((each for each in checks_of(plan) if each.key == key), None)
    if asked is None:
        messages.error(request, "That question is gone: the plan has changed since.")
        return redirect("plans:checks", pk=pk)
    given = plan.answers.latest_each().get(key)
    form = AnswerForm(
        request.POST or None, initial={"reason": given.reason if given else ""}
    )
    if request.method == "POST" and form.is_valid():
        answer_check(plan, key, by=request.user, reason=form.cleaned_data["reason"])
        return redirect(f"{reverse('plans:checks', args=[pk])}#{place_of(asked)}")
    return render(
        request,
        "plans/answer.html",
        {"form": form, "plan": plan, "check": asked, "given": given},
        status=422 if form.errors else 200,
    )


def place_of(check: Check) -> str:
    """Where the questions of its kind begin on the page."""
    return check.kind.replace(" ", "-")


class ParentForm(django_forms.Form):
    parent = django_forms.ModelChoiceField(
        Plan.objects.all(), required=False, empty_label="None", label="The plan above"
    )


@members_only
def alignment(request: MemberRequest, pk: int) -> HttpResponse:
    """Which action serves which commitment of the plan above."""
    plan = own_plan(request, pk)
    form = ParentForm(request.POST or None, initial={"parent": plan.parent_id})
    plans = Plan.objects.filter(partnership=plan.partnership).exclude(pk=plan.pk)
    form.fields["parent"].queryset = plans  # type: ignore[attr-defined]
    if request.method == "POST":
        check_can_change(request.user, plan)
        if form.is_valid():
            set_parent(plan, form.cleaned_data["parent"], by=request.user)
            return redirect("plans:alignment", pk=pk)
    return render(
        request,
        "plans/alignment.html",
        {
            "plan": plan,
            "form": form,
            "matrix": matrix_of(plan),
            "may_change": allows(check_can_change, request.user, plan),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@members_only
def say(request: MemberRequest, pk: int, commitment_id: int) -> HttpResponse:
    """Say whether an action serves a commitment."""
    plan = own_plan(request, pk)
    check_can_change(request.user, plan)
    standing = Commitment.objects.standing().filter(plan=plan.parent_id)
    commitment = get_object_or_404(standing, pk=commitment_id)
    here = f"{reverse('plans:alignment', args=[pk])}#c{commitment.pk}"
    action = action_meant(plan, request.POST)
    if action is None:
        messages.error(
            request,
            f"No action of this plan has that number. Write the number of the one "
            f"that serves {commitment.name}, such as 1.3.",
        )
        return redirect("plans:alignment", pk=pk)
    verdict = request.POST.get("verdict", "")
    if verdict not in Alignment.Verdict.values:
        raise NotAllowed("Say whether the action serves the commitment or does not.")
    align(commitment, action, verdict=verdict, by=request.user)
    return redirect(here)


def action_meant(plan: Plan, said: QueryDict) -> Action | None:
    """The action that a form names by its id, or a person by its number in the plan."""
    name = re.fullmatch(r"\s*(\d{1,6})\.(\d{1,6})\s*", said.get("name", ""))
    actions = plan.actions.standing()
    if name:
        return actions.filter(strand__number=name[1], number=name[2]).first()
    chosen = said.get("action", "")
    return actions.filter(pk=number_in(chosen)).first()


@members_only
def alignment_table(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """The matrix as CSV or ODS: a line for each pair, and for what has no other."""
    plan = own_plan(request, pk)
    matrix = matrix_of(plan)
    rows: list[tuple[str, str, str, str, str]] = []
    for each in matrix.served:
        name, text = each.commitment.name, each.commitment.text
        for action in each.actions:
            rows.append((name, text, action.name, action.text, "serves it"))
        if not each.actions:
            rows.append((name, text, "", "", "nobody serves it"))
    for action in matrix.unasked:
        rows.append(("", "", action.name, action.text, "nothing asks for it"))
    headings = ["Commitment", "Its words", "Action", "Its words", "Verdict"]
    return table_response("alignment", kind, headings, rows)
