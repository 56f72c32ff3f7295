"""saferplan representation: whether those inside look like those outside."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, no_gaps, read_table, tell

if TYPE_CHECKING:
    from saferplan.methods.representation import Representation


def representation(
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV file: group, members, people. A group left empty did not say."
        ),
    ],
    effective: Annotated[
        float | None,
        typer.Option(help="What the members are worth, if drawn in clumps or weighed."),
    ] = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Set officers, a panel or respondents against the population, group by group."""
    with errors_in_one_line():
        from saferplan.methods.representation import representation as compared

        columns = ["group", "members", "people"]
        table = read_table(file, columns=columns, numbers=columns[1:])
        stated = table[table["group"] != ""]
        no_gaps(file, table, ["members"])
        no_gaps(file, stated, ["people"])
        known = stated.groupby("group", sort=False).sum()
        silent = table.loc[table["group"] == "", "members"].sum()
        found = compared(
            known["members"],
            known["people"],
            not_stated=int(silent),
            effective=effective,
        )
    tell(
        sentences(found),
        found.groups.rename_axis("group").reset_index(),
        {"unlike": found.unlike, "p": found.p},
        as_json=as_json,
        csv=csv,
    )


def sentences(found: "Representation") -> list[str]:
    said = []
    for group, row in found.groups.iterrows():
        if row["index"] != row["index"]:
            said.append(f"{group}: {row['caution']}")
            continue
        said.append(
            f"{group}: {row['share']:.1%} of members and "
            f"{row['population_share']:.1%} of people, {row['index']:.2f} times what "
            f"would match (from {row['lower']:.2f} to {row['upper']:.2f}): "
            f"{row['verdict']}."
        )
    if found.unlike == found.unlike:
        said.append(
            f"{found.unlike:.1%} of members would have to be of another group to match."
        )
    if found.p == found.p:
        chance = "less than 0.001" if found.p < 0.001 else f"{found.p:.3f}"
        said.append(f"Drawn at random they would be so unlike with chance {chance}.")
    return [*said, *found.cautions]
