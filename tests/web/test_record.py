"""The record of events: complete, in order, and telling when it was tampered with."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Audience, Event, RecordHead
from saferplan.web.core.record import check_record, record_event
from saferplan.web.core.triggers import changed, deleted, on_sqlite


def write(count, partnership=None, **options):
    return [
        record_event("did", f"thing {number}", by=None, partnership=partnership)
        for number in range(count)
    ]


@pytest.fixture
def unguarded(db):
    """Somebody who may alter tables takes away the database's own guard."""
    if connection.vendor == "postgresql":
        run("ALTER TABLE core_event DISABLE TRIGGER USER")
    else:
        run(f"DROP TRIGGER {changed('core_event')}")


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_events_are_numbered_from_one_and_the_record_is_whole(db):
    events = write(3)
    assert [event.number for event in events] == [1, 2, 3]
    check = check_record()
    assert (check.events, check.fault, check.digest) == (3, None, events[2].digest)


def test_an_empty_record_is_whole(db):
    assert check_record().events == 0
    assert check_record().fault is None


def test_an_event_of_a_change_that_failed_never_was(db):
    write(1)
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    write(1)
    assert list(Event.objects.values_list("number", flat=True)) == [1, 2]
    assert check_record().fault is None


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_when_many_write_at_once():
    def write_and_close(_):
        try:
            for turn in range(20):
                with transaction.atomic():
                    record_event("did", f"thing {turn}", by=None)
                    if turn % 5 == 0:
                        transaction.set_rollback(True)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write_and_close, range(6)))
    check = check_record()
    assert (check.events, check.fault) == (6 * 16, None)


TAMPERING = {
    "UPDATE core_event SET subject = 'another' WHERE number = 4": "Event 4 is not",
    'UPDATE core_event SET detail = \'{"reason": "x"}\' WHERE number = 1': "Event 1",
    "UPDATE core_event SET at = '2020-01-01T00:00:00Z' WHERE number = 2": "Event 2",
    "UPDATE core_event SET audience = 'members' WHERE number = 6": "Event 6 is not",
    "UPDATE core_event SET digest = '0' WHERE number = 3": "Event 3 is not",
    "UPDATE core_event SET number = 9 WHERE number = 6": "Event 6 is missing",
    "DELETE FROM core_event WHERE number = 1": "Event 1 is missing",
    "DELETE FROM core_event WHERE number = 5": "Event 5 is missing",
    "DELETE FROM core_event WHERE number = 6": "should end at 6",
}


@pytest.mark.parametrize("sql", TAMPERING)
def test_tampering_is_found_and_the_first_wrong_event_named(unguarded, sql):
    write(6)
    run(sql)
    assert TAMPERING[sql] in check_record().fault


def test_two_exchanged_events_are_found(unguarded):
    write(4)
    run("UPDATE core_event SET number = 99 WHERE number = 2")
    run("UPDATE core_event SET number = 2 WHERE number = 3")
    run("UPDATE core_event SET number = 3 WHERE number = 99")
    assert "Event 2 is not" in check_record().fault


def test_a_record_signed_with_another_key_is_found(db, settings):
    write(2)
    settings.RECORD_KEY = "a key that somebody guessed"
    assert "Event 1 is not" in check_record().fault


def test_an_event_cannot_be_changed_or_deleted_through_the_site(db):
    (event,) = write(1)
    event.subject = "another"
    for attempt in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(subject="another"),
    ):
        with pytest.raises(NotAllowed, match="cannot be changed"):
            attempt()


def test_the_database_itself_refuses_to_change_the_record(db):
    write(1)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        run("UPDATE core_event SET subject = 'another'")
    if connection.vendor == "sqlite":  # put back what tests do without
        name = deleted("core_event")
        run(on_sqlite(name, "DELETE", "core_event", "It cannot be changed"))
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        run("DELETE FROM core_event")


def test_the_command_says_the_record_is_whole_and_what_to_note(db):
    *_, last = write(3)
    said = StringIO()
    call_command("check_events", stdout=said)
    assert "All 3 events" in said.getvalue()
    assert last.digest in said.getvalue()


def test_the_command_fails_when_the_record_was_tampered_with(unguarded):
    write(3)
    run("DELETE FROM core_event WHERE number = 2")
    with pytest.raises(CommandError, match="Event 2 is missing"):
        call_command("check_events")


def test_each_role_reads_what_is_meant_for_it(
    partnership, analyst, councillor, administrator, outsider, no_role
):
    for audience in Audience:
        record_event(
            "did",
            audience.value,
            by=analyst,
            partnership=partnership,
            audience=audience,
        )

    def read_by(person):
        visible = Event.objects.visible_to(person)
        return set(visible.values_list("subject", flat=True))

    assert read_by(councillor) == {"members"}
    assert read_by(analyst) == {"members", "staff"}
    assert read_by(administrator) == {"members", "staff", "administrators"}
    assert read_by(outsider) == read_by(no_role) == set()


def test_the_page_shows_who_did_what_and_why(client, partnership, head, analyst):
    record_event(
        "set aside",
        "Burglary",
        by=analyst,
        partnership=partnership,
        detail={"reason": "only two wards"},
    )
    client.force_login(head)
    page = client.get(reverse("home:record")).content.decode()
    assert "The analyst set aside" in page
    assert "because “only two wards”" in page


def test_a_long_record_is_split_into_pages(client, partnership, head):
    write(120, partnership)
    client.force_login(head)
    page = client.get(reverse("home:record"), {"page": "2"}).content.decode()
    assert "thing 69" in page
    assert "thing 70" not in page
    assert 'aria-label="Page 3"' in page


def test_the_page_of_the_check_names_the_fault(client, unguarded, partnership, head):
    write(3, partnership)
    client.force_login(head)
    assert "The record is whole" in client.get(reverse("home:check_record")).text
    run("UPDATE core_event SET subject = 'another' WHERE number = 2")
    assert "Event 2 is not" in client.get(reverse("home:check_record")).text


def test_the_newest_number_and_digest_are_kept(db):
    *_, last = write(2)
    head = RecordHead.objects.get()
    assert (head.number, head.digest) == (2, last.digest)
