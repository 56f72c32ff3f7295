"""Coding a sample of answers that was drawn at random, one answer at a time."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import AnswerTheme, Coding, Question
from saferplan.web.consultations.services.coding import (
    FEWEST_CODED,
    code,
    draw_sample,
    next_to_code,
)
from saferplan.web.consultations.views.reading import (
    in_words,
    progress_of,
    read_question,
)
from saferplan.web.partnerships.requests import MemberRequest, members_only


class SampleForm(forms.Form):
    count = forms.IntegerField(
        min_value=FEWEST_CODED,
        max_value=2_000,
        initial=200,
        label="How many answers to draw",
        help_text="200 give limits of about three points each way.",
    )
    twice = forms.IntegerField(
        min_value=0,
        max_value=500,
        initial=50,
        label="How many of them a second person codes too",
        help_text="From these comes how far two people agree.",
    )


class CodeForm(forms.Form):
    themes = forms.ModelMultipleChoiceField(
        AnswerTheme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Which themes are in it?",
        help_text="Choose all that are. Choose none if none is.",
    )

    def __init__(self, *args: Any, question: Question, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["themes"].queryset = question.themes.filter(retired_at=None)


@members_only
def sample(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Draw answers at random to be coded."""
    consultation, question = read_question(request, pk, question_id)
    form = SampleForm(request.POST or None)
    if form.is_valid():
        try:
            draw_sample(question, by=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("consultations:code", pk=pk, question_id=question_id)
    return render(
        request,
        "consultations/sample.html",
        {"consultation": consultation, "question": question, "form": form},
        status=422 if form.errors else 200,
    )


@members_only
def code_next(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Go to the next answer of the sample that this person has not coded."""
    consultation, question = read_question(request, pk, question_id)
    drawn = question.samples.first()
    if drawn is None:
        return redirect("consultations:sample", pk=pk, question_id=question_id)
    answer = next_to_code(drawn, request.user)
    if answer is None:
        messages.success(request, "There is nothing left for you to code.")
        return redirect("consultations:reading", pk=pk, question_id=question_id)
    return redirect("consultations:code_one", pk, question_id, answer.pk)


@members_only
def code_one(
    request: MemberRequest, pk: int, question_id: int, answer_id: int
) -> HttpResponse:
    """One answer, and the themes to choose from. Nobody else's choice is shown."""
    consultation, question = read_question(request, pk, question_id)
    answer = get_object_or_404(in_words(question), pk=answer_id)
    own = Coding.objects.filter(answer=answer, coder=request.user).first()
    form = CodeForm(
        request.POST if request.method == "POST" else None,
        question=question,
        initial={"themes": own.themes.all() if own else []},
    )
    if request.method == "POST" and form.is_valid():
        code(answer, form.cleaned_data["themes"], by=request.user)
        return redirect("consultations:code", pk=pk, question_id=question_id)
    drawn = question.samples.first()
    return render(
        request,
        "consultations/code.html",
        {
            "consultation": consultation,
            "question": question,
            "answer": answer,
            "form": form,
            "progress": progress_of(drawn),
            "has_themes": question.themes.filter(retired_at=None).exists(),
        },
        status=422 if form.errors else 200,
    )
