"""How many come to each step of a journey, and where it shows that some are lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from django.utils import timezone

from saferplan.plans.journeys import same
from saferplan.web.core.downloads import Cell
from saferplan.web.core.pages import number
from saferplan.web.performance.figures import Figure, figures_of, rolled_up
from saferplan.web.performance.journey_map import Shown
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.models.journey import JourneyStep, StepIndicator
from saferplan.web.performance.periods import last_day, period_of, plus_months
from saferplan.web.performance.tables import whole

Change = Literal["first", "lost", "more", "unlike", "unknown"]
YEAR = 12  # months
QUARTERS_BACK = 6  # how far the newest year that all agencies have is looked for
COLUMNS = ["Step", "What happens", "Agency", "They count", "How many", "Why not"]
COLUMNS += ["Since the last step that is counted", "Fewer", "Fewer in per cent"]


@dataclass(frozen=True)
class Stage:
    """
    A step, with how many came to it in the year.

    many    None where that is not known, and then `why_not` says why
    change  from the last step before it that is counted: "unlike" where the two count
            different things, which are never subtracted
    before  how many came to that step; `lost`, how many fewer came here
    since   the number of that step
    said    the change in words
    """

    number: int
    title: str
    agency: str
    counts: str
    many: float | None
    why_not: str
    change: Change = "unknown"
    before: float | None = None
    lost: float | None = None
    since: int | None = None
    said: str = ""

    @property
    def share(self) -> float | None:
        """How many of those before were lost, in per cent."""
        if self.lost is None or not self.before:
            return None
        return 100 * self.lost / self.before


@dataclass(frozen=True)
class Flow:
    """The year it is of, its stages, and how many of them are counted."""

    label: str
    stages: tuple[Stage, ...]
    known: int
    unlike: int


def flow_of(
    rows: Sequence[JourneyStep],
    shown: Sequence[Shown],
    *,
    may_follow: Collection[int],
    protected: bool,
) -> Flow | None:
    """
    Return how many came to each step; None where no indicator tells of any.

    may_follow  the indicators that the person who looks may read
    protected   hide small counts from those outside
    """
    telling = {
        row.pk: each
        for row in rows
        for each in row.indicators.all()
        if each.tells_how_many and each.indicator_id in may_follow
    }
    figures = {
        pk: figures_of(indicator, protected=protected)
        for pk, each in telling.items()
        if (indicator := each.indicator) is not None
    }
    if not figures:
        return None
    ends = newest_year(telling, figures)
    stages = []
    for step in shown:
        told = telling.get(step.pk)
        many, why_not = many_of(told, figures.get(step.pk, []), ends)
        counts = (told.counts if told else "") or step.step.counts
        stages.append(
            Stage(
                *(step.number, step.step.title, step.step.agency, counts),
                many=many,
                why_not=why_not,
            )
        )
    changed = changes(stages)
    begins = plus_months(ends.replace(day=1), 1 - YEAR)
    return Flow(
        label=f"{begins:%B %Y} to {ends:%B %Y}",
        stages=tuple(changed),
        known=sum(each.many is not None for each in changed),
        unlike=sum(each.change == "unlike" for each in changed),
    )


def newest_year(
    telling: dict[int, StepIndicator], figures: dict[int, list[Figure]]
) -> date:
    """The last day of the newest year, by quarters, of which most agencies have all."""
    now = period_of("quarter", timezone.localdate())
    ends = [
        plus_months(now, -3 * back) - timedelta(days=1) for back in range(QUARTERS_BACK)
    ]

    def known(end: date) -> int:
        return sum(
            many_of(told, figures[pk], end)[0] is not None
            for pk, told in telling.items()
        )

    # Of years that are known equally well the newest, which comes first, wins.
    return max(ends, key=known)


def many_of(
    told: StepIndicator | None, figures: Sequence[Figure], ends: date
) -> tuple[float | None, str]:
    """How many came in the year that ends on a day, or why that is not known."""
    if told is None or told.indicator is None:
        return None, "Nobody counts how many"
    indicator = told.indicator
    if indicator.kind != Indicator.Kind.COUNT or not adds_up_to_a_year(indicator):
        return None, "Its figures do not add up to a year"
    begins = plus_months(ends.replace(day=1), 1 - YEAR)
    within = [
        each
        for each in figures
        if each.period >= begins and last_day(indicator.frequency, each.period) <= ends
    ]
    if any(each.state == "hidden" for each in within):
        return None, "So few that it is kept from those outside"
    wanted = {"month": 12, "quarter": 4, "year": 1}[indicator.frequency]
    if len(within) < wanted or any(each.value is None for each in within):
        return None, "Not reported for all of the year"
    return rolled_up(indicator, within), ""


def adds_up_to_a_year(indicator: Indicator) -> bool:
    return (
        indicator.roll_up == Indicator.RollUp.SUM
        or indicator.frequency == Indicator.Frequency.YEAR
    )


def changes(stages: Sequence[Stage]) -> list[Stage]:
    """Each stage beside the last one before it that is counted."""
    found: list[Stage] = []
    before: Stage | None = None
    for stage in stages:
        if stage.many is None:
            found.append(stage)
            continue
        found.append(beside(stage, before))
        before = stage
    return found


def beside(stage: Stage, before: Stage | None) -> Stage:
    assert stage.many is not None
    if before is None or before.many is None:
        return replace(stage, change="first", said="The first step that is counted.")
    since = f"step {before.number}"
    if (
        not stage.counts
        or not before.counts
        or same(stage.counts) != same(before.counts)
    ):
        return replace(
            stage,
            change="unlike",
            since=before.number,
            said=f"{before.counts.capitalize() or 'Something unknown'} at {since}, "
            f"{stage.counts or 'something unknown'} here: not the same, so nobody can "
            f"say how many were lost.",
        )
    lost = before.many - stage.many
    if lost < 0:
        return replace(
            stage,
            change="more",
            before=before.many,
            since=before.number,
            said=f"{number(-lost)} more than at {since}: some came another way, or "
            f"earlier than this year.",
        )
    share = 100 * lost / before.many if before.many else 0
    return replace(
        stage,
        change="lost",
        before=before.many,
        lost=lost,
        since=before.number,
        said=f"{number(lost)} fewer than at {since}, {number(share)}% of them."
        if lost
        else f"As many as at {since}.",
    )


def rows_of(flow: Flow) -> list[list[Cell]]:
    return [
        [
            *(each.number, each.title, each.agency, each.counts or None),
            *(whole(each.many), each.why_not, each.said, whole(each.lost)),
            round(each.share, 1) if each.share is not None else None,
        ]
        for each in flow.stages
    ]
