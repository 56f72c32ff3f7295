"""
Street-level crime from data.police.uk.

Licence  Open Government Licence v3.0
Cadence  monthly, about two months behind
Caution  points are moved to a nearby street; a crime can appear twice under one Crime
         ID, and anti-social behaviour has none; forces send months again, or never
"""

import polars as pl

from saferplan.sources.csv_table import read_csv_table
from saferplan.sources.police_uk import (
    CRIME_COLUMNS,
    LICENCE,
    LSOA_CODE,
    PUBLISHER,
    crime_rows,
    each_value,
    force_faults,
    header_notes,
    known_columns,
    month_faults,
    months_of,
    place_notes,
    plain,
    point_faults,
    published_on,
)
from saferplan.sources.sorting import in_columns_of
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

# Files of 2010 and 2011 have Easting and Northing for the point, and no Crime ID, LSOA
# or outcome.
COLUMNS = {
    **CRIME_COLUMNS,
    "easting": "raw_easting",
    "northing": "raw_northing",
    "crime-type": "crime_type",
    "last-outcome-category": "outcome",
    "context": "context",  # always empty
}
NEEDED = [
    *("month", "reported-by", "falls-within", "location", "crime-type"),
    *("longitude/easting", "latitude/northing"),
]

# Above this share of repeated Crime IDs, a month's own note says how many.
MANY_REPEATS = 0.05

ANTI_SOCIAL = "Anti-social behaviour"
# December 2010 to August 2011 had six categories, then eleven to April 2013, fourteen
# since. The older names stay as they are: what they meant is not what they mean now.
CRIME_TYPES = {
    plain(name): name
    for name in [
        ANTI_SOCIAL,
        "Bicycle theft",
        "Burglary",
        "Criminal damage and arson",
        "Drugs",
        "Other crime",
        "Other theft",
        "Possession of weapons",
        "Public disorder and weapons",  # 2011 to 2013
        "Public order",
        "Robbery",
        "Shoplifting",
        "Theft from the person",
        "Vehicle crime",
        "Violence and sexual offences",
        "Violent crime",  # 2010 to 2013
    ]
}


def recognises(file: SourceFile) -> bool:
    columns = {plain(name) for name in file.header}
    telling = {"crime-type", "last-outcome-category"} & columns
    return file.kind == "csv" and bool(telling) and known_columns(file, COLUMNS) >= 6


def read(file: SourceFile) -> list[Reading]:
    """
    One reading: every row of the file, one per incident as published.

    Rows with the same Crime ID are all kept: the publisher does not say which is right,
    and leaving them out would move a month of burglary by up to 7%.
    """
    table = read_csv_table(file)
    rows = crime_rows(table, COLUMNS, NEEDED)
    rows = rows.with_columns(
        each_value(rows["crime_type"], lambda name: CRIME_TYPES.get(plain(name)))
    )
    faults = {
        **month_faults(rows, file),
        **force_faults(rows),
        "there is no such crime type": pl.col("crime_type").is_null(),
        "the LSOA code is not one": ~pl.col("lsoa_code").str.contains(LSOA_CODE),
        **point_faults(),
    }
    kept, refused = table.set_aside(rows, faults)
    return [
        Reading(
            source=SOURCE.name,
            dataset="street_crime",
            file=file.facts,
            kept=in_columns_of("street_crime", kept),
            rows_read=table.rows_read,
            published=published_on(file, kept["month"]),
            refused=refused,
            notes=tuple(header_notes(table, COLUMNS) + notes_on(kept)),
        )
    ]


def notes_on(kept: pl.DataFrame) -> list[str]:
    """What anyone counting these rows should know."""
    notes = []
    types = kept["crime_type"].unique().to_list()
    if len(types) == 1:
        notes.append(f"Holds only {types[0]}: nothing follows about any other crime.")
    ids = kept["crime_id"].drop_nulls()
    repeats = len(ids) - ids.n_unique()
    if repeats:
        notes.append(
            "Some rows repeat the Crime ID of another. All are kept, because the "
            "publisher does not say which is right."
        )
    if repeats > len(ids) * MANY_REPEATS:
        notes.append(
            f"{months_of(kept)}: {repeats:,} of {len(ids):,} rows with a Crime ID "
            f"repeat one; without them the month would be {repeats / len(ids):.0%} "
            f"lower."
        )
    return notes + place_notes(kept)


SOURCE = Source(
    name="police-uk-street",
    title="Street-level crime (data.police.uk)",
    publisher=PUBLISHER,
    licence=LICENCE,
    cadence="monthly, about two months behind",
    caution=(
        "Points are moved to a nearby street. The month is that of recording. Forces "
        "send months again, and some months are missing."
    ),
    datasets=("street_crime",),
    recognises=recognises,
    read=read,
)
