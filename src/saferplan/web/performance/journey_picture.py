"""Where everything stands in the picture of a journey: lanes across, steps down."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from saferplan.web.core.pages import plural
from saferplan.web.performance.journey_map import Shown

WIDTH, HEAD, ROW, BOX, MARGIN = 1060, 62, 92, 68, 6
WIDEST = 230  # a lane; with few agencies the picture is narrower
LETTER = 6.6  # the width of one, at the size of the picture's words


@dataclass(frozen=True)
class Lane:
    x: float
    words: tuple[str, ...]
    middle: float
    is_shaded: bool


@dataclass(frozen=True)
class Box:
    """
    A step in the lane of its agency.

    note      what is counted there, or how long people wait
    is_empty  nothing is counted there
    """

    x: float
    y: float
    width: float
    middle: float
    number: int
    words: tuple[str, ...]
    note: str
    is_empty: bool
    too_long: bool


@dataclass(frozen=True)
class Way:
    """From a step to the next; `unlike` where the two sides count differently."""

    path: str
    x: float
    y: float
    unlike: bool


@dataclass(frozen=True)
class JourneyPicture:
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]
    width: float
    height: float
    description: str


def picture_of(steps: Sequence[Shown]) -> JourneyPicture | None:
    """Lay out the picture; None without steps."""
    if not steps:
        return None
    agencies = list(dict.fromkeys(each.step.agency for each in steps))
    wide = min(WIDTH / len(agencies), WIDEST)
    letters = int((wide - 4 * MARGIN) / LETTER)
    boxes = tuple(
        box(each, at, agencies.index(each.step.agency) * wide, wide, letters)
        for at, each in enumerate(steps)
    )
    return JourneyPicture(
        lanes=tuple(
            Lane(
                x=at * wide,
                words=wrapped(agency, letters, 3),
                middle=(at + 0.5) * wide,
                is_shaded=at % 2 == 0,
            )
            for at, agency in enumerate(agencies)
        ),
        boxes=boxes,
        ways=tuple(
            way(one, other, unlike=bool(steps[at + 1].lost))
            for at, (one, other) in enumerate(zip(boxes, boxes[1:], strict=False))
        ),
        width=wide * len(agencies),
        height=HEAD + ROW * len(steps),
        description=described(steps, agencies),
    )


def box(each: Shown, at: int, left: float, wide: float, letters: int) -> Box:
    return Box(
        x=round(left + MARGIN, 1),
        y=HEAD + at * ROW + (ROW - BOX) / 2,
        width=round(wide - 2 * MARGIN, 1),
        middle=round(left + wide / 2, 1),
        number=each.number,
        words=wrapped(f"{each.number}. {each.step.title}", letters, 3),
        note=note(each),
        is_empty=not each.counted,
        too_long=each.too_long,
    )


def note(each: Shown) -> str:
    if each.too_long:
        return f"{each.step.wait:g} days’ wait"
    many = len(each.counted)
    return plural(many, "indicator") if many else "Nothing counted"


def way(one: Box, other: Box, *, unlike: bool) -> Way:
    top, bottom = one.y + BOX, other.y
    middle = (top + bottom) / 2
    path = f"M{one.middle:g} {top:g}V{middle:g}H{other.middle:g}V{bottom:g}"
    return Way(path, round((one.middle + other.middle) / 2, 1), middle, unlike)


def wrapped(text: str, letters: int, lines: int) -> tuple[str, ...]:
    """
    Break words into lines that fit, the last with an ellipsis if they are too many.

    >>> wrapped("1. Decision to charge", 12, 2)
    ('1. Decision', 'to charge')
    """
    return tuple(
        textwrap.wrap(
            text,
            max(letters, 8),
            max_lines=lines,
            placeholder="…",
            break_long_words=True,
        )
    )


def described(steps: Sequence[Shown], agencies: Sequence[str]) -> str:
    empty = [str(each.number) for each in steps if not each.counted]
    unlike = [str(each.number) for each in steps if each.lost]
    return " ".join(
        [
            f"A picture of {len(steps)} steps, from “{steps[0].step.title}” to "
            f"“{steps[-1].step.title}”, each in the lane of its agency: "
            f"{', '.join(agencies)}.",
            f"Nothing is counted at step {', '.join(empty)}." if empty else "",
            f"What is counted changes on the way to step {', '.join(unlike)}."
            if unlike
            else "",
            "The table has every step in words.",
        ]
    )
