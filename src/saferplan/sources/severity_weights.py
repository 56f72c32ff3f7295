"""
The harm weight of each offence code: ONS Crime Severity Score.

Licence  Open Government Licence v3.0
Cadence  once; ONS revises its weights every few years
Caution  a weight is the average sentence for an offence, in days of a kind, so it is
         what courts think of it and not what victims suffer. The score is for whole
         areas over years, never for one case or one person

The table was derived from outcomes that the Home Office published, weighted and plain,
for 41 quarters to December 2023; each weight is their ratio, the same in every quarter.
It says no date of its own, so that is the day it stands to. A code whose name changed
has a row for each name, with the same weight: we keep the name of the most quarters.
"""

from datetime import date

import polars as pl

from saferplan.sources.csv_table import read_csv_table
from saferplan.sources.sorting import as_number, in_columns_of
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

# The publisher's column on the left, ours on the right.
COLUMNS = {
    "grp": "offence_group",
    "sub": "offence_subgroup",
    "desc": "offence",
    "code": "offence_code",
    "css_weight": "weight",
    "count": "quarters",
}
STANDS_TO = date(2023, 12, 31)
EDITION = "outcomes to December 2023"
# Weights of one code under two names agree to ten places; a real difference is more.
SAME = 1e-6


def recognises(file: SourceFile) -> bool:
    return file.kind == "csv" and COLUMNS.keys() <= set(file.header)


def read(file: SourceFile) -> list[Reading]:
    """Return one row for each offence code, with its weight."""
    table = read_csv_table(file)
    kept, refused = table.set_aside(in_our_words(table.frame), FAULTS)
    return [
        Reading(
            source=SOURCE.name,
            dataset="severity_weight",
            file=file.facts,
            kept=in_columns_of("severity_weight", kept),
            rows_read=table.rows_read,
            published=STANDS_TO,
            refused=refused,
        )
    ]


def in_our_words(rows: pl.DataFrame) -> pl.DataFrame:
    renamed = rows.rename(COLUMNS).with_columns(
        publisher=pl.lit("ons"),
        edition=pl.lit(EDITION),
        weight=as_number("weight"),
        quarters=as_number("quarters").fill_null(0),
    )
    most = pl.col("quarters").rank("ordinal", descending=True).over("offence_code")
    return renamed.with_columns(
        _disagrees=(
            pl.col("weight").max().over("offence_code")
            > pl.col("weight").min().over("offence_code") * (1 + SAME)
        ),
        _is_other_name=most > 1,
    )


FAULTS = {
    "no offence code": pl.col("offence_code").is_null(),
    "the weight is not a number": pl.col("weight").is_null(),
    "the weight is below nothing": pl.col("weight") < 0,
    "the code has two different weights": pl.col("_disagrees"),
    "the same code and weight under another name": pl.col("_is_other_name"),
}

SOURCE = Source(
    name="ons-severity-weights",
    title="Crime Severity Score weights by offence code",
    publisher="ons",
    licence="Open Government Licence v3.0",
    cadence="every few years",
    caution=(
        "A weight is the average sentence for an offence: what courts think of it, not "
        "what victims suffer."
    ),
    datasets=("severity_weight",),
    recognises=recognises,
    read=read,
)
