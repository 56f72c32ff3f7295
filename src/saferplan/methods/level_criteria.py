"""
What speaks for taking up a problem in the neighbourhood, and what for wider London.

Each criterion gives each level 0 to 1 points for the answer to one question. The points
are a judgement, set down here so that anyone can argue with them; the reasons they rest
on are those the founding responses give.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from saferplan.errors import MethodError

LEVELS = ("neighbourhood", "borough", "sub-regional", "pan-London")
LOCAL = LEVELS[:2]
WIDE = LEVELS[2:]

Points = tuple[float, float, float, float]
Part = Literal["hold", "deliver"]

NO_PREFERENCE: Points = (0, 0, 0, 0)
CROSSES: Points = (0, 0, 0.5, 1)
STAYS: Points = (1, 1, 0, 0)
CITY_WIDE: Points = (0, 0, 1, 1)
FEW_CROSS, MOST_CROSS = 0.2, 0.5
FEW_PLACES, SPREAD = 0.2, 0.4
MOST_AREAS = 0.75  # with events enough: then the level as a whole can be followed


@dataclass(frozen=True)
class Criterion:
    """
    question  what is asked
    part      whether it bears on who holds the plan and the money, or on where the work
              is done
    words     the answers in words, each with its points and its reason
    number    what a number means instead of words, if one may be given
    """

    question: str
    part: Part
    words: Mapping[str, tuple[Points, str]]
    number: str = ""


CRITERIA: dict[str, Criterion] = {
    "crossing": Criterion(
        "How many cases cross a border of the borough?",
        "deliver",
        {
            "most": (CROSSES, "It does not respect borough boundaries."),
            "some": (NO_PREFERENCE, "Some of it crosses borders, and much does not."),
            "few": (STAYS, "It seldom crosses a border."),
        },
        "the share of cases that cross one, 0 to 1",
    ),
    "frequency": Criterion(
        "Are there events enough in a year to tell a change?",
        "hold",
        {
            "common": (NO_PREFERENCE, "It is common enough to follow at any level."),
            "occasional": (
                (0, 0.5, 1, 1),
                "A neighbourhood has too few events to tell a change, and a borough "
                "barely enough.",
            ),
            "rare": ((0, 0, 0.5, 1), "Only London as a whole has events enough."),
        },
        "events in a year per level, as shares of areas with enough",
    ),
    "differences": Criterion(
        "Where do areas differ by more than chance?",
        "deliver",
        {
            "within boroughs": (
                (1, 0.5, 0, 0),
                "Neighbourhoods of one borough differ more than boroughs do.",
            ),
            "between boroughs": (
                (0, 1, 0.5, 0),
                "Boroughs differ, so each needs its own answer.",
            ),
            "alike": ((0, 0, 0, 1), "Areas hardly differ: one answer fits all."),
        },
        "the share of the differences that lies within boroughs, 0 to 1",
    ),
    "concentration": Criterion(
        "Is it in a few places or spread?",
        "deliver",
        {
            "few places": ((1, 0.5, 0, 0), "A few places have most of it."),
            "spread": (NO_PREFERENCE, "It is spread over many places."),
        },
        "the share of areas that has half of it, 0 to 1",
    ),
    "anonymity": Criterion(
        "Do people need a service where they are not known?",
        "hold",
        {
            "yes": (
                CITY_WIDE,
                "People may not come to a service where they are known.",
            ),
            "no": (NO_PREFERENCE, "People need not be anonymous."),
        },
    ),
    "specialist": Criterion(
        "Are the skills too scarce for each borough to have them?",
        "hold",
        {
            "yes": (CITY_WIDE, "The skills are too scarce for every borough."),
            "no": (NO_PREFERENCE, "Every borough can have the skills."),
        },
    ),
    "local knowledge": Criterion(
        "Does it take knowing the place?",
        "deliver",
        {
            "yes": (STAYS, "It takes people who know the place."),
            "no": (NO_PREFERENCE, "It does not hang on knowing the place."),
        },
    ),
    "owner": Criterion(
        "At which level is the body the law puts in charge?", "hold", {}
    ),
    "funding": Criterion("Over which area is it paid for?", "hold", {}),
}
OF_LEVELS = {
    "owner": "The body in charge by law works at this level: {}.",
    "funding": "It is paid for at this level: {}.",
}

Answer = str | float | Mapping[str, float]


def points_of(criterion: str, answer: Answer) -> tuple[Points, str]:
    """
    Return the points of each level for an answer, and the reason in words.

    answer  one of the criterion's words; levels with "and" between, for the owner and
            the funding; or a number as CRITERIA says, and for the frequency the share
            of areas of each level that have events enough

    >>> points_of("crossing", "most")
    ((0, 0, 0.5, 1), 'It does not respect borough boundaries.')
    >>> points_of("crossing", 0.35)[1]
    '35% of cases cross a border of the borough.'
    """
    if criterion not in CRITERIA:
        raise MethodError(
            f"There is no criterion {criterion!r}. There are: {', '.join(CRITERIA)}."
        )
    known = CRITERIA[criterion]
    if isinstance(answer, str):
        if criterion in OF_LEVELS:
            return of_levels(criterion, answer)
        if answer not in known.words:
            raise MethodError(
                f"{answer!r} is no answer to {criterion}. Write one of: "
                f"{', '.join(known.words)}"
                + (f"; or {known.number}." * bool(known.number))
            )
        return known.words[answer]
    if isinstance(answer, Mapping):
        return of_frequency(criterion, answer)
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        raise MethodError(
            f"{criterion} is answered in words or by a share, and {answer!r} is "
            f"neither."
        )
    return of_share(criterion, float(answer))


def of_levels(criterion: str, answer: str) -> tuple[Points, str]:
    named = [level.strip() for level in answer.split(" and ")]
    if strays := [level for level in named if level not in LEVELS]:
        raise MethodError(
            f"{', '.join(strays)} is no level. Levels are {', '.join(LEVELS)}, with "
            f"'and' between two."
        )
    one, two, three, four = (float(level in named) for level in LEVELS)
    return (one, two, three, four), OF_LEVELS[criterion].format(answer)


def of_share(criterion: str, share: float) -> tuple[Points, str]:
    """The points of a share: between those of the words, in proportion."""
    if not 0 <= share <= 1:
        raise MethodError(f"{criterion} is a share from 0 to 1, and {share:g} is none.")
    if criterion == "crossing":
        much = between(share, FEW_CROSS, MOST_CROSS)
        return (
            (1 - much, 1 - much, 0.5 * much, much),
            f"{share:.0%} of cases cross a border of the borough.",
        )
    if criterion == "differences":
        return (
            (share, 1 - share / 2, (1 - share) / 2, 0),
            f"{share:.0%} of what areas differ by lies within boroughs.",
        )
    if criterion == "concentration":
        few = 1 - between(share, FEW_PLACES, SPREAD)
        return (
            (few, few / 2, 0, 0),
            f"Half of it is in {share:.0%} of the areas.",
        )
    raise MethodError(f"{criterion} is answered in words and not by a number.")


def of_frequency(criterion: str, enough: Mapping[str, float]) -> tuple[Points, str]:
    if criterion != "frequency" or set(enough) != set(LEVELS):
        raise MethodError(
            f"Only the frequency is answered by level, with a share for each of "
            f"{', '.join(LEVELS)}."
        )
    one, two, three, four = (min(1.0, enough[level] / MOST_AREAS) for level in LEVELS)
    told = ", ".join(f"{enough[level]:.0%} of {level} areas" for level in LEVELS[:3])
    return (one, two, three, four), f"Events enough to tell a change: {told}."


def between(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
