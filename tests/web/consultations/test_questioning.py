"""Officers word questions, route them, and put them in other languages."""

import pytest
from django.urls import reverse

from saferplan.errors import NotAllowed
from saferplan.web.consultations.services.questioning import (
    add_questions_about_people,
    change_question,
    move_question,
    remove_question,
    translate,
)
from saferplan.web.consultations.services.setting_up import add_question

pytestmark = pytest.mark.django_db


def at(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


def test_questions_change_move_and_go(being_set_up, head):
    first, agree, age = being_set_up.questions.all()
    move_question(agree, by=head, up=True)
    assert list(being_set_up.questions.all()) == [agree, first, age]
    why = add_question(
        being_set_up, text="Why?", only_if=agree, only_if_said=["No"], by=head
    )
    with pytest.raises(NotAllowed, match="asked only of those"):
        remove_question(agree, by=head)
    with pytest.raises(NotAllowed, match="has no answer “Maybe”"):
        change_question(why, only_if_said=["Maybe"], by=head)
    remove_question(why, by=head)
    remove_question(agree, by=head)
    assert being_set_up.questions.count() == 2


def test_a_question_cannot_come_before_the_one_it_hangs_on(being_set_up, head):
    agree = being_set_up.questions.get(key="q2")
    why = add_question(
        being_set_up, text="Why?", only_if=agree, only_if_said=["No"], by=head
    )
    move_question(why, by=head, up=True)
    why.refresh_from_db()
    with pytest.raises(NotAllowed, match="after"):
        move_question(why, by=head, up=True)


def test_questions_about_people_ask_for_each_characteristic_and_require_none(
    being_set_up, head
):
    added = add_questions_about_people(being_set_up, by=head)
    about = being_set_up.questions.filter(apart=True)
    assert added == 8  # of nine: it asks for age already
    assert not about.filter(required=True).exists()
    for question in about.exclude(key="age"):
        assert "Prefer not to say" in question.options
    assert add_questions_about_people(being_set_up, by=head) == 0


def test_a_translation_has_a_word_for_each_answer(being_set_up, head):
    words = {"q2": {"text": "Ydych chi'n cytuno?", "options": ["Ydw"]}}
    with pytest.raises(NotAllowed, match="2 answers"):
        translate(being_set_up, "cy", words, by=head)
    words["q2"]["options"].append("Nac ydw")
    assert translate(being_set_up, "cy", words, by=head) == 1


def test_a_question_is_added_in_the_site(client, being_set_up, head):
    client.force_login(head)
    page = client.post(
        at("add_question", being_set_up.pk), {"text": "Where?", "kind": "one"}
    )
    assert (page.status_code, "at least two answers" in page.text) == (422, True)
    said = {"text": "Where do you live?", "kind": "one"}
    said["options_by_line"] = "East\nWest"
    client.post(at("add_question", being_set_up.pk), said)
    made = being_set_up.questions.get(key="where-do-you-live")
    assert made.options == ["East", "West"]


def test_a_question_is_routed_by_ticking_the_answers_that_lead_to_it(
    client, being_set_up, head
):
    client.force_login(head)
    agree = being_set_up.questions.get(key="q2")
    page = client.get(at("add_question", being_set_up.pk))
    assert "“No” to: Do you agree?" in page.text
    assert "Under 25" not in page.text  # nobody is routed by who they are
    said = {"text": "Why not?", "kind": "open", "route": [f"{agree.pk}-1"]}
    client.post(at("add_question", being_set_up.pk), said)
    why = being_set_up.questions.get(key="why-not")
    assert (why.only_if, why.only_if_said) == (agree, ["No"])
    # The page shows what is ticked; an earlier question cannot hang on a later one.
    page = client.get(at("change_question", being_set_up.pk, why.pk))
    assert f'value="{agree.pk}-1" checked' in page.text
    page = client.get(at("change_question", being_set_up.pk, agree.pk))
    assert "Ask it only of those" not in page.text
    client.post(
        at("change_question", being_set_up.pk, why.pk),
        {"text": "Why not?", "kind": "open"},
    )
    why.refresh_from_db()
    assert (why.only_if, why.only_if_said) == (None, [])


def test_a_question_hangs_on_the_answers_to_one_other_alone(client, being_set_up, head):
    client.force_login(head)
    other = add_question(
        being_set_up, text="Where?", kind="one", options=["East", "West"], by=head
    )
    agree = being_set_up.questions.get(key="q2")
    said = {"text": "Why?", "kind": "open", "route": [f"{agree.pk}-1", f"{other.pk}-0"]}
    page = client.post(at("add_question", being_set_up.pk), said)
    assert page.status_code == 422
    assert "Tick answers to one question only." in page.text


def test_questions_are_put_in_another_language_box_by_box(client, being_set_up, head):
    client.force_login(head)
    address = at("translate", being_set_up.pk)
    assert "Urdu (اردو)" in client.get(address).text
    page = client.get(f"{address}?to=ur")
    assert page.text.count('lang="ur"') == 6  # the title, and a box for each text
    assert "Under 25<br>25 to 64<br>65 or older" in page.text
    said = {"q2-text": "Ydych chi'n cytuno?", "q2-options": "Ydw\nNac ydw"}
    page = client.post(f"{address}?to=cy", said, follow=True)
    assert "1 of 3 questions are in Cymraeg now." in page.text
    agree = being_set_up.questions.get(key="q2")
    assert agree.options_in("cy") == [("Yes", "Ydw"), ("No", "Nac ydw")]
    assert "Nac ydw" in client.get(f"{address}?to=cy").text
    # Emptied, it is asked in English again.
    client.post(f"{address}?to=cy", {})
    agree.refresh_from_db()
    assert agree.words == {}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"q2-text": "Cytuno?", "q2-options": "Ydw"}, "There are 2 answers in English"),
        ({"q2-options": "Ydw\nNac ydw"}, "Give the question too."),
    ],
)
def test_half_a_translation_is_not_kept(client, being_set_up, head, said, why):
    client.force_login(head)
    page = client.post(f"{at('translate', being_set_up.pk)}?to=cy", said)
    assert (page.status_code, why in page.text) == (422, True)
    assert "Ydw" in page.text
    assert not being_set_up.questions.exclude(words={}).exists()
