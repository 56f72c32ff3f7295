"""Tables to take away: all of it, nothing hidden, and nothing that runs."""

import csv
import io
import re
import zipfile

import pytest
from django.http import Http404
from django.urls import reverse

from saferplan.web.core.downloads import NOT_AVAILABLE, table_response
from saferplan.web.core.record import record_event

DANGEROUS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    " =1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://elsewhere.example","x")',
]


def read_csv(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def content_of_ods(response):
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        return book.read("content.xml").decode()


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_a_formula(text):
    (_, row) = read_csv(table_response("t", "csv", ["Words"], [[text]]))
    assert row == [f"'{text}"]
    ods = content_of_ods(table_response("t", "ods", ["Words"], [[text]]))
    assert "table:formula" not in ods
    assert 'office:value-type="string"' in ods


def test_numbers_stay_numbers_and_what_is_missing_is_marked():
    rows = [["a", -5, 2.5], ["b", None, 0]]
    assert read_csv(table_response("t", "csv", ["Name", "n", "x"], rows))[1:] == [
        ["a", "-5", "2.5"],
        ["b", NOT_AVAILABLE, "0"],
    ]
    ods = content_of_ods(table_response("t", "ods", ["Name", "n", "x"], rows))
    assert 'office:value="-5"' in ods
    assert NOT_AVAILABLE in ods


def test_a_spreadsheet_hides_nothing_and_names_nobody():
    response = table_response("t", "ods", ["Words"], [["a"]])
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        texts = [book.read(name).decode() for name in book.namelist()]
    whole = "".join(texts)
    assert not re.search(r"collapse|table:display=.false|creator|annotation", whole)


def test_other_formats_do_not_exist():
    with pytest.raises(Http404):
        table_response("t", "exe", ["Words"], [])


def test_the_record_comes_away_whole_and_only_what_this_person_may_read(
    client, partnership, analyst, administrator
):
    record_event("did", "one thing", by=analyst, partnership=partnership)
    record_event(
        "did",
        "a secret thing",
        by=analyst,
        partnership=partnership,
        audience="administrators",
    )
    client.force_login(analyst)
    header, *rows = read_csv(client.get(reverse("home:record_table", args=["csv"])))
    assert header[:5] == ["Number", "When", "Who", "What", "To what"]
    assert [row[4] for row in rows] == ["one thing"]
    client.force_login(administrator)
    _, *rows = read_csv(client.get(reverse("home:record_table", args=["csv"])))
    assert [row[4] for row in rows] == ["a secret thing", "one thing"]


def test_the_list_of_people_comes_away(client, administrator, analyst, outsider):
    client.force_login(administrator)
    _, *rows = read_csv(client.get(reverse("partnerships:people_table", args=["csv"])))
    assert [row[1] for row in rows] == [administrator.email, analyst.email]
