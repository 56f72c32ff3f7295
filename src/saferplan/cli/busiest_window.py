"""saferplan busiest-window: the busiest stretch of days, and whether it is chance."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import JsonOption, TableArgument, plain, read_table, tell

if TYPE_CHECKING:
    import pandas as pd


def busiest_window(
    events: TableArgument,
    days: Annotated[int, typer.Option(help="How many days a stretch has.")],
    watched: Annotated[
        int | None,
        typer.Option(help="Days of the whole time; or from the first event on."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """
    Find the busiest stretch of days, and how often chance has one like it.

    The file has a column date (2026-03-14), one line for each event.
    """
    with errors_in_one_line():
        from dataclasses import asdict

        from saferplan.methods.busiest_window import busiest_window as find

        found = find(read_dates(events), width=days, watched=watched)
        numbers = asdict(found) | {"begins": f"{found.begins:%Y-%m-%d}"}
        said = [
            f"The busiest {found.width} days begin on {found.begins:%-d %B %Y} and "
            f"hold {found.most} events; {found.usual:.1f} are usual.",
            f"If every day were alike, some {found.width} days would hold as many in "
            f"{found.chance:.1%} of such times: {found.verdict}.",
            f"({found.alone:.1%} is the chance for days named beforehand, which these "
            f"were not.)",
        ]
        caution = [f"Caution: {found.caution}"] if found.caution else []
    tell([*said, *caution], numbers=plain(numbers), as_json=as_json)


def read_dates(file: Path) -> "pd.Series":
    import pandas as pd

    from saferplan.errors import SourceChanged

    told = read_table(file, columns=["date"])["date"]
    dates = pd.to_datetime(told, format="%Y-%m-%d", errors="coerce")
    if (wrong := dates.isna()).any():
        line = int(wrong.to_numpy().argmax())
        raise SourceChanged(
            f"{file.name}, line {line + 2}: {told.iloc[line]!r} is no date such as "
            f"2026-03-14."
        )
    return dates
