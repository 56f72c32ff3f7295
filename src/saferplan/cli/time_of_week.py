"""saferplan time-of-week: in which hours events happened, as far as is known."""

from typing import Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import (
    CsvOption,
    JsonOption,
    TableArgument,
    read_table,
    tell,
)


def time_of_week(
    file: TableArgument,
    longest: Annotated[
        float, typer.Option(help="Hours: longer spans are counted in a caution.")
    ] = 24,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Events by day and hour, each spread from its start to its end (two columns)."""
    with errors_in_one_line():
        from saferplan.methods.aoristic import time_of_week as spread

        found = spread(read_table(file, columns=["start"]), longest=longest)
    day, hour = divmod(int(found.hours.to_numpy().argmax()), 24)
    said = [
        f"{found.events:,} events; {found.to_the_hour:.0%} are known to the hour.",
        f"The busiest hour is {found.hours.index[day]} from {hour}:00.",
        *([found.caution] if found.caution else []),
    ]
    hours = found.hours.rename(columns=str).reset_index()
    tell(said, hours, as_json=as_json, csv=csv)
