"""Pages of what a journey map is asked, and of how many are lost on the way."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.core.downloads import table_response
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.performance import journey_flow, journey_questions
from saferplan.web.performance.journey_forms import AnswerForm
from saferplan.web.performance.journey_questions import Question, questions_of
from saferplan.web.performance.models.journey import JourneyMap
from saferplan.web.performance.permissions import check_can_keep
from saferplan.web.performance.services import answering
from saferplan.web.performance.views.journeys import asked_of, flow_for, own, readable


def own_question(
    request: MemberRequest, pk: int, name: str
) -> tuple[JourneyMap, Question]:
    made = own(request, pk)
    check_can_keep(request.user, made.partnership)
    for each in questions_of(made, asked_of(request, made)):
        if each.name == name:
            return made, each
    raise Http404


@members_only
def question(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """Answer a question of a map."""
    made, found = own_question(request, pk, name)
    stands = found.answer
    first = (
        {
            "outcome": stands.outcome,
            "said": stands.said,
            "source": stands.source,
            "day": stands.day,
        }
        if stands
        else None
    )
    form = AnswerForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            answering.answer(made, found.check, by=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The answer is on the map.")
            return to_questions(pk)
    return render(
        request,
        "performance/journey_question.html",
        {"form": form, "journey": made, "question": found},
        status=422 if form.errors else 200,
    )


@require_POST
@members_only
def open_again(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    made, found = own_question(request, pk, name)
    answering.open_again(made, found.check, by=request.user)
    messages.success(request, "The question is open again. What was said is kept.")
    return to_questions(pk)


def to_questions(pk: int) -> HttpResponse:
    return redirect(f"{reverse('performance:journey', args=[pk])}#questions")


@login_not_required
def questions(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The questions with their answers as CSV or ODS."""
    made = readable(request, pk)
    rows = journey_questions.rows_of(questions_of(made, asked_of(request, made)))
    name = f"journey-{made.path.replace(' ', '-')}-questions"
    return table_response(name, kind, journey_questions.COLUMNS, rows)


@login_not_required
def flow(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """How many come to each step as CSV or ODS."""
    made = readable(request, pk)
    found = flow_for(request, made)
    rows = journey_flow.rows_of(found) if found else []
    name = f"journey-{made.path.replace(' ', '-')}-how-many"
    return table_response(name, kind, journey_flow.COLUMNS, rows)
