"""Consultations: the list, the page of one, and one response as officers see it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from saferplan.web.consultations.languages import languages_in
from saferplan.web.consultations.models import Consultation
from saferplan.web.consultations.permissions import check_can_ask, check_can_read
from saferplan.web.consultations.services.hub import tasks_of
from saferplan.web.core.permissions import allows


@login_not_required
def everything(request: HttpRequest) -> HttpResponse:
    """Every consultation this person may see."""
    membership = getattr(request.user, "membership", None)
    visible = Consultation.objects.visible_to(request.user)
    return render(
        request,
        "consultations/all.html",
        {
            "consultations": visible.select_related("partnership"),
            "may_ask": membership is not None
            and allows(check_can_ask, request.user, membership.partnership),
        },
    )


def visible_consultation(request: HttpRequest, pk: int) -> Consultation:
    visible = Consultation.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("partnership"), pk=pk)


def read_consultation(request: HttpRequest, pk: int) -> Consultation:
    """The consultation, for somebody who reads what was said in it."""
    consultation = visible_consultation(request, pk)
    check_can_read(request.user, consultation)
    return consultation


@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, of whom, until when; and for officers, what there is to do."""
    consultation = visible_consultation(request, pk)
    questions = list(consultation.questions.all())
    return render(
        request,
        "consultations/show.html",
        {
            "consultation": consultation,
            "drafts": consultation.drafts.defer("text"),
            "questions": questions,
            "languages": languages_in(each.words for each in questions),
            "tasks": tasks_of(consultation, request.user)
            if allows(check_can_read, request.user, consultation)
            else {},
        },
    )
