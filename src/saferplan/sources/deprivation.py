"""
Indices of deprivation 2019 and 2025, from the Ministry of Housing and from the GLA.

Licence  Open Government Licence v3.0
Cadence  every four to six years: 26 September 2019, 30 October 2025
Caution  relative: a rank says where a place stands, not how poor it is, and ranks of
         two editions do not show change. Income and employment scores are shares of
         people; other scores have no unit. Not everyone in a deprived place is deprived

The Ministry's workbooks and CSV (a row for each LSOA), the GLA's workbooks for London
(LSOAs, boroughs, wards), and the same figures as tables of the R package IMD
(lsoa21_code, Income_score). The first and last come from the Ministry; figures that the
GLA worked out for London have the GLA as their publisher. An average over a borough or
ward has "average" in its statistic; "score" alone is of an LSOA.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from saferplan.areas.codes import ward_vintage
from saferplan.errors import SourceChanged
from saferplan.sources.area_tables import (
    FIGURE,
    AreaTable,
    area_faults,
    by_column,
    count_of_figures,
    figures,
    matching,
    number_faults,
    read_area_table,
    repeated,
    sheet_table,
)
from saferplan.sources.deprivation_words import Meaning, meaning_of
from saferplan.sources.sorting import all_refused, as_number, in_columns_of, sort_rows
from saferplan.sources.source import Source, SourceFile
from saferplan.sources.workbook import sheet_rows
from saferplan.store.reading import Reading

SHEETS = re.compile(r"(IMD|IoD|ID) ?(20)?(19|25).*|wards_id_summary", re.IGNORECASE)
# Sheets with no deprivation in them.
BESIDE = re.compile(r"note|population|underlying", re.IGNORECASE)
# A sheet that only the GLA's workbook for London has.
GLA_SHEETS = {"Borough summary measures", "wards_id_summary"}
# Headings of the area's code on the left, and the set it is of; the smallest first.
CODES = {
    r"LSOA code \(20\d\d\)": "lsoa",
    r"lsoa\d\d_code": "lsoa",
    r"Ward code": "ward",
    r"Local Authority District code \(20\d\d\)": "borough",
    r"ltla\d\d_code": "borough",
}
# Years of the areas in the headings, and the edition they are of.
EDITIONS = {"19": "IMD 2019", "24": "IoD 2025", "11": "IMD 2019", "21": "IoD 2025"}
EDITIONS |= {"23": "IMD 2019"}  # the R package has averages for boroughs of 2023
PUBLISHED = {"IMD 2019": date(2019, 9, 26), "IoD 2025": date(2025, 10, 30)}
YEAR = re.compile(r"(?:\(20|[a-z])(\d\d)(?:\)|_code)")
NAMED_YEAR = re.compile(r"(IMD|IoD|ID)[ _-]?20(19|25)", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One table of a file: its area set, and what each of its figures stands for."""

    table: AreaTable
    area_set: str
    keys: dict[str, str]
    meanings: dict[str, Meaning]


def recognises(file: SourceFile) -> bool:
    if file.kind == "xlsx":
        return any(SHEETS.fullmatch(name.strip()) for name in file.sheets)
    figures_of = [name for name in file.header if meaning_of(name)]
    return code_of(file.header) is not None and len(figures_of) > 1


def code_of(header: tuple[str, ...] | list[str]) -> tuple[str, str] | None:
    """The column of the areas' codes and the set they are of, or None."""
    for pattern, area_set in CODES.items():
        if column := matching(header, pattern):
            return column, area_set
    return None


def read(file: SourceFile) -> list[Reading]:
    """
    Return scores, ranks and deciles by area and domain.

    Columns of other things (people, underlying indicators) are left out. Raises
    SourceChanged if it cannot tell which edition the figures are of.
    """
    parts = list(parts_of(file))
    if not parts:
        raise SourceChanged(
            f"{file.facts.name} has no table of deprivation by area. Compare its "
            f"headings with saferplan.sources.deprivation_words."
        )
    edition = edition_of(file, parts)
    publisher = "gla" if GLA_SHEETS & set(file.sheets) else "mhclg"
    done = [sorted_figures(part, edition, publisher) for part in parts]
    return [
        Reading(
            source=SOURCE.name,
            dataset="deprivation",
            file=file.facts,
            kept=in_columns_of("deprivation", pl.concat(kept for kept, _ in done)),
            rows_read=sum(count_of_figures(p.table, p.meanings) for p in parts),
            published=published(file, edition),
            refused=all_refused(refused for _, refused in done),
            notes=("Rank 1 and decile 1 are the most deprived.",),
        )
    ]


def parts_of(file: SourceFile) -> Iterator[Part]:
    if file.kind != "xlsx":
        table = read_area_table(file)
        if part := part_of(file, table):
            yield part
        return
    for sheet in file.sheets:
        rows = [] if BESIDE.search(sheet) else sheet_rows(file, sheet)
        if rows and code_of([str(cell) for cell in rows[0]]):
            part = part_of(file, AreaTable(sheet_table(file, sheet, None, rows)))
            if part:
                yield part


def part_of(file: SourceFile, table: AreaTable) -> Part | None:
    found = code_of(table.columns)
    meanings = {
        name: meaning for name in table.columns if (meaning := meaning_of(name))
    }
    if found is None or not meanings:
        return None
    code, area_set = found
    keys = {"area_code": code}
    if name := matching(table.columns, re.escape(re.sub("(?i)code", "name", code))):
        keys["area_name"] = name
    if area_set != "lsoa":
        meanings = {name: averaged(meaning) for name, meaning in meanings.items()}
    check_distinct(file, meanings)
    return Part(table, area_set, keys, meanings)


def check_distinct(file: SourceFile, meanings: dict[str, Meaning]) -> None:
    """Raise SourceChanged, naming them, if two headings mean the same figure."""
    seen: dict[Meaning, str] = {}
    for heading, meaning in meanings.items():
        if meaning in seen:
            raise SourceChanged(
                f"{file.facts.name} has two columns of one figure, {seen[meaning]!r} "
                f"and {heading!r}. The publisher may have changed its layout."
            )
        seen[meaning] = heading


def averaged(meaning: Meaning) -> Meaning:
    """
    What a heading means for an area made of LSOAs: a score is an average of theirs.

    >>> averaged(("income", "score")), averaged(("income", "rank"))
    (('income', 'average score'), ('income', 'rank of average score'))
    """
    domain, statistic = meaning
    words = {"score": "average score", "rank": "rank of average score"}
    return domain, words.get(statistic, statistic)


def edition_of(file: SourceFile, parts: list[Part]) -> str:
    headings = [name for part in parts for name in part.table.columns]
    years = [found[1] for name in headings if (found := YEAR.search(name))]
    # The year of the authorities tells the edition better than that of the LSOAs.
    for year in sorted(years, key=lambda year: year in ("11", "21")):
        if year in EDITIONS:
            return EDITIONS[year]
    if named := NAMED_YEAR.search(file.facts.name):
        return {"19": "IMD 2019", "25": "IoD 2025"}[named[2]]
    raise SourceChanged(
        f"{file.facts.name} does not say of which edition it is. Put it in the file's "
        f"name, for example London_wards_id2019.xlsx."
    )


def published(file: SourceFile, edition: str) -> date:
    """
    The day the Ministry published the edition.

    The R package's tables came after and hold more than the Ministry's first file: a
    day later, so that they stand where both are loaded.
    """
    later = timedelta(days=1) if file.kind == "parquet" else timedelta()
    return PUBLISHED[edition] + later


def sorted_figures(
    part: Part, edition: str, publisher: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    faults = (
        area_faults(part.area_set)
        | number_faults(count=False)
        | repeated("area_code", "_column")
    )
    rows = figures(part.table, part.keys, part.meanings)
    good, refused = sort_rows(rows, faults, text=(*part.keys, *FIGURE))
    kept = good.with_columns(
        publisher=pl.lit(publisher),
        edition=pl.lit(edition),
        area_set=pl.lit(part.area_set),
        vintage=pl.lit(vintage_of(part, edition)),
        domain=by_column(
            {name: of for name, (of, _) in part.meanings.items()}, pl.String
        ),
        statistic=by_column(
            {name: what for name, (_, what) in part.meanings.items()}, pl.String
        ),
        value=as_number("_cell"),
    )
    refused = all_refused([part.table.refused, refused])
    return in_columns_of("deprivation", kept), refused


def vintage_of(part: Part, edition: str) -> int:
    """The year the areas were drawn: as the heading says, or the wards' codes."""
    if found := YEAR.search(part.keys["area_code"]):
        return 2000 + int(found[1])
    codes = part.table.frame[part.keys["area_code"]].drop_nulls()
    return ward_vintage(codes) or PUBLISHED[edition].year


SOURCE = Source(
    name="mhclg-deprivation",
    title="Indices of deprivation 2019 and 2025",
    publisher="mhclg",
    licence="Open Government Licence v3.0",
    cadence="every four to six years",
    caution="Relative: ranks of two editions do not show change.",
    datasets=("deprivation",),
    recognises=recognises,
    read=read,
)
