"""Adding indicators, changing what they are, and drawing them from the evidence."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.core.jobs import start_job
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.performance.forms import IndicatorForm, RetireForm
from saferplan.web.performance.jobs import DRAW
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.permissions import check_can_keep
from saferplan.web.performance.services import retiring
from saferplan.web.performance.services.drawing import check_can_draw
from saferplan.web.performance.services.keeping import add_indicator, change_indicator
from saferplan.web.plans.models.plan import WRITERS


def own_indicator(request: MemberRequest, pk: int) -> Indicator:
    """An indicator of this person's partnership; for others it does not exist here."""
    indicators = Indicator.objects.filter(partnership=request.membership.partnership_id)
    if request.membership.role not in WRITERS:
        indicators = indicators.none()
    return get_object_or_404(indicators.select_related("partnership", "owner"), pk=pk)


@members_only
def make(request: MemberRequest) -> HttpResponse:
    here = request.membership.partnership
    check_can_keep(request.user, here)
    form = IndicatorForm(request.POST or None, partnership=here)
    if form.is_valid():
        if here.indicators.filter(title=form.cleaned_data["title"]).exists():
            form.add_error("title", "There is an indicator of that name.")
        else:
            made = add_indicator(here, by=request.user, **form.words)
            messages.success(request, f"{made} is in the library.")
            return redirect("performance:show", pk=made.pk)
    return render(
        request,
        "performance/edit.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@members_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    indicator = own_indicator(request, pk)
    here = indicator.partnership
    check_can_keep(request.user, here)
    form = IndicatorForm(request.POST or None, partnership=here, indicator=indicator)
    if form.is_valid():
        others = here.indicators.exclude(pk=pk)
        try:
            if others.filter(title=form.cleaned_data["title"]).exists():
                raise NotAllowed("There is another indicator of that name.")
            change_indicator(indicator, by=request.user, **form.words)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The indicator was changed.")
            return redirect("performance:show", pk=pk)
    return render(
        request,
        "performance/edit.html",
        {"form": form, "indicator": indicator},
        status=422 if form.errors else 200,
    )


@members_only
def retire(request: MemberRequest, pk: int) -> HttpResponse:
    """Retire an indicator, with the reason; its page has the way back."""
    indicator = own_indicator(request, pk)
    check_can_keep(request.user, indicator.partnership)
    today = timezone.localdate()
    form = RetireForm(request.POST or None, indicator=indicator, initial={"on": today})
    if form.is_valid():
        try:
            retiring.retire(indicator, by=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request, "It is retired. Its figures stay, and you can bring it back."
            )
            return redirect("performance:show", pk=pk)
    return render(
        request,
        "performance/retire.html",
        {"form": form, "indicator": indicator},
        status=422 if form.errors else 200,
    )


@require_POST
@members_only
def bring_back(request: MemberRequest, pk: int) -> HttpResponse:
    retiring.bring_back(own_indicator(request, pk), by=request.user)
    messages.success(request, "It is kept again.")
    return redirect("performance:show", pk=pk)


@require_POST
@members_only
def draw(request: MemberRequest, pk: int) -> HttpResponse:
    """Draw the figures from the evidence store, in the background."""
    indicator = own_indicator(request, pk)
    check_can_draw(request.user, indicator)
    job = start_job(
        DRAW,
        title=f"Draw the figures of {indicator}",
        by=request.user,
        partnership=indicator.partnership,
        arguments={"indicator_id": indicator.pk, "person_id": request.user.pk},
    )
    return redirect("home:job", job.pk)
