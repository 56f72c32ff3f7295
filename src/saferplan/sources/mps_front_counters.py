"""
Police front counters: where people can walk in and speak to an officer.

Licence  Open Government Licence v3.0
Cadence  now and then, when counters open or close
Caution  the list says where a counter is, not when it is open nor who works there

Nothing in the file says for when it holds. The day is taken from the file's name or its
folder's ("2025-01/police-stations.csv"); where neither says, the list is undated, and
any dated list counts as newer.
"""

import re
from datetime import date

import polars as pl

from saferplan.definitions.undated import UNDATED
from saferplan.sources.csv_table import read_csv_table
from saferplan.sources.sorting import as_number, in_columns_of
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

# The publisher's column on the left, ours on the right.
COLUMNS = {"Station": "counter", "Longitude": "longitude", "Latitude": "latitude"}
# A year and a month, perhaps a day, in the name of the file or of its folder.
DATED = re.compile(r"(?<!\d)(20\d\d)-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?!\d)")


def recognises(file: SourceFile) -> bool:
    return file.kind == "csv" and set(file.header) == set(COLUMNS)


def read(file: SourceFile) -> list[Reading]:
    """Return one row for each counter of the list."""
    table = read_csv_table(file)
    listed_on = day_in(file.facts.name)
    rows = table.frame.rename(COLUMNS).with_columns(
        publisher=pl.lit("mps"),
        listed_on=pl.lit(listed_on),
        # Spaces, some of them unbreakable, hang on to the names.
        counter=pl.col("counter").str.strip_chars(" \u00a0\t"),
        longitude=as_number("longitude"),
        latitude=as_number("latitude"),
    )
    kept, refused = table.set_aside(rows, FAULTS)
    return [
        Reading(
            source=SOURCE.name,
            dataset="front_counter",
            file=file.facts,
            kept=in_columns_of("front_counter", kept),
            rows_read=table.rows_read,
            published=listed_on,
            refused=refused,
            notes=(NO_DAY,) if listed_on == UNDATED else (),
        )
    ]


def day_in(name: str) -> date:
    """
    Return the last day that a file's name and folders tell; undated if none does.

    >>> day_in("counters/2025-01/police-stations.csv")
    datetime.date(2025, 1, 1)
    """
    found = DATED.findall(name)
    if not found:
        return UNDATED
    year, month, day = found[-1]
    try:
        return date(int(year), int(month), int(day or 1))
    except ValueError:  # such as 2025-02-30
        return date(int(year), int(month), 1)


FAULTS = {
    "the counter has no name": pl.col("counter").is_null() | (pl.col("counter") == ""),
    "the place is not a number": pl.col("longitude").is_null()
    | pl.col("latitude").is_null(),
    "the place is not in the United Kingdom": ~pl.col("longitude").is_between(-9, 2)
    | ~pl.col("latitude").is_between(49, 61),
    "the counter is in the list twice": ~pl.col("counter").is_first_distinct(),
}
NO_DAY = (
    "The list does not say for when it holds. Put the month in its name, for example "
    "police-stations-2026-01.csv, to compare it with others."
)

SOURCE = Source(
    name="mps-front-counters",
    title="Police front counters",
    publisher="mps",
    licence="Open Government Licence v3.0",
    cadence="when counters open or close",
    caution="The list says where a counter is, not when it is open.",
    datasets=("front_counter",),
    recognises=recognises,
    read=read,
)
