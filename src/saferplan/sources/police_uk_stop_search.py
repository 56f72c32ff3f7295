"""
Stops and searches from data.police.uk.

Licence  Open Government Licence v3.0
Cadence  monthly, about two months behind
Caution  one row is a search, not a person; what is said of ethnicity is often missing;
         vehicle stops under the road traffic acts are not in these files at all
"""

from calendar import monthrange
from pathlib import PurePosixPath

import polars as pl

from saferplan.errors import SourceChanged
from saferplan.sources.csv_table import read_csv_table
from saferplan.sources.police_uk import (
    FILE_NAME,
    FORCES,
    LICENCE,
    PUBLISHER,
    each_value,
    header_notes,
    in_our_columns,
    known_columns,
    month_faults,
    months_of,
    plain,
    point_faults,
    published_on,
    with_points,
)
from saferplan.sources.police_uk_words import (
    KINDS,
    OUTCOMES,
    ethnic_group,
    yes_or_no,
)
from saferplan.sources.sorting import in_columns_of
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

# The publisher's column, made plain, on the left; ours on the right.
COLUMNS = {
    "type": "kind",
    "date": "raw_date",
    "part-of-a-policing-operation": "operation",
    "policing-operation": "operation_name",  # always empty
    "latitude": "raw_y",
    "longitude": "raw_x",
    "gender": "gender",
    "age-range": "age_range",
    "self-defined-ethnicity": "self_defined",
    "officer-defined-ethnicity": "officer_defined",
    "legislation": "legislation",
    "object-of-search": "object_of_search",
    "outcome": "outcome",
    "outcome-linked-to-object-of-search": "outcome_linked",
    "removal-of-more-than-just-outer-clothing": "more_than_outer_clothing",
}
NEEDED = [
    *("type", "date", "gender", "age-range", "self-defined-ethnicity"),
    *("officer-defined-ethnicity", "legislation", "object-of-search", "outcome"),
]
TELLING = {"object-of-search", "self-defined-ethnicity", "officer-defined-ethnicity"}

YES_NO = "operation", "outcome_linked", "more_than_outer_clothing"
# A month with this many searches whose last day is this many days early, or first day
# this many late, was sent before it was over. Met, December 2022: ends on the 17th.
ENOUGH_SEARCHES, DAYS_SHORT = 100, 4


def recognises(file: SourceFile) -> bool:
    columns = {plain(name) for name in file.header}
    known = known_columns(file, COLUMNS)
    return file.kind == "csv" and bool(TELLING & columns) and known >= 6


def read(file: SourceFile) -> list[Reading]:
    """
    One reading: a row for each search, at London time.

    The files give the time as UTC. A search at 23:00 UTC on 31 March is one of 1 April
    in London, and stands in the file of April. Rows that are alike in everything are
    all kept: without a number of their own they cannot be told from real repeats.

    Raises SourceChanged if neither the file's name nor the person says which force.
    """
    force = force_of_file(file)
    table = read_csv_table(file)
    rows = in_our_columns(table, COLUMNS, NEEDED)
    utc = pl.col("raw_date").str.to_datetime("%Y-%m-%dT%H:%M:%S%#z", strict=False)
    london = utc.dt.convert_time_zone("Europe/London").dt.replace_time_zone(None)
    rows = with_points(
        rows.with_columns(
            *(each_value(rows[name], word) for name, word in WORDS.items()),
            each_value(rows["self_defined"], ethnic_group).alias("self_defined_group"),
            each_value(rows["officer_defined"], ethnic_group).alias(
                "officer_defined_group"
            ),
            searched_at=london,
            month=london.dt.date().dt.month_start(),
            force=pl.lit(force),
            publisher=pl.lit(PUBLISHER),
        )
    )
    faults = {
        "the date is not written as 2024-03-31T23:00:00+00:00": pl.col(
            "searched_at"
        ).is_null(),
        **month_faults(rows, file),
        "there is no such type of search": pl.col("kind").is_null(),
        **{
            f"{name.replace('_', ' ')} is neither True nor False": pl.col(name) == "?"
            for name in YES_NO
        },
        **point_faults(),
    }
    kept, refused = table.set_aside(rows, faults)
    kept = kept.with_columns(pl.col(YES_NO) == "True")
    return [
        Reading(
            source=SOURCE.name,
            dataset="stop_search",
            file=file.facts,
            kept=in_columns_of("stop_search", kept),
            rows_read=table.rows_read,
            published=published_on(file, kept["month"]),
            refused=refused,
            notes=tuple(header_notes(table, COLUMNS) + notes_on(kept)),
        )
    ]


WORDS = {
    "kind": lambda name: KINDS.get(plain(name)),
    "outcome": lambda name: OUTCOMES.get(plain(name), name),
    **dict.fromkeys(YES_NO, yes_or_no),
}


def force_of_file(file: SourceFile) -> str:
    """The force: as the person said, or as it stands in the publisher's file name."""
    found = FILE_NAME.search(PurePosixPath(file.facts.name).name)
    force = file.force or (found["force"] if found else "")
    if not force:
        raise SourceChanged(
            f"{file.facts.name} does not say which force's searches it holds. Name it "
            f"as the publisher does, 2024-03-metropolitan-stop-and-search.csv, or load "
            f"it with --force metropolitan."
        )
    if force not in FORCES:
        raise SourceChanged(
            f"{force!r}, for {file.facts.name}, is not a force that data.police.uk "
            f"knows. Write it as its files do, for example metropolitan or west-mercia."
        )
    return force


def notes_on(kept: pl.DataFrame) -> list[str]:
    """What anyone counting these searches should know."""
    if kept.is_empty():
        return []
    notes = []
    if kept["longitude"].null_count() > kept.height / 2:
        notes.append(f"{months_of(kept)}: most searches have no location.")
    if kept["outcome_linked"].null_count() == kept.height:
        notes.append(
            "Some months do not say whether the outcome had to do with what was "
            "searched for: there it is missing, not no."
        )
    strange = (
        pl.col("self_defined_group").is_null()
        & pl.col("self_defined").is_not_null()
        & ~pl.col("self_defined").str.to_lowercase().str.contains("not stated")
    )
    words = kept.filter(strange)["self_defined"].unique().sort().to_list()
    if words:
        notes.append(f"Ethnicity in words we cannot group: {'; '.join(words[:5])}.")
    return notes + unfinished_months(kept)


def unfinished_months(kept: pl.DataFrame) -> list[str]:
    """Months that stop before their end, or begin after their start."""
    days = kept.group_by("month").agg(
        pl.len().alias("searches"),
        pl.col("searched_at").min().dt.day().alias("first"),
        pl.col("searched_at").max().dt.day().alias("last"),
    )
    notes = []
    for month, searches, first, last in days.sort("month").iter_rows():
        length = monthrange(month.year, month.month)[1]
        if searches < ENOUGH_SEARCHES:
            continue
        if last <= length - DAYS_SHORT or first > DAYS_SHORT:
            notes.append(
                f"{month:%B %Y} is not complete: its searches run from day {first} to "
                f"day {last}. Do not compare it with other months."
            )
    return notes


SOURCE = Source(
    name="police-uk-stop-search",
    title="Stops and searches (data.police.uk)",
    publisher=PUBLISHER,
    licence=LICENCE,
    cadence="monthly, about two months behind",
    caution=(
        "One row is a search, not a person. Self-defined ethnicity is often not "
        "stated. Vehicle stops under the road traffic acts are not included."
    ),
    datasets=("stop_search",),
    recognises=recognises,
    read=read,
)
