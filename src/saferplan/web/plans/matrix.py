"""
The matrix of what could be a priority: dictionaries that JSON can hold.

The page of today and the page of an era of years ago are drawn from the same thing.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from saferplan.plans.priorities import CRITERIA, EVEN_WEIGHTS, Scoring, rank_candidates
from saferplan.web.partnerships.models import Partnership
from saferplan.web.plans.models import Problem, Weighting

if TYPE_CHECKING:
    from saferplan.plans.weighing import Holding

MOSTLY, RARELY = 0.9, 0.1


def weighting_of(partnership: Partnership) -> Weighting:
    """What each criterion counts; evenly until somebody has said."""
    said = partnership.weightings.select_related("by").first()
    return said or Weighting(partnership=partnership, weights=EVEN_WEIGHTS)


def problems_of(partnership: Partnership) -> list[Problem]:
    return list(partnership.problems.filter(set_aside_at=None))


def matrix_of(problems: Sequence[Problem], weighting: Weighting) -> dict[str, Any]:
    """
    Return how the candidates stand under the weights, and how far that hangs on them.

    rows     the largest total first: title, problem (its key), values, scores, total,
             lowest, highest, known, place, among (whether it is among the first), near
             (how often it is when each weight is halved to doubled), ever (under all
             weights there could be)
    holding  per criterion: its share, and from where to where it could move
    """
    # Brings NumPy, which no other page of the site needs.
    from saferplan.plans.weighing import at_random, one_at_a_time, top

    candidates = [each.candidate for each in problems]
    scoring: Scoring = "ranks" if weighting.scoring == "ranks" else "min-max"
    weights, places = weighting.weights, weighting.places
    first = top(candidates, places, weights=weights, scoring=scoring)
    near = at_random(candidates, places, weights=weights, scoring=scoring)
    ever = at_random(
        candidates, places, weights=weights, scoring=scoring, factor=math.inf
    )
    by_title = {each.title: each for each in problems}
    rows = []
    for one in rank_candidates(candidates, weights=weights, scoring=scoring):
        problem = by_title[one.name]
        rows.append(
            {
                "title": one.name,
                "problem": problem.pk,
                "finding": problem.finding,
                "source": problem.source,
                "values": {
                    name: dict(problem.values.get(name, {})) for name in CRITERIA
                },
                "scores": one.scores,
                "total": one.total,
                "lowest": one.lowest,
                "highest": one.highest,
                "known": one.known,
                "place": one.place,
                "among": one.name in first,
                "near": near[one.name],
                "ever": ever[one.name],
            }
        )
    holding = one_at_a_time(candidates, places, weights=weights, scoring=scoring)
    return {
        "weights": dict(weights),
        "scoring": scoring,
        "places": places,
        "why": weighting.why,
        "rows": rows,
        "holding": [held(each) for each in holding],
    }


def held(holding: "Holding") -> dict[str, Any]:
    return {
        "criterion": holding.criterion,
        "share": holding.share,
        "lower": holding.lower,
        "upper": holding.upper,
        "below": list(holding.below),
        "above": list(holding.above),
    }


def in_words(matrix: dict[str, Any]) -> list[str]:
    """Say how far the first places hang on the weights, and on what nobody knows."""
    rows = matrix["rows"]
    first = [row for row in rows if row["among"]]
    if not first:
        return ["Nothing is known of any candidate yet, so none comes before another."]
    if len(rows) <= matrix["places"]:
        return [
            "There are no more candidates than places, so nothing hangs on weights."
        ]
    sure = [row["title"] for row in first if row["near"] >= MOSTLY]
    unsure = [row for row in first if row["near"] < MOSTLY]
    close = [row for row in rows if not row["among"] and row["near"] > RARELY]
    who = (
        f"{listed(sure)} {'is' if len(sure) == 1 else 'are'}"
        if sure
        else "no problem is"
    )
    said = [
        f"When each weight is anything from half to double what it counts, {who} among "
        f"the first {matrix['places']} in nine of ten draws or more."
    ]
    for row in unsure:
        said.append(
            f"{row['title']} is among them in {percent(row['near'])} of the draws: its "
            f"place is a matter of judgement."
        )
    for row in close:
        said.append(
            f"{row['title']} is not among them, and would be in "
            f"{percent(row['near'])} of the draws."
        )
    return said + moves(matrix) + doubts(rows)


def moves(matrix: dict[str, Any]) -> list[str]:
    """Whom one weight alone would bring in, where that is within reach."""
    ways: dict[str, list[str]] = {}
    for one in matrix["holding"]:
        title, share = CRITERIA[one["criterion"]][0].lower(), one["share"]
        if one["above"] and one["upper"] <= max(2 * share, 0.25):
            way = f"{title} counted more than {percent(one['upper'])}"
            ways.setdefault(listed(one["above"]), []).append(
                f"{way} of the whole (now {percent(share)})"
            )
        if one["below"] and one["lower"] >= share / 2:
            way = f"{title} counted less than {percent(one['lower'])}"
            ways.setdefault(listed(one["below"]), []).append(
                f"{way} (now {percent(share)})"
            )
    if not ways:
        return ["Halving or doubling any one weight brings no other candidate in."]
    return [
        f"{who} would come in if {'; or if '.join(how)}." for who, how in ways.items()
    ]


def doubts(rows: list[dict[str, Any]]) -> list[str]:
    """Those of which too little is known to place them."""
    doubtful = [row["title"] for row in rows if row["known"] < 0.5]
    if not doubtful:
        return []
    return [
        f"Less than half of what counts is known of {listed(doubtful)}: find out "
        f"before you decide."
    ]


def percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
