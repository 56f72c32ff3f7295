"""What comes in damaged: the row stays, marked, with the reason; nothing is guessed."""

import io
import re
import zipfile
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from web.databases import once

from saferplan.web.plans.models import Plan, PlanDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(client, head):
    client.force_login(head)

    def sending(content, name):
        content = content.encode() if isinstance(content, str) else content
        said = {"sent": SimpleUploadedFile(name, content), "token": uuid4()}
        return client.post(reverse("plans:read"), said, follow=True)

    return sending


def words_on(response):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.text)).split())


def made(client):
    document = PlanDocument.objects.get()
    answer = client.post(reverse("plans:make_of", args=[document.pk]), follow=True)
    assert answer.status_code == 200
    return Plan.objects.get()


def test_a_date_that_is_none_stays_as_typed_and_says_why(upload, client):
    told = words_on(
        upload(
            "Plan 26-27\n\nTheft\n\n\tActions\tTime frame\tCompleted\n"
            "Deter\tVisit shops\t31 June 2026\t\n\tMark goods\twhen we can\t\n",
            "plan.txt",
        )
    )
    assert "2 actions are kept as printed" in told
    assert "There is no such day as 31 June 2026." in told
    actions = made(client).actions.all()
    assert [each.time_frame for each in actions] == ["31 June 2026", "when we can"]
    assert [each.due for each in actions] == [None, None]
    assert all(each.time_problem for each in actions)


def test_columns_that_are_missing_are_named_and_the_rows_stay(upload, client):
    told = words_on(upload("Actions,Theme\nVisit shops,Deter\nMark goods,\n", "p.csv"))
    assert "No table has a column for an owner, a measure" in told
    assert "The table has no column for a time frame." in told
    assert "The table has no column that says whether it is done." in told
    assert {each.status for each in made(client).actions.all()} == {"not settled"}


def test_a_row_that_is_too_short_stays_and_says_so(upload, client):
    text = "Theft\n\tActions\tTime frame\tCompleted\nDeter\tVisit shops\n"
    assert "Its row has 2 cells too few." in words_on(upload(text, "plan.txt"))
    assert made(client).actions.get().text == "Visit shops"


def test_a_table_without_actions_is_refused_with_what_to_do(upload):
    answer = upload("Theme,When\nDeter,May\n", "plan.csv")
    assert answer.status_code == 422
    assert "give it a first line such as: Actions" in words_on(answer)
    assert not PlanDocument.objects.exists()


def test_pasted_markup_and_formulae_are_words_everywhere(upload, client):
    answer = upload(
        "Strand,Actions,Lead,Completed\n"
        "Theft,&lt;script&gt;alert(1)&lt;/script&gt; talk,=cmd|' /C calc'!A0,\n"
        'Theft,=HYPERLINK("http://example.org"),<b>Bold</b>,\n',
        "plan.csv",
    )
    assert "<script>alert(1)" not in answer.text
    assert "It looks like a formula. Its words are kept" in words_on(answer)
    plan = made(client)
    page = client.get(reverse("plans:show", args=[plan.pk])).text
    assert "&lt;script&gt;alert(1)" in page
    for name in ("table", "standing"):
        sheet = client.get(reverse(f"plans:{name}", args=[plan.pk, "csv"]))
        assert ",=" not in sheet.text
        assert "'=HYPERLINK" in sheet.text


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "plan.csv", "plan.csv is not text."),
        (b"%PDF-1.7 ...", "plan.docx", "plan.docx is a PDF."),
        (b"PK\x03\x04 broken", "plan.xlsx", "plan.xlsx is damaged."),
        (packed(readme_txt="Hello"), "plan.docx", "neither a workbook nor a Word"),
        (packed(word__document_xml="<w>"), "plan.docx", "cannot be read as a Word"),
        (b'{"format": "saferplan-plan/9"}', "plan.json", "another version"),
        (b'{"format": "saferplan-plan/1", "counts": {}}', "plan.json", "damaged"),
        (b"", "plan.txt", "This file is empty."),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_what_to_do(
    upload, content, name, words
):
    answer = upload(content, name)
    assert answer.status_code == 422
    assert words in words_on(answer)
    assert not PlanDocument.objects.exists()


def test_a_workbook_called_something_else_is_read_as_what_it_is(upload):
    book = Workbook()
    for row in (["Actions", "Completed"], ["Visit shops", "yes"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert "1 action in 1 strand" in words_on(upload(out.getvalue(), "plan.csv"))


@once
def test_ten_thousand_actions_are_read_made_and_marked(upload, client):
    rows = "".join(
        f"\tAction number {n} of many\t{'March 27' if n % 5 else '31 June 26'}\t\n"
        for n in range(10_000)
    )
    text = f"Plan 26-27\n\nTheft\n\n\tActions\tTime frame\tCompleted\n{rows}"
    told = words_on(upload(text, "plan.txt")).replace(",", "")
    assert "10000 actions in 1 strand" in told
    assert "2000 actions are kept as printed" in told
    assert "The other 1900 say so on their own pages" in told
    assert "9800 more actions not shown here" in told
    document = PlanDocument.objects.get()
    client.post(reverse("plans:make_of", args=[document.pk]))
    plan = Plan.objects.get()
    assert plan.actions.count() == 10_000
    assert plan.actions.exclude(time_problem="").count() == 2_000
