"""What somebody finds of plans on the home page."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from web.plans.conftest import ADOPTED

from saferplan.web.partnerships.models import Organisation
from saferplan.web.plans.at_home import owed_by, to_read
from saferplan.web.plans.services.closing import close_quarter
from saferplan.web.plans.services.putting_forward import put_forward
from saferplan.web.plans.services.reporting import report


@pytest.fixture
def late(monkeypatch):
    """A day on which the plan's first reports are late."""
    monkeypatch.setattr(timezone, "localdate", lambda at=None: date(2026, 8, 1))


@pytest.fixture
def adopted(plan, add, council, partnership, head):
    police = Organisation.objects.create(name="Example Police", kind="police")
    partnership.organisations.add(police)
    add("Fit locks", lead=council)
    add("Visit shops", lead=police)
    put_forward(plan, **ADOPTED, note="Minute 4", on=date(2026, 4, 1), by=head)
    return plan


def names(owed):
    return [action.text for action, _ in owed]


def test_a_partner_lead_owes_what_their_organisation_leads(late, adopted, partner_lead):
    assert names(owed_by(partner_lead.membership)) == ["Fit locks"]


@pytest.mark.parametrize("role", ["head", "analyst", "councillor", "commissioner"])
def test_those_who_report_on_nothing_owe_nothing(late, adopted, cast, role):
    assert owed_by(cast[role].membership) == []


def test_what_was_reported_on_is_owed_no_more(
    late, adopted, partner_lead, django_assert_max_num_queries
):
    action = adopted.actions.get(text="Fit locks")
    update = report(action, status="done", said="All fitted.", by=partner_lead)
    update.at = datetime(2026, 7, 30, 12, tzinfo=UTC)
    update.save()
    with django_assert_max_num_queries(15):
        assert owed_by(partner_lead.membership) == []


def test_a_draft_is_neither_owed_nor_read(late, plan, add, council, partner_lead):
    add("Fit locks", lead=council)
    assert owed_by(partner_lead.membership) == []
    assert to_read(plan.partnership) == []


def test_a_councillor_finds_the_one_page_and_the_newest_pack_at_home(
    late, adopted, head, councillor, client
):
    begins, ends = date(2026, 4, 1), date(2026, 6, 30)
    pack = close_quarter(adopted, begins=begins, ends=ends, by=head)
    client.force_login(councillor)
    page = client.get(reverse("home:front")).text
    assert reverse("plans:one_page", args=[adopted.pk]) in page
    assert reverse("plans:pack", args=[adopted.pk, pack.pk]) in page


def test_whoever_only_reads_is_led_from_an_action_to_the_version(
    adopted, councillor, client
):
    action = adopted.actions.first()
    client.force_login(councillor)
    answer = client.get(reverse("plans:action", args=[adopted.pk, action.pk]))
    assert answer.url == reverse("plans:version", args=[adopted.pk, 1])


def test_a_councillor_is_not_told_of_reports_on_a_draft(
    plan, add, council, partner_lead, councillor, client
):
    report(add("Fit locks", lead=council), status="done", said="", by=partner_lead)
    client.force_login(councillor)
    assert "Fit locks" not in client.get(reverse("home:front")).text
