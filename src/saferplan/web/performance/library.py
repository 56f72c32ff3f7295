"""All indicators of a page together, and how many false alarms to expect of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from saferplan.web.performance.chart import alarms_on_a_page
from saferplan.web.performance.figures import history
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.sheet import Sheet, sheet_from

if TYPE_CHECKING:
    from saferplan.methods.false_alarms import FalseAlarms


@dataclass(frozen=True)
class Library:
    """
    sheets     one for each indicator that is kept
    retired    one for each that is no more; none of them counts below
    alarms     to expect of those with a chart that can signal; None if none has
    charted    how many those are, and `signals` how many do signal now
    disagree   those whose rating and chart do
    silent     those whose newest figure is due and is not there
    """

    sheets: tuple[Sheet, ...]
    alarms: "FalseAlarms | None"
    charted: int
    signals: int
    disagree: tuple[Sheet, ...]
    silent: tuple[Sheet, ...]
    retired: tuple[Sheet, ...] = ()


def library_of(
    indicators: Iterable[Indicator], *, inside: Callable[[Indicator], bool]
) -> Library:
    """
    Work out the sheets of indicators that are read with their returns.

    inside  whether the reader may see this one's small counts
    """
    found = [
        sheet_from(
            each,
            history(each, list(each.returns.all()), protected=not inside(each)),
        )
        for each in indicators
    ]
    sheets = tuple(each for each in found if not each.indicator.is_retired)
    charted = [each for each in sheets if each.verdict != "cannot tell"]
    return Library(
        sheets=sheets,
        alarms=alarms_on_a_page(len(charted), middle_length(charted))
        if charted
        else None,
        charted=len(charted),
        signals=sum(each.verdict != "common cause" for each in charted),
        disagree=tuple(each for each in sheets if not each.comparison.agree),
        silent=tuple(each for each in sheets if each.is_missing),
        retired=tuple(each for each in found if each.indicator.is_retired),
    )


def middle_length(charted: list[Sheet]) -> int:
    lengths = sorted(len(each.figures) for each in charted)
    return lengths[len(lengths) // 2]
