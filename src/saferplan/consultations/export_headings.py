"""
What the columns of a survey's export are called, over one, two or three rows.

Citizen Space writes a question over its options; Qualtrics a code, the question and a
line for machines; LimeSurvey "Q3[SQ001]. Question [Option]"; others one row.
"""

import re
from dataclasses import dataclass

from saferplan.consultations.export_tables import Rows
from saferplan.errors import ConsultationError

MACHINE = re.compile(r'^\s*\{\s*"+ImportId"+')
CODE = re.compile(
    r"^(?:[A-Za-z]{1,12}[ _.-]?\d{1,4}(?:[_.]\w{1,8})*|StartDate|EndDate|Status|"
    r"IPAddress|Progress|Finished|RecordedDate|ResponseId|Duration.*|\w+Language|Location\w+|"
    r"Recipient\w+|External\w+|Distribution\w+|id|submitdate|lastpage|startlanguage|seed)$"
)
LIMESURVEY = re.compile(
    r"^(?P<code>[A-Za-z]\w*)\[(?P<sub>\w+)\]\.?\s*(?P<text>.*?)(?:\s*\[(?P<option>.*)\])?$",
    re.DOTALL,
)
CODED = re.compile(
    r"^(?P<code>[A-Za-z]{1,3}\d{1,4}\w{0,3})[.:]\s+(?P<text>\S.*)$", re.DOTALL
)
JOINED = re.compile(
    r"^(?P<text>.{4,}?)\s*(?::| - | – )\s*(?P<option>\S.{0,80})$", re.DOTALL
)


@dataclass(frozen=True)
class Column:
    """
    at      its place, from 0
    name    its own short name
    text    the question
    option  the option that the column stands for; "" if it is the whole question
    group   what columns of one question share
    """

    at: int
    name: str
    text: str
    option: str = ""
    group: str = ""


@dataclass(frozen=True)
class Headings:
    """The columns, how many rows their names took, and how that was told."""

    columns: tuple[Column, ...]
    rows: int
    because: str


def headings_of(rows: Rows, *, header_rows: int | None = None) -> Headings:
    """
    Return the columns of an export. `header_rows` says it where the guess is wrong.

    Raises ConsultationError if there are fewer rows than that.
    """
    if header_rows is None:
        count, because = guessed(rows)
    else:
        count, because = header_rows, "as you said"
    if not 1 <= count < len(rows) + 1:
        raise ConsultationError(
            f"There are {len(rows)} rows, and {count} cannot all be headings. Say how "
            f"many are: 1, 2 or 3."
        )
    width = max(map(len, rows[:count]))
    head = [row + [""] * (width - len(row)) for row in rows[:count]]
    head = [row for row in head if not any(MACHINE.match(cell) for cell in row)]
    head = [row for row in head if any(row)] or [[""] * width]
    made = one_row(head[0]) if len(head) == 1 else two_rows(head[0], head[1])
    return Headings(tuple(own_names(made)), count, because)


def guessed(rows: Rows) -> tuple[int, str]:
    first = rows[0]
    second = rows[1] if len(rows) > 1 else []
    third = rows[2] if len(rows) > 2 else []
    if any(MACHINE.match(cell) for cell in third):
        return 3, "codes, questions and a line for machines, as Qualtrics writes them"
    if any(MACHINE.match(cell) for cell in second):
        return 2, "questions and a line for machines, as Qualtrics writes them"
    if not any(second) and any(third):
        return 2, "names over an empty row"
    filled = [cell for cell in first if cell]
    if filled and all(CODE.match(cell) for cell in filled) and longer(second, first):
        return 2, "codes over the questions"
    gaps = [at for at, cell in enumerate(first) if not cell]
    if gaps and gaps[0] > 0 and all(at < len(second) and second[at] for at in gaps):
        return 2, "questions over their options, as Citizen Space writes them"
    return 1, "one row of names"


def longer(second: list[str], first: list[str]) -> bool:
    """Whether the second row reads like questions over which the first has codes."""
    pairs = [(a, b) for a, b in zip(first, second, strict=False) if a and b]
    asked = sum("?" in b or len(b.split()) > 3 for _a, b in pairs)
    return bool(pairs) and asked > len(pairs) / 2


def one_row(names: list[str]) -> list[Column]:
    shared = prefixes(names)
    return [
        column_of(at, name or f"Column {at + 1}", shared)
        for at, name in enumerate(names)
    ]


def prefixes(names: list[str]) -> set[str]:
    """What two or more columns say before a colon or a dash."""
    found = [match["text"] for name in names if (match := JOINED.match(name))]
    return {text for text in found if found.count(text) > 1}


def column_of(at: int, name: str, shared: set[str]) -> Column:
    if match := LIMESURVEY.match(name):
        code, text = match["code"], match["text"] or match["code"]
        option = match["option"] or match["sub"]
        return Column(at, f"{code}[{match['sub']}]", text, option, code)
    if match := CODED.match(name):
        return Column(at, match["code"], match["text"])
    match = JOINED.match(name)
    if match and match["text"] in shared:
        return Column(at, name, match["text"], match["option"], match["text"])
    return Column(at, name, name)


def two_rows(first: list[str], second: list[str]) -> list[Column]:
    """A name or a question over a question or an option; a gap goes on to the right."""
    made, over = [], ""
    starts = [at for at, cell in enumerate(first) if cell]
    for at, (above, below) in enumerate(zip(first, second, strict=True)):
        over = above or over
        following = next((s for s in starts if s > at), len(first))
        begins = max((s for s in starts if s <= at), default=at)
        if following - begins > 1 and over and below:
            made.append(Column(at, f"{over}: {below}", over, below, over))
        else:
            name = over or below or f"Column {at + 1}"
            made.append(Column(at, name, below or over or name))
    return made


def own_names(columns: list[Column]) -> list[Column]:
    """The same, with a number after each name that came before."""
    seen: dict[str, int] = {}
    made = []
    for each in columns:
        seen[each.name] = seen.get(each.name, 0) + 1
        again = f" ({seen[each.name]})" if seen[each.name] > 1 else ""
        made.append(
            Column(each.at, f"{each.name}{again}", each.text, each.option, each.group)
        )
    return made
