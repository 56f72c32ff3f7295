"""Putting several voices together into one response."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.consultations.joint_asked import asked_in
from saferplan.web.consultations.joint_document import joint_to_docx, joint_to_text
from saferplan.web.consultations.joint_forms import JointForm
from saferplan.web.consultations.models import Joint
from saferplan.web.consultations.services import joining
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.partnerships.requests import MemberRequest, members_only

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}


def joint_in(request: MemberRequest, pk: int, joint_id: int) -> Joint:
    consultation = read_consultation(request, pk)
    joints = consultation.joints.select_related("consultation__partnership", "response")
    return get_object_or_404(joints, pk=joint_id)


@members_only
def joints(request: MemberRequest, pk: int) -> HttpResponse:
    """Those being put together, and beginning another."""
    consultation = read_consultation(request, pk)
    form = JointForm(request.POST or None, consultation=consultation)
    if form.is_valid():
        made = joining.begin_joint(consultation, by=request.user, **form.cleaned_data)
        return redirect("consultations:joint", pk=pk, joint_id=made.pk)
    return render(
        request,
        "consultations/joints.html",
        {
            "consultation": consultation,
            "joints": consultation.joints.select_related("response"),
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@members_only
def joint(request: MemberRequest, pk: int, joint_id: int) -> HttpResponse:
    """The workspace: each question, whose points there are on it, the joint words."""
    found = joint_in(request, pk, joint_id)
    asked = asked_in(found)
    return render(
        request,
        "consultations/joint.html",
        {
            "consultation": found.consultation,
            "joint": found,
            "asked": asked,
            "written": sum(bool(each.answer and each.answer.text) for each in asked),
            "dissent": [each for each in found.said.all() if each.dissents],
            "asking": joining.is_asking(found),
        },
    )


@members_only
def change(request: MemberRequest, pk: int, joint_id: int) -> HttpResponse:
    found = joint_in(request, pk, joint_id)
    form = JointForm(
        request.POST or None, instance=found, consultation=found.consultation
    )
    if request.method == "POST" and form.is_valid():
        try:
            joining.change_joint(found, by=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("consultations:joint", pk=pk, joint_id=joint_id)
    return render(
        request,
        "consultations/joint_change.html",
        {"consultation": found.consultation, "joint": found, "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
@members_only
def send(request: MemberRequest, pk: int, joint_id: int) -> HttpResponse:
    found = joint_in(request, pk, joint_id)
    try:
        response = joining.send_joint(found, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
        return redirect("consultations:joint", pk=pk, joint_id=joint_id)
    stands = response.get_standing_display().lower()
    messages.success(request, f"Sent as {response}: {stands}.")
    return redirect("consultations:response", pk=pk, response_id=response.pk)


@members_only
def document(request: MemberRequest, pk: int, joint_id: int, kind: str) -> HttpResponse:
    """The joint response as it stands, to be sent elsewhere."""
    found = joint_in(request, pk, joint_id)
    if kind not in KINDS:
        raise Http404
    body = joint_to_docx(found) if kind == "docx" else joint_to_text(found)
    return HttpResponse(
        body,
        content_type=KINDS[kind],
        headers={"Content-Disposition": f'attachment; filename="response.{kind}"'},
    )
