"""Which findings of an assessment may speak of which characteristic."""

from typing import Any

from saferplan.definitions import characteristics
from saferplan.web.assessments.services import accepted
from saferplan.web.plans.candidates import reference
from saferplan.web.plans.evidence import newest_assessment
from saferplan.web.plans.models import Plan


def findings_by_characteristic(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """
    Return the accepted findings whose words name a characteristic, by its name.

    By words alone, so it suggests: people take out what does not belong.
    """
    assessment = newest_assessment(plan)
    if assessment is None:
        return {}
    findings = accepted(assessment).findings
    return {
        name: [
            reference(finding, assessment)
            for finding in findings
            if characteristic.spoken_of_in(
                f"{finding.topic}. {finding.measure.title}. {finding.sentence}"
            )
        ]
        for name, characteristic in characteristics().items()
    }
