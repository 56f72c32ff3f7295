"""
The gate that protects people in small numbers. Every table goes through it once.

Published police counts stay as published: they are public already, and recorded at
points that stand for several addresses. What a partner shares, and counts of offences
that carry a flag (domestic abuse, knife injury), are hidden from 1 to 4 in areas below
the borough.

Policy: ONS and NHS practice of hiding 1 to 4, with secondary suppression; see
docs/glossary.md. Safe is what saferplan.methods.disclosure_suppression.is_safe says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from saferplan.assessment.finding import Finding, Table
from saferplan.errors import MethodError

SUPPRESSED = "[c]"
LARGEST_HIDDEN = 4
NOTE = (
    "[c] means hidden to protect people: a count of 1 to 4, or a count from which "
    "one of those could be worked out."
)

Cell = str | int | float | None


def protect(finding: Finding) -> Finding:
    """The same finding with nothing in its table that could point to a person."""
    if finding.table is None:
        return finding
    return replace(finding, table=protect_table(finding.table))


def protect_table(table: Table) -> Table:
    """
    Hide small counts in the sensitive columns, and whatever would give them away.

    In each sensitive column the counts from 1 to 4 are hidden. Because readers know
    the borough's total, the smallest other counts are hidden too until the hidden
    ones could be shared out in several ways. Every number in a row beside a hidden
    count goes with it, because a rate and a population give the count back.

    Zeros stay, unless hiding them is the only protection left. Rows with something
    hidden go to the end, by name: their place among the others would tell their rank.
    """
    if not table.sensitive:
        return table
    names = [column.name for column in table.columns]
    # What is marked already is so because of what another table shows.
    hidden = {at for at, row in enumerate(table.rows) if SUPPRESSED in row}
    for name in table.sensitive:
        hidden |= hidden_rows([row[names.index(name)] for row in table.rows])
    rows = tuple(
        _without_numbers(row) if at in hidden else row
        for at, row in enumerate(table.rows)
    )
    if table.columns[0].unit != "month":
        last = sorted((rows[at] for at in hidden), key=lambda row: str(row[0]))
        rows = (*(row for at, row in enumerate(rows) if at not in hidden), *last)
    notes = (*table.notes, NOTE) if hidden else table.notes
    return replace(table, rows=rows, sensitive=(), notes=notes)


def hidden_rows(counts: Sequence[Cell]) -> set[int]:
    """
    Return which of a column's counts must be hidden, when its total is known.

    >>> sorted(hidden_rows([12, 3, 40, 0, 9]))
    [1, 4]
    >>> sorted(hidden_rows([12, 40, 0]))
    []
    """
    known = {
        at: count for at, count in enumerate(counts) if isinstance(count, int | float)
    }
    hidden = {at for at, count in known.items() if 0 < count < LARGEST_HIDDEN + 1}
    if not hidden:
        return hidden
    # The smallest first, so that the least is lost; zeros only when all else is gone.
    others = sorted(set(known) - hidden, key=lambda at: (known[at] == 0, known[at], at))
    while others and _can_be_worked_out([known[at] for at in hidden]):
        hidden.add(others.pop(0))
    return hidden


def _can_be_worked_out(counts: list[float]) -> bool:
    """
    Whether someone who knows the total of these hidden counts can narrow one down.

    Each is at least one, so with a total of S any of k counts lies in 1 to S - k + 1.
    That range must be as wide as the least count shown.
    """
    room = sum(counts) - len(counts)
    return len(counts) < 2 or room <= LARGEST_HIDDEN


def hidden_together(
    whole: Mapping[str, int], part: Mapping[str, int]
) -> tuple[frozenset[str], frozenset[str]]:
    """
    Return the rows to hide in two lists of which the second counts some of the first.

    Of 12 offences with a knife 10 hurt somebody: so 2 did not, and neither list says
    so by itself. What is left is protected like a count, and both totals are known.
    """
    rest = {name: count - part.get(name, 0) for name, count in whole.items()}
    counts = [*whole.values(), *part.values(), *rest.values()]
    # Publishers' lists that contradict each other are protected each by itself.
    contradict = min(counts, default=0) < 0 or not part.keys() <= whole.keys()
    if contradict or not any(0 < count <= LARGEST_HIDDEN for count in counts):
        return frozenset(), frozenset()
    # The solver is slow to import, and most boroughs have nothing to hide. The site
    # reads assessments by way of this module, and computes nothing.
    import pandas as pd

    from saferplan.methods.disclosure_suppression import suppress
    from saferplan.methods.disclosure_tables import tables_of

    rows = [(name, "part", part.get(name, 0)) for name in whole]
    rows += [(name, "rest", count) for name, count in rest.items()]
    tables = tables_of(
        pd.DataFrame(rows, columns=["row", "kind", "count"]),
        by=["row", "kind"],
        known=["everything", "kind=part", "kind=rest"],
        unpublished=[f"kind=rest, row={name}" for name in whole],
    )
    try:
        shown = suppress(tables, threshold=LARGEST_HIDDEN + 1).cells["count"]
    except MethodError:  # too few in all to hide some of them
        return frozenset(whole), frozenset(part)
    hidden = set(shown.index[shown.isna()])
    return (
        frozenset(name for name in whole if f"row={name}" in hidden),
        frozenset(name for name in part if f"kind=part, row={name}" in hidden),
    )


def _without_numbers(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(SUPPRESSED if isinstance(cell, int | float) else cell for cell in row)
