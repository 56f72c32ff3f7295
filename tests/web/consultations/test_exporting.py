"""Everything that was said goes out in each format, and who said it in none."""

import io
import json
import zipfile

import pytest
from django.urls import reverse
from docx import Document
from odfdo import Document as OpenDocument
from web.consultations.conftest import respond

from saferplan.web.consultations.exporting import file_of
from saferplan.web.consultations.services.responding import Said, save, take_back

pytestmark = pytest.mark.django_db
WORDS = "=Keep it open, and write to me@example.org."


@pytest.fixture
def said(consultation):
    """A response to both questions with a comment; another that was taken back."""
    response = respond(
        consultation, WORDS, name="Quiet Person", email="quiet@example.org"
    )
    chosen = consultation.questions.get(kind="one", apart=False)
    age = consultation.questions.get(key="age")
    passage = consultation.drafts.get().passages.last()
    save(
        response,
        [
            Said(question=chosen, chosen=["Yes"]),
            Said(question=age, chosen=["65 or older"]),
            Said(passage=passage, text="Which one?"),
        ],
    )
    take_back(respond(consultation, "Taken back."))
    return consultation


def test_the_table_holds_each_answer_and_runs_nothing(said):
    table = file_of(said, "csv").decode("utf-8-sig")
    assert "Which one?" in table
    assert "Yes" in table
    assert "Keep it open" in table
    assert not any(line.startswith("=") for line in table.replace(",", "\n").split())
    assert "Taken back" not in table


@pytest.mark.parametrize("kind", ["csv", "ods", "xlsx", "docx", "json", "zip"])
def test_no_format_says_who_answered_or_who_they_are(said, kind):
    content = file_of(said, kind)
    parts = [content]
    if kind not in ("csv", "json"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    whole = b"".join(parts)
    assert b"Keep it open" in whole
    # A comment on a passage is no answer to a question: no theme of it comes back.
    assert (b"Which one?" in whole) == (kind != "zip")
    assert b"Quiet Person" not in whole
    assert b"quiet@example.org" not in whole
    assert b"65 or older" not in whole
    assert file_of(said, kind) == content


def test_the_documents_open(said):
    table = Document(io.BytesIO(file_of(said, "docx"))).tables[0]
    assert "Which one?" in table.rows[1].cells[-1].text
    book = OpenDocument(io.BytesIO(file_of(said, "ods")))
    assert "Answers" in [table.name for table in book.body.tables]


def test_what_leaves_for_another_system_has_no_address_in_it(said):
    with zipfile.ZipFile(io.BytesIO(file_of(said, "zip"))) as folder:
        part = "inputs/question_part_1/"
        asked = json.loads(folder.read(f"{part}question.json"))
        answer = json.loads(folder.read(f"{part}responses.jsonl"))
        assert "comments on passages" in folder.read("README.txt").decode()
    assert asked["question_text"] == "What should change?"
    assert "Keep it open" in answer["response"]
    assert "me@example.org" not in answer["response"]


def test_a_format_that_is_none_does_not_exist(client, said, head):
    client.force_login(head)
    address = reverse("consultations:export", args=[said.pk, "exe"])
    assert client.get(address).status_code == 404


def test_without_an_open_question_there_is_nothing_to_send_out(
    client, consultation, head
):
    consultation.questions.filter(kind="open").update(apart=True)
    client.force_login(head)
    address = reverse("consultations:export", args=[consultation.pk, "zip"])
    assert "has no open question" in client.get(address, follow=True).text
