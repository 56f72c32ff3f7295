"""Everything there is to know of a target, put together: the explainer's engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.baselines import Baseline, baseline
from saferplan.methods.change import count_change
from saferplan.methods.dispersion import month_pair_dispersion
from saferplan.methods.expected_count import Expected, expected_next, smallest_fall
from saferplan.methods.target_chance import Chance, chance_of_meeting
from saferplan.methods.target_history import known_months
from saferplan.methods.target_path import paths, which_path, yearly_change
from saferplan.methods.target_standing import Runs, Standing, best_runs, standing
from saferplan.methods.targets import Conflict, Target, conflicts


@dataclass(frozen=True)
class Path:
    """levels, one a year, and what they add up to being fewer (or more) in all."""

    shape: str
    levels: tuple[float, ...]
    in_all: float


@dataclass(frozen=True)
class Reading:
    """What a path adds up to beside a claim; `gives` if it rounds or is cut to it."""

    path: str
    in_all: float
    off: float
    gives: bool


@dataclass(frozen=True)
class YearSince:
    """
    A year after the baseline, against it and against the paths.

    change          from the baseline, as a share
    verdict         of that change: "real change", "within chance" or "cannot tell"
    on_linear, ...  whether the year is on the path or better
    """

    year: int
    count: float
    change: float
    verdict: str
    on_linear: bool
    on_compound: bool | None


@dataclass(frozen=True)
class Explanation:
    """
    A target explained. What needs monthly counts is missing without them.

    change         from baseline to target, as a share
    yearly         the same share each year that leads there; missing if there is none
    claim          readings of the published claim, nearest first; empty without one
    smallest_fall  the smallest fall from the baseline that can be told from chance
    likely         of the months after the last one known, if nothing changes
    chance         if the trend wears off; `chance_if_flat` if it stopped today
    conflicts      with other targets on the measure
    cautions       in words, the weightiest first
    """

    target: Target
    baseline: Baseline
    change: float
    yearly: float | None
    paths: tuple[Path, ...]
    claim: tuple[Reading, ...]
    since: tuple[YearSince, ...]
    dispersion: float
    smallest_fall: float | None
    last_month: str | None
    standing: Standing | None
    runs: Runs | None
    likely: Expected | None
    chance: Chance | None
    chance_if_flat: Chance | None
    conflicts: tuple[Conflict, ...]
    cautions: tuple[str, ...]


def explain_target(
    target: Target,
    monthly: pd.Series | None = None,
    *,
    since: Sequence[float] = (),
    others: Sequence[Target] = (),
    dispersion: float | None = None,
) -> Explanation:
    """
    Return what a target means, what it needs, and how likely it is to be met.

    monthly     offences a month, by month, as far as they are known
    since       offences in each year after the baseline, in order, where months are not
                known
    others      other targets, to look for conflicts
    dispersion  how many times more the counts vary than Poisson counts would; taken
                from the last two years of months where they are known, 1 otherwise

    Without the last 24 months there is no chance, and a caution says so.

    Raises MethodError where the parts do: see baselines, target_path, target_standing
    and target_chance.

    >>> mopac_7 = Target("Seven neighbourhood crimes", 328_826, "2016-03", 4,
    ...                  (411_033,), claim=250_000)
    >>> found = explain_target(mopac_7, since=[384_474])
    >>> round(100 * found.yearly, 2), found.claim[0].path
    (-5.43, 'held for 3 years')
    >>> round(100 * found.since[0].change, 2), found.since[0].verdict
    (-6.46, 'real change')
    """
    varies = dispersion or spread_of(monthly)
    start = baseline(target.baseline, rule=target.rule, dispersion=varies)
    ways = paths(start.value, target.number, target.years)
    known, told = chances(target, monthly)
    return Explanation(
        target=target,
        baseline=start,
        change=target.number / start.value - 1 if start.value else float("nan"),
        yearly=(
            yearly_change(start.value, target.number, years=target.years)
            if "compound" in ways
            else None
        ),
        paths=tuple(
            Path(
                shape,
                tuple(float(level) for level in way["level"]),
                abs(float(way["fewer_so_far"].iloc[-1])),
            )
            for shape, way in ways.items()
        ),
        claim=readings(target, start.value),
        since=years_since(target, start.value, since, ways, varies),
        dispersion=varies,
        smallest_fall=(
            smallest_fall(start.value, dispersion=varies) if start.value else None
        ),
        last_month=known.last_month,
        standing=known.standing,
        runs=known.runs,
        likely=known.likely,
        chance=known.chance,
        chance_if_flat=known.chance_if_flat,
        conflicts=tuple(c for c in conflicts([target, *others]) if target in of(c)),
        cautions=(*start.cautions, *unexplained(target), *told),
    )


def of(conflict: Conflict) -> tuple[Target, Target]:
    return conflict.first, conflict.second


@dataclass(frozen=True)
class FromMonths:
    """What only monthly counts can say."""

    last_month: str | None = None
    standing: Standing | None = None
    runs: Runs | None = None
    likely: Expected | None = None
    chance: Chance | None = None
    chance_if_flat: Chance | None = None


def chances(
    target: Target, monthly: pd.Series | None
) -> tuple[FromMonths, tuple[str, ...]]:
    """What months say of a target, and cautions; nothing, and why, without enough."""
    if monthly is None or monthly.dropna().empty:
        return FromMonths(), (
            "No months are given: nothing is said of the chance, and counts are "
            "taken to vary by chance alone.",
        )
    better = target.better
    now = standing(monthly, target.number, ends=target.ends, better=better)
    try:
        history = known_months(monthly)
        damped = chance(target, monthly, "damped")
        flat = chance(target, monthly, "none")
    except MethodError as reason:
        return FromMonths(standing=now), (f"There is no chance to give. {reason}",)
    runs = best_runs(monthly, target.number, over=target.years, better=better)
    varies = spread_of(monthly)
    return (
        FromMonths(
            last_month=str(history.index[-1]),
            standing=now,
            runs=runs,
            likely=expected_next(runs.newest, months=12, ahead=12, dispersion=varies),
            chance=damped,
            chance_if_flat=flat,
        ),
        damped.cautions,
    )


def chance(
    target: Target, monthly: pd.Series, trend: Literal["damped", "none"]
) -> Chance:
    return chance_of_meeting(
        monthly, target.number, ends=target.ends, better=target.better, trend=trend
    )


def spread_of(monthly: pd.Series | None) -> float:
    """How much more the months vary than by chance; 1 where that is not known."""
    if monthly is None or monthly.dropna().empty:
        return 1.0
    table = monthly.dropna().to_frame("count")
    found = month_pair_dispersion(table, last_month=max(table.index))["count"]
    return 1.0 if pd.isna(found) else float(found)


def readings(target: Target, start: float) -> tuple[Reading, ...]:
    if target.claim is None:
        return ()
    found = which_path(target.claim, start, target.number, years=target.years)
    return tuple(
        Reading(str(path), float(row["fewer"]), float(row["off"]), bool(row["gives"]))
        for path, row in found.iterrows()
    )


def years_since(
    target: Target,
    start: float,
    since: Sequence[float],
    ways: dict[str, pd.DataFrame],
    dispersion: float,
) -> tuple[YearSince, ...]:
    if len(since) > target.years:
        raise MethodError(
            f"{len(since)} years since the baseline are given, and the target is "
            f"{target.years} years on. Leave out those after it."
        )
    counts = pd.Series(list(since), dtype=float)
    verdicts = count_change(
        pd.Series(start, index=counts.index), counts, dispersion=dispersion
    )["verdict"]
    sign = 1 if target.better == "down" else -1

    def on(shape: str, year: int, count: float) -> bool | None:
        if shape not in ways:
            return None
        return bool(sign * count <= sign * ways[shape]["level"][year])

    return tuple(
        YearSince(
            year=year,
            count=float(count),
            change=float(count / start - 1) if start else float("nan"),
            verdict=str(verdict),
            on_linear=bool(on("linear", year, count)),
            on_compound=on("compound", year, count),
        )
        for year, (count, verdict) in enumerate(
            zip(counts, verdicts, strict=True), start=1
        )
    )


def unexplained(target: Target) -> list[str]:
    said = []
    if not target.evidence.strip():
        said.append("No evidence is given for why it should be this number.")
    if not target.set_by.strip():
        said.append("It is not said who set it.")
    return said
