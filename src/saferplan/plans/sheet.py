"""
A plan as one sheet: what it is, line by line; its table; its lists.

    Plan,Safer Example Plan
    First day,2026-04-01
    Strand,Priority,Scope,Theme,Actions,Time frame
    Violence,,At home and outside.,Prevention,Run a campaign,March 2027

    # Safer streets
    We propose to:
    • Put two officers in every ward

Any table is read without the lines above it. With them nothing of a plan is lost.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from saferplan.plans.columns import columns_of
from saferplan.plans.contents import CONTROL
from saferplan.plans.lines import Line, clean
from saferplan.plans.opening import as_csv
from saferplan.plans.plan import About, Flag

# What each line above the table says. A document has them only if it has the first.
TITLE = "Plan"
HEAD = {
    "level": "Level",
    "begins": "First day",
    "ends": "Last day",
    "every": "Reported on every",
    "parent": "Plan above",
    "purpose": "Purpose",
    "means": "Money there is",
    "staff_days": "Days of work there are",
}
NAME = {label: name for name, label in HEAD.items()}
LINES_ABOVE = 30  # of a sheet, in which its own lines are looked for


def to_sheet(
    title: str,
    about: About,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    lists: Iterable[tuple[str, str, Sequence[str]]],
) -> str:
    """
    Return a plan as CSV.

    columns  headings of the table; none if it has no table
    rows     a row may be short: what is missing is not empty
    lists    section, the line that opens the list, and what is in it
    """
    said = {name: getattr(about, name) for name in HEAD}
    head = [[TITLE, title]] if title else []
    head += [[HEAD[name], str(value)] for name, value in said.items() if value]
    table = [list(columns), *map(list, rows)] if columns else []
    below: list[list[str]] = []
    for section, opening, entries in lists:
        below += [[], [f"# {section}"], [opening], *([f"• {each}"] for each in entries)]
    return as_csv([[plain(cell) for cell in row] for row in head + table + below])


def plain(cell: str) -> str:
    """A cell whose every line is read back as it is, though it looks like markup."""
    spaced = CONTROL.sub(" ", cell).split("\n")
    cell = "\n".join(" ".join(line.split()) for line in spaced)
    if all(clean(line) == line for line in cell.split("\n")):
        return cell
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def lines_above(lines: list[Line]) -> dict[str, Line]:
    """The lines above the first table that say what the plan is, by their label."""
    found: dict[str, Line] = {}
    for line in lines[:LINES_ABOVE]:
        if columns_of(line):
            break
        label = line.cells[0].text if len(line.filled) == 2 else ""
        if label == TITLE or label in NAME:
            found.setdefault(label, line)
    return found if TITLE in found else {}


def about_of(above: dict[str, Line]) -> tuple[About, list[Flag]]:
    """What the lines above a table say, and what of it is not understood."""
    said: dict[str, Any] = {}
    flags = []
    for label, line in above.items():
        value = "\n".join(piece.text for piece in line.filled[1].filled)
        if label == TITLE:
            continue
        if label in ("First day", "Last day"):
            try:
                said[NAME[label]] = date.fromisoformat(value)
            except ValueError:
                text = f"{label}: “{value}” is no day such as 2026-04-01."
                flags.append(Flag("day not understood", (), text, ()))
            continue
        said[NAME[label]] = value
    assert said.keys() <= {field.name for field in fields(About)}
    return About(**said), flags


def topics_in(scope: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    The paragraphs of a strand's scope, and the topics it lists.

    A paragraph that ends with “include:” opens the list, which is the rest.

    >>> topics_in(["All violence.", "This includes:", "Hate crime", "Assault"])
    (('All violence.', 'This includes:'), ('Hate crime', 'Assault'))
    """
    for at, line in enumerate(scope):
        if re.search(r"\binclud(?:e|es|ing)\s*:$", line, re.I):
            return tuple(scope[: at + 1]), tuple(scope[at + 1 :])
    return tuple(scope), ()
