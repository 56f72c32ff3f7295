"""
How a document is laid out in points and in stretches that hold none.

Every character is in one point or in one such stretch, and in no more than one.
"""

from typing import Any

from django.utils import timezone

from saferplan.web.consultations.models import NoPoint, Point, ResponseDocument

# What of a point is undone with its range.
PLACE = ("question_id", "passage_id", "about_whole", "placed_by_id")


def check_every_character(document: ResponseDocument) -> None:
    """Each character is in one range and none in two, or it is a fault of ours."""
    at = 0
    for start, end in sorted(ranges_of(document)):
        assert start == at, f"characters {at} to {start} are in no range, or in two"
        at = end
    assert at == len(document.text), f"characters from {at} are in no range"


def ranges_of(document: ResponseDocument) -> list[tuple[int, int]]:
    points = document.points.filter(removed_at=None).values_list("start", "end")
    return [*points, *document.without_point.values_list("start", "end")]


def layout_of(document: ResponseDocument) -> dict[str, Any]:
    """Ranges and places, without a word: what `put_back` needs."""
    points = document.points.filter(removed_at=None)
    return {
        "points": list(points.values("pk", "start", "end", *PLACE)),
        "without": list(document.without_point.values("start", "end", "why", "by_id")),
    }


def put_back(document: ResponseDocument, layout: dict[str, Any]) -> None:
    kept = {row["pk"]: row for row in layout["points"]}
    for point in document.points.all():
        row = kept.get(point.pk)
        if row is None:
            if point.removed_at is None:
                remove(point)
            continue
        for name in PLACE:
            setattr(point, name, row[name])
        point.removed_at = None
        set_range(document, point, row["start"], row["end"])
    document.without_point.all().delete()
    NoPoint.objects.bulk_create(
        NoPoint(document=document, **row) for row in layout["without"]
    )


def set_range(document: ResponseDocument, point: Point, start: int, end: int) -> None:
    point.start, point.end = start, end
    point.text = words(document, start, end)
    point.save()


def remove(point: Point) -> None:
    """It keeps its number, for what refers to it, and no words: they are elsewhere."""
    point.removed_at, point.text = timezone.now(), ""
    point.save(update_fields=["removed_at", "text"])


def words(document: ResponseDocument, start: int, end: int) -> str:
    return document.text[start:end].strip()
