"""Journey maps: begun from the usual steps, and made a partnership's own."""

import pytest
from django.urls import reverse

from saferplan.errors import NotAllowed
from saferplan.web.core.models import Event
from saferplan.web.performance.journey_map import asked, orphans_of, shown, steps_of
from saferplan.web.performance.journey_picture import picture_of
from saferplan.web.performance.services.journeys import (
    StepChanged,
    add_indicator,
    add_step,
    begin,
    change_step,
    publish,
    remove_indicator,
    remove_step,
)


@pytest.fixture
def journey(partnership, head):
    return begin(partnership, "victim", by=head)


def words(step, **changed):
    names = ("title", "agency", "counts", "wait", "wait_source", "limit", "may_meet")
    return {name: getattr(step, name) for name in (*names, "apart")} | changed


def titles(journey):
    return [step.title for step in journey.steps.all()]


def kinds(journey, orphans=()):
    return [check.kind for check in asked(journey, steps_of(journey), orphans=orphans)]


def to(journey, name="journey", *arguments):
    return reverse(f"performance:{name}", args=[journey.pk, *arguments])


def test_a_map_begins_with_the_usual_steps_and_is_recorded(journey, head):
    assert journey.steps.count() == 14
    assert titles(journey)[0] == "Harm is done"
    event = Event.objects.latest("pk")
    assert (event.by, event.what, event.subject) == (
        head,
        "began",
        "Journey map: victim",
    )


def test_beginning_twice_leaves_what_is_there(journey, partnership, analyst):
    journey.steps.first().delete()
    assert begin(partnership, "victim", by=analyst) == journey
    assert journey.steps.count() == 13


def test_a_usual_indicator_is_linked_where_the_partnership_keeps_it(
    add_one, partnership, head
):
    kept = add_one(title="Recorded crime")
    journey = begin(partnership, "victim", by=head)
    linked = [s.title for s in journey.steps.filter(indicators__indicator=kept)]
    assert linked == ["The crime is recorded"]


def test_only_those_who_keep_indicators_change_a_map(journey, councillor, partner_lead):
    for person in (councillor, partner_lead):
        with pytest.raises(NotAllowed):
            publish(journey, public=True, by=person)
        with pytest.raises(NotAllowed):
            remove_step(journey.steps.first(), by=person)


def test_a_step_stands_after_the_one_it_is_put_after(journey, head):
    first, second = journey.steps.all()[:2]
    new = {"title": "They tell a friend", "agency": "Friends"}
    add_step(journey, after=first, by=head, **new)
    assert titles(journey)[:3] == [first.title, "They tell a friend", second.title]
    assert [s.number for s in journey.steps.all()] == list(range(1, 16))
    remove_step(first, by=head)
    assert titles(journey)[0] == "They tell a friend"
    assert journey.steps.first().number == 1


def test_a_step_can_be_moved_to_the_front(journey, head):
    last = journey.steps.last()
    change_step(last, seen=1, after=None, by=head, **words(last))
    assert titles(journey)[0] == last.title


def test_two_people_changing_one_step_lose_no_words(journey, head, analyst):
    step = journey.steps.first()
    change_step(step, seen=1, after=None, by=analyst, **words(step, title="Theirs"))
    with pytest.raises(StepChanged) as clash:
        change_step(step, seen=1, after=None, by=head, **words(step, title="Mine"))
    assert clash.value.theirs.title == "Theirs"
    assert titles(journey)[0] == "Theirs"


def test_the_page_shows_both_wordings_and_saving_again_puts_mine(
    client, journey, head, analyst
):
    step = journey.steps.first()
    change_step(step, seen=1, after=None, by=analyst, **words(step, title="Theirs"))
    client.force_login(head)
    typed = {"title": "Mine", "agency": step.agency, "counts": "people", "seen": 1}
    page = client.post(to(journey, "journey_step", step.pk), typed)
    assert page.status_code == 409
    assert "Theirs" in page.text
    assert 'value="Mine"' in page.text
    page = client.post(to(journey, "journey_step", step.pk), typed | {"seen": 2})
    assert page.status_code == 302
    assert titles(journey)[0] == "Mine"


def test_an_indicator_of_another_partnership_cannot_be_linked(
    journey, add_one, head, outsider
):
    foreign = add_one()
    foreign.partnership = outsider.membership.partnership
    with pytest.raises(NotAllowed, match="is not an indicator of"):
        add_indicator(
            journey.steps.first(),
            title="Theirs",
            better="up",
            indicator=foreign,
            by=head,
        )


def test_what_is_counted_answers_what_is_asked(journey, head):
    hearing = journey.steps.get(title="First hearing")
    before = kinds(journey).count("step without indicator")
    add_indicator(hearing, title="Days to first hearing", better="down", by=head)
    assert kinds(journey).count("step without indicator") == before - 1
    remove_indicator(hearing.indicators.get(), by=head)
    assert kinds(journey).count("step without indicator") == before


def test_one_thing_is_counted_once_at_a_step(journey, head):
    recorded = journey.steps.get(title="The crime is recorded")
    with pytest.raises(NotAllowed, match="already"):
        add_indicator(recorded, title="recorded CRIME", better="up", by=head)


def test_an_indicator_at_no_step_of_any_map_is_an_orphan(journey, add_one, head):
    kept = add_one(title="Calls answered")
    assert orphans_of(journey, public=False) == ["Calls answered"]
    other = begin(journey.partnership, "witness", by=head)
    step = other.steps.first()
    add_indicator(step, title=kept.title, better="up", indicator=kept, by=head)
    assert orphans_of(journey, public=False) == []


def test_an_indicator_that_is_not_public_is_nobodys_orphan_outside(
    client, journey, add_one, head
):
    add_one(title="Kept to ourselves", public=False)
    publish(journey, public=True, by=head)
    assert "Kept to ourselves" not in client.get(to(journey)).text
    client.force_login(head)
    assert "Kept to ourselves" in client.get(to(journey)).text


def test_a_public_map_links_only_indicators_that_are(
    client, add_one, partnership, head
):
    add_one(title="Recorded crime")
    add_one(title="Charge rate", public=False)
    journey = begin(partnership, "victim", by=head)
    publish(journey, public=True, by=head)
    page = client.get(to(journey)).text
    assert ">Recorded crime</a>" in page
    assert ">Charge rate</a>" not in page
    assert "Charge rate" in page


def test_the_picture_has_a_lane_for_each_agency_and_the_steps_in_order(journey):
    steps = shown(steps_of(journey), may_follow=())
    picture = picture_of(steps)
    assert len(picture.boxes) == 14
    assert len(picture.lanes) == len({each.step.agency for each in steps})
    downwards = [box.y for box in picture.boxes]
    assert downwards == sorted(downwards)
    assert sum(way.unlike for way in picture.ways) == sum(bool(s.lost) for s in steps)
    assert "Nothing is counted at step 8, 12." in picture.description
    assert max(box.x + box.width for box in picture.boxes) <= picture.width


def test_a_map_without_steps_says_what_to_do(client, journey, head):
    journey.steps.all().delete()
    assert picture_of([]) is None
    client.force_login(head)
    assert "Add the first step" in client.get(to(journey)).text


def test_a_wait_needs_its_source(client, journey, head):
    step = journey.steps.first()
    client.force_login(head)
    page = client.post(
        to(journey, "journey_step", step.pk),
        {"title": "T", "agency": "A", "wait": "40", "seen": 1},
    )
    assert page.status_code == 422
    assert "Say who says how long people wait." in page.text
    assert 'value="40"' in page.text


def test_a_step_left_empty_says_what_to_write(client, journey, head):
    client.force_login(head)
    page = client.post(to(journey, "add_journey_step"), {"seen": 0})
    assert page.status_code == 422
    assert "Say what happens." in page.text
    assert "Say who holds this step." in page.text


def test_too_long_a_wait_is_said_on_the_page(client, journey, head):
    step = journey.steps.get(title="First contact, and needs assessed")
    after = journey.steps.get(number=step.number - 1)
    late = words(step, wait=4.5, wait_source="Police, 2026")
    change_step(step, seen=1, after=after, by=head, **late)
    client.force_login(head)
    page = client.get(to(journey)).text
    assert "People wait 4.5 days" in page
    assert "Too long" in page


def test_what_is_counted_is_added_and_taken_out_by_the_page(client, journey, head):
    client.force_login(head)
    step = journey.steps.get(title="First hearing")
    address = to(journey, "add_step_indicator", step.pk)
    page = client.post(address, {"better": "up"})
    assert page.status_code == 422
    assert "Choose an indicator, or write what is counted." in page.text
    client.post(address, {"title": "Days to it", "better": "down"})
    counted = step.indicators.get()
    assert (counted.title, counted.better) == ("Days to it", "down")
    client.post(to(journey, "remove_step_indicator", step.pk, counted.pk))
    assert not step.indicators.exists()


def test_the_table_to_take_away_has_a_row_for_each_indicator(client, journey, head):
    client.force_login(head)
    lines = client.get(to(journey, "journey_table", "csv")).text.splitlines()
    assert lines[0].lstrip("\ufeff").startswith("Step,What happens,Agency")
    assert len([line for line in lines if line.startswith("9,Trial,Courts")]) == 3
    (empty,) = [line for line in lines if line.startswith("8,")]
    assert "[x]" in empty


def test_a_stranger_path_cannot_be_begun(client, head):
    client.force_login(head)
    address = reverse("performance:begin_journey", args=["tourist"])
    assert client.post(address).status_code == 404


def test_the_list_offers_only_what_is_not_begun(client, journey, head):
    client.force_login(head)
    page = client.get(reverse("performance:journeys")).text
    assert "Begin another" in page
    assert "begin/dual-role/" in page
    assert "begin/victim/" not in page
    client.logout()
    assert "No journey map yet" in client.get(reverse("performance:journeys")).text
