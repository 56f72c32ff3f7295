"""
People and households in the Greater London Authority's ward and borough profiles.

Licence  Open Government Licence v3.0
Cadence  stopped: wards of 2014 (issued 2015), boroughs (issued 2014)
Caution  people of 2015 are a projection, rounded to fifty. Household spaces count empty
         homes too, so they are more than households

Of the profiles' many columns only people and households are read. The wards' file ends
with boroughs, London and England, and has the City both as a ward and as a borough. The
same wards' people at the census of 2011, with commas in the thousands, are read too.
"""

import re
from dataclasses import dataclass
from datetime import date

import polars as pl

from saferplan.areas.codes import ward_vintage
from saferplan.areas.places import BOROUGHS_SINCE
from saferplan.sources.area_tables import (
    FIGURE,
    area_faults,
    area_set,
    by_column,
    column_like,
    count_of_figures,
    figures,
    matching,
    number_faults,
    read_area_table,
    repeated,
)
from saferplan.sources.sorting import all_refused, as_number, in_columns_of, sort_rows
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

CODE = r"New code|Ward code"
NAME = r"Ward ?name|Area name"
SETS = ("ward", "borough", "part of a region", "region", "country")
PROJECTED = "people, projected and rounded"
CENSUS_YEAR = 2011
NOTES = {
    PROJECTED: "People are projected, and rounded to fifty.",
    "household spaces": "Household spaces include empty homes.",
}


@dataclass(frozen=True)
class Figure:
    """What a column counts: its unit, its ages and its year."""

    unit: str
    age_from: int
    age_to: int | None
    year: int


# Their heading, with its year, on the left; unit, first and last age on the right.
HEADINGS: dict[str, tuple[str, int, int | None]] = {
    r"Population - (20\d\d)": (PROJECTED, 0, None),
    r"Children aged 0-15 - (20\d\d)": (PROJECTED, 0, 15),
    r"Working-age \(16-64\) - (20\d\d)": (PROJECTED, 16, 64),
    r"Older people aged 65\+ - (20\d\d)": (PROJECTED, 65, None),
    r"Number of Household spaces - (20\d\d)": ("household spaces", 0, None),
    r"GLA Population Estimate (20\d\d)": ("people", 0, None),
    r"GLA Household Estimate (20\d\d)": ("households", 0, None),
    r"Persons: All Ages()": ("people", 0, None),
}


def recognises(file: SourceFile) -> bool:
    return (
        file.kind == "csv"
        and matching(file.header, CODE) is not None
        and any(figure_of(name) for name in file.header)
    )


def figure_of(heading: str) -> Figure | None:
    """
    What a heading counts, or None.

    >>> figure_of("Working-age (16-64) - 2015")
    Figure(unit='people, projected and rounded', age_from=16, age_to=64, year=2015)
    >>> figure_of("Persons: All Ages").year
    2011
    """
    for pattern, meaning in HEADINGS.items():
        if found := re.fullmatch(pattern, heading):
            return Figure(*meaning, int(found[1] or CENSUS_YEAR))
    return None


def read(file: SourceFile) -> list[Reading]:
    """Return people, households and household spaces by area."""
    table = read_area_table(file)
    keys = {
        "area_code": column_like(file, table.columns, CODE, "New code"),
        "area_name": column_like(file, table.columns, NAME, "Ward name"),
    }
    columns = {name: found for name in table.columns if (found := figure_of(name))}
    good, refused = sort_rows(
        figures(table, keys, columns),
        area_faults(*SETS)
        | number_faults(count=True)
        | repeated("area_code", "_column"),
        text=(*keys, *FIGURE),
    )
    kept = in_our_words(good, columns)
    return [
        Reading(
            source=SOURCE.name,
            dataset="population",
            file=file.facts,
            kept=kept,
            rows_read=count_of_figures(table, columns),
            published=date(max(figure.year for figure in columns.values()), 12, 31),
            refused=all_refused([table.refused, refused]),
            notes=(
                "People of 2015 are projected; household spaces include empty homes.",
            ),
        )
    ]


def in_our_words(good: pl.DataFrame, columns: dict[str, Figure]) -> pl.DataFrame:
    wards = good.filter(area_set() == "ward")["area_code"]
    vintage = ward_vintage(wards) or BOROUGHS_SINCE
    rows = good.with_columns(
        publisher=pl.lit("gla"),
        unit=by_column({name: f.unit for name, f in columns.items()}, pl.String),
        area_set=area_set(),
        vintage=pl.when(area_set() == "ward").then(vintage).otherwise(BOROUGHS_SINCE),
        # "Lewisham - Bellingham": the borough is not part of the ward's name.
        area_name=pl.col("area_name").str.split(" - ").list.last(),
        year=by_column({name: f.year for name, f in columns.items()}, pl.Int32),
        sex=pl.lit("all"),
        age_from=by_column({name: f.age_from for name, f in columns.items()}, pl.Int32),
        age_to=by_column({name: f.age_to for name, f in columns.items()}, pl.Int32),
        count=as_number("_cell"),
    )
    return in_columns_of("population", rows)


SOURCE = Source(
    name="gla-profiles",
    title="Ward and borough profiles: people and households",
    publisher="gla",
    licence="Open Government Licence v3.0",
    cadence="stopped in 2015",
    caution="Projected and rounded; household spaces include empty homes.",
    datasets=("population",),
    recognises=recognises,
    read=read,
)
