"""The commitments of a strategy: corrected, added, taken out and put back."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.plans.measurable import measurability
from saferplan.plans.plan import Plan as PlanRead
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models import Commitment, CommitmentRevision, Plan
from saferplan.web.plans.permissions import check_can_change
from saferplan.web.plans.services.outlining import FAR, PartChanged


@transaction.atomic
def add_commitment(plan: Plan, *, section: str, text: str, by: Person) -> Commitment:
    """Add a commitment under a heading, the last of its list; or begin a list there."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    check_can_change(by, plan)
    number, name = next_in(plan, section)
    later = plan.commitments.filter(number__gte=number)
    # No two have the same number at any moment: first all far away, then in order.
    later.update(number=F("number") + FAR)
    commitment = Commitment(plan=plan, number=number, name=name, section=section)
    put_text(commitment, text)
    commitment.save()
    plan.commitments.filter(number__gte=FAR).update(number=F("number") - FAR + 1)
    keep_wording(commitment, by=by)
    tell("added a commitment", commitment, by=by)
    return commitment


def next_in(plan: Plan, section: str) -> tuple[int, str]:
    """The place among all, and the name, of the next commitment under a heading."""
    every = list(plan.commitments.all())
    own = [each for each in every if each.section == section]
    if not own:
        lists = [list_and_place(each)[0] for each in every]
        return len(every) + 1, f"{max(lists, default=0) + 1}.1"
    last = max(own, key=list_and_place)
    number, place = list_and_place(last)
    return last.number + 1, f"{number}.{place + 1}"


def list_and_place(commitment: Commitment) -> tuple[int, int]:
    number, _, place = commitment.name.partition(".")
    return int(number), int(place)


@transaction.atomic
def change_commitment(
    commitment: Commitment, *, seen: int, text: str, by: Person
) -> Commitment:
    """
    Give a commitment other words, and the verdict that they deserve.

    seen   the edition this person was looking at

    Raises PartChanged, and changes nothing, if another came between. Words that are
    the same already make no new edition.
    """
    commitment = locked(commitment, by=by)
    if commitment.removed_at:
        raise NotAllowed("This commitment was taken out. Put it back first.")
    if commitment.edition != seen:
        last = commitment.revisions.select_related("by").latest("number")
        raise PartChanged({"text": commitment.text}, commitment.edition, last.by)
    if text == commitment.text:
        return commitment
    put_text(commitment, text)
    commitment.edition += 1
    commitment.save()
    keep_wording(commitment, by=by)
    tell("changed a commitment", commitment, by=by)
    return commitment


def go_back(
    commitment: Commitment, number: int, *, seen: int, by: Person
) -> Commitment:
    """Give a commitment the words it had at an earlier edition, as a new edition."""
    text = commitment.revisions.get(number=number).text
    return change_commitment(commitment, seen=seen, text=text, by=by)


@transaction.atomic
def remove_commitment(commitment: Commitment, *, reason: str, by: Person) -> None:
    """Take a commitment out of the plan being written; its words stay."""
    commitment = locked(commitment, by=by)
    if not reason.strip():
        raise NotAllowed("Say why this commitment is taken out. Others will ask.")
    commitment.removed_at, commitment.removed_why = timezone.now(), reason.strip()
    commitment.save(update_fields=["removed_at", "removed_why"])
    tell("took a commitment out", commitment, by=by, reason=reason.strip())


@transaction.atomic
def put_back(commitment: Commitment, *, by: Person) -> None:
    commitment = locked(commitment, by=by)
    commitment.removed_at, commitment.removed_why = None, ""
    commitment.save(update_fields=["removed_at", "removed_why"])
    tell("put a commitment back", commitment, by=by)


def take_over_commitments(plan: Plan, read: PlanRead, *, by: Person) -> None:
    """The commitments of a document that was read, with its words as their first."""
    every = [(group, each) for group in read.lists for each in group.commitments]
    made = Commitment.objects.bulk_create(
        Commitment(
            plan=plan,
            number=number,
            name=each.name,
            section=group.section[:300],
            text=each.text,
            verdict=each.verdict,
            why=each.why,
        )
        for number, (group, each) in enumerate(every, start=1)
    )
    now = timezone.now()
    CommitmentRevision.objects.bulk_create(
        CommitmentRevision(commitment=each, number=1, text=each.text, by=by, at=now)
        for each in made
    )


def locked(commitment: Commitment, *, by: Person) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("plan")
    commitment = rows.get(pk=commitment.pk)
    check_can_change(by, commitment.plan)
    return commitment


def put_text(commitment: Commitment, text: str) -> None:
    commitment.text = text
    commitment.verdict, commitment.why, _ = measurability(text)


def keep_wording(commitment: Commitment, *, by: Person) -> None:
    CommitmentRevision.objects.create(
        commitment=commitment,
        number=commitment.edition,
        text=commitment.text,
        by=by,
        at=timezone.now(),
    )


def tell(what: str, commitment: Commitment, *, by: Person, **detail: Any) -> None:
    record_event(
        what,
        str(commitment),
        by=by,
        partnership=commitment.plan.partnership,
        link=link_to(commitment),
        detail=detail,
    )


def link_to(commitment: Commitment) -> str:
    return reverse("plans:commitment", args=[commitment.plan_id, commitment.pk])
