"""
Grants that funders publish to the 360Giving standard, as JSON or as a table.

Licence  each funder's own, mostly Creative Commons Attribution 4.0
Cadence  when a funder publishes; some yearly, some every night
Caution  funders publish if they wish, so what is not here may still have been granted

A funder writes a date as 04/12/2014 (the day first), as 2014-12-04, or with a time and
zone behind that. What is granted to a person keeps the sum, the day and the borough:
not the name, nor the words about it, nor a smaller area.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from saferplan.errors import SourceChanged
from saferplan.sources.csv_table import LINE, read_csv_table
from saferplan.sources.sorting import (
    all_refused,
    as_number,
    in_columns_of,
    last_day,
    sort_rows,
)
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import Reading, no_refusals

# Our column on the left; the standard's heading in a table on the right.
HEADINGS = {
    "grant_id": "Identifier",
    "title": "Title",
    "description": "Description",
    "currency": "Currency",
    "amount": "Amount Awarded",
    "awarded_on": "Award Date",
    "funder_id": "Funding Org:Identifier",
    "funder": "Funding Org:Name",
    "recipient_id": "Recipient Org:Identifier",
    "recipient": "Recipient Org:Name",
    "ward_code": "Recipient Ward Geographic Code",
    "borough_code": "Recipient District Geographic Code",
    "beneficiary_code": "Beneficiary Location:Geographic Code",
}
NEEDED = ("grant_id", "amount", "awarded_on", "funder_id", "funder")
# What begins so is about a person. 360Giving numbers the first of several as 0.
PERSON = ("Recipient Ind:", "Recipient Individual:", "To Individuals Details:")
ABOUT_A_PERSON = (
    *("title", "description", "recipient_id", "recipient"),
    *("ward_code", "beneficiary_code"),
)
START_OF_PACKAGE = '"grants":['


def recognises(file: SourceFile) -> bool:
    if file.kind == "json":
        return START_OF_PACKAGE in "".join(file.start.split())
    headings = set(map(without_number, file.header))
    return file.kind == "csv" and {HEADINGS[name] for name in NEEDED} <= headings


def read(file: SourceFile) -> list[Reading]:
    """
    Return one row for each grant.

    Raises SourceChanged if the file is damaged or holds no list of grants.
    """
    rows, broken = (of_package if file.kind == "json" else of_table)(file)
    rows = in_our_words(rows)
    kept, refused = sort_rows(rows, faults(), text=HEADINGS)
    kept = kept.with_columns(awarded_on="_day", amount="_number")
    counts = {
        TO_PEOPLE: kept["to_person"].sum(),
        OF_NOTHING: (kept["amount"] == 0).sum(),
    }
    return [
        Reading(
            source=SOURCE.name,
            dataset="grant",
            file=file.facts,
            kept=in_columns_of("grant", kept),
            rows_read=rows.height + broken.height,
            published=last_day(kept, "awarded_on"),
            refused=all_refused([broken, refused]),
            notes=tuple(words.format(n) for words, n in counts.items() if n),
        )
    ]


def of_package(file: SourceFile) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The grants of a JSON package as text; `_line` says which of them, from 1."""
    try:
        package = json.loads(file.path.read_text(encoding=file.encoding))
    except (ValueError, RecursionError):
        raise SourceChanged(
            f"{file.facts.name} is damaged or cut-short JSON. Fetch it again."
        ) from None
    grants = package.get("grants") if isinstance(package, dict) else None
    if not isinstance(grants, list) or not all(isinstance(g, dict) for g in grants):
        raise SourceChanged(
            f"{file.facts.name} holds no list of grants. A 360Giving package begins "
            f'{{"grants": [ and lists one grant after another.'
        )
    schema = {LINE: pl.UInt32, "to_person": pl.Boolean} | dict.fromkeys(
        HEADINGS, pl.String
    )
    numbered = enumerate(map(flat, grants), start=1)
    rows = [{LINE: number, **grant} for number, grant in numbered]
    return pl.DataFrame(rows, schema=schema), no_refusals()


def flat(grant: dict[str, Any]) -> dict[str, Any]:
    """One grant of a package, in the columns of a table."""
    funder = first(grant.get("fundingOrganization"))
    recipient = first(grant.get("recipientOrganization"))
    places = {**first(grant.get("additional_data")), **grant}  # GrantNav's own
    beneficiaries = grant.get("beneficiaryLocation")
    told = {
        "grant_id": grant.get("id"),
        "title": grant.get("title"),
        "description": grant.get("description"),
        "currency": grant.get("currency"),
        "amount": grant.get("amountAwarded"),
        "awarded_on": grant.get("awardDate"),
        "funder_id": funder.get("id"),
        "funder": funder.get("name"),
        "recipient_id": recipient.get("id"),
        "recipient": recipient.get("name"),
        "ward_code": places.get("recipientWardNameGeoCode"),
        "borough_code": places.get("recipientDistrictGeoCode"),
        "beneficiary_code": next(codes_of(beneficiaries), None),
    }
    return {
        "to_person": bool({"recipientIndividual", "toIndividualsDetails"} & set(grant)),
        **{name: None if cell is None else str(cell) for name, cell in told.items()},
    }


def first(value: Any) -> dict[str, Any]:
    """The first of a list of objects, or the object itself; empty without any."""
    inside = value[0] if isinstance(value, list) and value else value
    return inside if isinstance(inside, dict) else {}


def codes_of(places: Any) -> Iterator[str]:
    for place in places if isinstance(places, list) else ():
        if isinstance(place, dict) and place.get("geoCode"):
            yield str(place["geoCode"])


def of_table(file: SourceFile) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The grants of a table as text, and the rows that are no rows."""
    table = read_csv_table(file)
    by_heading: dict[str, str] = {}
    for column in table.frame.columns[1:]:
        by_heading.setdefault(without_number(column), column)
    people = [name for name in by_heading if name.startswith(PERSON)]
    rows = table.frame.select(
        LINE,
        pl.any_horizontal(
            pl.lit(False), *(pl.col(by_heading[name]).is_not_null() for name in people)
        ).alias("to_person"),
        *(
            (pl.col(by_heading[heading]) if heading in by_heading else pl.lit(None))
            .cast(pl.String)
            .alias(name)
            for name, heading in HEADINGS.items()
        ),
    )
    # A row of the wrong breadth could hold a name in any of its cells.
    torn = table.refused.with_columns(text=pl.lit("(not kept: it may name a person)"))
    return rows, torn


def without_number(heading: str) -> str:
    """
    >>> without_number("Funding Org:0:Name")
    'Funding Org:Name'
    """
    return ":".join(part for part in heading.split(":") if not part.isdigit())


def in_our_words(rows: pl.DataFrame) -> pl.DataFrame:
    """The same grants, without what tells of a person, and with days and numbers."""
    person = pl.col("to_person")
    return (
        rows.with_columns(pl.col(pl.String).str.strip_chars().replace("", None))
        .with_columns(
            *(
                pl.when(~person).then(pl.col(name)).alias(name)
                for name in ABOUT_A_PERSON
            ),
            publisher=pl.lit("360giving"),
            _day=day(pl.col("awarded_on")),
            _number=as_number("amount"),
        )
        .with_columns(year=pl.col("_day").dt.year())
    )


def day(given: pl.Expr) -> pl.Expr:
    """The day a grant was awarded, in London, from any way that funders write it."""
    zoned = given.str.to_datetime("%+", strict=False, time_zone="UTC")
    return pl.coalesce(
        given.str.to_date("%Y-%m-%d", strict=False),
        given.str.to_date("%d/%m/%Y", strict=False),
        zoned.dt.convert_time_zone("Europe/London").dt.date(),
        given.str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False).dt.date(),
    )


def faults() -> dict[str, pl.Expr]:
    """By reason, what is wrong with a grant."""
    code = pl.col("currency").str.contains("^[A-Z]{3}$")
    return {
        "the grant has no identifier": pl.col("grant_id").is_null(),
        "the grant is in the file twice": ~pl.col("grant_id").is_first_distinct(),
        "the award date is not like 2014-12-04 or 04/12/2014": pl.col("_day").is_null(),
        "the award date is in the future": pl.col("_day") > date.today(),
        "the amount is not a number": pl.col("_number").is_null(),
        "the amount is below zero": pl.col("_number") < 0,
        "the currency is not a code such as GBP": ~code.fill_null(False),
        "there is no funder": pl.col("funder_id").is_null()
        | pl.col("funder").is_null(),
        "there is no recipient": pl.col("recipient").is_null() & ~pl.col("to_person"),
    }


TO_PEOPLE = "{:,} of the grants went to people: no word about them was kept."
OF_NOTHING = "{:,} of the grants are of 0, as published: ask the funder why."

SOURCE = Source(
    name="grants-360giving",
    title="Grants published to the 360Giving standard",
    publisher="360giving",
    licence="each funder's own, mostly Creative Commons Attribution 4.0",
    cadence="when a funder publishes",
    caution="Funders publish if they wish: what is not here may have been granted.",
    datasets=("grant",),
    recognises=recognises,
    read=read,
)
