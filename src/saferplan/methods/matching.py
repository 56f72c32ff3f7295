"""
People elsewhere who are like those in a cohort: k for each, and how like they are.

What is not recorded is not matched. Two honest analysts who match on other things find
other people, and may find another answer.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.match_balance import balance, columns_of
from saferplan.methods.match_score import chances

Scale = Literal["logit", "share"]
Whole = npt.NDArray[np.int64]

# Scores nearer than this are the same: people who are alike must not be told apart by
# the last digit that a computer keeps.
HAIR = 1e-8
NOBODY = np.iinfo(np.int64).max // 4
ALIKE = 0.1  # standardised difference above which two groups are not taken for alike
LEFT = 0.1  # share without a match from which the rest may not stand for all


@dataclass(frozen=True)
class Matching:
    """
    pairs      one row per match: `person`, `match` (their names in the two tables),
               `place` (1 for the first match of a person), `apart` (difference of
               score)
    weights    of each person in the pool: 1 over how many matches their person has;
               0 if not matched. They add up to the people matched
    unmatched  those of the group who have nobody like them
    balance    as `balance` gives it, before and after
    cautions   in words
    """

    pairs: pd.DataFrame
    weights: pd.Series
    unmatched: tuple[Hashable, ...]
    balance: pd.DataFrame
    cautions: tuple[str, ...]


def match(
    group: pd.DataFrame,
    pool: pd.DataFrame,
    *,
    on: Sequence[str],
    exact: Sequence[str] = (),
    k: int = 1,
    caliper: float | None = 0.2,
    scale: Scale = "logit",
) -> Matching:
    """
    Return up to k people of a pool for each of a group, each of them used once.

    group, pool  one row per person; no name twice in either
    on           the columns to match on, none missing: numbers, or words, each of which
                 then counts on its own
    exact        columns in which a match must be the very same
    k            matches for each person
    caliper      how far apart two scores may be, in standard deviations of the score
                 over both tables; None for any distance
    scale        of the score: "logit", or "share" for the chance itself

    The score is the chance of belonging to the group, by logistic regression on `on`.
    Matching is greedy and leaves nothing to chance: everybody gets a first match before
    anybody gets a second; in each round those with the highest score come first; of two
    with one score, the one who stands first in the table. Of two in the pool equally
    near, the one who stands first is taken. Scores within 1e-8 are the same. Where all
    of the group are alike in a yes or no, or in a word, so are their matches.

    Raises MethodError if a column is missing or has gaps, a name comes twice, the
    columns tell the two apart entirely, or nobody has a match.

    Like in what was recorded is not alike. Read the balance before the result, and fix
    the columns before the outcomes are known.

    Source: Rosenbaum and Rubin (1985), doi:10.1080/00031305.1985.10479383; caliper of
    0.2 as in Austin (2011), doi:10.1002/pst.433; order as in R's MatchIt.

    >>> group = pd.DataFrame({"age": [20, 31]}, index=["a", "b"])
    >>> pool = pd.DataFrame({"age": [50, 30, 21, 19]}, index=list("wxyz"))
    >>> found = match(group, pool, on=["age"], caliper=None)
    >>> dict(zip(found.pairs["person"], found.pairs["match"]))
    {'a': 'y', 'b': 'x'}
    """
    check(group, pool, [*on, *exact], k, caliper)
    ours_told, theirs_told = columns_of(group, on, pool), columns_of(pool, on, group)
    varied, eligible = who_may_match(ours_told, theirs_told)
    both = pd.concat([ours_told[varied], theirs_told.loc[eligible, varied]])
    score = chances(both.to_numpy(dtype=float), len(group), scale=scale)
    reach = np.inf if caliper is None else caliper * float(score.std(ddof=1))
    ours, theirs = score[: len(group)], score[len(group) :]
    steps = np.rint(score / HAIR).astype(np.int64)
    taken = greedy(
        steps[: len(group)],
        steps[len(group) :],
        *strata(group, pool[eligible], exact),
        k=k,
        reach=min(reach / HAIR, NOBODY - 1),
    )
    if not taken:
        raise MethodError(
            "Nobody has a match. Widen the caliper, ask for fewer exact columns, or "
            "find a larger pool."
        )
    person, among, place = (np.array(each) for each in zip(*taken, strict=True))
    match_of = np.flatnonzero(eligible)[among]
    pairs = pd.DataFrame(
        {
            "person": group.index[person],
            "match": pool.index[match_of],
            "place": place,
            "apart": np.abs(ours[person] - theirs[among]),
        }
    )
    each = np.bincount(person, minlength=len(group))
    weights = np.zeros(len(pool))
    weights[match_of] = 1 / each[person]
    table = balance(group, pool, on=on, kept=each > 0, weights=weights)
    unmatched = tuple(group.index[each == 0])
    return Matching(
        pairs=pairs,
        weights=pd.Series(weights, index=pool.index),
        unmatched=unmatched,
        balance=table,
        cautions=cautions(table, len(unmatched), len(group), int((each < k).sum()), k),
    )


def who_may_match(
    ours: pd.DataFrame, theirs: pd.DataFrame
) -> tuple[list[str], npt.NDArray[np.bool_]]:
    """
    The columns that tell people apart, and who in the pool may be matched at all.

    What all of the group are, or none of them is, needs no score: it would be without
    end. Those in the pool who differ in it are like nobody in the group.
    """
    eligible = np.ones(len(theirs), dtype=bool)
    varied = []
    for name in ours:
        told = ours[name].unique()
        yes_or_no = theirs[name].isin([0, 1]).all()
        if len(told) == 1 and yes_or_no:
            eligible &= (theirs[name] == told[0]).to_numpy()
        else:
            varied.append(str(name))
    if not eligible.any():
        raise MethodError(
            "Nobody in the pool has what all of the group have. Find another pool."
        )
    return varied, eligible


def greedy(
    ours: Whole,
    theirs: Whole,
    our_strata: Whole,
    their_strata: Whole,
    *,
    k: int,
    reach: float,
) -> list[tuple[int, int, int]]:
    """Who is matched with whom, in which round; scores are in hairs."""
    # A stable sort keeps the order of the table where scores are the same.
    order = np.argsort(-ours, kind="stable")
    free = theirs.copy()
    found = []
    for place in range(1, k + 1):
        for person in order.tolist():
            apart = np.abs(free - ours[person])
            if our_strata.size:
                apart[their_strata != our_strata[person]] = NOBODY
            nearest = int(apart.argmin())
            if apart[nearest] <= reach:
                found.append((person, nearest, place))
                free[nearest] = 2 * NOBODY
    return found


def strata(
    group: pd.DataFrame, pool: pd.DataFrame, exact: Sequence[str]
) -> tuple[Whole, Whole]:
    """A number for each combination of the exact columns; empty if there are none."""
    if not exact:
        none = np.empty(0, dtype=np.int64)
        return none, none
    both = pd.concat([group[list(exact)], pool[list(exact)]])
    number = np.asarray(both.groupby(list(exact), sort=False).ngroup(), dtype=np.int64)
    return number[: len(group)], number[len(group) :]


def check(
    group: pd.DataFrame,
    pool: pd.DataFrame,
    columns: Sequence[str],
    k: int,
    caliper: float | None,
) -> None:
    if k < 1:
        raise MethodError(f"k must be 1 or more, and {k} is not.")
    if caliper is not None and not caliper > 0:
        raise MethodError(f"caliper must be above 0, and {caliper:g} is not.")
    for name, table in (("group", group), ("pool", pool)):
        if missing := [each for each in columns if each not in table]:
            raise MethodError(f"The {name} has no {', '.join(missing)}.")
        if table.index.has_duplicates:
            twice = table.index[table.index.duplicated()][0]
            raise MethodError(f"{twice!r} comes twice in the {name}. Name each once.")
        gaps = table[list(columns)].isna().any()
        if gaps.any():
            raise MethodError(
                f"{', '.join(gaps.index[gaps])} has gaps in the {name}. Leave those "
                f"people out, or make not known a value of its own."
            )


def cautions(
    table: pd.DataFrame, unmatched: int, people: int, short: int, k: int
) -> tuple[str, ...]:
    found = []
    apart = table["after"].abs() > ALIKE
    if apart.any():
        found.append(
            f"Still not alike in {', '.join(table.index[apart])}: standardised "
            f"differences above {ALIKE:g}."
        )
    if unmatched > LEFT * people:
        found.append(
            f"{unmatched:,} of {people:,} have no match, so the result is not about "
            f"them. See who they are."
        )
    if k > 1 and short > unmatched:
        found.append(f"{short - unmatched:,} have fewer than {k} matches.")
    return tuple(found)
