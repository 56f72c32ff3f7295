"""
The actions of a table's rows.

A row of a table taken from a PDF often holds several actions, and the cells beside
them as many time frames and ticks, or fewer. Where there are as many, they belong
together in order. Where there are not, nothing says which belongs to which, and the
actions go to a person.
"""

import re
from dataclasses import dataclass, replace

from saferplan.plans.lines import Cell, Line, Piece
from saferplan.plans.plan import Action, Question, Range, State, TimeFrame
from saferplan.plans.ticks import only_ticks, read_tick
from saferplan.plans.timeframes import read_time_frame

# "a)", "(b)", "iv." or a bullet: a part of the action before it.
PART = re.compile(r"^(?:\(?(?:[a-z]|[ivx]{1,4})[.)]\s|[-•·‣▪–]\s)")
FORMULA = re.compile(r"^[=+@]\s*[A-Za-z(]|^-\s*[A-Z]+\(")
# What an action keeps by its own name, or its strand does.
OF_THE_STRAND = ("theme", "strand", "scope", "priority", "communications")
OWN_PLACE = ("action", "time", "done", *OF_THE_STRAND)
ROW_ENDS = "Its row ends before the column that says whether it is done."
OPEN_ENDED = "It ends with a colon, and no lettered parts follow it."
MOST_BESIDE = 20  # other actions that a question names
NO_COLUMN = "The table has no column that says whether it is done."


@dataclass
class Draft:
    """The words of one action, before its number is known."""

    pieces: list[Piece]
    whole: bool = False  # all paragraphs but the first are parts of it

    @property
    def text(self) -> str:
        if self.whole:
            return self.pieces[0].text
        first, *more = (piece.text for piece in self.pieces)
        return " ".join([first, *(text for text in more if not PART.match(text))])

    @property
    def parts(self) -> tuple[str, ...]:
        more = self.pieces[1:]
        if self.whole:
            return tuple(piece.text for piece in more)
        return tuple(piece.text for piece in more if PART.match(piece.text))


def drafts_of(cell: Cell) -> list[Draft]:
    """
    Return the actions in a cell, each with its parts.

    A paragraph with a letter, or that goes on in small letters, belongs to the one
    before it.
    """
    drafts: list[Draft] = []
    for piece in cell.filled:
        if drafts and goes_on(piece.text):
            drafts[-1].pieces.append(piece)
        else:
            drafts.append(Draft([piece]))
    return drafts


def is_numbered(cells: dict[str, Cell]) -> bool:
    """Whether a row has one number of its own, and so is one action."""
    cell = cells.get("number")
    return cell is not None and len(cell.filled) == 1 and cell.text[:1].isdigit()


def goes_on(text: str) -> bool:
    return bool(PART.match(text)) or text[0].islower()


def continues(cells: dict[str, Cell]) -> bool:
    """
    Whether a row goes on with the last action of the row before, over a page break.

    It does if its words begin like a part or in small letters and the cells for a
    time and a tick are empty.
    """
    if is_numbered(cells):
        return False
    words = cells["action"].filled if "action" in cells else []
    beside = [cell for name, cell in cells.items() if name in ("time", "done")]
    return (
        bool(words) and goes_on(words[0].text) and not any(cell.text for cell in beside)
    )


def in_order(cell: Cell, count: int) -> list[Piece] | None:
    """Return one paragraph of a cell for each of `count` actions, or None."""
    if len(cell.pieces) == count:
        return list(cell.pieces)
    return cell.filled if len(cell.filled) == count else None


def time_frames(
    cell: Cell | None, count: int, years: tuple[int, int] | None
) -> list[TimeFrame]:
    if cell is None:
        missing = "The table has no column for a time frame."
        return [TimeFrame("", problem=missing)] * count
    if cell.missing:
        short = "Its row ends before the column of time frames."
        return [TimeFrame("", problem=short)] * count
    if cell.spread and not cell.text:
        above = "The cell of its time frame is that of a row above."
        return [TimeFrame("", problem=above, shared=True)] * count
    each = in_order(cell, count) if count > 1 else joined(cell)
    if each is not None and not cell.spread:
        return [
            replace(read_time_frame(one.text, years=years), ranges=range_of(one))
            for one in each
        ]
    ranges = tuple((one.start, one.end) for one in cell.filled)
    if len(cell.filled) > 1:
        why = f"{len(cell.filled)} time frames are beside {count} actions."
        return [TimeFrame(cell.text, problem=why, shared=True, ranges=ranges)] * count
    frame = read_time_frame(cell.text, years=years)
    return [replace(frame, shared=bool(cell.text), ranges=ranges)] * count


def joined(cell: Cell) -> list[Piece]:
    """A cell beside one action as one paragraph."""
    filled = cell.filled
    if not filled:
        return [Piece("", 0, 0)]
    return [Piece(cell.text, filled[0].start, filled[-1].end)]


def range_of(piece: Piece) -> tuple[Range, ...]:
    return ((piece.start, piece.end),) if piece.text else ()


Ticked = tuple[State, str, str, tuple[Range, ...]]


def ticks(cell: Cell | None, count: int) -> list[Ticked]:
    """Return for each of `count` actions its state, why, the tick and its range."""
    if cell is None:
        return [("ambiguous", NO_COLUMN, "", ())] * count
    if cell.missing:
        return [("ambiguous", ROW_ENDS, "", ())] * count
    ranges = tuple((one.start, one.end) for one in cell.filled)
    if cell.spread:
        why = "The cell that says whether it is done covers several rows."
        return [("ambiguous", why, cell.text, ranges)] * count
    if not cell.text:
        return [(*read_tick(""), "", ())] * count
    each = joined(cell) if count == 1 else in_order(cell, count)
    if each is not None:
        return [(*read_tick(one.text), one.text, range_of(one)) for one in each]
    number = sum(only_ticks(one.text) or 1 for one in cell.filled)
    if number == count and len(cell.filled) == 1:
        return [(*read_tick(cell.text[:1]), cell.text[:1], ranges)] * count
    said = "tick" if any(only_ticks(one.text) for one in cell.filled) else "entry"
    many = f"{number} {said}s are" if number > 1 else f"One {said} is"
    why = f"{many} beside {count} actions."
    return [("ambiguous", why.replace("entrys", "entries"), cell.text, ranges)] * count


def actions_of(
    cells: dict[str, Cell],
    *,
    strand: int,
    theme: int,
    row: int,
    taken: int,
    years: tuple[int, int] | None,
    odd: tuple[str, ...] = (),
) -> list[Action]:
    """
    Return the actions of a row.

    taken  how many actions this strand and theme already have
    odd    what is odd about the row, for the marks of each
    """
    drafts = drafts_of(cells["action"])
    if is_numbered(cells):
        drafts = [Draft(cells["action"].filled, whole=True)]
    frames = time_frames(cells.get("time"), len(drafts), years)
    ticked = ticks(cells.get("done"), len(drafts))
    other = {
        name: cell.text
        for name, cell in cells.items()
        if name not in OWN_PLACE and cell.text
    }
    return [
        Action(
            name=f"{strand}.{theme}.{taken + number}",
            strand=strand,
            theme=theme,
            row=row,
            text=draft.text,
            parts=draft.parts,
            time=frame,
            state=state,
            tick=tick,
            why=why,
            other=other,
            marks=odd + marks_of(draft, frame),
            ranges=tuple((piece.start, piece.end) for piece in draft.pieces),
            tick_ranges=ranges,
        )
        for number, (draft, frame, (state, why, tick, ranges)) in enumerate(
            zip(drafts, frames, ticked, strict=True), start=1
        )
    ]


def marks_of(draft: Draft, frame: TimeFrame) -> tuple[str, ...]:
    marks = []
    if any(FORMULA.match(piece.text) for piece in draft.pieces):
        marks.append("It looks like a formula. Its words are kept and not worked out.")
    if draft.text.endswith(":") and not draft.parts:
        marks.append(OPEN_ENDED)
    if frame.problem:
        marks.append(frame.problem)
    elif frame.shared:
        marks.append("The cell’s one time frame is beside several actions.")
    return tuple(marks)


def with_more(action: Action, cell: Cell) -> Action:
    """The action with what stands on the next page."""
    words = [piece.text for piece in cell.filled]
    parts = tuple(text for text in words if PART.match(text))
    return replace(
        action,
        text=" ".join([action.text, *(t for t in words if not PART.match(t))]),
        parts=action.parts + parts,
        marks=tuple(mark for mark in action.marks if not parts or mark != OPEN_ENDED),
        ranges=action.ranges + tuple((p.start, p.end) for p in cell.filled),
    )


def questions_of(actions: list[Action], line: Line) -> list[Question]:
    """What a person must settle about the actions of one row."""
    unclear = [action.name for action in actions if action.state == "ambiguous"]
    # The whole row shares a cell, or the cell of each is unclear by itself.
    beside = unclear[:MOST_BESIDE] if len(unclear) == len(actions) else []
    return [
        Question(
            action=action.name,
            why=action.why,
            beside=tuple(name for name in beside if name != action.name),
            place=(line.start, line.end),
        )
        for action in actions
        if action.state == "ambiguous"
    ]
