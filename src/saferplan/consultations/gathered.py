"""
Questions and answers as any system's export comes to us: one neutral record.

*read = kept + quarantined*, always: a row that cannot be taken in is kept verbatim with
the reason, so that nobody's answer is lost without a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from saferplan.errors import ConsultationError

# closed: one of some options. ticks: any of them. open: in their own words. number: a
# figure. about: who somebody is or when they answered; kept apart from the answers.
Kind = Literal["closed", "ticks", "open", "number", "about"]
KINDS: tuple[Kind, ...] = ("closed", "ticks", "open", "number", "about")
Said = str | tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """
    name     a short name that is its own: "Q3"
    text     as people were asked
    options  what could be chosen, as it was seen in the answers; none if open
    because  why we take it for this kind
    """

    name: str
    text: str
    kind: Kind
    options: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True)
class Answers:
    """
    What one respondent said.

    line  the row of the export, counting from 1
    said  by question: words, or the options ticked; a question not answered is absent
    """

    respondent: str
    line: int
    said: Mapping[str, Said]


@dataclass(frozen=True)
class Refused:
    """A row that was not taken in, why, and its cells as they were."""

    line: int
    why: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Gathered:
    """
    name        of the file it was read from
    questions   in the order of the export
    answers     of each respondent, in the order of the export
    quarantined rows that were not taken in
    cautions    what a person should look at before relying on it
    """

    name: str
    questions: tuple[Question, ...]
    answers: tuple[Answers, ...]
    quarantined: tuple[Refused, ...] = ()
    cautions: tuple[str, ...] = field(default=())

    @property
    def read(self) -> int:
        return len(self.answers) + len(self.quarantined)

    def question(self, name: str) -> Question:
        for each in self.questions:
            if each.name == name:
                return each
        raise ConsultationError(
            f"{self.name} has no question {name!r}. It has: "
            f"{', '.join(each.name for each in self.questions)}."
        )

    def of_kind(self, *kinds: Kind) -> tuple[Question, ...]:
        return tuple(each for each in self.questions if each.kind in kinds)
