"""saferplan read-response: what somebody answered to a draft, split into points."""

from pathlib import Path
from typing import Annotated

import typer

from saferplan.cli.options import errors_in_one_line


def read_response(
    file: Annotated[
        Path, typer.Argument(help="Word, PDF, ODT, an e-mail, a web page, or text.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Everything as JSON, with the text.")
    ] = False,
    draft: Annotated[
        Path | None,
        typer.Option(help="The draft that it answers, to place each point on."),
    ] = None,
    resolutions: Annotated[
        bool,
        typer.Option(
            "--resolutions",
            help="It is minutes: a point for each resolution, none for the rest.",
        ),
    ] = False,
) -> None:
    """Split an answer to a draft into points, and say where each belongs."""
    from saferplan import consultations
    from saferplan.consultations.telling import tell

    read = (
        consultations.read_committee_response
        if resolutions
        else consultations.read_response
    )
    with errors_in_one_line():
        anchors = (
            consultations.anchors_of(consultations.open_response(draft))
            if draft
            else []
        )
        response = read(consultations.open_response(file), anchors)
    if as_json:
        typer.echo(consultations.to_json(response, anchors), nl=False)
        return
    for line in tell(response, anchors):
        typer.echo(line)
