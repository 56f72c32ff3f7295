"""How complete an equality analysis is, and what it still needs to be signed off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Effect = Literal["positive", "negative", "neutral", "unknown"]

# What an analysis says besides the impact on each group: the name, and as a demand.
PARTS = {
    "aims": "Say what the plan is for.",
    "affected": "Say who is affected by it.",
    "intersectional": "Say how it falls on people of more than one group.",
    "eliminate": "Say how it helps to end discrimination and harassment.",
    "advance": "Say how it advances equality of opportunity.",
    "foster": "Say how it fosters good relations.",
    "alternatives": "Say what else was considered.",
    "mitigation": "Say what is done about what falls unequally.",
    "outcome": "Choose what was decided.",
    "outcome_why": "Say why that was decided.",
    "monitoring": "Say how anybody will see what became of it.",
    "review_on": "Give the day on which it is looked at again.",
}
# Those without which nobody can sign: the others lower the score.
NEEDED = ("aims", "affected", "eliminate", "advance", "foster", "outcome", "review_on")
FIRST_LOOK = ("aims", "affected")


@dataclass(frozen=True)
class Said:
    """
    What is said of one group.

    effect    "" until somebody has answered; "unknown" is an answer
    why       the reasons given
    evidence  whether anything is there to rest it on
    """

    effect: str
    why: str
    evidence: bool


@dataclass(frozen=True)
class Completeness:
    """
    score     whole percent of what there is to say that is said and known
    unknown   groups for whom the effect was answered with "unknown"
    open      what must be done before anybody can sign, each as a demand
    thin      what lowers the score and holds nobody up, each as a demand
    """

    score: int
    unknown: tuple[str, ...]
    open: tuple[str, ...]
    thin: tuple[str, ...]


def completeness(
    groups: Mapping[str, Said], parts: Mapping[str, str], *, screened_out: str = ""
) -> Completeness:
    """
    Return how much of an analysis is said and known.

    groups        what is said of each, by the group's title
    parts         the text of each of PARTS; missing or blank where nothing is said
    screened_out  why a full analysis is not needed, if somebody said so: then only the
                  aims and who is affected must be said to sign. The score stays what
                  a full analysis would have.

    Each group counts two, one for a known effect with its reasons and one for evidence;
    each part counts one. An effect that is "unknown" is allowed, with a reason, and
    counts nothing, as does a missing one. The score is rounded down, so that 100 means
    that nothing is missing. It measures what is said, not whether it is right.
    """
    said = {name for name in PARTS if parts.get(name, "").strip()}
    points = len(said)
    must: list[str] = []
    thin: list[str] = []
    for title, group in groups.items():
        known = group.effect not in ("", "unknown") and bool(group.why.strip())
        points += known + group.evidence
        must += demands_of(title, group)
        if not group.evidence:
            thin.append(f"{title}: say what it rests on.")
    harmed = [title for title, group in groups.items() if group.effect == "negative"]
    for name in [each for each in PARTS if each not in said]:
        if name == "mitigation" and harmed:
            worse = ", ".join(harmed)
            must.append(f"{PARTS[name]} Affected for the worse: {worse}.")
        else:
            (must if name in NEEDED else thin).append(PARTS[name])
    if screened_out.strip():
        thin += [each for each in must if each not in FIRST_DEMANDS]
        must = [each for each in must if each in FIRST_DEMANDS]
    return Completeness(
        score=100 * points // (2 * len(groups) + len(PARTS)),
        unknown=tuple(t for t, group in groups.items() if group.effect == "unknown"),
        open=tuple(must),
        thin=tuple(thin),
    )


def demands_of(title: str, group: Said) -> list[str]:
    if not group.effect:
        return [f"{title}: say how it is affected, or that it is unknown."]
    return [] if group.why.strip() else [f"{title}: say why you think so."]


FIRST_DEMANDS = tuple(PARTS[name] for name in FIRST_LOOK)
