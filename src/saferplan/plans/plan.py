"""
A plan as it was read: its strands, themes and actions, or its lists of commitments.

A range is (start, end): the characters text[start:end] of the source's text. For a
workbook, which has no text of its own, they are those of the table that we wrote out
of it (see `saferplan.plans.opening`).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Range = tuple[int, int]
State = Literal["done", "partly", "open", "ambiguous"]
Verdict = Literal["measurable", "yes or no only", "not measurable"]


@dataclass(frozen=True)
class TimeFrame:
    """
    When an action is to be done, as printed and as far as we understand it.

    begins       the first day it should be under way
    due          the last day to do it; the end of a month where only that is printed
    first_due    the day it was due before a second was printed beside it
    every        how often, as an ISO 8601 duration: P1W, P3M
    after        how long until it is looked at again, as an ISO 8601 duration
    rest         the words that say something else, such as who reviews it
    shared       True if the cell held one time frame for several actions
    problem      why it could not be read, in a sentence; "" if it could
    """

    text: str
    begins: date | None = None
    due: date | None = None
    first_due: date | None = None
    every: str = ""
    after: str = ""
    ongoing: bool = False
    immediate: bool = False
    as_required: bool = False
    review: bool = False
    rest: str = ""
    shared: bool = False
    problem: str = ""
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Action:
    """
    One thing the plan says will be done.

    name    strand, theme and place among them: "2.3.1"
    row     the number of the table's row that it begins in, from 1 in each plan
    parts   its lettered parts, as printed, each with its letter
    tick    the cell that says whether it is done, as printed
    why     how `state` follows from the tick
    other   what other columns say, by their heading
    marks   what is odd about it, a sentence each
    ranges  where its words are in the source; more than one across a page break
    """

    name: str
    strand: int
    theme: int
    row: int
    text: str
    parts: tuple[str, ...]
    time: TimeFrame
    state: State
    tick: str
    why: str
    other: dict[str, str]
    marks: tuple[str, ...]
    ranges: tuple[Range, ...]
    tick_ranges: tuple[Range, ...]


@dataclass(frozen=True)
class Strand:
    """
    One part of the plan, with a table of its own.

    under  the headings directly above its own, the highest first
    scope  the paragraphs between its heading and its table; those after a line such as
           “This includes:” are its topics
    """

    number: int
    title: str
    under: tuple[str, ...]
    scope: tuple[str, ...]
    ranges: tuple[Range, ...]
    is_communications: bool = False


@dataclass(frozen=True)
class Row:
    """
    A row of the table as printed: the paragraphs of each cell, by what it holds.

    missing  the columns that the row is too short for
    """

    number: int
    strand: int
    theme: int
    cells: dict[str, tuple[str, ...]]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """
    Something that only a person can settle, about one action.

    beside  the other actions that the same cell speaks of; the first of very many
    place   the row in the source, to be read side by side
    """

    action: str
    why: str
    beside: tuple[str, ...]
    place: Range


@dataclass(frozen=True)
class Overlap:
    """
    Actions that seem to be one, or to share most of their words.

    likeness  the words they share, of all the words of both: 1.0 for the same words
    """

    kind: Literal["duplicate", "overlap"]
    actions: tuple[str, ...]
    likeness: float
    shared_words: tuple[str, ...]


@dataclass(frozen=True)
class Flag:
    """
    Something in the plan that is wrong, or that needs an answer.

    about  names of actions, or "strand 1"; empty for the whole document
    """

    kind: str
    about: tuple[str, ...]
    text: str
    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class Commitment:
    """
    One thing a strategy says it will do, and whether anybody could tell that it did.

    found    which of date, target, baseline, money, place, group and partner its words
             name, with those words
    why      the verdict explained
    """

    name: str
    text: str
    verdict: Verdict
    why: str
    found: dict[str, str]
    place: Range


@dataclass(frozen=True)
class CommitmentList:
    """The commitments under one "We propose to:", with the heading it stands under."""

    number: int
    section: str
    opening: str
    commitments: tuple[Commitment, ...]
    place: Range


@dataclass(frozen=True)
class TopicList:
    """What a section says it includes, with the heading it stands under."""

    section: str
    opening: str
    topics: tuple[str, ...]
    place: Range


@dataclass(frozen=True)
class About:
    """
    What a plan says it is, in lines of its own above its table. Few in the wild do.

    every       how often an action is reported on, as an ISO 8601 duration
    parent      the title of the plan above it
    means       money there is for it in all, in pounds, as written
    staff_days  days of work there are for it in all, as written
    """

    level: str = ""
    begins: date | None = None
    ends: date | None = None
    every: str = ""
    parent: str = ""
    purpose: str = ""
    means: str = ""
    staff_days: str = ""


@dataclass(frozen=True)
class Passage:
    """
    What a range of the source was read as. Together they are the whole source.

    kind  "heading", "scope", "action", "time frame", "completed", "other column",
          "commitment", "nothing" (markup and white space), "not placed", or
          "outside the plan"
    of    the actions, strands or commitments that it belongs to
    """

    start: int
    end: int
    kind: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """The file: its name, what it is, the SHA-256 of its bytes, its text's length."""

    name: str
    kind: Literal["text", "web page", "CSV", "workbook", "Word document"]
    sha256: str
    characters: int


@dataclass(frozen=True)
class Plan:
    """
    Everything read from one document.

    dated        the day the document gives itself
    years        the first and last year that the plan's own title names
    columns      the table's columns, by what each holds, as they are headed
    not_placed   lines inside a table that are no row of it
    """

    source: Source
    title: str
    dated: date | None
    years: tuple[int, int] | None
    columns: dict[str, str]
    strands: tuple[Strand, ...]
    themes: tuple[str, ...]
    actions: tuple[Action, ...]
    rows: tuple[Row, ...]
    lists: tuple[CommitmentList, ...]
    questions: tuple[Question, ...]
    overlaps: tuple[Overlap, ...]
    flags: tuple[Flag, ...]
    not_placed: tuple[str, ...]
    passages: tuple[Passage, ...]
    topics: tuple[TopicList, ...] = ()
    about: About = About()

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        return tuple(each for group in self.lists for each in group.commitments)

    def in_state(self, state: State) -> list[Action]:
        return [action for action in self.actions if action.state == state]
