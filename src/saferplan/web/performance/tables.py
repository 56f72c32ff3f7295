"""The tables of indicators and of their figures, to read and to take away."""

import math
from collections.abc import Iterable
from itertools import groupby

from saferplan.web.core.downloads import Cell
from saferplan.web.core.pages import day
from saferplan.web.performance.figures import Figure, rolled_up
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.periods import label, period_of
from saferplan.web.performance.sheet import Sheet, rate
from saferplan.web.performance.verdicts import RATINGS, VERDICTS

LIST_COLUMNS = ["Indicator", "Period", "Figure", "Unit", "State", "Target"]
LIST_COLUMNS += ["Agreed rating", "Control chart", "Both together", "Owner"]
LIST_COLUMNS += ["Retired on"]
FIGURE_COLUMNS = ["Period", "Figure", "How many", "Out of", "State", "Agreed rating"]
FIGURE_COLUMNS += ["Control chart", "Lower limit", "Mean", "Upper limit", "Note"]
FIGURE_COLUMNS += ["Before it was corrected", "Source", "Releases", "Method"]
QUARTER_COLUMNS = ["Quarter", "Figure", "Agreed rating"]
QUARTERS_SHOWN = 8


def list_rows(sheets: Iterable[Sheet]) -> list[list[Cell]]:
    return [
        [
            each.indicator.title,
            each.newest.label if each.newest else None,
            whole(each.newest.value) if each.newest else None,
            each.indicator.unit,
            each.newest.state if each.newest else "no figure yet",
            whole(each.indicator.target),
            each.rating_tag[0],
            each.verdict_tag[0],
            each.comparison.words,
            str(each.indicator.owner),
            day(each.indicator.retired_on) if each.indicator.retired_on else "",
        ]
        for each in sheets
    ]


def figure_rows(sheet: Sheet) -> list[list[Cell]]:
    """Every figure, oldest first, with its limits where there are some."""
    reading = sheet.reading
    return [
        [
            figure.label,
            whole(figure.value),
            whole(figure.numerator),
            whole(figure.denominator),
            figure.state,
            RATINGS[sheet.ratings[at]][0] if figure.value is not None else None,
            VERDICTS[reading.kinds[at]][0] if reading and reading.kinds[at] else None,
            known(reading.lower[at]) if reading else None,
            reading.mean if reading else None,
            known(reading.upper[at]) if reading else None,
            figure.note,
            ", ".join(sheet.number(each.value) for each in figure.earlier),
            figure.source,
            *drawn_cells(figure),
        ]
        for at, figure in enumerate(sheet.figures)
    ]


def drawn_cells(figure: Figure) -> list[Cell]:
    """The releases and the method of a figure that was drawn from evidence."""
    stands = figure.stands
    if stands is None or not stands.is_drawn:
        return ["", ""]
    return [" ".join(stands.drawn_from), stands.drawn_how.get("method", "")]


def whole(value: float | None) -> float | int | None:
    """A count as a count: 3, and not 3.0."""
    return int(value) if value is not None and value == int(value) else value


def known(level: float) -> float | None:
    return level if math.isfinite(level) else None


def table_rows(sheet: Sheet, *, names: bool) -> list[list[str]]:
    """
    The figures as the page shows them, newest first.

    names  whether to say who approved each, or only when
    """
    kinds = sheet.reading.kinds if sheet.reading else [""] * len(sheet.figures)
    rows = []
    for figure, rating, kind in zip(sheet.figures, sheet.ratings, kinds, strict=True):
        counts = []
        if sheet.indicator.is_ratio:
            counts = [counted(figure.numerator), counted(figure.denominator)]
        rows.append(
            [
                figure.label,
                sheet.number(figure.value)
                if figure.value is not None
                else figure.state.capitalize(),
                *counts,
                RATINGS[rating][0] if figure.value is not None else "",
                VERDICTS[kind][0] if kind else "",
                figure.note,
                approval(figure, names=names),
            ]
        )
    return rows[::-1]


def counted(count: float | None) -> str:
    return "" if count is None else f"{count:,.0f}"


def approval(figure: Figure, *, names: bool) -> str:
    stands = figure.stands
    if stands is None or stands.approved_at is None:
        return ""
    when = day(stands.approved_at)
    return f"{stands.approved_by}, {when}" if names else when


def quarters_of(sheet: Sheet) -> list[tuple[str, str, str]]:
    """Months rolled up to quarters, newest first; a missing month leaves no figure."""
    indicator = sheet.indicator
    if indicator.frequency != Indicator.Frequency.MONTH or not indicator.adds_up:
        return []
    found = []
    for quarter, months in groupby(
        sheet.figures, key=lambda figure: period_of("quarter", figure.period)
    ):
        several = list(months)
        if len(several) < 3:
            continue
        value = rolled_up(indicator, several)
        rating = RATINGS[rate(indicator, value)][0] if is_level(indicator) else ""
        missing = sum(each.value is None for each in several)
        said = sheet.number(value) if value is not None else f"{missing} missing"
        found.append((label("quarter", quarter), said, rating if value else ""))
    return found[::-1]


def is_level(indicator: Indicator) -> bool:
    """Whether a quarter is on the same scale as a month, so its thresholds hold."""
    return indicator.is_ratio or indicator.roll_up != Indicator.RollUp.SUM
