"""Officers set a consultation up, launch it, and give it more time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed, ResponseError
from saferplan.web.consultations.asking_forms import (
    ConsultationForm,
    DraftForm,
    MoreTimeForm,
)
from saferplan.web.consultations.drafting import Drafted, from_file, from_version
from saferplan.web.consultations.models import Consultation
from saferplan.web.consultations.permissions import check_can_ask, check_can_launch
from saferplan.web.consultations.services.checking import checks_of
from saferplan.web.consultations.services.setting_up import (
    add_draft,
    change_consultation,
    check_can_still_change,
    give_more_time,
    launch,
    make_consultation,
    remove_draft,
)
from saferplan.web.consultations.views.asking import visible_consultation
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only


def own(request: MemberRequest, pk: int) -> Consultation:
    """A consultation that this person may set up."""
    consultation = visible_consultation(request, pk)
    check_can_ask(request.user, consultation.partnership)
    return consultation


@members_only
def make(request: MemberRequest) -> HttpResponse:
    here = request.membership.partnership
    check_can_ask(request.user, here)
    form = ConsultationForm(request.POST or None, partnership=here)
    if form.is_valid():
        made = make_consultation(here, by=request.user, **form.words)
        return redirect("consultations:drafts", pk=made.pk)
    return render(
        request,
        "consultations/make.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@members_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    consultation = own(request, pk)
    check_can_still_change(consultation)
    form = ConsultationForm(
        request.POST or None,
        instance=consultation,
        partnership=consultation.partnership,
    )
    if form.is_valid():
        change_consultation(consultation, by=request.user, **form.words)
        return redirect("consultations:show", pk=pk)
    return render(
        request,
        "consultations/make.html",
        {"form": form, "consultation": consultation},
        status=422 if form.errors else 200,
    )


@members_only
def drafts(request: MemberRequest, pk: int) -> HttpResponse:
    """The drafts there are; POST adds one."""
    consultation = own(request, pk)
    sent = request.method == "POST"
    form = DraftForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        consultation=consultation,
    )
    if form.is_valid():
        try:
            add_what_was_sent(request, consultation, form)
        except (NotAllowed, ResponseError) as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("consultations:drafts", pk=pk)
    return render(
        request,
        "consultations/drafts.html",
        {
            "consultation": consultation,
            "form": form,
            "drafts": consultation.drafts.defer("text").prefetch_related("passages"),
            "may_change": consultation.launched_at is None,
        },
        status=422 if form.errors else 200,
    )


def add_what_was_sent(
    request: MemberRequest, consultation: Consultation, form: DraftForm
) -> None:
    said = form.cleaned_data
    version, sent = said["version"], said["sent"]
    if version is not None:
        drafted, title = from_version(version), version.plan.title
    elif sent is not None:
        drafted, title = from_file(sent.read(), sent.name), sent.name.rsplit(".", 1)[0]
    else:
        drafted = from_file(said["pasted"].encode(), f"{said['title']}.txt")
        title = said["title"]
    kept = add_draft(
        consultation,
        title=said["title"] or title,
        text=drafted.text,
        passages=drafted.passages,
        kind=said["kind"],
        language=said["language"],
        version=version,
        by=request.user,
    )
    messages.success(request, f"“{kept}” is in: {how_many(drafted)}.")


def how_many(drafted: Drafted) -> str:
    shown = [each for each in drafted.passages if each.kind != "page"]
    headings = sum(each.kind == "section" for each in shown)
    return f"{len(shown)} passages, {headings} of them headings"


@require_POST
@members_only
def take_draft_out(request: MemberRequest, pk: int, draft_id: int) -> HttpResponse:
    consultation = own(request, pk)
    draft = get_object_or_404(consultation.drafts, pk=draft_id)
    try:
        remove_draft(draft, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    return redirect("consultations:drafts", pk=pk)


@members_only
def ready(request: MemberRequest, pk: int) -> HttpResponse:
    """What is there and what is missing; POST launches it."""
    consultation = own(request, pk)
    failed = None
    if request.method == "POST":
        try:
            launch(consultation, by=request.user)
        except NotAllowed as reason:
            failed = str(reason)
        else:
            messages.success(request, "It is launched, for everybody to see.")
            return redirect("consultations:show", pk=pk)
    return render(
        request,
        "consultations/launch.html",
        {
            "consultation": consultation,
            "checks": checks_of(consultation),
            "failed": failed,
            "may_launch": allows(check_can_launch, request.user, consultation),
        },
        status=422 if failed else 200,
    )


@members_only
def more_time(request: MemberRequest, pk: int) -> HttpResponse:
    consultation = own(request, pk)
    check_can_launch(request.user, consultation)
    form = MoreTimeForm(
        request.POST or None, initial={"closes_at": consultation.closes_at}
    )
    if form.is_valid():
        try:
            give_more_time(consultation, by=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.add_error("closes_at", str(reason))
        else:
            messages.success(request, "People have more time.")
            return redirect("consultations:show", pk=pk)
    return render(
        request,
        "consultations/more_time.html",
        {"consultation": consultation, "form": form},
        status=422 if form.errors else 200,
    )
