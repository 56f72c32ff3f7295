"""What a journey map is asked, with what was answered to each question."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from saferplan.plans.checks import Check
from saferplan.web.core.downloads import Cell
from saferplan.web.core.pages import plural
from saferplan.web.performance.models.journey import JourneyAnswer, JourneyMap

COLUMNS = ["Question", "What is asked", "State", "Answer", "Source", "On"]
STATES = {
    "answered": ("Answered", "green"),
    "unknown": ("Nobody knows", "grey"),
    "open": ("Not answered", "yellow"),
}


@dataclass(frozen=True)
class Question:
    """
    name     of its address: the same as long as it asks the same
    answer   that stands; None while nobody has answered
    earlier  what was answered before
    """

    name: str
    check: Check
    answer: JourneyAnswer | None
    earlier: tuple[JourneyAnswer, ...]

    @property
    def state(self) -> str:
        return self.answer.outcome if self.answer else "open"

    @property
    def tag(self) -> tuple[str, str]:
        return STATES[self.state]


def questions_of(made: JourneyMap, checks: Iterable[Check]) -> list[Question]:
    """The questions in their order, each with what was answered to it."""
    said: dict[str, list[JourneyAnswer]] = {}
    for each in made.answers.select_related("by"):
        said.setdefault(name_of(each.kind, each.about), []).append(each)
    found = []
    for check in checks:
        name = name_of(check.kind, check.about)
        answers = said.get(name, [])
        stands = answers[0] if answers and answers[0].outcome != "open" else None
        earlier = answers[1:] if stands else answers
        found.append(
            Question(
                name, check, stands, tuple(e for e in earlier if e.outcome != "open")
            )
        )
    return found


def name_of(kind: str, about: Sequence[str]) -> str:
    told = json.dumps([kind, *about])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def by_kind(found: Sequence[Question]) -> list[tuple[str, list[Question], str]]:
    """Questions of one kind together, with how many of them are answered."""
    return [
        (kind, several := list(group), in_brief(several))
        for kind, group in groupby(found, lambda each: each.check.kind)
    ]


def counted(found: Sequence[Question]) -> str:
    """
    How they stand: "3 questions: 1 answered, 1 that nobody knows, 1 not answered".
    """
    many = Counter(each.state for each in found)
    said = [
        f"{many['answered']} answered",
        f"{many['unknown']} that nobody knows",
        f"{many['open']} not answered",
    ]
    return f"{plural(len(found), 'question')}: {', '.join(said)}"


def in_brief(found: Sequence[Question]) -> str:
    """The same without what there is none of: "2 open, 1 answered"."""
    many = Counter(each.state for each in found)
    said = [f"{many['open']} open"] if many["open"] else []
    said += [f"{many['answered']} answered"] if many["answered"] else []
    said += [f"{many['unknown']} that nobody knows"] if many["unknown"] else []
    return ", ".join(said)


def rows_of(found: Sequence[Question]) -> list[list[Cell]]:
    return [
        [
            each.check.kind.capitalize(),
            each.check.text,
            each.tag[0],
            each.answer.said if each.answer else "",
            each.answer.source if each.answer else "",
            each.answer.day.isoformat() if each.answer and each.answer.day else "",
        ]
        for each in found
    ]
