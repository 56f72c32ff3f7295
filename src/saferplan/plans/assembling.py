"""From a document's tables to strands, themes and actions, row by row."""

import re
from collections import Counter
from dataclasses import dataclass, field

from saferplan.plans.accounting import Claims
from saferplan.plans.lines import Cell, Line
from saferplan.plans.plan import Action, Question, Row, Strand
from saferplan.plans.rows import (
    OF_THE_STRAND,
    actions_of,
    continues,
    questions_of,
    with_more,
)
from saferplan.plans.tables import Headed, Table, tell_apart
from saferplan.plans.words import NUMBER, telling_words, without_markup
from saferplan.plans.years import place


@dataclass
class Assembly:
    """What has been read so far."""

    years: tuple[int, int] | None
    title: Line | None = None
    claims: Claims = field(default_factory=Claims)
    strands: list[Strand] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    not_placed: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)  # of themes, by likeness
    by_column: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)
    theme: str = ""
    strand: int = 0  # the number of the strand that rows now belong to
    taken: Counter[tuple[int, int]] = field(default_factory=Counter)

    def read(self, tables: list[Table]) -> None:
        repeated = Counter(line.text for table in tables for line in table.above)
        if tables and self.title:
            self.claims.line("heading", self.title, "plan")
        for table in tables:
            self.read_heading(table, tell_apart(table, repeated))
            for line in table.rows:
                self.read_row(table, line)
            for stray in table.strays:
                self.not_placed.append(stray.text)
                self.claims.line("not placed", stray, "")

    def read_heading(self, table: Table, headed: Headed) -> None:
        """Begin a strand, unless the table goes on from the page before."""
        by_column = "strand" in table.columns.values()
        self.claims.line("heading", table.header, "")
        if by_column or (self.strands and headed.title is None):
            return
        # A title and the lines under it are the plan's, not the first strand's.
        if headed.title is self.title:
            headed.title, headed.scope = None, []
        under = [line for line in headed.under if line is not self.title]
        named = [*under, headed.title] if headed.title else under
        title = without_markup(headed.title.text) if headed.title else ""
        self.begin(
            Strand(
                number=len(self.strands) + 1,
                title=title.rstrip(" :"),
                under=tuple(without_markup(line.text).rstrip(" :") for line in under)
                or (self.strands[-1].under if self.strands else ()),
                scope=tuple(without_markup(line.text) for line in headed.scope),
                ranges=tuple(place(line) for line in named),
            )
        )
        name = f"strand {self.strand}"
        for line in named:
            self.claims.line("heading", line, name)
        for line in headed.lead_in:
            self.claims.line("heading", line, name)
        for line in headed.scope:
            self.claims.line("scope", line, name)
        self.claim_preamble(headed)

    def claim_preamble(self, headed: Headed) -> None:
        """What stands between the plan's title and its first strand."""
        if self.title is None or len(self.strands) > 1:
            return
        for line in headed.before:
            if line.start > self.title.start:
                self.claims.line("scope", line, "plan")

    def begin(self, strand: Strand) -> None:
        self.strands.append(strand)
        self.strand, self.theme = strand.number, ""

    def read_row(self, table: Table, line: Line) -> None:
        absent = Cell(missing=True)
        cells = {
            name: line.cells[at] if at < len(line.cells) else absent
            for at, name in table.columns.items()
        }
        over = Cell(
            tuple(
                piece
                for at, cell in enumerate(line.cells)
                if at not in table.columns
                for piece in cell.filled
            )
        )
        if over.text:
            cells["beyond the last column"] = over
        self.find_strand(cells)
        has_action = bool(cells.get("action", Cell()).text)
        if has_action or cells.get("theme", Cell()).text:
            self.find_theme(cells)
        if not has_action:
            self.no_action(line, cells)
            return
        self.note_row(cells)
        last = self.actions[-1] if self.actions else None
        here = (self.strand, self.theme_number)
        if last and (last.strand, last.theme) == here and continues(cells):
            self.actions[-1] = with_more(last, cells["action"])
            self.claims.cell("action", cells["action"], last.name)
            return
        self.read_actions(table, line, cells)

    def read_actions(self, table: Table, line: Line, cells: dict[str, Cell]) -> None:
        theme = self.theme_number
        odd: tuple[str, ...] = ()
        short = max(table.columns) + 1 - len(line.cells)
        if short > 0:
            odd = (f"Its row has {short} cell{'s' * (short > 1)} too few.",)
        actions = actions_of(
            cells,
            strand=self.strand,
            theme=theme,
            row=len(self.rows),
            taken=self.taken[self.strand, theme],
            years=self.years,
            odd=odd,
        )
        self.taken[self.strand, theme] += len(actions)
        self.actions += actions
        self.questions += questions_of(actions, line)
        for action in actions:
            self.claims.add("action", action.ranges, action.name)
            self.claims.add("time frame", action.time.ranges, action.name)
            self.claims.add("completed", action.tick_ranges, action.name)
            for name, cell in cells.items():
                if name in action.other:
                    self.claims.cell("other column", cell, action.name)

    def find_strand(self, cells: dict[str, Cell]) -> None:
        """Where a column names the strand, go to it; an empty cell means the last."""
        named = cells.get("strand", Cell())
        if "strand" not in cells and self.strands:
            return
        scope = tuple(piece.text for piece in cells.get("scope", Cell()).filled)
        under = tuple(piece.text for piece in cells.get("priority", Cell()).filled)
        if named.text or not self.strands:
            known = self.by_column.get((named.text, scope))
            if known is None:
                where = tuple((piece.start, piece.end) for piece in named.filled)
                number = len(self.strands) + 1
                self.by_column[named.text, scope] = number
                told = bool(cells.get("communications", Cell()).text)
                self.begin(Strand(number, named.text, under, scope, where, told))
            elif known != self.strand:
                self.strand, self.theme = known, ""
        self.claims.cell("heading", named, f"strand {self.strand}")
        for name, kind in (("scope", "scope"), ("priority", "heading")):
            self.claims.cell(kind, cells.get(name, Cell()), f"strand {self.strand}")

    def find_theme(self, cells: dict[str, Cell]) -> None:
        """The theme of a row; an empty cell means that of the row before."""
        named = cells.get("theme", Cell())
        if named.text:
            self.theme = named.text
            self.claims.cell("heading", named, f"strand {self.strand}")
        number = self.numbers.setdefault(likeness(self.theme), len(self.numbers) + 1)
        if number > len(self.themes):
            self.themes.append(self.theme)

    @property
    def theme_number(self) -> int:
        return self.numbers[likeness(self.theme)]

    def no_action(self, line: Line, cells: dict[str, Cell]) -> None:
        """A row that only names a theme is a heading; any other has lost its action."""
        words = [
            cell
            for name, cell in cells.items()
            if name not in OF_THE_STRAND and cell.text
        ]
        if words:
            self.not_placed.append(line.text)
            for cell in words:
                self.claims.cell("not placed", cell, "")

    def note_row(self, cells: dict[str, Cell]) -> None:
        said = {
            name: tuple(piece.text for piece in cell.pieces)
            for name, cell in cells.items()
            if name not in OF_THE_STRAND and cell.text
        }
        missing = tuple(name for name, cell in cells.items() if cell.missing)
        number = len(self.rows) + 1
        self.rows.append(Row(number, self.strand, self.theme_number, said, missing))


def likeness(heading: str) -> str:
    """
    What two headings that are meant to be one have in common.

    >>> likeness("1.2 Preventing harm") == likeness("2.2 Preventing harm")
    True
    >>> likeness("Phase 1") == likeness("Phase 2")
    False
    """
    own = re.findall(r"\d+", NUMBER.sub("", heading.strip()))
    return " ".join([*sorted(telling_words(heading)), *own]) or heading
