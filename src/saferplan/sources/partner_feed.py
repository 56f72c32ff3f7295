"""
A partner's return of depersonalised information (Crime and Disorder (Prescribed
Information) Regulations 2007, SI 2007/1831).

Licence  as agreed with the partner; not for publication as it stands
Cadence  quarterly, by the end of the following quarter
Caution  counts of what a service attended or admitted, not of what happened

The regulations ask for the category, the time, the date and the place, and for a
general postcode address only: the outward half. Nothing about a person belongs in it,
and a file that seems to hold any is refused whole.
"""

from datetime import date

import polars as pl

from saferplan.areas.codes import area_set_of, is_area_code
from saferplan.errors import AreaError, SourceChanged, SourceUnsafe
from saferplan.sources.csv_table import LINE, CsvTable, read_csv_table
from saferplan.sources.police_uk import each_value, last_day, plain
from saferplan.sources.sorting import in_columns_of
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading

# The columns of the template, and what a partner writes in each.
COLUMNS = {
    "partner": "who sends it, the same in every row: London Fire Brigade",
    "category": "the category of the Schedule: Deliberate secondary fires",
    "subcategory": "a finer category, if there is one",
    "date": "the day, written 2024-03-31",
    "hour": "the hour it began, 0 to 23; empty if not known",
    "outward_postcode": "the first half of the postcode: SE13",
    "area_code": "or an LSOA, MSOA, ward or borough code: E01003189",
    "count": "how many; one row may stand for several alike",
}
NEEDED = {"partner", "category", "date", "count"}

# The categories of the Schedule, by the service that discloses them. A partner may add
# its own; these are the ones the law names.
SCHEDULE = {
    "police": (
        "Anti-social behaviour",
        "Transport",
        "Public safety and welfare",
        "Recorded crime",
    ),
    "fire and rescue": (
        "Deliberate primary fires (not vehicles)",
        "Deliberate primary fires in vehicles",
        "Deliberate secondary fires",
        "Violence against fire and rescue staff",
        "Dwelling fires attended with no smoke alarm",
    ),
    "local authority": (
        "Anti-social behaviour incidents",
        "Environmental incidents",
        "Racial incidents",
        "School exclusions",
        "Road traffic collisions",
    ),
    "health": (
        "Admissions for assault",
        "Admissions for psychoactive substances",
        "Admissions for the toxic effect of alcohol",
        "Admissions with other evidence of alcohol",
        "Admissions for domestic abuse",
    ),
    "ambulance": ("Calls to crime and disorder",),
}
IN_SCHEDULE = {category for service in SCHEDULE.values() for category in service}

# Words in a column's name that mean it is about a person.
PERSONAL = {
    *("name", "forename", "firstname", "surname", "lastname", "initials", "alias"),
    *("dob", "birth", "born", "nhs", "ni", "passport", "licence", "plate", "vrm"),
    *("email", "mail", "phone", "telephone", "mobile"),
    *("address", "house", "street", "uprn"),
    *("postcode", "victim", "offender", "suspect", "patient", "pupil", "person"),
    *("easting", "northing", "latitude", "longitude", "notes", "details", "comments"),
}
# What a person would be known by, wherever it stands in a row.
FULL_POSTCODE = r"(?i)\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b"
EMAIL = r"[^\s@,]+@[^\s@,]+\.[a-z]{2,}"
OUTWARD_POSTCODE = r"^[A-Z]{1,2}\d[A-Z\d]?$"
SUPPRESSED = r"^(\*|<\s?\d+|\[?c\]?|-|\.\.)$"
PLACES = {"lsoa", "msoa", "ward", "borough"}


def template() -> str:
    """
    The header line to send to a partner, as the first line of a CSV file.

    >>> template()
    'partner,category,subcategory,date,hour,outward_postcode,area_code,count\\n'
    """
    return ",".join(COLUMNS) + "\n"


def recognises(file: SourceFile) -> bool:
    names = {plain(name).replace("-", "_") for name in file.header}
    telling = {"partner", "category", "count", "outward_postcode"}
    return file.kind == "csv" and len(names & telling) >= 3


def read(file: SourceFile) -> list[Reading]:
    """
    One reading: a row per category, day, hour and place.

    A count that the partner suppressed (`*`, `<5`) is kept as missing, never as zero.

    Raises SourceUnsafe, and keeps nothing of the file, if a column or a cell looks as
    if it told of a person; SourceChanged if the columns are not those of the template.
    """
    table = read_csv_table(file)
    names = {plain(name).replace("-", "_"): name for name in table.frame.columns[1:]}
    check_columns(file, set(names))
    check_cells(table)
    rows = table.frame.select(
        LINE,
        *(
            (pl.col(names[name]) if name in names else pl.lit(None, pl.String))
            .str.strip_chars()
            .alias(name)
            for name in COLUMNS
        ),
    )
    rows = in_our_words(rows)
    kept, refused = table.set_aside(rows, faults())
    notes = []
    missing = kept["count"].null_count()
    if missing:
        notes.append(f"{missing:,} counts were suppressed by the partner: not zero.")
    own = set(kept["category"].unique()) - IN_SCHEDULE
    if own:
        notes.append(
            f"Categories of the partner's own, which the Schedule does not name: "
            f"{', '.join(sorted(own))}."
        )
    newest = kept["day"].max()
    return [
        Reading(
            source=SOURCE.name,
            dataset="partner_incident",
            file=file.facts,
            kept=in_columns_of("partner_incident", kept),
            rows_read=table.rows_read,
            published=last_day(newest if isinstance(newest, date) else date.today()),
            refused=refused,
            notes=tuple(notes),
        )
    ]


def in_our_words(rows: pl.DataFrame) -> pl.DataFrame:
    """The template's columns as those of the dataset, with the text of each beside."""
    given = pl.col("date")
    british = given.str.to_date("%d/%m/%Y", strict=False)
    return rows.with_columns(
        each_value(rows["partner"], plain).alias("publisher"),
        each_value(rows["area_code"], area_set).alias("area_set"),
        day=pl.coalesce(given.str.to_date("%Y-%m-%d", strict=False), british),
        raw_hour=pl.col("hour"),
        hour=pl.col("hour").str.extract(r"^(\d{1,2})(:\d\d)*$").cast(pl.Int32),
        outward_postcode=pl.col("outward_postcode").str.to_uppercase(),
        raw_count=pl.col("count"),
        count=pl.col("count").cast(pl.Int64, strict=False),
    ).with_columns(month=pl.col("day").dt.month_start())


def area_set(code: str) -> str | None:
    """The kind of area a code names, if it is one that a return may use."""
    try:
        kind = area_set_of(code) if is_area_code(code) else None
    except AreaError:
        return None
    return kind if kind in PLACES else None


def faults() -> dict[str, pl.Expr]:
    """By reason, what is wrong with a row of a return."""
    hour, count = pl.col("hour"), pl.col("count")
    outward, code = pl.col("outward_postcode"), pl.col("area_code")
    suppressed = pl.col("raw_count").str.to_lowercase().str.contains(SUPPRESSED)
    return {
        "there is no partner": pl.col("publisher").is_null(),
        "there is no category": pl.col("category").is_null(),
        "the date is not written as 2024-03-31": pl.col("day").is_null(),
        "the date is in the future": pl.col("day") > date.today(),
        "the hour is not 0 to 23": pl.col("raw_hour").is_not_null()
        & (hour.is_null() | (hour > 23)),
        "there is neither an outward postcode nor an area code": outward.is_null()
        & code.is_null(),
        "the outward postcode is not the first half of one": ~outward.str.contains(
            OUTWARD_POSTCODE
        ),
        "the area code is not of an LSOA, MSOA, ward or borough": code.is_not_null()
        & pl.col("area_set").is_null(),
        "there is no count": pl.col("raw_count").is_null(),
        "the count is not a whole number": count.is_null() & ~suppressed,
        "the count is negative": count < 0,
    }


def check_columns(file: SourceFile, names: set[str]) -> None:
    """Raise for columns about a person, columns not in the template, or too few."""
    strange = sorted(names - COLUMNS.keys())
    personal = [name for name in strange if PERSONAL & set(name.split("_"))]
    if personal:
        raise SourceUnsafe(
            f"{file.facts.name} has the column {', '.join(personal)}, which looks like "
            f"personal data. Nothing of it was kept. Delete the file, and ask the "
            f"partner for a return with only the template's columns."
        )
    if strange:
        raise SourceChanged(
            f"{file.facts.name} has columns that are not in the template: "
            f"{', '.join(strange)}. Remove them, and load it again."
        )
    missing = sorted(NEEDED - names)
    if missing:
        raise SourceChanged(
            f"{file.facts.name} has no column {', '.join(missing)}. The first line "
            f"should be: {template().strip()}"
        )


def check_cells(table: CsvTable) -> None:
    """Raise SourceUnsafe at the first full postcode or e-mail address in any cell."""
    for what, pattern in [("a full postcode", FULL_POSTCODE), ("an e-mail", EMAIL)]:
        cells = pl.any_horizontal(pl.all().exclude(LINE).str.contains(pattern))
        lines = [
            *table.frame.filter(cells)[LINE].head(1).to_list(),
            *table.refused.filter(pl.col("text").str.contains(pattern))["line"].head(1),
        ]
        if lines:
            raise SourceUnsafe(
                f"{table.file.facts.name}, line {min(lines)}, holds {what}, which is "
                f"personal data. Nothing of the file was kept. Delete it, and ask the "
                f"partner for outward postcodes only."
            )


SOURCE = Source(
    name="partner-feed",
    title="Partner's return of depersonalised information (SI 2007/1831)",
    publisher="partner",
    licence="as agreed with the partner",
    cadence="quarterly",
    caution="Counts of what a service attended or admitted, not of what happened.",
    datasets=("partner_incident",),
    recognises=recognises,
    read=read,
)
