"""Where everything stands in the picture of a control chart."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from saferplan.web.core.pages import number
from saferplan.web.performance.chart import Reading
from saferplan.web.performance.sheet import Sheet

WIDTH, HEIGHT = 480, 260
LEFT, RIGHT, TOP, BOTTOM = 52, 82, 12, 34
TICKS = 5  # levels named at the left, about
LABELS = 4  # periods named below, at most
APART = 15  # between two names at the right
MARKS = {"improvement": "square", "concern": "diamond"}
MARKS |= {"high": "diamond", "low": "diamond"}

UNUSUAL = {
    "improvement": "Better than chance",
    "concern": "Worse than chance",
    "high": "Higher than chance",
    "low": "Lower than chance",
}
NAMED = 6  # periods that a description lists by name

Point = tuple[float, float] | None


@dataclass(frozen=True)
class Dot:
    """A figure: a circle, or the mark of what the chart finds unusual."""

    x: float
    y: float
    mark: str


@dataclass(frozen=True)
class Word:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Picture:
    """
    Lines as SVG paths. A line breaks where a figure is missing: it is never guessed.

    missing  where a period without a figure is
    key      what the marks mean, of those there are
    breaks   where the source of the figures changes
    across   the levels of the grid; `along`, the periods; `names`, of the lines
    """

    line: str
    upper: str
    lower: str
    mean: str
    target: str
    dots: tuple[Dot, ...]
    missing: tuple[Word, ...]
    key: str
    across: tuple[Word, ...]
    along: tuple[Word, ...]
    names: tuple[Word, ...]
    breaks: tuple[float, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


@dataclass(frozen=True)
class Frame:
    """From periods and levels to places in the picture."""

    periods: int
    low: float
    high: float
    box: tuple[float, float, float, float] = (LEFT, TOP, WIDTH - RIGHT, HEIGHT - BOTTOM)

    def x(self, at: int) -> float:
        left, _top, right, _bottom = self.box
        return round(left + (right - left) * at / max(self.periods - 1, 1), 1)

    def y(self, level: float) -> float:
        _left, top, _right, bottom = self.box
        share = (level - self.low) / (self.high - self.low)
        return round(bottom - share * (bottom - top), 1)

    def points(self, levels: Iterable[float | None]) -> list[Point]:
        return [
            (self.x(at), self.y(level))
            if level is not None and math.isfinite(level)
            else None
            for at, level in enumerate(levels)
        ]


def picture_of(sheet: Sheet) -> Picture | None:
    """Lay out the picture of a sheet; None with fewer than two figures."""
    reading, figures = sheet.reading, sheet.figures
    if reading is None:
        return None
    values = [each.value for each in figures]
    target = sheet.indicator.target
    ticks = ticks_over([*values, *reading.lower, *reading.upper, target])
    frame = Frame(len(figures), ticks[0], ticks[-1])
    places = places_of(ticks)
    return Picture(
        line=path(frame.points(values)),
        upper=path(frame.points(reading.upper)),
        lower=path(frame.points(reading.lower)),
        mean=path(frame.points([reading.mean] * len(figures))),
        target=path(frame.points([target] * len(figures))),
        dots=tuple(
            Dot(*point, MARKS.get(kind, "circle"))
            for point, kind in zip(frame.points(values), reading.kinds, strict=True)
            if point
        ),
        missing=tuple(
            Word(frame.x(at), HEIGHT - BOTTOM - 4, "?")
            for at, value in enumerate(values)
            if value is None
        ),
        key=key_of(reading, values),
        across=tuple(
            Word(LEFT - 7, frame.y(each), number(each, places)) for each in ticks
        ),
        along=tuple(
            Word(frame.x(at), HEIGHT - 10, f"{figures[at].period:%b %Y}")
            for at in named(len(figures))
        ),
        names=names_of(reading, target, frame),
        breaks=tuple(
            round((frame.x(at - 1) + frame.x(at)) / 2, 1)
            for at in sheet.changes_of_source
        ),
    )


def key_of(reading: Reading, values: Sequence[float | None]) -> str:
    """What the marks mean that are in the picture."""
    said = [
        f"A {MARKS[kind]} is {words.lower()} would make it."
        for kind, words in UNUSUAL.items()
        if kind in reading.kinds
    ]
    if None in values:
        said.append("A question mark is a period without a figure.")
    return " ".join(said)


def path(points: Sequence[Point]) -> str:
    """
    An SVG path that lifts the pen where there is no point.

    >>> path([(0, 1), (2, 3), None, (6, 7)])
    'M0 1 L2 3 M6 7'
    """
    steps, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        steps.append(f"{pen}{point[0]:g} {point[1]:g}")
        pen = "L"
    return " ".join(steps)


def ticks_over(levels: Iterable[float | None]) -> list[float]:
    """
    Round numbers that reach over all levels.

    >>> ticks_over([61, 78, None])
    [60, 65, 70, 75, 80]
    """
    known = [each for each in levels if each is not None and math.isfinite(each)]
    low, high = min(known), max(known)
    if low >= 0 and low < (high - low):
        low = 0
    rough = (high - low or abs(high) or 1) / (TICKS - 1)
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    last = max(last, first + 1)
    return [tidy(step * each) for each in range(first, last + 1)]


def tidy(level: float) -> float:
    rounded = round(level, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def places_of(ticks: Sequence[float]) -> int:
    """The decimals that tell the ticks apart."""
    return max(len(f"{each:g}".partition(".")[2]) for each in ticks)


def named(periods: int) -> list[int]:
    """Which periods have their name below: the last, and some at even steps back."""
    step = max(1, math.ceil(periods / LABELS))
    return list(range(periods - 1, -1, -step))[::-1]


def names_of(reading: Reading, target: float | None, frame: Frame) -> tuple[Word, ...]:
    """The lines' names at the right, none over another."""
    levels = [
        ("Upper limit", reading.upper[-1]),
        ("Mean", reading.mean),
        ("Lower limit", reading.lower[-1]),
        ("Target", target),
    ]
    found = sorted(
        (frame.y(level), text)
        for text, level in levels
        if level is not None and math.isfinite(level)
    )
    words: list[Word] = []
    for y, text in found:
        above = words[-1].y + APART if words else TOP
        words.append(Word(WIDTH - RIGHT + 8, round(max(y + 4, above), 1), text))
    return tuple(words)


def description_of(sheet: Sheet) -> str:
    """What the picture shows, for who cannot see it."""
    reading, figures = sheet.reading, sheet.figures
    if reading is None:
        return ""
    low, high = sheet.number(reading.lower[-1]), sheet.number(reading.upper[-1])
    said = [
        f"A line of {len(figures)} periods from {figures[0].label} to "
        f"{figures[-1].label}. The newest is {sheet.stands}.",
        f"The mean is {sheet.number(reading.mean)}, and the limits now run from {low} "
        f"to {high}.",
    ]
    for kind, words in UNUSUAL.items():
        found = [
            f.label for f, k in zip(figures, reading.kinds, strict=True) if k == kind
        ]
        if found:
            said.append(f"{words}: {listed(found)}.")
    gaps = [each.label for each in figures if each.value is None]
    if gaps:
        said.append(f"Without a figure: {listed(gaps)}.")
    return " ".join(said)


def listed(labels: Sequence[str]) -> str:
    shown = ", ".join(labels[:NAMED])
    more = len(labels) - NAMED
    return f"{shown} and {more} more" if more > 0 else shown
