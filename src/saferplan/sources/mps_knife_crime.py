"""
Knife crime by borough and ward, from the Metropolitan Police's monthly dashboard.

Licence  Open Government Licence v3.0
Cadence  monthly, about the middle of the next month
Caution  the categories lie inside each other (knife crime holds knife crime with
         injury), so they are not to be added up. A place and month without a row had
         none: the dashboard lists no zeros. More weapons found by more searching is
         more knife crime recorded. Victims are those aged 1 to 24

Safer Neighbourhood Teams are wards; the dashboard has their ward codes, some with a
space at the end, and names that changed when the police changed systems in 2024.
"""

from datetime import date

import polars as pl

from saferplan.areas.codes import ward_vintage
from saferplan.areas.places import known_boroughs
from saferplan.sources.boroughs import with_borough
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

NEEDED = (
    "monthyear",
    "areatype",
    "boroughsnt",
    "areacode",
    "crimetype",
    "crimesubtype",
    "measure",
    "count",
)
AREA_SETS = {"Borough": "borough", "Safer Neighbourhood Teams": "ward"}
UNITS = {"Offences": "offences", "Positive Outcomes": "positive outcomes"}
NO_ZEROS = "The dashboard lists no zeros: a place and month without a row had none."


def recognises(file: SourceFile) -> bool:
    return has_columns(file, NEEDED)


def read(file: SourceFile) -> list[Reading]:
    """
    Return offences, positive outcomes and victims by place, month and category.

    The flag is the crime type's first word: "knife". Where the dashboard says no
    day on which it was refreshed, its last month stands for it.
    """
    table = open_plain(file)
    kept, refused = sort_rows(in_our_words(table.rows), FAULTS, text=["_text"])
    ours = in_columns_of("flagged_crime", kept)
    return [
        Reading(
            source=SOURCE.name,
            dataset="flagged_crime",
            file=file.facts,
            kept=ours,
            rows_read=table.rows_read,
            published=published_on(kept),
            refused=all_refused([table.refused, refused]),
            notes=(NO_ZEROS,),
        )
    ]


def in_our_words(rows: pl.DataFrame) -> pl.DataFrame:
    is_ward = pl.col("areatype") == "Safer Neighbourhood Teams"
    code = pl.when(pl.col("areacode").str.contains(AREA)).then("areacode")
    wards = rows["areacode"].drop_nulls().unique()
    vintage = ward_vintage(wards.filter(wards.str.contains(WARD)).to_list())
    return with_borough(
        rows.with_columns(_borough=borough_in("boroughsnt")),
        "_borough",
        code="_borough_code",
        name="_borough_name",
    ).with_columns(
        publisher=pl.lit("mps"),
        flag=pl.col("crimetype").str.to_lowercase().str.split(" ").list.first(),
        unit=unit(),
        area_set=pl.col("areatype").replace_strict(AREA_SETS, default=None),
        vintage=pl.when(is_ward).then(pl.lit(vintage, pl.Int32)),
        area_code=pl.when(is_ward).then(code).otherwise("_borough_code"),
        area_name=pl.col("areaname").fill_null("Unknown"),
        parent_code=pl.when(is_ward).then("_borough_code"),
        parent_name=pl.when(is_ward).then("_borough_name"),
        month=day_of("monthyear").dt.truncate("1mo"),
        category=pl.col("crimesubtype"),
        number=as_number("count"),
        count=as_number("count").cast(pl.Int64, strict=False),
    )


WARD = r"^[EW]05\d{6}$"
AREA = r"^[EW]0[59]\d{6}$"


def unit() -> pl.Expr:
    said = pl.col("measure").replace_strict(UNITS, default=None)
    of_victims = pl.col("crimesubtype").str.to_lowercase().str.contains("victims")
    counts_victims = of_victims & (said == "offences")
    return pl.when(counts_victims).then(pl.lit("victims")).otherwise(said)


def borough_in(column: str) -> pl.Expr:
    """The borough that "Lewisham Bellingham" begins with; else what it says."""
    # Longest first, so that no borough is taken for one whose name begins its own.
    names = sorted(known_boroughs().values(), key=len, reverse=True)
    found = pl.col(column).str.extract(f"^({'|'.join(names)})( |$)")
    return pl.coalesce(found, column)


FAULTS = {
    "the month is not a date": pl.col("month").is_null(),
    "neither a borough nor a neighbourhood team": pl.col("area_set").is_null(),
    "no category": pl.col("category").is_null() | pl.col("flag").is_null(),
    "neither offences nor positive outcomes": pl.col("unit").is_null(),
    "not a whole number": pl.col("count").is_null()
    | (pl.col("count") != pl.col("number")),
    "fewer than none": pl.col("count") < 0,
}


def published_on(rows: pl.DataFrame) -> date:
    """The day the dashboard was refreshed; else the end of its last month."""
    if "refreshdate" in rows.columns:
        refreshed = rows.select(day_of("refreshdate").max()).item()
        if isinstance(refreshed, date):
            return refreshed
    return last_day(rows.select(pl.col("month").dt.month_end()), "month")


SOURCE = Source(
    name="mps-knife-crime",
    title="Knife crime by borough and ward",
    publisher="mps",
    licence="Open Government Licence v3.0",
    cadence="monthly, about the middle of the next month",
    caution=(
        "Categories lie inside each other and are not to be added up. More searching "
        "can mean more knife crime recorded."
    ),
    datasets=("flagged_crime",),
    recognises=recognises,
    read=read,
)
