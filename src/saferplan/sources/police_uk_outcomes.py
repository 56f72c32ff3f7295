"""
What became of street-level crimes, from data.police.uk.

Licence  Open Government Licence v3.0
Cadence  monthly, about two months behind
Caution  the month is that of the outcome, not of the crime; many crimes never have a
         row here, and the force's last word on a crime may come years later
"""

import polars as pl

from saferplan.sources.csv_table import read_csv_table
from saferplan.sources.police_uk import (
    CRIME_COLUMNS,
    LICENCE,
    LSOA_CODE,
    PUBLISHER,
    crime_rows,
    force_faults,
    header_notes,
    known_columns,
    month_faults,
    place_notes,
    plain,
    point_faults,
    published_on,
)
from saferplan.sources.sorting import in_columns_of
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

COLUMNS = {**CRIME_COLUMNS, "outcome-type": "outcome"}
NEEDED = [name for name in COLUMNS if name not in ("lsoa-code", "lsoa-name")]


def recognises(file: SourceFile) -> bool:
    columns = {plain(name) for name in file.header}
    known = known_columns(file, COLUMNS)
    return file.kind == "csv" and "outcome-type" in columns and known >= 6


def read(file: SourceFile) -> list[Reading]:
    """One reading: a row for each outcome, as published."""
    table = read_csv_table(file)
    rows = crime_rows(table, COLUMNS, NEEDED)
    faults = {
        **month_faults(rows, file),
        **force_faults(rows),
        "there is no outcome": pl.col("outcome").is_null(),
        "there is no Crime ID to say whose outcome it is": pl.col("crime_id").is_null(),
        "the LSOA code is not one": ~pl.col("lsoa_code").str.contains(LSOA_CODE),
        **point_faults(),
    }
    kept, refused = table.set_aside(rows, faults)
    return [
        Reading(
            source=SOURCE.name,
            dataset="crime_outcome",
            file=file.facts,
            kept=in_columns_of("crime_outcome", kept),
            rows_read=table.rows_read,
            published=published_on(file, kept["month"]),
            refused=refused,
            notes=tuple(header_notes(table, COLUMNS) + place_notes(kept)),
        )
    ]


SOURCE = Source(
    name="police-uk-outcomes",
    title="Outcomes of street-level crime (data.police.uk)",
    publisher=PUBLISHER,
    licence=LICENCE,
    cadence="monthly, about two months behind",
    caution=(
        "The month is that of the outcome, not of the crime. A crime without a row has "
        "no outcome yet, or none that was published."
    ),
    datasets=("crime_outcome",),
    recognises=recognises,
    read=read,
)
