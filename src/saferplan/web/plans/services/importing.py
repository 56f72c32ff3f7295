"""Documents with a plan in them: taken in, settled where unclear, made into a plan."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.plans import document_of, plan_in, plan_to_json
from saferplan.plans.plan import Action as ActionRead
from saferplan.plans.plan import Plan as PlanRead
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person
from saferplan.web.plans.models import (
    Action,
    Commitment,
    Plan,
    PlanDocument,
    Revision,
    Settlement,
    Strand,
    Update,
)
from saferplan.web.plans.models.action import Status, wording_of
from saferplan.web.plans.permissions import check_can_write
from saferplan.web.plans.services.changing import make_plan, read_time
from saferplan.web.plans.services.outlining import keep_outline

# What a tick says of how an action stands. A blank says only that it is not done.
STATUSES = {
    "done": Status.DONE,
    "partly": Status.PARTLY,
    "open": Status.NOT_BEGUN,
    "ambiguous": Status.NOT_SETTLED,
}
LONGEST_CELL = 300  # of a measure, a baseline or a target


@transaction.atomic
def take_in(content: bytes, name: str, *, token: UUID, by: Person) -> PlanDocument:
    """
    Read a document and keep it with what was read. The same token is one document.

    Raises PlanError, with what to do, for a document in which no plan is found.
    """
    membership = by.membership
    assert membership is not None, "only members reach this"
    partnership = membership.partnership
    check_can_write(by, partnership)
    known = PlanDocument.objects.filter(token=token).first()
    if known is not None:
        return known
    opened = document_of(content, name)
    read = plan_in(opened)
    document = PlanDocument.objects.create(
        partnership=partnership,
        token=token,
        name=name[:200],
        text=opened.text,
        reading=plan_to_json(read),
        by=by,
        at=timezone.now(),
    )
    record_event(
        "read a plan from",
        document.name,
        by=by,
        partnership=partnership,
        link=reverse("plans:document", args=[document.pk]),
        detail={"sha256": read.source.sha256},
    )
    return document


@transaction.atomic
def settle(
    document: PlanDocument, action: str, *, state: str, reason: str, by: Person
) -> Settlement:
    """Answer what the document leaves unclear of one action. The newest stands."""
    # Nobody makes the plan between this look and the answer.
    document = PlanDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    check_can_write(by, document.partnership)
    if document.made_id:
        raise NotAllowed(
            "The plan is made already. Report on the action itself instead."
        )
    if action not in {question.action for question in document.plan_read.questions}:
        raise NotAllowed(f"Nothing is unclear about action {action}.")
    settled = Settlement.objects.create(
        document=document,
        action=action,
        state=state,
        reason=reason.strip(),
        by=by,
        at=timezone.now(),
    )
    record_event(
        f"settled as {state}",
        f"{document.name}, action {action}",
        by=by,
        partnership=document.partnership,
        link=reverse("plans:document", args=[document.pk]),
        detail={"reason": settled.reason},
    )
    return settled


@transaction.atomic
def make_of(document: PlanDocument, *, by: Person) -> Plan:
    """
    Make a plan of what was read, once. What nobody settled comes in as not settled.
    """
    document = PlanDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    check_can_write(by, document.partnership)
    if document.made is not None:
        return document.made
    read = document.plan_read
    begins, ends = period(read)
    plan = make_plan(
        document.partnership,
        title=(read.title or document.name)[:200],
        begins=begins,
        ends=ends,
        by=by,
        source=document.name,
        themes=tuple(theme[:200] or "No theme" for theme in read.themes),
    )
    take_over_actions(plan, document, by=by)
    Commitment.objects.bulk_create(
        Commitment(
            plan=plan,
            number=number,
            name=each.name,
            section=group.section[:300],
            text=each.text,
            verdict=each.verdict,
            why=each.why,
        )
        for number, (group, each) in enumerate(
            ((group, each) for group in read.lists for each in group.commitments),
            start=1,
        )
    )
    keep_outline(plan, f"read it from {document.name}", by=by)
    document.made = plan
    document.save(update_fields=["made"])
    return plan


def period(read: PlanRead) -> tuple[date, date]:
    """
    The financial years a plan names; otherwise the one that its own date falls in.

    >>> from types import SimpleNamespace
    >>> period(SimpleNamespace(years=(2017, 2018), dated=None))
    (datetime.date(2017, 4, 1), datetime.date(2018, 3, 31))
    """
    if read.years:
        first, last = read.years
    else:
        day = read.dated or timezone.localdate()
        first = last = day.year - (day.month < 4)
    return date(first, 4, 1), date(max(last, first + 1), 3, 31)


def take_over_actions(plan: Plan, document: PlanDocument, *, by: Person) -> None:
    read = document.plan_read
    settled = document.settlements.latest_each()
    strands = Strand.objects.bulk_create(
        Strand(
            plan=plan,
            number=each.number,
            title=(each.title or f"Strand {each.number}")[:200],
            scope="\n".join(each.scope),
        )
        for each in read.strands
    )
    themes = list(plan.themes.standing())
    numbers: dict[int, int] = {}
    made = []
    for each in read.actions:
        numbers[each.strand] = numbers.get(each.strand, 0) + 1
        action = Action(
            plan=plan,
            strand=strands[each.strand - 1],
            theme=themes[each.theme - 1],
            number=numbers[each.strand],
            **words_of(each),
        )
        read_time(action)
        answer = settled.get(each.name)
        action.status = STATUSES[answer.state if answer else each.state]
        made.append(action)
    Action.objects.bulk_create(made)
    keep_first_words(made, by=by)
    keep_first_reports(made, document, by=by)


def words_of(each: ActionRead) -> dict[str, object]:
    """The words of an action that was read, each where it belongs."""
    parts = "".join(f"\n{part}" for part in each.parts)
    known = {
        name: each.other.get(name, "")[:LONGEST_CELL]
        for name in ("measure", "baseline", "target")
    }
    return {
        **known,
        "text": f"{each.text}{parts}",
        "time_frame": each.time.text[:LONGEST_CELL],
        "printed": {
            "name": each.name,
            "text": each.text,
            "time frame": each.time.text,
            "completed": each.tick,
            "why": each.why,
            "marks": list(each.marks),
            **each.other,
        },
    }


def keep_first_words(actions: list[Action], *, by: Person) -> None:
    now = timezone.now()
    prefetch_related_objects(actions, "contributors", "needs")
    Revision.objects.bulk_create(
        Revision(action=each, number=1, wording=wording_of(each), by=by, at=now)
        for each in actions
    )


def keep_first_reports(
    actions: list[Action], document: PlanDocument, *, by: Person
) -> None:
    """What the document's ticks say becomes the first update, and says so."""
    now = timezone.now()
    Update.objects.bulk_create(
        Update(
            action=each,
            status=each.status,
            said=f"{document.name}: {each.printed['why']}",
            by=by,
            at=now,
        )
        for each in actions
        if each.status in (Status.DONE, Status.PARTLY)
    )
