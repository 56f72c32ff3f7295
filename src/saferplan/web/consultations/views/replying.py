"""Replies to those who answered: the letter, an example of it, and sending them."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from saferplan.errors import ConsultationError, NotAllowed
from saferplan.web.consultations.letters import COLUMNS, FIELDS, letter_to
from saferplan.web.consultations.models import (
    Consultation,
    Reply,
    ReplyTemplate,
    Report,
)
from saferplan.web.consultations.permissions import check_can_launch
from saferplan.web.consultations.services.replying import (
    keep_template,
    send_again,
    start_replies,
    to_be_told,
)
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.core.fields import DocumentField
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateForm(forms.Form):
    sent = DocumentField(
        label="Your office’s letter",
        help_text="A Word document (DOCX) with fields such as {{name}}.",
        smaller="Make its pictures smaller.",
    )


def published(consultation: Consultation) -> Report:
    report = consultation.reports.first()
    if report is None:
        raise NotAllowed("Publish the answer first: the replies tell what it says.")
    return report


@members_only
def replies(request: MemberRequest, pk: int) -> HttpResponse:
    """The letter, who gets it, and which have gone."""
    consultation = read_consultation(request, pk)
    report = consultation.reports.first()
    made = Reply.objects.filter(report=report) if report else Reply.objects.none()
    return render(
        request,
        "consultations/replies.html",
        {
            "consultation": consultation,
            "report": report,
            "template": ReplyTemplate.objects.filter(consultation=consultation).first(),
            "addresses": sum(1 for _ in to_be_told(consultation)),
            "sent": made.exclude(sent_at=None).filter(problem="").count(),
            "problems": made.exclude(problem="").select_related("response"),
            "may_send": allows(check_can_launch, request.user, consultation),
            "token": uuid4(),
        },
    )


@members_only
def template(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose the office's own letter; what is wrong with it is said."""
    consultation = read_consultation(request, pk)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["sent"]
        try:
            keep_template(consultation, sent.read(), sent.name, by=request.user)
        except ConsultationError as fault:
            form.add_error("sent", str(fault))
        else:
            messages.success(request, "Replies are written with this letter.")
            return redirect("consultations:replies", pk=pk)
    return render(
        request,
        "consultations/reply_template.html",
        {
            "consultation": consultation,
            "form": form,
            "fields": [*FIELDS.items(), *COLUMNS.items()],
        },
        status=422 if form.errors else 200,
    )


@members_only
def example(request: MemberRequest, pk: int) -> HttpResponse:
    """The letter to the first respondent, to be looked at before any is sent."""
    consultation = read_consultation(request, pk)
    response = consultation.responses.counted().first()
    if response is None:
        raise Http404
    answer = request.build_absolute_uri(reverse("consultations:feedback", args=[pk]))
    return HttpResponse(
        letter_to(response, answer=answer),
        content_type=WORD,
        headers={"Content-Disposition": 'attachment; filename="example-reply.docx"'},
    )


@members_only
@require_POST
def send_all(request: MemberRequest, pk: int) -> HttpResponse:
    """Have the worker send a reply to everybody who left an address."""
    consultation = read_consultation(request, pk)
    check_can_launch(request.user, consultation)
    try:
        job = start_replies(
            published(consultation),
            site=request.build_absolute_uri("/").rstrip("/"),
            token=request.POST.get("token", ""),
            by=request.user,
        )
    except NotAllowed as reason:
        messages.error(request, str(reason))
        return redirect("consultations:replies", pk=pk)
    return redirect("home:job", job.pk)


@members_only
@require_POST
def again(request: MemberRequest, pk: int, reply_id: int) -> HttpResponse:
    """Let a reply wait again that may not have arrived."""
    consultation = read_consultation(request, pk)
    reply = get_object_or_404(Reply, pk=reply_id, report__consultation=consultation)
    check_can_launch(request.user, consultation)
    try:
        send_again(reply, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    return redirect("consultations:replies", pk=pk)
