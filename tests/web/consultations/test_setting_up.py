"""Officers set a consultation up, launch it, give more time, and type in what came."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from web.consultations.conftest import respond
from web.plans.conftest import DOCUMENT

from saferplan.errors import NotAllowed
from saferplan.web.consultations.drafting import from_file
from saferplan.web.consultations.models import Consultation, Draft, Passage, Response
from saferplan.web.consultations.services.entering import enter
from saferplan.web.consultations.services.questioning import (
    add_questions_about_people,
    change_question,
    move_question,
    remove_question,
    translate,
)
from saferplan.web.consultations.services.responding import Said
from saferplan.web.consultations.services.setting_up import add_question, launch
from saferplan.web.consultations.services.tokens import sign
from saferplan.web.core.models import Event
from saferplan.web.plans.services.importing import make_of, take_in
from saferplan.web.plans.services.putting_forward import put_forward

pytestmark = pytest.mark.django_db


def at(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


FORM = {
    "title": "The next plan",
    "about": "What should it do?",
    "opens_at": "2030-01-07 09:00",
    "closes_at": "2030-04-01 17:00",
    "least_days": "84",
    "grace_minutes": "20",
    "reasons_by_line": "It names a private person\nIt is unlawful",
}


def test_a_consultation_is_set_up_with_its_rules(client, head, partnership):
    client.force_login(head)
    page = client.post(at("make"), FORM, follow=True)
    made = Consultation.objects.get()
    assert "The drafts people read" in page.text
    assert made.grace == timedelta(minutes=20)
    assert made.reasons == ["It names a private person", "It is unlawful"]
    client.post(at("change", made.pk), FORM | {"title": "The plan after"})
    made.refresh_from_db()
    assert made.title == "The plan after"
    assert Event.objects.filter(what="changed the consultation").exists()


def test_what_was_typed_is_kept_where_something_is_wrong(client, head):
    client.force_login(head)
    page = client.post(at("make"), FORM | {"closes_at": "2029-01-01 09:00"})
    assert page.status_code == 422
    assert "It must close after it opens." in page.text
    assert "What should it do?" in page.text


def test_one_being_set_up_exists_for_its_partnership_alone(
    client, being_set_up, outsider, councillor, analyst
):
    addresses = [at("show", being_set_up.pk), at("start", being_set_up.pk)]
    for person in (None, outsider, councillor):
        if person:
            client.force_login(person)
        assert {client.get(each).status_code for each in addresses} == {404}
    client.force_login(analyst)
    assert client.get(at("show", being_set_up.pk)).status_code == 200
    assert "as people will see it" in client.get(at("whole", being_set_up.pk)).text


def test_nothing_is_sent_to_one_being_set_up(client, being_set_up, analyst):
    client.force_login(analyst)
    form = {"q1-text": "Words.", "kind": "individual"}
    assert client.post(at("whole", being_set_up.pk), form).status_code == 422
    assert not Response.objects.exists()


def test_a_pasted_text_becomes_passages_with_names_of_their_own(
    client, head, being_set_up
):
    client.force_login(head)
    text = "# Safer streets\n\nTwo constables in each ward.\n\n- A counter at night"
    said = {"pasted": text, "title": "In plain words", "kind": "plain"}
    client.post(at("drafts", being_set_up.pk), said | {"language": "en-GB"})
    plain = Draft.objects.get(kind="plain")
    passages = list(plain.passages.all())
    assert [each.kind for each in passages][0] == "section"
    for each in passages:
        assert plain.text[each.start : each.end] == each.text
    assert len({each.key for each in passages}) == len(passages)


def test_a_document_becomes_a_draft(client, head, being_set_up):
    client.force_login(head)
    file = SimpleUploadedFile("Easy plan.txt", b"What we will do\n\nWe will listen.")
    said = {"sent": file, "kind": "easy", "language": "en-GB"}
    client.post(at("drafts", being_set_up.pk), said)
    assert Draft.objects.get(kind="easy").title == "Easy plan"


def test_a_file_that_cannot_be_read_says_what_to_do(client, head, being_set_up):
    client.force_login(head)
    file = SimpleUploadedFile("scan.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50)
    said = {"sent": file, "kind": "easy", "language": "en-GB"}
    page = client.post(at("drafts", being_set_up.pk), said)
    assert page.status_code == 422
    assert "is a picture" in page.text


def test_there_is_one_draft_of_a_kind_and_language(client, head, being_set_up):
    client.force_login(head)
    said = {"pasted": "Other words.", "title": "Again", "kind": "full"}
    page = client.post(at("drafts", being_set_up.pk), said | {"language": "en-GB"})
    assert page.status_code == 422
    assert "There is a draft of that kind and language already" in page.text


def test_a_version_of_a_plan_is_a_draft_whose_actions_keep_their_place(
    client, head, being_set_up, partnership
):
    document = take_in(DOCUMENT.encode(), "plan.txt", token=uuid4(), by=head)
    plan = make_of(document, by=head)
    action = plan.actions.with_all().first()
    version = put_forward(plan, state="consulted", note="", by=head)
    client.force_login(head)
    draft = being_set_up.drafts.get()
    client.post(at("take_draft_out", being_set_up.pk, draft.pk))
    said = {"version": version.pk, "kind": "full", "language": "en-GB"}
    client.post(at("drafts", being_set_up.pk), said)
    draft = being_set_up.drafts.get()
    assert draft.version == version
    passage = Passage.objects.get(draft=draft, key=f"action-{action.pk}")
    assert (passage.kind, passage.label) == ("action", f"Action {action.name}")
    assert draft.text[passage.start : passage.end] == passage.text
    assert action.text in passage.text


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


def test_launching_fixes_everything_but_the_close(client, being_set_up, head, analyst):
    client.force_login(analyst)
    assert "The head of community safety launches it." in (
        client.get(at("launch", being_set_up.pk)).text
    )
    client.force_login(head)
    page = client.post(at("launch", being_set_up.pk), follow=True)
    assert "It is launched" in page.text
    being_set_up.refresh_from_db()
    question = being_set_up.questions.first()
    for change in (
        lambda: remove_question(question, by=head),
        lambda: move_question(question, by=head, up=False),
        lambda: launch(being_set_up, by=head),
    ):
        with pytest.raises(NotAllowed, match="launched"):
            change()
    draft = being_set_up.drafts.get()
    client.post(at("take_draft_out", being_set_up.pk, draft.pk))
    assert being_set_up.drafts.exists()


def test_one_with_nothing_to_read_is_not_launched(client, being_set_up, head):
    being_set_up.drafts.get().delete()
    client.force_login(head)
    page = client.post(at("launch", being_set_up.pk))
    assert page.status_code == 422
    assert "There is no draft for people to read" in page.text


def test_people_get_more_time_with_a_reason_and_never_less(client, consultation, head):
    client.force_login(head)
    earlier = {"closes_at": "2020-01-01 09:00", "why": "Changed our minds"}
    page = client.post(at("more_time", consultation.pk), earlier)
    assert (page.status_code, "It can only close later" in page.text) == (422, True)
    later = f"{consultation.closes_at + timedelta(days=7):%Y-%m-%d %H:%M}"
    said = {"closes_at": later, "why": "The site was down"}
    client.post(at("more_time", consultation.pk), said)
    before = consultation.closes_at
    consultation.refresh_from_db()
    assert consultation.closes_at > before


def test_what_came_on_paper_is_typed_in_with_its_channel_and_by_whom(
    client, consultation, vcse_officer
):
    client.force_login(vcse_officer)
    page = client.get(at("enter", consultation.pk))
    token = page.text.split('name="token" value="')[1].split('"')[0]
    form = {
        "token": token,
        "channel": "paper",
        "received_on": f"{timezone.localdate():%Y-%m-%d}",
        "q1-text": "By hand.",
        "kind": "individual",
    }
    client.post(at("enter", consultation.pk), form)
    client.post(at("enter", consultation.pk), form)  # the button pressed twice
    kept = Response.objects.get()
    assert (kept.channel, kept.entered_by, kept.standing) == (
        "paper",
        vcse_officer,
        "in_time",
    )
    assert kept.answers.get().text == "By hand."


def test_a_network_on_paper_is_asked_next_for_whom_it_speaks(
    client, consultation, vcse_officer
):
    client.force_login(vcse_officer)
    form = {
        "channel": "paper",
        "received_on": f"{timezone.localdate():%d/%m/%Y}",
        "q1-text": "By hand.",
        "kind": "network",
        "name": "The clubs",
    }
    refused = client.post(at("enter", consultation.pk), form | {"token": "made up"})
    assert refused.status_code == 422
    assert "The form was not one of ours" in refused.text
    token = sign(consultation)
    page = client.post(at("enter", consultation.pk), form | {"token": token})
    kept = Response.objects.get()
    assert page.url == at("voice", consultation.pk, kept.pk)


def typed(consultation, head, received_on, **words):
    said = [Said(question=consultation.questions.first(), text="By hand.")]
    return enter(
        consultation,
        said,
        token=uuid4(),
        channel="paper",
        received_on=received_on,
        by=head,
        **words,
    )


def test_paper_that_came_in_time_and_is_typed_in_late_counts_with_a_reason(
    closed, head
):
    day = timezone.localdate() - timedelta(days=5)
    with pytest.raises(NotAllowed, match="how you know when it came in"):
        typed(closed, head, day)
    assert not Response.objects.exists()
    kept = typed(closed, head, day, why="date stamp of the post room")
    assert (kept.standing, kept.accepted_late) == ("late", True)
    assert "date stamp" in kept.accepted_why
    assert Event.objects.filter(what="accepted the response typed in late").exists()


def test_paper_that_came_after_the_close_is_late_like_any_other(closed, head):
    kept = typed(closed, head, timezone.localdate(), why="post")
    assert (kept.standing, kept.accepted_late) == ("late", False)


def test_no_paper_comes_in_tomorrow(consultation, head):
    with pytest.raises(NotAllowed, match="still to come"):
        typed(consultation, head, timezone.localdate() + timedelta(days=1))


def test_a_late_response_is_accepted_in_the_site_with_a_reason(client, closed, head):
    late = respond(closed)
    client.force_login(head)
    assert late.reference in client.get(at("late", closed.pk)).text
    empty = client.post(at("accept_late", closed.pk, late.pk), {"why": ""})
    assert empty.status_code == 422
    client.post(at("accept_late", closed.pk, late.pk), {"why": "The site was down"})
    assert Response.objects.counted().get() == late


def test_marks_of_a_plain_text_are_not_put_before_people():
    drafted = from_file(b"# What we will do\n\n- We will walk.\n- # 4 is ours", "a.txt")
    places = [each for each in drafted.passages if each.kind != "page"]
    assert {each.text for each in places} >= {"What we will do", "We will walk."}
    assert not any(each.label.startswith(("#", "-")) for each in places)
    for each in places:
        assert drafted.text[each.start : each.end] == each.text
