"""The demonstration's plan: read out of a document, adopted, and reported on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from saferplan.web.partnerships.models import Organisation, Partnership, Person, Role
from saferplan.web.plans.demonstration_of_duties import analyse
from saferplan.web.plans.evidence import findings_for
from saferplan.web.plans.forms import priorities_for
from saferplan.web.plans.models import Action, Alignment, Plan, Update
from saferplan.web.plans.packing import quarter_of
from saferplan.web.plans.services.answering import align
from saferplan.web.plans.services.changing import change_action
from saferplan.web.plans.services.closing import close_quarter
from saferplan.web.plans.services.importing import make_of, settle, take_in
from saferplan.web.plans.services.outlining import change_plan
from saferplan.web.plans.services.putting_forward import put_forward
from saferplan.web.plans.services.reporting import report

DOCUMENTS = Path(__file__).parent / "documents"

# What the founding table lacks, added to some of the actions as people would.
LEADS = {
    "1.1": "council",
    "1.4": "council",
    "1.5": "council",
    "1.7": "voluntary",
    "2.1": "voluntary",
    "2.2": "council",
    "2.4": "police",
    "2.5": "police",
    "3.1": "police",
    "3.3": "police",
}
MEASURES = {
    "1.7": ("Referrals to advisers in a year", "412", "500", "42000"),
    "2.2": ("Pupils with a mentor for a year", "0", "40", "60000"),
    "3.1": ("Homes burgled again within a year", "9.4%", "7%", "18500"),
    "3.3": ("Shops visited of those that should be", "unknown", "all", None),
}
# Less than the actions need once each says what it costs, as in most plans.
THERE_IS = {"means": Decimal(110_000), "staff_days": 900}
# What each rests on, which priority it serves, and who is asked how it stands. As in
# most plans, some rest on nothing.
WOMEN = "Violence against women and girls"
RESTS_ON = {
    **dict.fromkeys(("1.1", "1.5", "1.6", "1.7", "1.8"), [WOMEN]),
    "1.2": [WOMEN, f"{WOMEN} by ward"],
    "1.9": [f"{WOMEN} by ward", "Harm beside number, by category"],
    "2.1": ["Knife crime", "Knife crime by ward"],
    "2.2": ["Knife crime with injury"],
    "2.3": ["Robbery"],
    "2.4": ["Robbery", "Searches by ethnic group, as the officer defined it"],
    "2.5": ["Anti-social behaviour", "Violence against the person"],
    "2.6": ["Knife crime by ward", "Knife crime with injury by ward"],
    "2.7": ["Admissions for assault (Tamesford university hospital)"],
    "3.1": ["Burglary", "Burglary in homes per 1,000 households"],
    "3.3": ["Theft"],
    "3.4": ["Burglary"],
}
SERVES = {
    **dict.fromkeys(("1.1", "1.2", "1.5", "1.6", "1.7", "1.8", "1.9"), WOMEN),
    **dict.fromkeys(("2.1", "2.2", "2.3", "2.6", "2.7"), "Knife crime"),
    **dict.fromkeys(("2.4", "2.5"), "Anti-social behaviour"),
}
REPORTERS = {
    "1.4": "faith-forum@example.org",
    "1.9": "advisers@example.org",
    "2.3": "schools@example.org",
    **dict.fromkeys(("2.5", "3.2"), Role.PARTNER_LEAD),
}
ALIGNED = {
    ("1.1", "2.4"): Alignment.Verdict.SERVES,
    ("1.2", "2.5"): Alignment.Verdict.SERVES,
    ("2.3", "1.5"): Alignment.Verdict.SERVES,
    ("1.1", "2.1"): Alignment.Verdict.DOES_NOT,
}
REPORTS = {
    "1.4": ("under way", "Two of nine congregations met so far."),
    "1.8": ("under way", "The list of programmes is complete; two are full."),
    "2.3": ("under way", "Four shops and the library have signed up."),
    "2.5": ("partly done", "The plan is written; the licensing part waits for a date."),
    "3.4": ("stopped", "No street agreed to go without marking, so nothing compares."),
}


@transaction.atomic
def make_plans(partnership: Partnership, say: Callable[[str], None]) -> None:
    """Bring in the invented strategy and plan, unless that was done."""
    if partnership.plans.exists():
        return
    say("Bringing in the plan")
    people = Person.objects.filter(memberships__partnership=partnership)
    head = people.get(memberships__role=Role.HEAD)
    begins = financial_year(timezone.localdate())
    strategy = read_strategy(begins, by=head)
    plan = read_plan(begins, by=head)
    change_plan(plan, seen=plan.edition, by=head, parent=strategy, **THERE_IS)
    plan.refresh_from_db()
    was_said_in_the_quarter_before(plan)
    fill_in(plan, by=head)
    join_to_the_plan_above(plan, by=head)
    analyse(plan, begins, by=head)
    for made, note, reason in (
        (strategy, "Published by the Mayor", "The Mayor’s office made its own."),
        (plan, "Board, minute 4", ""),
    ):
        put_forward(
            made,
            state="adopted",
            note=note,
            equality_reason=reason,
            by=head,
            on=begins + timedelta(days=9),
        )
    for name, (status, said) in REPORTS.items():
        report(by_name(plan)[name], status=status, said=said, by=head)


def close_last_quarter(partnership: Partnership) -> None:
    """Close it, once what other apps have for its pack is there too."""
    begins, ends = quarter_of(timezone.localdate())
    plan = partnership.plans.get(level="borough")
    head = Person.objects.get(
        memberships__partnership=partnership, memberships__role=Role.HEAD
    )
    if ends >= plan.begins and not plan.packs.exists():
        close_quarter(plan, begins=begins, ends=ends, by=head)


def financial_year(today: date) -> date:
    """
    The first day of the financial year of a plan that has been running for a while.

    >>> financial_year(date(2026, 11, 22)), financial_year(date(2026, 5, 1))
    (datetime.date(2026, 4, 1), datetime.date(2025, 4, 1))
    """
    return date(today.year - (today.month < 8), 4, 1)


def read_strategy(begins: date, *, by: Person) -> Plan:
    text = document("strategy").format(
        first=begins.year, last=begins.year + 3, next=begins.year + 1
    )
    plan = bring_in(text, "police-and-crime-plan.txt", by=by)
    return change_plan(plan, seen=plan.edition, by=by, level="pan-London")


def read_plan(begins: date, *, by: Person) -> Plan:
    a, b = begins.year % 100, (begins.year + 1) % 100
    text = document("plan").format(years=f"{a}-{b}", a=a, b=b)
    return bring_in(text, "safer-partnership-plan.txt", by=by)


def document(name: str) -> str:
    return (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")


def bring_in(text: str, name: str, *, by: Person) -> Plan:
    # A token made of the text: the same demonstration is the same document.
    token = uuid5(uuid5(NAMESPACE_URL, name), text)
    document = take_in(text.encode(), name, token=token, by=by)
    for question in document.plan_read.questions[:1]:
        settle(document, question.action, state="done", reason="Seen in July.", by=by)
    return make_of(document, by=by)


def was_said_in_the_quarter_before(plan: Plan) -> None:
    """What came with the document, as if the plan had been here all the while."""
    _begins, ends = quarter_of(timezone.localdate())
    then = datetime.combine(ends - timedelta(days=20), time(10), UTC)
    Update.objects.filter(action__plan=plan).update(at=then)


def fill_in(plan: Plan, *, by: Person) -> None:
    kinds = {each.kind: each for each in Organisation.objects.order_by("-pk")}
    found = {each["title"]: each for each in findings_for(plan)}
    priorities = {each.title: each for each in priorities_for(plan, None)}
    for name, action in by_name(plan).items():
        words: dict[str, object] = {}
        if kind := LEADS.get(name):
            words["lead"] = kinds.get(kind)
        if name in MEASURES:
            measure, baseline, target, money = MEASURES[name]
            words |= {"measure": measure, "baseline": baseline, "target": target}
            words |= {"money": money and float(money)}
            words |= {"money_from": "Crime prevention fund" if money else ""}
        if rests := [
            found[title] for title in RESTS_ON.get(name, []) if title in found
        ]:
            words["findings"] = rests
        if priority := priorities.get(SERVES.get(name, "")):
            words["priority"] = priority
        words |= reporter(plan.partnership, REPORTERS.get(name))
        if words:
            change_action(action, seen=1, by=by, **words)


def reporter(partnership: Partnership, who: str | None) -> dict[str, object]:
    """Somebody with an account by their role, or an office by its address."""
    if who is None:
        return {}
    if who not in Role.values:
        return {"owner_address": who}
    return {"owner": partnership.memberships.get(role=who).person}


def join_to_the_plan_above(plan: Plan, *, by: Person) -> None:
    actions = by_name(plan)
    assert plan.parent is not None, "the demonstration gave it one"
    commitments = {each.name: each for each in plan.parent.commitments.all()}
    for (commitment, action), verdict in ALIGNED.items():
        align(commitments[commitment], actions[action], verdict=verdict, by=by)


def by_name(plan: Plan) -> dict[str, Action]:
    return {each.name: each for each in plan.actions.with_all()}
