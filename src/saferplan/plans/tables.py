"""Where the action tables of a document are, and the lines above each."""

from collections import Counter
from dataclasses import dataclass, field

from saferplan.plans.columns import columns_of
from saferplan.plans.lines import Line
from saferplan.plans.words import is_bullet, looks_like_heading, without_markup

# A line made only of these, above a table, leads into it: "Our actions:".
LEAD_IN = set(
    [
        "what",
        "will",
        "be",
        "done",
        "we",
        "do",
        "our",
        "the",
        "following",
        "actions",
        "action",
        "plan",
        "table",
        "is",
        "are",
        "how",
        "to",
        "this",
        "for",
    ]
)
TITLE_WORDS = ("plan", "strategy", "programme", "assessment")


@dataclass
class Table:
    """
    One action table.

    above    the lines between the table before it, or the document's start, and its
             heading
    columns  what each column holds, by its place
    rows     its lines; one that is no row of it is in `strays`
    """

    header: Line
    columns: dict[int, str]
    above: list[Line]
    rows: list[Line] = field(default_factory=list)
    strays: list[Line] = field(default_factory=list)


@dataclass
class Headed:
    """The lines above a table, told apart."""

    title: Line | None = None
    under: list[Line] = field(default_factory=list)
    scope: list[Line] = field(default_factory=list)
    lead_in: list[Line] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)


def find_tables(lines: list[Line]) -> list[Table]:
    """Return the tables that have a heading we know, in the order of the document."""
    tables: list[Table] = []
    between: list[Line] = []
    for line in lines:
        columns = columns_of(line)
        if columns is not None:
            tables.append(Table(line, columns, between))
            between = []
        elif tables and is_row(line, tables[-1], between):
            tables[-1].strays.extend(stray for stray in between if stray.text)
            tables[-1].rows.append(line)
            between = []
        else:
            between.append(line)
    return tables


def is_row(line: Line, table: Table, between: list[Line]) -> bool:
    """
    Whether a line is a row of the table above it.

    between  the lines since its last row

    In a sheet every line has all its cells, so that a title above the next table looks
    like a row with one filled. It is a row all the same if it names an action, and
    follows the row before at once; or if the table has a column for strands, so that
    none stand above it.
    """
    if not line.filled or len(line.cells) < 2:
        return False
    if not line.is_prose or "strand" in table.columns.values():
        return True
    return table.columns.get(0) == "action" and not between


def tell_apart(table: Table, repeated: Counter[str]) -> Headed:
    """
    Say which line above a table is its heading, and what the others are.

    repeated  how many tables have the same line above them

    The heading is the last line that looks like one, or that is marked as one if any
    is. Those directly above it are headings that it stands under.
    """
    lines = [line for line in table.above if line.text]
    headed = Headed()
    while lines and leads_in(lines[-1], repeated):
        headed.lead_in.insert(0, lines.pop())
    places = [n for n, line in enumerate(lines) if looks_like_heading(line.text)]
    marked = [n for n in places if lines[n].text.lstrip().startswith(("#", "**"))]
    if not places:
        headed.before = lines
        return headed
    at = (marked or places)[-1]
    headed.title, headed.scope = lines[at], lines[at + 1 :]
    first = at
    while first - 1 in places and not is_title(lines[first - 1]):
        first -= 1
    headed.under, headed.before = lines[first:at], lines[:first]
    return headed


def leads_in(line: Line, repeated: Counter[str]) -> bool:
    words = without_markup(line.text).lower().strip(" :?.").split()
    return (
        line.text.endswith("?")
        or set(words) <= LEAD_IN
        or (repeated[line.text] > 1 and not is_bullet(line.text))
    )


def is_title(line: Line) -> bool:
    return looks_like_heading(line.text) and any(
        word in line.text.lower() for word in TITLE_WORDS
    )


def plan_title(tables: list[Table], lines: list[Line]) -> Line | None:
    """
    Return the plan's own title: the last line above its first table that is one.

    Without one there, the document's first line that does.
    """
    above = tables[0].above if tables else []
    nearest = [line for line in reversed(above) if is_title(line)]
    return next(iter(nearest), None) or next(filter(is_title, lines), None)
