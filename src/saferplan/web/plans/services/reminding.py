"""Asking people to report on their actions, and taking what they say by a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.plans.delivery import Standing
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person
from saferplan.web.plans.contents import contents_of
from saferplan.web.plans.models import Action, Plan, ReportLink, Update
from saferplan.web.plans.models.report_link import digest_of_word, new_word
from saferplan.web.plans.permissions import check_can_change
from saferplan.web.plans.services.changing import link
from saferplan.web.plans.services.reporting import add_update, check_says_why
from saferplan.web.plans.shown import delivery_of

AHEAD = timedelta(days=7)  # asked this long before a report is due
NOT_AGAIN_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Reminder:
    """
    What one address is asked to report on.

    asked_lately  True if it has had a link within the week, and gets none now
    """

    address: str
    actions: list[tuple[Action, Standing]]
    asked_lately: bool


def reminders_of(plan: Plan, *, today: date | None = None) -> list[Reminder]:
    """Who is to be asked for a report now, by address; and those with none are not."""
    today = today or timezone.localdate()
    standing = delivery_of(plan, contents_of(plan), on=today).each
    asked: dict[str, list[tuple[Action, Standing]]] = {}
    for action in plan.actions.standing().with_all().select_related("owner"):
        how = standing[action.pk]
        wanted = how.report_by is not None and how.report_by <= today + AHEAD
        if action.reports_to and (wanted or how.state == "overdue"):
            asked.setdefault(action.reports_to, []).append((action, how))
    lately = set(
        plan.report_links.filter(
            made_at__gt=timezone.now() - NOT_AGAIN_WITHIN, used_at=None
        ).values_list("address", flat=True)
    )
    return [
        Reminder(address, actions, address in lately)
        for address, actions in sorted(asked.items())
    ]


def without_owner(plan: Plan) -> list[Action]:
    """The actions about which nobody can be asked."""
    actions = plan.actions.standing().with_all().select_related("owner")
    return [each for each in actions if not each.reports_to and not each.is_over]


@transaction.atomic
def remind(plan: Plan, *, site: str, by: Person | None) -> int:
    """
    Send each address that owes a report a link; return how many were sent.

    site  where the site is, for the links: "https://saferplan.example.org"

    Who had a link within the week, and did not use it, gets no second one.
    """
    if by is not None:
        check_can_change(by, plan)
    # Two who ask at once: the second finds the links of the first.
    Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    wanted = [each for each in reminders_of(plan) if not each.asked_lately]
    for each in wanted:
        make_link(plan, each.address, [action for action, _ in each.actions], site)
    if wanted:
        record_event(
            "asked for reports on",
            str(plan),
            by=by,
            partnership=plan.partnership,
            link=link(plan),
            detail={"sent": len(wanted)},
        )
    return len(wanted)


def make_link(plan: Plan, address: str, actions: Iterable[Action], site: str) -> None:
    word = new_word()
    made = ReportLink.objects.create(
        plan=plan,
        address=address,
        digest=digest_of_word(word),
        made_at=timezone.now(),
    )
    made.actions.set(actions)
    path = reverse("plans:report_link", args=[word])
    text = render_to_string(
        "plans/reminder.txt",
        {"plan": plan, "actions": list(actions), "link": f"{site}{path}"},
    )
    subject = f"How do your actions stand? {plan}"
    transaction.on_commit(
        lambda: send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
    )


@transaction.atomic
def report_by_link(link: ReportLink, said: dict[int, tuple[str, str]]) -> list[Update]:
    """
    Take what somebody says of their actions by a link, all at once, and close the link.

    said  status and words per action's id; actions left out stay as they are

    Raises NotAllowed if the link was used or is too old, an action is not one of its,
    or what needs a reason has none.
    """
    link = ReportLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if not link.is_open:
        raise NotAllowed("This link was used already, or is too old. Ask for another.")
    actions = {each.pk: each for each in link.actions.standing().with_all()}
    if not said:
        raise NotAllowed("Choose how at least one action stands.")
    if strange := said.keys() - actions.keys():
        raise NotAllowed(f"This link is not about action {min(strange)}.")
    for status, words in said.values():
        check_says_why(status, words)
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return [
        add_update(
            actions[pk], status=status, said=words, by=None, on_behalf=link.address
        )
        for pk, (status, words) in said.items()
    ]


@transaction.atomic
def send_another(link: ReportLink, *, site: str) -> None:
    """Send a fresh link to the same address, about the same actions."""
    link = ReportLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.is_open:
        raise NotAllowed("This link still works. Use it.")
    newest = link.plan.report_links.filter(address=link.address).first()
    if newest and newest.is_open:
        raise NotAllowed("A newer link is in your mail already.")
    make_link(link.plan, link.address, link.actions.standing(), site)
