"""
Census 2011 counts that the GLA put beside the outlines of London's LSOAs.

They are the only count of households we know by LSOA before 2021. A household is one
with someone living there on 27 March 2011; empty homes are not in it.
"""

from datetime import date

import pandas as pd
import polars as pl

from saferplan.sources.area_tables import (
    FIGURE,
    AreaTable,
    area_faults,
    by_column,
    count_of_figures,
    figures,
    number_faults,
    repeated,
)
from saferplan.sources.sorting import as_number, in_columns_of, sort_rows
from saferplan.sources.source import SourceFile
from saferplan.store.reading import Reading

# The GLA's column on the left, what it counts on the right.
UNITS = {"USUALRES": "people", "HHOLDS": "households"}
KEYS = {"area_code": "LSOA11CD", "area_name": "LSOA11NM"}
CENSUS_DAY = date(2011, 3, 27)


def census_readings(file: SourceFile, rows: pd.DataFrame, source: str) -> list[Reading]:
    """Return people and households by LSOA, if the file has them; else nothing."""
    if not {*UNITS, *KEYS.values()} <= set(rows.columns):
        return []
    columns = {
        name: rows[name].astype(str).to_list() for name in [*KEYS.values(), *UNITS]
    }
    frame = pl.DataFrame(columns).with_row_index("_line", offset=1)
    table = AreaTable(frame)
    good, refused = sort_rows(
        figures(table, KEYS, UNITS),
        area_faults("lsoa")
        | number_faults(count=True)
        | repeated("area_code", "_column"),
        text=("area_code", "area_name", *FIGURE),
    )
    kept = good.with_columns(
        publisher=pl.lit("gla"),
        unit=by_column(UNITS, pl.String),
        area_set=pl.lit("lsoa"),
        vintage=pl.lit(2011),
        year=pl.lit(2011),
        sex=pl.lit("all"),
        age_from=pl.lit(0),
        count=as_number("_cell"),
    )
    return [
        Reading(
            source=source,
            dataset="population",
            file=file.facts,
            kept=in_columns_of("population", kept),
            rows_read=count_of_figures(table, UNITS),
            published=CENSUS_DAY,
            refused=refused,
            notes=("Counted by the census of 27 March 2011; long out of date.",),
        )
    ]
