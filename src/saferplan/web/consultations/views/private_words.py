"""Hiding an answer, erasing a person, and the log of what was done and why."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from saferplan.web.consultations.models import Consultation, Hidden
from saferplan.web.consultations.permissions import check_can_launch
from saferplan.web.consultations.private_forms import (
    EraseForm,
    ReasonForm,
    ShowForm,
)
from saferplan.web.consultations.services.forgetting import erase
from saferplan.web.consultations.services.moderating import hide as hide_answer
from saferplan.web.consultations.services.moderating import show_again
from saferplan.web.consultations.services.redacting import reasons_of
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.consultations.views.taking_in import response_in
from saferplan.web.core.downloads import Cell, table_response
from saferplan.web.core.pages import day
from saferplan.web.partnerships.requests import MemberRequest, members_only

LOG_COLUMNS = ("Response", "What was done", "Where", "Why", "When", "By")


@members_only
def hide(
    request: MemberRequest, pk: int, response_id: int, answer_id: int
) -> HttpResponse:
    """Keep one answer off the public pages, or show it again."""
    consultation = read_consultation(request, pk)
    found = response_in(consultation, response_id)
    answer = get_object_or_404(found.answers, pk=answer_id)
    hidden = Hidden.objects.filter(answer=answer).first()
    form = (
        ShowForm(request.POST or None)
        if hidden
        else ReasonForm(request.POST or None, consultation=consultation)
    )
    if form.is_valid():
        if hidden:
            show_again(answer, reason=form.cleaned_data["why"], by=request.user)
        else:
            hide_answer(answer, reason=form.cleaned_data["reason"], by=request.user)
        return redirect("consultations:response", pk=pk, response_id=response_id)
    return render(
        request,
        "consultations/hide.html",
        {
            "consultation": consultation,
            "response": found,
            "answer": answer,
            "hidden": hidden,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@members_only
def erase_response(request: MemberRequest, pk: int, response_id: int) -> HttpResponse:
    """Erase one person. It cannot be undone, so a page asks before."""
    consultation = read_consultation(request, pk)
    check_can_launch(request.user, consultation)
    found = response_in(consultation, response_id)
    form = EraseForm(request.POST or None)
    if form.is_valid():
        erase(found, why=form.cleaned_data["why"], by=request.user)
        messages.success(request, "The words and the name are gone.")
        return redirect("consultations:response", pk=pk, response_id=response_id)
    return render(
        request,
        "consultations/erase.html",
        {"consultation": consultation, "response": found, "form": form},
        status=422 if form.errors else 200,
    )


@members_only
def log(request: MemberRequest, pk: int) -> HttpResponse:
    """What was hidden, shown again, taken out and erased: without a word of it."""
    consultation = read_consultation(request, pk)
    return render(
        request,
        "consultations/moderation.html",
        {
            "consultation": consultation,
            "reasons": reasons_of(consultation),
            "columns": [{"title": title} for title in LOG_COLUMNS],
            "rows": log_rows(consultation),
        },
    )


@members_only
def log_table(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    consultation = read_consultation(request, pk)
    rows = log_rows(consultation)
    return table_response("moderation", kind, LOG_COLUMNS, rows)


def log_rows(consultation: Consultation) -> list[list[Cell]]:
    """The log, newest first."""
    found: list[tuple[object, list[Cell]]] = []
    for response in consultation.responses.prefetch_related(
        "moderations__answer__question",
        "moderations__answer__passage",
        "moderations__by",
        "redactions__by",
    ):
        done = [
            (
                each.at,
                "Hidden" if each.hidden else "Shown again",
                str(each.answer.question or each.answer.passage)[:100],
                each.reason,
                each.by,
            )
            for each in response.moderations.all()
        ]
        done += [
            (
                each.at,
                f"Taken out: {each.kind}, {each.length} characters",
                each.where,
                each.reason,
                each.by,
            )
            for each in response.redactions.all()
        ]
        erasure = getattr(response, "erasure", None)
        if erasure is not None:
            done.append((erasure.at, "Erased", "All of it", erasure.reason, erasure.by))
        found += [
            (at, [response.reference, what, where, why, day(at), str(by)])
            for at, what, where, why, by in done
        ]
    ordered = sorted(found, key=lambda pair: str(pair[0]), reverse=True)
    return [row for _, row in ordered]
