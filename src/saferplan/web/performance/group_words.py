"""What is said of an indicator's groups, on its page and in a board's pack."""

from dataclasses import dataclass

from saferplan.web.performance.figures import Figure, in_words
from saferplan.web.performance.groups import (
    LEAST_ASKED,
    PERCENT,
    Series,
    Split,
    is_enough,
    last_year,
    months_of_year,
)
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.sheet import Sheet

HIDDEN = (
    "So small a count could point to a person, so it is kept from those outside the "
    "partnership, and with it what would give it away."
)
OVERLAP = (
    "These groups are never added up: they overlap, or what is measured of them cannot "
    "be added."
)
REST = (
    "“Not known by group” is what the whole has beyond the groups: it is counted, and "
    "nobody said to which of them it belongs."
)
EVERYBODY = "Everybody"
NO_INTERVAL = "None"


@dataclass(frozen=True)
class GroupTable:
    """In words: a row for everybody, and one for each group."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_of(sheet: Sheet, split: Split) -> GroupTable:
    """The newest figure and the last twelve months, without columns that are empty."""
    series = [Series(EVERYBODY, sheet.figures), *split.series]
    headings = ("Group", sheet.figures[-1].label, "Last twelve months", "95% interval")
    columns = zip(*(row_of(sheet.indicator, each) for each in series), strict=True)
    kept = [
        (heading, cells)
        for heading, cells in zip(headings, columns, strict=True)
        if any(cells)
    ]
    return GroupTable(
        headings=tuple(heading for heading, _cells in kept),
        rows=tuple(zip(*(cells for _heading, cells in kept), strict=True)),
    )


def row_of(indicator: Indicator, series: Series) -> tuple[str, str, str, str]:
    """
    A group, its newest figure, its last twelve months and what chance allows of them.

    The last two are empty where twelve months never make one figure or, the last, where
    it is no percentage.
    """
    is_percentage = indicator.is_ratio and indicator.per == PERCENT
    if not indicator.adds_up or not months_of_year(indicator, series):
        return series.group, said(indicator, series.newest), "", ""
    year = last_year(indicator, series)
    limits = limits_of(indicator, year) if year else ""
    return (
        series.group,
        said(indicator, series.newest),
        said(indicator, year) if year else what_lacks(indicator, series),
        (limits or NO_INTERVAL) if is_percentage else "",
    )


def what_lacks(indicator: Indicator, series: Series) -> str:
    """Why twelve months of a group are not told."""
    months = months_of_year(indicator, series)
    if any(each.state == "hidden" for each in months):
        return "Part of it is hidden"
    return "Part of it is not known"


def said(indicator: Indicator, figure: Figure) -> str:
    """A group's figure in words, with its counts; too few make no percentage."""
    if figure.state == "not reported":
        return "Not known"
    if figure.state != "approved" or figure.value is None:
        return figure.state.capitalize()
    if not indicator.is_ratio or not figure.denominator:
        return in_words(indicator, figure.value)
    counts = f"{figure.numerator:,.0f} of {figure.denominator:,.0f}"
    if not is_enough(indicator, figure):
        return f"{counts}, too few for a percentage"
    return f"{in_words(indicator, figure.value)} ({counts})"


def limits_of(indicator: Indicator, year: Figure) -> str:
    """Within what chance alone would put the share of twelve months."""
    if not indicator.is_ratio or indicator.per != PERCENT or not year.denominator:
        return ""
    if not is_enough(indicator, year):
        return ""
    # The engine of statistics is slow to import, and most pages do without it.
    from saferplan.web.performance.shares import limits_of_share

    lower, upper = limits_of_share(year.numerator or 0, year.denominator)
    places = indicator.decimals
    return f"{100 * lower:.{places}f} to {100 * upper:.{places}f}%"


def cautions(indicator: Indicator, split: Split) -> tuple[str, ...]:
    """What a reader of the groups must know, as far as it is so of these."""
    figures = [each for series in split.series for each in series.figures]
    few = f"Fewer than {LEAST_ASKED} make no percentage and have no point."
    found = [
        (OVERLAP, not indicator.adds_groups),
        (HIDDEN, any(each.state == "hidden" for each in figures)),
        (few, any(is_too_few(indicator, each) for each in figures)),
        (REST, any(series.is_rest for series in split.series)),
    ]
    return tuple(words for words, is_so in found if is_so)


def is_too_few(indicator: Indicator, figure: Figure) -> bool:
    return figure.state == "approved" and not is_enough(indicator, figure)
