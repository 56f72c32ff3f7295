"""
Checks that read a journey through the system as somebody who travels it would.

Each says what it found and why it matters; none of them decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from saferplan.definitions.journeys import JourneyStep
from saferplan.plans.checks import Check

Better = Literal["up", "down", "neither"]
DIRECTIONS = {"up": "higher", "down": "lower"}

WHY = {
    "step without indicator": "What happens to people there, nobody counts: they can "
    "be lost at it, and no figure would show that.",
    "indicator without step": "It is counted, and nobody who travels through the "
    "system meets it. Either a step is missing, or it serves the agency only.",
    "opposite directions": "What one agency is praised for, the other is blamed for. "
    "Each can reach its target at the other’s cost.",
    "wait too long": "People give up, move or are harmed again while they wait, and "
    "the next step counts only those who are left.",
    "counted differently": "How many are lost on the way from one to the other cannot "
    "be worked out from these figures.",
    "no rule against contact": "Somebody who harmed another, or was harmed by them, "
    "may meet them there. Services must stay open to both, and keep them apart.",
}


@dataclass(frozen=True)
class Counted:
    """
    An indicator as it stands at a step.

    better  which way the agency takes for good
    counts  what it counts; "" if that is what the step counts
    """

    title: str
    better: Better
    counts: str = ""


@dataclass(frozen=True)
class Step:
    """
    A step of somebody's journey.

    counts    what the agency counts there: "offences", "defendants"; "" if not known
    wait      how long people wait there, in days, at the median; None if not known
    limit     how long they may
    may_meet  whether those whom harm set against each other may meet there
    apart     the rule that keeps them apart, if there is one
    """

    name: str
    title: str
    agency: str
    counts: str
    indicators: tuple[Counted, ...]
    wait: float | None = None
    limit: float | None = None
    may_meet: bool = False
    apart: str = ""


@dataclass(frozen=True)
class HandOff:
    """Where one agency gives somebody over to the next, and what each counts."""

    before: Step
    after: Step

    @property
    def counts_alike(self) -> bool | None:
        """None where it is not known what one of them counts."""
        if not self.before.counts or not self.after.counts:
            return None
        return same(self.before.counts) == same(self.after.counts)


def step_of(defined: JourneyStep) -> Step:
    """A step as it is defined, before a partnership has changed anything."""
    return Step(
        name=defined.name,
        title=defined.title,
        agency=defined.agency,
        counts=defined.counts,
        indicators=tuple(
            Counted(each["title"], direction(each["better"]), each.get("counts", ""))
            for each in defined.indicators
        ),
        limit=defined.limit_days,
        may_meet=defined.may_meet,
    )


def direction(word: str) -> Better:
    """
    Raises KeyError for a word that is no direction.

    >>> direction("up")
    'up'
    """
    known: dict[str, Better] = {"up": "up", "down": "down", "neither": "neither"}
    return known[word]


def check_journey(
    steps: Sequence[Step], *, orphans: Iterable[str] = (), both_roles: bool = False
) -> list[Check]:
    """
    Return what somebody who travels these steps would ask, the gravest first.

    steps       of one path, in order
    orphans     the indicators that the partnership keeps and no step of any path has
    both_roles  whether the path is of people who are both victim and perpetrator
    """
    return [
        *without_rule(steps, both_roles=both_roles),
        *contradictions(steps),
        *waits(steps),
        *uncounted(steps),
        *unlike(steps),
        *(
            made("indicator without step", [each], f"“{each}” is at no step.")
            for each in orphans
        ),
    ]


def made(kind: str, about: Iterable[str], text: str) -> Check:
    return Check(kind, tuple(about), text, WHY[kind])


def same(words: str) -> str:
    """What makes two titles one: neither capitals nor spaces tell them apart."""
    return " ".join(words.casefold().split())


def uncounted(steps: Sequence[Step]) -> list[Check]:
    return [
        made(
            "step without indicator",
            [step.title],
            f"Nothing is counted at “{step.title}” ({step.agency}).",
        )
        for step in steps
        if not step.indicators
    ]


def contradictions(steps: Sequence[Step]) -> list[Check]:
    """Where two agencies take one measure for good in opposite directions."""
    held: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    titles: dict[str, str] = {}
    for step in steps:
        for each in step.indicators:
            held[same(each.title)][each.better].setdefault(step.agency, step.title)
            titles.setdefault(same(each.title), each.title)
    found = []
    for name, sides in held.items():
        ups, downs = sides.get("up", {}), sides.get("down", {})
        if pairs := [(a, b) for a in ups for b in downs if a != b]:
            one, other = pairs[0]
            found.append(
                made(
                    "opposite directions",
                    [titles[name]],
                    f"“{titles[name]}” is better higher for {one} (at “{ups[one]}”) "
                    f"and better lower for {other} (at “{downs[other]}”).",
                )
            )
    return found


def waits(steps: Sequence[Step]) -> list[Check]:
    return [
        made(
            "wait too long",
            [step.title],
            f"People wait {step.wait:g} days at “{step.title}”, at the median. They "
            f"should wait no more than {step.limit:g}.",
        )
        for step in steps
        if step.wait is not None and step.limit is not None and step.wait > step.limit
    ]


def hand_offs(steps: Sequence[Step]) -> list[HandOff]:
    """Each step of one agency that the next step, of another agency, follows."""
    return [
        HandOff(one, other)
        for one, other in zip(steps, steps[1:], strict=False)
        if same(one.agency) != same(other.agency)
    ]


def unlike(steps: Sequence[Step]) -> list[Check]:
    return [
        made(
            "counted differently",
            [each.before.title, each.after.title],
            f"{said(each.before)}; {said(each.after)}.",
        )
        for each in hand_offs(steps)
        if each.counts_alike is False
    ]


def said(step: Step) -> str:
    return f"{step.agency} counts {step.counts} at “{step.title}”"


def without_rule(steps: Sequence[Step], *, both_roles: bool) -> list[Check]:
    """Where people who must be kept apart may meet, and no rule says how they are."""
    kind = "no rule against contact"
    if both_roles and not any(step.may_meet or step.apart for step in steps):
        text = "No step of this path says how those who must not meet are kept apart."
        return [made(kind, [], text)]
    return [
        made(
            kind,
            [step.title],
            f"Both sides may meet at “{step.title}” ({step.agency}), and no rule says "
            f"how they are kept apart.",
        )
        for step in steps
        if step.may_meet and not step.apart.strip()
    ]
