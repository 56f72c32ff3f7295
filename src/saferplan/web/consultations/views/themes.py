"""Naming the themes of a question's answers, and the answers with a theme."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.web.consultations.models import Answer, Coding, ReadingRun
from saferplan.web.consultations.models.reading import newest_result
from saferplan.web.consultations.services.bringing_back import drafts_brought
from saferplan.web.consultations.services.coding import add_theme, retire_theme
from saferplan.web.consultations.views.reading import Shown, in_words, read_question
from saferplan.web.partnerships.requests import MemberRequest, members_only

ON_A_PAGE = 50


class ThemeForm(forms.Form):
    name = forms.CharField(
        max_length=120,
        label="The theme, in a few words",
        error_messages={"required": "Name the theme."},
    )
    description = forms.CharField(
        required=False,
        max_length=1_000,
        widget=forms.Textarea,
        label="What belongs to it, and what does not",
    )


@members_only
def themes(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Name a theme, perhaps with the answers beside it of a group: `?draft=`."""
    consultation, question = read_question(request, pk, question_id)
    drafts = drafts_in(newest_result(question, ReadingRun.What.LOOK))
    asked = request.GET.get("draft", "")
    form = ThemeForm(request.POST or None)
    if form.is_valid():
        try:
            added = add_theme(question, by=request.user, **form.cleaned_data)
        except ValidationError as reason:
            form.add_error("name", reason.messages[0])
        else:
            messages.success(request, f"“{added}” is a theme now.")
            return redirect("consultations:themes", pk=pk, question_id=question_id)
    return render(
        request,
        "consultations/themes.html",
        {
            "consultation": consultation,
            "question": question,
            "form": form,
            "drafts": drafts,
            "draft": next((d for d in drafts if str(d["theme"]) == asked), None),
            "brought": drafts_brought(question),
            "themes": question.themes.order_by("retired_at", "pk"),
        },
        status=422 if form.errors else 200,
    )


def drafts_in(look: Shown | None) -> list[Shown]:
    """Draft themes, each with the words of its exemplars as they are today."""
    drafts = look["themes"] if look else []
    wanted = [answer for draft in drafts for answer in draft["exemplars"]]
    texts = dict(Answer.objects.filter(pk__in=wanted).values_list("pk", "text"))
    return [
        {
            **draft,
            "exemplars": [
                texts[int(each)] for each in draft["exemplars"] if int(each) in texts
            ],
        }
        for draft in drafts
    ]


@members_only
def theme(
    request: MemberRequest, pk: int, question_id: int, theme_id: int
) -> HttpResponse:
    """The answers with a theme: those people found, and those a machine suggests."""
    consultation, question = read_question(request, pk, question_id)
    found = get_object_or_404(question.themes, pk=theme_id)
    counted = newest_result(question, ReadingRun.What.COUNT)
    suggested = [
        int(answer)
        for answer, chosen in (counted["suggested"] if counted else {}).items()
        if found.pk in chosen
    ]
    coded = set(found.codings.values_list("answer_id", flat=True))
    looked_at = set(
        Coding.objects.filter(answer__question=question).values_list(
            "answer_id", flat=True
        )
    )
    wanted = coded | {each for each in suggested if each not in looked_at}
    page = Paginator(
        in_words(question).filter(pk__in=wanted).order_by("pk"), ON_A_PAGE
    ).get_page(request.GET.get("page"))
    return render(
        request,
        "consultations/theme.html",
        {
            "consultation": consultation,
            "question": question,
            "theme": found,
            "page": page,
            "coded": coded,
            "by": counted["by"] if counted else "",
        },
    )


@members_only
@require_POST
def drop(
    request: MemberRequest, pk: int, question_id: int, theme_id: int
) -> HttpResponse:
    """Drop a theme, or bring it back."""
    _, question = read_question(request, pk, question_id)
    found = get_object_or_404(question.themes, pk=theme_id)
    try:
        retire_theme(found, by=request.user)
    except ValidationError as reason:
        messages.error(request, reason.messages[0])
    return redirect("consultations:themes", pk=pk, question_id=question_id)
