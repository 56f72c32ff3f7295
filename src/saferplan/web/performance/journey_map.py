"""A journey map as its page shows it: steps, questions, rows, and the picture."""

from collections.abc import Collection
from dataclasses import dataclass

from saferplan.plans.checks import Check
from saferplan.plans.journeys import (
    Counted,
    Step,
    check_journey,
    direction,
    hand_offs,
)
from saferplan.web.core.downloads import Cell
from saferplan.web.performance.models.journey import (
    JourneyMap,
    JourneyStep,
    StepIndicator,
)

GOOD = {"up": "higher is better", "down": "lower is better", "neither": "neither way"}
HEADINGS = (
    *("Step", "What happens", "Agency", "What they count", "Indicator"),
    *("Which way is better", "What it counts", "Median wait, days"),
    *("Longest it should be, days", "What keeps people apart"),
)


@dataclass(frozen=True)
class Shown:
    """
    A step as it is shown.

    pk        of the row, for links
    counted   what is counted there, each with the way that is good and its link, if the
              person who looks may follow it
    lost      what the agency before counts, where that is something else
    too_long  whether people wait longer than they should
    """

    number: int
    pk: int
    step: Step
    counted: tuple[tuple[str, str, int | None], ...]
    lost: str
    too_long: bool


def steps_of(made: JourneyMap) -> list[JourneyStep]:
    return list(made.steps.prefetch_related("indicators__indicator"))


def plain(row: JourneyStep) -> Step:
    return Step(
        name=str(row.pk),
        title=row.title,
        agency=row.agency,
        counts=row.counts,
        indicators=tuple(
            Counted(each.title, direction(each.better), each.counts)
            for each in row.indicators.all()
        ),
        wait=row.wait,
        limit=row.limit,
        may_meet=row.may_meet,
        apart=row.apart,
    )


def shown(rows: list[JourneyStep], *, may_follow: Collection[int]) -> list[Shown]:
    """
    may_follow  the indicators that the person who looks may read
    """
    steps = [plain(row) for row in rows]
    unlike = {
        each.after.name: each.before.counts
        for each in hand_offs(steps)
        if each.counts_alike is False
    }
    return [
        Shown(
            number=at,
            pk=row.pk,
            step=step,
            counted=tuple(
                (each.title, GOOD[each.better], link(each, may_follow))
                for each in row.indicators.all()
            ),
            lost=unlike.get(step.name, ""),
            too_long=step.wait is not None
            and step.limit is not None
            and step.wait > step.limit,
        )
        for at, (row, step) in enumerate(zip(rows, steps, strict=True), start=1)
    ]


def link(counted: StepIndicator, may_follow: Collection[int]) -> int | None:
    return counted.indicator_id if counted.indicator_id in may_follow else None


def asked(
    made: JourneyMap, rows: list[JourneyStep], *, orphans: Collection[str]
) -> list[Check]:
    """What the map is asked. `orphans` are the indicators that are at no step."""
    return check_journey(
        [plain(row) for row in rows],
        orphans=orphans,
        both_roles=made.is_of_both_roles,
    )


def orphans_of(made: JourneyMap, *, public: bool) -> list[str]:
    """The partnership's indicators that are at no step of any of its maps."""
    kept = made.partnership.indicators.kept().exclude(
        journey_steps__step__journey__partnership=made.partnership_id
    )
    if public:
        kept = kept.exclude(published_at=None)
    return list(kept.values_list("title", flat=True))


def rows_of(rows: list[JourneyStep]) -> list[list[Cell]]:
    """A row for each indicator of each step, to take away; a step without has one."""
    found: list[list[Cell]] = []
    for at, row in enumerate(rows, start=1):
        start: list[Cell] = [at, row.title, row.agency, row.counts]
        end: list[Cell] = [row.wait, row.limit, row.apart]
        counted: list[list[Cell]] = [
            [each.title, GOOD[each.better], each.counts or row.counts]
            for each in row.indicators.all()
        ]
        found += [[*start, *each, *end] for each in counted or [[None, None, None]]]
    return found
