"""
The sheets of the ONS workbook of crime by area: which is which, column by column.

A sheet says what it is in its first line ("Table C2: Number of police recorded crimes
... year ending December 2024 [note 1]"); its columns start some lines further down,
with line breaks and notes in their names.
"""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date

from saferplan.sources.workbook import Cell

YEAR_ENDING = re.compile(r"year ending (\w+) (\d{4})", re.IGNORECASE)
NOTE = re.compile(r"\s*\[note[^\]]*\]", re.IGNORECASE)
MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}

OFFENCES = "offences"
RATE = "per 1,000 residents"
HOUSEHOLD_RATE = "per 1,000 households"

# What the title of a table says, in small letters, and the statistic it holds.
KINDS = {
    "recorded crime rate per 1,000": RATE,
    "rate of offences per 1,000": RATE,
    "number of police recorded crimes": OFFENCES,
    "and police force area, england and wales, number of offences": OFFENCES,
}
# The same offence in other tables or editions on the left; one name on the right.
OFFENCE_NAMES = {
    "All other theft offences": "Other theft offences",
    "Miscellaneous crimes": "Miscellaneous crimes against society",
    "Death or serious injury - unlawful driving": (
        "Death or serious injury caused by illegal driving"
    ),
}
# Columns that say where, by the start of their name.
PLACES = {
    "area code": "area_code",
    "area name": "area_name",
    "police force area code": "parent_code",
    "police force area name": "parent_name",
    "community safety partnership code": "area_code",
    "community safety partnership name": "area_name",
    "local authority code": "authority_code",
    "local authority name": "authority_name",
}


@dataclass(frozen=True)
class Number:
    """What a column of numbers holds. No offence: it counts people or households."""

    statistic: str
    offence: str | None


@dataclass(frozen=True)
class Sheet:
    """
    A table of the workbook.

    of_partnerships  its areas are community safety partnerships, under their force
    places           where each column that says where stands, by our name for it
    numbers          what each column of numbers holds, by where it stands
    start            the place of its first row of figures
    """

    year_ending: date
    of_partnerships: bool
    places: dict[str, int]
    numbers: dict[int, Number]
    start: int


def tidy(cell: Cell) -> str:
    """
    Return a cell's text in one line and without its notes.

    >>> tidy("Police Force\\n Area  code"), tidy("City of London[note 9]")
    ('Police Force Area code', 'City of London')
    """
    return " ".join(NOTE.sub("", str(cell)).split())


def sheet_of(rows: list[list[Cell]]) -> Sheet | None:
    """Say what a sheet holds; None if it is not offences or rates by area."""
    title = tidy(rows[0][0]) if rows and rows[0] else ""
    year = YEAR_ENDING.search(title)
    kind = kind_of(title)
    start = next((n for n, row in enumerate(rows) if is_header(row)), None)
    if year is None or kind is None or start is None:
        return None
    header = [tidy(cell) for cell in rows[start]]
    places = {
        PLACES[name.lower()]: n for n, name in enumerate(header) if is_place(name)
    }
    numbers = {
        n: number_in(name, kind)
        for n, name in enumerate(header)
        if name and not is_place(name)
    }
    month = MONTHS.get(year[1].lower())
    if month is None:
        return None
    last = monthrange(int(year[2]), month)[1]
    return Sheet(
        year_ending=date(int(year[2]), month, last),
        of_partnerships="community safety partnership" in title.lower(),
        places=places,
        numbers=numbers,
        start=start + 1,
    )


def kind_of(title: str) -> str | None:
    """
    Say which statistic a table with this title holds; None for any other table.

    >>> kind_of("Table C2: Number of police recorded crimes for headline offences by")
    'offences'
    >>> kind_of("Table C3: Percentage change between crimes for headline offences")
    """
    plain = title.lower()
    return next((kind for words, kind in KINDS.items() if words in plain), None)


def is_header(row: list[Cell]) -> bool:
    first = tidy(row[0]).lower() if row else ""
    return first in ("area code", "police force area code")


def is_place(name: str) -> bool:
    return name.lower() in PLACES


def number_in(name: str, kind: str) -> Number:
    """
    Say what a column of numbers holds, by its name and the statistic of its table.

    >>> number_in("Residential burglary (households)", RATE)
    Number(statistic='per 1,000 households', offence='Residential burglary')
    >>> number_in("Population figures (mid-2022) - rounded to 100", RATE)
    Number(statistic='residents', offence=None)
    """
    plain = name.lower()
    if plain.startswith("population"):
        return Number("residents", None)
    if plain.startswith("household"):
        return Number("households", None)
    by_household = kind == RATE and "household" in plain
    offence = re.sub(r"\s*\((per 1,000 \w+|households)\)", "", name)
    return Number(
        HOUSEHOLD_RATE if by_household else kind, OFFENCE_NAMES.get(offence, offence)
    )
