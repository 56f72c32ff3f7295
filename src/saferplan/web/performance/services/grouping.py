"""Checking what is returned by group: no more than the whole, and each a count."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from saferplan.errors import NotAllowed
from saferplan.web.performance.models import Indicator

PERCENT = 100


@dataclass(frozen=True)
class GroupFigure:
    """
    The figure of one group.

    by                      what sets it apart: "Sex"
    numerator, denominator  for a ratio; `value` is worked out from them
    """

    by: str
    group: str
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None

    @property
    def is_given(self) -> bool:
        return self.value is not None or self.numerator is not None


def worth_keeping(
    indicator: Indicator, groups: Iterable[GroupFigure]
) -> list[GroupFigure]:
    """Those with a figure, each with its value; refused if one of them cannot be."""
    known = {
        (split["by"], group) for split in indicator.groups for group in split["groups"]
    }
    kept = []
    for each in groups:
        if (each.by, each.group) not in known:
            raise NotAllowed(f"{indicator} has no group “{each.group}” by {each.by}.")
        if (each.numerator is None) != (each.denominator is None):
            raise NotAllowed(
                f"{each.group}: give both counts, how many and out of how many."
            )
        if each.is_given:
            check_can_be(indicator, each)
            kept.append(with_value(indicator, each))
    return kept


def check_can_be(indicator: Indicator, each: GroupFigure) -> None:
    if indicator.kind == Indicator.Kind.MEASURED:
        return
    for count in (each.numerator, each.denominator, each.value):
        if count is not None and (count < 0 or count != int(count)):
            raise NotAllowed(
                f"{each.group}: {count:g} is not a count. Give a whole number from 0."
            )
    if (
        indicator.per == PERCENT
        and each.numerator is not None
        and each.denominator is not None
        and each.numerator > each.denominator
    ):
        raise NotAllowed(
            f"{each.group}: {each.numerator:,g} out of {each.denominator:,g} is more "
            f"than all of them. Check which count is which."
        )


def with_value(indicator: Indicator, each: GroupFigure) -> GroupFigure:
    if each.numerator is None or not each.denominator:
        return each
    return replace(each, value=indicator.per * each.numerator / each.denominator)


def whole_of(
    indicator: Indicator, groups: Sequence[GroupFigure]
) -> tuple[float | None, float | None]:
    """
    The whole as its groups make it up: how many and, for a ratio, out of how many.

    Raises NotAllowed where they do not make it up, or one of them is missing.
    """
    if not indicator.adds_groups:
        raise NotAllowed("Give the whole too: these groups are not added up.")
    for split in indicator.groups:
        mine = [each for each in groups if each.by == split["by"]]
        if len(mine) == len(split["groups"]):
            return added(mine)
    raise NotAllowed("Give the whole too: not every group has a figure.")


def check_against_whole(
    indicator: Indicator,
    groups: Sequence[GroupFigure],
    whole: tuple[float | None, float | None],
) -> None:
    """Groups that make up a whole are no more than it; what is left is not known."""
    if not indicator.adds_groups:
        return
    for split in indicator.groups:
        mine = [each for each in groups if each.by == split["by"]]
        if not mine:
            continue
        for many, of_all in zip(added(mine), whole, strict=True):
            if many is not None and of_all is not None and many > of_all:
                raise NotAllowed(
                    f"By {split['by'].lower()} the groups come to {many:,g}, more than "
                    f"the whole of {of_all:,g}."
                )
        left = rest_of(mine, whole)
        if left[1] is not None and (left[0] or 0) > left[1]:
            raise NotAllowed(
                f"By {split['by'].lower()} the groups leave {left[0]:,g} out of "
                f"{left[1]:,g}, which cannot be. Check the counts."
            )


def rest_of(
    groups: Sequence[GroupFigure], whole: tuple[float | None, float | None]
) -> tuple[float | None, float | None]:
    """What the whole has beyond its groups."""
    many, out_of = added(groups)
    return (
        None if whole[0] is None or many is None else whole[0] - many,
        None if whole[1] is None or out_of is None else whole[1] - out_of,
    )


def added(groups: Sequence[GroupFigure]) -> tuple[float | None, float | None]:
    """How many there are in groups together and, for a ratio, out of how many."""
    if any(each.denominator is not None for each in groups):
        return (
            sum(each.numerator or 0 for each in groups),
            sum(each.denominator or 0 for each in groups),
        )
    return sum(each.value or 0 for each in groups), None


def as_data(groups: Iterable[GroupFigure]) -> list[dict[str, Any]]:
    return [asdict(each) for each in groups]
