"""Whose areas match: bringing a table of small areas, and reading how they lie."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from saferplan.errors import MethodError, NotAllowed, SourceChanged
from saferplan.web.core.models import Event
from saferplan.web.performance.footprint_file import MOST_ROWS, read_small_areas
from saferplan.web.performance.models import FootprintTable
from saferplan.web.performance.services.footprints import bring_areas

pytestmark = pytest.mark.django_db

TABLE = """area,residents,Police,Council,Health
E01000001,100,North,West,One
E01000002,300,North,East,One
E01000003,600,South,South,Two
"""
ADDRESS = "/performance/footprints/"


@pytest.fixture
def brought(partnership, analyst):
    return bring_areas(partnership, TABLE, name="areas.csv", by=analyst)


def test_the_page_says_whose_areas_match_and_whose_cross(client, head, brought):
    client.force_login(head)
    page = client.get(ADDRESS)
    assert "Police and Council: each Council area lies in one Police area" in page.text
    assert "60% of people live in an area that is the same for both" in page.text
    assert "Police and Health: the same areas; 100% of people" in page.text
    assert "A shared border says who could plan together" in page.text
    assert "areas.csv, brought by The analyst" in page.text


def test_a_file_is_brought_on_the_page_and_recorded(client, analyst):
    client.force_login(analyst)
    sent = SimpleUploadedFile("areas.csv", TABLE.encode("utf-8-sig"))
    page = client.post(ADDRESS, {"sent": sent})
    assert page.status_code == 302
    table = FootprintTable.objects.get()
    assert (table.agencies, len(table.rows)) == (["Police", "Council", "Health"], 3)
    event = Event.objects.get()
    assert event.what == "brought the areas of agencies"
    assert event.by == analyst


def test_the_newest_table_stands_and_the_earlier_stays(client, analyst, brought):
    client.force_login(analyst)
    client.post(ADDRESS, {"pasted": TABLE.replace("Health", "Probation")})
    assert FootprintTable.objects.count() == 2
    page = client.get(ADDRESS)
    assert "Police and Probation" in page.text
    assert "Police and Health" not in page.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("area,Police,Council\nE01,A,B", "no column residents"),
        ("area,residents,Police\nE01,5,A", "2 to 12 agencies"),
        ("area,residents,Police,Police\nE01,5,A,B", "Two columns have the same name"),
        ("area,residents,Police,Council\n", "no line below"),
        ("area,residents,Police,Council\nE01,many,A,B", "Line 2, E01: residents"),
        ("area,residents,Police,Council\n,5,A,B", "Line 2 has no area"),
        ("area,residents,Police,Council\nE01,5,A,B\nE01,6,A,B", "E01 stands twice"),
        ("area,residents,Police,Council\nE01,5,A,\nE02,6,,B", "no people in common"),
        ("area,residents,Police,Council\nE01,0,A,B", "somebody must live there"),
        ("<html><body>not a table</body></html>", "no column area"),
    ],
)
def test_what_cannot_be_read_says_why_and_is_kept(client, analyst, text, said):
    client.force_login(analyst)
    page = client.post(ADDRESS, {"pasted": text})
    assert page.status_code == 422
    assert said in page.text
    assert text.splitlines()[-1].replace("<", "&lt;").replace(">", "&gt;") in page.text
    assert not FootprintTable.objects.exists()


def test_a_file_that_is_no_text_is_refused(client, analyst):
    client.force_login(analyst)
    sent = SimpleUploadedFile("areas.xlsx", b"PK\x03\x04\xff\xfe\x00")
    page = client.post(ADDRESS, {"sent": sent})
    assert page.status_code == 422
    assert "areas.xlsx is not a CSV file in UTF-8" in page.text


def test_nothing_and_both_are_refused(client, analyst):
    client.force_login(analyst)
    assert "Choose a file, or paste its text." in client.post(ADDRESS, {}).text
    sent = SimpleUploadedFile("areas.csv", TABLE.encode())
    page = client.post(ADDRESS, {"sent": sent, "pasted": TABLE})
    assert "Choose one of them." in page.text


def test_too_many_lines_are_refused():
    lines = "\n".join(f"E{at},5,A,B" for at in range(MOST_ROWS + 1))
    with pytest.raises(SourceChanged, match="40,001 lines"):
        read_small_areas(f"area,residents,Police,Council\n{lines}")


def test_only_the_head_and_the_analyst_bring_areas(client, partnership, partner_lead):
    with pytest.raises(NotAllowed):
        bring_areas(partnership, TABLE, name="areas.csv", by=partner_lead)
    client.force_login(partner_lead)
    assert "Bring the areas of agencies" not in client.get(ADDRESS).text
    assert client.post(ADDRESS, {"pasted": TABLE}).status_code == 403


def test_another_partnership_sees_nothing_of_it(client, outsider, brought):
    client.force_login(outsider)
    assert "No areas yet" in client.get(ADDRESS).text


@pytest.mark.parametrize(
    ("what", "lines"), [("agencies", 4), ("areas", 15), ("overlaps", 17)]
)
def test_each_table_is_taken_away(client, head, brought, what, lines):
    client.force_login(head)
    address = reverse("performance:footprints_table", args=[what, "csv"])
    table = client.get(address).content.decode("utf-8-sig")
    assert len(table.splitlines()) == lines
    ods = client.get(reverse("performance:footprints_table", args=[what, "ods"]))
    assert ods.content[:2] == b"PK"


def test_a_formula_in_a_name_is_inert_in_the_file(client, head, partnership):
    bring_areas(partnership, TABLE.replace("One", "=1+1"), name="a.csv", by=head)
    client.force_login(head)
    address = reverse("performance:footprints_table", args=["areas", "csv"])
    assert ",=1+1" not in client.get(address).content.decode("utf-8-sig")


def test_agencies_with_nobody_in_common_have_no_answer(partnership, head):
    with pytest.raises(MethodError, match="no people in common"):
        bring_areas(
            partnership,
            "area,residents,Police,Council\nE01,5,A,\nE02,6,,B",
            name="a.csv",
            by=head,
        )
