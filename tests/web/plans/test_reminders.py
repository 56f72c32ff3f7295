"""Asking for reports, and reporting by a link without a password."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from web.plans.conftest import ADOPTED

from saferplan.errors import NotAllowed
from saferplan.web.plans.models import Action, Plan, ReportLink, Update
from saferplan.web.plans.services.putting_forward import put_forward
from saferplan.web.plans.services.reminding import (
    remind,
    reminders_of,
    report_by_link,
)
from saferplan.web.plans.services.reporting import report

pytestmark = pytest.mark.django_db
SITE = "https://saferplan.example.org"
CHARITY = "office@charity.example.org"


@pytest.fixture
def owed(add, head, plan):
    """An action of a body without an account, silent since the plan was adopted."""
    long_ago = timezone.localdate() - timedelta(days=200)
    Plan.objects.filter(pk=plan.pk).update(
        begins=long_ago, ends=long_ago + timedelta(days=600)
    )
    action = add(time_frame="monthly", owner_address=CHARITY)
    put_forward(plan, **ADOPTED, note="Minute 4", by=head, on=long_ago)
    return Action.objects.select_related("plan").get(pk=action.pk)


@pytest.fixture
def sent(owed, django_capture_on_commit_callbacks):
    """The word in the link that was mailed."""
    with django_capture_on_commit_callbacks(execute=True):
        remind(owed.plan, site=SITE, by=None)
    return re.search(r"/plans/report/(\S+)/", mail.outbox[-1].body)[1]


def address(word):
    return reverse("plans:report_link", args=[word])


def test_who_owes_a_report_is_sent_a_link_about_their_actions(owed, sent):
    [message] = mail.outbox
    assert message.to == [CHARITY]
    assert "1.1 Run a campaign" in message.body
    assert SITE in message.body


def test_nobody_is_asked_twice_in_a_week(owed, sent):
    assert [each.asked_lately for each in reminders_of(owed.plan)] == [True]
    assert remind(owed.plan, site=SITE, by=None) == 0
    ReportLink.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert remind(owed.plan, site=SITE, by=None) == 1


def test_who_has_reported_is_not_asked(owed, head):
    report(owed, status="under way", said="", by=head)
    assert reminders_of(owed.plan) == []


def test_opening_the_link_uses_nothing_up_and_sending_does(client, owed, sent):
    for _ in range(3):
        assert client.get(address(sent)).status_code == 200
    said = {f"a{owed.pk}-status": "done", f"a{owed.pk}-said": "All posters are up."}
    assert "Your report is in" in client.post(address(sent), said).content.decode()
    update = Update.objects.get()
    assert (update.author, update.said) == (CHARITY, "All posters are up.")
    assert Action.objects.get().status == "done"
    again = client.post(address(sent), said)
    assert again.status_code == 410
    assert "This link was used already" in again.content.decode()
    assert Update.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Choose how at least one action stands."),
        ({"said": "Much was done"}, "Choose how the action stands."),
        ({"status": "stopped"}, "Say why it is stopped."),
    ],
)
def test_what_is_missing_is_asked_for_and_the_link_still_works(
    client, owed, sent, said, told
):
    body = {f"a{owed.pk}-{name}": text for name, text in said.items()}
    answer = client.post(address(sent), body)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert said.get("said", "") in answer.content.decode()
    assert client.get(address(sent)).status_code == 200


def test_a_link_too_old_gives_way_to_a_new_one(
    client, owed, sent, django_capture_on_commit_callbacks
):
    ReportLink.objects.update(made_at=timezone.now() - timedelta(days=22))
    assert "This link is too old" in client.get(address(sent)).content.decode()
    another = reverse("plans:another_link", args=[sent])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(another)
    fresh = re.search(r"/plans/report/(\S+)/", mail.outbox[-1].body)[1]
    assert fresh != sent
    assert client.get(address(fresh)).status_code == 200
    told = client.post(another, follow=True).content.decode()
    assert "A newer link is in your mail already." in told


def test_a_word_that_is_none_leads_nowhere(client, owed, sent):
    assert client.get(address(sent[:-1] + "_")).status_code == 404


def test_the_word_itself_is_kept_nowhere(owed, sent):
    [link] = ReportLink.objects.all()
    assert sent not in str(vars(link))


def test_a_link_reports_on_its_own_actions_only(owed, sent, add):
    other = add(text="Something else")
    link = ReportLink.objects.get()
    with pytest.raises(NotAllowed, match="not about action"):
        report_by_link(link, {other.pk: ("done", "")})
    assert ReportLink.objects.get().is_open


@pytest.mark.django_db(transaction=True)
def test_two_who_send_the_same_link_at_once_are_one_report(owed):
    remind(owed.plan, site=SITE, by=None)
    link = ReportLink.objects.get()

    def send(number):
        try:
            report_by_link(link, {owed.pk: ("done", f"Sent {number}")})
        except NotAllowed:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(8) as together:
        assert sum(together.map(send, range(20))) == 1
    assert Update.objects.count() == 1


def test_the_page_says_who_owes_and_about_whom_nobody_can_be_asked(
    client, owed, add, head
):
    add(text="Nobody's action")
    client.force_login(head)
    page = reverse("plans:reminders", args=[owed.plan_id])
    told = client.get(page).content.decode()
    assert CHARITY in told
    assert "1 action has nobody who reports on it" in told
    assert "Links sent: 1." in client.post(page, follow=True).content.decode()


def test_the_command_asks_for_every_plan_in_force(owed, capsys):
    call_command("remind", SITE + "/")
    assert "Safer Example Plan: 1 sent" in capsys.readouterr().out
