"""Small pictures side by side, one for each group, all on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from saferplan.web.core.pages import plural
from saferplan.web.performance.figures import in_words
from saferplan.web.performance.group_words import (
    GroupTable,
    cautions,
    said,
    table_of,
)
from saferplan.web.performance.groups import Series, Split, is_enough
from saferplan.web.performance.picture import Frame, Word, path, places_of, ticks_over
from saferplan.web.performance.sheet import Sheet

WIDTH, HEIGHT = 260, 130
BOX = (34.0, 10.0, WIDTH - 12.0, HEIGHT - 24.0)


@dataclass(frozen=True)
class Small:
    """
    A group's own picture.

    line   of its figures; `whole` is that of everybody, behind it
    dots   where a figure stands between two that are missing, or is the newest
    words  what the picture shows, for who cannot see it
    """

    group: str
    stands: str
    line: str
    whole: str
    dots: tuple[tuple[float, float], ...]
    across: tuple[Word, ...]
    along: tuple[Word, ...]
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    left: float = BOX[0]
    right: float = BOX[2]


@dataclass(frozen=True)
class Shown:
    """A split as its page has it: the pictures, and the table."""

    by: str
    pictures: tuple[Small, ...]
    table: GroupTable
    cautions: tuple[str, ...]


def shown(sheet: Sheet, split: Split) -> Shown:
    indicator = sheet.indicator
    levels = {
        each.group: [
            figure.value if is_enough(indicator, figure) else None
            for figure in each.figures
        ]
        for each in split.series
    }
    # Beside a share everybody's own is a measure; beside a count it only dwarfs it.
    everybody = [each.value for each in sheet.figures] if indicator.is_ratio else []
    known = [each for row in [*levels.values(), everybody] for each in row]
    pictures: tuple[Small, ...] = ()
    if sum(each is not None for each in known) > 1:
        ticks = ticks_over(known)[::2] or [0, 1]
        whole = ticks_over(known)
        frame = Frame(len(sheet.figures), whole[0], whole[-1], BOX)
        pictures = tuple(
            small(sheet, each, levels[each.group], everybody, frame, ticks)
            for each in split.series
        )
    return Shown(
        by=split.by,
        pictures=pictures,
        table=table_of(sheet, split),
        cautions=cautions(indicator, split),
    )


def small(
    sheet: Sheet,
    series: Series,
    levels: Sequence[float | None],
    everybody: Sequence[float | None],
    frame: Frame,
    ticks: Sequence[float],
) -> Small:
    points = frame.points(levels)
    places = places_of(ticks)
    first, last = sheet.figures[0], sheet.figures[-1]
    stands = said(sheet.indicator, series.newest)
    return Small(
        group=series.group,
        stands=stands,
        line=path(points),
        whole=path(frame.points(everybody)) if everybody else "",
        dots=tuple(
            point
            for at, point in enumerate(points)
            if point and (at == len(points) - 1 or is_alone(levels, at))
        ),
        across=tuple(
            Word(BOX[0] - 5, frame.y(each), f"{each:,.{places}f}") for each in ticks
        ),
        along=(
            Word(BOX[0], HEIGHT - 7, f"{first.period:%b %Y}"),
            Word(BOX[2], HEIGHT - 7, f"{last.period:%b %Y}"),
        ),
        words=described(sheet, series, levels, stands),
    )


def is_alone(levels: Sequence[float | None], at: int) -> bool:
    """Whether no line leads to it: both beside it are missing."""
    before = levels[at - 1] if at else None
    behind = levels[at + 1] if at + 1 < len(levels) else None
    return before is None and behind is None


def described(
    sheet: Sheet, series: Series, levels: Sequence[float | None], stands: str
) -> str:
    known = [each for each in levels if each is not None]
    if not known:
        return f"{series.group}: no figure to draw."
    indicator = sheet.indicator
    return (
        f"{series.group}: {plural(len(known), 'figure')} from "
        f"{sheet.figures[0].label} to {sheet.figures[-1].label}, from "
        f"{sheet.number(min(known))} to {in_words(indicator, max(known))}. The newest: "
        f"{stands}."
    )
