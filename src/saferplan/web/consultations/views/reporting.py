"""You asked, you said, we did: the answer to a consultation, before and after."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from saferplan.errors import NotAllowed
from saferplan.web.consultations.changes import difference
from saferplan.web.consultations.deciding_forms import PublishForm
from saferplan.web.consultations.models import Consultation, Draft, Report, Response
from saferplan.web.consultations.permissions import check_can_launch
from saferplan.web.consultations.services.report_figures import HEADINGS, figures_of
from saferplan.web.consultations.services.reporting import (
    body_of,
    obstacles,
    publish,
)
from saferplan.web.consultations.views.asking import (
    read_consultation,
    visible_consultation,
)
from saferplan.web.core.downloads import Cell, table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only

COLUMNS = (
    *("You said", "Responses", "Points", "What became of it", "Why"),
    *("Words of the draft", "Words now"),
)
KINDS = dict(Response.Kind.choices)


@members_only
def prepare(request: MemberRequest, pk: int) -> HttpResponse:
    """The answer as it stands, what is missing from it, and the button to publish."""
    consultation = read_consultation(request, pk)
    form = PublishForm(request.POST or None)
    may_publish = allows(check_can_launch, request.user, consultation)
    if request.method == "POST":
        check_can_launch(request.user, consultation)
        if form.is_valid():
            try:
                publish(consultation, note=form.cleaned_data["note"], by=request.user)
            except NotAllowed as reason:
                form.add_error(None, str(reason))
            else:
                messages.success(request, "The answer is published.")
                return redirect("consultations:feedback", pk=pk)
    return render(
        request,
        "consultations/prepare.html",
        {
            "consultation": consultation,
            "form": form,
            "missing": obstacles(consultation),
            "may_publish": may_publish,
            **shown(body_of(consultation), consultation),
        },
        status=422 if form.errors else 200,
    )


@login_not_required
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest answer that was published."""
    return draw(request, pk, None)


@login_not_required
def earlier(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return draw(request, pk, number)


def draw(request: HttpRequest, pk: int, number: int | None) -> HttpResponse:
    consultation = visible_consultation(request, pk)
    reports = consultation.reports.select_related("by")
    report = (
        reports.first() if number is None else get_object_or_404(reports, number=number)
    )
    if report is None:
        return render(
            request,
            "consultations/no_feedback.html",
            {"consultation": consultation},
            status=404,
        )
    return render(
        request,
        "consultations/feedback.html",
        {
            "consultation": consultation,
            "report": report,
            "reports": reports.defer("body"),
            **shown(report.body, consultation),
        },
    )


def shown(body: dict[str, Any], consultation: Consultation) -> dict[str, Any]:
    """What a page draws of a report's body."""
    drafts = {
        (draft.number, draft.title): draft.pk
        for draft in consultation.drafts.filter(kind=Draft.Kind.FULL)
    }
    decided = [
        {
            **row,
            "where": address_of(row["after"], drafts, consultation),
            "change": difference(text_of(row["before"]), text_of(row["after"])),
            "kinds": [
                (KINDS[kind].removeprefix("An ").removeprefix("A "), count)
                for kind, count in row["kinds"].items()
            ],
        }
        for row in body["decided"]
    ]
    return {
        "body": body,
        "opened": datetime.fromisoformat(body["opened"]),
        "closed": datetime.fromisoformat(body["closed"]),
        "asked": [
            {**each, "decided": [r for r in decided if each["key"] in r["questions"]]}
            for each in body["questions"]
        ],
        "decided": decided,
        "on_the_draft": [row for row in decided if not row["questions"]],
        "outcomes": outcomes_of(decided),
        "taken_out": [date.fromisoformat(each) for each in body.get("taken_out", [])],
        "has_figures": bool(figures_of(body)),
    }


def address_of(
    passage: dict[str, Any] | None,
    drafts: dict[tuple[int, str], int],
    consultation: Consultation,
) -> str:
    """Where the changed words can be read, in the draft that has them."""
    if passage is None:
        return ""
    draft = drafts.get((passage["number"], passage["draft"]))
    if draft is None:
        return ""
    page = reverse("consultations:draft", args=[consultation.pk, draft])
    return f"{page}#{passage['key']}"


def text_of(passage: dict[str, Any] | None) -> str:
    return passage["text"] if passage else ""


def outcomes_of(decided: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """How many points each disposition has, in the order people ask for them."""
    totals: dict[tuple[str, str], int] = {}
    for row in decided:
        key = (row["disposition"], row["label"])
        totals[key] = totals.get(key, 0) + row["points"]
    order = ["accepted", "partly", "in_plan", "not_accepted", "out_of_scope"]
    return [
        (name, label, totals[name, label])
        for name, label in sorted(totals, key=lambda key: order.index(key[0]))
    ]


@login_not_required
def table(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """What was said and what became of it, to take away."""
    report = published(request, pk, number)
    rows: list[list[Cell]] = [
        [
            *(row[name] for name in ("said", "responses", "points", "label", "reason")),
            *(text_of(row[name]) for name in ("before", "after")),
        ]
        for row in report.body["decided"]
    ]
    return table_response("you-said-we-did", kind, COLUMNS, rows)


@login_not_required
def figures(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """Themes with their limits, campaigns and groups, as they were published."""
    report = published(request, pk, number)
    return table_response("figures", kind, HEADINGS, figures_of(report.body))


def published(request: HttpRequest, pk: int, number: int) -> Report:
    consultation: Consultation = visible_consultation(request, pk)
    report = consultation.reports.filter(number=number).first()
    if report is None:
        raise Http404
    return report
