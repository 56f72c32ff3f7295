"""What the home page asks of people about figures."""

from datetime import date

import pytest
from django.urls import reverse
from web.performance.conftest import QUIET

from saferplan.web.performance.asked import asked_of
from saferplan.web.performance.services.keeping import change_indicator
from saferplan.web.performance.services.returning import Entry, give

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_the_owner_is_told_which_figures_are_late(
    client, indicator, fill, partner_lead, councillor
):
    fill(indicator, QUIET[:20])  # to May; June to August are due
    asked = asked_of(partner_lead.membership)
    assert asked.late == ((indicator, 3, "August 2026"),)
    assert asked_of(councillor.membership).late == ()
    give(indicator, Entry(date(2026, 8, 1), value=50), by=partner_lead)
    assert asked_of(partner_lead.membership).late == ((indicator, 2, "July 2026"),)
    client.force_login(partner_lead)
    said = " ".join(client.get(reverse("home:front")).text.split())
    assert "2 periods, the newest July 2026" in said


def test_a_draft_is_late_and_a_locked_period_is_not(
    indicator, fill, partner_lead, head
):
    fill(indicator, QUIET[:22])
    august = Entry(date(2026, 8, 1), value=50)
    give(indicator, august, by=partner_lead, draft=True)
    assert asked_of(partner_lead.membership).late[0][1] == 1
    change_indicator(indicator, by=head, locked_through=date(2026, 8, 31))
    assert asked_of(partner_lead.membership).late == ()


def test_those_who_approve_are_told_how_many_wait_for_them(
    client, indicator, analyst, head, partner_lead
):
    give(indicator, Entry(date(2026, 7, 1), value=50), by=analyst)
    assert asked_of(head.membership).waiting == 1
    assert asked_of(analyst.membership).waiting == 0
    assert asked_of(partner_lead.membership).waiting == 0
    client.force_login(head)
    assert "1 figure waits for your approval" in client.get(reverse("home:front")).text
