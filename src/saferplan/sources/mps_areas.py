"""
Areas in the Metropolitan Police's tables: codes, names, parents and vintages.

A row whose place is no area (Unknown, Aviation Security) keeps its name, and has no
code.
"""

import polars as pl

from saferplan.areas.codes import ward_vintage
from saferplan.areas.places import why_not_an_area
from saferplan.sources.boroughs import with_borough
from saferplan.sources.mps_layout import Layout

# The last LSOA code of 2011; the LSOAs drawn in 2021 have later ones.
LAST_LSOA_OF_2011 = "E01033768"
# The tables by LSOA from then on are on the boundaries of 2021.
LSOAS_OF_2021_SINCE = "202306"
CODE_SHAPES = {"ward": r"^[EW]05\d{6}$", "lsoa": r"^[EW]01\d{6}$"}


def with_areas(rows: pl.DataFrame, layout: Layout, months: list[str]) -> pl.DataFrame:
    """
    Return `rows` with the columns of `recorded_crime` that say where.

    rows    has a column for each role of the layout
    months  the months the table speaks of, such as "202403"

    Also adds `_area_fault`: why a row's area cannot be taken, else null.
    """
    area_set = layout.area_set
    if area_set == "borough":
        placed = with_borough(rows, "borough", code="area_code", name="area_name")
        return placed.with_columns(
            area_set=pl.lit("borough"),
            vintage=pl.lit(None, pl.Int32),
            parent_code=pl.lit(None, pl.String),
            parent_name=pl.lit(None, pl.String),
            _area_fault=misnamed(),
        )
    return small_areas(with_parent(rows, layout), area_set, months)


def misnamed() -> pl.Expr:
    why = pl.lit("the borough has a name we do not know")
    return pl.when("_place_unknown").then(why)


def with_parent(rows: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    if "borough" not in layout.roles:
        rows = rows.with_columns(borough=pl.lit(None, pl.String))
    return with_borough(rows, "borough", code="parent_code", name="parent_name")


def small_areas(rows: pl.DataFrame, area_set: str, months: list[str]) -> pl.DataFrame:
    code, name = pl.col(f"{area_set}_code"), f"{area_set}_name"
    given = pl.col(name) if name in rows.columns else pl.lit(None, pl.String)
    no_code = code.is_null() | (code == "")
    wrong_code = ~no_code & ~code.str.contains(CODE_SHAPES[area_set])
    no_area = no_code & given.fill_null("").map_elements(
        lambda text: why_not_an_area(text) is not None, return_dtype=pl.Boolean
    )
    codes = rows[f"{area_set}_code"].drop_nulls().unique().to_list()
    return rows.with_columns(
        area_set=pl.lit(area_set),
        vintage=pl.lit(vintage(area_set, codes, months), pl.Int32),
        area_code=pl.when(~no_code).then(code),
        area_name=given,
        _area_fault=pl.when(wrong_code)
        .then(pl.lit(f"the code is not that of a {IN_WORDS[area_set]}"))
        .when(no_code & ~no_area)
        .then(pl.lit(f"the {IN_WORDS[area_set]} has no code"))
        .otherwise(misnamed()),
    )


IN_WORDS = {"ward": "ward", "lsoa": "LSOA"}


def vintage(area_set: str, codes: list[str], months: list[str]) -> int | None:
    """
    Return the year the boundaries of these areas were drawn; null where we cannot tell.

    Wards are those of the newest elections that any of the codes is of.

    >>> vintage("ward", ["E05000436"], ["202203"]), vintage("lsoa", [], ["202402"])
    (2002, 2021)
    """
    if area_set == "ward":
        return ward_vintage(code for code in codes if code)
    newer = any(code > LAST_LSOA_OF_2011 for code in codes if code.startswith("E01"))
    return 2021 if newer or min(months, default="") >= LSOAS_OF_2021_SINCE else 2011
