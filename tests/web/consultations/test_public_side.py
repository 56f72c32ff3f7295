"""What strangers may do to the pages that need no account, and what stays shut."""

import re
from html import escape

import pytest
from django.core import mail
from django.urls import reverse
from web.consultations import access, conftest
from web.consultations.conftest import launched, respond
from web.consultations.everything_kept import every_page

from saferplan.web.consultations.models import (
    Answer,
    AnswerTheme,
    MemberPoint,
    Point,
    Question,
    Response,
    Voice,
)
from saferplan.web.consultations.services.joining import begin_joint, make_link
from saferplan.web.consultations.services.tokens import sign

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"
FILES = {"bundle", "export", "paper_pdf", "reply_example", "answer_receipt_file"}
PAGES = {
    name
    for name in access.RULES
    if not name.endswith(("table", "document"))
    and name.removeprefix("consultations:") not in FILES
}
LIBRARY = {"REMOTE_ADDR": "203.0.113.7"}


def at(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


def form_of(consultation, text="Keep the counters open."):
    return {"token": sign(consultation), "q1-text": text, "kind": "individual"}


@pytest.fixture
def two_a_minute(settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "answer": "2/m/ip"}


def test_an_address_that_sends_too_much_waits_and_keeps_its_words(
    client, consultation, two_a_minute
):
    address = at("whole", consultation.pk)
    for _ in range(2):
        page = client.post(address, form_of(consultation), **LIBRARY)
        assert page.status_code == 302
    page = client.post(address, form_of(consultation, "My own words."), **LIBRARY)
    assert page.status_code == 429
    assert page["Retry-After"] == "60"
    assert "My own words." in page.text
    assert "Leave this site" in page.text
    assert Response.objects.count() == 2
    # It may read on, and others may send.
    assert client.get(address, **LIBRARY).status_code == 200
    other = {"REMOTE_ADDR": "198.51.100.4"}
    assert client.post(address, form_of(consultation), **other).status_code == 302


def test_each_way_to_begin_is_counted_and_our_own_machine_is_not(
    client, consultation, vcse_officer, two_a_minute
):
    draft = consultation.drafts.get()
    key = draft.passages.last().key
    joint = begin_joint(consultation, kind="network", body="Us", by=vcse_officer)
    word = make_link(joint, by=vcse_officer)
    ways = [
        at("start", consultation.pk),
        at("whole", consultation.pk),
        at("comment", consultation.pk, draft.pk, key),
        at("member_says", word),
    ]
    here = [client.post(ways[0], form_of(consultation)) for _ in range(4)]
    assert {each.status_code for each in here} == {302}
    for _ in range(2):
        client.post(ways[0], form_of(consultation), **LIBRARY)
    refused = [client.post(way, form_of(consultation), **LIBRARY) for way in ways]
    assert {each.status_code for each in refused} == {429}


def test_links_are_not_sent_to_strangers_as_fast_as_a_machine_can(
    client, consultation, settings
):
    limits = {**settings.ACCOUNT_RATE_LIMITS, "letter": "2/m/ip"}
    settings.ACCOUNT_RATE_LIMITS = limits
    respond(consultation, word="mine")
    to = {"email": "somebody@example.org"}
    sent = [client.post(at("answer_keep", "mine"), to, **LIBRARY) for _ in range(3)]
    assert [each.status_code for each in sent] == [302, 302, 429]
    assert len(mail.outbox) == 2


def test_an_error_on_the_way_has_a_way_out_too(client, consultation, settings):
    missing = client.get(at("answer", "no-such-word"))
    assert missing.status_code == 404
    assert "Leave this site" in missing.text
    assert "Leave this site" not in client.get("/no-such-page/").text
    client.handler.enforce_csrf_checks = True
    old = client.post(at("whole", consultation.pk), form_of(consultation, "Mine."))
    assert old.status_code == 403
    assert "Leave this site" in old.text
    assert "Mine." in old.text


def test_a_way_out_stands_where_members_answer_and_where_all_read_the_answer(
    client, partnership, head
):
    asked = launched(partnership, by=head, quick_exit=True)
    joint = begin_joint(asked, kind="network", body="Us", by=head)
    word = make_link(joint, by=head)
    for page in (at("member_says", word), at("feedback", asked.pk)):
        assert "Leave this site" in client.get(page).text, page


def test_the_word_of_a_network_is_not_kept_nor_told_to_anybody(
    client, consultation, vcse_officer
):
    joint = begin_joint(consultation, kind="network", body="Us", by=vcse_officer)
    word = make_link(joint, by=vcse_officer)
    page = client.get(at("member_says", word))
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store, private"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    # A link out would carry nothing of it, and the page loads nothing from elsewhere.
    outside = re.findall(r'(?:src|href)="(https?://[^"]+)"[^>]*>', page.text)
    assert all("bbc.co.uk" in each for each in outside)


def test_a_reference_opens_nothing(client, consultation, response):
    known = respond(consultation, word="a word of its own")
    for word in (response.reference, str(response.token), known.word, "1"):
        assert client.get(at("answer", word)).status_code == 404, word


def test_nothing_that_people_write_runs_on_any_page(
    client, cast, partnership, monkeypatch
):
    # What the database refuses to change is hostile from the first.
    draft = conftest.TEXT.replace("Safer streets", HOSTILE).replace("put", HOSTILE)
    monkeypatch.setattr(conftest, "TEXT", draft)
    monkeypatch.setitem(conftest.ACCEPTED, "said", HOSTILE)
    monkeypatch.setitem(conftest.ACCEPTED, "reason", HOSTILE)
    arguments = access.arguments_of(cast, partnership)
    Answer.objects.exclude(text="").update(text=HOSTILE)
    MemberPoint.objects.update(text=HOSTILE)
    Point.objects.exclude(text="").update(text=HOSTILE)
    Question.objects.update(text=HOSTILE, hint=HOSTILE)
    Response.objects.update(name=HOSTILE)
    AnswerTheme.objects.update(name=HOSTILE)
    Voice.objects.update(body=HOSTILE)
    client.force_login(cast["head"])
    pages = every_page(client, {name: arguments[name] for name in PAGES & {*arguments}})
    shown = 0
    for name, text in pages.items():
        assert "<script>alert" not in text, name
        assert "49" not in re.findall(r"alert\(1\)[^{]{0,20}?(\d\d)", text), name
        shown += escape(HOSTILE) in text
    assert shown > 20
