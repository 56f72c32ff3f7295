"""One page for a councillor: what changed, is it real, was it done."""

from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from saferplan.assessment.finding import Assessment, Finding
from saferplan.plans.delivery import Standing
from saferplan.reports import wording
from saferplan.reports.arrangement import real_changes
from saferplan.web.assessments.services import accepted
from saferplan.web.plans.contents import actions_in
from saferplan.web.plans.evidence import newest_assessment
from saferplan.web.plans.measured import measures_of
from saferplan.web.plans.shown import COLOURS, Delivery, delivery_of
from saferplan.web.plans.views.plans import newest_public, readable

MOST_OF_A_KIND = 6
# What a councillor would ask about, the gravest first.
WORTH_ASKING = ("overdue", "not reported", "stopped", "not settled")


@dataclass(frozen=True)
class Asked:
    """An action that is out of step, with what to ask about it."""

    name: str
    text: str
    lead: str
    standing: Standing


@login_not_required
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """From the version in force and the newest published assessment; for everybody."""
    plan = readable(request, pk)
    version = newest_public(plan)
    content = version.content
    delivery = delivery_of(plan, content)
    found = newest_assessment(plan)
    findings = told_once(accepted(found)) if found else None
    measures = measures_of(plan)
    news = [each for each in measures if each.is_news]
    return render(
        request,
        "plans/one_page.html",
        {
            "plan": plan,
            "version": version,
            "today": timezone.localdate(),
            "delivery": delivery,
            "how_many": len(actions_in(content)),
            "colours": COLOURS,
            "asked": out_of_step(content, delivery),
            "assessment": found,
            "real": first_of(real_changes(findings)) if findings else {},
            "chance": within_chance(findings) if findings else [],
            "wording": wording,
            "measures": measures,
            "news": news[:MOST_OF_A_KIND],
            "further": max(len(news) - MOST_OF_A_KIND, 0),
            "quiet": len(measures) - len(news),
        },
    )


def told_once(findings: Assessment) -> Assessment:
    """
    The same without findings that repeat the change of one before.

    “Each category” has the change of all recorded crime as its own.
    """
    kept: dict[object, Finding] = {}
    for each in findings.findings:
        repeated = (each.topic, each.area, each.period, each.comparison, each.change)
        kept.setdefault(each.id if each.change is None else repeated, each)
    return replace(findings, findings=tuple(kept.values()))


def first_of(groups: dict[str, list[Finding]]) -> dict[str, list[Finding]]:
    return {meaning: found[:MOST_OF_A_KIND] for meaning, found in groups.items()}


def within_chance(findings: Assessment) -> list[Finding]:
    """Changes that look like news and may be none."""
    found = [each for each in findings.findings if each.verdict == "within chance"]
    return [each for each in found if each.change is not None][:MOST_OF_A_KIND]


def out_of_step(content: dict[str, object], delivery: Delivery) -> list[Asked]:
    each = [
        Asked(
            action["name"],
            action["text"],
            action["lead"],
            delivery.each[action["id"]],
        )
        for action in actions_in(content)
        if delivery.each[action["id"]].state in WORTH_ASKING
    ]
    return sorted(each, key=lambda one: WORTH_ASKING.index(one.standing.state))[:12]
