"""Reading a table of small areas with a column for each agency."""

import csv
import io
from dataclasses import dataclass

from saferplan.errors import SourceChanged

NEEDED = ("area", "residents")
MOST_ROWS = 40_000  # all small areas of England are fewer
MOST_AGENCIES = 12

Row = list[str | float]


@dataclass(frozen=True)
class SmallAreas:
    agencies: list[str]
    rows: list[Row]


def read_small_areas(text: str) -> SmallAreas:
    """
    Read a CSV table with the columns area, residents and two or more agencies.

    >>> read_small_areas("area,residents,Police,Council\\nE01,1500,North,West")
    SmallAreas(agencies=['Police', 'Council'], rows=[['E01', 1500.0, 'North', 'West']])

    Raises SourceChanged that names the column, or the line and what is wrong with it.
    """
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    try:
        names = [name.strip() for name in next(lines, [])]
        agencies = agencies_of(names)
        rows = [
            row_of(at, dict(zip(names, cells, strict=False)), agencies)
            for at, cells in enumerate(lines, start=2)
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise SourceChanged(f"This is no CSV table: {error}.") from error
    check_rows(rows)
    return SmallAreas(agencies, rows)


def agencies_of(names: list[str]) -> list[str]:
    if missing := [name for name in NEEDED if name not in names]:
        raise SourceChanged(
            f"The first line has no column {' and no column '.join(missing)}. It needs "
            f"area, residents and one for each agency; it has: "
            f"{', '.join(names)[:200] or 'nothing'}."
        )
    agencies = [name for name in names if name not in NEEDED and name]
    if len(set(names)) < len(names):
        raise SourceChanged("Two columns have the same name, or none. Name each once.")
    if not 2 <= len(agencies) <= MOST_AGENCIES:
        raise SourceChanged(
            f"Footprints are compared between 2 to {MOST_AGENCIES} agencies, a column "
            f"for each; here are {len(agencies)}."
        )
    return agencies


def row_of(at: int, said: dict[str, str], agencies: list[str]) -> Row:
    area = said["area"].strip() if "area" in said else ""
    told = said.get("residents", "").strip().replace(",", "")
    if not area:
        raise SourceChanged(f"Line {at} has no area. Give each line its code.")
    if not told.isdecimal():
        raise SourceChanged(
            f"Line {at}, {area[:40]}: residents must be a whole number, and "
            f"“{told[:40]}” is none."
        )
    return [area, float(told), *(said.get(name, "").strip() for name in agencies)]


def check_rows(rows: list[Row]) -> None:
    if not rows:
        raise SourceChanged("There is no line below the names of the columns.")
    if len(rows) > MOST_ROWS:
        raise SourceChanged(
            f"{len(rows):,} lines are more small areas than a country has. Bring those "
            f"of the partnership and what is near."
        )
    seen: set[str] = set()
    for row in rows:
        if (area := str(row[0])) in seen:
            raise SourceChanged(f"The small area {area} stands twice. Keep one line.")
        seen.add(area)
