"""The Gunning file says what is known of each gate, and goes out as one bundle."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from docx import Document
from web.consultations.conftest import ACCEPTED, close, respond

from saferplan.web.consultations.services.bundling import bundle_of
from saferplan.web.consultations.services.deciding import decide
from saferplan.web.consultations.services.fairness import gates_of, record_facts
from saferplan.web.consultations.services.hearing import log_outreach
from saferplan.web.core.pages import day as in_words

pytestmark = pytest.mark.django_db


def evidence(consultation, number):
    gate = gates_of(consultation)[number - 1]
    return gate.verdict, " ".join(line.text for line in gate.evidence)


def test_what_nobody_recorded_is_unknown(consultation):
    consultation.launched_at = consultation.opens_at - timedelta(days=1)
    consultation.drafts.update(at=consultation.launched_at)
    verdict, told = evidence(consultation, 2)
    assert verdict == "unknown"
    assert "How hard the draft is to read has not been measured" in told


def test_a_draft_published_after_it_opened_fails_the_second_gate(consultation):
    verdict, told = evidence(consultation, 2)
    assert verdict == "not met"
    assert "after it opened" in told


def test_an_open_consultation_is_formative_and_long_enough(consultation):
    assert evidence(consultation, 1)[0] == "met"
    verdict, told = evidence(consultation, 3)
    assert verdict == "met"
    assert "Open for 84 days" in told
    assert "30 minutes" in told


def test_a_decision_before_the_close_fails_the_first_gate(consultation, head):
    record_facts(consultation, decided_on=consultation.opens_at.date(), by=head)
    assert evidence(consultation, 1)[0] == "not met"


def test_a_point_without_an_answer_fails_the_fourth_gate(consultation, head):
    response = respond(consultation)
    close(consultation)
    verdict, told = evidence(consultation, 4)
    assert (verdict, "0 of 1 points" in told) == ("not met", True)
    decide([response.points.get()], **ACCEPTED, by=head)
    assert "1 of 1 points" in evidence(consultation, 4)[1]


def test_facts_are_added_on_the_page_and_what_cannot_be_read_stays(
    client, consultation, head
):
    client.force_login(head)
    address = reverse("consultations:gunning", args=[consultation.pk])
    wrong = client.post(address, {"days": "school holiday, Half term, soon"})
    assert wrong.status_code == 422
    assert "“school holiday, Half term, soon” cannot be read" in wrong.content.decode()
    opens = consultation.opens_at.date()
    said = {
        "reasons_given": "yes",
        "equality_on": in_words(opens - timedelta(days=1)),
        "days": f"school holiday, Half term, {opens}, {in_words(opens)}\n"
        f"meeting, Scrutiny committee, {opens:%d/%m/%Y}",
    }
    assert client.post(address, said).status_code == 302
    page = client.get(address).content.decode()
    assert "Half term (school holiday)" in page
    assert "The equality analysis: published on" in page
    client.post(address, {**said, "reasons_given": "unknown"})
    assert consultation.fairness.reasons_given is None
    assert "Scrutiny committee (meeting)" in page
    assert f"meeting, Scrutiny committee, {in_words(opens)}" in page  # to be changed
    assert (
        client.post(
            address,
            {
                "days": f"school holiday, Late, {in_words(opens)}, "
                f"{in_words(opens - timedelta(days=3))}"
            },
        ).status_code
        == 422
    )


def test_the_bundle_holds_the_whole_file_and_names_nobody(consultation, head):
    respond(consultation, name="Quiet Person", email="quiet@example.org")
    age = consultation.questions.get(key="age")
    on = consultation.opens_at.date()
    log_outreach(age, "Under 25", what="A stall", on=on, reached=40, by=head)
    whole = bundle_of(consultation)
    assert bundle_of(consultation) == whole
    with zipfile.ZipFile(io.BytesIO(whole)) as bundle:
        members = {name: bundle.read(name) for name in bundle.namelist()}
    assert set(members) == {
        "gunning-file.docx",
        "gunning-file.json",
        "answer.json",
        "figures.csv",
        "questions.csv",
        "outreach.csv",
        "points.csv",
        "record.csv",
        "drafts/1-full-en-GB.txt",
    }
    assert b"Keep the counters open." in members["points.csv"]
    assert b"launched" in members["record.csv"]
    document = Document(io.BytesIO(members["gunning-file.docx"]))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert any("3. Given enough time: met" in line for line in told)
    listed = {row.cells[0].text for row in document.tables[-1].rows[1:]}
    assert listed == {
        *(name for name in members if "/" not in name and name[-4:] != "docx"),
        "drafts/",
    }
    assert b"A stall,40" in members["outreach.csv"]
    for name, content in members.items():
        assert b"Quiet Person" not in content, name
        assert b"quiet@example.org" not in content, name
