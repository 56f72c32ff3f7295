"""Somebody points at a place on a map, with no script, and nothing typed is lost."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from web.assessments.made_by_hand import example
from web.consultations.conftest import launched, set_up

from saferplan.assessment.finding import Outline
from saferplan.web.assessments import services
from saferplan.web.consultations.pin_map import WIDTH, pin_map
from saferplan.web.consultations.services.responding import begin
from saferplan.web.consultations.services.setting_up import add_question, launch
from saferplan.web.consultations.services.tokens import word_of

RING = ((-0.1, 51.4), (0.1, 51.4), (0.1, 51.5), (-0.1, 51.5), (-0.1, 51.4))
DRAWN = pin_map([Outline("E05000001", "East & West", "ward", (RING,))])


@given(st.floats(1, WIDTH - 1), st.floats(1, DRAWN.height - 1))
def test_a_place_and_its_point_lead_to_each_other(x, y):
    found = DRAWN.position(x, y)
    again = DRAWN.point(*found)
    # A position is kept to three places, which is under a pixel and a half here.
    assert again == pytest.approx((x, y), abs=2)


def test_a_map_is_as_wide_on_the_ground_as_it_looks():
    # 0.2 degrees of longitude at 51.45 north are 13.9 km, 0.1 of latitude 11.1 km.
    assert (DRAWN.height - 12) / (WIDTH - 12) == pytest.approx(11.12 / 13.86, abs=0.01)


@pytest.mark.parametrize("point", [(0, 0), (-1, 5), (WIDTH + 1, 5), (5, 10_000)])
def test_a_key_press_and_what_is_off_the_map_are_no_place(point):
    assert DRAWN.position(*point) is None


def test_wards_have_their_names_a_word_below_another():
    drawn = DRAWN.svg()
    assert [each.split("<")[0] for each in re.findall(r"[^>]+</text>", drawn)] == [
        "East",
        "&amp;",
        "West",
    ]
    assert "<circle" in DRAWN.svg((51.45, 0.0))


def test_a_pin_is_in_the_ward_around_it_and_not_in_its_hole():
    lake = ((-0.01, 51.44), (0.01, 51.44), (0.01, 51.46), (-0.01, 51.46))
    drawn = pin_map([Outline("E05000001", "Ring", "ward", (RING, (*lake, lake[0])))])
    assert drawn.ward_at(51.42, 0.05) == "Ring"
    assert drawn.ward_at(51.45, 0.0) == ""
    assert drawn.ward_at(52.0, 0.0) == ""


def test_no_shape_makes_no_map():
    assert pin_map([]) is None


@pytest.fixture
def place(partnership, head, analyst):
    """The address of a question about a place, of a response that was begun."""
    assessment = services.keep_assessment(example(), partnership, by=analyst)
    for finding in example().findings:
        services.decide(assessment, finding, "accepted", by=analyst)
    services.publish(assessment, by=head)
    made = set_up(partnership, by=head)
    add_question(made, key="where", kind="place", text="Where?", by=head)
    launch(made, by=head)
    token = uuid4()
    begin(made, token=token, word=word_of(token))
    return made, reverse(
        "consultations:answer_question", args=[word_of(token), "where"]
    )


@pytest.mark.django_db
def test_pointing_shows_the_pin_and_keeps_what_was_typed(client, place):
    made, address = place
    assert 'type="image"' in client.get(address).text
    typed = {"where-text": "It is dark."}
    pointed = client.post(address, typed | {"pin.x": "100", "pin.y": "60"})
    assert pointed.status_code == 200
    assert "The pin is in East." in pointed.text
    assert "It is dark." in pointed.text
    assert not made.responses.get().answers.exists()
    picture = client.get(
        reverse("consultations:map", args=[made.pk]), {"at": "0.4, 0.5"}
    )
    assert picture["Content-Type"] == "image/svg+xml"
    wrong = client.post(address, typed | {"pin.x": "0", "pin.y": "0"})
    assert wrong.status_code == 422
    assert "Point at a place on the map" in wrong.text
    assert "It is dark." in wrong.text


@pytest.mark.django_db
def test_enter_in_a_field_saves_it_although_the_map_is_the_first_button(client, place):
    made, address = place
    typed = {"where-place": "The station", "pin.x": "0", "pin.y": "0"}
    assert client.post(address, typed).status_code == 302
    assert made.responses.get().answers.get().place == {"name": "The station"}


@pytest.mark.django_db
def test_there_is_no_map_where_no_assessment_is_published(client, partnership, head):
    made = launched(partnership, by=head)
    assert client.get(reverse("consultations:map", args=[made.pk])).status_code == 404
