"""The draft as a page: what stands on it, and comments on its passages."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from web.consultations.conftest import launched

from saferplan.web.consultations.drafting import from_file
from saferplan.web.consultations.models import Response
from saferplan.web.consultations.reading_a_draft import shown
from saferplan.web.consultations.services.responding import begin
from saferplan.web.consultations.services.setting_up import add_draft, launch
from saferplan.web.consultations.services.tokens import sign

pytestmark = pytest.mark.django_db

OUR_PLAN = b"""\
# Our plan

We ask you.

## Streets

More light.

## Homes

Locks."""


def at(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


def test_a_comment_begins_a_response_and_returns_to_its_passage(client, consultation):
    draft = consultation.drafts.get()
    page = client.get(at("draft", consultation.pk, draft.pk))
    assert 'id="p1"' in page.text
    address = at("comment", consultation.pk, draft.pk, "p1")
    assert address in page.text
    assert "two constables" in client.get(address).text
    token = sign(consultation)
    empty = client.post(address, {"token": token, "text": " "})
    assert (empty.status_code, "Write your comment." in empty.text) == (422, True)
    back = client.post(address, {"token": token, "text": "Which two?"})
    assert back.url.endswith("#p1")
    word = urlsplit(back.url).path.split("/")[3]
    mine = client.get(back.url.split("#")[0])
    assert "Which two?" in mine.text
    client.post(at("answer_comment", word, draft.pk, "p2"), {"text": "And at night?"})
    client.post(at("answer_check", word))
    response = Response.objects.get()
    assert response.standing == "in_time"
    assert {p.passage.key for p in response.points.all()} == {"p1", "p2"}


def test_the_draft_is_read_before_during_and_after_but_commented_on_while_open(
    client, partnership, head, closed, consultation
):
    later = launched(
        partnership,
        by=head,
        title="Later",
        opens_at=timezone.now() + timedelta(days=1),
    )
    for made, commentable in ((later, False), (consultation, True), (closed, False)):
        draft = made.drafts.get()
        page = client.get(at("draft", made.pk, draft.pk))
        assert "two constables in every ward" in page.text
        assert ("Comment on this" in page.text) == commentable


def test_a_document_that_begins_with_its_title_has_it_once(client, being_set_up, head):
    text = (
        "# Our plan\n\nWe ask you.\n\n## Streets\n\nMore light.\n\n## Homes\n\nLocks."
    )
    drafted = from_file(text.encode(), "plan.txt")
    draft = add_draft(
        being_set_up,
        title="Our plan",
        text=drafted.text,
        passages=drafted.passages,
        kind="plain",
        by=head,
    )
    levels = [(each.passage.text, each.level) for each in shown(draft, {})]
    assert levels == [
        ("Our plan", 1),
        ("We ask you.", 0),
        ("Streets", 2),
        ("More light.", 0),
        ("Homes", 2),
        ("Locks.", 0),
    ]
    launch(being_set_up, by=head)
    page = client.get(at("draft", being_set_up.pk, draft.pk)).text
    assert page.count("<h1") == 1
    assert "Comment on the whole" in page
    contents = page[page.index("Contents") : page.index("Beside it")]
    assert "Our plan" not in contents
    assert contents.index("Streets") < contents.index("Homes")


def test_a_comment_changed_from_the_last_check_leads_back_to_it(client, consultation):
    begin(consultation, token=uuid4(), word="mine")
    draft = consultation.drafts.get()
    address = at("answer_comment", "mine", draft.pk, "p1")
    client.post(address, {"text": "Which wards?"})
    check = client.get(at("answer_check", "mine")).text
    assert f"{address}?then=check" in check
    assert 'name="then" value="check"' in client.get(f"{address}?then=check").text
    page = client.post(address, {"text": "Which of them?", "then": "check"})
    assert page.url == at("answer_check", "mine")


def test_a_comment_in_a_form_that_is_not_ours_says_so_and_stays(client, consultation):
    address = at("comment", consultation.pk, consultation.drafts.get().pk, "p1")
    page = client.post(address, {"text": "Which wards?", "token": "made up"})
    assert page.status_code == 422
    assert "The form was not one of ours" in page.text
    assert "Which wards?" in page.text
    assert not Response.objects.exists()
