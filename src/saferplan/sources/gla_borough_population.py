"""
Population of London's boroughs, 1999 to 2050, from the Greater London Authority.

Licence  Open Government Licence v3.0
Cadence  stopped: projections of 2014
Caution  only the first years are estimates (ONS); the rest are projections, and the
         census of 2021 found fewer people than they say. They are kept under a unit of
         their own, "people, projected", and are no denominator for a rate
"""

from datetime import date

import polars as pl

from saferplan.areas.places import BOROUGHS_SINCE
from saferplan.sources.area_tables import (
    area_faults,
    area_set,
    number_faults,
    read_area_table,
    repeated,
)
from saferplan.sources.sorting import all_refused, as_number, in_columns_of, sort_rows
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

COLUMNS = ("Code", "Name", "Year", "Source", "Population")
# Who made a figure, in the publisher's words on the left, and our unit on the right.
UNITS = {
    "ONS MYE": "people",
    "GLA Population Projections": "people, projected",
}


def recognises(file: SourceFile) -> bool:
    return file.kind == "csv" and file.header[: len(COLUMNS)] == COLUMNS


def read(file: SourceFile) -> list[Reading]:
    """Return people by borough and year, a row of the file each."""
    table = read_area_table(file)
    rows = table.frame.with_columns(
        area_code=pl.col("Code"),
        year=pl.col("Year").cast(pl.Int32, strict=False),
        unit=pl.col("Source").replace_strict(
            UNITS, default=None, return_dtype=pl.String
        ),
        _cell=pl.col("Population"),
    )
    faults = (
        area_faults("borough", "part of a region", "region")
        | {
            "not a year": pl.col("year").is_null(),
            "neither an ONS estimate nor a GLA projection": pl.col("unit").is_null(),
        }
        | number_faults(count=True)
        | repeated("area_code", "year", "unit")
    )
    good, refused = sort_rows(rows, faults, text=COLUMNS)
    kept = good.with_columns(
        publisher=pl.lit("gla"),
        area_set=area_set(),
        vintage=pl.lit(BOROUGHS_SINCE),
        area_name=pl.col("Name"),
        sex=pl.lit("all"),
        age_from=pl.lit(0),
        count=as_number("_cell"),
    )
    return [
        Reading(
            source=SOURCE.name,
            dataset="population",
            file=file.facts,
            kept=in_columns_of("population", kept),
            rows_read=table.frame.height + table.refused.height,
            published=date(2014, 12, 31),
            refused=all_refused([table.refused, refused]),
            notes=("From 2011 on these are projections, not counts or estimates.",),
        )
    ]


SOURCE = Source(
    name="gla-borough-population",
    title="Population of London's boroughs, estimated and projected",
    publisher="gla",
    licence="Open Government Licence v3.0",
    cadence="stopped in 2014",
    caution="From 2011 on these are projections: no denominator for a rate.",
    datasets=("population",),
    recognises=recognises,
    read=read,
)
