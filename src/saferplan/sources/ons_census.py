"""
Census 2021 tables as ONS and Nomis give them out: a row for each area.

Licence  Open Government Licence v3.0
Cadence  every ten years; census day was 21 March 2021
Caution  small counts are changed a little to protect people, so parts do not quite add
         up to totals; taken in a lockdown, when students and others were elsewhere

Age in five-year bands (TS007A), ethnic group (TS021) and the number of households
(TS041). Ethnic groups are two topics: "ethnic group (5)" with Asian, Black, Mixed,
Other and White, and "ethnic group (19)" with names such as "Asian: Bangladeshi", whose
part before the colon is one of the five. Every topic has the category "all".
"""

import re
from datetime import date

import polars as pl

from saferplan.sources.area_tables import (
    FIGURE,
    AreaTable,
    area_faults,
    area_set,
    by_column,
    check_columns,
    count_of_figures,
    figures,
    number_faults,
    read_area_table,
    repeated,
)
from saferplan.sources.ethnic_groups import detailed_group
from saferplan.sources.sorting import all_refused, as_number, in_columns_of, sort_rows
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

KEYS = {"_date": "date", "area_name": "geography", "area_code": "geography code"}
CENSUS_DAY = date(2021, 3, 21)
SETS = ("oa", "lsoa", "msoa", "ward", "borough", "region", "country")

AGE = re.compile(r"Age: (Total|Aged (.+))")
ETHNIC = re.compile(r"Ethnic group: (.+)")
HOUSEHOLDS = re.compile(r"Number of households|Household.*: Total.*", re.IGNORECASE)

Meaning = tuple[str, str]  # topic and category


def recognises(file: SourceFile) -> bool:
    return set(KEYS.values()) <= set(file.header) and any(
        meanings_of(name) or HOUSEHOLDS.fullmatch(name) for name in file.header
    )


def meanings_of(column: str) -> list[Meaning]:
    """
    The topic and category of a column; two where it is the total of two topics.

    >>> meanings_of("Age: Aged 15 to 19 years")
    [('age', '15 to 19')]
    >>> meanings_of("Ethnic group: Total: All usual residents")
    [('ethnic group (5)', 'all'), ('ethnic group (19)', 'all')]
    """
    if age := AGE.fullmatch(column):
        return [("age", age.group(2).replace(" years", "") if age.group(2) else "all")]
    if group := ETHNIC.fullmatch(column):
        if group.group(1).startswith("Total"):
            return [("ethnic group (5)", "all"), ("ethnic group (19)", "all")]
        name = detailed_group(group.group(1))
        return [("ethnic group (19)" if ":" in name else "ethnic group (5)", name)]
    return []


def read(file: SourceFile) -> list[Reading]:
    """Return counts of people by topic and category, or numbers of households."""
    table = read_area_table(file)
    check_columns(file, table, KEYS.values())
    topics = [name for name in table.columns if meanings_of(name)]
    households = [name for name in table.columns if HOUSEHOLDS.fullmatch(name)]
    readings = [people(file, table, topics)] if topics else []
    return [*readings, *([homes(file, table, households[:1])] if households else [])]


def sort_figures(
    table: AreaTable, columns: list[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    faults = (
        area_faults(*SETS)
        | {"not of Census 2021": pl.col("_date") != "2021"}
        | number_faults(count=True)
        | repeated("area_code", "_column")
    )
    text = ("_date", "area_name", "area_code", *FIGURE)
    good, refused = sort_rows(figures(table, KEYS, columns), faults, text=text)
    placed = good.with_columns(
        publisher=pl.lit("ons"),
        area_set=area_set(),
        vintage=pl.lit(2021),
        year=pl.lit(2021),
        count=as_number("_cell"),
    )
    return placed, all_refused([table.refused, refused])


def people(file: SourceFile, table: AreaTable, columns: list[str]) -> Reading:
    # A total that belongs to two topics is two figures, read twice.
    meanings = {f"{c}|{n}": m for c in columns for n, m in enumerate(meanings_of(c))}
    twice = table.frame.with_columns(
        pl.col(name.rpartition("|")[0]).alias(name) for name in meanings
    )
    doubled = AreaTable(twice, table.refused)
    good, refused = sort_figures(doubled, list(meanings))
    kept = good.with_columns(
        topic=by_column(
            {name: topic for name, (topic, _) in meanings.items()}, pl.String
        ),
        category=by_column(
            {name: kind for name, (_, kind) in meanings.items()}, pl.String
        ),
    )
    return Reading(
        source=SOURCE.name,
        dataset="census",
        file=file.facts,
        kept=in_columns_of("census", kept),
        rows_read=count_of_figures(doubled, meanings),
        published=CENSUS_DAY,
        refused=refused,
        notes=("Small counts were changed a little to protect people.",),
    )


def homes(file: SourceFile, table: AreaTable, columns: list[str]) -> Reading:
    good, refused = sort_figures(table, columns)
    kept = good.with_columns(
        unit=pl.lit("households"), sex=pl.lit("all"), age_from=pl.lit(0)
    )
    return Reading(
        source=SOURCE.name,
        dataset="population",
        file=file.facts,
        kept=in_columns_of("population", kept),
        rows_read=count_of_figures(table, columns),
        published=CENSUS_DAY,
        refused=refused,
        notes=("Households with someone living there; empty homes are not in it.",),
    )


SOURCE = Source(
    name="ons-census",
    title="Census 2021: age, ethnic group and households",
    publisher="ons",
    licence="Open Government Licence v3.0",
    cadence="every ten years",
    caution="Taken in a lockdown; small counts were changed a little.",
    datasets=("census", "population"),
    recognises=recognises,
    read=read,
)
