"""
Setting problems beside each other to choose priorities: six criteria, open weights.

It ranks by what is known and says how much the ranking owes to the weights and to what
nobody knows. It chooses nothing: the partnership does, and says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Literal

from saferplan.errors import MethodError

Scoring = Literal["ranks", "min-max"]

# More of each makes a problem weigh more: what it is, and how it may be measured.
CRITERIA = {
    "volume": ("Volume", "How much of it there is, in a year"),
    "harm": ("Harm", "How grave it is, such as days of sentence by a severity score"),
    "vulnerability": ("Vulnerability", "How far it falls on those least able to bear"),
    "repeat": ("Repeat", "The share that happens again to the same people or places"),
    "trend": ("Trend", "The change over a year; a fall is below nothing"),
    "concern": ("Concern", "The share of residents who call it a problem"),
}
EVEN_WEIGHTS = dict.fromkeys(CRITERIA, 1.0)


@dataclass(frozen=True)
class Candidate:
    """
    A problem that could become a priority.

    values  a number per criterion, larger for worse, in one unit for all candidates;
            None, or no entry, where nobody knows
    """

    name: str
    values: Mapping[str, float | None]


@dataclass(frozen=True)
class Ranked:
    """
    A candidate with its scores, all between 0 and 1.

    scores   per criterion; None where the value is not known
    total    the weighted mean of the scores that are known; None if none is
    lowest   the total if all that is unknown scored 0
    highest  the total if all that is unknown scored 1
    known    the share of the weights whose value is known
    place    1 for the largest total, shared by equals; None without a total
    """

    name: str
    scores: dict[str, float | None]
    total: float | None
    lowest: float
    highest: float
    known: float
    place: int | None


def rank_candidates(
    candidates: Sequence[Candidate],
    *,
    weights: Mapping[str, float],
    scoring: Scoring = "ranks",
) -> list[Ranked]:
    """
    Return the candidates with their scores, the largest total first.

    weights  what each criterion counts, as a number from nothing up; only their
             proportions matter. A criterion without one counts nothing.
    scoring  "ranks": a criterion's score is the share of the other candidates that are
             less, an equal counting half; "min-max": how far it stands between the
             least and the most. One very large value moves ranks less.

    What is unknown is left out of the total, never counted as nothing; `lowest` and
    `highest` say what it could still come to. A criterion that tells no candidate from
    another scores one half for all.

    Raises MethodError if two candidates share a name, a criterion is not one of the
    six, a weight is negative or not a number, or nothing has a weight.

    A total says how the candidates stand to each other under these weights. It is no
    amount of anything: twice the total is not twice as bad, and totals of two lists
    cannot be compared.

    >>> shops = Candidate("Shop theft", {"volume": 900, "harm": 10})
    >>> homes = Candidate("Burglary", {"volume": 300, "harm": 90})
    >>> ranked = rank_candidates([shops, homes], weights={"volume": 1, "harm": 3})
    >>> [(each.name, each.total) for each in ranked]
    [('Burglary', 0.75), ('Shop theft', 0.25)]
    """
    check_candidates(candidates)
    shares = shares_of(weights)
    scores = scores_of(candidates, scoring)
    totals = {each.name: total_of(scores[each.name], shares) for each in candidates}
    reached = [total for total in totals.values() if total is not None]
    ranked = []
    for each in candidates:
        mine, total = scores[each.name], totals[each.name]
        unknown = fsum(share for name, share in shares.items() if mine[name] is None)
        known = 1 - min(1.0, unknown)
        lowest = known * total if total is not None else 0.0
        ranked.append(
            Ranked(
                name=each.name,
                scores=mine,
                total=total,
                lowest=lowest,
                highest=lowest + unknown,
                known=known,
                place=None if total is None else 1 + larger(reached, total),
            )
        )
    return sorted(ranked, key=lambda one: (one.place or len(ranked) + 1, one.name))


def check_candidates(candidates: Sequence[Candidate]) -> None:
    names = [each.name for each in candidates]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise MethodError(f"Two candidates are called {twice[0]}. Rename one of them.")
    for each in candidates:
        if strange := sorted(each.values.keys() - CRITERIA.keys()):
            raise MethodError(
                f"{each.name} has a value for {strange[0]}, which is not a criterion. "
                f"The criteria are {', '.join(CRITERIA)}."
            )
        for name, value in each.values.items():
            if value is not None and not abs(value) < float("inf"):
                raise MethodError(
                    f"The {name} of {each.name} is no number. Leave it out if nobody "
                    f"knows it."
                )


def shares_of(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights as shares of one, for the criteria that count."""
    if strange := sorted(weights.keys() - CRITERIA.keys()):
        raise MethodError(
            f"{strange[0]} is not a criterion. The criteria are {', '.join(CRITERIA)}."
        )
    if wrong := [name for name, weight in weights.items() if not 0 <= weight < 1e9]:
        raise MethodError(f"The weight of {wrong[0]} must be a number from 0 up.")
    whole = sum(weights.values())
    if not whole:
        raise MethodError("Every weight is 0. Give at least one criterion a weight.")
    return {name: weight / whole for name, weight in weights.items() if weight}


def scores_of(
    candidates: Sequence[Candidate], scoring: Scoring
) -> dict[str, dict[str, float | None]]:
    """Scores by candidate and criterion."""
    score = {"ranks": rank_score, "min-max": distance_score}[scoring]
    scores: dict[str, dict[str, float | None]] = {each.name: {} for each in candidates}
    for criterion in CRITERIA:
        values = {each.name: each.values.get(criterion) for each in candidates}
        known = [value for value in values.values() if value is not None]
        for name, value in values.items():
            scores[name][criterion] = None if value is None else score(value, known)
    return scores


def rank_score(value: float, known: Sequence[float]) -> float:
    """The share of the others that are less; an equal counts half."""
    if len(known) == 1:
        return 0.5
    less = sum(other < value for other in known)
    equal = sum(other == value for other in known) - 1
    return (less + equal / 2) / (len(known) - 1)


def distance_score(value: float, known: Sequence[float]) -> float:
    least, most = min(known), max(known)
    # Halved first: the distance of two very large numbers may not be a number.
    return 0.5 if most == least else (value / 2 - least / 2) / (most / 2 - least / 2)


def total_of(
    scores: Mapping[str, float | None], shares: Mapping[str, float]
) -> float | None:
    known = [
        (share, score)
        for name, share in shares.items()
        if (score := scores[name]) is not None
    ]
    whole = sum(share for share, _ in known)
    if not whole:
        return None
    return min(1.0, sum(share * score for share, score in known) / whole)


# Totals made of the same scores in another order differ by less than this.
SAME = 1e-9


def larger(totals: Sequence[float], than: float) -> int:
    """How many totals are larger, beyond the last digits of a sum."""
    return sum(total > than + SAME for total in totals)
