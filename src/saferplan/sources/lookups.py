"""
Look-ups between sets of areas, from the Office for National Statistics.

Licence  Open Government Licence v3.0
Cadence  when boundaries change: wards in May, LSOAs after a census
Caution  an LSOA is put in the ward that it fits best, so ward figures made from LSOAs
         are approximate; a fifth of an LSOA may lie in the next ward

Any table whose columns are all codes and names of areas, each with its set and year in
its heading: LSOA21CD, WD24NM, ltla24_code. One file gives several pairs, from the
smallest set in it to each of the others, and between those that nest. Where one old
area became several, the pair is there once for each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from saferplan.areas.codes import IN_WORDS
from saferplan.errors import SourceChanged
from saferplan.sources.area_tables import AreaTable, area_set, read_area_table
from saferplan.sources.sorting import all_refused, in_columns_of, sort_rows
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

# Their words for a set of areas on the left, ours on the right; smallest first.
SETS = {
    "OA": "oa",
    "LSOA": "lsoa",
    "MSOA": "msoa",
    "WD": "ward",
    "WARD": "ward",
    "LAD": "borough",
    "LTLA": "borough",
    "CSP": "csp",
    "PFA": "force",
    "RGN": "region",
    "CTRY": "country",
}
ORDER = list(dict.fromkeys(SETS.values()))
HEADING = re.compile(
    rf"({'|'.join(SETS)})(\d\d)_?(CD|NM|code|name)(?:_\d)?", re.IGNORECASE
)
# ONS calls a sheet LSOA11_WD21_LAD21_EW_LU; reading others to see would be slow.
SHEET = re.compile(r"_LU\b|_LU_|look-?up", re.IGNORECASE)
# Columns that say nothing more: Welsh names, row numbers, the kind of change.
SPARE = re.compile(r"\w+NMW|ObjectId|FID|OID_?|GlobalID|CHGIND", re.IGNORECASE)
NAME_OF_WARD = "WardName"  # the look-up of 2023 has it for WD23NM
NEST = {
    ("oa", "lsoa"),
    ("oa", "msoa"),
    ("lsoa", "msoa"),
    ("ward", "borough"),
    ("borough", "csp"),
    ("borough", "region"),
    ("csp", "force"),
    ("force", "region"),
}
# The kind of change that ONS gives an LSOA between 2011 and 2021.
CHANGES = {"U": "exact", "S": "split", "M": "merged", "X": "best fit"}


@dataclass(frozen=True)
class Column:
    """A set of areas in a look-up: its year, and its columns of codes and names."""

    area_set: str
    vintage: int
    code: str
    name: str | None


def recognises(file: SourceFile) -> bool:
    header = file.header or sheet_header(file)
    headings = [name for name in header if HEADING.fullmatch(name)]
    others = {*header} - {*headings, NAME_OF_WARD}
    return len(columns_of(headings)) > 1 and all(SPARE.fullmatch(o) for o in others)


def sheet_header(file: SourceFile) -> tuple[str, ...]:
    """The headings of a workbook whose one sheet has the name of a look-up."""
    if file.kind != "xlsx" or len(file.sheets) != 1 or not SHEET.search(file.sheets[0]):
        return ()
    return tuple(read_area_table(file, file.sheets[0]).columns)


def columns_of(header: list[str]) -> list[Column]:
    """The sets of areas in a look-up, smallest first, then oldest first."""
    codes: dict[tuple[str, int], str] = {}
    names: dict[tuple[str, int], str] = {}
    for heading in header:
        if found := HEADING.fullmatch(heading):
            key = (SETS[found.group(1).upper()], 2000 + int(found.group(2)))
            is_code = found.group(3).upper() in ("CD", "CODE")
            (codes if is_code else names).setdefault(key, heading)
    for key in codes:
        if key[0] == "ward" and NAME_OF_WARD in header:
            names.setdefault(key, NAME_OF_WARD)
    order = sorted(codes, key=lambda key: (ORDER.index(key[0]), key[1]))
    return [Column(*key, codes[key], names.get(key)) for key in order]


def pairs_of(columns: list[Column]) -> Iterator[tuple[Column, Column]]:
    """The smallest set with each other, and every two of one year that nest."""
    for place, smaller in enumerate(columns):
        for larger in columns[place + 1 :]:
            same_year = smaller.vintage == larger.vintage
            nested = same_year and (smaller.area_set, larger.area_set) in NEST
            if nested or (place == 0 and not is_backwards(smaller, larger)):
                yield smaller, larger


def is_backwards(smaller: Column, larger: Column) -> bool:
    """Whether a pair leads from one census to an older, which no look-up is for."""
    of_census = {smaller.area_set, larger.area_set} <= {"oa", "lsoa", "msoa"}
    return of_census and smaller.vintage > larger.vintage


def read(file: SourceFile) -> list[Reading]:
    """
    Return the pairs of areas in each two sets of the file.

    A row is one pair, however often the file repeats it. rows_read counts the pairs
    that are different in the file's own text.
    """
    table = read_area_table(file, file.sheets[0] if file.sheets else None)
    columns = columns_of(table.columns)
    if len(columns) < 2:
        raise SourceChanged(
            f"{file.facts.name} has codes of fewer than two sets of areas. Compare its "
            f"columns with HEADING in {__name__}."
        )
    parts = [pair_rows(table, *pair) for pair in pairs_of(columns)]
    kept = pl.concat([kept for kept, _, _ in parts])
    return [
        Reading(
            source=SOURCE.name,
            dataset="lookup",
            file=file.facts,
            kept=kept,
            rows_read=sum(count for *_, count in parts) + table.refused.height,
            published=date(max(column.vintage for column in columns), 12, 31),
            refused=all_refused([table.refused, *(refused for _, refused, _ in parts)]),
            notes=notes_on(kept),
        )
    ]


def pair_rows(
    table: AreaTable, smaller: Column, larger: Column
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """The pairs of two sets: rows to keep, rows refused, and how many were read."""
    text = [smaller.code, larger.code]
    lines = table.frame.unique(text, keep="first", maintain_order=True)
    rows = lines.with_columns(
        from_code=pl.col(smaller.code).str.strip_chars(),
        to_code=pl.col(larger.code).str.strip_chars(),
        _change=pl.col("CHGIND")
        if "CHGIND" in lines.columns
        else pl.lit(None, pl.String),
    )
    faults = {
        "no area code": pl.col("from_code").is_null() | pl.col("to_code").is_null(),
        f"not the code of {IN_WORDS[smaller.area_set]}": area_set("from_code")
        != smaller.area_set,
        f"not the code of {IN_WORDS[larger.area_set]}": area_set("to_code")
        != larger.area_set,
    }
    good, refused = sort_rows(rows, faults, text=text)
    kept = good.with_columns(
        publisher=pl.lit("ons"),
        from_set=pl.lit(smaller.area_set),
        from_vintage=pl.lit(smaller.vintage),
        from_name=name_of(smaller),
        to_set=pl.lit(larger.area_set),
        to_vintage=pl.lit(larger.vintage),
        to_name=name_of(larger),
        fit=fit_of(smaller, larger),
    )
    return in_columns_of("lookup", kept), refused, count_pairs(table, text)


def count_pairs(table: AreaTable, text: list[str]) -> int:
    """How many different pairs the file has, counted by themselves."""
    return len(set(table.frame.select(text).rows()))


def name_of(column: Column) -> pl.Expr:
    return pl.col(column.name) if column.name else pl.lit(None, pl.String)


def fit_of(smaller: Column, larger: Column) -> pl.Expr:
    """
    How well each smaller area fits the larger.

    Between vintages of one set it is ONS's own word where given; else by whether either
    side occurs twice. A small area in a ward is a best fit. Others lie whole in the
    larger one unless the file puts them in two.
    """
    divided = pl.len().over("from_code") > 1
    if smaller.area_set == larger.area_set:
        joined = pl.len().over("to_code") > 1
        told = pl.col("_change").replace_strict(
            CHANGES, default=None, return_dtype=pl.String
        )
        seen = (
            pl.when(divided & joined)
            .then(pl.lit("best fit"))
            .when(divided)
            .then(pl.lit("split"))
            .when(joined)
            .then(pl.lit("merged"))
            .otherwise(pl.lit("exact"))
        )
        return pl.coalesce(told, seen)
    whole = "best fit" if larger.area_set == "ward" else "exact"
    return pl.when(divided).then(pl.lit("split")).otherwise(pl.lit(whole))


def notes_on(kept: pl.DataFrame) -> tuple[str, ...]:
    if "best fit" not in kept["fit"]:
        return ()
    return (
        "Some areas are put where they fit best and may lie partly outside; figures "
        "carried by such a row are approximate.",
    )


SOURCE = Source(
    name="ons-lookups",
    title="Look-ups between output areas, LSOAs, wards, boroughs, CSPs and forces",
    publisher="ons",
    licence="Open Government Licence v3.0",
    cadence="when boundaries change",
    caution="An LSOA is put in the ward it fits best; it may lie partly in another.",
    datasets=("lookup",),
    recognises=recognises,
    read=read,
)
