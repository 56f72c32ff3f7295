"""saferplan read-minutes: what a committee resolved."""

from pathlib import Path
from typing import Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import JsonOption, tell


def read_minutes(
    file: Annotated[Path, typer.Argument(help="Minutes as text, or DOCX.")],
    as_json: JsonOption = False,
) -> None:
    """Read out of minutes what a committee resolved."""
    from dataclasses import asdict

    import pandas as pd

    from saferplan.plans.minutes import read_resolutions
    from saferplan.plans.opening import open_document

    with errors_in_one_line():
        found = read_resolutions(open_document(file).text)
    said = [f"{file.name}: resolved {len(found)}."]
    if as_json:
        tell(said, pd.DataFrame([asdict(each) for each in found]), as_json=True)
        return
    for each in found:
        said.append(f"{each.number}. {each.text}")
    tell(said)
