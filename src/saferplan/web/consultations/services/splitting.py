"""
Splitting a document into points, so that each of its characters is accounted for.

Each change is checked for that before it is kept (`services.layouts` has the rule), can
be undone, and is refused to somebody who was looking at an earlier split.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    NoPoint,
    Passage,
    Point,
    Question,
    ResponseDocument,
    SplitBefore,
)
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.layouts import (
    PLACE,
    check_every_character,
    layout_of,
    put_back,
    remove,
    set_range,
    words,
)
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person

Change = Callable[..., ResponseDocument]
ADVICE = "Look at it as it is now, and do it again there."


def one_change(what: str) -> Callable[[Callable[..., None]], Change]:
    """
    Make a function one change of a split: locked, allowed, undoable, checked, recorded.

    The change is asked with `seen`, the edition its person was looking at, and `by`.
    """

    def decorate(change: Callable[..., None]) -> Change:
        @wraps(change)
        @transaction.atomic
        def changed(
            document: ResponseDocument,
            *args: Any,
            seen: int,
            by: Person,
            **kwargs: Any,
        ) -> ResponseDocument:
            document = locked(document)
            check_can_read(by, document.response.consultation)
            check_nobody_changed_it(document, seen)
            before = layout_of(document)
            change(document, *args, by=by, **kwargs)
            check_every_character(document)
            keep_edition(document)
            SplitBefore.objects.create(
                document=document,
                edition=document.edition,
                what=what,
                layout=before,
                by=by,
                at=timezone.now(),
            )
            tell(document, what, by=by)
            return document

        return changed

    return decorate


def check_nobody_changed_it(document: ResponseDocument, seen: int) -> None:
    if document.edition != seen:
        raise NotAllowed(
            f"Somebody changed the split of this document meanwhile. {ADVICE}"
        )


def keep_edition(document: ResponseDocument) -> None:
    """Another edition of the split, which nobody has settled."""
    document.edition += 1
    document.settled_at = document.settled_by = None
    document.save(update_fields=["edition", "settled_at", "settled_by"])


@one_change("split a point of")
def split(
    document: ResponseDocument, point: Point, at: list[int], *, by: Person
) -> None:
    """Begin a new point at each of these places. The parts keep the point's place."""
    point = point_of(document, point)
    places = sorted({place for place in at if point.start < place < point.end})
    if not places:
        raise NotAllowed("Choose at least one sentence with which a new point begins.")
    ends = [*places, point.end]
    set_range(document, point, point.start, ends[0])
    for start, end in zip(places, ends[1:], strict=True):
        Point.objects.create(
            response=document.response,
            document=document,
            start=start,
            end=end,
            text=words(document, start, end),
            kind=point.kind,
            **{name: getattr(point, name) for name in PLACE},
            placed_at=point.placed_at,
        )


@one_change("merged points of")
def merge(document: ResponseDocument, point: Point, *, by: Person) -> None:
    """Join a point with the one that follows it in the text."""
    point = point_of(document, point)
    after = document.points.filter(removed_at=None, start=point.end).first()
    if after is None:
        raise NotAllowed("No point follows directly. Make one of what is between.")
    remove(after)
    set_range(document, point, point.start, after.end)


@one_change("marked as holding no point a part of")
def hold_none(
    document: ResponseDocument, point: Point, *, why: str, by: Person
) -> None:
    """Say that a point is none, and why."""
    if not why.strip():
        raise NotAllowed("Say why there is no point in these words.")
    point = point_of(document, point)
    remove(point)
    NoPoint.objects.create(
        document=document,
        start=point.start,
        end=point.end,
        why=why.strip()[:200],
        by=by,
    )


@one_change("made a point of a part of")
def make_point(document: ResponseDocument, empty: NoPoint, *, by: Person) -> None:
    """Say that a stretch does hold a point."""
    empty = stretch_of(document, empty)
    start, end = empty.start, empty.end
    empty.delete()
    # The point that it was before, if it was one: what refers to it finds it again.
    again = document.points.filter(start=start, end=end, removed_at__isnull=False)
    point = again.first() or Point(response=document.response, document=document)
    point.start, point.removed_at = start, None
    point.end, point.text = end, words(document, start, end)
    point.save()


@one_change("confirmed without a point a part of")
def confirm_none(document: ResponseDocument, empty: NoPoint, *, by: Person) -> None:
    empty = stretch_of(document, empty)
    empty.by = by
    empty.save(update_fields=["by"])


@one_change("placed a point of")
def place(
    document: ResponseDocument,
    point: Point,
    *,
    by: Person,
    question: Question | None = None,
    passage: Passage | None = None,
    about_whole: bool = False,
) -> None:
    """Say what a point is about: a question, a passage, both, or the whole."""
    put(document, [point], question, passage, about_whole, by)


@one_change("placed points of")
def place_together(
    document: ResponseDocument,
    points: list[Point],
    *,
    by: Person,
    question: Question | None = None,
    passage: Passage | None = None,
    about_whole: bool = False,
) -> None:
    """Say of several points that they are about the same."""
    if not points:
        raise NotAllowed("Tick the points that belong there.")
    put(document, points, question, passage, about_whole, by)


def put(
    document: ResponseDocument,
    points: list[Point],
    question: Question | None,
    passage: Passage | None,
    about_whole: bool,
    by: Person,
) -> None:
    if not (question or passage or about_whole):
        raise NotAllowed("Choose a question or a passage, or say it is of the whole.")
    consultation = document.response.consultation
    elsewhere = question and question.consultation_id != consultation.pk
    if elsewhere or (passage and passage.draft.consultation_id != consultation.pk):
        raise NotAllowed("That question or passage is of another consultation.")
    for each in points:
        point = point_of(document, each)
        point.question, point.passage = question, passage
        point.about_whole = about_whole and not (question or passage)
        confirm_one(point, by)


@one_change("confirmed points of")
def confirm(document: ResponseDocument, points: list[Point], *, by: Person) -> None:
    """Say that what was suggested for these points is right."""
    if not points:
        raise NotAllowed("Tick the points that are in their right place.")
    for each in points:
        point = point_of(document, each)
        if not (point.question_id or point.passage_id or point.about_whole):
            raise NotAllowed("One of these points has no place yet. Place it first.")
        confirm_one(point, by)


def confirm_one(point: Point, by: Person) -> None:
    point.placed_by, point.placed_at = by, timezone.now()
    point.save()


@transaction.atomic
def undo(document: ResponseDocument, *, seen: int, by: Person) -> ResponseDocument:
    """Take the newest change back. What was redacted stays redacted."""
    document = locked(document)
    check_can_read(by, document.response.consultation)
    check_nobody_changed_it(document, seen)
    last = document.earlier_splits.first()
    if last is None:
        raise NotAllowed("There is nothing to undo.")
    put_back(document, last.layout)
    check_every_character(document)
    last.delete()
    keep_edition(document)
    tell(document, "undid a change of", by=by)
    return document


@transaction.atomic
def settle(document: ResponseDocument, *, seen: int, by: Person) -> None:
    """Say that a document is wholly split. Raises NotAllowed while a point is open."""
    document = locked(document)
    check_can_read(by, document.response.consultation)
    check_nobody_changed_it(document, seen)
    check_every_character(document)
    points = document.points.filter(removed_at=None)
    open_points = sum(not point.is_placed for point in points)
    if open_points:
        raise NotAllowed(
            f"{open_points} of its points have no place that a person confirmed. "
            f"Place them, or say that they are about the whole."
        )
    document.settled_at, document.settled_by = timezone.now(), by
    document.save(update_fields=["settled_at", "settled_by"])
    tell(document, "settled the split of", by=by)


def point_of(document: ResponseDocument, point: Point) -> Point:
    found = document.points.filter(pk=point.pk, removed_at=None).first()
    if found is None:
        raise NotAllowed(f"That point is no longer there. {ADVICE}")
    return found


def stretch_of(document: ResponseDocument, empty: NoPoint) -> NoPoint:
    found = document.without_point.filter(pk=empty.pk).first()
    if found is None:
        raise NotAllowed(f"That stretch is no longer there. {ADVICE}")
    return found


def locked(document: ResponseDocument) -> ResponseDocument:
    rows = ResponseDocument.objects.select_related(
        "response__consultation__partnership"
    )
    return rows.select_for_update(of=("self",)).get(pk=document.pk)


def tell(document: ResponseDocument, what: str, *, by: Person) -> None:
    response = document.response
    record_event(
        what,
        f"the document of {response.reference}",
        by=by,
        partnership=response.consultation.partnership,
        link=reverse(
            "consultations:split", args=[response.consultation_id, response.pk]
        ),
        detail={"edition": document.edition},
    )
