"""Officers set a consultation up, launch it, give more time, and type in what came."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from web.plans.conftest import DOCUMENT

from saferplan.errors import NotAllowed
from saferplan.web.consultations.drafting import from_file
from saferplan.web.consultations.models import Consultation, Draft, Passage, Response
from saferplan.web.consultations.services.questioning import (
    move_question,
    remove_question,
)
from saferplan.web.consultations.services.setting_up import launch
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


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"decision_on": "1 April 2030"}, "People can still answer then."),
        ({"keep_until": "1/4/2030"}, "Nobody could be told then what was decided."),
        (
            {"decision_on": "1 May 2030", "keep_until": "30 April 2030"},
            "Nobody could be told then what was decided.",
        ),
    ],
)
def test_nothing_is_decided_or_deleted_before_people_were_heard(
    client, head, said, why
):
    client.force_login(head)
    page = client.post(at("make"), FORM | said)
    assert (page.status_code, why in page.text) == (422, True)
    assert not Consultation.objects.exists()


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


def test_marks_of_a_plain_text_are_not_put_before_people():
    drafted = from_file(b"# What we will do\n\n- We will walk.\n- # 4 is ours", "a.txt")
    places = [each for each in drafted.passages if each.kind != "page"]
    assert {each.text for each in places} >= {"What we will do", "We will walk."}
    assert not any(each.label.startswith(("#", "-")) for each in places)
    for each in places:
        assert drafted.text[each.start : each.end] == each.text
