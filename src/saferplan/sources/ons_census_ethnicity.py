"""
Census 2021 ethnic groups as tables with a row for each area and group.

Licence  Open Government Licence v3.0 (ONS figures, put together by the R package
         demographr)
Cadence  every ten years; census day was 21 March 2021
Caution  small counts are changed a little to protect people

Two tables: five groups by LSOA, and nineteen by local authority. The second gives each
group as a number and as a per cent; the per cents are the same answers again and are
not read. For the five groups of a borough, add up its LSOAs, or the nineteen by the
part of their name before the colon.
"""

import re

import polars as pl

from saferplan.sources.area_tables import (
    AreaTable,
    area_faults,
    number_faults,
    read_area_table,
    repeated,
)
from saferplan.sources.ethnic_groups import FIVE_GROUPS, detailed_group
from saferplan.sources.ons_census import CENSUS_DAY
from saferplan.sources.sorting import all_refused, as_number, in_columns_of, sort_rows
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

FIVE = ("lsoa21_code", "total_residents", "ethnic_group", "n", "prop")
NINETEEN = ("ltla21_code", "ltla21_name", "ethnic_group", "value")
MEASURE = re.compile(r"\s*\((number|percent)\)$")
PER_CENT = r"\(percent\)\s*$"


def recognises(file: SourceFile) -> bool:
    return file.header in (FIVE, NINETEEN)


def read(file: SourceFile) -> list[Reading]:
    """Return people by area and ethnic group, a row of the file each."""
    table = read_area_table(file)
    if file.header == FIVE:
        return [reading(file, table, "lsoa", code="lsoa21_code", count="n")]
    counts = table.frame.filter(
        ~pl.col("ethnic_group").str.contains(PER_CENT).fill_null(value=False)
    )
    numbers = AreaTable(counts, table.refused)
    return [reading(file, numbers, "borough", code="ltla21_code", count="value")]


def reading(
    file: SourceFile, table: AreaTable, kind: str, *, code: str, count: str
) -> Reading:
    names = {text: short_name(text) for text in table.frame["ethnic_group"].unique()}
    rows = table.frame.with_columns(
        pl.col(code).alias("area_code"),
        pl.col(count).alias("_cell"),
        category=pl.col("ethnic_group").replace_strict(names, return_dtype=pl.String),
    )
    faults = (
        area_faults(kind)
        | {"not an ethnic group of Census 2021": ~known("category")}
        | number_faults(count=True)
        | repeated("area_code", "category")
    )
    good, refused = sort_rows(rows, faults, text=file.header)
    topic = "ethnic group (5)" if kind == "lsoa" else "ethnic group (19)"
    kept = good.with_columns(
        publisher=pl.lit("ons"),
        area_set=pl.lit(kind),
        vintage=pl.lit(2021),
        area_name=pl.col("ltla21_name") if kind == "borough" else pl.lit(None),
        year=pl.lit(2021),
        topic=pl.lit(topic),
        count=as_number("_cell"),
    )
    return Reading(
        source=SOURCE.name,
        dataset="census",
        file=file.facts,
        kept=in_columns_of("census", kept),
        rows_read=len(table.frame) + len(table.refused),
        published=CENSUS_DAY,
        refused=all_refused([table.refused, refused]),
        notes=("Small counts were changed a little to protect people.",),
    )


def short_name(text: str | None) -> str | None:
    """
    A group's short name, without what says that this is its number.

    >>> short_name("Other ethnic group: Arab (number)")
    'Other: Arab'
    """
    return None if text is None else detailed_group(MEASURE.sub("", text))


def known(column: str) -> pl.Expr:
    """Whether a short name is one of the five groups, or a part of one."""
    broad = pl.col(column).str.split(": ").list.first()
    return broad.is_in(list(FIVE_GROUPS.values())).fill_null(value=False)


SOURCE = Source(
    name="ons-census-ethnicity",
    title="Census 2021: ethnic groups of LSOAs and local authorities",
    publisher="ons",
    licence="Open Government Licence v3.0",
    cadence="every ten years",
    caution="Small counts were changed a little to protect people.",
    datasets=("census",),
    recognises=recognises,
    read=read,
)
