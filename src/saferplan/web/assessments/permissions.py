"""Who may look at evidence and assessments, and who may decide on them."""

from django.contrib.auth.models import AnonymousUser

from saferplan.errors import NotAllowed
from saferplan.web.assessments.models import StrategicAssessment
from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.partnerships.permissions import (
    check_has_role,
    check_is_member,
    check_is_staff,
)

check_can_see_evidence = check_is_member
# A quarantined row is kept word for word, whatever a publisher put into it.
check_can_see_quarantine = check_is_staff


def check_can_load_evidence(
    person: Person | AnonymousUser, partnership: Partnership
) -> None:
    check_has_role(person, partnership, Role.HEAD, Role.ANALYST, Role.PARTNER_LEAD)


def check_can_assess(person: Person | AnonymousUser, partnership: Partnership) -> None:
    check_has_role(person, partnership, Role.HEAD, Role.ANALYST)


def check_can_decide(
    person: Person | AnonymousUser, assessment: StrategicAssessment
) -> None:
    check_has_role(person, assessment.partnership, Role.HEAD, Role.ANALYST)
    if assessment.is_published:
        raise NotAllowed(
            "This assessment is published and can no longer be changed. Make a new "
            "one to decide differently."
        )


def check_can_publish(
    person: Person | AnonymousUser, assessment: StrategicAssessment
) -> None:
    check_has_role(person, assessment.partnership, Role.HEAD)
    if assessment.is_published:
        raise NotAllowed("This assessment is published already.")
