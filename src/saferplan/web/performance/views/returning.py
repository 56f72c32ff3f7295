"""Returning a quarter's figures, and approving what was returned."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.pages import number, plural
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.models import Role
from saferplan.web.partnerships.permissions import check_has_role
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.performance.figures import in_words
from saferplan.web.performance.forms import WhyForm
from saferplan.web.performance.models import Indicator, Return
from saferplan.web.performance.periods import label, last_day, period_of, plus_months
from saferplan.web.performance.permissions import (
    check_can_approve,
    check_can_return,
    check_returns_figures,
)
from saferplan.web.performance.returned import QuarterForm, cell_of, cells_of
from saferplan.web.performance.returned_groups import GroupsForm
from saferplan.web.performance.services import returning
from saferplan.web.performance.views.keeping import own_indicator

QUARTERS = 9


@members_only
def quarter(request: MemberRequest) -> HttpResponse:
    """All figures that this person's organisation returns for a quarter."""
    membership = request.membership
    check_returns_figures(request.user, membership.partnership)
    begins = chosen_quarter(request.GET.get("quarter", ""))
    own = Indicator.objects.filter(
        partnership=membership.partnership_id,
        owner=membership.organisation_id,
        source=Indicator.Source.RETURN,
    )
    kept = list(own.prefetch_related("returns"))
    form = QuarterForm(
        request.POST or None,
        indicators=[each for each in kept if not each.groups],
        begins=begins,
        ends=last_day("quarter", begins),
    )
    draft = "send" not in request.POST
    if form.is_valid() and save(form, request, draft=draft):
        return redirect(f"{request.path}?quarter={begins}")
    return render(
        request,
        "performance/quarter.html",
        {
            "form": form,
            "by_group": [
                (each, cells)
                for each in kept
                if each.groups and (cells := cells_of(each, begins))
            ],
            "organisation": membership.organisation,
            "begins": begins,
            "label": label("quarter", begins),
            "quarters": quarters(),
        },
        status=422 if form.errors else 200,
    )


@members_only
def groups(request: MemberRequest, pk: int, period: str) -> HttpResponse:
    """Return one period of an indicator, the whole and group by group."""
    indicator = own_indicator(request, pk)
    check_can_return(request.user, indicator)
    begins = period_named(indicator, period)
    held = indicator.returns.filter(period=begins).first()
    form = GroupsForm(
        request.POST or None, indicator=indicator, period=begins, held=held
    )
    draft = "send" not in request.POST
    if form.is_valid():
        try:
            returning.give(indicator, form.entry, by=request.user, draft=draft)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request, "Saved as a draft." if draft else "Sent for approval."
            )
            quarter = period_of("quarter", last_day(indicator.frequency, begins))
            return redirect(f"{reverse('performance:quarter')}?quarter={quarter}")
    return render(
        request,
        "performance/groups.html",
        {
            "form": form,
            "indicator": indicator,
            "label": label(indicator.frequency, begins),
            "cell": cell_of(indicator, begins, held),
        },
        status=422 if form.errors else 200,
    )


def period_named(indicator: Indicator, text: str) -> date:
    """The period an address names; a day that begins none does not exist."""
    try:
        begins = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if begins != period_of(indicator.frequency, begins):
        raise Http404
    return begins


def quarters() -> list[tuple[date, str]]:
    """This quarter, of which months may be over, and those before it."""
    now = period_of("quarter", timezone.localdate())
    found = [plus_months(now, -3 * back) for back in range(QUARTERS)]
    return [(each, label("quarter", each)) for each in found]


def chosen_quarter(text: str) -> date:
    """The quarter an address names; otherwise the last that has ended."""
    found = [each for each, _label in quarters()]
    return next((each for each in found if each.isoformat() == text), found[1])


def save(form: QuarterForm, request: MemberRequest, *, draft: bool) -> bool:
    """Save all that was typed, or nothing; what is refused is said beside it."""
    entries = form.entries(draft=draft)
    refused = returning.give_all(
        [(cell.indicator, entry) for cell, entry in entries],
        by=request.user,
        draft=draft,
    )
    for at, reason in refused.items():
        form.add_error(entries[at][0].names[0], reason)
    if refused:
        return False
    what = plural(len(entries), "figure")
    if not entries:
        messages.error(request, "Nothing was typed, so nothing was saved.")
    elif draft:
        messages.success(
            request, f"{what} saved as a draft. Send them when all are in."
        )
    else:
        messages.success(request, f"{what} sent for approval.")
    return True


@members_only
def waiting(request: MemberRequest) -> HttpResponse:
    """What waits for approval; POST approves those that are ticked."""
    here = request.membership.partnership
    check_has_role(request.user, here, Role.HEAD, Role.ANALYST)
    found = in_waiting(request)
    if request.method == "POST":
        ticked = set(request.POST.getlist("approve"))
        try:
            done = returning.approve_all(
                [each for each in found if str(each.pk) in ticked], by=request.user
            )
        except NotAllowed as reason:
            messages.error(request, str(reason))
        else:
            if done:
                messages.success(request, f"{plural(done, 'figure')} approved.")
            else:
                messages.error(request, "Nothing was ticked, so nothing was approved.")
        return redirect("performance:waiting")
    return render(
        request,
        "performance/waiting.html",
        {
            "rows": [
                (
                    each,
                    *told(each),
                    groups_in_words(each),
                    allows(check_can_approve, request.user, each),
                )
                for each in found
            ]
        },
    )


def in_waiting(request: MemberRequest) -> list[Return]:
    return list(
        Return.objects.filter(
            indicator__partnership=request.membership.partnership_id,
            state=Return.State.RETURNED,
        )
        .select_related("indicator__owner", "indicator__partnership", "returned_by")
        .order_by("indicator__title", "period")
    )


def groups_in_words(returned: Return) -> list[str]:
    """What was returned by group, a line for each thing that sets them apart."""
    indicator = returned.indicator
    found: dict[str, list[str]] = {}
    for each in returned.groups:
        said = f"{each['group']} {number(each['value'], indicator.decimals)}"
        if indicator.is_ratio:
            said = (
                f"{each['group']} {each['numerator']:,.0f} of "
                f"{each['denominator']:,.0f}"
            )
        found.setdefault(each["by"], []).append(said)
    return [f"By {by.lower()}: {', '.join(said)}" for by, said in found.items()]


def told(returned: Return) -> tuple[str, str, str]:
    """A return in words: its period, its figure, and the approved one it corrects."""
    indicator = returned.indicator
    before = (
        indicator.returns.approved().filter(period=returned.period).last()
        if returned.number > 1
        else None
    )
    said = in_words(indicator, returned.value)
    if returned.value is None:
        said = "No figure"
    elif indicator.is_ratio:
        said += f" ({returned.numerator:,.0f} of {returned.denominator:,.0f})"
    corrects = in_words(indicator, before.value) if before else ""
    return label(indicator.frequency, returned.period), said, corrects


@members_only
def send_back(request: MemberRequest, return_id: int) -> HttpResponse:
    """Give one back to those who returned it, with a reason."""
    check_has_role(
        request.user, request.membership.partnership, Role.HEAD, Role.ANALYST
    )
    theirs = Return.objects.filter(
        indicator__partnership=request.membership.partnership_id
    ).select_related("indicator__partnership", "returned_by")
    returned = get_object_or_404(theirs, pk=return_id)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            returning.send_back(returned, why=form.cleaned_data["why"], by=request.user)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "It went back to those who returned it.")
            return redirect("performance:waiting")
    return render(
        request,
        "performance/send_back.html",
        {"form": form, "returned": returned, "told": told(returned)},
        status=422 if form.errors else 200,
    )
