"""Sending a question out to be read by ThemeFinder or Consult, and bringing it back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed, SaferplanError
from saferplan.web.consultations.models import ReadingRun
from saferplan.web.consultations.services.bringing_back import (
    CameBack,
    bring_back,
    take_theme,
)
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.consultations.views.reading import read_question
from saferplan.web.core.fields import DocumentField
from saferplan.web.core.pages import plural
from saferplan.web.partnerships.requests import MemberRequest, members_only


class BroughtBackForm(forms.Form):
    sent = DocumentField(
        label="The folder with inputs and outputs, as a zip",
        smaller="Zip one question at a time.",
    )


@members_only
def out_and_back(request: MemberRequest, pk: int) -> HttpResponse:
    """The zip to take away, the zip to bring back, and what came back before."""
    consultation = read_consultation(request, pk)
    form = BroughtBackForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["sent"]
        try:
            back = bring_back(consultation, sent.read(), sent.name, by=request.user)
        except SaferplanError as reason:
            form.add_error("sent", str(reason))
        else:
            messages.success(request, said_of(back))
            return redirect("consultations:out_and_back", pk=pk)
    runs = ReadingRun.objects.filter(
        question__consultation=consultation, what=ReadingRun.What.BROUGHT
    )
    return render(
        request,
        "consultations/out_and_back.html",
        {
            "consultation": consultation,
            "form": form,
            "runs": runs.select_related("question"),
        },
        status=422 if form.errors else 200,
    )


def said_of(back: CameBack) -> str:
    said = f"{plural(len(back.runs), 'question')} came back."
    if back.strange:
        names = ", ".join(f"“{each}”" for each in back.strange)
        said += f" Not asked in this consultation, and left out: {names}."
    if back.broken:
        said += f" {plural(back.broken, 'line')} could not be read."
    return said


@members_only
@require_POST
def take(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Make a theme of one that a machine found."""
    _, question = read_question(request, pk, question_id)
    try:
        theme = take_theme(question, request.POST.get("topic", ""), by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    except ValidationError as reason:
        messages.error(request, reason.messages[0])
    else:
        messages.success(request, f"“{theme}” is a theme now.")
    return redirect("consultations:themes", pk=pk, question_id=question_id)
