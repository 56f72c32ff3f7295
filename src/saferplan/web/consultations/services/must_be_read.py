"""Points that statistics miss: of danger, of victims, of equality, of the law."""

from dataclasses import dataclass, field

from saferplan.definitions.vital_words import VitalWords, vital_words
from saferplan.web.consultations.models import Consultation, Point


@dataclass
class VitalPoint:
    """
    A point with a word of a list.

    runs  its text in runs: the words that told it are True
    """

    point: Point
    runs: list[tuple[str, bool]]


@dataclass
class VitalKind:
    """A kind of point that one person is enough for, and those found of it."""

    words: VitalWords
    points: list[VitalPoint] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return sum(not hasattr(each.point, "answered") for each in self.points)


def vital_points_in(consultation: Consultation) -> list[VitalKind]:
    """Find them in every point that counts, those not yet answered first."""
    # Two seconds to import, and only here.
    import pandas as pd

    from saferplan.methods.vital_points import vital

    points = {
        point.pk: point
        for point in Point.objects.standing()
        .filter(response__consultation=consultation)
        .select_related("response", "question", "passage", "answered__decision")
    }
    known = vital_words()
    kinds = {name: VitalKind(words) for name, words in known.items()}
    if not points:
        return list(kinds.values())
    found = vital(
        pd.Series({pk: point.text for pk, point in points.items()}, dtype=object),
        {name: words.words for name, words in known.items()},
    ).found
    for name, kind in kinds.items():
        rows = found[found["kind"] == name]
        for pk, of_point in rows.groupby("answer", sort=False):
            point = points[int(str(pk))]
            ranges = sorted(zip(of_point["start"], of_point["end"], strict=True))
            kind.points.append(VitalPoint(point, runs_of(point.text, ranges)))
        kind.points.sort(
            key=lambda each: (hasattr(each.point, "answered"), each.point.pk)
        )
    return list(kinds.values())


def runs_of(text: str, ranges: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """
    Cut a text where words were found in it.

    >>> runs_of("I am afraid here.", [(5, 11)])
    [('I am ', False), ('afraid', True), (' here.', False)]
    """
    runs, at = [], 0
    for start, end in ranges:
        if start < at:
            continue
        runs += [(text[at:start], False), (text[start:end], True)]
        at = end
    runs.append((text[at:], False))
    return [run for run in runs if run[0]]
