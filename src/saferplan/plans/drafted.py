"""A plan as it is being written, as the checks read it."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from saferplan.plans.plan import Action, TimeFrame
from saferplan.plans.timeframes import read_time_frame


@dataclass(frozen=True)
class Promise:
    """
    One action of a plan being written.

    name     strand and place in it: "1.3"
    money       in pounds; None where nothing is said
    staff_days  days of work it takes in all; None where nothing is said
    """

    name: str
    strand: int
    text: str
    lead: str = ""
    measure: str = ""
    baseline: str = ""
    target: str = ""
    time_frame: str = ""
    money: float | None = None
    findings: int = 0
    staff_days: int | None = None


@dataclass(frozen=True)
class DraftedStrand:
    number: int
    title: str
    scope: str = ""


@dataclass(frozen=True)
class DraftedCommitment:
    """One thing a plan says it will do in a list: its name there, and its words."""

    name: str
    text: str


@dataclass(frozen=True)
class Drafted:
    """
    A plan being written.

    strategy  True for a police and crime plan; False for a partnership's own
    ends      its last day
    means     money there is for it in all, in pounds; None where nobody said
    days      days of work there are for it in all; None where nobody said
    unserved  commitments of the plan above it that none of its actions serves
    unasked   its actions, by name, that no commitment of the plan above asks for
    limits    how many actions a body can lead at once, where it is not the usual number
    """

    title: str
    begins: date
    ends: date
    strategy: bool = False
    purpose: str = ""
    strands: tuple[DraftedStrand, ...] = ()
    promises: tuple[Promise, ...] = ()
    commitments: tuple[DraftedCommitment, ...] = ()
    means: float | None = None
    days: int | None = None
    unserved: tuple[DraftedCommitment, ...] = ()
    unasked: tuple[str, ...] = ()
    limits: dict[str, int] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """All its words, an action or a heading a line."""
        return "\n".join(line for line, _ in self.lines)

    @cached_property
    def lines(self) -> list[tuple[str, str]]:
        """Each line of its words, with the action it belongs to or ""."""
        told = [(self.title, ""), (self.purpose, "")]
        for strand in self.strands:
            told += [(strand.title, ""), (strand.scope, "")]
        told += [(promise_words(each), each.name) for each in self.promises]
        return told + [(each.text, "") for each in self.commitments]

    @cached_property
    def actions(self) -> list[Action]:
        """Its actions as the reader's own checks take them, placed in `text`."""
        starts: dict[str, tuple[int, int]] = {}
        at = 0
        for line, name in self.lines:
            starts[name] = (at, at + len(line))
            at += len(line) + 1
        years = (self.begins.year, self.ends.year)
        return [
            Action(
                name=each.name,
                strand=each.strand,
                theme=1,
                row=number,
                text=each.text,
                parts=(),
                time=frame_of(each, years),
                state="open",
                tick="",
                why="",
                other={},
                marks=(),
                ranges=(starts[each.name],),
                tick_ranges=(),
            )
            for number, each in enumerate(self.promises, start=1)
        ]


def promise_words(promise: Promise) -> str:
    said = (promise.text, promise.measure, promise.target, promise.lead)
    return " ".join(" ".join(filter(None, said)).split())


def frame_of(promise: Promise, years: tuple[int, int]) -> TimeFrame:
    return read_time_frame(promise.time_frame, years=years)
