"""
Whether the figures of a published claim add up.

Plans and replies to them are full of figures: cut by 40% year on year, 70% of a fund.
Nothing here needs data; it needs the figures to agree. A share of a share is in
saferplan.methods.attrition.
"""

from dataclasses import dataclass
from math import inf

from saferplan.errors import MethodError
from saferplan.methods.target_path import same_as_said, yearly_change


@dataclass(frozen=True)
class ChangeClaimed:
    """
    A change from one figure to another, beside what was said of it.

    total      the change in all, as a share of the start: -0.5 is halved
    yearly     the same share each year that gives it
    each_year  what stands at the end of each year at the yearly share that was said
    agrees     whether the end is the one that was said, as far as it was rounded
    caution    in words, if it does not agree
    """

    total: float
    yearly: float
    each_year: tuple[float, ...]
    agrees: bool
    caution: str


def change_claimed(
    start: float, end: float, *, years: int, said: float
) -> ChangeClaimed:
    """
    Set a change from `start` to `end` beside the share a year that was said of it.

    start, end  pounds, posts, offences: any one thing, above nothing
    years       from the one to the other
    said        the change each year that was claimed, as a share: -0.4 for "40% less
                year on year"

    It agrees if what the claim leads to would be told by the same round number as the
    end, to the figures in which the end is given.

    Raises MethodError for a figure that is not above nothing, or a share under -1.

    That figures do not agree does not say which of them is wrong.

    Source: compound arithmetic.

    >>> found = change_claimed(50_000, 25_000, years=2, said=-0.4)
    >>> found.total, round(found.yearly, 3), found.agrees
    (-0.5, -0.293, False)
    """
    if not (0 < start < inf and 0 < end < inf and -1 < said < inf):
        raise MethodError(
            "A change is checked between figures above nothing, and a yearly share is "
            "more than -1: write -0.4 for 40% less."
        )
    yearly = yearly_change(start, end, years=years)
    each_year = tuple(start * (1 + said) ** year for year in range(1, years + 1))
    agrees = same_as_said(each_year[-1], end)
    caution = ""
    if not agrees:
        caution = (
            f"{said:+.1%} a year from {start:,.0f} leaves {each_year[-1]:,.0f} after "
            f"{years} years, not {end:,.0f}. {end:,.0f} is {end / start - 1:+.1%} in "
            f"all, or {yearly:+.1%} a year."
        )
    return ChangeClaimed(end / start - 1, yearly, each_year, agrees, caution)


def whole_of(part: float, share: float, *, years: float = 1) -> float:
    """
    Return the whole a year of which `part`, over `years`, is this share.

    part   in its own unit, over all the years together
    share  above 0 and at most 1

    Raises MethodError for another share, no time, or a part not above nothing.

    Source: arithmetic.

    >>> whole_of(70, 0.7)
    100.0
    """
    if not (0 < share <= 1 and years > 0 and 0 < part < inf):
        raise MethodError(
            "A part is more than nothing, and a share above 0 and at most 1 of its "
            "whole, over some time: write 0.7 for 70%."
        )
    return part / share / years
