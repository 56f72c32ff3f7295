"""The form on paper: a page to print, and an accessible PDF."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from saferplan.errors import ReportError
from saferplan.reports.paper_form import form_to_pdf
from saferplan.web.consultations.models import Consultation, Question
from saferplan.web.consultations.views.asking import visible_consultation
from saferplan.web.consultations.views.starting import language_asked, languages_of
from saferplan.web.core.pages import day, moment

USUAL, LARGE = 12, 18  # points
LINES = {"open": 12, "place": 6}  # to write on


@login_not_required
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to print and fill in by hand."""
    consultation = visible_consultation(request, pk)
    language = language_asked(request, consultation)
    return render(
        request,
        "consultations/paper.html",
        {
            "consultation": consultation,
            "form_on_paper": on_paper(consultation, language),
            "languages": languages_of(consultation),
        },
    )


@login_not_required
def paper_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as PDF/UA; with `?size=large` in large print."""
    consultation = visible_consultation(request, pk)
    language = language_asked(request, consultation)
    large = request.GET.get("size") == "large"
    form = {**on_paper(consultation, language), "size": LARGE if large else USUAL}
    try:
        made = form_to_pdf(form)
    except ReportError as reason:
        messages.error(request, str(reason))
        address = reverse("consultations:paper", args=[pk])
        return redirect(f"{address}?{urlencode({'language': language})}")
    name = f"form-{pk}-large-print.pdf" if large else f"form-{pk}.pdf"
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def on_paper(consultation: Consultation, language: str) -> dict[str, Any]:
    """The form as data: what is asked, with what space, and where to send it."""
    questions = list(consultation.questions.select_related("only_if"))
    numbers = {each.pk: at for at, each in enumerate(questions, start=1)}
    asked = [
        {"number": numbers[each.pk], "apart": each.apart}
        | question_on_paper(each, numbers, language)
        for each in questions
    ]
    return {
        "title": consultation.title,
        "partnership": str(consultation.partnership),
        "language": language,
        "about": consultation.about,
        "closes": moment(consultation.closes_at),
        "send_to": consultation.write_to,
        "reasons": consultation.reasons,
        "keep_until": day(consultation.keep_until),
        "questions": [each for each in asked if not each["apart"]],
        "about_you": [each for each in asked if each["apart"]],
    }


def question_on_paper(
    question: Question, numbers: dict[int, int], language: str
) -> dict[str, Any]:
    only_if = ""
    if question.only_if_id:
        said = "” or “".join(question.only_if_said)
        only_if = f"Only if you ticked “{said}” in question "
        only_if += f"{numbers[question.only_if_id]}."
    return {
        "text": question.text_in(language),
        "hint": question.hint_in(language),
        "language": question.language_in(language),
        "options": [label for _, label in question.options_in(language)],
        "many": question.kind == Question.Kind.MANY,
        "place": question.kind == Question.Kind.PLACE,
        "lines": LINES.get(question.kind, 1 if question.apart else 0),
        "needed": question.required,
        "only_if": only_if,
    }
