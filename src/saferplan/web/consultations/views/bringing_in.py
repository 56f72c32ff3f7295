"""Bringing in the answers that people gave in another system."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import SaferplanError
from saferplan.web.consultations.bringing_in_forms import ColumnsForm, SurveyFileForm
from saferplan.web.consultations.models import Consultation, SurveyFile
from saferplan.web.consultations.services.bringing_in import (
    AT_ONCE,
    bring_in,
    discard,
    place_columns,
    receive,
)
from saferplan.web.consultations.services.survey_columns import placed_in
from saferplan.web.consultations.services.survey_rows import opened
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.core.downloads import Cell, table_response
from saferplan.web.partnerships.requests import MemberRequest, members_only

SHOWN = 20  # rows that were not taken in; the download has all


def file_in(
    request: HttpRequest, pk: int, file_id: int
) -> tuple[Consultation, SurveyFile]:
    consultation = read_consultation(request, pk)
    files = consultation.survey_files.select_related("consultation__partnership", "job")
    return consultation, get_object_or_404(files, pk=file_id)


@members_only
def send(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose an export; and those that were sent before, with what came of them."""
    consultation = read_consultation(request, pk)
    form = SurveyFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            file = receive(
                consultation,
                said["sent"].read(),
                said["sent"].name,
                token=said["token"],
                received_on=said["received_on"],
                why=said["why"],
                by=request.user,
            )
        except SaferplanError as reason:
            form.add_error("sent", str(reason))
        else:
            return redirect("consultations:survey_file", pk=pk, file_id=file.pk)
    return render(
        request,
        "consultations/bring_in.html",
        {
            "consultation": consultation,
            "form": form,
            "files": consultation.survey_files.defer("content").select_related("job"),
        },
        status=422 if form.errors else 200,
    )


@members_only
def look(request: MemberRequest, pk: int, file_id: int) -> HttpResponse:
    """What each column was taken for, and which rows cannot be taken in."""
    consultation, file = file_in(request, pk, file_id)
    if file.is_over or file.job is not None:
        return render(
            request,
            "consultations/brought_in.html",
            {"consultation": consultation, "file": file, "shown": SHOWN},
        )
    made = opened(file)
    form = ColumnsForm(request.POST or None, file=file, placed=placed_in(file, made))
    if form.is_valid():
        try:
            job = bring_in(
                place_columns(file, form.columns, by=request.user), by=request.user
            )
        except SaferplanError as reason:
            form.add_error(None, str(reason))
        else:
            if job is not None:
                return redirect("home:job", job.pk)
            return redirect("consultations:survey_file", pk=pk, file_id=file.pk)
    return render(
        request,
        "consultations/survey_file.html",
        {
            "consultation": consultation,
            "file": file,
            "made": made,
            "form": form,
            "shown": SHOWN,
            "at_once": made.read <= AT_ONCE,
        },
        status=422 if form.errors else 200,
    )


@members_only
def quarantined(
    request: MemberRequest, pk: int, file_id: int, kind: str
) -> HttpResponse:
    """
    The rows that cannot be taken in, verbatim, under the export's own headings.

    Mended, they can be sent as a file of their own. Once the file is gone, only their
    lines and reasons are left.
    """
    _, file = file_in(request, pk, file_id)
    if file.discarded_at is not None:
        raise Http404
    if file.brought is not None:
        told: list[list[Cell]] = [
            [each["line"], each["why"]] for each in file.brought["quarantined"]
        ]
        return table_response("not-taken-in", kind, ("Row", "Why"), told)
    made = opened(file)
    width = max((len(each.cells) for each in made.quarantined), default=0)
    headings = ("Row", "Why", *(f"Cell {number}" for number in range(1, width + 1)))
    rows: list[list[Cell]] = [
        [each.line, each.why, *each.cells, *[""] * (width - len(each.cells))]
        for each in made.quarantined
    ]
    return table_response("not-taken-in", kind, headings, rows)


@members_only
@require_POST
def put_away(request: MemberRequest, pk: int, file_id: int) -> HttpResponse:
    consultation, file = file_in(request, pk, file_id)
    try:
        discard(file, by=request.user)
    except SaferplanError as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{file.name} was put away. Nothing of it is kept.")
    return redirect("consultations:bring_in", pk=consultation.pk)
