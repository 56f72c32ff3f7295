"""Sending files through the site, and answering for months that they would replace."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed, SaferplanError
from saferplan.web.assessments import uploads
from saferplan.web.assessments.forms import UploadForm
from saferplan.web.assessments.limits import (
    MOST_FILES,
    MOST_GIGABYTES,
    brought_too_much,
)
from saferplan.web.assessments.models import Upload
from saferplan.web.assessments.permissions import check_can_load_evidence
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only

MOST_PARTS = 200  # of a long list of what would change, shown


@members_only
def load(request: MemberRequest) -> HttpResponse:
    check_can_load_evidence(request.user, request.membership.partnership)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        initial={"token": uuid.uuid4()},
        too_much=brought_too_much(request),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            upload = uploads.receive(said["sent"], said["token"], by=request.user)
        except SaferplanError as reason:
            form.add_error("sent", str(reason))
        else:
            return redirect("assessments:upload", upload_id=upload.pk)
    return render(
        request,
        "assessments/load.html",
        {
            "form": form,
            "token": form["token"].value(),
            "recent": Upload.objects.visible_to(request.user)[:10],
            "most_files": MOST_FILES,
            "most_gigabytes": MOST_GIGABYTES,
        },
        status=422 if form.errors else 200,
    )


@members_only
def show(request: MemberRequest, upload_id: int) -> HttpResponse:
    visible = Upload.objects.visible_to(request.user).select_related("job", "by")
    upload = get_object_or_404(visible, pk=upload_id)
    return render(
        request,
        "assessments/upload.html",
        {
            "upload": upload,
            "most": MOST_PARTS,
            "may_answer": upload.state == Upload.State.WAITING
            and allows(check_can_load_evidence, request.user, upload.partnership),
        },
    )


@require_POST
@members_only
def answer(request: MemberRequest, upload_id: int) -> HttpResponse:
    upload = get_object_or_404(Upload.objects.visible_to(request.user), pk=upload_id)
    replace_months = request.POST.get("answer") == "replace"
    try:
        uploads.answer(upload, by=request.user, replace_months=replace_months)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    else:
        if not replace_months:
            messages.success(request, "The files were discarded. Nothing changed.")
    return redirect("assessments:upload", upload_id=upload.pk)
