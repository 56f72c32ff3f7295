"""
What the three series of data.police.uk have in common.

Their columns in every generation of the header, the forces, the months, and which
points on the map are possible.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import PurePosixPath

import polars as pl
from pyproj import Transformer

from saferplan.errors import SourceChanged
from saferplan.sources.csv_table import LINE, CsvTable
from saferplan.sources.source import SourceFile

PUBLISHER = "police-uk"
LICENCE = "Open Government Licence v3.0"
ABOUT = "https://data.police.uk/about/"

FIRST_MONTH = date(2010, 12, 1)
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
# The publisher's own name for a file; in it stands the month that the file is about.
FILE_NAME = re.compile(
    r"(?P<month>\d{4}-(0[1-9]|1[0-2]))-(?P<force>[a-z][a-z-]*[a-z])-"
    r"(street|outcomes|stop-and-search)\.csv(\.gz)?$"
)
ARCHIVE_NAME = re.compile(r"(^|/)(?P<month>\d{4}-(0[1-9]|1[0-2]))\.zip/")
# A month with fewer rows than this share of the same force's fullest month in the same
# file is a slip of the pen; taken as given, its few rows would replace a whole month.
STRAY_MONTH = 0.02
# An authority with fewer of a file's rows than this is mentioned in its notes.
STRAY_AUTHORITY = 0.001

# Above this share of rows without a point, a month's own note says how many.
MANY_UNPLACED = 0.15

# The land of the United Kingdom, in degrees, from Fermanagh to Lowestoft and from
# Scilly to Shetland.
WEST, EAST, SOUTH, NORTH = -8.2, 1.8, 49.8, 60.9
# The LSOA codes first drawn in 2021; those of 2011 end below.
FIRST_LSOA_OF_2021 = {"E": "E01033769", "W": "W01001959"}
LSOA_CODE = r"^([EWS]01\d{6}|N\d{8}|95[A-Z]{2}\d{2}[A-Z]\d)$"

# What every row about one crime has: the publisher's column, made plain, on the left;
# ours on the right.
CRIME_COLUMNS = {
    "crime-id": "crime_id",
    "month": "raw_month",
    "reported-by": "reported_by",
    "falls-within": "falls_within",
    "longitude": "raw_x",
    "latitude": "raw_y",
    "location": "location",
    "lsoa-code": "lsoa_code",
    "lsoa-name": "lsoa_name",
}

FORCES = [
    *("avon-and-somerset", "bedfordshire", "btp", "cambridgeshire", "cheshire"),
    *("city-of-london", "cleveland", "cumbria", "derbyshire", "devon-and-cornwall"),
    *("dorset", "durham", "dyfed-powys", "essex", "gloucestershire"),
    *("greater-manchester", "gwent", "hampshire", "hertfordshire", "humberside"),
    *("kent", "lancashire", "leicestershire", "lincolnshire", "merseyside"),
    *("metropolitan", "norfolk", "north-wales", "north-yorkshire", "northamptonshire"),
    *("northern-ireland", "northumbria", "nottinghamshire", "south-wales"),
    *("south-yorkshire", "staffordshire", "suffolk", "surrey", "sussex"),
    *("thames-valley", "warwickshire", "west-mercia", "west-midlands"),
    *("west-yorkshire", "wiltshire"),
]
# Names from which the force's short one does not follow.
ODD_NAMES = {
    "british-transport-police": "btp",
    "police-service-of-northern-ireland": "northern-ireland",
    "hampshire-and-isle-of-wight-constabulary": "hampshire",
}


def plain(name: str) -> str:
    """
    A name in small letters and hyphens, to compare names however they were written.

    >>> plain("Devon & Cornwall Police"), plain("crime_type")
    ('devon-and-cornwall-police', 'crime-type')
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("&", "and")).strip("-")


def force_of(name: str) -> str:
    """
    The short name of a force, as data.police.uk writes it in its file names.

    >>> force_of("City of London Police"), force_of("Metropolitan Police Service")
    ('city-of-london', 'metropolitan')
    """
    words = plain(name)
    short = re.sub(r"-(police|constabulary|police-service)$", "", words)
    return ODD_NAMES.get(words, short)


def known_columns(file: SourceFile, columns: Mapping[str, str]) -> int:
    """How many of the publisher's columns a file has, in any way of writing them."""
    found = {plain(name) for name in file.header}
    return sum(name in found for name in columns)


def crime_rows(
    table: CsvTable, columns: Mapping[str, str], needed: list[str]
) -> pl.DataFrame:
    """Rows about crimes in our columns, each with its force, month and point."""
    rows = in_our_columns(table, columns, needed)
    return with_points(
        rows.with_columns(
            each_value(rows["reported_by"], force_of).alias("force"),
            month=as_month("raw_month"),
            publisher=pl.lit(PUBLISHER),
        )
    )


def in_our_columns(
    table: CsvTable, columns: Mapping[str, str], needed: list[str]
) -> pl.DataFrame:
    """
    The table under our own column names, with `_line`; null where a column is absent.

    columns  the publisher's names, made plain, on the left; ours on the right
    needed   the publisher's names that a file cannot do without; "longitude/easting"
             where either will do

    Raises SourceChanged, naming the column, if one of those is missing.
    """
    theirs = {plain(name): name for name in table.frame.columns if name != LINE}
    missing = [names for names in needed if not theirs.keys() & set(names.split("/"))]
    if missing:
        raise SourceChanged(
            f"{table.file.facts.name} has no column {' or '.join(missing)}. "
            f"data.police.uk may have changed its layout: see {ABOUT} and compare the "
            f"file's first line with the columns in saferplan.sources."
        )
    return table.frame.select(
        LINE,
        *(
            (pl.col(theirs[name]) if name in theirs else pl.lit(None, pl.String)).alias(
                ours
            )
            for name, ours in columns.items()
        ),
    )


def header_notes(table: CsvTable, columns: Mapping[str, str]) -> list[str]:
    """Columns that no header we know of has; they are left out."""
    names = [name for name in table.frame.columns if name != LINE]
    new = [name for name in names if plain(name) not in columns]
    return [f"Columns we do not know were left out: {', '.join(new)}."] if new else []


def each_value(values: pl.Series, word: Callable[[str], str | None]) -> pl.Series:
    """`word` of each text, worked out once for each different one."""
    different = values.drop_nulls().unique().to_list()
    meanings = {text: word(text) for text in different}
    meant = values.replace_strict(meanings, return_dtype=pl.String, default=None)
    return meant.alias(values.name)


def as_month(column: str = "month") -> pl.Expr:
    """The first day of a month written as 2024-03; null where it is not one."""
    text = pl.col(column)
    return (
        pl.when(text.str.contains(MONTH))
        .then(text + "-01")
        .str.to_date("%Y-%m-%d", strict=False)
    )


def month_of_file(file: SourceFile) -> date | None:
    """The month in the publisher's own file name, or None if it has another name."""
    found = FILE_NAME.search(PurePosixPath(file.facts.name).name)
    return date.fromisoformat(f"{found['month']}-01") if found else None


def published_on(file: SourceFile, months: pl.Series) -> date:
    """
    The last day of the newest month, or of the month the archive it came in is of.

    data.police.uk publishes some two months later and does not say on which day.
    """
    newest = months.max()
    if not isinstance(newest, date):
        return last_day(FIRST_MONTH)
    found = ARCHIVE_NAME.search(file.facts.name)
    if found:
        newest = max(newest, date.fromisoformat(f"{found['month']}-01"))
    return last_day(newest)


def last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_faults(rows: pl.DataFrame, file: SourceFile) -> dict[str, pl.Expr]:
    """
    What can be wrong with a row's month, as conditions on `month` and `force`.

    A file whose name says its month holds only that month. Any other file may hold
    several, but a month of a few stray rows is not one of them.
    """
    about = month_of_file(file)
    month = pl.col("month")
    faults = {
        "the month is not written as 2024-03": month.is_null(),
        "the month is before December 2010, when these data begin": month < FIRST_MONTH,
        "the month is in the future": month > date.today(),
    }
    if about:
        faults[f"the month is not {about:%Y-%m}, which the file is about"] = (
            month != about
        )
        return faults
    counts = rows.group_by("force", "month").len()
    fullest = pl.col("len").max().over("force")
    strays = counts.filter(pl.col("len") < fullest * STRAY_MONTH)
    if strays.height:
        keys = strays.select(key=pl.struct("force", "month"))["key"].implode()
        faults["too few rows of this month to be all of it: a slip, it seems"] = (
            pl.struct("force", "month").is_in(keys)
        )
    return faults


def force_faults(rows: pl.DataFrame) -> dict[str, pl.Expr]:
    """A force we do not know is a slip, unless most of the file is of it."""
    counts = rows["force"].drop_nulls().value_counts(sort=True)
    known = [*FORCES, *counts["force"].head(1).to_list()]
    return {
        "there is no force that reported it": pl.col("force").is_null(),
        "no force has this name": ~pl.col("force").is_in(known),
    }


def with_points(rows: pl.DataFrame) -> pl.DataFrame:
    """
    Add `longitude` and `latitude` as numbers: null where there is no point, or none
    that can be read.

    rows  has raw_x and raw_y, degrees as text; in files of 2010 and 2011 raw_easting
          and raw_northing, metres on the British National Grid, instead
    """
    if "raw_easting" in rows.columns and rows["raw_x"].null_count() == rows.height:
        rows = rows.with_columns(raw_x="raw_easting", raw_y="raw_northing")
        return _nowhere_left_out(rows.with_columns(_from_the_grid(rows)))
    x, y = pl.col("raw_x"), pl.col("raw_y")
    return _nowhere_left_out(
        rows.with_columns(
            longitude=x.cast(pl.Float64, strict=False),
            latitude=y.cast(pl.Float64, strict=False),
        )
    )


def _from_the_grid(rows: pl.DataFrame) -> list[pl.Series]:
    numbers = pl.col("raw_x", "raw_y").cast(pl.Float64, strict=False)
    metres = rows.select(numbers.fill_null(float("nan")))
    to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    x, y = to_degrees.transform(metres["raw_x"].to_numpy(), metres["raw_y"].to_numpy())
    at_origin = (metres["raw_x"] == 0) & (metres["raw_y"] == 0)
    return [
        pl.Series(name, degrees).fill_nan(None).round(6).set(at_origin, 0.0)
        for name, degrees in [("longitude", x), ("latitude", y)]
    ]


def _nowhere_left_out(rows: pl.DataFrame) -> pl.DataFrame:
    """Read (0, 0) as no point where the publisher says that there is no location."""
    at_origin = (pl.col("longitude") == 0) & (pl.col("latitude") == 0)
    if "location" not in rows.columns or not rows.select(at_origin.any()).item():
        return rows
    unplaced = pl.col("location").str.to_lowercase() == "no location"
    nowhere = (at_origin & unplaced).fill_null(False)
    columns = "longitude", "latitude", "raw_x", "raw_y"
    return rows.with_columns(pl.when(~nowhere).then(pl.col(columns)).name.keep())


def point_faults() -> dict[str, pl.Expr]:
    """
    What can be wrong with a point, as conditions on its text and its numbers.

    A row without a point is sound: the publisher leaves out what could not be placed.
    """
    has_x, has_y = pl.col("raw_x").is_not_null(), pl.col("raw_y").is_not_null()
    x, y = pl.col("longitude"), pl.col("latitude")
    swapped = x.is_between(SOUTH, NORTH) & y.is_between(WEST, EAST)
    inside = x.is_between(WEST, EAST) & y.is_between(SOUTH, NORTH)
    return {
        "half of the point is missing": has_x != has_y,
        "the point is not two numbers": has_x & (x.is_null() | y.is_null()),
        "longitude and latitude are swapped": swapped,
        "the point is (0, 0), in the sea off Africa": (x == 0) & (y == 0),
        "the point is outside the United Kingdom": ~inside,
    }


def months_of(kept: pl.DataFrame) -> str:
    """
    The months of some rows, in words.

    >>> months_of(pl.DataFrame({"month": [date(2024, 3, 1)]}))
    'March 2024'
    """
    first, last = kept["month"].min(), kept["month"].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    return f"{first:%B %Y}" if first == last else f"{first:%B %Y} to {last:%B %Y}"


def place_notes(kept: pl.DataFrame) -> list[str]:
    """
    What to know of where the rows are: nowhere, elsewhere, or in which LSOAs.

    What is usual is said without numbers, so that a hundred months say it once.
    """
    notes = []
    unplaced = kept["longitude"].null_count()
    if unplaced:
        notes.append("Some rows have no location, so no small area counts them.")
    if unplaced > kept.height * MANY_UNPLACED:
        notes.append(
            f"{months_of(kept)}: {unplaced:,} of {kept.height:,} rows have no location "
            f"({unplaced / kept.height:.0%})."
        )
    if _elsewhere(kept):
        notes.append(
            "A few rows lie in authorities where the force records next to nothing, "
            "perhaps far outside its area. They are kept as published."
        )
    if kept.select(_drawn_in_2021().any()).item():
        notes.append(
            "Some rows have LSOA codes first drawn in 2021. From March 2022 to May "
            "2023 codes of 2011 and of 2021 are mixed in every month: use a look-up."
        )
    return notes


def _drawn_in_2021() -> pl.Expr:
    code = pl.col("lsoa_code")
    return pl.any_horizontal(
        code.str.starts_with(nation) & (code >= first)
        for nation, first in FIRST_LSOA_OF_2021.items()
    )


def _elsewhere(kept: pl.DataFrame) -> dict[str, int]:
    """Authorities with very few of the rows, by name as it begins an LSOA's name."""
    authority = pl.col("lsoa_name").str.replace(r" \d{3}[A-Z]$", "")
    names = kept["lsoa_name"].drop_nulls().value_counts(name="rows")
    counts = names.group_by(authority).agg(pl.col("rows").sum()).sort("lsoa_name")
    few = counts.filter(pl.col("rows") < kept.height * STRAY_AUTHORITY)
    return dict(few.rows())
