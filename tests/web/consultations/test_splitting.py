"""A document in points: every character in one range, whatever is done to it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Response
from saferplan.web.consultations.services.layouts import (
    check_every_character,
    ranges_of,
)
from saferplan.web.consultations.services.splitting import (
    confirm,
    confirm_none,
    hold_none,
    make_point,
    merge,
    place,
    settle,
    split,
    undo,
)
from saferplan.web.consultations.services.taking_in import (
    Received,
    take_in_document,
)
from saferplan.web.core.models import Event

pytestmark = pytest.mark.django_db

LETTER = """\
A reply to the draft

Keep the counters open. It is a long way to the next one.

- More lighting in the parks.

Say what the measures cost.
"""


def received(**words):
    words.setdefault("kind", Response.Kind.ORGANISATION)
    words.setdefault("channel", Response.Channel.EMAIL)
    words.setdefault("on", timezone.localdate() - timedelta(days=1))
    words.setdefault("voice", {"body": "Example Tenants’ Association"})
    return Received(**words)


def taken_in(consultation, by, text=LETTER, *, token=None, **words):
    return take_in_document(
        consultation,
        text.encode(),
        "reply.txt",
        received(**words),
        token=token or uuid4(),
        by=by,
    )


@pytest.fixture
def document(consultation, analyst):
    return taken_in(consultation, analyst).document


def points(document):
    return list(document.points.filter(removed_at=None))


def point_with(document, words):
    return next(point for point in points(document) if words in point.text)


def cut_after(document, words):
    return document.text.index(words) + len(words)


def test_every_character_is_in_one_range_from_the_start(document):
    check_every_character(document)
    assert (
        "".join(document.text[start:end] for start, end in sorted(ranges_of(document)))
        == document.text
    )


def test_the_same_form_sent_again_is_one_response(consultation, analyst):
    token = uuid4()
    first = taken_in(consultation, analyst, token=token)
    assert taken_in(consultation, analyst, "Other.", token=token).pk == first.pk
    assert Event.objects.filter(what__startswith="took in").count() == 1


def test_a_point_is_split_at_a_sentence_and_merged_again(document, analyst):
    point = point_with(document, "counters")
    cut = cut_after(document, "Keep the ")
    document = split(document, point, [cut], seen=0, by=analyst)
    assert point_with(document, "Keep the").text == "Keep the"
    document = merge(document, point, seen=1, by=analyst)
    assert point_with(document, "counters").text == point.text
    assert not document.points.exclude(removed_at=None).exclude(text="").exists()


def test_two_people_do_not_change_the_same_split(document, analyst, head):
    point = point_with(document, "lighting")
    hold_none(document, point, why="It is about parks.", seen=0, by=analyst)
    with pytest.raises(NotAllowed, match="Somebody changed"):
        hold_none(document, point, why="Not here.", seen=0, by=head)


def test_a_change_is_undone_with_the_place_it_had(document, consultation, analyst):
    point = point_with(document, "lighting")
    question = consultation.questions.first()
    document = place(document, point, question=question, seen=0, by=analyst)
    document = hold_none(document, point, why="A slip.", seen=1, by=analyst)
    assert not any("lighting" in each.text for each in points(document))
    document = undo(document, seen=2, by=analyst)
    again = point_with(document, "lighting")
    assert (again.pk, again.question, again.placed_by) == (point.pk, question, analyst)
    document = undo(document, seen=3, by=analyst)
    assert not point_with(document, "lighting").is_placed
    with pytest.raises(NotAllowed, match="nothing to undo"):
        undo(document, seen=4, by=analyst)


def test_what_held_none_can_become_a_point_and_keeps_its_number(document, analyst):
    point = point_with(document, "lighting")
    document = hold_none(document, point, why="A slip.", seen=0, by=analyst)
    empty = document.without_point.get(start=point.start)
    document = make_point(document, empty, seen=1, by=analyst)
    assert point_with(document, "lighting").pk == point.pk


def test_a_reason_is_needed_where_there_is_no_point(document, analyst):
    with pytest.raises(NotAllowed, match="Say why"):
        hold_none(document, points(document)[0], why=" ", seen=0, by=analyst)


def test_a_document_is_settled_when_a_person_placed_every_point(document, analyst):
    with pytest.raises(NotAllowed, match="no place that a person confirmed"):
        settle(document, seen=0, by=analyst)
    for seen, point in enumerate(points(document)):
        document = place(document, point, about_whole=True, seen=seen, by=analyst)
    settle(document, seen=document.edition, by=analyst)
    document.refresh_from_db()
    assert document.settled_by == analyst
    # Any change opens it again.
    document = merge(document, points(document)[0], seen=document.edition, by=analyst)
    assert document.settled_at is None


def test_what_was_suggested_is_confirmed_by_a_person(document, consultation, analyst):
    point = point_with(document, "counters")
    point.question = consultation.questions.first()
    point.save()
    assert not point.is_placed
    document = confirm(document, [point], seen=0, by=analyst)
    assert point_with(document, "counters").is_placed
    with pytest.raises(NotAllowed, match="no place yet"):
        confirm(document, [point_with(document, "lighting")], seen=1, by=analyst)
    empty = document.without_point.first()
    document = confirm_none(document, empty, seen=1, by=analyst)
    assert document.without_point.first().by == analyst


def test_a_place_in_another_consultation_is_refused(document, closed, analyst):
    with pytest.raises(NotAllowed, match="another consultation"):
        place(
            document,
            points(document)[0],
            question=closed.questions.first(),
            seen=0,
            by=analyst,
        )


def test_somebody_without_the_role_changes_nothing(document, councillor):
    with pytest.raises(NotAllowed):
        merge(document, points(document)[0], seen=0, by=councillor)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.sampled_from("smnpu"), st.integers(0, 99)), max_size=8))
def test_no_way_of_splitting_loses_a_character(consultation, analyst, changes):
    document = taken_in(consultation, analyst).document
    for kind, number in changes:
        try:
            document = changed(document, kind, number, analyst)
        except NotAllowed:
            continue
        check_every_character(document)
        for point in points(document):
            assert point.text == document.text[point.start : point.end].strip()


def changed(document, kind, number, by):
    there, seen = points(document), document.edition
    empties = list(document.without_point.all())
    if kind == "u":
        return undo(document, seen=seen, by=by)
    if kind == "p" and empties:
        return make_point(document, empties[number % len(empties)], seen=seen, by=by)
    if not there:
        raise NotAllowed("Nothing there.")
    point = there[number % len(there)]
    if kind == "s":
        middle = (point.start + point.end) // 2
        return split(document, point, [middle], seen=seen, by=by)
    if kind == "m":
        return merge(document, point, seen=seen, by=by)
    return hold_none(document, point, why="None.", seen=seen, by=by)
