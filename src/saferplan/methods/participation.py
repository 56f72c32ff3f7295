"""
Who was heard: those who answered against those who live here, group by group.

It stands on `representation` for the index, and on `suppress` for what may be shown. It
adds what an officer can still act on while a consultation is open: whose voices are
missing, and how many more it would take.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.disclosure_suppression import suppress
from saferplan.methods.disclosure_tables import EVERYTHING, tables_of
from saferplan.methods.proportions import LEAST_ASKED, LEAST_PEOPLE
from saferplan.methods.rates import same_areas
from saferplan.methods.representation import representation

CHOSE_TO = (
    "Nobody drew lots: people chose to answer. The limits say only how far chance "
    "would go in so small a number, and a group that matches may still not be typical "
    "of itself."
)
HIDDEN = "Hidden to protect people: a small number, or one that would give it away."


@dataclass(frozen=True)
class Participation:
    """
    groups    a row per group: `respondents`, `share`, `population_share`, `index`
              (share over population share: 1 would match), `lower`, `upper`, `needed`
              (further voices of that group that would make its share match, if nobody
              else answered), `verdict` ("too few", "too many", "within chance" or
              "cannot tell") and `caution`
    missing   the groups heard too little, the least heard for its size first
    unheard   groups that live here and of whom nobody answered
    unlike    share of respondents who would have to be of another group for the two to
              match, 0 to 1; missing where it could give a hidden number away
    cautions  in words
    """

    groups: pd.DataFrame
    missing: tuple[str, ...]
    unheard: tuple[str, ...]
    unlike: float
    cautions: tuple[str, ...]


def participation(
    respondents: pd.Series,
    population: pd.Series,
    *,
    not_stated: int = 0,
    least: int = LEAST_PEOPLE,
    base: int = LEAST_ASKED,
    confidence: float = 0.95,
) -> Participation:
    """
    Return how each group's share of the answers compares with its share of people.

    respondents  people who answered, whole numbers, one per group or ward;
                 organisations are not people, and are left out
    population   people of that group, from a census; same index
    not_stated   people who answered and did not say; in no share
    least        groups of fewer respondents, and not none, are hidden, with as few
                 others as keep anybody from working them out
    base         fewer respondents than this in all have no shares

    Raises MethodError if the indexes differ, a count is missing, negative or no whole
    number, a group is named twice, or the population is empty.

    An index of 2 is not a fault: those whom a plan touches most may rightly answer
    most. `needed` is arithmetic, not a target: five people sought out and listened to
    can be worth more than fifty forms. One group in twenty stands out by chance.

    Source: the ratio of a binomial share to a known one, with Wilson's limits (1927),
    doi:10.1080/01621459.1927.10502953.

    >>> heard = pd.Series({"16 to 24": 20, "25 to 64": 100, "65 and over": 80})
    >>> people = pd.Series({"16 to 24": 300, "25 to 64": 1_200, "65 and over": 500})
    >>> found = participation(heard, people)
    >>> found.groups["index"].round(2).tolist(), found.groups["needed"].tolist()
    ([0.67, 0.83, 1.6], [12.0, 50.0, 0.0])
    """
    check(respondents, population)
    few = float(respondents.sum()) < base
    hidden = respondents > 0 if few else hidden_groups(respondents, least)
    found = representation(
        respondents,
        population,
        not_stated=not_stated,
        least=least,
        base=base,
        confidence=confidence,
    )
    groups = found.groups.rename(columns={"members": "respondents"})
    groups["needed"] = needed(respondents, population)
    # `representation` hides by a rule of its own; we show what both would.
    alike = bool((hidden == groups["respondents"].isna()).all())
    hidden |= groups["respondents"].isna()
    numbers = ["share", "index", "lower", "upper", "needed"]
    groups.loc[hidden, ["respondents", *numbers]] = np.nan
    groups.loc[hidden, "verdict"] = "cannot tell"
    groups.loc[hidden, "caution"] = HIDDEN
    if few:
        groups[numbers] = np.nan
        groups["caution"] = f"Fewer than {base} answered: too few for a percentage."
    columns = ["respondents", "share", "population_share", "index", "lower", "upper"]
    groups = groups[[*columns, "needed", "verdict", "caution"]]
    lacking = groups[groups["verdict"] == "too few"]
    return Participation(
        groups=groups,
        missing=tuple(lacking.sort_values("index", kind="stable").index),
        unheard=tuple(groups.index[(respondents == 0) & (population > 0)]),
        unlike=found.unlike if alike else float("nan"),
        cautions=(*(as_respondents(said) for said in found.cautions), CHOSE_TO),
    )


def needed(respondents: pd.Series, population: pd.Series) -> pd.Series:
    """
    Further voices of each group that bring its share up to that of the population.

    Solves (x + n) / (T + n) = p for n, and rounds up: missing where the group is all of
    the population.

    >>> needed(pd.Series([5, 95]), pd.Series([100, 900])).tolist()
    [6.0, 0.0]
    """
    share = population / population.sum()
    short = share * respondents.sum() - respondents
    with np.errstate(divide="ignore", invalid="ignore"):
        more = short / (1 - share).where(share < 1)
    # A hair above a whole number is that number: 0.1 * 100 is not 10 to a computer.
    return pd.Series(np.ceil(more.clip(lower=0) - 1e-9) + 0.0, index=respondents.index)


def hidden_groups(respondents: pd.Series, least: int) -> pd.Series:
    """Which groups the disclosure method hides, where the total is known to all."""
    listed = pd.DataFrame(
        {
            "group": respondents.index.astype(str),
            "count": respondents.to_numpy(dtype=int),
        }
    )
    tables = tables_of(listed, by=["group"], known=[EVERYTHING])
    shown = suppress(tables, threshold=least).cells["count"]
    names = [f"group={name}" for name in listed["group"]]
    return pd.Series(shown[names].isna().to_numpy(), index=respondents.index)


def as_respondents(words: str) -> str:
    return words.replace("members", "respondents").replace(
        "state their group", "say which group they are of"
    )


def check(respondents: pd.Series, population: pd.Series) -> None:
    same_areas("respondents", respondents, "population", population)
    if respondents.index.duplicated().any():
        twice = respondents.index[respondents.index.duplicated()][0]
        raise MethodError(f"{twice} stands twice. Add its rows up first.")
    counts = respondents.astype(float)
    if not ((counts >= 0) & (counts == np.floor(counts)) & np.isfinite(counts)).all():
        raise MethodError("Respondents are people: give whole numbers, nought or more.")
