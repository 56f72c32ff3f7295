"""What of an assessment a person sees."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from saferplan.assessment.finding import Assessment, Finding
from saferplan.web.assessments.models import Decision, StrategicAssessment
from saferplan.web.assessments.services import accepted
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.models import Person
from saferplan.web.partnerships.permissions import check_is_staff


def seen_by(
    person: Person | AnonymousUser, assessment: StrategicAssessment
) -> tuple[Assessment, dict[str, Decision]]:
    """
    Return the findings this person sees, and the decisions that stand on them.

    Officers of the partnership see every finding and its decision. Everyone else sees
    the accepted findings, and not who decided.
    """
    if not allows(check_is_staff, person, assessment.partnership):
        return accepted(assessment), {}
    standing = {
        finding_id: decision
        for finding_id, decision in assessment.decisions.latest_each().items()
        if decision.outcome != Decision.Outcome.REOPENED
    }
    return assessment.content, standing


def finding_seen_by(
    person: Person | AnonymousUser, assessment: StrategicAssessment, finding_id: str
) -> Finding:
    """Return one finding; Http404 if there is none or it is not this person's."""
    content, _ = seen_by(person, assessment)
    found = next((each for each in content.findings if each.id == finding_id), None)
    if found is None:
        raise Http404
    return found
