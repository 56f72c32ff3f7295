"""
What runs on without a break: a paragraph, also over a page's end or round a footnote.

A sentence that a page break cut in two is read as one, and each half keeps its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from saferplan.consultations.blocks import FURNITURE, Block, ResponseDocument
from saferplan.plans.plan import Range

RUNNING = ("paragraph", "list item")
CLOSED = ".?!:;"


@dataclass
class Flow:
    """
    A paragraph's words, put together, and where each part of them stands.

    under  the headings above it, the highest first
    """

    blocks: list[Block]
    under: tuple[str, ...]
    text: str = ""
    starts: list[tuple[int, Range]] = field(default_factory=list)

    def add(self, block: Block, words: str) -> None:
        if self.text:
            self.text += " "
        self.starts.append((len(self.text), block.range))
        self.text += words
        if block not in self.blocks:
            self.blocks.append(block)

    def ranges(self, start: int, end: int) -> tuple[Range, ...]:
        """Where a part of the flow's text stands in the document's."""
        found = []
        for at, (begins, stops) in self.starts:
            first = max(start - at, 0) + begins
            last = min(end - at + begins, stops)
            if first < last:
                found.append((first, last))
        return tuple(found)


def flows(document: ResponseDocument) -> Iterator[Flow | Block]:
    """Return the flows in order; a heading, furniture and a signature as blocks."""
    waiting: list[Flow | Block] = []
    running: Flow | None = None
    path: list[tuple[int, str]] = []
    part = ""
    for block in document.blocks:
        words = document.words(block)
        if block.part != part:
            part, path, running = block.part, [], None
        if block.kind == "heading":
            path = [(level, each) for level, each in path if level < block.level]
            path.append((block.level, words))
        if running and goes_on(running, block, words):
            running.add(block, words)
            continue
        if block.kind not in FURNITURE and block.kind != "note":
            running = None
        if is_flow(block):
            flow = Flow([], tuple(each for _, each in path))
            flow.add(block, words)
            running = flow if block.kind in RUNNING else running
            waiting.append(flow)
        else:
            waiting.append(block)
    yield from waiting


def is_flow(block: Block) -> bool:
    return block.kind in (*RUNNING, "table cell", "note", "comment")


def goes_on(flow: Flow, block: Block, words: str) -> bool:
    """Whether a block is the rest of a sentence that broke off."""
    if block.kind != "paragraph" or not words[0].islower():
        return False
    return flow.text.rstrip("\"'”’)")[-1:] not in CLOSED
