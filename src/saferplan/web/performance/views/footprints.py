"""How the areas of the agencies lie over each other, and bringing them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from saferplan.errors import MethodError, SourceChanged
from saferplan.web.core.downloads import table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.performance.footprint_forms import AreasForm
from saferplan.web.performance.footprints import (
    AGENCIES,
    AREAS,
    MOST_SHOWN,
    OVERLAPS,
    overlap_of,
)
from saferplan.web.performance.models import FootprintTable
from saferplan.web.performance.permissions import check_can_keep
from saferplan.web.performance.services.footprints import bring_areas


def newest(request: MemberRequest) -> FootprintTable | None:
    tables = FootprintTable.objects.filter(partnership=request.membership.partnership)
    return tables.select_related("by").first()


@members_only
def show(request: MemberRequest) -> HttpResponse:
    """Whose areas are the same, and whose borders cross; bring another table."""
    here = request.membership.partnership
    form = AreasForm()
    if request.method == "POST":
        form = AreasForm(request.POST, request.FILES)
        check_can_keep(request.user, here)
        if form.is_valid() and brought(request, form):
            return redirect("performance:footprints")
    table = newest(request)
    found = overlap_of(table) if table else None
    several = [row for row in found.areas if int(row[3] or 0) > 1] if found else []
    return render(
        request,
        "performance/footprints.html",
        {
            "form": form,
            "table": table,
            "found": found,
            "several": several[:MOST_SHOWN],
            "left_off": max(0, len(several) - MOST_SHOWN),
            "agency_columns": AGENCIES,
            "area_columns": AREAS,
            "may_bring": allows(check_can_keep, request.user, here),
        },
        status=422 if form.errors else 200,
    )


def brought(request: MemberRequest, form: AreasForm) -> bool:
    text, name = form.table
    try:
        bring_areas(request.membership.partnership, text, name=name, by=request.user)
    except (SourceChanged, MethodError) as reason:
        form.refuse(str(reason))
        return False
    messages.success(request, "The areas were brought, and are compared below.")
    return True


@members_only
def table(request: MemberRequest, what: str, kind: str) -> HttpResponse:
    """The agencies, the areas or every overlap, as CSV or ODS."""
    brought = newest(request)
    columns = {"agencies": AGENCIES, "areas": AREAS, "overlaps": OVERLAPS}
    if what not in columns:
        raise Http404
    rows = getattr(overlap_of(brought), what) if brought else []
    return table_response(what, kind, columns[what], rows)
