"""saferplan count: incidents by area and month, and the months that are missing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, TableArgument, read_table, tell

if TYPE_CHECKING:
    import pandas as pd

# What data.police.uk calls the columns that we count by.
POLICE_UK = {
    "LSOA code": "area_code",
    "Reported by": "force",
    "Month": "month",
    "Crime type": "crime_type",
}


def count(
    incidents: TableArgument,
    by: Annotated[
        list[str] | None, typer.Option(help="Count by this column too; repeat it.")
    ] = None,
    sent: Annotated[
        Path | None,
        typer.Option(
            help="A CSV file of the months for which each force sent a file, with "
            "columns force and month. Without it, those with any incident."
        ),
    ] = None,
    csv: CsvOption = None,
    as_json: JsonOption = False,
) -> None:
    """
    Count incidents by area and month; a month never sent is missing, not zero.

    The file needs the columns area_code, force and month (2026-03), or those of a
    street-level file from data.police.uk.
    """
    with errors_in_one_line():
        said, table = counted(incidents, tuple(by or ()), sent)
        tell(said, table, as_json=as_json, csv=csv)


def counted(
    incidents: Path, by: tuple[str, ...], sent: Path | None
) -> tuple[list[str], "pd.DataFrame"]:
    import ibis

    from saferplan.methods.counts import missing_months, monthly_counts, submissions

    read = read_incidents(incidents, by)
    told = ibis.memtable(read)
    arrived = submissions(told) if sent is None else ibis.memtable(read_sent(sent))
    table = monthly_counts(told, arrived, by=by).execute()
    skipped = missing_months(arrived).execute()
    nowhere = int(read["area_code"].isna().sum())
    said = [f"{len(read):,} incidents read; {nowhere:,} have no area and no row below."]
    said += [
        f"{row.force} sent nothing for {row.month}." for row in skipped.itertuples()
    ]
    return said, table


def read_incidents(file: Path, by: tuple[str, ...]) -> "pd.DataFrame":
    import pandas as pd

    columns = pd.Index(["area_code", "force", "month", *by])
    names = read_table(file, columns=[]).columns
    ours = {theirs: name for theirs, name in POLICE_UK.items() if theirs in names}
    as_there = {name: theirs for theirs, name in ours.items()}
    read = read_table(file, columns=[as_there.get(name, name) for name in columns])
    read = read.rename(columns=ours)[columns]
    return read.assign(area_code=read["area_code"].replace("", None))


def read_sent(file: Path) -> "pd.DataFrame":
    return read_table(file, columns=["force", "month"])[["force", "month"]]
