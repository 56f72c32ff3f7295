"""
What became of every character of the source.

Whatever is claimed (a heading, an action, a tick) keeps its range; what lies between is
markup and white space, or words outside the plan. Words inside a table that nothing
claimed are "not placed", so that nobody has to trust us that there are none.
"""

from saferplan.plans.lines import Cell, Line, clean
from saferplan.plans.plan import Passage, Range


class Claims:
    """The ranges that have been read, and as what."""

    def __init__(self) -> None:
        self.found: dict[Range, tuple[str, list[str]]] = {}

    def add(self, kind: str, ranges: tuple[Range, ...] | list[Range], of: str) -> None:
        for where in ranges:
            if where[0] < where[1]:
                _, names = self.found.setdefault(where, (kind, []))
                if of and of not in names:
                    names.append(of)

    def cell(self, kind: str, cell: Cell, of: str) -> None:
        self.add(kind, [(piece.start, piece.end) for piece in cell.filled], of)

    def line(self, kind: str, line: Line, of: str) -> None:
        for cell in line.cells:
            self.cell(kind, cell, of)

    def passages(self, text: str, tables: list[Range]) -> list[Passage]:
        """
        Return passages that make up the whole text, in order.

        tables  from the first to the last character of each table
        """
        passages: list[Passage] = []
        at = 0
        inside = Inside(tables)
        for (start, end), (kind, of) in sorted(self.found.items()):
            if end <= at:  # a part of what is already claimed
                continue
            start = max(start, at)
            passages += between(text, at, start, inside)
            passages.append(Passage(start, end, kind, tuple(of)))
            at = end
        return passages + between(text, at, len(text), inside)


class Inside:
    """Whether a place is inside a table; asked of places in order."""

    def __init__(self, tables: list[Range]):
        self.tables = tables
        self.number = 0

    def __call__(self, place: int) -> bool:
        while self.number < len(self.tables) and self.tables[self.number][1] <= place:
            self.number += 1
        return self.number < len(self.tables) and self.tables[self.number][0] <= place


def between(text: str, start: int, end: int, inside: Inside) -> list[Passage]:
    if start >= end:
        return []
    if not any(letter.isalnum() for letter in clean(text[start:end])):
        return [Passage(start, end, "nothing")]
    kind = "not placed" if inside(start) else "outside the plan"
    return [Passage(start, end, kind)]
