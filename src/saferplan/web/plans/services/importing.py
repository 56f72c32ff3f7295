"""Documents with a plan in them: taken in, settled where unclear, made into a plan."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any
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
from saferplan.web.partnerships.models import Partnership, Person
from saferplan.web.plans.models import (
    Action,
    Plan,
    PlanDocument,
    Revision,
    Settlement,
    Strand,
    Update,
)
from saferplan.web.plans.models.action import Status, wording_of
from saferplan.web.plans.models.plan import Level
from saferplan.web.plans.outline_forms import CADENCES
from saferplan.web.plans.permissions import check_can_write
from saferplan.web.plans.services.changing import make_plan, read_time
from saferplan.web.plans.services.committing import take_over_commitments
from saferplan.web.plans.services.outlining import keep_outline
from saferplan.web.plans.understanding import (
    LONGEST_CELL,
    STATUS,
    Meant,
    meant_by,
    named_in,
)

# What a tick says of how an action stands. A blank says only that it is not done.
STATUSES = {
    "done": Status.DONE,
    "partly": Status.PARTLY,
    "open": Status.NOT_BEGUN,
    "ambiguous": Status.NOT_SETTLED,
}


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
        reading=plan_to_json(read, indent=None),
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
        **own_words(read, document.partnership),
    )
    take_over_actions(plan, document, by=by)
    take_over_commitments(plan, read, by=by)
    keep_outline(plan, f"read it from {document.name}", by=by)
    document.made = plan
    document.save(update_fields=["made"])
    return plan


def period(read: PlanRead) -> tuple[date, date]:
    """
    The days a plan gives itself; otherwise the financial years that it names, or else
    the one that its own date falls in.

    >>> from types import SimpleNamespace
    >>> about = SimpleNamespace(begins=None, ends=None)
    >>> period(SimpleNamespace(about=about, years=(2017, 2018), dated=None))
    (datetime.date(2017, 4, 1), datetime.date(2018, 3, 31))
    """
    begins, ends = read.about.begins, read.about.ends
    if begins and ends and begins < ends:
        return begins, ends
    if read.years:
        first, last = read.years
    else:
        day = read.dated or timezone.localdate()
        first = last = day.year - (day.month < 4)
    return date(first, 4, 1), date(max(last, first + 1), 3, 31)


def own_words(read: PlanRead, partnership: Partnership) -> dict[str, Any]:
    """What a plan says it is, as far as it means something here."""
    about = read.about
    said: dict[str, Any] = {"purpose": about.purpose}
    if about.level in Level.values:
        said["level"] = about.level
    if about.every in dict(CADENCES):
        said["every"] = about.every
    if about.parent:
        said["parent"] = partnership.plans.filter(title=about.parent).first()
    if re.fullmatch(r"\d{1,12}(\.\d\d?)?", about.means):
        said["means"] = Decimal(about.means)
    if re.fullmatch(r"\d{1,9}", about.staff_days):
        said["staff_days"] = int(about.staff_days)
    return said


def take_over_actions(plan: Plan, document: PlanDocument, *, by: Person) -> None:
    read = document.plan_read
    settled = document.settlements.latest_each()
    strands = take_over_strands(plan, read)
    themes = list(plan.themes.standing())
    numbers = numbers_of(read)
    named = named_in(document.partnership)
    meant = {each.name: meant_by(each, named) for each in read.actions}
    made: dict[str, Action] = {}
    for each in read.actions:
        action = Action(
            plan=plan,
            strand=strands[each.strand - 1],
            theme=themes[each.theme - 1],
            number=numbers[each.name],
            **words_of(each, meant[each.name]),
        )
        read_time(action)
        answer = settled.get(each.name)
        action.status = (
            STATUSES[answer.state]
            if answer
            else STATUS.get(each.tick) or STATUSES[each.state]
        )
        made[each.name] = action
    Action.objects.bulk_create(made.values())
    join(made, meant)
    keep_first_words(list(made.values()), by=by)
    keep_first_reports(list(made.values()), document, by=by)


def take_over_strands(plan: Plan, read: PlanRead) -> list[Strand]:
    """The strands of the tables; then a strategy's sections, which list topics."""
    made = [
        Strand(
            plan=plan,
            number=each.number,
            title=(each.title or f"Strand {each.number}")[:200],
            scope="\n".join(each.scope),
            is_communications=each.is_communications,
        )
        for each in read.strands
    ]
    titles = {strand.title for strand in made}
    scopes = {each.section[:200]: "" for each in read.lists if each.section}
    for each in read.topics:
        scopes[each.section[:200]] = "\n".join([each.opening, *each.topics])
    sections = [title for title in sorted(scopes, key=in_order) if title not in titles]
    made += [
        Strand(plan=plan, number=number, title=title, scope=scopes[title])
        for number, title in enumerate(sections, start=len(made) + 1)
        if title
    ]
    return Strand.objects.bulk_create(made)


def in_order(section: str) -> tuple[list[int], str]:
    """
    What puts sections in the order of their numbers.

    >>> sorted(["4.10 Theft", "4.2 Fraud", "Summary"], key=in_order)
    ['Summary', '4.2 Fraud', '4.10 Theft']
    """
    number = re.match(r"[\d.]*", section)
    return [int(n) for n in re.findall(r"\d+", number[0] if number else "")], section


def numbers_of(read: PlanRead) -> dict[str, int]:
    """The number of each action in its strand: its own, if all have one and differ."""
    given = {
        each.name: re.fullmatch(
            rf"(?:{each.strand}\.)?(\d{{1,6}})", each.other.get("number", "")
        )
        for each in read.actions
    }
    own = {name: int(found[1]) for name, found in given.items() if found}
    strand = {each.name: each.strand for each in read.actions}
    if len({(strand[name], number) for name, number in own.items()}) == len(given):
        return own
    counted: Counter[int] = Counter()
    numbers = {}
    for each in read.actions:
        counted[each.strand] += 1
        numbers[each.name] = counted[each.strand]
    return numbers


def words_of(each: ActionRead, meant: Meant) -> dict[str, Any]:
    """The words of an action that was read, each where it belongs."""
    return {
        **meant.words,
        "text": "\n".join([each.text, *each.parts]),
        "time_frame": each.time.text[:LONGEST_CELL],
        "printed": {
            "name": each.name,
            "text": each.text,
            "time frame": each.time.text,
            "completed": each.tick,
            "why": each.why,
            "marks": [*each.marks, *meant.marks],
            **meant.left,
        },
    }


def join(made: dict[str, Action], meant: dict[str, Meant]) -> None:
    """Say who helps with each action, and which others must be done first."""
    helps = Action.contributors.through
    helps.objects.bulk_create(
        helps(action=made[name], organisation=body)
        for name, each in meant.items()
        for body in each.helps
    )
    by_number = {action.name: action for action in made.values()}
    first = Action.needs.through
    first.objects.bulk_create(
        first(from_action=made[name], to_action=by_number[needed])
        for name, each in meant.items()
        for needed in dict.fromkeys(each.needs)
        if needed in by_number and by_number[needed] is not made[name]
    )


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
