"""One finding: its figure, pictures and table, where it comes from, the decision."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.assessment.finding import Finding, Table
from saferplan.errors import NotAllowed
from saferplan.reports import wording
from saferplan.reports.arrangement import sections
from saferplan.web.assessments import documents, services
from saferplan.web.assessments.forms import DecisionForm
from saferplan.web.assessments.models import Decision, StrategicAssessment
from saferplan.web.assessments.permissions import check_can_decide
from saferplan.web.assessments.seen import finding_seen_by
from saferplan.web.core.downloads import table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.permissions import check_is_staff
from saferplan.web.partnerships.requests import MemberRequest, members_only


def found(
    request: HttpRequest, pk: int, finding_id: str
) -> tuple[StrategicAssessment, Finding]:
    visible = StrategicAssessment.objects.visible_to(request.user).listed()
    assessment = get_object_or_404(visible.select_related("partnership"), pk=pk)
    return assessment, finding_seen_by(request.user, assessment, finding_id)


@login_not_required
def show(request: HttpRequest, pk: int, finding_id: str) -> HttpResponse:
    assessment, finding = found(request, pk, finding_id)
    return finding_page(request, assessment, finding)


@require_POST
@members_only
def decide(request: MemberRequest, pk: int, finding_id: str) -> HttpResponse:
    assessment, finding = found(request, pk, finding_id)
    check_can_decide(request.user, assessment)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return finding_page(request, assessment, finding, form)
    said = form.cleaned_data
    try:
        services.decide(
            assessment,
            finding,
            said["outcome"],
            by=request.user,
            reason=said["reason"],
            after=said["after"],
        )
    except (NotAllowed, services.AlreadyDecided) as reason:
        # What was typed stays in the form, beside what the other person said.
        form.add_error(None, str(reason))
        return finding_page(request, assessment, finding, form)
    outcome = Decision.Outcome(said["outcome"]).label.lower()
    messages.success(request, f"{finding.measure.title}: {outcome}.")
    return redirect("assessments:finding", pk=pk, finding_id=finding_id)


def finding_page(
    request: HttpRequest,
    assessment: StrategicAssessment,
    finding: Finding,
    form: DecisionForm | None = None,
) -> HttpResponse:
    is_staff = allows(check_is_staff, request.user, assessment.partnership)
    history = (
        list(assessment.decisions.of(finding.id).select_related("by"))
        if is_staff
        else []
    )
    newest = history[0].number if history else 0
    if form is None:
        form = DecisionForm(initial={"after": newest})
    may_decide = allows(check_can_decide, request.user, assessment)
    return render(
        request,
        "assessments/finding.html",
        {
            "assessment": assessment,
            "finding": finding,
            "cited": {release.id: release for release in assessment.content.releases},
            "columns": headings(finding.table) if finding.table else [],
            "rows": cells(finding.table) if finding.table else [],
            "history": history,
            "form": form,
            # Deciding again means having seen the newest decision: it is shown here.
            "newest": newest,
            "wording": wording,
            "may_decide": may_decide,
            "next_waiting": next_waiting(assessment, finding) if may_decide else None,
        },
        status=422 if form.is_bound and form.errors else 200,
    )


def headings(table: Table) -> list[dict[str, Any]]:
    return [
        {
            "title": wording.heading(column),
            "numeric": column.unit not in ("", "month"),
        }
        for column in table.columns
    ]


def cells(table: Table) -> list[list[str]]:
    return [
        [
            wording.cell(cell, column)
            for cell, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]


def next_waiting(assessment: StrategicAssessment, finding: Finding) -> Finding | None:
    """The next finding without a decision, going on from this one and round again."""
    in_order = [
        each
        for section in sections(assessment.content)
        for topic in section.topics
        for each in topic.findings
    ]
    at = in_order.index(finding)
    waiting = services.undecided(assessment)
    onwards = in_order[at + 1 :] + in_order[:at]
    return next((each for each in onwards if each.id in waiting), None)


@login_not_required
def table(request: HttpRequest, pk: int, finding_id: str, kind: str) -> HttpResponse:
    """The finding's table, to take away."""
    _, finding = found(request, pk, finding_id)
    if finding.table is None:
        raise Http404
    return table_response(
        f"{finding.topic}-{finding.measure.name}".replace(" ", "-"),
        kind,
        [wording.heading(column) for column in finding.table.columns],
        finding.table.rows,
    )


@login_not_required
def picture(
    request: HttpRequest, pk: int, finding_id: str, number: int
) -> FileResponse:
    assessment, finding = found(request, pk, finding_id)
    path = assessment.folder / documents.PICTURES
    return image(path / documents.picture_name(finding, number), "image/svg+xml")


@login_not_required
def areas(request: HttpRequest, pk: int, finding_id: str) -> FileResponse:
    """The outlines of a map with their values, for the interactive map."""
    assessment, finding = found(request, pk, finding_id)
    path = assessment.folder / documents.PICTURES
    name = f"{finding.id}-{documents.MAP}"
    return image(path / name, "application/geo+json")


def image(path: Path, content_type: str) -> FileResponse:
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=content_type)
    response["Cache-Control"] = "private, max-age=3600"
    return response
