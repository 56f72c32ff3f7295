"""What an action can rest on: the accepted findings of the newest assessment."""

from typing import Any

from saferplan.web.assessments.models import StrategicAssessment
from saferplan.web.assessments.services import accepted
from saferplan.web.partnerships.models import Partnership
from saferplan.web.plans.models import Plan


def newest_assessment(plan: Plan) -> StrategicAssessment | None:
    """The newest published assessment of a plan's partnership."""
    return published_by(plan.partnership)


def published_by(partnership: Partnership) -> StrategicAssessment | None:
    made = StrategicAssessment.objects.listed().filter(partnership=partnership)
    return made.exclude(published_at=None).order_by("-published_at").first()


def findings_for(plan: Plan) -> list[dict[str, Any]]:
    """Its accepted findings, as an action keeps them."""
    assessment = newest_assessment(plan)
    if assessment is None:
        return []
    return [
        {
            "assessment": assessment.pk,
            "finding": finding.id,
            "title": finding.measure.title,
        }
        for finding in accepted(assessment).findings
    ]
