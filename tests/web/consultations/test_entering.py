"""Officers type in what came on paper or was said, and accept what came late."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from web.consultations.conftest import respond

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Response
from saferplan.web.consultations.services.entering import enter
from saferplan.web.consultations.services.responding import Said
from saferplan.web.consultations.services.tokens import sign
from saferplan.web.core.models import Event

pytestmark = pytest.mark.django_db


def at(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


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


def test_an_empty_page_is_no_response(client, consultation, vcse_officer):
    client.force_login(vcse_officer)
    form = {
        "token": sign(consultation),
        "channel": "paper",
        "received_on": f"{timezone.localdate():%d/%m/%Y}",
        "kind": "individual",
        "age-chosen": "Under 25",
    }
    page = client.post(at("enter", consultation.pk), form)
    assert (page.status_code, "Nothing is typed in." in page.text) == (422, True)
    assert not Response.objects.exists()


def test_what_was_said_on_parts_of_the_draft_is_typed_in_too(
    client, consultation, vcse_officer
):
    client.force_login(vcse_officer)
    counter = consultation.drafts.get().passages.get(key="p2")
    form = {
        "token": sign(consultation),
        "channel": "event",
        "received_on": f"{timezone.localdate():%d/%m/%Y}",
        "kind": "individual",
        "comment-0-part": str(counter.pk),
        "comment-0-said": "Which one?",
        "comment-2-part": str(counter.pk),
        "comment-2-said": "And on Sundays?",
    }
    page = client.post(at("enter", consultation.pk), form | {"comment-1-said": "Yes."})
    assert page.status_code == 422
    assert "Choose the part that this was said on." in page.text
    client.post(at("enter", consultation.pk), form)
    kept = Response.objects.get().answers.get()
    assert (kept.passage, kept.text) == (counter, "Which one?\nAnd on Sundays?")
