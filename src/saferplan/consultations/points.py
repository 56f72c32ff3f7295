"""
Split an answer into its points: one distinct ask, criticism, support or question each.

Every character of the text is in a point or in a range that holds none, with the
reason. What only tells something is a point too, of the kind "comment": it is for a
person to say that it asks for nothing.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from saferplan.consultations.blocks import FURNITURE, Block, ResponseDocument
from saferplan.consultations.flows import Flow, flows
from saferplan.consultations.passed_over import (
    REASONS,
    SIGN_OFF,
    NoPoint,
    is_courtesy,
    is_question,
    reason_for,
)
from saferplan.consultations.sentences import sentences
from saferplan.consultations.signals import PointKind, Signal, signals_in, strongest
from saferplan.plans.plan import Range
from saferplan.plans.words import without_markup

# A sentence that begins so belongs to the one before it, whatever it does.
GOES_ON = re.compile(
    r"^\W*(?:this|these|those|that|it|they|such|without such|for example|for instance|"
    r"e\.g\.|i\.e\.|namely|in particular|otherwise|therefore|thus|hence|as a result|"
    r"to do so|in doing so|at the very least|equally hidden)\b",
    re.I,
)
ANEW = re.compile(
    r"^\W*(?:however|but|in addition|additionally|furthermore|further|moreover|also|"
    r"secondly|thirdly|finally|lastly|equally|separately|similarly|we are also|"
    r"it would also|we also|on the other hand|nevertheless)\b",
    re.I,
)
# Words of a line that opens a list, above which it says something itself.
LONGEST_OPENING = 24


@dataclass(frozen=True)
class Point:
    """
    One thing that an answer says, for somebody to answer.

    number    its place among the points, from 1
    kind      "ask", "criticism", "support", "question" or "comment"
    text      its words, on one line, without the mark of a bullet
    ranges    where they are in the text; more than one around a footnote or page end
    signals   the words that told the kind; those before a list tell it for its items
    under     the headings it stands under, the highest first
    page      the page on which it begins; None where pages are not known
    question  the question it stands under, as printed; ""
    part      the attachment it is from; ""
    """

    number: int
    kind: PointKind
    text: str
    ranges: tuple[Range, ...]
    signals: tuple[Signal, ...]
    under: tuple[str, ...] = ()
    page: int | None = None
    question: str = ""
    part: str = ""


@dataclass
class Draft:
    """A point while sentences are being added to it."""

    start: int
    end: int
    signals: list[Signal] = field(default_factory=list)
    closed: bool = False


@dataclass
class Splitting:
    """What has been split so far."""

    document: ResponseDocument
    questions: Collection[str]
    points: list[Point] = field(default_factory=list)
    none: list[NoPoint] = field(default_factory=list)
    question: str = ""
    lead: tuple[Signal, ...] = ()
    signed: bool = False

    def pass_over(self, ranges: tuple[Range, ...], reason: str) -> None:
        self.none += [NoPoint(start, end, reason) for start, end in ranges]

    def take_block(self, block: Block) -> None:
        words = self.document.words(block)
        reason = REASONS.get(block.kind, "")
        self.signed = self.signed and block.kind in FURNITURE
        if block.kind == "heading":
            self.question = ""
            if is_question(words, self.questions):
                self.question = without_markup(words)
                reason = "question"
        self.lead = ()
        self.pass_over((block.range,), reason)

    def take_flow(self, flow: Flow, *, above_list: bool) -> None:
        first = flow.blocks[0]
        whole = flow.ranges(0, len(flow.text))
        if first.kind != "list item":
            self.lead = ()
        if SIGN_OFF.match(flow.text):
            self.signed = True
        reason = reason_for(flow, self.signed, self.questions)
        if reason:
            if reason == "question":
                self.question = without_markup(flow.text)
            self.pass_over(whole, reason)
            return
        self.signed = False
        self.split(flow, above_list)

    def split(self, flow: Flow, above_list: bool) -> None:
        """Take a flow's sentences one by one into points."""
        said = sentences(flow.text)
        drafts: list[Draft] = []
        for at, (start, end) in enumerate(said):
            words = flow.text[start:end]
            opens = above_list and at == len(said) - 1 and words.endswith(":")
            if opens:
                lead = signals_in(words, start)
                self.lead = tuple(self.placed(flow, each) for each in lead)
            if opens and len(words.split()) <= LONGEST_OPENING:
                self.pass_over(flow.ranges(start, end), "opens a list")
            elif len(said) > 1 and is_courtesy(words):
                self.pass_over(flow.ranges(start, end), "courtesy")
            else:
                add(drafts, start, end, words)
        for draft in drafts:
            self.write(flow, draft)

    def write(self, flow: Flow, draft: Draft) -> None:
        ranges = flow.ranges(draft.start, draft.end)
        first = flow.blocks[0]
        block = next(b for b in flow.blocks if b.start <= ranges[0][0] < b.end)
        own = [self.placed(flow, signal) for signal in draft.signals]
        signals = own or (list(self.lead) if first.kind == "list item" else [])
        self.points.append(
            Point(
                number=len(self.points) + 1,
                kind=strongest(signals),
                text=without_markup(flow.text[draft.start : draft.end]),
                ranges=ranges,
                signals=tuple(signals),
                under=tuple(without_markup(each) for each in flow.under),
                page=block.page,
                question=self.question,
                part=block.part,
            )
        )

    @staticmethod
    def placed(flow: Flow, signal: Signal) -> Signal:
        where = flow.ranges(signal.start, signal.end)
        return Signal(signal.kind, signal.words, where[0][0], where[-1][1])


def add(drafts: list[Draft], start: int, end: int, words: str) -> None:
    """Add a sentence to the point before it, or begin a new one."""
    signals = signals_in(words, start)
    if drafts and not begins(drafts[-1], words, signals):
        drafts[-1].end = end
        drafts[-1].signals += signals
    else:
        drafts.append(Draft(start, end, signals))


def begins(last: Draft, words: str, signals: list[Signal]) -> bool:
    """
    Whether a sentence begins a new point.

    What asks after an ask does, and what supports after what does not, or the other
    way about. A criticism goes on into the ask that follows from it. What says nothing
    of the kind, or begins with "This" or "For example", belongs to the point before.
    """
    if not signals or not last.signals or GOES_ON.match(words):
        return False
    before, now = strongest(last.signals), strongest(signals)
    if ANEW.match(words):
        return True
    if "support" in (before, now):
        return before != now
    return before in ("ask", "question") or now == "question"


def split_into_points(
    document: ResponseDocument, *, questions: Collection[str] = ()
) -> tuple[tuple[Point, ...], tuple[NoPoint, ...]]:
    """
    Return a document's points, and the ranges that hold none.

    questions  those that were asked: where the answer repeats one, it is no point but
               tells to what the next points answer

    Together the ranges are the whole text, and none overlaps another.
    """
    splitting = Splitting(document, questions)
    parts = list(flows(document))
    for each, after in zip(parts, [*parts[1:], None], strict=True):
        if isinstance(each, Flow):
            splitting.take_flow(each, above_list=is_item(after))
        else:
            splitting.take_block(each)
    taken = [where for point in splitting.points for where in point.ranges]
    none = [*splitting.none, *gaps(document.text, taken, splitting.none)]
    return tuple(splitting.points), tuple(sorted(none, key=lambda each: each.start))


def is_item(part: Flow | Block | None) -> bool:
    return isinstance(part, Flow) and part.blocks[0].kind == "list item"


def gaps(text: str, taken: list[Range], none: list[NoPoint]) -> Iterator[NoPoint]:
    """What lies between: white space, and marks that are no words."""
    at = 0
    for start, end in sorted([*taken, *((each.start, each.end) for each in none)]):
        if at < start:
            yield NoPoint(at, start, blank(text[at:start]))
        at = max(at, end)
    if at < len(text):
        yield NoPoint(at, len(text), blank(text[at:]))


def blank(words: str) -> str:
    return "no words" if words.strip() else "white space"
