"""Documents with a plan in them: sent, read, settled, made into a plan."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed, PlanError
from saferplan.plans import counts
from saferplan.plans.plan import Action, Question
from saferplan.plans.plan import Plan as PlanRead
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.forms import ReadForm, SettleForm
from saferplan.web.plans.models import PlanDocument, Settlement
from saferplan.web.plans.permissions import check_can_write
from saferplan.web.plans.services.importing import make_of, settle, take_in

MOST_SHOWN = 200  # of the actions of a very long document
MOST_MARKED = 100
MOST_THEMES = 8  # that a table can be read with


@dataclass(frozen=True)
class Unclear:
    """A question of the reading, side by side with the words it is about."""

    question: Question
    action: Action
    printed: str
    answer: Settlement | None
    form: SettleForm


@members_only
def read(request: MemberRequest) -> HttpResponse:
    check_can_write(request.user, request.membership.partnership)
    form = ReadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            content, name = form.document
            document = take_in(
                content, name, token=form.cleaned_data["token"], by=request.user
            )
        except PlanError as reason:
            form.refuse(str(reason))
        else:
            return redirect("plans:document", document_id=document.pk)
    return render(
        request,
        "plans/read.html",
        {"form": form, "recent": PlanDocument.objects.visible_to(request.user)[:10]},
        status=422 if form.errors else 200,
    )


def own_document(request: MemberRequest, document_id: int) -> PlanDocument:
    visible = PlanDocument.objects.visible_to(request.user).select_related("made", "by")
    return get_object_or_404(visible, pk=document_id)


@members_only
def show(request: MemberRequest, document_id: int) -> HttpResponse:
    return draw(request, own_document(request, document_id))


def draw(
    request: MemberRequest, document: PlanDocument, failed: SettleForm | None = None
) -> HttpResponse:
    read = document.plan_read
    questions = unclear(document, failed)
    return render(
        request,
        "plans/document.html",
        {
            "document": document,
            "read": read,
            "counts": counts(read),
            "questions": questions,
            "waiting": sum(each.answer is None for each in questions),
            "actions": read.actions[:MOST_SHOWN],
            "held": held_by(read),
            "marked": marked_in(read),
            "most_marked": MOST_MARKED,
            "form": failed,
        },
        status=422 if failed else 200,
    )


def marked_in(read: PlanRead) -> list[Action]:
    """Actions of which something could not be read, beyond what is asked anyway."""
    asked = {question.action for question in read.questions}
    return [
        each
        for each in read.actions
        if [mark for mark in each.marks if each.name not in asked or mark != each.why]
    ]


def held_by(read: PlanRead) -> dict[str, Any] | None:
    """How many actions each strand has of each theme, as a table; none if there are."""
    if not read.actions or len(read.themes) > MOST_THEMES:
        return None
    held = Counter((each.strand, each.theme) for each in read.actions)
    themes = range(1, len(read.themes) + 1)
    strands = [each.number for each in read.strands]
    rows = [
        [
            f"{each.number}. {each.title}",
            *(held[each.number, theme] for theme in themes),
            sum(held[each.number, theme] for theme in themes),
        ]
        for each in read.strands
    ]
    sums = [sum(held[strand, theme] for strand in strands) for theme in themes]
    titles = [*(title or "No theme" for title in read.themes), "All"]
    return {
        "columns": [
            {"title": "Strand"},
            *({"title": title, "numeric": True} for title in titles),
        ],
        "rows": [*rows, ["All", *sums, sum(sums)]],
    }


def unclear(document: PlanDocument, failed: SettleForm | None) -> list[Unclear]:
    read = document.plan_read
    actions = {action.name: action for action in read.actions}
    answers = document.settlements.select_related("by").latest_each()
    found = []
    for question in read.questions:
        name = question.action
        sent = failed is not None and failed.data.get("action") == name
        start, end = question.place
        found.append(
            Unclear(
                question,
                actions[name],
                as_lines(document.text[start:end]),
                answers.get(name),
                failed if sent and failed else settle_form(name, answers.get(name)),
            )
        )
    return found


def as_lines(printed: str) -> str:
    """
    What a document says, each cell and paragraph on a line of its own.

    >>> as_lines("<p>One</p><p>Two</p>\\t✓")
    'One\\nTwo\\n✓'
    """
    words = re.split(r"<[^<>]{0,200}>|\t|\n", printed)
    return "\n".join(word.strip() for word in words if word.strip())


def settle_form(name: str, answer: Settlement | None) -> SettleForm:
    return SettleForm(
        auto_id=f"id_{name.replace('.', '_')}_%s",
        initial={
            "action": name,
            "state": answer.state if answer else None,
            "reason": answer.reason if answer else "",
        },
    )


@require_POST
@members_only
def answer(request: MemberRequest, document_id: int) -> HttpResponse:
    """Settle what the document leaves unclear of one action."""
    document = own_document(request, document_id)
    check_can_write(request.user, document.partnership)
    name = request.POST.get("action", "")
    form = SettleForm(request.POST, auto_id=f"id_{name.replace('.', '_')}_%s")
    if not form.is_valid():
        return draw(request, document, form)
    try:
        settle(document, name, **without_action(form), by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    return redirect("plans:document", document_id=document_id)


def without_action(form: SettleForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("state", "reason")}


@require_POST
@members_only
def make(request: MemberRequest, document_id: int) -> HttpResponse:
    document = own_document(request, document_id)
    plan = make_of(document, by=request.user)
    messages.success(request, "The plan is made. Nobody outside can see it yet.")
    return redirect("plans:show", pk=plan.pk)
