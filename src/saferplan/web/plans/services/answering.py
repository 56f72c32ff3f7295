"""Answering checks, and saying which action serves which commitment."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models import Action, Alignment, Answer, Commitment, Plan
from saferplan.web.plans.permissions import check_can_change
from saferplan.web.plans.services.outlining import change_plan


@transaction.atomic
def answer_check(plan: Plan, key: str, *, reason: str, by: Person) -> Answer:
    """Say why what a check found is as it should be; "" takes an answer back."""
    check_can_change(by, plan)
    answer = Answer.objects.create(
        plan=plan, key=key[:300], reason=reason.strip(), by=by, at=timezone.now()
    )
    record_event(
        "answered a check of" if answer.reason else "took back an answer on",
        f"{plan}, {key}",
        by=by,
        partnership=plan.partnership,
        link=reverse("plans:checks", args=[plan.pk]),
        detail={"reason": answer.reason},
    )
    return answer


@transaction.atomic
def align(
    commitment: Commitment, action: Action, *, verdict: str, by: Person
) -> Alignment:
    """
    Say whether an action serves a commitment of the plan above; the newest stands.

    Raises NotAllowed if the commitment is of a plan that is not the one above.
    """
    check_can_change(by, action.plan)
    if action.plan.parent_id != commitment.plan_id:
        raise NotAllowed(f"{commitment.plan} is not the plan above {action.plan}.")
    alignment, _ = Alignment.objects.update_or_create(
        commitment=commitment,
        action=action,
        defaults={"verdict": verdict, "by": by, "at": timezone.now()},
    )
    serves = verdict == Alignment.Verdict.SERVES
    record_event(
        "said what serves" if serves else "said what does not serve",
        f"commitment {commitment.name}: action {action.name}",
        by=by,
        partnership=action.plan.partnership,
        link=reverse("plans:alignment", args=[action.plan_id]),
    )
    return alignment


@transaction.atomic
def set_parent(plan: Plan, parent: Plan | None, *, by: Person) -> None:
    """Say which plan is above this one. What was aligned with another stays kept."""
    change_plan(plan, seen=plan.edition, by=by, parent=parent)
    plan.refresh_from_db()
