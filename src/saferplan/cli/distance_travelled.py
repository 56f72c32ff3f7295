"""saferplan distance-travelled: how far people came on a scale."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import JsonOption, TableArgument, read_table, tell

if TYPE_CHECKING:
    from saferplan.methods.distance_travelled import Distance


def distance_travelled(
    file: TableArgument,
    lowest: Annotated[float, typer.Option(help="The lowest score of the scale.")],
    highest: Annotated[float, typer.Option(help="The highest, and best.")],
    first: Annotated[str, typer.Option(help="The column with first scores.")] = "first",
    last: Annotated[str, typer.Option(help="The column with last scores.")] = "last",
    second_rater: Annotated[
        str | None, typer.Option(help="A column with another rater's first scores.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say how far people came on a scale, and what the scale hides."""
    from dataclasses import asdict

    with errors_in_one_line():
        from saferplan.methods.distance_travelled import distance_travelled as travelled

        names = [first, last, *([second_rater] if second_rater else [])]
        table = read_table(Path(file), columns=names, numbers=names)
        found = travelled(
            table[first],
            table[last],
            lowest=lowest,
            highest=highest,
            second_rater=table[second_rater] if second_rater else None,
        )
        tell(sentences(found), numbers=asdict(found), as_json=as_json)


def sentences(found: "Distance") -> list[str]:
    real = "real change" if found.lower > 0 or found.upper < 0 else "within chance"
    said = [
        f"{found.people:,} people have a first and a last score. They moved "
        f"{found.mean:+.2f} on average, somewhere from {found.lower:+.2f} to "
        f"{found.upper:+.2f}: {real}.",
        f"{found.better:.0%} scored higher than at first, and {found.worse:.0%} lower.",
    ]
    if found.reliable == found.reliable:  # missing without a second rater
        said.append(
            f"A change of one person counts from {found.reliable:.1f} up, for two "
            f"raters differ by less; {found.reliably_better:.0%} rose by that."
        )
    said += [f"Caution: {caution}" for caution in found.cautions]
    said.append("Without others to compare, it is not the effect of the service.")
    return said
