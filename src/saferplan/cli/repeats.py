"""saferplan repeats: how much crime falls on people who suffered it before."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, read_table, tell

if TYPE_CHECKING:
    from saferplan.methods.repeats import Repeats


def repeats(
    file: Annotated[
        Path,
        typer.Argument(help="A CSV extract: one row per offence and victim."),
    ],
    first: Annotated[str, typer.Option(help="The window's first day: 2025-04-01.")],
    last: Annotated[str, typer.Option(help="The window's last day: 2026-03-31.")],
    who: Annotated[
        str, typer.Option(help="The column with the victim's reference.")
    ] = "victim",
    date: Annotated[
        str, typer.Option(help="The column with the day of the offence.")
    ] = "date",
    kind: Annotated[
        str | None,
        typer.Option(
            "--type", help="The column with its type: only the same is a repeat."
        ),
    ] = None,
    within: Annotated[
        int, typer.Option(help="Days that the look back and forward reach.")
    ] = 365,
    same_day: Annotated[
        bool,
        typer.Option("--same-day", help="A second offence of one day is a repeat."),
    ] = False,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Measure repeat victimisation in an extract that stays on this machine."""
    with errors_in_one_line():
        from saferplan.methods.pseudonyms import pseudonymous
        from saferplan.methods.repeats import repeat_victimisation

        kept = [date, *([kind] if kind else [])]
        extract = read_table(file, columns=[who, *kept])
        # From here on there are pseudonyms only, and their key is gone already.
        events = pseudonymous(extract, who=who, keep=kept)
        events = events.rename(columns={date: "date", kind or "type": "type"})
        found = repeat_victimisation(
            events,
            first=first,
            last=last,
            within=within,
            same_type=kind is not None,
            same_day=same_day,
        )
    measures = found.measures.rename_axis("measure").reset_index()
    tell(
        sentences(found, first, last, within),
        measures,
        {
            "offences": found.offences,
            "unknown": found.unknown,
            "each": found.each,
            "concentration": found.concentration.to_dict("records"),
            "times": found.times.to_dict("records"),
        },
        as_json=as_json,
        csv=csv,
    )


def sentences(found: "Repeats", first: str, last: str, within: int) -> list[str]:
    from saferplan.methods.repeats import FOLLOWED, OFFENCES_AGAIN, VICTIMS_AGAIN

    said = [f"{found.offences:,} offences from {first} to {last} have a known victim."]
    ways = {
        OFFENCES_AGAIN: f"of them fell on a victim of the {within} days before",
        VICTIMS_AGAIN: "of their victims had two or more in that time",
        FOLLOWED: f"of victims had another within {within} days of their first in it",
    }
    for name, words in ways.items():
        row = found.measures.loc[name]
        if row["share"] == row["share"]:
            said.append(
                f"{row['share']:.1%} {words} (from {row['lower']:.1%} to "
                f"{row['upper']:.1%}): {name}."
            )
        else:
            said.append(f"{name.capitalize()}: not shown. {row['caution']}")
    for top in found.concentration.to_dict("records"):
        if top["offences"] == top["offences"]:
            said.append(
                f"The most victimised {top['victims']:.0%} suffered "
                f"{top['offences']:.0%} of them; at the evenest it would be "
                f"{top['evenest']:.0%}."
            )
    return [*said, *found.cautions]
