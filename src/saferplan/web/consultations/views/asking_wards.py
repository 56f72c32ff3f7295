"""Asking in which ward people live."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.consultations.services.asking_wards import ask_which_ward
from saferplan.web.consultations.views.setting_up import own
from saferplan.web.core.pages import plural
from saferplan.web.partnerships.requests import MemberRequest, members_only


@require_POST
@members_only
def ask_ward(request: MemberRequest, pk: int) -> HttpResponse:
    consultation = own(request, pk)
    try:
        question = ask_which_ward(consultation, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    else:
        wards = len(question.options) - 2
        messages.success(request, f"Added, with {plural(wards, 'ward')}.")
    return redirect("consultations:questions", pk=pk)
