"""
The Gunning file: four gates that a fair consultation passes, each with its evidence.

What nobody has written down is unknown, never met. A gate is met when every line of its
evidence holds, and not met as soon as one does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from saferplan.consultations.timetable import Timetable, said

Verdict = Literal["met", "not met", "unknown"]


@dataclass(frozen=True)
class Evidence:
    """
    One line of a gate.

    text      what was asked of the consultation, or found about it, in words
    holds     None where nobody has said
    to_weigh  True for what people are to weigh, and what fails no gate by itself
    """

    text: str
    holds: bool | None
    to_weigh: bool = False


@dataclass(frozen=True)
class Gate:
    number: int
    title: str
    evidence: tuple[Evidence, ...]

    @property
    def verdict(self) -> Verdict:
        held = [line.holds for line in self.evidence]
        if False in held:
            return "not met"
        return "met" if held and None not in held else "unknown"


@dataclass(frozen=True, kw_only=True)
class Record:
    """
    What is known of a consultation. None stands for "nobody has said".

    timetable          its days, from `timetable`
    options_open       whether the draft says which options were still open
    decided_on         the day the plan was decided; None while it is not
    decision_paper_on  the day the paper for the decision was published
    documents          each document a reader needs, with the day it was published
    equality_on        the day the equality analysis was published
    reasons_given      whether the draft gives reasons for what it proposes
    reading_age        of the draft, in years of school age
    most_reading_age   the oldest that the partnership allows itself
    late_rule          the rule for late answers as it was published; "" for none
    points, answered   points raised, and points with a disposition and its reason
    read_by            whether a person has read every answer
    paper_cites        whether the paper for the decision tells what people said
    """

    timetable: Timetable | None = None
    options_open: bool | None = None
    decided_on: date | None = None
    decision_paper_on: date | None = None
    documents: tuple[tuple[str, date | None], ...] = ()
    equality_on: date | None = None
    reasons_given: bool | None = None
    reading_age: float | None = None
    most_reading_age: float = 14
    late_rule: str | None = None
    points: int | None = None
    answered: int | None = None
    read_by: bool | None = None
    paper_cites: bool | None = None


def gates(record: Record) -> tuple[Gate, Gate, Gate, Gate]:
    """
    Return the four gates, in order, with what is known for and against each.

    It is a file for the decision-maker and for a court to read, not legal advice: a
    court asks whether the whole was fair, and not how many lines hold.

    Source: R v Brent LBC ex p Gunning (1985) 84 LGR 168; R (Moseley) v Haringey LBC
    [2014] UKSC 56.

    >>> [gate.verdict for gate in gates(Record(points=3, answered=2))]
    ['unknown', 'unknown', 'unknown', 'not met']
    """
    return (
        Gate(1, "Asked while the draft could still change", formative(record)),
        Gate(2, "Told enough to answer", informed(record)),
        Gate(3, "Given enough time", timed(record)),
        Gate(4, "Heard before it was decided", heard(record)),
    )


def formative(record: Record) -> tuple[Evidence, ...]:
    closes = record.timetable.closes.date() if record.timetable else None
    decided = Evidence("The plan has not been decided.", True)
    if record.decided_on is not None:
        after = None if closes is None else record.decided_on > closes
        decided = Evidence(
            f"The plan was decided on {said(record.decided_on)}"
            + (f"; answers closed on {said(closes)}." if closes else "."),
            after,
        )
    elif closes is None:
        decided = Evidence("Whether it was decided before it closed.", None)
    return (
        Evidence("The draft says which options were still open.", record.options_open),
        decided,
    )


def informed(record: Record) -> tuple[Evidence, ...]:
    opens = record.timetable.opens.date() if record.timetable else None
    documents = record.documents or (("The documents people needed", None),)
    lines = [published(name, day, opens) for name, day in documents]
    lines.append(published("The equality analysis", record.equality_on, opens))
    lines.append(
        Evidence("The draft gives reasons for what it proposes.", record.reasons_given)
    )
    age = record.reading_age
    lines.append(
        Evidence("How hard the draft is to read has not been measured.", None)
        if age is None
        else Evidence(
            f"The draft can be read at age {age:g}; {record.most_reading_age:g} is "
            f"the most we allow ourselves.",
            age <= record.most_reading_age,
        )
    )
    return tuple(lines)


def published(name: str, day: date | None, opens: date | None) -> Evidence:
    if day is None:
        return Evidence(f"{name}: no day of publication is recorded.", None)
    if opens is None:
        return Evidence(f"{name}: published on {said(day)}.", None)
    late = "" if day <= opens else f", after it opened on {said(opens)}"
    return Evidence(f"{name}: published on {said(day)}{late}.", day <= opens)


def timed(record: Record) -> tuple[Evidence, ...]:
    late = (
        Evidence("Nobody has recorded a rule for late answers.", None)
        if record.late_rule is None
        else Evidence(
            f"Rule for late answers: {record.late_rule or 'none was published'}.",
            bool(record.late_rule),
        )
    )
    found = record.timetable
    if found is None:
        return (Evidence("When it opened and closed is not recorded.", None), late)
    return (
        Evidence(
            f"Open for {found.days} days, {found.working_days} of them working days, "
            f"from {said(found.opens.date())} to {said(found.closes.date())}. The "
            f"least is {found.least_days}: {found.least_because}.",
            found.long_enough,
        ),
        # A holiday within is for people to weigh: it never fails the gate by itself.
        *(
            Evidence(f"To weigh: {warning}", True, to_weigh=True)
            for warning in found.warnings
            if found.long_enough or not warning.startswith("It is open for")
        ),
        late,
    )


def heard(record: Record) -> tuple[Evidence, ...]:
    every = Evidence("How many points were answered is not recorded.", None)
    if record.points is not None and record.answered is not None:
        every = Evidence(
            f"{record.answered} of {record.points} points have an answer with its "
            f"reason.",
            record.answered >= record.points,
        )
    paper = Evidence("When the paper for the decision came out is not recorded.", None)
    closes = record.timetable.closes.date() if record.timetable else None
    if record.decision_paper_on is not None and closes is not None:
        paper = Evidence(
            f"The paper for the decision is of {said(record.decision_paper_on)}; "
            f"answers closed on {said(closes)}.",
            record.decision_paper_on > closes,
        )
    return (
        every,
        Evidence("A person has read every answer.", record.read_by),
        Evidence(
            "The paper for the decision tells what people said.", record.paper_cites
        ),
        paper,
    )


def verdicts(found: Sequence[Gate]) -> str:
    """
    In a sentence, for the head of the file.

    >>> verdicts(gates(Record()))
    '0 of 4 gates met, and 4 of which too little is recorded to say.'
    """
    by = [gate.verdict for gate in found]
    told = [f"{by.count('met')} of {len(by)} gates met"]
    if failed := by.count("not met"):
        told.append(f"{failed} not met")
    if unknown := by.count("unknown"):
        told.append(f"{unknown} of which too little is recorded to say")
    return f"{', '.join(told[:-1])}, and {told[-1]}." if told[1:] else f"{told[0]}."
