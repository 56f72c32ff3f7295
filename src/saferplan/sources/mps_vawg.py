"""
Violence against women and girls, from the Metropolitan Police: offences and victims.

Licence  Open Government Licence v3.0
Cadence  monthly
Caution  a count by ward and one by class or by victim's age are the same offences
         counted in two ways: never add them up. One in five is of a class outside
         violence against women and girls. Wards have names and no codes, so a ward is
         known only together with its borough. A place and month without a row had none.
         A rise can mean that more women come forward

Each row has the month recorded and the month committed. We keep the first, so a ward
and month may have several rows, to be added up. An offence belongs to the month in
which it was recorded, however long ago it was committed.
"""

import polars as pl

from saferplan.sources.boroughs import FORCE, FORCE_CODE, with_borough
from saferplan.sources.mps_columns import day_of, has_columns, open_plain
from saferplan.sources.sorting import (
    all_refused,
    as_number,
    in_columns_of,
    last_day,
    sort_rows,
)
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

NEEDED = ("boroughname", "recordeddatemonths", "count")
OFFENCE_CLASS = ("crimsecgroup", "vawgoffence")
VICTIM_GROUPS = {
    "agegroup": "age group",
    "ethnicappearancegroupgroup": "ethnic appearance",
}
BREAKDOWNS = (*OFFENCE_CLASS, *VICTIM_GROUPS)
NOTES = (
    "Wards have names and no codes here: match them within their borough.",
    "Counts by ward and counts by class, age or ethnic appearance (area set force) are "
    "the same offences counted again: never add them up.",
)


def recognises(file: SourceFile) -> bool:
    of_offences = has_columns(file, [*NEEDED, "vawgoffence"])
    return of_offences or has_columns(file, [*NEEDED, *VICTIM_GROUPS])


def read(file: SourceFile) -> list[Reading]:
    """
    Return offences or victims by month recorded: by ward, and for London by class.

    A row by ward has area set "ward"; one by class, age group or ethnic appearance has
    area set "force" and says which in `category`.
    """
    table = open_plain(file)
    unit = "offences" if has_columns(file, OFFENCE_CLASS) else "victims"
    rows = in_our_words(with_every_column(table.rows), unit)
    kept, refused = sort_rows(rows, FAULTS, text=["_text"])
    ours = in_columns_of("flagged_crime", kept)
    months = kept.select(pl.col("month").dt.month_end())
    return [
        Reading(
            source=SOURCE.name,
            dataset="flagged_crime",
            file=file.facts,
            kept=ours,
            rows_read=table.rows_read,
            published=last_day(months, "month"),
            refused=all_refused([table.refused, refused]),
            notes=NOTES,
        )
    ]


def with_every_column(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with a column for each breakdown; one file never has all of them."""
    ward = next((name for name in rows.columns if name.startswith("wardname")), None)
    absent = [name for name in BREAKDOWNS if name not in rows.columns]
    return rows.with_columns(
        *(pl.lit(None, pl.String).alias(name) for name in absent),
        _ward=pl.col(ward) if ward else pl.lit(None, pl.String),
    )


def in_our_words(rows: pl.DataFrame, unit: str) -> pl.DataFrame:
    by_ward = pl.col("boroughname").is_not_null()
    group = pl.coalesce(
        pl.when(pl.col(column).is_not_null()).then(pl.lit(name))
        for column, name in VICTIM_GROUPS.items()
    )
    placed = with_borough(rows, "boroughname", code="_code", name="_name")
    return placed.with_columns(
        publisher=pl.lit("mps"),
        flag=pl.lit("vawg"),
        unit=pl.lit(unit),
        area_set=pl.when(by_ward).then(pl.lit("ward")).otherwise(pl.lit("force")),
        area_code=pl.when(~by_ward).then(pl.lit(FORCE_CODE)),
        area_name=pl.when(by_ward)
        .then(pl.col("_ward").fill_null("Unknown"))
        .otherwise(pl.lit(FORCE)),
        parent_code=pl.when(by_ward).then("_code"),
        parent_name=pl.when(by_ward).then("_name"),
        month=day_of("recordeddatemonths").dt.truncate("1mo"),
        category=pl.coalesce("crimsecgroup", group),
        subcategory=pl.coalesce("vawgoffence", *VICTIM_GROUPS),
        number=as_number("count"),
        count=as_number("count").cast(pl.Int64, strict=False),
        _unplaced=~by_ward & pl.all_horizontal(pl.col(*BREAKDOWNS).is_null()),
    )


FAULTS = {
    "the month recorded is not a date": pl.col("month").is_null(),
    "the borough has a name we do not know": pl.col("_place_unknown"),
    "neither a place nor a class": pl.col("_unplaced"),
    "not a whole number": pl.col("count").is_null()
    | (pl.col("count") != pl.col("number")),
    "fewer than none": pl.col("count") < 0,
}

SOURCE = Source(
    name="mps-violence-against-women-and-girls",
    title="Violence against women and girls: offences and victims",
    publisher="mps",
    licence="Open Government Licence v3.0",
    cadence="monthly",
    caution=(
        "The same offences are counted by ward and again by class. One in five is of a "
        "class outside violence against women and girls. A rise can mean that more "
        "women come forward."
    ),
    datasets=("flagged_crime",),
    recognises=recognises,
    read=read,
)
