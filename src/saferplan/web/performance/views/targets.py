"""Targets: the list, the explainer with its what-if, and the tables to take away."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import MethodError, NotAllowed
from saferplan.web.core.downloads import table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.performance.models import Target, TargetVerdict
from saferplan.web.performance.permissions import check_can_keep
from saferplan.web.performance.services.targets import (
    add_target,
    change_target,
    keep_verdict,
)
from saferplan.web.performance.target_forms import TargetForm, WhatIfForm, initial_of
from saferplan.web.performance.targets.asked import Asked, asked_of, tried
from saferplan.web.performance.targets.explained import Explained, explain, tables_of
from saferplan.web.performance.targets.picture import picture_of
from saferplan.web.plans.models.plan import WRITERS

COLUMNS = (
    *("Measure", "Where", "Target", "Baseline", "Last month", "Better", "Set by"),
    *("Verdict", "Chance of being met", "Verdict kept on"),
)


@login_not_required
def everything(request: HttpRequest) -> HttpResponse:
    """Every target this person may read, with the newest verdict that was kept."""
    membership = getattr(request.user, "membership", None)
    return render(
        request,
        "performance/targets.html",
        {
            "targets": with_verdicts(request),
            "may_keep": membership is not None
            and allows(check_can_keep, request.user, membership.partnership),
        },
    )


@dataclass(frozen=True)
class Listed:
    """A target in the list, with what was found of it last."""

    target: Target
    verdict: TargetVerdict | None

    def fact(self, *names: str) -> str:
        facts = dict(self.verdict.facts) if self.verdict else {}
        return next((facts[name] for name in names if facts.get(name)), "")


def with_verdicts(request: HttpRequest) -> list[Listed]:
    targets = Target.objects.visible_to(request.user).select_related("partnership")
    verdicts = TargetVerdict.objects.filter(target__in=targets).order_by("at", "pk")
    newest = {each.target_id: each for each in verdicts}
    return [Listed(each, newest.get(each.pk)) for each in targets]


@login_not_required
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as CSV or ODS."""
    rows = [
        [
            each.target.measure,
            each.target.area,
            each.fact("Target"),
            each.fact("Baseline"),
            f"{each.target.ends:%Y-%m}",
            each.target.get_better_display(),
            each.target.set_by or "Not said",
            each.verdict.headline if each.verdict else None,
            each.fact("Chance of being met", "Chance of being shown as met") or None,
            f"{each.verdict.at:%Y-%m-%d}" if each.verdict else None,
        ]
        for each in with_verdicts(request)
    ]
    return table_response("targets", kind, COLUMNS, rows)


def readable(request: HttpRequest, pk: int) -> Target:
    targets = Target.objects.visible_to(request.user)
    return get_object_or_404(
        targets.select_related(
            "partnership", "indicator", "commitment__plan", "action__strand"
        ),
        pk=pk,
    )


def is_inside(request: HttpRequest, target: Target) -> bool:
    membership = getattr(request.user, "membership", None)
    return (
        membership is not None
        and membership.partnership_id == target.partnership_id
        and membership.role in WRITERS
    )


@dataclass(frozen=True)
class WhatIf:
    """The form to try another target with, and what it would come to."""

    form: WhatIfForm
    asked: Asked
    found: Explained | None


def what_if(request: HttpRequest, asked: Asked) -> WhatIf:
    """What is tried by the address; nothing if it says nothing."""
    if not request.GET.keys() & WhatIfForm.base_fields.keys():
        return WhatIf(WhatIfForm(asked=asked), asked, None)
    form = WhatIfForm(request.GET.dict(), asked=asked)
    if not form.is_valid():
        return WhatIf(form, asked, None)
    other = tried(asked, form.values)
    try:
        return WhatIf(form, other, explain(other))
    except MethodError as reason:
        form.add_error(None, str(reason))
        return WhatIf(form, asked, None)


@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain a target, and another one tried beside it."""
    target = readable(request, pk)
    inside = is_inside(request, target)
    asked = asked_of(target, protected=not inside)
    verdicts = list(target.verdicts.select_related("by")[:10])
    trying = what_if(request, asked)
    found = explained(asked)
    shown = trying.found or found
    return render(
        request,
        "performance/target.html",
        {
            "target": target,
            "found": found,
            "shown": shown,
            "trying": trying.found,
            "form": trying.form,
            "picture": picture_of(shown.way) if shown else None,
            "verdicts": verdicts,
            "then_and_now": set_beside(facts_of(verdicts[0]), found)
            if verdicts and found and inside
            else [],
            "set_and_tried": set_beside(with_headline(found), trying.found)
            if trying.found and found
            else [],
            "inside": inside,
            "hidden": not inside and asked != asked_of(target),
            "may_keep": allows(check_can_keep, request.user, target.partnership),
            "query": request.GET.urlencode(),
        },
        status=422 if trying.form.errors else 200,
    )


def explained(asked: Asked) -> Explained | None:
    """What is found; none if figures that came later leave it without an answer."""
    try:
        return explain(asked)
    except MethodError:
        return None


def facts_of(verdict: TargetVerdict) -> dict[str, str]:
    return {"Verdict": verdict.headline, **dict(verdict.facts)}


def with_headline(found: Explained) -> dict[str, str]:
    return {"Verdict": found.headline.word, **dict(found.facts)}


def set_beside(facts: dict[str, str], found: Explained) -> list[tuple[str, str, str]]:
    """Each fact by name: what it was, and what it is; both empty are left out."""
    now = with_headline(found)
    beside = []
    for name in dict.fromkeys([*now, *facts]):
        before, after = facts.get(name, ""), now.get(name, "")
        if before or after:
            same = "The same" if before == after else after or "Not known"
            beside.append((name, before or "Not known", same))
    return beside


@login_not_required
def figures(request: HttpRequest, pk: int, what: str, kind: str) -> HttpResponse:
    """A table of the target, or of what is tried, as CSV or ODS."""
    target = readable(request, pk)
    asked = asked_of(target, protected=not is_inside(request, target))
    found = what_if(request, asked).found or explained(asked)
    tables = tables_of(found) if found else {}
    if what not in tables:
        raise Http404
    return table_response(what, kind, tables[what].columns, tables[what].rows)


@members_only
def add(request: MemberRequest) -> HttpResponse:
    here = request.membership.partnership
    check_can_keep(request.user, here)
    form = TargetForm(request.POST or None, partnership=here)
    if form.is_valid():
        made = saved(form, lambda words: add_target(here, by=request.user, **words))
        if made:
            messages.success(request, "The target was added, with its verdict.")
            return redirect("performance:target", pk=made.pk)
    return draw_form(request, form, None)


@members_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    target = own(request, pk)
    check_can_keep(request.user, target.partnership)
    form = TargetForm(
        request.POST or None,
        partnership=target.partnership,
        initial=initial_of(target),
    )
    if form.is_valid() and saved(
        form, lambda words: change_target(target, by=request.user, **words)
    ):
        messages.success(request, "The target was changed, and today’s verdict kept.")
        return redirect("performance:target", pk=pk)
    return draw_form(request, form, target)


def own(request: MemberRequest, pk: int) -> Target:
    """A target of the person's own partnership; another's does not exist here."""
    targets = Target.objects.filter(partnership=request.membership.partnership_id)
    return get_object_or_404(targets & Target.objects.visible_to(request.user), pk=pk)


def saved(form: TargetForm, save: Any) -> Target | None:
    """What was saved; none, and the reason on the form, if that cannot be."""
    try:
        made: Target = save(form.cleaned_data)
    except (MethodError, NotAllowed) as reason:
        form.add_error(None, str(reason))
        return None
    return made


def draw_form(
    request: MemberRequest, form: TargetForm, target: Target | None
) -> HttpResponse:
    return render(
        request,
        "performance/target_form.html",
        {"form": form, "target": target},
        status=422 if form.errors else 200,
    )


@require_POST
@members_only
def keep(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep what is found of a target today."""
    target = own(request, pk)
    check_can_keep(request.user, target.partnership)
    try:
        keep_verdict(target, by=request.user)
    except MethodError as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "Today’s verdict is kept beside the others.")
    return redirect("performance:target", pk=pk)
