"""
The Public Attitude Survey of MOPAC, as its dashboard publishes it.

Licence  Open Government Licence v3.0
Cadence  quarterly, some months behind
Caution  a borough's figure rests on about 100 people a quarter (400 a year) and the
         file does not say how many, so its doubt is wide and has to be assumed. From
         2020 the interviews were by telephone and online. It says what residents
         think of the police, not how much crime there is

Three shapes, one meaning: the borough file with commas (decimal commas in quotes, empty
columns at the end), the same with semicolons, and London as a whole. A borough row also
carries the London figure of its quarter; we keep that once.
"""

import polars as pl

from saferplan.sources.boroughs import FORCE, FORCE_CODE, with_borough
from saferplan.sources.csv_table import read_csv_table
from saferplan.sources.sorting import (
    all_refused,
    as_number,
    in_columns_of,
    is_not_given,
    last_day,
    sort_rows,
)
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

COLUMNS = ("Date", "Survey", "Borough", "Measure", "Proportion")
LONDON = "MPS"  # the name of a column, and of London's row in the London file

# Our tables hold the measures as MOPAC words them; this is what each one asks.
MEASURES = {
    '"Good Job" local': "the police do a good or excellent job in the local area",
    "Contact ward officer": "knows how to contact a local or ward officer",
    "Informed local": "feels well informed about local police activities",
    "Listen to concerns": "the police listen to the concerns of local people",
    "Relied on to be there": "the police can be relied on to be there when needed",
    "Treat everyone fairly": "the police treat everyone fairly, whoever they are",
    "Trust MPS": "the Met is an organisation that I can trust",
    "Understand issues": "the police understand the issues that affect the community",
}


def recognises(file: SourceFile) -> bool:
    return file.kind == "csv" and file.header[: len(COLUMNS)] == COLUMNS


def read(file: SourceFile) -> list[Reading]:
    """
    Return the share who agree, by borough and quarter, and for London.

    A share is between 0 and 1; a quarter is named by its last day. The number of
    people asked is missing, since the file does not say. rows_read counts the rows of
    the file, and each London figure that they repeat once more.
    """
    table = read_csv_table(file)
    rows = with_our_columns(table.frame)
    kept, refused = table.set_aside(rows, FAULTS)
    rows_read = table.rows_read
    if LONDON in rows.columns:
        figures = london_figures(rows)
        good, bad = sort_rows(figures, FAULTS, text=("Date", "Measure", LONDON))
        kept = pl.concat([kept, good], how="diagonal")
        refused = all_refused([refused, bad])
        rows_read += figures.height
    ours = in_columns_of("survey", as_survey(kept))
    return [
        Reading(
            source=SOURCE.name,
            dataset="survey",
            file=file.facts,
            kept=ours,
            rows_read=rows_read,
            published=last_day(ours, "period_end"),
            refused=refused,
            notes=(NO_BASE,),
        )
    ]


def with_our_columns(rows: pl.DataFrame) -> pl.DataFrame:
    is_london = pl.col("Borough").str.strip_chars() == LONDON
    placed = with_borough(rows, "Borough", code="area_code", name="area_name")
    return in_our_words(placed, "Proportion").with_columns(
        disagree=pl.lit(value=False),
        area_code=pl.when(is_london).then(pl.lit(FORCE_CODE)).otherwise("area_code"),
        area_name=pl.when(is_london).then(pl.lit(FORCE)).otherwise("area_name"),
    )


def in_our_words(rows: pl.DataFrame, share: str) -> pl.DataFrame:
    return rows.with_columns(
        period_end=pl.col("Date")
        .str.strip_chars()
        .str.to_date("%d/%m/%Y", strict=False),
        measure=pl.col("Measure").str.strip_chars(),
        proportion=as_number(share, decimal=","),
        missing=is_not_given(share),
    )


FAULTS = {
    "the date is not a day, month and year": pl.col("period_end").is_null(),
    "no measure": pl.col("measure").is_null(),
    "not a London borough": pl.col("area_code").is_null(),
    "not a share": pl.col("proportion").is_null() & ~pl.col("missing"),
    "its rows disagree about the London figure": pl.col("disagree"),
    "a share outside 0 to 1": ~pl.col("missing")
    & ~pl.col("proportion").is_between(0, 1),
}


def london_figures(rows: pl.DataFrame) -> pl.DataFrame:
    """The London figure that every borough's row repeats, once for each quarter."""
    figures = rows.group_by("Date", "Measure", maintain_order=True).agg(
        pl.col("_line").min(),
        pl.col(LONDON).first(),
        disagree=pl.n_unique(LONDON) > 1,
        area_code=pl.lit(FORCE_CODE),
        area_name=pl.lit(FORCE),
    )
    return in_our_words(figures, LONDON)


def as_survey(rows: pl.DataFrame) -> pl.DataFrame:
    is_london = pl.col("area_code") == FORCE_CODE
    return rows.with_columns(
        publisher=pl.lit("mopac"),
        survey=pl.lit("Public Attitude Survey"),
        area_set=pl.when(is_london).then(pl.lit("force")).otherwise(pl.lit("borough")),
    )


NO_BASE = (
    "The file does not say how many people were asked. The survey is designed for "
    "about 100 in each borough each quarter, 400 over four quarters."
)

SOURCE = Source(
    name="mopac-public-attitude-survey",
    title="Public Attitude Survey, by borough and quarter",
    publisher="mopac",
    licence="Open Government Licence v3.0",
    cadence="quarterly, some months behind",
    caution=(
        "A borough's figure rests on about 100 people a quarter; the file does not say "
        "how many."
    ),
    datasets=("survey",),
    recognises=recognises,
    read=read,
)
