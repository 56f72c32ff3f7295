"""saferplan convert-answers: another system's answers, read and written for a third."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import JsonOption
from saferplan.plurals import plural

if TYPE_CHECKING:
    from saferplan.consultations.gathered import Gathered, Kind


def convert_answers(
    source: Annotated[
        Path, typer.Argument(help="A CSV or XLSX export, or a folder of ThemeFinder.")
    ],
    to: Annotated[
        Path | None,
        typer.Option(
            help="A new folder for ThemeFinder, or .csv .ods .xlsx .docx .json"
        ),
    ] = None,
    open_: Annotated[
        list[str] | None,
        typer.Option("--open", help="A column in people's own words. Repeat it."),
    ] = None,
    closed: Annotated[
        list[str] | None, typer.Option(help="A column of one choice. Repeat it.")
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option(help="A column that says who somebody is. Repeat it."),
    ] = None,
    header_rows: Annotated[
        int | None, typer.Option(help="How many rows the headings take: 1, 2 or 3.")
    ] = None,
    respondent: Annotated[
        str | None, typer.Option(help="The column that tells respondents apart.")
    ] = None,
    redact: Annotated[
        bool, typer.Option(help="Take out what may identify somebody.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read the answers that another system exports, and write them for a third."""
    with errors_in_one_line():
        from saferplan.consultations.exporting import to_json, without_identifiers

        kinds: dict[str, Kind] = dict.fromkeys(open_ or [], "open")
        kinds |= dict.fromkeys(closed or [], "closed")
        kinds |= dict.fromkeys(about or [], "about")
        made = read(source, kinds, header_rows, respondent)
        if redact:
            made = without_identifiers(made)
        if to is not None:
            write(made, to)
    if as_json:
        typer.echo(to_json(made))
        return
    for sentence in said(made):
        typer.echo(sentence)


def read(
    source: Path,
    kinds: "dict[str, Kind]",
    header_rows: int | None,
    respondent: str | None,
) -> "Gathered":
    from saferplan.consultations.interchange import from_themefinder
    from saferplan.consultations.survey_exports import read_export
    from saferplan.consultations.themefinder import read_themefinder

    if source.is_dir():
        return from_themefinder(read_themefinder(source), source.name)
    return read_export(
        source, kinds=kinds, header_rows=header_rows, respondent=respondent
    )


def write(made: "Gathered", to: Path) -> None:
    from saferplan.consultations.exporting import tables, to_json
    from saferplan.consultations.interchange import to_themefinder
    from saferplan.consultations.themefinder import write_themefinder
    from saferplan.reports.table_files import write_tables

    kind = to.suffix.lower().removeprefix(".")
    if not kind:
        write_themefinder(to_themefinder(made), to)
    elif kind == "json":
        to.write_text(to_json(made), encoding="utf-8")
    else:
        to.write_bytes(write_tables(tables(made), kind, title=made.name))


def said(made: "Gathered") -> list[str]:
    lines = [
        f"{plural(made.read, 'row')}: {len(made.answers)} taken in, "
        f"{len(made.quarantined)} not."
    ]
    lines += [f"{each.name}: {each.kind} ({each.because})." for each in made.questions]
    lines += [f"Row {each.line}: {each.why}" for each in made.quarantined]
    return [*lines, *made.cautions]
