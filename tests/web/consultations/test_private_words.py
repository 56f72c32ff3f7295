"""What is hidden, taken out and erased: told, logged, and nowhere to be found again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from web.consultations import access
from web.consultations.conftest import ACCEPTED, close, respond
from web.consultations.everything_kept import every_page, everything_kept
from web.consultations.test_splitting import taken_in

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    AboutPerson,
    Consultation,
    Point,
    ReadingRun,
    Redaction,
    Reply,
    Response,
    ResponseDocument,
)
from saferplan.web.consultations.services.coding import add_theme
from saferplan.web.consultations.services.deciding import decide
from saferplan.web.consultations.services.forgetting import erase
from saferplan.web.consultations.services.joining import begin_joint, write_answer
from saferplan.web.consultations.services.layouts import check_every_character
from saferplan.web.consultations.services.moderating import hide, show_again, told_of
from saferplan.web.consultations.services.redacting import (
    REASONS,
    Chosen,
    redact_words,
    with_words,
)
from saferplan.web.consultations.services.reporting import digest_of, publish
from saferplan.web.consultations.services.responding import (
    Said,
    owner_of,
    send_whole,
)
from saferplan.web.consultations.services.speaking import heard_in
from saferplan.web.consultations.services.splitting import (
    hold_none,
    split,
    undo,
)
from saferplan.web.core.models import Event

pytestmark = pytest.mark.django_db

WHY = REASONS[0]
# Invented, and never to be found again once they are taken out.
IDENTIFIERS = {
    "e-mail": "dora.quill@example.org",
    "telephone": "020 7946 0018",
    "name": "Dora Quill",
    "postcode": "SW1A 2AA",
}
LETTER = f"""\
A reply

Our chair, Ms {IDENTIFIERS["name"]}, asks for more lighting in the parks.

Ring {IDENTIFIERS["telephone"]} or write to {IDENTIFIERS["e-mail"]}.

We meet at {IDENTIFIERS["postcode"]} on Mondays.

Keep the counters open. {IDENTIFIERS["name"]} was turned away twice. Say why.
"""


def address(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


@pytest.fixture
def letter(consultation, analyst):
    voice = {"body": f"Friends of {IDENTIFIERS['name']}"}
    return taken_in(consultation, analyst, LETTER, voice=voice)


def all_identifiers(response):
    return [
        each for words in IDENTIFIERS.values() for each in with_words(response, words)
    ]


def test_words_taken_out_are_nowhere_in_the_database_nor_in_an_export(
    client, letter, consultation, analyst, head
):
    # The words spread first: into a split that is undone, a decision, joint words.
    document = letter.document
    point = document.points.get(text__contains="was turned away")
    cut = document.text.index("turned away")
    document = split(document, point, [cut], seen=0, by=analyst)
    document = undo(document, seen=1, by=analyst)
    asked = {**ACCEPTED, "said": f"{IDENTIFIERS['name']} asks for light."}
    decide([letter.points.get(text__contains="lighting")], **asked, by=head)
    joint = begin_joint(consultation, kind="partnership", body="Us", by=analyst)
    question = consultation.questions.first()
    points = [letter.points.get(text__contains="turned away")]
    text = f"As {IDENTIFIERS['name'].upper()} told us."
    write_answer(joint, question, text=text, points=points, seen=0, by=analyst)
    before = everything_kept()
    assert all(words in before for words in IDENTIFIERS.values())
    redact_words(letter, all_identifiers(letter), reason=WHY, by=analyst)
    after = everything_kept().lower()
    client.force_login(analyst)
    exports = exported(client, consultation, joint).lower()
    for words in IDENTIFIERS.values():
        assert words.lower() not in after, words
        assert words.lower() not in exports, words


def exported(client, consultation, joint):
    """Every table and document that can be taken away, and the response’s pages."""
    letter = Response.objects.get(kind="organisation")
    pages = [
        address("responses_table", consultation.pk, "csv"),
        address("points_table", consultation.pk, "csv"),
        address("decisions_table", consultation.pk, "csv"),
        address("moderation_table", consultation.pk, "csv"),
        address("joint_document", consultation.pk, joint.pk, "txt"),
        address("response", consultation.pk, letter.pk),
        address("split", consultation.pk, letter.pk),
        address("redact", consultation.pk, letter.pk),
        address("points", consultation.pk) + "?state=",
        address("responses", consultation.pk),
        address("show", consultation.pk),
    ]
    return "".join(client.get(page).content.decode() for page in pages)


def test_words_taken_out_are_on_no_page_and_in_no_file_for_anybody(
    client, cast, partnership
):
    """Not even where the answer was published with them, and letters were sent."""
    name, head = IDENTIFIERS["name"], cast["head"]
    arguments = access.arguments_of(cast, partnership)
    made = Consultation.objects.get(pk=arguments["consultations:show"][0])
    person = respond(made, f"{name} keeps the counter open.", name="Us")
    said = {**ACCEPTED, "said": f"{name} keeps it open.", "reason": f"As {name} says."}
    for point in Point.objects.standing().filter(response__consultation=made):
        decide([point], **said, by=head)
    add_theme(made.questions.first(), name=f"What {name} does", by=head)
    ResponseDocument.objects.update(settled_at=timezone.now(), settled_by=head)
    close(made)
    report = publish(made, note="Cabinet", by=head)
    reply = Reply.objects.create(report=report, response=person)
    arguments["consultations:feedback"] = [made.pk]
    arguments["consultations:feedback_earlier"] = [made.pk, report.number]
    arguments["consultations:feedback_table"] = [made.pk, report.number, "csv"]
    before = seen_by(client, head, arguments)
    assert sum(name in text for text in before.values()) > 10
    redact_words(person, with_words(person, name), reason=WHY, by=head)
    for whoever in (head, None):
        for page, text in seen_by(client, whoever, arguments).items():
            assert name not in text, (page, whoever)
    assert name not in everything_kept()
    assert "were taken out on" in client.get(address("feedback", made.pk)).text
    report.refresh_from_db()
    assert report.body["taken_out"] == [timezone.localdate().isoformat()]
    assert report.digest == digest_of(report.body)
    assert report.replies.get() == reply


def seen_by(client, person, arguments):
    client.logout()
    if person:
        client.force_login(person)
    return every_page(client, arguments)


def test_ranges_still_account_for_every_character(letter, analyst):
    document = letter.document
    point = document.points.get(text__contains="lighting")
    document = hold_none(document, point, why="Not here.", seen=0, by=analyst)
    points = document.points.filter(removed_at=None).count()
    redact_words(letter, all_identifiers(letter), reason=WHY, by=analyst)
    document.refresh_from_db()
    check_every_character(document)
    assert document.points.filter(removed_at=None).count() == points
    for each in document.points.filter(removed_at=None):
        assert each.text == document.text[each.start : each.end].strip()
    # The change before it can still be undone, and brings no word back.
    document = undo(document, seen=document.edition, by=analyst)
    lit = document.points.get(text__contains="lighting")
    assert "[redacted: " in lit.text
    assert IDENTIFIERS["name"] not in lit.text


def test_the_log_says_how_long_and_why_and_never_what(letter, analyst):
    words = with_words(letter, IDENTIFIERS["e-mail"])
    assert redact_words(letter, words, reason=WHY, by=analyst) == 1
    kept = Redaction.objects.get()
    assert (kept.length, kept.reason, kept.by) == (22, WHY, analyst)
    assert kept.start == letter.document.__class__.objects.get().text.index("[redacted")
    event = Event.objects.get(what="took words out of the response")
    assert event.detail["reason"] == WHY
    assert "example.org" not in str(event.detail)


def test_a_reason_that_nobody_was_told_of_is_refused(letter, analyst, consultation):
    words = with_words(letter, IDENTIFIERS["name"])
    with pytest.raises(NotAllowed, match="fixed before the launch"):
        redact_words(letter, words, reason="We do not like it", by=analyst)
    Consultation.objects.update(reasons=["It names a child"])
    redact_words(letter, words, reason="It names a child", by=analyst)


def test_words_that_are_not_there_and_runs_of_another_text_change_nothing(
    letter, analyst
):
    with pytest.raises(NotAllowed, match="that stand there"):
        redact_words(letter, [], reason=WHY, by=analyst)
    with pytest.raises(NotAllowed, match="that stand there"):
        redact_words(letter, [Chosen("answer-999", 0, 4)], reason=WHY, by=analyst)
    assert not Redaction.objects.exists()


def test_an_officer_ticks_what_is_suggested_or_gives_the_words(
    client, letter, consultation, analyst
):
    client.force_login(analyst)
    page_of_it = address("redact", consultation.pk, letter.pk)
    page = client.get(page_of_it)
    start = page.text.index('name="run" value="document:')
    value = page.text[start:].split('"')[3]
    page = client.post(page_of_it, {"reason": WHY})
    assert page.status_code == 422
    assert "Tick, select or type what to take out." in page.text
    page = client.post(page_of_it, {"run": value, "reason": WHY}, follow=True)
    assert "Taken out in " in page.text
    # The same place holds other words now: sent again, it takes nothing out.
    count = Redaction.objects.count()
    page = client.post(page_of_it, {"run": value, "reason": WHY})
    assert page.status_code == 422
    assert Redaction.objects.count() == count
    page = client.post(page_of_it, {"words": "windows", "reason": WHY})
    assert "“windows” does not stand in this response" in page.text
    client.post(page_of_it, {"words": "counters", "reason": WHY})
    letter.document.refresh_from_db()
    assert "counters" not in letter.document.text


def test_an_officer_selects_words_where_they_stand(client, consultation, analyst):
    """Where a line ends the page has one character, and what a form sent has two."""
    person = respond(consultation, "Two 🙂 lines.\r\nAsk Dora\r\nQuill. Dora Quill!")
    answer = person.answers.get()
    client.force_login(analyst)
    page_of_it = address("redact", consultation.pk, person.pk)
    assert "Two 🙂 lines.\nAsk Dora\nQuill. Dora Quill!" in client.get(page_of_it).text
    start = "Two 🙂 lines.\nAsk ".index("Ask ") + 4
    chosen = f"answer-{answer.pk}:{start}:{start + 10}:Dora\r\nQuill"
    page = client.post(page_of_it, {"selected": chosen})
    assert page.status_code == 422
    assert "Choose one of the reasons" in page.text
    assert "<mark>Dora\r\nQuill</mark>" in page.content.decode()
    assert "stand in this response 2 times: all go" in page.text
    said = {"selected": [chosen], "reason": WHY}
    assert "Taken out in 2 places" in client.post(page_of_it, said, follow=True).text
    answer.refresh_from_db()
    assert answer.text == ("Two 🙂 lines.\r\nAsk [redacted: words]. [redacted: words]!")
    assert set(Redaction.objects.values_list("reason", flat=True)) == {WHY}


@pytest.mark.parametrize(
    "selected",
    [
        "answer-{0}:0:4:Dora",
        "answer-{0}:0:99:Keep",
        "answer-{0}:x:4:Keep",
        f"answer-{{0}}:0:{'9' * 30}:Keep",
        "a:0:4:Keep",
    ],
)
def test_a_selection_of_words_that_have_moved_takes_nothing_out(
    client, response, analyst, selected
):
    client.force_login(analyst)
    answer = response.answers.get()
    page_of_it = address("redact", response.consultation_id, response.pk)
    said = {"selected": selected.format(answer.pk), "reason": WHY}
    page = client.post(page_of_it, said)
    assert page.status_code == 422
    assert "Select them again." in page.text
    assert not Redaction.objects.exists()


def test_a_hidden_answer_is_told_of_and_shown_again(client, response, analyst):
    answer = response.answers.get()
    with pytest.raises(NotAllowed, match="fixed before the launch"):
        hide(answer, reason="Rude", by=analyst)
    hide(answer, reason=WHY, by=analyst)
    [told] = told_of(response)
    assert (told.what, told.reason) == ("Hidden from the public", WHY)
    client.force_login(analyst)
    consultation = response.consultation
    log = client.get(address("moderation_table", consultation.pk, "csv"))
    assert "Hidden" in log.content.decode()
    assert "counters" not in log.content.decode()
    client.post(
        address("hide", consultation.pk, response.pk, answer.pk),
        {"why": "It names nobody after all."},
    )
    assert [each.what for each in told_of(response)] == [
        "Shown again",
        "Hidden from the public",
    ]
    with pytest.raises(NotAllowed, match="not hidden"):
        show_again(answer, reason="Again.", by=analyst)


def a_person(consultation, token=None):
    questions = {each.key: each for each in consultation.questions.all()}
    said = [
        Said(questions["q1"], text=f"I am {IDENTIFIERS['name']} and want lights."),
        Said(questions["q2"], chosen=["Yes"]),
        Said(questions["age"], chosen=["Under 25"], text="Twin of a known person"),
    ]
    return send_whole(
        consultation,
        said,
        token=token or uuid4(),
        name=IDENTIFIERS["name"],
        email=IDENTIFIERS["e-mail"],
        word="0" * 64,
    )


def counts_of(consultation):
    about = AboutPerson.objects.filter(consultation=consultation)
    chosen = [answer.chosen for answer in consultation_answers(consultation)]
    return heard_in(consultation), sorted(str(a.chosen) for a in about), chosen


def consultation_answers(consultation):
    return [
        answer
        for response in consultation.responses.order_by("pk")
        for answer in response.answers.order_by("pk")
    ]


def test_one_person_is_erased_and_no_count_changes(consultation, head):
    person = a_person(consultation)
    respond(consultation)
    decision = decide(list(person.points.all()), **ACCEPTED, by=head)
    token = person.token
    before = counts_of(consultation)
    erase(person, why="Asked for on 3 March.", by=head)
    erase(person, why="Once more.", by=head)
    assert counts_of(consultation) == before
    kept = everything_kept()
    for words in (IDENTIFIERS["name"], IDENTIFIERS["e-mail"], "Twin", token.hex):
        assert words not in kept, words
    assert person.points.get().answered.decision == decision
    # Whoever holds the form can no longer go from it to what the person said.
    owners = set(AboutPerson.objects.values_list("owner", flat=True))
    assert owner_of(token) not in owners
    assert Event.objects.filter(what__startswith="erased the words").count() == 1


def read_once(question, *words):
    """A machine's first look at the answers, which keeps single words of them."""
    return ReadingRun.objects.create(
        question=question,
        what="look",
        read="0" * 64,
        result={"themes": [{"words": [*words]}]},
        at=timezone.now(),
    )


def test_words_of_a_reading_go_unless_another_still_says_them(consultation, head):
    person = a_person(consultation)
    respond(consultation, "More lights on the road.")
    look = read_once(consultation.questions.first(), "quill", "dora quill", "lights")
    redact_words(person, with_words(person, "Dora Quill"), reason=WHY, by=head)
    look.refresh_from_db()
    kept = look.result["themes"][0]["words"]
    assert kept == ["[redacted]", "[redacted] [redacted]", "lights"]
    other = respond(consultation, "Saxophones at midnight.")
    late = read_once(consultation.questions.first(), "saxophones", "lights")
    erase(other, why="Asked for.", by=head)
    late.refresh_from_db()
    assert late.result["themes"][0]["words"] == ["[redacted]", "lights"]


def test_a_document_is_erased_with_its_points_and_its_name(letter, head, consultation):
    erase(letter, why="Asked for.", by=head)
    kept = everything_kept()
    for words in (*IDENTIFIERS.values(), "lighting", "counters", "reply.txt"):
        assert words not in kept, words
    letter.document.refresh_from_db()
    check_every_character(letter.document)
    assert letter.document.settled_by == head  # nothing of it is left to split
    assert heard_in(consultation).organisations == 1


def test_only_the_head_erases_and_a_page_asks_before(
    client, response, consultation, analyst, head
):
    with pytest.raises(NotAllowed, match="head of community safety"):
        erase(response, why="A slip.", by=analyst)
    client.force_login(head)
    page_of_it = address("erase", consultation.pk, response.pk)
    page = client.post(page_of_it, {"why": "Asked for."})
    assert page.status_code == 422
    assert "cannot be undone" in page.text
    page = client.post(page_of_it, {"why": "Asked for.", "sure": "on"}, follow=True)
    assert "was erased on" in page.text


def test_names_go_when_their_time_is_over(consultation, capsys):
    person = a_person(consultation)
    call_command("forget_names")
    person.refresh_from_db()
    assert person.name
    yesterday = timezone.localdate() - timedelta(days=1)
    Consultation.objects.update(keep_until=yesterday)
    call_command("forget_names", "--dry-run")
    assert "names of 1 would go" in capsys.readouterr().out
    person.refresh_from_db()
    assert person.email
    call_command("forget_names")
    person.refresh_from_db()
    assert (person.name, person.email, person.word) == ("", "", "")
    assert person.answers.filter(text__contains="lights").exists()
    assert Event.objects.filter(what="deleted the names and addresses of").count() == 1
    call_command("forget_names")
    assert Event.objects.filter(what="deleted the names and addresses of").count() == 1
