"""How far a choice of priorities hangs on the weights, and on what nobody knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from saferplan.errors import MethodError
from saferplan.plans.priorities import (
    CRITERIA,
    SAME,
    Candidate,
    Scoring,
    larger,
    rank_candidates,
    scores_of,
    shares_of,
)

DRAWS = 10_000
SEED = 20_260_401


@dataclass(frozen=True)
class Holding:
    """
    What one weight may be, the others in their proportion, with the same top.

    share    of the whole that the criterion has now
    lower    the least share with the same candidates at the top
    upper    the largest such share
    below    the candidates that come in at the top just under `lower`; () at nothing
    above    those that come in just over `upper`; () at the whole
    """

    criterion: str
    share: float
    lower: float
    upper: float
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()


def top(
    candidates: Sequence[Candidate],
    places: int,
    *,
    weights: Mapping[str, float],
    scoring: Scoring = "ranks",
) -> frozenset[str]:
    """
    Return the candidates with fewer than `places` above them.

    Equals at the last place are all among them. One of which nothing is known is not.
    """
    ranked = rank_candidates(candidates, weights=weights, scoring=scoring)
    return frozenset(one.name for one in ranked if one.place and one.place <= places)


def one_at_a_time(
    candidates: Sequence[Candidate],
    places: int,
    *,
    weights: Mapping[str, float],
    scoring: Scoring = "ranks",
) -> list[Holding]:
    """
    Return how far each weight can move, alone, before another comes to the top.

    Exact: between the shares at which two totals are equal, the order cannot change.
    Raises MethodError as `rank_candidates` does, or for fewer than one place.
    """
    check_places(places)
    shares = shares_of(weights)
    now = top(candidates, places, weights=weights, scoring=scoring)
    scores = scores_of(candidates, scoring)
    found = []
    for criterion in CRITERIA:
        share = shares.get(criterion, 0.0)
        if share == 1:  # nothing beside it to give way
            found.append(Holding(criterion, 1.0, 0.0, 1.0))
            continue
        others = {
            name: each / (1 - share)
            for name, each in shares.items()
            if name != criterion
        }
        lines = [Line.of(scores[each.name], criterion, others) for each in candidates]
        found.append(held(lines, criterion, share, now, places, candidates))
    return found


@dataclass(frozen=True)
class Line:
    """A total as a quotient of two straight lines in one criterion's share."""

    above: tuple[float, float]  # at the shares 0 and 1
    below: tuple[float, float]

    @classmethod
    def of(
        cls,
        scores: Mapping[str, float | None],
        criterion: str,
        others: Mapping[str, float],
    ) -> "Line":
        known = {name: score for name, score in scores.items() if score is not None}
        alone = known.get(criterion)
        total = sum(others[name] * known[name] for name in others if name in known)
        whole = sum(others[name] for name in others if name in known)
        return cls(
            (total, alone if alone is not None else 0.0),
            (whole, 1.0 if alone is not None else 0.0),
        )

    def at(self, share: float) -> float | None:
        below = between(self.below, share)
        return between(self.above, share) / below if below > SAME else None


def between(ends: tuple[float, float], share: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * share


def held(
    lines: list[Line],
    criterion: str,
    share: float,
    now: frozenset[str],
    places: int,
    candidates: Sequence[Candidate],
) -> Holding:
    """Walk from the share both ways, to the first stretch with others at the top."""
    names = [each.name for each in candidates]
    edges = [0.0, *crossings(lines), 1.0]
    stretches = list(zip(edges, edges[1:], strict=False))
    lower, upper = 0.0, 1.0
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    for left, right in reversed(stretches):
        right = min(right, share)
        if left < right and (came := others_in(lines, names, left, right, places, now)):
            lower, below = right, came
            break
    for left, right in stretches:
        left = max(left, share)
        if left < right and (came := others_in(lines, names, left, right, places, now)):
            upper, above = left, came
            break
    return Holding(criterion, share, lower, upper, below, above)


def others_in(
    lines: list[Line],
    names: list[str],
    left: float,
    right: float,
    places: int,
    now: frozenset[str],
) -> tuple[str, ...]:
    """Who is at the top between two crossings and is not now."""
    return tuple(sorted(top_of(lines, names, (left + right) / 2, places) - now))


def top_of(
    lines: list[Line], names: list[str], share: float, places: int
) -> frozenset[str]:
    totals = {
        name: total
        for name, line in zip(names, lines, strict=True)
        if (total := line.at(share)) is not None
    }
    reached = list(totals.values())
    return frozenset(
        name for name, total in totals.items() if larger(reached, total) < places
    )


def crossings(lines: list[Line]) -> list[float]:
    """The shares strictly between 0 and 1 at which two of the totals are equal."""
    found = set()
    for number, one in enumerate(lines):
        for other in lines[number + 1 :]:
            difference = np.polysub(
                np.polymul(rising(one.above), rising(other.below)),
                np.polymul(rising(other.above), rising(one.below)),
            )
            difference = np.where(np.abs(difference) < SAME, 0, difference)
            for root in np.roots(difference):
                if abs(root.imag) < SAME and SAME < root.real < 1 - SAME:
                    found.add(float(root.real))
    return sorted(found)


def rising(ends: tuple[float, float]) -> tuple[float, float]:
    """The coefficients of a straight line through these values at 0 and 1."""
    return (ends[1] - ends[0], ends[0])


def at_random(
    candidates: Sequence[Candidate],
    places: int,
    *,
    weights: Mapping[str, float],
    scoring: Scoring = "ranks",
    factor: float = 2.0,
    draws: int = DRAWS,
) -> dict[str, float]:
    """
    Return how often each candidate is among the first when the weights are drawn.

    factor  each weight is drawn between its `factor`-th part and its `factor`-fold,
            evenly by proportion; infinity draws from all weights there could be
    draws   how many times; the seed is fixed, so the answer is the same each time

    What is unknown is drawn too, anywhere between the least and the largest score. So a
    candidate of which little is known is sometimes at the top, and never surely.

    The shares are no chances of being "right": nobody's weights are drawn by lot. They
    say how much of the room for disagreement leads to the same candidates.

    Raises MethodError as `rank_candidates` does, for fewer than one place, or a factor
    below 1.
    """
    check_places(places)
    if not factor >= 1:
        raise MethodError("The factor by which weights vary must be 1 or more.")
    rank_candidates(candidates, weights=weights, scoring=scoring)  # checks them
    if not candidates:
        return {}
    shares = shares_of(weights)
    scored = scores_of(candidates, scoring)
    lot = np.random.default_rng(SEED)
    drawn = drawn_weights(lot, shares, factor, draws)
    known = np.array(
        [[scored[each.name][name] for name in CRITERIA] for each in candidates],
        dtype=float,
    )
    often = np.zeros(len(candidates))
    for some in np.array_split(drawn, max(1, draws // 500)):
        chance = lot.random((len(some), *known.shape))
        scores = np.where(np.isnan(known), chance, known)
        totals = np.einsum("dcj,dj->dc", scores, some)
        above = (totals[:, None, :] > totals[:, :, None] + SAME).sum(axis=2)
        often += (above < places).sum(axis=0)
    return {
        each.name: float(count / draws)
        for each, count in zip(candidates, often, strict=True)
    }


def drawn_weights(
    lot: np.random.Generator, shares: Mapping[str, float], factor: float, draws: int
) -> np.ndarray:
    """One row of weights per draw, in the order of the criteria, adding up to one."""
    if np.isinf(factor):
        # Exponential lots, divided by their sum, are even over all weights.
        drawn = lot.exponential(size=(draws, len(CRITERIA)))
    else:
        reach = np.log(factor)
        moved = np.exp(lot.uniform(-reach, reach, size=(draws, len(CRITERIA))))
        drawn = moved * np.array([shares.get(name, 0.0) for name in CRITERIA])
    whole: np.ndarray = drawn / drawn.sum(axis=1, keepdims=True)
    return whole


def check_places(places: int) -> None:
    if places < 1:
        raise MethodError("Ask for at least one place at the top.")
