"""The board's packs, quarter by quarter."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.permissions import check_is_member
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.models import BoardPack, Plan
from saferplan.web.plans.packing import quarter_of
from saferplan.web.plans.permissions import check_can_change
from saferplan.web.plans.services.closing import close_quarter

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
QUARTERS_BACK = 4


def members_plan(request: MemberRequest, pk: int) -> Plan:
    """A plan of the partnership that this person, councillors included, may read."""
    plans = Plan.objects.visible_to(request.user).select_related("partnership")
    plan = get_object_or_404(plans, pk=pk)
    check_is_member(request.user, plan.partnership)
    return plan


@members_only
def packs(request: MemberRequest, pk: int) -> HttpResponse:
    """The packs there are; POST closes a quarter."""
    plan = members_plan(request, pk)
    if request.method == "POST":
        try:
            begins, ends = chosen(request.POST.get("quarter", ""))
            made = close_quarter(plan, begins=begins, ends=ends, by=request.user)
        except NotAllowed as reason:
            messages.error(request, str(reason))
            return redirect("plans:packs", pk=pk)
        return redirect("plans:pack", pk=pk, pack_id=made.pk)
    return render(
        request,
        "plans/packs.html",
        {
            "plan": plan,
            "packs": plan.packs.select_related("by"),
            "quarters": quarters(timezone.localdate(), plan.begins),
            "may_close": allows(check_can_change, request.user, plan),
        },
    )


def quarters(today: date, since: date) -> list[tuple[date, date]]:
    """The last quarters that have ended, newest first; none from before the plan."""
    found = []
    for _ in range(QUARTERS_BACK):
        begins, ends = quarter_of(today)
        if ends < since:
            break
        found.append((begins, ends))
        today = begins
    return found


def chosen(quarter: str) -> tuple[date, date]:
    """The quarter that a form names by its first day."""
    for begins, ends in quarters(timezone.localdate(), date.min):
        if begins.isoformat() == quarter:
            return begins, ends
    raise NotAllowed("Choose one of the quarters that have ended.")


@members_only
def pack(request: MemberRequest, pk: int, pack_id: int) -> HttpResponse:
    plan = members_plan(request, pk)
    found = get_object_or_404(plan.packs.select_related("by"), pk=pack_id)
    return render(
        request,
        "plans/pack.html",
        {"plan": plan, "kept": found, "pack": found.content},
    )


@members_only
def document(request: MemberRequest, pk: int, pack_id: int, kind: str) -> HttpResponse:
    """The pack as PDF or as a Word document."""
    found: BoardPack = get_object_or_404(members_plan(request, pk).packs, pk=pack_id)
    if kind not in KINDS:
        raise Http404
    from saferplan.reports.board_pack import pack_to_docx, pack_to_pdf

    body = {"pdf": pack_to_pdf, "docx": pack_to_docx}[kind](found.content)
    name = f"board-pack-{found.ends:%Y-%m}.{kind}"
    how = "inline" if kind == "pdf" else "attachment"
    return HttpResponse(
        body,
        content_type=KINDS[kind],
        headers={"Content-Disposition": f'{how}; filename="{name}"'},
    )
