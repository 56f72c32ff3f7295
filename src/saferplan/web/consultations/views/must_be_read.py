"""Points that must be read though only one person makes them."""

from django.http import HttpResponse
from django.shortcuts import render

from saferplan.web.consultations.services.must_be_read import vital_points_in
from saferplan.web.consultations.services.reporting import points_of
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.partnerships.requests import MemberRequest, members_only


@members_only
def vital(request: MemberRequest, pk: int) -> HttpResponse:
    """Points that must be read though only one person makes them, with what told it."""
    consultation = read_consultation(request, pk)
    kinds = vital_points_in(consultation)
    return render(
        request,
        "consultations/vital.html",
        {
            "consultation": consultation,
            "kinds": kinds,
            "total": points_of(consultation).count(),
        },
    )
