"""
Taking words out of a response for good: from its text, its points, and what quotes it.

What stays is that something stood there, how long it was, what kind of thing, and why
it went. Points keep their place: ranges move with the text.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from saferplan.consultations.redaction import Redacted, find_again, redact
from saferplan.consultations.redaction import Redaction as Run
from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    Answer,
    Consultation,
    Point,
    Redaction,
    Response,
    ResponseDocument,
)
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.layouts import check_every_character
from saferplan.web.consultations.services.republishing import forget_in_reports
from saferplan.web.consultations.services.responding import locked, tell
from saferplan.web.consultations.services.unreading import forget_in_readings
from saferplan.web.consultations.words_of import Place, places_of
from saferplan.web.partnerships.models import Person

# Where a consultation fixed no reasons of its own before it was launched.
REASONS = (
    "It identifies a person",
    "It could put somebody in danger",
    "It could prejudice a case before the courts",
    "It is abusive, or hateful of a group of people",
)
Move = Callable[[int], int]


def reasons_of(consultation: Consultation) -> list[str]:
    return [str(each) for each in consultation.reasons] or list(REASONS)


@dataclass(frozen=True)
class Chosen:
    """A run of one text of a response: where it stands, and what it is."""

    key: str
    start: int
    end: int
    kind: str = "words"


@transaction.atomic
def redact_words(
    response: Response, chosen: Iterable[Chosen], *, reason: str, by: Person
) -> int:
    """
    Take these runs out, and the same words wherever else the response has them.

    Return how many runs went. Raises NotAllowed for a reason that was not fixed before
    the launch, and if there is nothing to take out.
    """
    response = locked(response)
    check_can_read(by, response.consultation)
    if reason not in reasons_of(response.consultation):
        raise NotAllowed("Choose one of the reasons that were fixed before the launch.")
    places = places_of(response)
    runs = runs_in(places, list(chosen))
    if not any(runs.values()):
        raise NotAllowed("Choose what to take out, or give words that stand there.")
    words = [
        place.text[run.start : run.end] for place in places for run in runs[place.key]
    ]
    gone: Counter[str] = Counter()
    for place in places:
        again = [find_again(place.text, [word], "words") for word in words]
        here = [*runs[place.key], *(run for found in again for run in found)]
        gone.update(take_out(response, place, here, reason=reason, by=by))
    forget_in_readings(response, words)
    forget_in_reports(response.consultation, words, kind="words")
    tell(
        response,
        "took words out of the response",
        by=by,
        detail={"reason": reason, "kinds": dict(sorted(gone.items()))},
    )
    return sum(gone.values())


def runs_in(places: list[Place], chosen: list[Chosen]) -> dict[str, list[Run]]:
    return {
        place.key: [
            Run(each.start, each.end, each.kind)
            for each in chosen
            if each.key == place.key and 0 <= each.start < each.end <= len(place.text)
        ]
        for place in places
    }


def with_words(response: Response, words: str) -> list[Chosen]:
    """Every run of a response that has these words, whatever their case and spaces."""
    return [
        Chosen(place.key, run.start, run.end)
        for place in places_of(response)
        for run in find_again(place.text, [words], "words")
    ]


def take_out(
    response: Response, place: Place, runs: list[Run], *, reason: str, by: Person
) -> Counter[str]:
    """Take runs out of one text, and move what is measured in it."""
    if not runs:
        return Counter()
    result = redact(place.text, runs)
    place.put(result.text)
    move = moving(result)
    if isinstance(place.row, ResponseDocument) and place.field == "text":
        move_document(place.row, move)
    if isinstance(place.row, Answer):
        move_points(place.row.points.all(), place.row.text, move)
    Redaction.objects.bulk_create(
        Redaction(
            response=response,
            where=place.title[:100],
            start=each.at,
            length=each.length,
            kind=each.kind[:40],
            reason=reason,
            by=by,
            at=timezone.now(),
        )
        for each in result.log
    )
    return Counter(each.kind for each in result.log)


def moving(result: Redacted) -> Move:
    """
    Return where a place of the old text is in the new one.

    What lay within a run that went is at the end of its mark.

    >>> from saferplan.consultations.redaction import Redaction, redact
    >>> move = moving(redact("Ring Ann now.", [Redaction(5, 8, "name")]))
    >>> [move(place) for place in (0, 5, 6, 8, 13)]
    [0, 5, 21, 21, 26]
    """
    runs: list[tuple[int, int, int]] = []  # old start, old end, how far the rest moves
    moved = 0
    for each in result.log:
        start = each.at - moved
        moved += len(f"[redacted: {each.kind}]") - each.length
        runs.append((start, start + each.length, moved))
    starts = [start for start, _, _ in runs]

    def move(at: int) -> int:
        number = bisect_right(starts, at) - 1
        if number < 0:
            return at
        start, end, beyond = runs[number]
        if at == start:
            return at + (runs[number - 1][2] if number else 0)
        return max(at, end) + beyond

    return move


def move_document(document: ResponseDocument, move: Move) -> None:
    """Move every range in a document: points, what holds none, earlier splits."""
    move_points(document.points.all(), document.text, move)
    for empty in document.without_point.all():
        empty.start, empty.end = move(empty.start), move(empty.end)
        if empty.end > empty.start:
            empty.save(update_fields=["start", "end"])
        else:
            empty.delete()
    for before in document.earlier_splits.all():
        for row in [*before.layout["points"], *before.layout["without"]]:
            row["start"], row["end"] = move(row["start"]), move(row["end"])
        before.layout["without"] = [
            row for row in before.layout["without"] if row["end"] > row["start"]
        ]
        before.save(update_fields=["layout"])
    document.reading = moved_reading(document.reading, move)
    # The file's digest would tell whoever has the file whose words these were.
    document.sha256 = ""
    document.edition += 1
    document.save(update_fields=["reading", "sha256", "edition"])
    check_every_character(document)


def moved_reading(reading: dict[str, Any], move: Move) -> dict[str, Any]:
    rows = {
        name: [
            {**row, "start": move(row["start"]), "end": move(row["end"])}
            for row in reading.get(name, [])
        ]
        for name in ("headings", "references")
    }
    return {**reading, **rows}


def move_points(points: Iterable[Point], text: str, move: Move) -> None:
    for point in points:
        point.start, point.end = move(point.start), move(point.end)
        if point.removed_at is None:
            point.text = text[point.start : point.end].strip()
        point.save(update_fields=["start", "end", "text"])
