"""What people do to assessments. Every change goes through here, and is recorded."""

import hashlib
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.assessment.finding import Assessment, Finding
from saferplan.errors import NotAllowed, SaferplanError
from saferplan.reports.canonical import to_json
from saferplan.web.assessments.models import Decision, StrategicAssessment
from saferplan.web.assessments.permissions import check_can_decide, check_can_publish
from saferplan.web.core.jobs import start_job
from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Partnership, Person


class AlreadyDecided(SaferplanError):
    """Somebody else decided first; `theirs` is what they said."""

    def __init__(self, theirs: Decision) -> None:
        self.theirs = theirs
        super().__init__(
            f"{theirs.by} has just decided on this finding: "
            f"{theirs.get_outcome_display().lower()}. Yours was not saved. Read "
            f"theirs, and decide again if you still want to."
        )


@transaction.atomic
def keep_assessment(
    content: Assessment, partnership: Partnership, *, by: Person | None
) -> StrategicAssessment:
    """
    Keep an assessment as a draft, or return the draft that says the same.

    Decisions on findings that have not changed at all since the partnership's last
    assessment of the area are taken over.
    """
    body = to_json(content)
    digest = hashlib.sha256(body.encode()).hexdigest()
    kept = partnership.assessments.filter(digest=digest, published_at=None).first()
    if kept is not None:
        return kept
    last = partnership.assessments.filter(area_code=content.area.code).first()
    made = StrategicAssessment.objects.create(
        partnership=partnership,
        area_code=content.area.code,
        area_name=content.area.name,
        digest=digest,
        body=body,
        made_at=timezone.now(),
        made_by=by,
    )
    taken_over = take_over_decisions(last, made) if last else 0
    record_event(
        "made an assessment",
        str(made),
        by=by,
        partnership=partnership,
        link=reverse("assessments:show", args=[made.pk]),
        detail={
            "findings": len(content.findings),
            "releases": [release.id for release in content.releases],
            "decisions taken over": taken_over,
        },
    )
    return made


def take_over_decisions(last: StrategicAssessment, made: StrategicAssessment) -> int:
    """Copy the decisions on findings that say exactly what they said before."""
    before = {finding.id: finding for finding in last.content.findings}
    standing = last.decisions.latest_each()
    copies = [
        Decision(
            assessment=made,
            finding_id=finding.id,
            number=1,
            outcome=standing[finding.id].outcome,
            reason=standing[finding.id].reason,
            by=standing[finding.id].by,
            at=standing[finding.id].at,
        )
        for finding in made.content.findings
        if finding.id in standing and before.get(finding.id) == finding
    ]
    return len(Decision.objects.bulk_create(copies))


@transaction.atomic
def decide(
    assessment: StrategicAssessment,
    finding: Finding,
    outcome: str,
    *,
    by: Person,
    reason: str = "",
    after: int = 0,
) -> Decision:
    """
    Accept a finding, set it aside with a reason, or reopen it.

    after  the number of the decision this person was looking at, 0 for none

    Raises NotAllowed if `by` may not or a reason is missing, and AlreadyDecided if
    another decision came between.
    """
    check_can_decide(by, assessment)
    if outcome == Decision.Outcome.SET_ASIDE and not reason.strip():
        raise NotAllowed("Say why this finding is set aside. Others will ask.")
    try:
        with transaction.atomic():
            decision = assessment.decisions.create(
                finding_id=finding.id,
                number=after + 1,
                outcome=outcome,
                reason=reason.strip(),
                by=by,
                at=timezone.now(),
            )
    except IntegrityError as clash:
        theirs = assessment.decisions.of(finding.id).first()
        assert theirs is not None, "only another decision can stand in the way"
        raise AlreadyDecided(theirs) from clash
    record_event(
        {
            Decision.Outcome.ACCEPTED: "accepted a finding",
            Decision.Outcome.SET_ASIDE: "set a finding aside",
        }.get(Decision.Outcome(outcome), "reopened a finding"),
        finding.sentence,
        by=by,
        partnership=assessment.partnership,
        link=reverse("assessments:finding", args=[assessment.pk, finding.id]),
        detail={"reason": decision.reason},
    )
    return decision


@transaction.atomic
def publish(assessment: StrategicAssessment, *, by: Person) -> None:
    """
    Make the accepted findings public.

    Raises NotAllowed if `by` may not, if a finding still waits for a decision, or if
    none was accepted.
    """
    assessment = (
        StrategicAssessment.objects.select_for_update().listed().get(pk=assessment.pk)
    )
    check_can_publish(by, assessment)
    waiting = undecided(assessment)
    if waiting:
        raise NotAllowed(
            f"Findings still waiting for a decision: {len(waiting)}. Accept "
            f"each or set it aside, then publish."
        )
    if not accepted(assessment).findings:
        raise NotAllowed("An assessment needs at least one accepted finding.")
    assessment.published_at = timezone.now()
    assessment.published_by = by
    assessment.save(update_fields=["published_at", "published_by"])
    record_event(
        "published an assessment",
        str(assessment),
        by=by,
        partnership=assessment.partnership,
        audience=Audience.MEMBERS,
        link=reverse("assessments:show", args=[assessment.pk]),
    )
    order_documents(assessment, by=by)


def order_documents(assessment: StrategicAssessment, *, by: Person | None) -> None:
    """Have the worker write the documents; asked for again, once in a minute."""
    state = "published" if assessment.is_published else "draft"
    start_job(
        "write the documents",
        title=f"Write the documents of {assessment}",
        by=by,
        partnership=assessment.partnership,
        key=f"documents of {state} {assessment.pk}, {timezone.now():%Y-%m-%d %H:%M}",
        arguments={"assessment_id": assessment.pk},
    )


def undecided(assessment: StrategicAssessment) -> set[str]:
    """The ids of the findings that wait for a decision."""
    standing = assessment.decisions.latest_each()
    return {
        finding.id
        for finding in assessment.content.findings
        if finding.id not in standing
        or standing[finding.id].outcome == Decision.Outcome.REOPENED
    }


def accepted(assessment: StrategicAssessment) -> Assessment:
    """The assessment with the accepted findings only, as the public sees it."""
    if assessment.published_at:
        return accepted_in_published(assessment.pk, assessment.published_at)
    return only_accepted(assessment.content, assessment.decisions.latest_each())


@lru_cache(maxsize=16)
def accepted_in_published(pk: int, published_at: datetime) -> Assessment:
    """The same of a published assessment, which never changes any more."""
    published = StrategicAssessment.objects.listed().get(pk=pk)
    return only_accepted(published.content, published.decisions.latest_each())


def only_accepted(content: Assessment, standing: dict[str, Decision]) -> Assessment:
    findings = tuple(
        finding
        for finding in content.findings
        if finding.id in standing
        and standing[finding.id].outcome == Decision.Outcome.ACCEPTED
    )
    cited = {release for finding in findings for release in finding.releases}
    return replace(
        content,
        findings=findings,
        releases=tuple(r for r in content.releases if r.id in cited),
    )
