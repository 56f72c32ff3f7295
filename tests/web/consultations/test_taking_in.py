"""Responses that came as documents: taken in, found again, told apart, counted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from web.consultations.conftest import respond
from web.consultations.test_splitting import LETTER, taken_in

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Response, Voice
from saferplan.web.consultations.services.first_reading import Stretch, tiled
from saferplan.web.consultations.services.moderating import hide
from saferplan.web.consultations.services.redacting import REASONS
from saferplan.web.consultations.services.responding import begin
from saferplan.web.consultations.services.speaking import heard_in, keep_voice
from saferplan.web.core.pages import day

pytestmark = pytest.mark.django_db

MINUTES = """\
6.1 The draft was introduced.

RESOLVED:

That the following views be submitted:

More should be said of parents and schools.

The force should look like the people it serves.

Supporting documents:
"""


def address(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


def form_of(**changes):
    said = {
        "pasted": LETTER,
        "kind": "organisation",
        "body": "Example Tenants’ Association",
        "channel": "email",
        "received": (timezone.localdate() - timedelta(days=1)).isoformat(),
        "token": "0b0a64fb-5b69-4a6c-8b3f-4c9f6e1a1c11",
    }
    return said | changes


@pytest.fixture
def officer(client, analyst):
    client.force_login(analyst)
    return client


def test_a_document_is_taken_in_and_shown_beside_its_points(officer, consultation):
    page = officer.post(
        address("take_in", consultation.pk),
        form_of(pasted="", sent=SimpleUploadedFile("reply.txt", LETTER.encode())),
        follow=True,
    )
    response = Response.objects.get()
    assert response.document.file_name == "reply.txt"
    assert response.voice.body == "Example Tenants’ Association"
    # It speaks for others, so that is asked next; then its split is gone through.
    assert page.redirect_chain[-1][0] == address("voice", consultation.pk, response.pk)
    said = {"body": "Example Tenants’ Association", "agreement": "unknown"}
    page = officer.post(page.redirect_chain[-1][0], said, follow=True)
    assert "Keep the counters open." in page.text
    assert f"all {len(response.document.text)} characters" in page.text


def test_neither_a_file_nor_a_text_is_an_error_and_keeps_what_was_typed(
    officer, consultation
):
    page = officer.post(address("take_in", consultation.pk), form_of(pasted=""))
    assert page.status_code == 422
    assert "Choose a file, or paste its text." in page.text
    assert "Example Tenants’ Association" in page.text


def test_an_old_word_document_says_what_to_do(officer, consultation):
    old = SimpleUploadedFile("old.doc", b"\xd0\xcf\x11\xe0 and more")
    page = officer.post(
        address("take_in", consultation.pk), form_of(pasted="", sent=old)
    )
    assert page.status_code == 422
    assert "Open it and save it as DOCX" in page.text


def test_it_is_in_time_by_the_day_it_came_not_by_the_day_it_was_typed_in(
    closed, analyst
):
    close = timezone.localdate(closed.closes_at)
    before = taken_in(closed, analyst, on=close, why="The date stamp.")
    after = taken_in(closed, analyst, on=close + timedelta(days=1))
    assert (before.is_counted, after.is_counted) == (True, False)
    with pytest.raises(NotAllowed, match="how you know"):
        taken_in(closed, analyst, on=close)
    with pytest.raises(NotAllowed, match="still to come"):
        taken_in(closed, analyst, on=timezone.localdate() + timedelta(days=1))


def test_minutes_give_what_was_resolved_and_nothing_else(
    officer, consultation, analyst
):
    response = taken_in(
        consultation,
        analyst,
        MINUTES,
        kind=Response.Kind.COMMITTEE,
        minutes=True,
        voice={
            "body": "Safer Select Committee",
            "minute": "6",
            "met_on": timezone.localdate(),
            "status": Voice.Status.RESOLVED,
        },
    )
    assert [point.text for point in response.points.all()] == [
        "More should be said of parents and schools.",
        "The force should look like the people it serves.",
    ]
    assert heard_in(consultation).committees == 1
    # They have no heading to go to.
    page = officer.get(address("split", consultation.pk, response.pk)).text
    assert "2 points wait" in page
    assert "Go to a heading" not in page


def test_minutes_without_a_resolution_say_so(officer, consultation):
    page = officer.post(
        address("take_in", consultation.pk),
        form_of(kind="committee", body="A committee", minutes="on"),
    )
    assert page.status_code == 422
    assert "RESOLVED" in page.text


def test_an_organisation_is_one_and_those_it_asked_are_told_apart(
    consultation, analyst
):
    for _ in range(3):
        respond(consultation)
    response = taken_in(consultation, analyst, kind=Response.Kind.NETWORK)
    keep_voice(response, body="A network", asked=400, answered=12, by=analyst)
    heard = heard_in(consultation)
    assert (heard.responses, heard.individuals, heard.networks) == (4, 3, 1)
    assert (heard.members_asked, heard.members_answered) == (400, 12)
    assert "Do not add the two" in heard.overlap


def test_more_cannot_have_answered_than_were_asked(officer, consultation, analyst):
    response = taken_in(consultation, analyst)
    page = officer.post(
        address("voice", consultation.pk, response.pk),
        {"body": "A body", "asked": 3, "answered": 4, "agreement": "most"},
    )
    assert page.status_code == 422
    assert "More answered than were asked." in page.text


def test_one_person_speaks_for_nobody_else(consultation, analyst):
    with pytest.raises(NotAllowed, match="one person’s"):
        keep_voice(respond(consultation), body="Me", by=analyst)


def test_the_list_finds_by_kind_by_what_is_left_and_by_words(
    officer, consultation, analyst
):
    respond(consultation)
    letter = taken_in(consultation, analyst)
    for asked, found in [
        ("", 2),
        ("?kind=organisation", 1),
        ("?channel=email", 1),
        ("?standing=late", 0),
        ("?state=unsettled", 1),
        ("?holding=parks", 1),
        (f"?holding={letter.reference}", 1),
    ]:
        page = officer.get(address("responses", consultation.pk) + asked)
        words = f"{found} response" if found else "No such response"
        assert words in page.text, asked


def test_no_response_yet_says_what_to_do(officer, consultation):
    page = officer.get(address("responses", consultation.pk))
    assert "No response yet" in page.text


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_a_download_names_nobody_who_did_not_agree(
    officer, consultation, analyst, kind
):
    taken_in(consultation, analyst, name="A Person", email="a.person@example.org")
    page = officer.get(address("responses_table", consultation.pk, kind))
    assert page.status_code == 200
    if kind == "csv":
        text = page.content.decode()
        assert "Person" not in text
        assert "example.org" not in text
        assert "Tenants" not in text


def test_a_point_is_placed_split_joined_and_undone_without_scripts(
    officer, consultation, analyst
):
    response = taken_in(consultation, analyst)
    point = response.points.get(text__contains="counters")
    page = officer.get(address("split_point", consultation.pk, response.pk, point.pk))
    assert "What is this about?" in page.text
    change = address("split_change", consultation.pk, response.pk)
    start = response.document.text.index("counters")
    officer.post(change, {"do": f"split:{point.pk}", "at": start, "seen": 0})
    assert response.points.filter(text="Keep the").exists()
    officer.post(change, {"do": "undo", "seen": 1})
    assert not response.points.filter(text="Keep the").exists()
    question = consultation.questions.first()
    officer.post(
        address("split_point", consultation.pk, response.pk, point.pk),
        {"question": question.pk, "seen": 2},
    )
    point.refresh_from_db()
    assert point.is_placed
    page = officer.post(change, {"do": "settle", "seen": 0}, follow=True)
    assert "Somebody changed the split" in page.text
    page = officer.post(change, {"do": "nothing"}, follow=True)
    assert "Choose what to do." in page.text


LONG = "\n\n".join(
    f"Part {part}\n\n" + "\n\n".join(f"Ask {part}.{n}: more light." for n in range(12))
    for part in range(1, 8)
)


def test_a_long_document_is_gone_through_by_page_by_heading_and_by_what_waits(
    officer, consultation, analyst
):
    """Eighty points are not eighty pages: those that belong together go together."""
    response = taken_in(consultation, analyst, LONG)
    points = list(response.points.order_by("start"))
    assert len(points) == 84
    split = address("split", consultation.pk, response.pk)
    change = address("split_change", consultation.pk, response.pk)
    page = officer.get(split).text
    assert "1 to 60 of 91" in page
    assert "Part 7" in page.split("Go to a heading")[1]
    assert "61 to 91 of 91" in officer.get(f"{split}?from=9999").text
    question = consultation.questions.first()
    together = [each.pk for each in points[70:84]]
    said = {"do": "place", "point": together, "question": question.pk, "seen": 0}
    page = officer.post(change, said)
    assert page.url == f"{split}?from=60#at-{points[70].start}"
    assert not any(each.is_placed for each in response.points.exclude(pk__in=together))
    assert all(
        each.is_placed and each.question == question
        for each in response.points.filter(pk__in=together)
    )
    # Of what waits, 70 are left: the next page of them begins where the last one did.
    said = {"do": "place", "point": points[3].pk, "about_whole": "on", "seen": 1}
    page = officer.post(change, {**said, "open": "60"}, follow=True)
    assert "61 to 69 of 69" in page.text
    for wrong in ({"point": together}, {"question": question.pk}, {"question": 999}):
        page = officer.post(change, {"do": "place", "seen": 2, **wrong}, follow=True)
        assert "govuk-notification-banner" in page.text
    response.document.refresh_from_db()
    assert response.document.edition == 2
    # What is suggested can be ticked at once, and is still confirmed by a person.
    response.points.filter(pk=points[0].pk).update(question=question)
    page = officer.get(f"{split}?tick=suggested").text
    assert page.count("checked") == 1
    # From one point that waits to the next, without the list.
    one = address("split_point", consultation.pk, response.pk, points[68].pk)
    page = officer.post(one, {"question": question.pk, "seen": 2, "next": "yes"})
    following = address("split_point", consultation.pk, response.pk, points[69].pk)
    assert page.url == following
    assert "Under “Part 6”" in officer.get(following).text
    page = officer.post(following, {"about_whole": "on", "seen": 3, "next": "yes"})
    assert page.url.startswith(split)  # none after it waits


def test_white_space_goes_with_what_stands_before_it():
    parts = tiled([Stretch(2, 5), Stretch(7, 9, "None.")], "  One  No ")
    assert [(part.start, part.end) for part in parts] == [(0, 7), (7, 10)]


def test_an_organisation_says_for_whom_it_speaks_in_the_form(client, consultation):
    word = "a word that nobody guesses"
    response = begin(consultation, token=uuid4(), word=word)
    form = {"kind": "organisation", "name": "Example Tenants", "email": ""}
    page = client.post(address("answer_who", word), form, follow=True)
    assert "For whom you speak" in page.text
    assert "Example Tenants" in page.text
    said = {"body": "Example Tenants", "asked": "30", "agreement": "most"}
    client.post(address("answer_for_whom", word), said)
    assert response.__class__.objects.get().voice.asked == 30
    client.post(address("answer_who", word), {"kind": "individual"})
    assert client.get(address("answer_for_whom", word)).status_code == 404


def test_the_receipt_tells_what_was_hidden_and_why(client, consultation, analyst):
    word = "a word that nobody guesses"
    response = respond(consultation, word=word)
    hide(response.answers.get(), reason=REASONS[0], by=analyst)
    page = client.get(address("answer_receipt", word))
    assert f"Hidden from the public, {day(timezone.now())}: {REASONS[0]}" in page.text
