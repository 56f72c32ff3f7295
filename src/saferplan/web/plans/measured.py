"""What measures a plan, for its one page: apps that know plans tell of it."""

from collections.abc import Callable
from dataclasses import dataclass

from saferplan.web.plans.models import Plan

Tag = tuple[str, str]  # words, and a colour that says nothing besides


@dataclass(frozen=True)
class Measure:
    """
    stands    the newest figure in words, with its period
    chart     whether it has changed by more than chance; `rating` is what was agreed
    disagree  whether those two do
    is_news   whether a reader of one page should hear of it
    """

    title: str
    link: str
    stands: str
    chart: Tag
    rating: Tag
    disagree: bool
    is_news: bool


# Each is asked with the plan when its one page is read, and answers with what everybody
# may read.
TELLING: list[Callable[[Plan], list[Measure]]] = []


def measures_of(plan: Plan) -> list[Measure]:
    """Those that are news first."""
    found = [each for tell in TELLING for each in tell(plan)]
    return sorted(found, key=lambda each: not each.is_news)
