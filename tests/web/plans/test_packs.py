"""A quarter closed: the pack the board has before it, frozen."""

import io
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document
from web.plans.conftest import ADOPTED

from saferplan.errors import NotAllowed
from saferplan.web.plans.models import BoardPack, Plan, Update
from saferplan.web.plans.packing import quarter_of
from saferplan.web.plans.services.closing import close_quarter
from saferplan.web.plans.services.putting_forward import put_forward
from saferplan.web.plans.services.reporting import report

pytestmark = pytest.mark.django_db

QUARTER = {"begins": date(2026, 4, 1), "ends": date(2026, 6, 30)}
NEXT = {"begins": date(2026, 7, 1), "ends": date(2026, 9, 30)}


@pytest.fixture
def reported(add, head, council, plan):
    """Three actions: one done in June, one silent, one due in May and late."""
    done = add(text="Print posters", lead=council, time_frame="June 2026", money=100)
    add(text="Talk to faith leaders", time_frame="April 26 / monthly")
    add(text="Open a desk", lead=council, time_frame="May 2026")
    put_forward(plan, **ADOPTED, note="Minute 4", by=head, on=date(2026, 4, 1))
    report(done, status="done", said="All are up.", by=head)
    Update.objects.update(at=datetime(2026, 6, 20, 12, tzinfo=UTC))
    return Plan.objects.get(pk=plan.pk)


def states(pack):
    return {
        each["name"]: each["state"]
        for strand in pack.content["strands"]
        for each in strand["actions"]
    }


def test_a_pack_says_how_things_stood_when_the_quarter_ended(reported, head):
    pack = close_quarter(reported, by=head, **QUARTER)
    assert states(pack) == {"1.1": "Done", "1.2": "Not reported", "1.3": "Overdue"}
    content = pack.content
    assert [group["title"] for group in content["exceptions"]] == [
        *("Overdue", "Not reported"),
    ]
    assert [each["name"] for each in content["finished"]] == ["1.1"]
    assert content["asks"] == [
        "Say who leads: 1.2.",
        "Agree a new day, or stop: 1.3.",
    ]
    assert content["money"] == [{"name": "Not said where from", "planned": "£100.00"}]


def test_what_is_reported_later_is_not_in_it(reported, head):
    late = reported.actions.get(number=2)
    report(late, status="done", said="Met all of them.", by=head)
    assert states(close_quarter(reported, by=head, **QUARTER))["1.2"] == "Not reported"


def test_a_later_pack_says_how_it_was_before(reported, head):
    content = close_quarter(reported, by=head, **NEXT).content
    now = {each["state"]: (each["now"], each["before"]) for each in content["counts"]}
    assert now["Done"] == (1, 1)
    assert content["finished"] == []


def test_a_pack_is_made_once_and_never_changed(reported, head):
    pack = close_quarter(reported, by=head, **QUARTER)
    assert close_quarter(reported, by=head, **QUARTER) == pack
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        BoardPack.objects.filter(pk=pack.pk).update(body={})


def test_a_quarter_that_has_not_ended_or_begun_is_not_closed(reported, head):
    with pytest.raises(NotAllowed, match="not ended"):
        close_quarter(
            reported, begins=date(2026, 4, 1), ends=date(2999, 6, 30), by=head
        )
    with pytest.raises(NotAllowed, match="had not begun"):
        close_quarter(
            reported, begins=date(2026, 1, 1), ends=date(2026, 3, 31), by=head
        )


def test_the_councillor_reads_the_pack_and_takes_it_away(
    client, reported, head, councillor
):
    pack = close_quarter(reported, by=head, **QUARTER)
    client.force_login(councillor)
    told = client.get(reverse("plans:pack", args=[reported.pk, pack.pk]))
    assert "Agree a new day, or stop: 1.3." in told.content.decode()
    word = client.get(
        reverse("plans:pack_document", args=[reported.pk, pack.pk, "docx"])
    )
    document = Document(io.BytesIO(word.content))
    assert document.core_properties.title == "Board pack, April to June 2026"
    pdf = client.get(reverse("plans:pack_document", args=[reported.pk, pack.pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF")
    missing = reverse("plans:pack_document", args=[reported.pk, pack.pk, "exe"])
    assert client.get(missing).status_code == 404


def test_a_quarter_is_closed_on_the_page(client, reported, head):
    client.force_login(head)
    address = reverse("plans:packs", args=[reported.pk])
    assert "Close the quarter" in client.get(address).content.decode()
    begins, ends = quarter_of(timezone.localdate())
    told = client.post(address, {"quarter": begins.isoformat()}, follow=True)
    assert f"Board pack, {begins:%B} to {ends:%B %Y}" in told.content.decode()
    wrong = client.post(address, {"quarter": "1999-01-01"}, follow=True)
    assert "Choose one of the quarters that have ended." in wrong.content.decode()


def test_only_those_who_write_close_a_quarter(reported, councillor):
    with pytest.raises(NotAllowed):
        close_quarter(reported, by=councillor, **QUARTER)
