"""Hiding an answer, taking words out for good, erasing a person; and the log of it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from saferplan.consultations.redaction import Redaction as Run
from saferplan.consultations.redaction import suggest_redactions
from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Consultation, Hidden, Response
from saferplan.web.consultations.permissions import check_can_launch
from saferplan.web.consultations.private_forms import (
    EraseForm,
    ReasonForm,
    RedactForm,
    ShowForm,
)
from saferplan.web.consultations.services.forgetting import erase
from saferplan.web.consultations.services.moderating import hide as hide_answer
from saferplan.web.consultations.services.moderating import show_again
from saferplan.web.consultations.services.redacting import (
    Chosen,
    reasons_of,
    redact_words,
    with_words,
)
from saferplan.web.consultations.views.deciding import read_consultation
from saferplan.web.consultations.views.taking_in import response_in
from saferplan.web.consultations.words_of import Place, places_of
from saferplan.web.core.downloads import Cell, table_response
from saferplan.web.core.pages import day
from saferplan.web.partnerships.requests import MemberRequest, members_only

AROUND = 60  # characters of the text before and after what is suggested
LOG_COLUMNS = ("Response", "What was done", "Where", "Why", "When", "By")


@dataclass(frozen=True)
class Suggested:
    """A run that may identify somebody, with the words around it."""

    value: str
    before: str
    words: str
    after: str
    kind: str
    certainty: str
    title: str


@members_only
def redact(request: MemberRequest, pk: int, response_id: int) -> HttpResponse:
    """Choose what to take out: of what is suggested, or by giving the words."""
    consultation = read_consultation(request, pk)
    found = response_in(consultation, response_id)
    form = RedactForm(request.POST or None, consultation=consultation)
    if form.is_valid():
        chosen = chosen_in(request, found)
        if words := form.cleaned_data["words"].strip():
            chosen += with_words(found, words)
        try:
            count = redact_words(
                found, chosen, reason=form.cleaned_data["reason"], by=request.user
            )
        except NotAllowed as reason:
            form.add_error("words", str(reason))
        else:
            messages.success(request, f"Taken out: {count}.")
            return redirect("consultations:redact", pk=pk, response_id=response_id)
    return render(
        request,
        "consultations/redact.html",
        {
            "consultation": consultation,
            "response": found,
            "form": form,
            "suggested": suggestions_in(found),
            "ticked": request.POST.getlist("run"),
            "gone": found.redactions.select_related("by"),
        },
        status=422 if form.errors else 200,
    )


def suggestions_in(response: Response) -> list[Suggested]:
    return [
        suggested(place, run)
        for place in places_of(response)
        if place.own
        for run in suggest_redactions(place.text)
    ]


def suggested(place: Place, run: Run) -> Suggested:
    text = place.text
    return Suggested(
        value=f"{place.key}:{run.start}:{run.end}:{run.kind}",
        before=text[max(0, run.start - AROUND) : run.start],
        words=text[run.start : run.end],
        after=text[run.end : run.end + AROUND],
        kind=run.kind,
        certainty=run.certainty,
        title=place.title,
    )


def chosen_in(request: MemberRequest, response: Response) -> list[Chosen]:
    """
    What was ticked. Only what is suggested now can be: of a text that was changed since
    the page was drawn, the same places hold other words.
    """
    known = {each.value for each in suggestions_in(response)}
    found = []
    for value in request.POST.getlist("run"):
        if value in known:
            key, start, end, kind = value.split(":", 3)
            found.append(Chosen(key, int(start), int(end), kind))
    return found


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
