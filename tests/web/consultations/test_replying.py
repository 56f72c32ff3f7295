"""Whoever left an address gets one letter, and never two."""

import io
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks_db.management.commands import db_worker
from docx import Document
from web.consultations.conftest import ACCEPTED, close, respond
from web.test_jobs import work_off_the_queue

from saferplan.errors import ConsultationError, NotAllowed
from saferplan.web.consultations.letters import letter_to, standard_template
from saferplan.web.consultations.models import Reply
from saferplan.web.consultations.services import replying
from saferplan.web.consultations.services.deciding import decide
from saferplan.web.consultations.services.replying import (
    ON_ITS_WAY,
    keep_template,
    send,
    send_again,
    start_replies,
)
from saferplan.web.consultations.services.reporting import publish

SITE = "https://plans.example.org"
ANSWER = f"{SITE}/answer/"


@pytest.fixture
def report(consultation, head):
    first = respond(consultation, name="Ms Quiet", email="quiet@example.org")
    second = respond(consultation, "Nothing.", email="other@example.org")
    respond(consultation, "No address.")
    for response in consultation.responses.all():
        decide([response.points.get()], **ACCEPTED, by=head)
    assert first.pk < second.pk
    return publish(close(consultation), note="Cabinet", by=head)


@pytest.fixture
def response(report):
    return report.consultation.responses.first()


def template_with(*lines):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def words_of(letter):
    document = Document(io.BytesIO(letter))
    cells = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


@pytest.mark.django_db
def test_the_standard_letter_says_what_became_of_each_point(response):
    words = words_of(letter_to(response, answer=ANSWER))
    for told in ("Ms Quiet", response.reference, "Keep the counters open.", "Accepted"):
        assert told in words
    assert ACCEPTED["reason"] in words
    assert "{{" not in words
    assert standard_template() == standard_template()


@pytest.mark.django_db
def test_the_offices_own_letter_is_used(response, head):
    own = template_with("Council of Example", "To {{name}}: {{consultation}}")
    keep_template(response.consultation, own, "own.docx", by=head)
    assert "To Ms Quiet: The next plan" in words_of(letter_to(response, answer=ANSWER))


@pytest.mark.django_db
def test_a_letter_with_an_unknown_field_is_refused_by_its_name(client, report, head):
    with pytest.raises(ConsultationError, match="shoe_size"):
        keep_template(
            report.consultation, template_with("{{shoe_size}}"), "own.docx", by=head
        )
    client.force_login(head)
    address = reverse("consultations:reply_template", args=[report.consultation_id])
    sent = io.BytesIO(b"MZ, a program")
    sent.name = "letter.docx"
    assert client.post(address, {"sent": sent}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_each_gets_one_letter_however_often_it_is_asked(report, head, monkeypatch):
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    for token in (uuid4(), uuid4()):
        start_replies(report, site=SITE, token=str(token), by=head)
    work_off_the_queue()
    assert sorted(each.to[0] for each in mail.outbox) == [
        "other@example.org",
        "quiet@example.org",
    ]
    (name, letter, kind) = mail.outbox[0].attachments[0]
    assert name.endswith(".docx")
    assert "Keep the counters open." in words_of(letter)
    with pytest.raises(NotAllowed, match="has had a reply"):
        start_replies(report, site=SITE, token=str(uuid4()), by=head)


@pytest.mark.django_db
def test_no_letter_tells_what_the_published_answer_does_not(report, response, head):
    other = {**ACCEPTED, "disposition": "partly", "reason": "Money is short."}
    decide([response.points.get()], **other, by=head)
    with pytest.raises(NotAllowed, match="1 point was decided anew since"):
        start_replies(report, site=SITE, token="1", by=head)
    again = publish(report.consultation, note="Cabinet, again", by=head)
    start_replies(again, site=SITE, token="2", by=head)


@pytest.mark.django_db
def test_a_mail_that_fails_waits_and_says_why(report, response, head, monkeypatch):
    reply = Reply.objects.create(report=report, response=response)

    def refuse(self):
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr(replying.EmailMessage, "send", refuse)
    assert not send(reply, answer=ANSWER)
    reply.refresh_from_db()
    assert reply.sent_at is None
    assert "no mail server" in reply.problem
    monkeypatch.undo()
    assert send(reply, answer=ANSWER)
    reply.refresh_from_db()
    assert reply.problem == ""


@pytest.mark.django_db
def test_a_worker_killed_half_way_sends_no_second_letter(
    report, response, head, monkeypatch
):
    reply = Reply.objects.create(report=report, response=response)

    def die(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(replying.EmailMessage, "send", die)
    with pytest.raises(KeyboardInterrupt):
        send(reply, answer=ANSWER)
    monkeypatch.undo()
    assert not send(reply, answer=ANSWER)
    assert mail.outbox == []
    reply.refresh_from_db()
    assert reply.problem == ON_ITS_WAY
    send_again(reply, by=head)
    assert send(reply, answer=ANSWER)
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_the_page_says_how_many_went_and_what_did_not(client, report, response, head):
    client.force_login(head)
    Reply.objects.create(report=report, response=response, problem="The server slept")
    address = reverse("consultations:replies", args=[report.consultation_id])
    page = client.get(address).content.decode()
    assert "2 people and bodies left an address" in page
    assert "The server slept" in page
    again = reverse(
        "consultations:reply_again",
        args=[report.consultation_id, Reply.objects.get().pk],
    )
    client.post(again)
    assert "The server slept" not in client.get(address).content.decode()
