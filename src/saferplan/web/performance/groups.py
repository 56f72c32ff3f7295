"""An indicator's figures group by group, as a reader may see them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from saferplan.assessment.protection import hidden_rows
from saferplan.web.core.downloads import Cell
from saferplan.web.performance.figures import (
    Figure,
    is_small,
    rolled_up,
    without_counts,
)
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.periods import MONTHS
from saferplan.web.performance.sheet import Sheet
from saferplan.web.performance.tables import whole

PERCENT = 100
LEAST_ASKED = 30  # below, no percentage is shown, as in saferplan.methods.proportions
YEAR = 12  # months
NOT_SAID = "Not known by group"
COLUMNS = ["Period", "By", "Group", "Figure", "How many", "Out of", "State"]


@dataclass(frozen=True)
class Series:
    """
    A group with a figure for each period of the indicator.

    is_rest  what the whole has beyond the groups of which somebody knows
    """

    group: str
    figures: tuple[Figure, ...]
    is_rest: bool = False

    @property
    def newest(self) -> Figure:
        return self.figures[-1]


@dataclass(frozen=True)
class Split:
    """The groups by one thing that sets them apart, in their order."""

    by: str
    series: tuple[Series, ...]


def splits_of(sheet: Sheet, *, protected: bool) -> list[Split]:
    """
    Return the figures of a sheet by group; nothing where none was returned.

    protected  hide counts of 1 to 4 and what would give them away. Groups are smaller
               than their whole, so this holds even where the whole hides nothing.
    """
    found = []
    for split in orders(sheet):
        names = [*split["groups"], NOT_SAID]
        columns = [of_period(sheet.indicator, each, split) for each in sheet.figures]
        if protected:
            columns = [hide(sheet.indicator, each) for each in columns]
        series = [
            Series(name, tuple(column[at] for column in columns), name == NOT_SAID)
            for at, name in enumerate(names)
        ]
        kept = tuple(each for each in series if not each.is_rest or is_known(each))
        if any(is_known(each) for each in kept):
            found.append(Split(split["by"], kept))
    return found


def orders(sheet: Sheet) -> list[dict[str, Any]]:
    """The groups as they are now, and behind them those that once were."""
    found = {each["by"]: list(each["groups"]) for each in sheet.indicator.groups}
    for figure in sheet.figures:
        for each in figure.stands.groups if figure.stands else []:
            names = found.setdefault(each["by"], [])
            if each["group"] not in names:
                names.append(each["group"])
    return [{"by": by, "groups": names} for by, names in found.items()]


def of_period(
    indicator: Indicator, figure: Figure, split: dict[str, Any]
) -> list[Figure]:
    """The groups of one period, and last what is not known by group."""
    given = {
        each["group"]: each
        for each in (figure.stands.groups if figure.stands else [])
        if each["by"] == split["by"]
    }
    parts = [part(figure, given.get(name)) for name in split["groups"]]
    return [*parts, rest(indicator, figure, parts)]


def part(figure: Figure, given: dict[str, Any] | None) -> Figure:
    bare = replace(figure, value=None, numerator=None, denominator=None, earlier=())
    if figure.state != "approved":
        return bare
    if given is None:
        return replace(bare, state="not reported")
    counts = {name: given[name] for name in ("value", "numerator", "denominator")}
    return replace(bare, **counts)


def rest(indicator: Indicator, figure: Figure, parts: Sequence[Figure]) -> Figure:
    """What is left of the whole, if its groups make it up and some are known."""
    none = part(figure, None)
    known = [each for each in parts if each.state == "approved"]
    if not indicator.adds_groups or not known or figure.value is None:
        return none
    if not indicator.is_ratio:
        left = figure.value - sum(each.value or 0 for each in known)
        return replace(none, state="approved", value=left) if left > 0 else none
    many = (figure.numerator or 0) - sum(each.numerator or 0 for each in known)
    out_of = (figure.denominator or 0) - sum(each.denominator or 0 for each in known)
    if out_of <= 0 or many < 0:
        return none
    return replace(
        none,
        state="approved",
        value=indicator.per * many / out_of,
        numerator=many,
        denominator=out_of,
    )


def is_known(series: Series) -> bool:
    """Whether it has any figure, though it may be hidden."""
    return any(each.state in ("approved", "hidden") for each in series.figures)


def hide(indicator: Indicator, figures: list[Figure]) -> list[Figure]:
    """The groups of a period without small counts, and without what tells of them."""
    shown = [each for each in figures if each.state == "approved"]
    if not shown:
        return figures
    columns = counts_of(indicator, shown)
    if indicator.adds_groups:
        # Whoever knows the whole would work out one that is hidden alone.
        hidden = {at for column in columns for at in hidden_rows(column)}
    else:
        hidden = {
            at
            for column in columns
            for at, count in enumerate(column)
            if is_small(count)
        }
    gone = {id(shown[at]) for at in hidden}
    return [without_counts(each) if id(each) in gone else each for each in figures]


def counts_of(indicator: Indicator, shown: Sequence[Figure]) -> list[list[float]]:
    """The columns of counts by which somebody could be known."""
    if indicator.kind == Indicator.Kind.MEASURED:
        return []
    if not indicator.is_ratio:
        return [[each.value or 0 for each in shown]]
    many = [each.numerator or 0 for each in shown]
    out_of = [each.denominator or 0 for each in shown]
    return [many, out_of, [a - b for a, b in zip(out_of, many, strict=True)]]


def is_enough(indicator: Indicator, figure: Figure) -> bool:
    """Whether there are enough of a group for a percentage to mean something."""
    if not indicator.is_ratio or indicator.per != PERCENT:
        return True
    return figure.denominator is not None and figure.denominator >= LEAST_ASKED


def last_year(indicator: Indicator, series: Series) -> Figure | None:
    """The last twelve months as one figure; None if they do not make one."""
    months = months_of_year(indicator, series)
    value = rolled_up(indicator, months)
    if value is None:
        return None
    return replace(
        months[-1],
        label="last twelve months",
        value=value,
        numerator=sum(each.numerator or 0 for each in months),
        denominator=sum(each.denominator or 0 for each in months),
    )


def months_of_year(indicator: Indicator, series: Series) -> tuple[Figure, ...]:
    """Its figures of the last twelve months; none if it has fewer, or just one."""
    many = YEAR // MONTHS[indicator.frequency]
    return series.figures[-many:] if 1 < many <= len(series.figures) else ()


def rows_of(splits: Sequence[Split]) -> list[list[Cell]]:
    """A row for each period of each group, oldest first, to take away."""
    return [
        [
            figure.label,
            split.by,
            series.group,
            whole(figure.value),
            whole(figure.numerator),
            whole(figure.denominator),
            figure.state,
        ]
        for split in splits
        for series in split.series
        for figure in series.figures
    ]
