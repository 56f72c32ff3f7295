"""saferplan redact: take out of a text what may identify somebody."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import JsonOption, json_of, read_table
from saferplan.spreadsheet import inert

if TYPE_CHECKING:
    from saferplan.consultations.identifiers import Certainty
    from saferplan.consultations.redaction import Redacted


def redact(
    file: Annotated[
        Path, typer.Argument(help="A text in UTF-8, or a CSV file with --text.")
    ],
    text: Annotated[
        str | None, typer.Option(help="The column of a CSV file that holds the words.")
    ] = None,
    least: Annotated[
        str,
        typer.Option(help="Take out what is at least this: sure, likely or possible."),
    ] = "possible",
    out: Annotated[
        Path | None, typer.Option(help="Write the redacted text or CSV to this file.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Suggest what may identify somebody, and take it out; a person must still read."""
    with errors_in_one_line():
        found, whole = redacted(file, text, least)
        if out is not None:
            out.write_text(whole, encoding="utf-8")
        rows = [
            {
                "row": row,
                "at": line.at,
                "length": line.length,
                "kind": line.kind,
                "rule": line.rule,
                "certainty": line.certainty,
            }
            for row, each in enumerate(found, start=1)
            for line in each.log
        ]
    if as_json:
        import pandas as pd

        typer.echo(json_of(said(found), pd.DataFrame(rows), {"redacted": whole}))
        return
    if out is None:
        typer.echo(whole, nl=not whole.endswith("\n"))
    for sentence in said(found):
        typer.echo(sentence, err=out is None)


def redacted(
    file: Path, column: str | None, least: str
) -> "tuple[list[Redacted], str]":
    """What was taken out of each text, and the whole file without it."""
    from saferplan.consultations.redaction import redact as take_out
    from saferplan.consultations.redaction import suggest_redactions

    level = certainty(least)
    if column is None:
        words = text_of(file)
        found = take_out(words, suggest_redactions(words, least=level))
        return [found], found.text
    table = read_table(file, columns=[column])
    each = [
        take_out(words, suggest_redactions(words, least=level))
        for words in table[column]
    ]
    table[column] = [one.text for one in each]
    return each, table.map(inert).rename(columns=inert).to_csv(index=False)


def certainty(least: str) -> "Certainty":
    from saferplan.consultations.redaction import ORDER
    from saferplan.errors import ConsultationError

    for level in ORDER:
        if least == level:
            return level
    raise ConsultationError(f"--least is one of {', '.join(ORDER)}, and not {least}.")


def text_of(file: Path) -> str:
    from saferplan.errors import ConsultationError

    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConsultationError(
            f"{file.name} is no text in UTF-8. Save it as text, or read it first with "
            f"saferplan read-response."
        ) from None


def said(found: "list[Redacted]") -> list[str]:
    from saferplan.consultations.redaction import counted

    lines = [line for each in found for line in each.log]
    if not lines:
        return ["Nothing was found to take out. A person must still read it."]
    kinds = ", ".join(f"{kind} {number}" for kind, number in counted(lines).items())
    return [
        f"Taken out: {kinds}. Names in no list, and people told by what they did, are "
        f"missed: a person must still read it."
    ]
