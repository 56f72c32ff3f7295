"""The level advisor: at which level a problem is best taken up, and why."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from saferplan.definitions import levels
from saferplan.errors import NotAllowed
from saferplan.web.core.downloads import table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.level_forms import AnswersForm, LevelForm
from saferplan.web.plans.levelling import COLUMNS, Advice, advise, slug
from saferplan.web.plans.models import Action
from saferplan.web.plans.permissions import check_can_change
from saferplan.web.plans.services.changing import ChangedMeanwhile, change_action
from saferplan.web.plans.views.actions import own_action


def asked(request: HttpRequest) -> tuple[AnswersForm, Advice | None]:
    """The questions, and the advice if some were answered in the address."""
    form = AnswersForm()
    if not request.GET.keys() & form.fields.keys():
        return form, None
    form = AnswersForm(request.GET)
    if not form.is_valid():
        return form, None
    return form, advise(form.answers)


@members_only
def advisor(request: MemberRequest) -> HttpResponse:
    """For a problem or a service that no plan has yet."""
    form, advice = asked(request)
    return draw(request, {"form": form, "advice": advice})


@members_only
def level(request: MemberRequest, pk: int, action_id: int) -> HttpResponse:
    """For an action of a plan, which can be put at a level here."""
    action = own_action(request, pk, action_id)
    form, advice = asked(request)
    choice = choice_form(request, action, advice)
    if request.method == "POST":
        check_can_change(request.user, action.plan)
        if choice.is_valid() and put_at(request, action, choice):
            return redirect("plans:action", pk=pk, action_id=action_id)
    return draw(
        request,
        {
            "form": form,
            "advice": advice,
            "action": action,
            "plan": action.plan,
            "choice": choice,
            "may_change": not action.removed_at
            and allows(check_can_change, request.user, action.plan),
        },
    )


def choice_form(
    request: MemberRequest, action: Action, advice: Advice | None
) -> LevelForm:
    # Between two that do as well nobody but a person chooses.
    alone = advice is not None and len(advice.suggests) == 1
    suggested = advice.suggests[0] if advice and alone else ""
    return LevelForm(
        request.POST or None,
        initial={"level": suggested or action.level, "seen": action.edition},
    )


def put_at(request: MemberRequest, action: Action, choice: LevelForm) -> bool:
    said = choice.cleaned_data
    try:
        change_action(action, seen=said["seen"], by=request.user, level=said["level"])
    except (ChangedMeanwhile, NotAllowed) as reason:
        choice.add_error(None, str(reason))
        return False
    messages.success(request, "The action is now at the level you chose.")
    return True


def draw(request: MemberRequest, shown: dict[str, Any]) -> HttpResponse:
    forms = [shown["form"], shown.get("choice")]
    return render(
        request,
        "plans/level.html",
        {
            **shown,
            "columns": COLUMNS,
            "examples": examples(),
            "query": request.GET.urlencode(),
        },
        status=422 if any(form and form.errors for form in forms) else 200,
    )


def examples() -> list[tuple[str, str, str, str, str]]:
    """Problems of the responses: title, what was said, level, answers, where."""
    return [
        (
            each.title,
            each.said,
            " / ".join(each.label[:1]),
            urlencode(answers_as_typed(each.answers), doseq=True),
            f"{each.source}: {each.standing}",
        )
        for each in levels().values()
    ]


def answers_as_typed(answers: dict[str, str]) -> dict[str, str | list[str]]:
    of_levels = ("owner", "funding")
    return {
        slug(name): told.split(" and ") if name in of_levels else told
        for name, told in answers.items()
    }


@members_only
def table(request: MemberRequest, kind: str) -> HttpResponse:
    """The reasons for the advice on the answers in the address, as CSV or ODS."""
    form, advice = asked(request)
    if form.is_bound and form.errors:
        return draw(request, {"form": form, "advice": None})
    return table_response("level", kind, COLUMNS, (advice or advise(())).reasons)
