"""
Counts that are published together, and how they add up.

A table with margins, a hierarchy (wards in a borough), several tables that share their
totals, two editions of one table: each is a list of cells, and sums among the cells.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
import pandas as pd

from saferplan.errors import MethodError

ALL = "All"
EVERYTHING = "everything"

# A total and the parts that make it up, by the names of their cells.
Sum = tuple[str, tuple[str, ...]]
# The totals of one dimension, each with its parts.
Children = dict[str, list[str]]


@dataclass(frozen=True)
class Tables:
    """
    cells        a row a cell, its name as the index: a column for each dimension ("All"
                 in a total) and `count`
    sums         every total with its parts
    known        cells that readers know from elsewhere, so that hiding is of no use
    unpublished  cells that no table shows, and that nobody may be able to work out
    earlier      cells of an edition that is out, and whether it showed them
    """

    cells: pd.DataFrame
    sums: tuple[Sum, ...]
    known: frozenset[str] = field(default=frozenset())
    unpublished: frozenset[str] = field(default=frozenset())
    earlier: Mapping[str, bool] = field(default_factory=dict)

    @property
    def counts(self) -> pd.Series:
        return self.cells["count"]


def tables_of(
    counts: pd.DataFrame,
    *,
    by: Sequence[str],
    count: str = "count",
    groups: Mapping[str, Mapping[str, str]] | None = None,
    known: Sequence[str] = (),
    unpublished: Sequence[str] = (),
    only_margins: bool = False,
) -> Tables:
    """
    Return a table of counts with every total it is published with.

    counts        a row for each combination, counts 0 or more; a combination without a
                  row counts zero, several rows for one are added up
    by            the columns that make the table: one for a list, two for rows and
                  columns, three for a table by table
    count         the column with the counts
    groups        for a column, what its values belong to: {"ward": {"Lee": "South"}}.
                  A group may belong to a further group
    known         cells whose count readers have from elsewhere, named as in `cells`:
                  "everything" is the grand total, "ward=Evelyn" that ward's
    unpublished   cells that no table will show, such as the rest of the borough
    only_margins  the innermost cells are not published, their totals are. So two lists
                  of areas that cut across each other are overlaid: by=["ward", "lsoa"]

    Raises MethodError for a count that is negative, missing or no whole number, for a
    group that belongs to itself, and for a name that is both a group and a value.

    >>> wards = pd.DataFrame({"ward": ["Evelyn", "Deptford"], "count": [3, 9]})
    >>> tables_of(wards, by=["ward"]).counts.to_dict()
    {'ward=Evelyn': 3, 'ward=Deptford': 9, 'everything': 12}
    """
    check(counts, by, count)
    trees = [children_of(counts[name], (groups or {}).get(name, {})) for name in by]
    nodes = [list(in_order(tree, ALL)) for tree in trees]
    rows = list(product(*nodes))
    names = [cell_name(by, row) for row in rows]
    if strays := sorted({*known, *unpublished} - set(names)):
        raise MethodError(
            f"There is no cell {strays[0]!r}. Cells are named as {names[0]!r} is; the "
            f"grand total is {EVERYTHING!r}."
        )
    cells = pd.DataFrame(rows, columns=list(by), index=pd.Index(names, name="cell"))
    cells["count"] = totals(counts, by, count, trees, nodes)
    inner = frozenset(
        name
        for name, row in zip(names, rows, strict=True)
        if not any(node in tree for node, tree in zip(row, trees, strict=True))
    )
    return Tables(
        cells,
        tuple(sums_of(by, nodes, trees)),
        frozenset(known),
        frozenset(unpublished) | (inner if only_margins else frozenset()),
    )


def link(*tables: Tables) -> Tables:
    """
    Return several tables as one: what they share is one cell, hidden in all or in none.

    Cells are the same if they have the same name, so a column must be called alike in
    every table. A cell that one table shows is published, even if another does not.

    Raises MethodError if a cell has not the same count in each.
    """
    cells = pd.concat([table.cells for table in tables])
    for name, found in cells.groupby(level=0, sort=False)["count"]:
        if found.nunique() > 1:
            raise MethodError(
                f"{name} is {found.iloc[0]} in one table and "
                f"{found[found != found.iloc[0]].iloc[0]} in another. Tables to be "
                f"linked must count the same things."
            )
    once = cells[~cells.index.duplicated()].drop(columns="count").fillna(ALL)
    once["count"] = cells["count"][~cells.index.duplicated()].astype(int)
    shown = {
        name for table in tables for name in set(table.cells.index) - table.unpublished
    }
    return Tables(
        once,
        tuple(dict.fromkeys(each for table in tables for each in table.sums)),
        frozenset().union(*(table.known for table in tables)),
        frozenset().union(*(table.unpublished for table in tables)) - shown,
        {name: was for table in tables for name, was in table.earlier.items()},
    )


def apart(tables: Tables, prefix: str) -> Tables:
    """The same tables with other names, so that linking them to more mixes nothing."""
    return replace(
        tables,
        cells=tables.cells.rename(index=lambda name: f"{prefix}{name}"),
        sums=tuple(
            (f"{prefix}{total}", tuple(f"{prefix}{part}" for part in parts))
            for total, parts in tables.sums
        ),
        known=frozenset(f"{prefix}{name}" for name in tables.known),
        unpublished=frozenset(f"{prefix}{name}" for name in tables.unpublished),
        earlier={f"{prefix}{name}": was for name, was in tables.earlier.items()},
    )


def check(counts: pd.DataFrame, by: Sequence[str], count: str) -> None:
    if missing := [name for name in (*by, count) if name not in counts]:
        raise MethodError(
            f"The counts have no column {', '.join(missing)}. They have "
            f"{', '.join(map(str, counts.columns))}."
        )
    if not by or counts.empty:
        raise MethodError("A table needs at least one count and one column to go by.")
    numbers = pd.to_numeric(counts[count], errors="coerce")
    wrong = numbers.isna() | (numbers < 0) | (numbers % 1 != 0)
    if wrong.any():
        raise MethodError(
            f"Counts are whole numbers, 0 or more, and known; "
            f"{counts[count][wrong].iloc[0]} is not."
        )


def children_of(values: pd.Series, parents: Mapping[str, str]) -> Children:
    """Return the totals of a dimension with their parts, `All` among them."""
    leaves = list(dict.fromkeys(map(str, values)))
    children: Children = {ALL: []}
    for leaf in leaves:
        child, passed = leaf, {leaf}
        while child != ALL:
            parent = parents.get(child, ALL)
            if parent in passed:
                raise MethodError(f"The group {parent!r} belongs to itself.")
            known = children.setdefault(parent, [])
            if child not in known:
                known.append(child)
            passed.add(parent)
            child = parent
    if clash := sorted(set(leaves) & set(children)):
        raise MethodError(
            f"{clash[0]!r} is both a value and a total of others. Give one of them "
            f"another name."
        )
    return children


def in_order(children: Children, node: str) -> Iterator[str]:
    """A dimension's names, every total after its parts."""
    for child in children.get(node, ()):
        yield from in_order(children, child)
    yield node


def totals(
    counts: pd.DataFrame,
    by: Sequence[str],
    count: str,
    trees: list[Children],
    nodes: list[list[str]],
) -> np.ndarray:
    """The count of every combination of names, in the order of their product."""
    leaves = [[n for n in names if n not in tree]
              for names, tree in zip(nodes, trees, strict=True)]  # fmt: skip
    table = np.zeros([len(each) for each in leaves], dtype=np.int64)
    places = tuple(
        pd.Index(each).get_indexer(pd.Index(counts[name].astype(str)))
        for each, name in zip(leaves, by, strict=True)
    )
    np.add.at(table, places, counts[count].to_numpy().astype(np.int64))
    for axis, (tree, names, each) in enumerate(zip(trees, nodes, leaves, strict=True)):
        under = [set(in_order(tree, name)) for name in names]
        belongs = np.array([[leaf in set_ for leaf in each] for set_ in under], int)
        table = np.moveaxis(np.tensordot(belongs, table, (1, axis)), 0, axis)
    return table.ravel()


def sums_of(
    by: Sequence[str], nodes: list[list[str]], trees: list[Children]
) -> Iterator[Sum]:
    for axis, tree in enumerate(trees):
        others = [names if at != axis else [""] for at, names in enumerate(nodes)]
        for row in product(*others):
            before, after = row[:axis], row[axis + 1 :]
            for total, parts in tree.items():
                yield (
                    cell_name(by, (*before, total, *after)),
                    tuple(cell_name(by, (*before, part, *after)) for part in parts),
                )


def cell_name(by: Sequence[str], row: Sequence[str]) -> str:
    """
    A cell's name, whichever table it stands in and in whichever order of columns.

    >>> cell_name(["ward", "kind"], ["Evelyn", "Theft"])
    'kind=Theft, ward=Evelyn'
    >>> cell_name(["ward", "kind"], ["All", "All"])
    'everything'
    """
    told = [f"{name}={each}" for name, each in zip(by, row, strict=True) if each != ALL]
    return ", ".join(sorted(told)) or EVERYTHING
