"""Where everything stands in the picture of a target's way."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from saferplan.web.core.pages import number
from saferplan.web.performance.picture import Word, path, places_of, ticks_over
from saferplan.web.performance.targets.explained import Way

WIDTH, HEIGHT = 480, 280
LEFT, RIGHT, TOP, BOTTOM = 66, 92, 14, 34
APART = 16  # between two names at the right


@dataclass(frozen=True)
class Drawn:
    """A line as an SVG path, its points, and its name in CSS."""

    name: str
    path: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Picture:
    """
    lines     the paths; `came` is what came since the baseline
    baseline  where it stands; `doubt` its interval, from top to bottom, if it has one
    target    the height of the target's line
    across    levels at the left; `along` the years; `names` of the lines, at the right
    """

    lines: tuple[Drawn, ...]
    came: Drawn
    baseline: tuple[float, float]
    doubt: tuple[float, float] | None
    target: float
    across: tuple[Word, ...]
    along: tuple[Word, ...]
    names: tuple[Word, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def picture_of(way: Way) -> Picture:
    levels = [level for line in (*way.paths, way.since) for _, level in line.levels]
    levels += [way.start, way.target]
    ticks = ticks_over([*levels, way.lower, way.upper])

    def x(year: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * year / way.years, 1)

    def y(level: float) -> float:
        share = (level - ticks[0]) / (ticks[-1] - ticks[0])
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def drawn(name: str, levels: tuple[tuple[float, float], ...]) -> Drawn:
        points = tuple((x(year), y(level)) for year, level in levels)
        return Drawn(name, path(points), points)

    known = not (math.isnan(way.lower) or math.isnan(way.upper))
    return Picture(
        lines=tuple(drawn(line.name, line.levels) for line in way.paths),
        came=drawn("came", ((0.0, way.start), *way.since.levels)),
        baseline=(x(0), y(way.start)),
        doubt=(y(way.upper), y(way.lower)) if known else None,
        target=y(way.target),
        across=tuple(
            Word(LEFT - 7, y(each), number(each, places_of(ticks)) + way.unit)
            for each in ticks
        ),
        along=tuple(
            Word(x(year), HEIGHT - 10, "Baseline" if year == 0 else f"Year {year}")
            for year in years_named(way.years)
        ),
        names=names_of(way, y),
    )


def years_named(years: int) -> range:
    """The baseline and some years, never more than fit.

    >>> list(years_named(4)), list(years_named(10))
    ([0, 2, 4], [0, 5, 10])
    """
    step = math.ceil(years / 2) if years > 3 else 1
    return range(0, years + 1, step)


def names_of(way: Way, y: Callable[[float], float]) -> tuple[Word, ...]:
    """What the lines are called, none over another."""
    named = [(y(way.target), "Target")]
    if way.since.levels and way.since.levels[-1][0] == way.years:
        named.append((y(way.since.levels[-1][1]), "What came"))
    words: list[Word] = []
    for height, text in sorted(named):
        above = words[-1].y + APART if words else 0
        words.append(Word(WIDTH - RIGHT + 8, round(max(height + 4, above), 1), text))
    return tuple(words)
