"""The questions of a consultation that is being set up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.consultations.languages import name_of_language
from saferplan.web.consultations.models import Consultation, Question
from saferplan.web.consultations.permissions import check_can_ask
from saferplan.web.consultations.question_forms import (
    LanguageForm,
    QuestionForm,
    TranslateForm,
    key_for,
)
from saferplan.web.consultations.services.questioning import (
    add_questions_about_people,
    change_question,
    move_question,
    remove_question,
    translate,
)
from saferplan.web.consultations.services.setting_up import add_question
from saferplan.web.consultations.views.setting_up import own
from saferplan.web.consultations.views.starting import languages_of
from saferplan.web.partnerships.requests import MemberRequest, members_only


@members_only
def everything(request: MemberRequest, pk: int) -> HttpResponse:
    consultation = own(request, pk)
    return render(
        request,
        "consultations/questions.html",
        {
            "consultation": consultation,
            "questions": consultation.questions.select_related("only_if"),
            "languages": languages_of(consultation),
            "may_change": consultation.launched_at is None,
        },
    )


@members_only
def add(request: MemberRequest, pk: int) -> HttpResponse:
    consultation = own(request, pk)
    return ask(request, consultation, None)


@members_only
def change(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    consultation = own(request, pk)
    question = get_object_or_404(consultation.questions, pk=question_id)
    return ask(request, consultation, question)


def ask(
    request: MemberRequest, consultation: Consultation, question: Question | None
) -> HttpResponse:
    form = QuestionForm(
        request.POST or None, instance=question, consultation=consultation
    )
    if form.is_valid():
        try:
            if question is None:
                key = key_for(consultation, form.cleaned_data["text"])
                add_question(consultation, by=request.user, key=key, **form.words)
            else:
                change_question(question, by=request.user, **form.words)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("consultations:questions", pk=consultation.pk)
    return render(
        request,
        "consultations/question_change.html",
        {"consultation": consultation, "form": form, "is_new": question is None},
        status=422 if form.errors else 200,
    )


@require_POST
@members_only
def move(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    question = get_object_or_404(own(request, pk).questions, pk=question_id)
    try:
        move_question(question, by=request.user, up=request.POST.get("to") == "up")
    except NotAllowed as reason:
        messages.error(request, str(reason))
    return redirect("consultations:questions", pk=pk)


@require_POST
@members_only
def remove(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    question = get_object_or_404(own(request, pk).questions, pk=question_id)
    try:
        remove_question(question, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    return redirect("consultations:questions", pk=pk)


@require_POST
@members_only
def add_about_people(request: MemberRequest, pk: int) -> HttpResponse:
    """Add the ready questions about who people are."""
    consultation = own(request, pk)
    check_can_ask(request.user, consultation.partnership)
    try:
        added = add_questions_about_people(consultation, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"Questions added: {added}.")
    return redirect("consultations:questions", pk=pk)


@members_only
def into_language(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose a language, then put the questions in it, box by box."""
    consultation = own(request, pk)
    chosen = LanguageForm(request.GET or None)
    if not chosen.is_valid():
        return render(
            request,
            "consultations/language.html",
            {
                "consultation": consultation,
                "form": chosen,
                "languages": languages_of(consultation),
                "questions": consultation.questions.count(),
            },
            status=422 if chosen.errors else 200,
        )
    language = chosen.cleaned_data["to"]
    questions = list(consultation.questions.all())
    sent = request.POST if request.method == "POST" else None
    form = TranslateForm(questions, language, sent)
    if form.is_valid():
        try:
            there = translate(consultation, language, form.words, by=request.user)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            name = name_of_language(language)
            messages.success(
                request, f"{there} of {len(questions)} questions are in {name} now."
            )
            return redirect("consultations:questions", pk=pk)
    return render(
        request,
        "consultations/translate.html",
        {
            "consultation": consultation,
            "form": form,
            "language": language,
            "name": name_of_language(language),
        },
        status=422 if form.errors else 200,
    )
