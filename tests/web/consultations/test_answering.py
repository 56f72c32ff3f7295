"""A resident answers: on one page, step by step, coming back, too late."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from web.consultations.conftest import launched, respond, set_up

from saferplan.web.consultations.models import AboutPerson, Answer, Response
from saferplan.web.consultations.services.setting_up import add_question, launch
from saferplan.web.consultations.services.tokens import opened, sign, word_of
from saferplan.web.core.models import Event

pytestmark = pytest.mark.django_db


def at(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


def token_in(page):
    return re.search(r'name="token" value="([^"]+)"', page.text)[1]


def whole_form(consultation, token, **words):
    return {
        "token": token,
        "q1-text": "Keep the counters open.",
        "q2-chosen": "Yes",
        "kind": "individual",
        **words,
    }


@pytest.fixture
def begun(client, consultation):
    """The word of a response that was begun in the site."""
    start = client.get(at("start", consultation.pk))
    answer = client.post(at("start", consultation.pk), {"token": token_in(start)})
    return answer.url.split("/")[-2]


def test_the_form_on_one_page_is_sent_once_however_often_it_is_posted(
    client, consultation
):
    address = at("whole", consultation.pk)
    form = whole_form(consultation, token_in(client.get(address)))
    answers = [client.post(address, form) for _ in range(3)]
    assert {(each.status_code, each.url) for each in answers} == {(302, answers[0].url)}
    response = Response.objects.get()
    assert (response.standing, response.channel) == ("in_time", "online")
    assert response.answers.count() == 2
    assert response.reference in client.get(answers[0].url).text
    assert Event.objects.filter(what="sent the response").count() == 1


def test_what_was_typed_is_kept_where_something_is_wrong(client, consultation):
    address = at("whole", consultation.pk)
    token = token_in(client.get(address))
    page = client.post(address, whole_form(consultation, token, email="not an address"))
    assert page.status_code == 422
    assert "Keep the counters open." in page.text
    # The same form, still: what is sent at last is one response.
    assert token_in(page) == token
    assert not Response.objects.exists()


def test_a_page_with_nothing_on_it_is_not_sent(client, consultation):
    address = at("whole", consultation.pk)
    empty = {"token": token_in(client.get(address)), "kind": "individual"}
    page = client.post(address, empty)
    assert page.status_code == 422
    assert "You have not answered anything yet." in page.text
    age = consultation.questions.get(key="age")
    alone = client.post(address, empty | {f"{age.key}-chosen": "Under 25"})
    assert alone.status_code == 422  # who somebody is is no answer
    assert not Response.objects.exists()


def test_a_token_that_is_not_ours_is_refused_and_the_words_stay(client, consultation):
    address = at("whole", consultation.pk)
    page = client.post(address, whole_form(consultation, "made-up"))
    assert page.status_code == 422
    assert "Keep the counters open." in page.text
    form = whole_form(consultation, token_in(page))
    assert client.post(address, form).status_code == 302


def test_a_beginning_with_no_form_of_ours_begins_nothing(client, consultation):
    page = client.post(at("start", consultation.pk), {"token": "made-up"})
    assert page.status_code == 422
    assert "The form was not one of ours" in page.text
    assert not Response.objects.exists()


def test_a_token_is_of_one_consultation(consultation, partnership, head):
    other = launched(partnership, by=head, title="Another")
    assert opened(consultation, sign(consultation)) is not None
    assert opened(consultation, sign(other)) is None


def test_starting_twice_with_the_same_form_is_one_response(client, consultation):
    token = token_in(client.get(at("start", consultation.pk)))
    first, again = (
        client.post(at("start", consultation.pk), {"token": token}) for _ in range(2)
    )
    assert first.url == again.url
    assert Response.objects.count() == 1


def test_a_response_is_answered_step_by_step_checked_and_sent(
    client, consultation, begun
):
    overview = client.get(at("answer", begun))
    assert "What should change?" in overview.text
    page = client.post(
        at("answer_question", begun, "q1"), {"q1-text": "More\nlight."}, follow=True
    )
    assert "Do you agree?" in page.text
    page = client.post(
        at("answer_question", begun, "q2"), {"q2-chosen": "No"}, follow=True
    )
    assert "How old are you?" in page.text
    page = client.post(
        at("answer_about", begun), {"age-chosen": "Under 25"}, follow=True
    )
    assert "Who you answer for" in page.text
    page = client.post(
        at("answer_who", begun),
        {"kind": "individual", "email": "me@example.org"},
        follow=True,
    )
    assert "More" in page.text
    assert "light." in page.text
    receipt = client.post(at("answer_check", begun), follow=True)
    response = Response.objects.get()
    assert response.reference in receipt.text
    assert response.standing == "in_time"
    (copy,) = mail.outbox
    assert copy.to == ["me@example.org"]
    assert response.reference in copy.subject
    assert "light." in copy.body
    assert begun in copy.body
    client.post(at("answer_check", begun))
    assert len(mail.outbox) == 1


def test_who_somebody_is_stands_with_no_response(client, consultation, begun):
    client.post(at("answer_about", begun), {"age-chosen": "Under 25"})
    assert not Answer.objects.exists()
    assert AboutPerson.objects.get().chosen == ["Under 25"]
    # The holder of the form sees it again, and can take it out.
    assert 'value="Under 25" checked' in client.get(at("answer_about", begun)).text


def test_a_response_with_nothing_in_it_is_not_sent(client, begun):
    page = client.post(at("answer_check", begun))
    assert page.status_code == 422
    assert "not answered or commented on anything yet" in page.text


def test_a_question_that_hangs_on_another_is_asked_only_then(client, partnership, head):
    made = set_up(partnership, by=head)
    agree = made.questions.get(key="q2")
    add_question(
        made,
        key="why",
        text="Why not?",
        only_if=agree,
        only_if_said=["No"],
        required=True,
        by=head,
    )
    launch(made, by=head)
    address = at("whole", made.pk)
    token = token_in(client.get(address))
    page = client.post(address, whole_form(made, token, **{"q2-chosen": "No"}))
    assert page.status_code == 422
    assert "Write your answer." in page.text
    assert client.post(address, whole_form(made, token)).status_code == 302
    assert not Response.objects.get().answers.filter(question__key="why").exists()


def test_a_needed_question_is_pointed_at_before_sending(client, partnership, head):
    made = set_up(partnership, by=head)
    add_question(made, key="must", text="Your ward?", required=True, by=head)
    launch(made, by=head)
    token = token_in(client.get(at("start", made.pk)))
    word = client.post(at("start", made.pk), {"token": token}).url.split("/")[-2]
    client.post(at("answer_question", word, "q1"), {"q1-text": "Words."})
    page = client.post(at("answer_check", word))
    assert page.status_code == 422
    assert "This question needs an answer: Your ward?" in page.text


def test_a_place_is_named_or_given_by_its_position(client, partnership, head):
    made = set_up(partnership, by=head)
    add_question(made, key="where", kind="place", text="Where?", by=head)
    launch(made, by=head)
    address = at("whole", made.pk)
    token = token_in(client.get(address))
    form = whole_form(made, token, **{"where-position": "somewhere"})
    page = client.post(address, form)
    assert "Give two numbers" in page.text
    form |= {"where-position": "51.58123, -0.33612", "where-place": "The station"}
    client.post(address, form)
    found = Answer.objects.get(question__key="where").place
    assert found == {"name": "The station", "lat": 51.581, "lon": -0.336}


def test_the_secret_word_stays_between_us(client, consultation, begun):
    for name in ("answer", "answer_check", "answer_receipt", "answer_keep"):
        page = client.get(at(name, begun))
        assert page.headers["X-Robots-Tag"].startswith("noindex")
        assert "no-store" in page.headers["Cache-Control"]
        assert page.headers["Referrer-Policy"] == "same-origin"
    kept = Response.objects.get()
    assert begun not in (kept.word, str(kept.token), kept.reference)
    assert word_of(kept.token) == begun
    assert begun not in str(list(Event.objects.values()))
    assert client.get(at("answer", "no-such-word")).status_code == 404


def test_the_link_is_sent_to_an_address_that_is_not_kept(client, begun):
    client.post(at("answer_keep", begun), {"email": "me@example.org"})
    (sent,) = mail.outbox
    assert at("answer", begun) in sent.body
    assert Response.objects.get().email == ""


def test_a_response_is_changed_until_the_close_and_what_is_typed_after_it_is_shown(
    client, consultation, begun
):
    client.post(at("answer_question", begun, "q1"), {"q1-text": "First."})
    client.post(at("answer_check", begun))
    client.post(at("answer_question", begun, "q1"), {"q1-text": "Second."})
    assert Answer.objects.get().text == "Second."
    consultation.closes_at = timezone.now() - timedelta(seconds=1)
    consultation.save()
    page = client.post(at("answer_question", begun, "q1"), {"q1-text": "Third."})
    assert page.status_code == 422
    assert "Third." in page.text
    assert "stays as it was sent" in page.text
    assert Answer.objects.get().text == "Second."


def test_a_late_response_is_kept_and_told_what_can_still_be_done(client, closed):
    closed.write_to = "The partnership office, Civic Centre"
    closed.save()
    address = at("whole", closed.pk)
    token = token_in(client.get(address))
    page = client.post(address, whole_form(closed, token), follow=True)
    assert "came after the close" in page.text
    assert "may accept it" in page.text
    assert "Civic Centre" in page.text
    assert "Keep the counters open." in page.text
    assert Response.objects.get().standing == "late"


def test_a_form_begun_before_the_close_has_its_grace(client, partnership, head):
    closes = timezone.now() + timedelta(seconds=60)
    made = launched(
        partnership,
        by=head,
        opens_at=closes - timedelta(days=90),
        closes_at=closes,
    )
    token = token_in(client.get(at("whole", made.pk)))
    made.closes_at = timezone.now() - timedelta(milliseconds=1)
    made.save()
    # The time of opening is the token's, so what the machine of the person says of it
    # does not count.
    carried = opened(made, token)
    assert carried.at <= timezone.now()
    made.closes_at = carried.at + timedelta(milliseconds=1)
    made.save()
    client.post(at("whole", made.pk), whole_form(made, token))
    assert Response.objects.get().standing == "within_grace"


def test_a_response_is_taken_back(client, begun):
    client.post(at("answer_question", begun, "q1"), {"q1-text": "Words."})
    client.post(at("answer_check", begun))
    page = client.post(at("answer_take_back", begun), follow=True)
    assert "You took your response back" in page.text
    assert Response.objects.get().withdrawn_at is not None


def test_the_receipt_can_be_kept_as_text(client, consultation):
    sent = respond(consultation, "Keep them.", word="a-word")
    kept = client.get(at("answer_receipt_file", "a-word"))
    assert sent.reference in kept.content.decode()
    assert "Keep them." in kept.content.decode()


def in_welsh(partnership, head):
    """One whose second question has words in Welsh, and that question."""
    made = set_up(partnership, by=head)
    agree = made.questions.get(key="q2")
    agree.words = {"cy": {"text": "Ydych chi'n cytuno?", "options": ["Ydw", "Nac ydw"]}}
    agree.save()
    launch(made, by=head)
    return made, agree


def test_questions_are_put_in_another_language_where_there_are_words(
    client, partnership, head
):
    made, agree = in_welsh(partnership, head)
    # Who does not read English finds their language before any English to read.
    there = client.get(at("show", made.pk)).text
    start = f"{at('start', made.pk)}?language=cy"
    assert f'href="{start}" lang="cy"' in there
    assert 'value="cy" checked' in client.get(start).text
    page = client.get(at("whole", made.pk) + "?language=cy")
    assert 'lang="cy"' in page.text
    assert "Nac ydw" in page.text
    form = whole_form(made, token_in(page), language="cy", **{"q2-chosen": "No"})
    client.post(at("whole", made.pk), form)
    response = Response.objects.get()
    assert response.language == "cy"
    assert response.answers.get(question=agree).chosen == ["No"]


def test_what_was_chosen_is_read_in_the_language_it_was_chosen_in(
    client, partnership, head
):
    made, agree = in_welsh(partnership, head)
    token = token_in(client.get(f"{at('whole', made.pk)}?language=cy"))
    form = whole_form(made, token, language="cy")
    receipt = client.post(at("whole", made.pk), form, follow=True)
    assert Answer.objects.get(question=agree).chosen == ["Yes"]
    assert "Ydw" in receipt.text
    word = receipt.redirect_chain[0][0].split("/")[-3]
    assert "Ydw" in client.get(at("answer_check", word)).text
    assert "Ydw" in client.get(at("answer_receipt_file", word)).text


def test_a_way_out_in_a_hurry_stands_on_every_page_where_it_is_wanted(
    client, partnership, head, consultation
):
    made = launched(partnership, by=head, title="Abuse at home", quick_exit=True)
    draft = made.drafts.get()
    for page in (
        at("show", made.pk),
        at("start", made.pk),
        at("draft", made.pk, draft.pk),
    ):
        assert "Leave this site" in client.get(page).text
    assert "Leave this site" not in client.get(at("start", consultation.pk)).text


def test_the_form_is_printed_with_space_and_where_to_send_it(client, consultation):
    consultation.write_to = "Freepost SAFER"
    consultation.save()
    page = client.get(at("paper", consultation.pk))
    assert "Freepost SAFER" in page.text
    assert "app-paper-line" in page.text
    pdf = client.get(at("paper_pdf", consultation.pk))
    assert pdf.content.startswith(b"%PDF-")
    large = client.get(at("paper_pdf", consultation.pk), {"size": "large"})
    assert large.content.startswith(b"%PDF-")
    assert "large-print" in large["Content-Disposition"]


def test_a_form_in_letters_that_our_typeface_lacks_is_printed_from_its_page(
    client, being_set_up, head
):
    agree = being_set_up.questions.get(key="q2")
    agree.words = {"ur": {"text": "کیا آپ متفق ہیں؟", "options": ["ہاں", "نہیں"]}}
    agree.save()
    launch(being_set_up, by=head)
    address = at("paper_pdf", being_set_up.pk)
    page = client.get(address, {"language": "ur"}, follow=True)
    assert "Print the page itself instead." in page.text
    assert "کیا آپ متفق ہیں؟" in page.text
