"""Closing a quarter: the pack that goes to the board."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Audience
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person
from saferplan.web.plans.contents import digest_of
from saferplan.web.plans.models import BoardPack, Plan
from saferplan.web.plans.packing import pack_of
from saferplan.web.plans.permissions import check_can_change


@transaction.atomic
def close_quarter(plan: Plan, *, begins: date, ends: date, by: Person) -> BoardPack:
    """
    Freeze what the board is to have before it. The same again is the same pack.

    Raises NotAllowed if `by` may not, the quarter has not ended, or the plan had not
    begun in it.
    """
    check_can_change(by, plan)
    if ends >= timezone.localdate():
        raise NotAllowed("This quarter has not ended yet.")
    if ends < plan.begins:
        raise NotAllowed(f"{plan} had not begun in that quarter.")
    Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    body = pack_of(plan, begins=begins, ends=ends)
    digest = digest_of(body)
    kept = plan.packs.filter(digest=digest).first()
    if kept is not None:
        return kept
    pack = BoardPack.objects.create(
        plan=plan,
        begins=begins,
        ends=ends,
        body=body,
        digest=digest,
        by=by,
        at=timezone.now(),
    )
    record_event(
        "closed a quarter with",
        f"{pack}, {plan}",
        by=by,
        partnership=plan.partnership,
        audience=Audience.MEMBERS,
        link=reverse("plans:pack", args=[plan.pk, pack.pk]),
        detail={"digest": digest},
    )
    return pack
