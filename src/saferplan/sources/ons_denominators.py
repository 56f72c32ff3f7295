"""
People and households behind the rates in the ONS workbook of crime by area.

The workbook of offences by partnership and force gives, beside its rates, the people
and households it divides by, to the nearest hundred. It is the newest count of
households by borough that we know (mid-2021). A partnership of one borough gives the
borough's count as well; figures of a whole force in the table of partnerships are left
to the table of forces.
"""

import re
from collections.abc import Iterator
from datetime import date

import polars as pl

from saferplan.sources.area_tables import (
    FIGURE,
    AreaTable,
    area_faults,
    area_set,
    by_column,
    count_of_figures,
    figures,
    matching,
    number_faults,
    plain_name,
    sheet_table,
)
from saferplan.sources.sorting import all_refused, as_number, in_columns_of, sort_rows
from saferplan.sources.source import SourceFile
from saferplan.sources.workbook import sheet_rows
from saferplan.store.reading import Reading

# The first heading on the left; the areas' codes and names that stand beside it.
LAYOUTS = {
    "Area Code": [("Area Code", "Area Name")],
    "Police Force Area code": [
        ("Community Safety Partnership code", "Community Safety Partnership name"),
        ("Local Authority code", "Local Authority name"),
    ],
}
SHEETS = re.compile(r"Table [PC]\d+")
DENOMINATOR = r"(Population|Household) figures \(mid-(20\d\d)\).*rounded.*"
FIGURES = re.compile(DENOMINATOR, re.IGNORECASE)
UNITS = {"population": "people", "household": "households"}
SETS = ("csp", "borough", "force", "region", "country")
YEAR_ENDING = re.compile(r"year ending \w+ (20\d\d)", re.IGNORECASE)
NOTE = "People and households to the nearest hundred, as ONS used them for its rates."


def denominators(file: SourceFile, source: str) -> list[Reading]:
    """Return people and households by area, if the workbook has any; else nothing."""
    parts = [part for sheet in file.sheets for part in sheet_parts(file, sheet)]
    if not parts:
        return []
    kept = pl.concat(kept for kept, _, _ in parts)
    return [
        Reading(
            source=source,
            dataset="population",
            file=file.facts,
            kept=kept,
            rows_read=sum(count for *_, count in parts),
            published=last_day(kept),
            refused=all_refused(refused for _, refused, _ in parts),
            notes=(NOTE,),
        )
    ]


def last_day(kept: pl.DataFrame) -> date:
    years = kept["year"].drop_nulls().to_list()
    return date(max(years, default=1970), 6, 30)


Part = tuple[pl.DataFrame, pl.DataFrame, int]


def sheet_parts(file: SourceFile, sheet: str) -> Iterator[Part]:
    """The kept rows, refused rows and count of figures of each set in a sheet."""
    if not SHEETS.fullmatch(sheet.strip()):
        return
    rows = sheet_rows(file, sheet)
    first = next((plain_name(r[0]) for r in rows if plain_name(r[0]) in LAYOUTS), None)
    ending = YEAR_ENDING.search(str(rows[0][0])) if rows else None
    if first is None or ending is None:
        return
    table = AreaTable(sheet_table(file, sheet, first, rows))
    columns = [name for name in table.columns if FIGURES.fullmatch(name)]
    for code, name in LAYOUTS[first] if columns else []:
        keys = {"area_code": column(table, code), "area_name": column(table, name)}
        yield sorted_part(of_these_areas(table, keys), keys, columns, int(ending[1]))


def column(table: AreaTable, heading: str) -> str:
    return matching(table.columns, re.escape(heading)) or heading


def of_these_areas(table: AreaTable, keys: dict[str, str]) -> AreaTable:
    """The rows with an area of this set; totals of a force have neither."""
    named = pl.any_horizontal(pl.col(theirs).is_not_null() for theirs in keys.values())
    return AreaTable(table.frame.filter(named))


def sorted_part(
    table: AreaTable, keys: dict[str, str], columns: list[str], vintage: int
) -> Part:
    rows = figures(table, keys, columns).with_columns(
        area_name=pl.col("area_name").str.replace(r"\s*\[note[^\]]*\]", "")
    )
    unassigned = (
        pl.col("area_name").str.starts_with("Unassigned").fill_null(value=False)
    )
    combined = pl.col("area_code").str.starts_with("Combined").fill_null(value=False)
    faults = {
        "not placed in any area": unassigned,
        "several local authorities together": combined,
        **area_faults(*SETS),
        # Two partnerships in one authority: neither's figure is the authority's.
        "a part of its area": pl.struct("area_code", "_column").is_duplicated(),
        **number_faults(count=True),
    }
    good, refused = sort_rows(rows, faults, text=("area_code", "area_name", *FIGURE))
    told = {name: found for name in columns if (found := FIGURES.fullmatch(name))}
    kept = good.with_columns(
        publisher=pl.lit("ons"),
        unit=by_column({n: UNITS[f[1].lower()] for n, f in told.items()}, pl.String),
        area_set=area_set(),
        vintage=pl.lit(vintage),
        year=by_column({n: int(f[2]) for n, f in told.items()}, pl.Int32),
        sex=pl.lit("all"),
        age_from=pl.lit(0),
        count=as_number("_cell"),
    )
    return in_columns_of("population", kept), refused, count_of_figures(table, columns)
