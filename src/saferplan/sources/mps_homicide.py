"""
Victims of homicide by borough and month, from the Metropolitan Police's dashboard.

Licence  Open Government Licence v3.0
Cadence  monthly
Caution  numbers are so small that a rise of several is within chance; read years, not
         months. A victim counts in the month the homicide was recorded. A borough and
         month without a row had none. City of London has its own police

The publisher has a row for each victim, with age, sex, ethnicity and whether the
killing was solved. We keep the method and whether it was domestic, which prevention
needs, and leave out the rest: together they describe a person.
"""

import polars as pl

from saferplan.sources.boroughs import with_borough
from saferplan.sources.mps_columns import has_columns, open_plain
from saferplan.sources.sorting import (
    all_refused,
    as_number,
    in_columns_of,
    last_day,
    sort_rows,
)
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

NEEDED = (
    "countofvictims",
    "methodofkilling",
    "domesticabuse",
    "recordeddate",
    "borough",
)
# A refused row keeps no more of a person than one we take.
TEXT = ("recordeddate", "borough", "methodofkilling", "domesticabuse", "countofvictims")
NO_ZEROS = "A borough and month without a row had no homicide."


def recognises(file: SourceFile) -> bool:
    return has_columns(file, NEEDED)


def read(file: SourceFile) -> list[Reading]:
    """Return victims by borough, month and method; the subcategory says if domestic."""
    table = open_plain(file)
    kept, refused = sort_rows(in_our_words(table.rows), FAULTS, text=TEXT)
    return [
        Reading(
            source=SOURCE.name,
            dataset="flagged_crime",
            file=file.facts,
            kept=in_columns_of("flagged_crime", kept),
            rows_read=table.rows_read,
            published=last_day(kept.select(pl.col("month").dt.month_end()), "month"),
            refused=all_refused([table.refused, refused]),
            notes=(NO_ZEROS,),
        )
    ]


def in_our_words(rows: pl.DataFrame) -> pl.DataFrame:
    placed = with_borough(rows, "borough", code="area_code", name="area_name")
    return placed.with_columns(
        publisher=pl.lit("mps"),
        flag=pl.lit("homicide"),
        unit=pl.lit("victims"),
        area_set=pl.lit("borough"),
        month=("01-" + pl.col("recordeddate")).str.to_date("%d-%b-%y", strict=False),
        category=pl.col("methodofkilling"),
        subcategory=pl.col("domesticabuse"),
        number=as_number("countofvictims"),
        count=as_number("countofvictims").cast(pl.Int64, strict=False),
    )


FAULTS = {
    "the month is not like Jan-03": pl.col("month").is_null(),
    "the borough has a name we do not know": pl.col("_place_unknown"),
    "not a whole number": pl.col("count").is_null()
    | (pl.col("count") != pl.col("number")),
    "fewer than none": pl.col("count") < 0,
}

SOURCE = Source(
    name="mps-homicide-victims",
    title="Victims of homicide by borough and month",
    publisher="mps",
    licence="Open Government Licence v3.0",
    cadence="monthly",
    caution="Numbers are so small that a rise of several is within chance.",
    datasets=("flagged_crime",),
    recognises=recognises,
    read=read,
)
