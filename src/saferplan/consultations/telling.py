"""Tell a response in lines that a person can check against the file."""

from collections.abc import Iterator, Sequence

from saferplan.consultations.anchors import Anchor
from saferplan.consultations.placing import Placement
from saferplan.consultations.points import Point
from saferplan.consultations.responses import Response, counts
from saferplan.plurals import plural

SHOWN = 160  # characters of a point, and
NAMED = 60  # of a place's words


def tell(response: Response, anchors: Sequence[Anchor] = ()) -> Iterator[str]:
    """Return what was read, a line each: the file, the sums, and each point."""
    document, found = response.document, counts(response)
    pages = f", {plural(document.pages, 'page')}" if document.pages else ""
    size = plural(len(document.text), "character")
    yield f"{document.name}: {document.kind}{pages}, {size}."
    kinds = ", ".join(f"{n} {kind}" for kind, n in found["kinds"].items())
    yield (
        f"{plural(found['points'], 'point')} ({kinds or 'none'}) in "
        f"{plural(found['characters_in_points'], 'character')}."
    )
    without = ", ".join(f"{r} {n:,}" for r, n in found["characters_without"].items())
    yield f"Characters without a point: {without or 'none'}."
    yield f"Characters left over: {found['characters_left_over']:,}."
    yield from document.unread
    if anchors:
        yield (
            f"Placed on the draft: {found['points_placed']} of "
            f"{plural(found['points'], 'point')}; {found['points_placed_surely']} by "
            f"a number, a name or a question, the others are suggestions."
        )
    by_id = {anchor.id: anchor for anchor in anchors}
    for point in response.points:
        yield ""
        yield from tell_point(point)
        for placement in response.of_point(point.number):
            yield f"   {where(placement, by_id)}"


def tell_point(point: Point) -> Iterator[str]:
    ranges = ", ".join(f"{start}–{end}" for start, end in point.ranges)
    page = f", page {point.page}" if point.page else ""
    under = f", under “{point.under[-1]}”" if point.under else ""
    words = ", ".join(f"“{signal.words}”" for signal in point.signals)
    yield f"{point.number}. {point.kind} ({ranges}{page}{under})"
    yield f"   {shortened(point.text, SHOWN)}"
    if words:
        yield f"   told by {words}"


def where(placement: Placement, anchors: dict[str, Anchor]) -> str:
    named = [
        f"{anchor.label} {shortened(anchor.text, NAMED)}".strip()
        for anchor in (anchors[each] for each in placement.anchors)
    ]
    if not named:
        return f"no place: {placement.why}"
    sure = "" if placement.sure else "perhaps "
    of = "" if placement.how == "words" else f" for “{shortened(placement.of, NAMED)}”"
    return f"→ {sure}{' | '.join(named)}{of}. {placement.why}"


def shortened(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
