"""The duties register: how a partnership stands with what the law asks."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.definitions import duties, duties_on
from saferplan.errors import NotAllowed
from saferplan.web.core.models import Event
from saferplan.web.plans.duties import ORDER, Found, line_of, register_of, year_of
from saferplan.web.plans.models import DutyRecord
from saferplan.web.plans.services.keeping_duties import record_duty

TODAY = date(2026, 11, 22)


def said(state="done", on=None, *, year=2026, event=None):
    return DutyRecord(state=state, done_on=on, event_on=event, year=year)


def stands(name, *records, today=TODAY):
    line = line_of(duties()[name], list(records), None, today)
    return line.state, line.due


@pytest.mark.parametrize(
    ("name", "records", "state", "due"),
    [
        # Goes on all the time: each financial year wants a word.
        ("strategy-group", [], "not recorded", None),
        ("strategy-group", [said(on=date(2026, 5, 1))], "done", None),
        (
            "strategy-group",
            [said(on=date(2026, 3, 1), year=2025)],
            "not recorded",
            None,
        ),
        ("strategy-group", [said("under way")], "under way", None),
        ("strategy-group", [said("not ours")], "not ours", None),
        # By a day each year.
        ("revise-plan", [], "not yet due", date(2027, 3, 31)),
        ("revise-plan", [said(on=date(2026, 5, 1))], "done", date(2027, 3, 31)),
        (
            "revise-plan",
            [said(on=date(2026, 3, 2), year=2025)],
            "not yet due",
            date(2027, 3, 31),
        ),
        # Every twelve months.
        ("public-meeting", [], "not recorded", None),
        ("public-meeting", [said(on=date(2026, 6, 1))], "done", date(2027, 6, 1)),
        ("public-meeting", [said(on=date(2025, 12, 9))], "due soon", date(2026, 12, 9)),
        ("public-meeting", [said(on=date(2025, 9, 1))], "overdue", date(2026, 9, 1)),
        # What is said later does not undo what was done.
        (
            "public-meeting",
            [said("under way"), said(on=date(2025, 9, 1), year=2025)],
            "overdue",
            date(2026, 9, 1),
        ),
        # Within 28 days of an event.
        ("answer-scrutiny", [], "no event yet", None),
        (
            "answer-scrutiny",
            [said("under way", event=date(2026, 10, 20))],
            "overdue",
            date(2026, 11, 17),
        ),
    ],
)
def test_a_duty_stands_as_its_law_and_its_records_say(name, records, state, due):
    assert stands(name, *records) == (state, due)


def test_a_yearly_duty_is_due_soon_as_its_day_comes_near():
    assert stands("revise-plan", today=date(2027, 2, 15))[0] == "due soon"
    done = said(on=date(2027, 2, 10))
    assert stands("revise-plan", done, today=date(2027, 3, 31))[0] == "done"


def test_an_answer_within_time_settles_the_event_it_answers():
    answered = said(on=date(2026, 11, 1), event=date(2026, 10, 20))
    assert stands("answer-scrutiny", answered)[0] == "done"
    earlier = said(on=date(2026, 10, 1), event=date(2026, 10, 20))
    assert stands("answer-scrutiny", earlier)[0] == "overdue"


def test_what_this_site_holds_waits_for_somebody_to_confirm_it():
    found = Found("The assessment published here", "/assessments/1/", TODAY)
    line = line_of(duties()["strategic-assessment"], [], found, TODAY)
    assert (line.state, line.is_pressing) == ("to confirm", True)
    done = line_of(duties()["strategic-assessment"], [said(on=TODAY)], found, TODAY)
    assert done.state == "done"


def test_a_financial_year_begins_in_april():
    assert [year_of(date(2026, 3, 31)), year_of(date(2026, 4, 1))] == [2025, 2026]


@pytest.mark.django_db
def test_every_duty_in_force_is_in_the_register_and_no_power_is(partnership):
    names = {line.duty.name for line in register_of(partnership, TODAY)}
    asked = {duty.name for duty in duties_on(TODAY) if duty.area != "powers"}
    assert names == asked - {"power-to-disclose"}


@pytest.mark.django_db
def test_what_needs_doing_comes_first(partnership, head):
    long_ago = timezone.localdate() - timedelta(days=500)
    options = {"state": "done", "evidence": "Minute 2", "by": head}
    record_duty(partnership, "public-meeting", done_on=long_ago, **options)
    lines = register_of(partnership, timezone.localdate())
    assert (lines[0].duty.name, lines[0].state) == ("public-meeting", "overdue")
    places = [ORDER.index(line.state) for line in lines]
    assert places == sorted(places)


@pytest.mark.django_db
def test_recording_keeps_what_was_said_before_and_who_said_it(partnership, head):
    day = timezone.localdate()
    record_duty(partnership, "strategy-group", state="under way", by=head)
    record_duty(
        partnership,
        "strategy-group",
        state="done",
        done_on=day,
        evidence="Minute 2",
        by=head,
    )
    states = [each.state for each in partnership.duty_records.all()]
    assert states == ["done", "under way"]
    newest = Event.objects.order_by("number").last()
    assert (newest.by, newest.subject) == (head, duties()["strategy-group"].title)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"state": "done", "evidence": "Minute 2"}, "the day"),
        ({"state": "done", "done_on": TODAY}, "where anybody can see"),
        ({"state": "not ours"}, "whose it is"),
    ],
)
def test_what_is_not_shown_is_not_done(partnership, head, words, told):
    with pytest.raises(NotAllowed, match=told):
        record_duty(partnership, "strategy-group", by=head, **words)
    assert not partnership.duty_records.exists()


@pytest.mark.django_db
def test_only_those_who_keep_it_write_in_it(partnership, partner_lead):
    with pytest.raises(NotAllowed):
        record_duty(partnership, "strategy-group", state="under way", by=partner_lead)


@pytest.mark.django_db
def test_the_database_refuses_a_done_without_its_day(partnership, head):
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyRecord.objects.create(
            partnership=partnership,
            duty="revise-plan",
            year=2026,
            state="done",
            by=head,
            at=timezone.now(),
        )


def address(name, *arguments):
    return reverse(f"plans:{name}", args=arguments)


@pytest.mark.django_db
def test_a_duty_is_recorded_on_its_page_and_what_was_typed_is_kept(client, head):
    client.force_login(head)
    page = address("duty", "public-meeting")
    refused = client.post(page, {"state": "done", "note": "In the library"})
    assert refused.status_code == 422
    assert "Give the day on which it was done." in refused.text
    assert "In the library" in refused.text
    tomorrow = timezone.localdate() + timedelta(days=1)
    said = {"state": "done", "done_on": tomorrow, "evidence": "Minute 4"}
    assert "still to come" in client.post(page, said).text
    said["done_on"] = timezone.localdate()
    assert client.post(page, said).status_code == 302
    assert "Minute 4" in client.get(address("duties")).text


@pytest.mark.django_db
def test_the_register_opens_on_the_home_page_of_the_head_only(client, head, councillor):
    client.force_login(head)
    page = client.get(reverse("home:front")).text
    assert "What the law asks this year" in page
    # A phone has no room for the sources, which the register itself gives.
    assert ">Evidence</th>" in page
    assert ">Source</th>" not in page
    assert ">Source</th>" in client.get(address("duties")).text
    client.force_login(councillor)
    assert "What the law asks this year" not in client.get(reverse("home:front")).text
    assert client.get(address("duties")).status_code == 200


@pytest.mark.django_db
def test_the_register_can_be_taken_away_and_a_formula_stays_text(
    client, head, partnership
):
    record_duty(
        partnership, "strategy-group", state="under way", evidence="=1+1", by=head
    )
    client.force_login(head)
    body = client.get(address("duties_table", "csv")).content.decode("utf-8-sig")
    rows = {row["Duty"]: row for row in csv.DictReader(io.StringIO(body))}
    row = rows[duties()["strategy-group"].title]
    assert row["State"] == "under way"
    assert not row["Evidence"].startswith("=")
    assert rows[duties()["public-meeting"].title]["Due"] == "[x]"
    assert client.get(address("duties_table", "ods")).status_code == 200
    assert client.get(address("duty", "no-such-duty")).status_code == 404
