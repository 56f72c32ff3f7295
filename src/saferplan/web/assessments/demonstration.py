"""The demonstration's assessments: one published, and a draft that waits."""

import shutil
from collections.abc import Callable

from django.db import transaction

from saferplan.web.assessments import documents, jobs, services
from saferplan.web.assessments.models import Decision, StrategicAssessment
from saferplan.web.partnerships.models import Partnership, Person, Role

WAITING = 3
REASON = "Too few were counted for the public to learn from."


@transaction.atomic
def make_assessments(partnership: Partnership, say: Callable[[str], None]) -> None:
    """Assess the invented borough, unless that was done."""
    if partnership.assessments.exists():
        return
    say("Assessing the borough")
    people = Person.objects.filter(memberships__partnership=partnership)
    head = people.get(memberships__role=Role.HEAD)
    analyst = people.get(memberships__role=Role.ANALYST)
    first = jobs.assess_now(
        partnership, partnership.area_code, by=analyst, progress=lambda *_: None
    )
    publish_first(first, by=head)
    second = services.keep_assessment(first.content, partnership, by=analyst)
    take_over_files(first, second)
    leave_some_waiting(second, by=analyst)


def publish_first(assessment: StrategicAssessment, *, by: Person) -> None:
    """Accept everything but the last finding, and publish."""
    *most, last = assessment.content.findings
    for finding in most:
        services.decide(assessment, finding, Decision.Outcome.ACCEPTED, by=by)
    services.decide(assessment, last, Decision.Outcome.SET_ASIDE, by=by, reason=REASON)
    services.publish(assessment, by=by)


def take_over_files(first: StrategicAssessment, second: StrategicAssessment) -> None:
    """Copy pictures and documents, which are the same and take long to draw."""
    for part in (documents.PICTURES, documents.DRAFT):
        shutil.rmtree(second.folder / part, ignore_errors=True)
        shutil.copytree(first.folder / part, second.folder / part)


def leave_some_waiting(assessment: StrategicAssessment, *, by: Person) -> None:
    """The newest draft takes over the decisions; some are for a visitor to take."""
    for finding in assessment.content.findings[:WAITING]:
        services.decide(assessment, finding, Decision.Outcome.REOPENED, by=by, after=1)
