"""The library of indicators."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from saferplan.web.core.permissions import allows
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.permissions import check_can_keep


@login_not_required
def everything(request: HttpRequest) -> HttpResponse:
    """Every indicator this person may read."""
    membership = getattr(request.user, "membership", None)
    indicators = Indicator.objects.visible_to(request.user)
    return render(
        request,
        "performance/all.html",
        {
            "indicators": indicators.select_related("owner", "partnership"),
            "may_keep": membership is not None
            and allows(check_can_keep, request.user, membership.partnership),
        },
    )
