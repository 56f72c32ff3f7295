"""Which wards are heard is set against how many live in each."""

from uuid import uuid4

import pytest
from django.urls import reverse
from web.assessments.made_by_hand import example
from web.performance.test_standards import WARDS, with_wards

from saferplan.errors import NotAllowed
from saferplan.web.assessments import services
from saferplan.web.consultations.models import AboutPerson, Response
from saferplan.web.consultations.services.asking_wards import ELSEWHERE, ask_which_ward
from saferplan.web.consultations.services.hearing import participation_of
from saferplan.web.consultations.services.questioning import NOT_SAID
from saferplan.web.consultations.services.responding import owner_of
from saferplan.web.consultations.services.setting_up import launch

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessed(partnership, analyst):
    content, _ = with_wards()
    return services.keep_assessment(content, partnership, by=analyst)


def heard_in_wards(consultation, counts):
    """So many people of each ward, without going through the form."""
    question = consultation.questions.get(key="ward")
    for ward, count in counts.items():
        for _ in range(count):
            token = uuid4()
            Response.objects.create(
                consultation=consultation,
                token=token,
                reference=str(token)[:12],
                begun_at=consultation.opens_at,
                sent_at=consultation.opens_at,
                standing="in_time",
            )
            AboutPerson.objects.create(
                consultation=consultation,
                question=question,
                owner=owner_of(token),
                chosen=[ward],
            )


def test_wards_and_residents_are_those_of_the_newest_assessment(
    being_set_up, assessed, head
):
    question = ask_which_ward(being_set_up, by=head)
    names = sorted(ward.name for ward in WARDS)
    assert question.options == [*names, ELSEWHERE, NOT_SAID]
    assert (question.kind, question.apart, question.required) == ("one", True, False)
    assert question.population.people == {
        ward.name: round(ward.residents) for ward in WARDS
    }
    assert str(assessed) in question.population.source
    with pytest.raises(NotAllowed, match="already"):
        ask_which_ward(being_set_up, by=head)


def test_without_an_assessment_that_knows_wards_nothing_is_asked(
    being_set_up, partnership, analyst, head
):
    with pytest.raises(NotAllowed, match="No assessment here knows the wards"):
        ask_which_ward(being_set_up, by=head)
    assert not being_set_up.questions.filter(key="ward").exists()


def test_outlines_alone_give_names_and_no_residents(
    being_set_up, partnership, analyst, head
):
    services.keep_assessment(example(), partnership, by=analyst)
    question = ask_which_ward(being_set_up, by=head)
    assert question.options[:2] == ["East", "West"]
    assert participation_of(question) is None


def test_each_ward_has_its_index_and_a_small_one_is_hidden(
    client, being_set_up, assessed, head
):
    client.force_login(head)
    client.post(reverse("consultations:ask_ward", args=[being_set_up.pk]))
    launch(being_set_up, by=head)
    abbey, bridge, castle = (ward.name for ward in WARDS)
    heard_in_wards(being_set_up, {abbey: 30, bridge: 60, castle: 15})
    address = reverse("consultations:heard", args=[being_set_up.pk])
    page = client.get(address).text
    bars = page[page.index('class="app-shares"') :]
    places = [bars.index(f">{name}<") for name in (castle, abbey, bridge)]
    assert places == sorted(places)  # the least heard first
    assert ">hidden<" not in page
    Response.objects.filter(pk__in=Response.objects.values("pk")[:27]).update(
        withdrawn_at=being_set_up.opens_at
    )
    page = client.get(address).text
    table = page[page.index("Answers against residents") :]
    row = table[table.index(abbey) :]
    assert ">hidden<" in row[: row.index("</tr>")]


def test_after_the_launch_it_is_too_late(client, consultation, assessed, head):
    client.force_login(head)
    address = reverse("consultations:ask_ward", args=[consultation.pk])
    page = client.post(address, follow=True).text
    assert "cannot be changed once it is launched" in page
