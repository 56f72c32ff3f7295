"""Strategic assessments: the list, the page, publishing, the documents."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.assessment.finding import Assessment
from saferplan.errors import NotAllowed
from saferplan.reports import wording
from saferplan.reports.arrangement import Section, real_changes, sections
from saferplan.web.assessments import documents, jobs, services
from saferplan.web.assessments.models import Decision, StrategicAssessment
from saferplan.web.assessments.permissions import (
    check_can_assess,
    check_can_decide,
    check_can_publish,
)
from saferplan.web.assessments.seen import seen_by
from saferplan.web.core.jobs import start_job
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only

KINDS = {
    "pdf": "application/pdf",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@login_not_required
def everything(request: HttpRequest) -> HttpResponse:
    """Every assessment this person may read."""
    membership = getattr(request.user, "membership", None)
    visible = StrategicAssessment.objects.visible_to(request.user).listed()
    visible = visible.select_related("partnership")
    may_make = membership is not None and allows(
        check_can_assess, membership.person, membership.partnership
    )
    return render(
        request,
        "assessments/all.html",
        {"assessments": visible, "may_make": may_make},
    )


@require_POST
@members_only
def make(request: MemberRequest) -> HttpResponse:
    """Start making an assessment of the partnership's own area."""
    here = request.membership.partnership
    check_can_assess(request.user, here)
    job = start_job(
        jobs.ASSESS,
        title=f"Assess the area of {here}",
        by=request.user,
        partnership=here,
        arguments={
            "partnership_id": here.pk,
            "area_code": here.area_code,
            "person_id": request.user.pk,
        },
    )
    return redirect("home:job", job_id=job.pk)


@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The assessment; with `?only=waiting`, the findings nobody has decided on."""
    visible = StrategicAssessment.objects.visible_to(request.user).listed()
    assessment = get_object_or_404(visible.select_related("partnership"), pk=pk)
    content, standing = seen_by(request.user, assessment)
    may_decide = allows(check_can_decide, request.user, assessment)
    waiting = [each for each in content.findings if each.id not in standing]
    only_waiting = may_decide and request.GET.get("only") == "waiting"
    shown = replace(content, findings=tuple(waiting), gaps=()) if only_waiting else None
    return render(
        request,
        "assessments/show.html",
        {
            "assessment": assessment,
            "content": content,
            "real_changes": {} if shown else real_changes(content),
            "sections": arranged(shown) if shown else sections(content),
            "cited": {release.id: release for release in content.releases},
            "standing": standing,
            "waiting": len(waiting),
            "only_waiting": only_waiting,
            "aside": sum(
                decision.outcome == Decision.Outcome.SET_ASIDE
                for decision in standing.values()
            ),
            "wording": wording,
            "has_documents": documents.edition_of(assessment).exists(),
            "may_decide": may_decide,
            "may_publish": allows(check_can_publish, request.user, assessment),
        },
    )


def arranged(part: Assessment) -> list[Section]:
    """The sections that have something of this part of an assessment."""
    return [section for section in sections(part) if section.topics]


@require_POST
@members_only
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    visible = StrategicAssessment.objects.visible_to(request.user)
    assessment = get_object_or_404(visible, pk=pk)
    try:
        services.publish(assessment, by=request.user)
    except NotAllowed as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "The assessment is now public.")
    return redirect("assessments:show", pk=pk)


@login_not_required
def document(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The assessment as a document; the public gets the accepted findings only."""
    visible = StrategicAssessment.objects.visible_to(request.user).listed()
    assessment = get_object_or_404(visible.select_related("partnership"), pk=pk)
    if kind not in KINDS:
        raise Http404
    path = documents.edition_of(assessment) / f"assessment.{kind}"
    if not path.exists():
        services.order_documents(assessment, by=None)
        messages.info(
            request, "The documents are being written. Ask again in a minute."
        )
        return redirect("assessments:show", pk=pk)
    return FileResponse(
        path.open("rb"),
        as_attachment=kind != "pdf",
        filename=f"{assessment.area_name}-assessment.{kind}".replace(" ", "-").lower(),
        content_type=KINDS[kind],
    )
