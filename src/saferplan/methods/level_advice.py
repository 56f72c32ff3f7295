"""
At which level to take up a problem: neighbourhood, borough, part of London, or London.

Two questions are kept apart, for the answers may differ: who holds the plan and the
money, and where the work is done. The advice is a start for an argument, with reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.level_criteria import (
    CRITERIA,
    LEVELS,
    LOCAL,
    WIDE,
    Answer,
    Points,
    points_of,
)

Scores = dict[str, float]

LEAST_KNOWN = 3  # answers without which nothing is advised
TIE = 0.05  # of the points that could be had: nearer than that is no difference
SIDES = {"local": LOCAL, "wide": WIDE}
PARTS = ("hold", "deliver", "all")
CANNOT_TELL = "cannot tell"
NOT_MEANT = (
    "The points are a judgement that is set down to be argued with. They do not weigh "
    "what a change of level would cost.",
    "The law may settle it whatever the points say.",
)


@dataclass(frozen=True)
class LevelAdvice:
    """
    level     in words: a level, two that do as well, one with the work done at another,
              or "cannot tell"
    hold      the levels at which the plan and the money are best held; two if they tie,
              none if nothing speaks for any
    deliver   the levels at which the work is best done, in the same way
    scores    per level: `hold`, `deliver` and `all`, the share of the points that could
              be had, 0 to 1; missing where nothing was known
    reasons   per criterion: `criterion`, `part`, `answer`, the points of each level,
              `weight`, `reason`; an unknown one has no points
    rests_on  the criteria without any one of which the advice would be another
    cautions  in words
    """

    level: str
    hold: tuple[str, ...]
    deliver: tuple[str, ...]
    scores: pd.DataFrame
    reasons: pd.DataFrame
    rests_on: tuple[str, ...]
    cautions: tuple[str, ...]


def advise_level(
    answers: Mapping[str, Answer],
    *,
    weights: Mapping[str, float] | None = None,
    as_likely: Mapping[str, tuple[Answer, ...]] | None = None,
) -> LevelAdvice:
    """
    Return at which level a problem is best taken up, and why.

    answers    per criterion of level_criteria its answer; what is not there is unknown
    weights    how much a criterion counts; 1 if not said
    as_likely  other answers that the evidence leaves open, such as both limits of a
               share: where one of them would change the advice, a caution says so

    Raises MethodError for a criterion, an answer or a weight that is none.

    Fewer than three answers, or answers that speak for no level, are no advice: "cannot
    tell". An unknown criterion gives no points and takes none.

    Source: the criteria, and the labels they were tried on, are those of the responses
    of partnerships to the Mayor's draft Police and Crime Plan 2013-2016.

    >>> found = advise_level({"crossing": "few", "local knowledge": "yes",
    ...                       "concentration": "few places"})
    >>> found.level, found.scores["all"].round(2).tolist()
    ('neighbourhood', [1.0, 0.83, 0.0, 0.0])
    """
    counted = check_weights(weights or {})
    reasons = reasons_of(answers, counted)
    level, hold, deliver = settled(reasons)
    return LevelAdvice(
        level=level,
        hold=hold,
        deliver=deliver,
        scores=pd.DataFrame(
            {part: share_of_points(reasons, part) for part in PARTS}, dtype=float
        ),
        reasons=table_of(reasons),
        rests_on=tuple(
            name
            for name in answers
            if settled(reasons_of(without(answers, name), counted))[0] != level
        ),
        cautions=(
            *NOT_MEANT,
            *unknown_caution(answers),
            *open_cautions(answers, counted, as_likely or {}, level),
        ),
    )


@dataclass(frozen=True)
class Reason:
    """What one criterion says. One that is not known has no points."""

    criterion: str
    answer: str
    points: Points | None
    weight: float
    reason: str

    @property
    def part(self) -> str:
        return CRITERIA[self.criterion].part


def reasons_of(
    answers: Mapping[str, Answer], weights: Mapping[str, float]
) -> list[Reason]:
    told = {name: points_of(name, answer) for name, answer in answers.items()}
    return [
        Reason(
            criterion=name,
            answer=str(answers.get(name, "")),
            points=told[name][0] if name in told else None,
            weight=weights.get(name, 1.0),
            reason=told[name][1] if name in told else "Not known.",
        )
        for name in CRITERIA
    ]


def settled(
    reasons: list[Reason],
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The advice in words, and the best levels to hold and to deliver it."""
    if sum(each.points is not None for each in reasons) < LEAST_KNOWN:
        return CANNOT_TELL, (), ()
    scores = share_of_points(reasons, "all")
    hold = best(share_of_points(reasons, "hold"))
    deliver = best(share_of_points(reasons, "deliver"))
    held, done = side(hold), side(deliver)
    if {held, done} == {"local", "wide"}:
        home, place = best(kept(scores, hold)), best(kept(scores, deliver))
        words = f"{' or '.join(home)}, delivered at {' or '.join(place)} level"
        return words, hold, deliver
    # A part that speaks for near and far alike leaves it to the other.
    clear = [each for each in (held, done) if each in SIDES]
    if not clear or not best(scores):
        return CANNOT_TELL, hold, deliver
    return " or ".join(best(kept(scores, SIDES[clear[0]]))), hold, deliver


def share_of_points(reasons: list[Reason], part: str) -> Scores:
    """The share of the points that could be had by each level; empty if nothing is."""
    points = {
        each: each.points
        for each in reasons
        if each.points and max(each.points) > 0 and part in (each.part, "all")
    }
    whole = sum(each.weight for each in points)
    if not whole > 0:
        return {}
    return {
        level: sum(each.weight * told[at] for each, told in points.items()) / whole
        for at, level in enumerate(LEVELS)
    }


def best(scores: Scores) -> tuple[str, ...]:
    """The levels with the most points; none where nothing is known or all are alike."""
    top = [level for level in scores if scores[level] >= max(scores.values()) - TIE]
    return () if len(top) == len(LEVELS) else tuple(top)


def kept(scores: Scores, levels: tuple[str, ...]) -> Scores:
    return {level: scores[level] for level in LEVELS if level in levels}


def side(levels: tuple[str, ...]) -> str:
    """Whether these are local levels or wide ones; empty for none, or for both."""
    sides = [name for name in SIDES if set(levels) & set(SIDES[name])]
    return sides[0] if len(sides) == 1 else ""


def table_of(reasons: list[Reason]) -> pd.DataFrame:
    """One row per criterion, with its points and its reason."""
    unknown = (float("nan"),) * len(LEVELS)
    return pd.DataFrame(
        [
            {
                "criterion": each.criterion,
                "part": each.part,
                "answer": each.answer,
                **dict(zip(LEVELS, each.points or unknown, strict=True)),
                "weight": each.weight,
                "reason": each.reason,
            }
            for each in reasons
        ]
    )


def without(answers: Mapping[str, Answer], name: str) -> dict[str, Answer]:
    return {key: answer for key, answer in answers.items() if key != name}


def unknown_caution(answers: Mapping[str, Answer]) -> tuple[str, ...]:
    unknown = [name for name in CRITERIA if name not in answers]
    if not unknown:
        return ()
    return (f"Not known, and so not counted: {', '.join(unknown)}.",)


def open_cautions(
    answers: Mapping[str, Answer],
    weights: Mapping[str, float],
    as_likely: Mapping[str, tuple[Answer, ...]],
    advice: str,
) -> tuple[str, ...]:
    said = []
    for name, others in as_likely.items():
        for other in others:
            changed = settled(reasons_of({**answers, name: other}, weights))[0]
            if changed != advice:
                said.append(
                    f"If {name} were {other}, which the evidence leaves open, the "
                    f"advice would be: {changed}."
                )
    return tuple(said)


def check_weights(weights: Mapping[str, float]) -> Mapping[str, float]:
    if strays := [name for name in weights if name not in CRITERIA]:
        raise MethodError(
            f"There is no criterion {', '.join(strays)} to weigh. There are: "
            f"{', '.join(CRITERIA)}."
        )
    if any(not weight >= 0 for weight in weights.values()):
        raise MethodError("A weight is 0 or more: 0 leaves a criterion out.")
    return weights
