"""Setting a borough beside others, and taking the tables of that away."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from saferplan.web.core.downloads import table_response
from saferplan.web.core.jobs import start_job
from saferplan.web.partnerships.models import Partnership
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.performance import beside
from saferplan.web.performance.jobs import COMPARE
from saferplan.web.performance.models import Comparison
from saferplan.web.performance.permissions import check_can_keep
from saferplan.web.performance.services.comparing import check_can_compare
from saferplan.web.performance.views.indicators import readable
from saferplan.web.performance.views.keeping import own_indicator
from saferplan.web.performance.views.standards import found_for


@require_POST
@members_only
def borough(request: MemberRequest) -> HttpResponse:
    """Set this partnership's borough beside others, in the background."""
    here = request.membership.partnership
    check_can_keep(request.user, here)
    job = start_job(
        COMPARE,
        title="Compare with other boroughs",
        by=request.user,
        partnership=here,
        arguments={"partnership_id": here.pk, "person_id": request.user.pk},
    )
    return redirect("home:job", job.pk)


@require_POST
@members_only
def indicator(request: MemberRequest, pk: int) -> HttpResponse:
    """Draw an indicator's measure for other boroughs, in the background."""
    found = own_indicator(request, pk)
    check_can_compare(request.user, found)
    job = start_job(
        COMPARE,
        title=f"Compare {found} with other boroughs",
        by=request.user,
        partnership=found.partnership,
        arguments={
            "partnership_id": found.partnership_id,
            "person_id": request.user.pk,
            "indicator_id": found.pk,
        },
    )
    return redirect("home:job", job.pk)


@login_not_required
def indicator_table(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The boroughs beside an indicator as CSV or ODS."""
    made = readable(request, pk).comparisons.first()
    rows = beside.rows_of(made) if made else []
    return table_response(f"indicator-{pk}-boroughs", kind, beside.COLUMNS, rows)


@login_not_required
def exposure_table(
    request: HttpRequest, partnership_id: int, kind: str
) -> HttpResponse:
    """Recorded crime in the boroughs as CSV or ODS."""
    made = newest(get_object_or_404(Partnership, pk=partnership_id))
    return table_response(
        "boroughs-exposure", kind, beside.COLUMNS, beside.rows_of(made)
    )


@login_not_required
def service_table(request: HttpRequest, partnership_id: int, kind: str) -> HttpResponse:
    """The standards of service in the other boroughs as CSV or ODS."""
    partnership = get_object_or_404(Partnership, pk=partnership_id)
    _, found = found_for(request, partnership)
    services = beside.services_of(
        newest(partnership), found["borough"], today=timezone.localdate()
    )
    rows = beside.service_rows(services)
    return table_response("boroughs-service", kind, beside.SERVICE_COLUMNS, rows)


def newest(partnership: Partnership) -> Comparison:
    made = partnership.comparisons.filter(indicator=None).first()
    if made is None:
        raise Http404
    return made
