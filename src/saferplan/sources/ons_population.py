"""
Mid-year population estimates for small areas, from the Office for National Statistics.

Licence  Open Government Licence v3.0
Cadence  yearly, over a year behind; earlier years are revised after each census
Caution  residents on 30 June, by a model between censuses: the smaller the area and the
         longer since the census, the rougher. Nobody's daytime population

Two layouts: a column per year ("Mid-2022: Population"), and one year with columns for
sex and broad age ("Females_16-29"). The second says its year only in the file's name.
"""

import re
from datetime import date

import polars as pl

from saferplan.errors import SourceChanged
from saferplan.sources.area_tables import (
    FIGURE,
    AreaTable,
    area_faults,
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

BY_YEAR = re.compile(r"Mid-(20\d{2}): Population")
BY_AGE = re.compile(r"(Persons|Males|Females)_(All-Ages|\d+-\d+|\d+\+)")
SEXES = {"Persons": "all", "Males": "male", "Females": "female"}
CODE = r"(LSOA|MSOA) ?(20)?(11|21) ?(CD|Code)"
NAME = r"(LSOA|MSOA) ?(20)?(11|21) ?(NM|Name)"
YEAR_IN_NAME = re.compile(r"mid[-_ ]?(20\d{2})", re.IGNORECASE)
NOTE = "Residents on 30 June, estimated; visitors and daytime workers are not in it."


def recognises(file: SourceFile) -> bool:
    figures_of = [name for name in file.header if figure_of(name)]
    return bool(figures_of) and matching(file.header, CODE) is not None


def figure_of(column: str) -> re.Match[str] | None:
    return BY_YEAR.fullmatch(column) or BY_AGE.fullmatch(column)


def read(file: SourceFile) -> list[Reading]:
    """
    Return people by area, year, sex and age band.

    Densities and other columns are left out. Raises SourceChanged if neither a column
    nor the file's name says which year the figures are of.
    """
    table = read_area_table(file)
    keys = {
        "area_code": column_like(file, table.columns, CODE, "LSOA 2021 Code"),
        "area_name": column_like(file, table.columns, NAME, "LSOA 2021 Name"),
    }
    columns = [column for column in table.columns if figure_of(column)]
    years = {column: year_of(file, column) for column in columns}
    return [reading(file, table, keys, years)]


def reading(
    file: SourceFile, table: AreaTable, keys: dict[str, str], years: dict[str, int]
) -> Reading:
    rows = figures(table, keys, years)
    area = keys["area_code"][:4].lower()
    good, refused = sort_rows(
        rows,
        area_faults(area)
        | number_faults(count=True)
        | repeated("area_code", "_column"),
        text=("area_code", "area_name", *FIGURE),
    )
    sexes, first, last = (
        {column: band_of(column)[place] for column in years} for place in range(3)
    )
    kept = good.with_columns(
        publisher=pl.lit("ons"),
        unit=pl.lit("people"),
        area_set=pl.lit(area),
        vintage=pl.lit(vintage_of(keys["area_code"])),
        year=by_column(years, pl.Int32),
        sex=by_column(sexes, pl.String),
        age_from=by_column(first, pl.Int32),
        age_to=by_column(last, pl.Int32),
        count=as_number("_cell"),
    )
    return Reading(
        source=SOURCE.name,
        dataset="population",
        file=file.facts,
        kept=in_columns_of("population", kept),
        rows_read=count_of_figures(table, years),
        published=date(max(years.values()), 6, 30),
        refused=all_refused([table.refused, refused]),
        notes=(NOTE,),
    )


def year_of(file: SourceFile, column: str) -> int:
    found = BY_YEAR.fullmatch(column) or YEAR_IN_NAME.search(file.facts.name)
    if not found:
        raise SourceChanged(
            f"{file.facts.name} does not say which year its figures are of. Put it in "
            f"the file's name, for example london_lsoa11_mid2020_pop.csv."
        )
    return int(found.group(1))


def vintage_of(code_column: str) -> int:
    """
    The year the areas were drawn, from the heading of their codes.

    >>> vintage_of("LSOA11CD"), vintage_of("LSOA 2021 Code")
    (2011, 2021)
    """
    return 2011 if "11" in code_column else 2021


def band_of(column: str) -> tuple[str, int, int | None]:
    """
    Sex, first and last age of a column; 0 and None for every age.

    >>> band_of("Females_16-29"), band_of("Males_65+"), band_of("Mid-2022: Population")
    (('female', 16, 29), ('male', 65, None), ('all', 0, None))
    """
    found = BY_AGE.fullmatch(column)
    if not found:
        return ("all", 0, None)
    sex, ages = SEXES[found.group(1)], re.findall(r"\d+", found.group(2))
    first = int(ages[0]) if ages else 0
    return (sex, first, int(ages[1]) if len(ages) == 2 else None)


SOURCE = Source(
    name="ons-population",
    title="Mid-year population estimates for small areas",
    publisher="ons",
    licence="Open Government Licence v3.0",
    cadence="yearly, over a year behind",
    caution="Residents, not those there by day; between censuses, a model's estimate.",
    datasets=("population",),
    recognises=recognises,
    read=read,
)
