"""Asking for reports, and reporting by a link without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.forms import ReportForm
from saferplan.web.plans.models import Action, ReportLink
from saferplan.web.plans.models.report_link import digest_of_word
from saferplan.web.plans.permissions import check_can_change
from saferplan.web.plans.services.reminding import (
    remind,
    reminders_of,
    report_by_link,
    send_another,
    without_owner,
)
from saferplan.web.plans.views.actions import own_plan


class LinkedReportForm(ReportForm):
    """One of several; it may be left alone."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["status"].required = False

    def clean(self) -> dict[str, object]:
        said = super().clean()
        if said.get("said") and not said.get("status"):
            self.add_error("status", "Choose how the action stands.")
        return said


@members_only
def reminders(request: MemberRequest, pk: int) -> HttpResponse:
    """Who would be asked for a report now; POST asks them."""
    plan = own_plan(request, pk)
    if request.method == "POST":
        sent = remind(plan, site=site_of(request), by=request.user)
        messages.success(request, f"Links sent: {sent}.")
        return redirect("plans:reminders", pk=pk)
    return render(
        request,
        "plans/reminders.html",
        {
            "plan": plan,
            "reminders": reminders_of(plan),
            "without_owner": without_owner(plan),
            "may_send": allows(check_can_change, request.user, plan),
        },
    )


def site_of(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def link_of(word: str) -> ReportLink:
    links = ReportLink.objects.select_related("plan__partnership")
    return get_object_or_404(links, digest=digest_of_word(word))


@login_not_required
def report_link(request: HttpRequest, word: str) -> HttpResponse:
    """
    Report on one's actions. Opening the link uses nothing up, as mail programs open
    links too; only sending the form does.
    """
    link = link_of(word)
    if not link.is_open:
        return render(
            request, "plans/link_over.html", {"link": link, "word": word}, status=410
        )
    actions = list(link.actions.standing().with_all())
    asked = [(action, form_for(request, action)) for action in actions]
    failed = None
    if request.method == "POST" and all([form.is_valid() for _, form in asked]):
        said = {
            action.pk: (form.cleaned_data["status"], form.cleaned_data["said"])
            for action, form in asked
            if form.cleaned_data["status"]
        }
        try:
            report_by_link(link, said)
        except NotAllowed as reason:
            failed = str(reason)
        else:
            return render(request, "plans/link_thanks.html", {"plan": link.plan})
    wrong = failed or any(form.errors for _, form in asked)
    return render(
        request,
        "plans/link.html",
        {"plan": link.plan, "asked": asked, "failed": failed},
        status=422 if wrong else 200,
    )


def form_for(request: HttpRequest, action: Action) -> LinkedReportForm:
    sent = request.POST if request.method == "POST" else None
    return LinkedReportForm(sent, prefix=f"a{action.pk}")


@require_POST
@login_not_required
def another(request: HttpRequest, word: str) -> HttpResponse:
    """Send a fresh link to where this one was sent."""
    link = link_of(word)
    try:
        send_another(link, site=site_of(request))
    except NotAllowed as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "A new link is on its way to the same address.")
    return redirect("plans:report_link", word=word)
