"""A network’s members, a partnership’s bodies: one answer, and whose each point is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from web.consultations.test_splitting import taken_in

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Joint, MemberPoint, Response
from saferplan.web.consultations.services.joining import (
    begin_joint,
    is_asking,
    make_link,
    say,
    send_joint,
    sources_of,
    weigh,
    write_answer,
)
from saferplan.web.consultations.services.speaking import heard_in
from saferplan.web.core.models import Event

pytestmark = pytest.mark.django_db


def address(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


@pytest.fixture
def question(consultation):
    return consultation.questions.first()


@pytest.fixture
def network(consultation, vcse_officer):
    return begin_joint(
        consultation,
        kind="network",
        body="Example Voluntary Network",
        asked=40,
        by=vcse_officer,
    )


def a_point(question, text="More lighting in the parks.", **words):
    return MemberPoint(question=question, text=text, **words)


def test_a_member_says_its_points_by_a_link_without_an_account(
    client, network, question, vcse_officer
):
    word = make_link(network, by=vcse_officer)
    page = client.get(address("member_says", word))
    assert "What do you say?" in page.text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    said = {
        f"says-{question.key}": "More lighting in the parks.",
        "member": "Example Youth Club",
        "people": 30,
        "token": str(uuid4()),
    }
    for _ in range(2):
        page = client.post(address("member_says", word), said)
        assert "Example Voluntary Network has what you said" in page.text
    kept = MemberPoint.objects.get()
    assert (kept.member, kept.people, kept.by) == ("Example Youth Club", 30, None)


def test_points_placed_elsewhere_stand_by_body_with_their_place(
    client, network, consultation, question, analyst
):
    """A network’s thirty pages are two hundred points: nobody reads them in a row."""
    letter = taken_in(consultation, analyst)
    tenants = taken_in(consultation, analyst, voice={"body": "Tenants of One Road"})
    passage = consultation.drafts.get().passages.last()
    placed = tenants.points.first()
    placed.question, placed.passage = None, passage
    placed.save()
    client.force_login(analyst)
    page_of_it = address("joint_answer", consultation.pk, network.pk, question.key)
    page = client.get(page_of_it).text
    assert f"Example Tenants’ Association: {letter.points.count()} points" in page
    of_tenants = page.split("Tenants of One Road: ")[1]
    assert passage.text[:20] in of_tenants
    assert "<details" in page
    # What is chosen among them is seen again although its body is folded up.
    said = {"text": "Light.", "point": placed.pk, "seen": 0}
    client.post(page_of_it, said)
    whole = address("joint_answer", consultation.pk, network.pk, "whole")
    assert " open>" not in client.get(whole).text
    assert f'value="{placed.pk}" checked' in client.get(page_of_it).text


def test_a_member_that_says_nothing_is_told_so(client, network, vcse_officer):
    word = make_link(network, by=vcse_officer)
    said = {"token": str(uuid4()), "member": "A club"}
    page = client.post(address("member_says", word), said)
    assert page.status_code == 422
    assert "Say something to at least one of the questions." in page.text
    assert "A club" in page.text


def test_a_wrong_or_replaced_link_leads_nowhere(client, network, vcse_officer):
    old = make_link(network, by=vcse_officer)
    make_link(network, by=vcse_officer)
    assert client.get(address("member_says", old)).status_code == 404
    assert old not in str(Event.objects.values_list("subject", "detail", "link"))


def test_members_are_asked_until_the_day_that_was_set(client, network, vcse_officer):
    word = make_link(network, by=vcse_officer)
    yesterday = timezone.localdate() - timedelta(days=1)
    Joint.objects.update(ask_until=yesterday)
    network.refresh_from_db()
    assert not is_asking(network)
    page = client.get(address("member_says", word))
    assert page.status_code == 410
    with pytest.raises(NotAllowed, match="no longer asked"):
        say(network, [a_point(None)], token=uuid4())


def test_points_are_weighed_and_dissent_is_not_left_out(
    network, question, vcse_officer
):
    say(network, [a_point(question)], token=uuid4(), by=vcse_officer)
    say(network, [a_point(question, dissents=True)], token=uuid4(), by=vcse_officer)
    plain, other = network.said.order_by("pk")
    weigh(plain, weight=0, by=vcse_officer)
    with pytest.raises(NotAllowed, match="not left out"):
        weigh(other, weight=0, by=vcse_officer)
    with pytest.raises(NotAllowed, match="0, 1, 2 or 3"):
        weigh(plain, weight=4, by=vcse_officer)


def test_it_is_not_sent_without_what_those_say_who_do_not_agree(
    network, question, vcse_officer
):
    say(network, [a_point(question, dissents=True)], token=uuid4(), by=vcse_officer)
    write_answer(network, question, text="Our words.", seen=0, by=vcse_officer)
    with pytest.raises(NotAllowed, match="do not go along"):
        send_joint(network, by=vcse_officer)
    Joint.objects.update(dissent="One club wants fewer lights.")
    network.refresh_from_db()
    response = send_joint(network, by=vcse_officer)
    assert response.voice.dissent == "One club wants fewer lights."


def test_it_is_sent_once_as_one_response_of_about_forty_members(
    network, consultation, question, vcse_officer
):
    with pytest.raises(NotAllowed, match="no words yet"):
        send_joint(network, by=vcse_officer)
    say(network, [a_point(question)], token=uuid4(), by=vcse_officer)
    write_answer(network, question, text="Our words.", seen=0, by=vcse_officer)
    first = send_joint(network, by=vcse_officer)
    assert send_joint(network, by=vcse_officer).pk == first.pk
    assert (first.kind, first.standing) == ("network", "in_time")
    today = timezone.localdate()
    assert (first.voice.asked_from, first.voice.asked_to) == (today, today)
    heard = heard_in(consultation)
    assert (heard.networks, heard.members_asked, heard.members_answered) == (1, 40, 1)
    with pytest.raises(NotAllowed, match="was sent"):
        write_answer(network, question, text="Late.", seen=1, by=vcse_officer)


def test_a_late_one_is_late_like_everybodys(closed, vcse_officer):
    joint = begin_joint(closed, kind="network", body="A network", by=vcse_officer)
    question = closed.questions.first()
    write_answer(joint, question, text="Our words.", seen=0, by=vcse_officer)
    assert send_joint(joint, by=vcse_officer).standing == "late"


def test_two_writers_of_one_answer_lose_nothing(
    client, network, question, vcse_officer, analyst
):
    write_answer(network, question, text="Hers.", seen=0, by=analyst)
    client.force_login(vcse_officer)
    page = client.post(
        address("joint_answer", network.consultation_id, network.pk, question.key),
        {"text": "His.", "seen": 0},
    )
    assert page.status_code == 422
    assert "Hers." in page.text
    assert "His." in page.text


def test_a_partnership_puts_its_bodies_points_under_each_question(
    client, consultation, question, analyst
):
    letter = taken_in(consultation, analyst, kind=Response.Kind.COMMITTEE)
    point = letter.points.get(text__contains="lighting")
    point.question = question
    point.save()
    joint = begin_joint(
        consultation, kind="partnership", body="Safer Example", by=analyst
    )
    assert point in sources_of(joint)
    client.force_login(analyst)
    page = client.get(address("joint", consultation.pk, joint.pk))
    assert "Example Tenants’ Association" in page.text
    page = client.post(
        address("joint_answer", consultation.pk, joint.pk, question.key),
        {"text": "Together.", "seen": 0, "point": point.pk},
        follow=True,
    )
    assert "Together." in page.text
    assert joint.answers.get().points.get() == point
    kept = client.get(address("joint_document", consultation.pk, joint.pk, "txt"))
    assert "From: Example Tenants’ Association." in kept.content.decode()
    page = client.post(address("joint_send", consultation.pk, joint.pk), follow=True)
    assert "Sent as" in page.text
    sent = Response.objects.get(kind="partnership")
    assert sent.answers.get().text == "Together."


def test_a_nameless_member_is_not_named_in_what_goes_out(
    client, network, question, vcse_officer
):
    say(
        network,
        [a_point(question, member="Secret Club", may_name=False)],
        token=uuid4(),
        by=vcse_officer,
    )
    said = network.said.all()
    write_answer(network, question, text="Ours.", said=said, seen=0, by=vcse_officer)
    client.force_login(vcse_officer)
    kept = client.get(
        address("joint_document", network.consultation_id, network.pk, "txt")
    )
    assert "From: A member." in kept.content.decode()
    assert "Secret Club" not in kept.content.decode()


def test_beginning_one_needs_a_name_and_keeps_what_was_typed(
    client, consultation, vcse_officer
):
    client.force_login(vcse_officer)
    page = client.get(address("joints", consultation.pk))
    assert "Nothing is put together yet" in page.text
    page = client.post(
        address("joints", consultation.pk),
        {"kind": "network", "agreement": "most", "speaks_for": "Forty clubs"},
    )
    assert page.status_code == 422
    assert "Say who will send it." in page.text
    assert "Forty clubs" in page.text
    client.post(
        address("joints", consultation.pk),
        {"kind": "network", "agreement": "most", "body": "A network"},
    )
    made = Joint.objects.get()
    page = client.post(address("joint_link", consultation.pk, made.pk))
    assert "/consultations/member/" in page.text
    page = client.post(
        address("joint_change", consultation.pk, made.pk),
        {"kind": "network", "agreement": "all", "body": "The network", "asked": 12},
        follow=True,
    )
    assert "about 12" in page.text
