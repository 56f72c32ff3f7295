"""Everything that was said, to take away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from saferplan.errors import ConsultationError
from saferplan.web.consultations.exporting import TYPES, file_of
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.partnerships.requests import MemberRequest, members_only


@members_only
def export(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Every response that counts, without who sent it."""
    consultation = read_consultation(request, pk)
    if kind not in TYPES:
        raise Http404
    name = "themefinder" if kind == "zip" else "responses"
    try:
        content = file_of(consultation, kind)
    except ConsultationError as reason:
        messages.error(request, str(reason))
        return redirect("consultations:out_and_back", pk=pk)
    return HttpResponse(
        content,
        content_type=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}-{pk}.{kind}"'},
    )
