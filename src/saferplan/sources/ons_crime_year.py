"""
Recorded crime of a year by partnership, force and region, from ONS.

Licence  Open Government Licence v3.0
Cadence  quarterly, each with twelve months of figures, about four months behind
Caution  rates by partnership use population of an earlier year than rates by force, so
         the two do not match. City of London has no rate. Offences that could not be
         placed are "Unassigned" under their force and have no code. Recorded crime has
         not been an accredited official statistic since 2014

Two tables by partnership give offences, of this year and the one before, and one gives
rates; three more give the same by force, region and nation. Tables of percentage change
are left out: they follow from the others. [x] and [u] are missing, never zero.
"""

import re
from collections.abc import Iterator

import polars as pl

from saferplan.areas.codes import AREA_SETS
from saferplan.errors import SourceChanged
from saferplan.sources.ons_crime_sheets import Sheet, sheet_of, tidy
from saferplan.sources.ons_denominators import denominators
from saferplan.sources.sorting import (
    as_number,
    in_columns_of,
    is_not_given,
    last_day,
    sort_rows,
)
from saferplan.sources.source import Source, SourceFile
from saferplan.sources.workbook import Cell, sheet_rows
from saferplan.store.reading import Reading

TABLE = re.compile(r"Table [PC]\d+")
OFFENCES_BY_AREA = {"Table P1", "Table C2"}
CODE = re.compile(r"[A-Z]\d{8}")
NATIONS = {
    "ENGLAND AND WALES": "England and Wales",
    "ENGLAND": "England",
    "WALES": "Wales",
}
CELLS = {
    "_line": pl.Int64,
    "_sheet": pl.String,
    "area_set": pl.String,
    "area_code": pl.String,
    "area_name": pl.String,
    "authority_code": pl.String,
    "parent_code": pl.String,
    "parent_name": pl.String,
    "year_ending": pl.Date,
    "offence": pl.String,
    "statistic": pl.String,
    "_cell": pl.String,
}


def recognises(file: SourceFile) -> bool:
    sheets = {name.strip() for name in file.sheets}
    return file.kind == "xlsx" and bool(OFFENCES_BY_AREA & sheets)


def read(file: SourceFile) -> list[Reading]:
    """
    Return a row for each number: an area, an offence, and offences or a rate; and the
    people and households that the rates divide by.

    A line in quarantine is the row in its sheet; the text says which sheet.

    Raises SourceChanged if no sheet is a table of offences by area.
    """
    cells = pl.DataFrame(list(all_cells(file)), schema=CELLS, orient="row")
    if cells.is_empty():
        raise SourceChanged(
            f"{file.facts.name} has no sheet of offences by area whose first line says "
            f"so. ONS may have changed its layout: compare it with "
            f"saferplan.sources.ons_crime_sheets."
        )
    judged = cells.with_columns(
        publisher=pl.lit("ons"),
        value=as_number("_cell"),
        _missing=is_not_given("_cell"),
    )
    kept, refused = sort_rows(judged, FAULTS, text=TEXT)
    ours = in_columns_of("recorded_crime_year", kept)
    return [
        Reading(
            source=SOURCE.name,
            dataset="recorded_crime_year",
            file=file.facts,
            kept=ours,
            rows_read=cells.height,
            published=last_day(ours, "year_ending"),
            refused=refused,
            notes=(NOTE,),
        ),
        *denominators(file, SOURCE.name),
    ]


TEXT = ("_sheet", "area_code", "area_name", "offence", "statistic", "_cell")
FAULTS = {
    "the area has no name": pl.col("area_name") == "",
    "not a number": pl.col("value").is_null() & ~pl.col("_missing"),
}
NOTE = (
    "Rates by partnership and by force rest on populations of different years. City of "
    "London has no rate."
)


def all_cells(file: SourceFile) -> Iterator[tuple]:
    """The numbers of every table of offences or rates in the workbook."""
    by_force = "Table P1" in {name.strip() for name in file.sheets}
    for name in file.sheets:
        if not TABLE.fullmatch(name.strip()):
            continue
        rows = sheet_rows(file, name)
        sheet = sheet_of(rows)
        if sheet is not None:
            yield from cells_of(name.strip(), sheet, rows, by_force=by_force)


def cells_of(
    name: str, sheet: Sheet, rows: list[list[Cell]], *, by_force: bool
) -> Iterator[tuple]:
    """
    The numbers of one table.

    by_force  the workbook has tables by force as well, so the line that gives a
              force's total above its partnerships is left out
    """
    for line, row in enumerate(rows[sheet.start :], start=sheet.start + 1):
        place = {ours: tidy(row[column]) for ours, column in sheet.places.items()}
        if not any(place.values()):
            continue
        is_total = sheet.of_partnerships and not place["area_name"]
        if is_total and by_force:
            continue
        if is_total:
            place["area_code"] = place.pop("parent_code")
            place["area_name"] = place.pop("parent_name")
        area_set = "csp" if sheet.of_partnerships and not is_total else ""
        for column, number in sheet.numbers.items():
            yield (
                line,
                name,
                area_set or AREA_SETS.get(place["area_code"][:3], "force"),
                code_in(place, "area_code"),
                NATIONS.get(place["area_name"], place["area_name"]),
                code_in(place, "authority_code"),
                code_in(place, "parent_code"),
                place.get("parent_name"),
                sheet.year_ending,
                number.offence,
                number.statistic,
                str(row[column]),
            )


def code_in(place: dict[str, str], column: str) -> str | None:
    """A code; None where the cell has none, or words such as "Combined Authorities"."""
    code = place.get(column, "")
    return code if CODE.fullmatch(code) else None


SOURCE = Source(
    name="ons-crime-by-area",
    title="Recorded crime of a year by partnership, force and region",
    publisher="ons",
    licence="Open Government Licence v3.0",
    cadence="quarterly, about four months behind",
    caution=(
        "Rates by partnership and by force rest on populations of different years. "
        "Offences that could not be placed have no partnership."
    ),
    datasets=("recorded_crime_year", "population"),
    recognises=recognises,
    read=read,
)
