"""saferplan read-plan: a plan as it is found in the wild, read and accounted for."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from saferplan.cli.options import errors_in_one_line


def read_plan(
    file: Annotated[
        Path, typer.Argument(help="Text, DOCX, CSV, XLSX, a web page, or JSON.")
    ],
    json: Annotated[
        bool, typer.Option("--json", help="Everything, as JSON that can be read again.")
    ] = False,
    csv: Annotated[
        bool, typer.Option("--csv", help="The table of actions, as CSV.")
    ] = False,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The day on which what it cites must be law; otherwise its own date.",
        ),
    ] = None,
) -> None:
    """Read a plan’s actions or a strategy’s commitments, and say what is amiss."""
    if json and csv:
        raise typer.BadParameter("Choose one of --json and --csv.")

    from saferplan.plans import plan_to_csv, plan_to_json, tell
    from saferplan.plans import read_plan as read

    with errors_in_one_line():
        plan = read(file, on=on.date() if on else None)
        if json:
            typer.echo(plan_to_json(plan), nl=False)
        elif csv:
            typer.echo(plan_to_csv(plan), nl=False)
        else:
            for line in tell(plan):
                typer.echo(line)
