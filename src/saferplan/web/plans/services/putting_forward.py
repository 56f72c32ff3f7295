"""Versions of a plan: put to consultation, adopted, reviewed, superseded."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person
from saferplan.web.plans.contents import actions_in, contents_of, digest_of
from saferplan.web.plans.models import Plan, Version
from saferplan.web.plans.models.version import IN_FORCE
from saferplan.web.plans.permissions import check_can_put_forward
from saferplan.web.plans.services.equality import check_can_adopt, record_ground

State = Version.State


@transaction.atomic
def put_forward(
    plan: Plan,
    *,
    state: str,
    note: str,
    by: Person,
    on: date | None = None,
    equality_reason: str = "",
) -> Version:
    """
    Make what the plan says now a version, for all to read and never to change.

    state   "consulted" or "adopted"; an adopted one supersedes what was in force
    note    who agreed and where; needed to adopt
    on      the day it was agreed; otherwise today
    equality_reason  why it is adopted without a signed-off equality analysis of what
                     it says now

    Raises NotAllowed if `by` may not, the plan promises nothing yet, it says what its
    last version says already, or it has neither an equality analysis nor a reason.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    check_can_put_forward(by, plan)
    content = contents_of(plan)
    if not actions_in(content) and not content["commitments"]:
        raise NotAllowed("This plan has no action yet. Add one first.")
    if state == State.ADOPTED and not note.strip():
        raise NotAllowed("Say who adopted the plan and where, such as a minute.")
    digest = digest_of(content)
    last = plan.versions.first()
    if last and last.digest == digest and last.state == state:
        raise NotAllowed(f"Version {last.number} says the same already.")
    if state == State.ADOPTED:
        check_can_adopt(plan, digest, equality_reason)
        plan.versions.filter(state__in=IN_FORCE).update(state=State.SUPERSEDED)
    number = (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = Version.objects.create(
        plan=plan,
        number=number,
        state=state,
        body=content,
        digest=digest,
        on=on or timezone.localdate(),
        note=note.strip(),
        by=by,
        at=timezone.now(),
    )
    if state == State.ADOPTED:
        record_ground(version, equality_reason)
    tell(version, {"adopted": "adopted"}.get(state, "put to consultation"), by=by)
    return version


@transaction.atomic
def record_review(version: Version, *, note: str, by: Person) -> None:
    """Record that the plan in force was looked at again, and what was found."""
    version = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
    check_can_put_forward(by, version.plan)
    if not version.in_force:
        raise NotAllowed("Only the version in force is reviewed.")
    if not note.strip():
        raise NotAllowed("Say what the review found, and where it was agreed.")
    version.state = State.REVIEWED
    version.save(update_fields=["state"])
    tell(version, "reviewed", by=by, reason=note.strip())


def tell(version: Version, what: str, *, by: Person, reason: str = "") -> None:
    record_event(
        what,
        str(version),
        by=by,
        partnership=version.plan.partnership,
        audience=Audience.MEMBERS,
        link=reverse("plans:version", args=[version.plan_id, version.number]),
        detail={"reason": reason or version.note, "digest": version.digest},
    )
