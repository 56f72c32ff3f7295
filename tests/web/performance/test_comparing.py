"""A borough beside others: how much falls on it, and what is kept there, apart."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from saferplan.assessment.beside_boroughs import Beside, Borough
from saferplan.assessment.similar import WardsAlike
from saferplan.errors import NotAllowed
from saferplan.web.core.models import Event, Job
from saferplan.web.performance import evidence
from saferplan.web.performance.beside import exposure_of, services_of
from saferplan.web.performance.borough_picture import picture_of
from saferplan.web.performance.jobs import compare
from saferplan.web.performance.served import served_by
from saferplan.web.performance.services.comparing import take_comparison
from saferplan.web.performance.services.standards import Look, observe
from saferplan.web.performance.standing import promises, seen_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

NOTE_OF_WARDS = "Judged by age."
NOTE = "Likeness is judged by age and deprivation, and by no crime figure."


def address(name, *arguments):
    return reverse(f"performance:{name}", args=arguments)


def borough(code, name, rate, **more):
    kind = {"is_own": False, "like": False, "borders": False, **more}
    limits = {"lower": rate - 1, "upper": rate + 1} if rate else {}
    known = {"rate": rate, "lower": None, "upper": None, **limits}
    return Borough(code, name, **kind, count=rate * 100, residents=1e5, **known)


FOUND = Beside(
    (
        borough("E09000099", "Example", 90.0, is_own=True),
        borough("E09000098", "Alike", 70.0, like=True),
        borough("E09000097", "Also", 80.0, like=True, borders=True),
        borough("E09000096", "Near", 200.0, borders=True),
    ),
    "2025-04",
    "2026-03",
    NOTE,
    ("abc123abc123",),
)


@pytest.fixture
def made(partnership, analyst):
    return take_comparison(partnership, FOUND, by=analyst)


def counter(area, name, value):
    day = date(2026, 9, 1)
    return Look("counter-day-and-night", area, name, value, day, "Police notice")


def test_it_stands_beside_the_average_of_those_most_like_it_and_itself(made):
    found = exposure_of(made)
    # (90 + 70 + 80) / 3: Near borders it and is not like it, so it is not in there.
    assert "higher than the 80.0 that it and the 2 boroughs most like it average" in (
        found.sentence
    )
    assert "Theirs go from 70.0 to 80.0." in found.sentence
    assert [(row["name"], row["why"]) for row in found.rows] == [
        ("Near", "Borders it"),
        ("Example", "This borough"),
        ("Also", "Most like it, borders it"),
        ("Alike", "Most like it"),
    ]
    assert found.period == "April 2025 to March 2026"


def test_the_picture_has_every_known_rate_on_one_scale(made):
    picture = picture_of(exposure_of(made))
    assert [(row.name, row.is_own) for row in picture.rows] == [
        ("Near", False),
        ("Example", True),
        ("Also", False),
        ("Alike", False),
    ]
    near, own, *_others = picture.rows
    assert near.lower < near.x < near.upper
    assert own.x < near.x
    assert picture.along[0].x <= min(row.lower for row in picture.rows)
    assert picture.along[-1].x >= near.upper
    assert picture.words.startswith("For every 1,000 residents, the most first: Near")
    known_of_one = replace(exposure_of(made), rows=exposure_of(made).rows[:1])
    assert picture_of(known_of_one) is None


def test_the_record_says_who_compared(made, analyst):
    event = Event.objects.order_by("-number").first()
    assert (event.by, event.what) == (analyst, "set other boroughs beside")


def test_what_nobody_has_seen_of_others_is_unknown_and_neither_kept_nor_broken(
    made, partnership, analyst, head
):
    observe(partnership, [counter("E09000099", "Example", 1)], by=analyst)
    observe(partnership, [counter("E09000098", "Alike", 1)], by=analyst)
    observe(partnership, [counter("E09000097", "Also", 0)], by=analyst)
    places = served_by(partnership, head)
    today = timezone.localdate()
    promised = promises(places, seen_in(partnership), today=today)["borough"]
    found = {each.title: each for each in services_of(made, promised, today=today)}
    counter_open = next(e for e in found.values() if e.own.kept == "met")
    assert counter_open.counts == {"met": 1, "not met": 1, "unknown": 1}
    assert counter_open.sentence == (
        "Met in 1 of 2 others where it is known; unknown in 1."
    )
    others = [each for each in found.values() if each is not counter_open]
    assert {each.counts["unknown"] for each in others} == {3}
    assert others[0].sentence == "Of 3 others nobody has looked."


def test_others_are_boroughs_to_enter_and_no_wards(made, partnership, head, analyst):
    observe(partnership, [counter("E09000098", "Alike", 1)], by=analyst)
    places = served_by(partnership, head)
    assert places.wards == ()
    assert [each.name for each in places.enterable("borough")][1:] == [
        "Alike",
        "Also",
        "Near",
    ]


def test_the_page_has_exposure_and_service_apart_with_their_tables(
    client, made, partnership, analyst
):
    observe(partnership, [counter("E09000098", "Alike", 1)], by=analyst)
    page = " ".join(client.get(address("standards_of", partnership.pk)).text.split())
    assert "How unevenly crime falls on them" in page
    assert "How unevenly promises are kept in them" in page
    assert NOTE in page
    assert "Met in 1 of 1 others where it is known; unknown in 2." in page
    table = client.get(address("compared_exposure", partnership.pk, "csv")).text
    assert "Near,E09000096,Borders it,20000,100000,200.0,199.0,201.0" in table
    table = client.get(address("compared_service", partnership.pk, "csv")).text
    assert "Alike,E09000098,Most like it,met," in table
    assert "Near,E09000096,Borders it,unknown,Nobody has looked." in table


def test_without_a_comparison_only_those_who_can_make_one_are_told(
    client, partnership, head
):
    page = client.get(address("standards_of", partnership.pk)).text
    assert "Beside other boroughs" not in page
    client.force_login(head)
    page = client.get(address("standards_of", partnership.pk)).text
    assert "Nobody has set this borough beside others yet" in page
    assert client.post(address("compare")).status_code == 302
    assert Job.objects.get().title == "Compare with other boroughs"
    missing = address("compared_service", partnership.pk, "csv")
    assert client.get(missing).status_code == 404


def test_an_indicator_drawn_from_the_store_is_set_beside_others(
    client, add_one, analyst, partnership, indicator
):
    where = {"dataset": "recorded_crime", "area": "E09000099", "measure": "Burglary"}
    drawn = add_one(title="Drawn", source="evidence", evidence=where)
    take_comparison(partnership, FOUND, indicator=drawn, by=analyst)
    page = " ".join(client.get(address("show", drawn.pk)).text.split())
    assert "Beside other boroughs" in page
    assert "higher than the 80.0" in page
    assert address("standards_of", partnership.pk) in page
    table = client.get(address("compared_indicator", drawn.pk, "csv")).text
    assert "Also,E09000097" in table
    with pytest.raises(NotAllowed, match="not drawn from the evidence store"):
        take_comparison(partnership, FOUND, indicator=indicator, by=analyst)


def test_only_those_who_keep_indicators_compare(partnership, partner_lead):
    with pytest.raises(NotAllowed):
        take_comparison(partnership, FOUND, by=partner_lead)


def test_an_empty_store_says_why_there_is_nothing_to_compare(
    partnership, analyst, monkeypatch, tmp_path
):
    monkeypatch.setenv("SAFERPLAN_STORE", str(tmp_path))
    done = compare(
        lambda *said: None, partnership_id=partnership.pk, person_id=analyst.pk
    )
    assert "does not say which boroughs are like this one" in done.message
    assert not partnership.comparisons.exists()


def test_the_borough_s_wards_are_found_with_it_and_not_with_an_indicator(
    partnership, analyst, add_one, monkeypatch
):
    alike = WardsAlike({"E05000001": ("E05000002",)}, NOTE_OF_WARDS, ())
    monkeypatch.setattr(evidence, "draw_beside", lambda *asked: FOUND)
    monkeypatch.setattr(evidence, "draw_wards", lambda partnership: alike)
    drawn = add_one(
        source="evidence",
        evidence={"dataset": "recorded_crime", "measure": "All", "area": "E09000099"},
    )
    who = {"partnership_id": partnership.pk, "person_id": analyst.pk}
    compare(lambda *said: None, **who)
    compare(lambda *said: None, **who, indicator_id=drawn.pk)
    own = partnership.comparisons.get(indicator=None)
    assert own.wards == {"alike": {"E05000001": ["E05000002"]}, "note": NOTE_OF_WARDS}
    assert partnership.comparisons.get(indicator=drawn).wards == {}
