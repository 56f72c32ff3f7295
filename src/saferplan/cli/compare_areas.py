"""saferplan compare-areas: which areas stand out, and how one does among its like."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, only_once, read_table, tell

if TYPE_CHECKING:
    import pandas as pd

Told = tuple[list[str], "pd.DataFrame", dict[str, Any]]


def compare_areas(
    file: Annotated[
        Path,
        typer.Argument(help="A CSV file of areas: area, offences, residents."),
    ],
    own: Annotated[
        str | None,
        typer.Option(help="Our area: compare it with the average of all in the file."),
    ] = None,
    nearest: Annotated[
        str | None,
        typer.Option(help="An area: list those most like it on the columns of --on."),
    ] = None,
    on: Annotated[
        list[str] | None,
        typer.Option(help="A column that says what an area is like; repeat it."),
    ] = None,
    count: Annotated[int, typer.Option(min=1, help="How many areas like it.")] = 15,
    per: Annotated[
        int, typer.Option(min=1, help="A rate is for so many residents.")
    ] = 1_000,
    overdispersed: Annotated[
        bool, typer.Option(help="Widen the limits where nearly all areas stand out.")
    ] = False,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Set areas against limits that allow for their size."""
    with errors_in_one_line():
        if nearest:
            said, table, numbers = like(file, nearest, on or [], count)
        elif own:
            said, table, numbers = beside(file, own, per)
        else:
            said, table, numbers = funnel(file, per, overdispersed)
    tell(said, table, numbers, as_json=as_json, csv=csv)


def counts(file: Path) -> "pd.DataFrame":
    columns = ["area", "offences", "residents"]
    table = read_table(file, columns=columns, numbers=columns[1:])
    only_once(file, table, "area")
    return table.set_index("area")


def funnel(file: Path, per: int, overdispersed: bool) -> Told:
    from saferplan.methods.funnel import rate_funnel

    table = counts(file)
    found = rate_funnel(
        table["offences"], table["residents"], per=per, overdispersed=overdispersed
    )
    outside = ~found.areas["position"].isin(["within", "not known"])
    said = [
        f"{outside.sum()} of {len(found.areas)} areas stand outside the limits round "
        f"{found.reference:,.1f} for each {per:,} residents.",
        found.basis,
        "Standing out is a reason to look, and no verdict on those who work there.",
    ]
    numbers = {"reference": found.reference, "dispersion": found.dispersion}
    return said, found.areas.reset_index(), numbers


def beside(file: Path, own: str, per: int) -> Told:
    from saferplan.methods.comparison import group_average

    table = counts(file)
    found = group_average(table["offences"], table["residents"], own=own, per=per)
    said = [
        f"{own} has {found.own:,.1f} for each {per:,} residents, place {found.rank} of "
        f"{len(found.rates)}; the mean of the areas is {found.average:,.1f}.",
        f"All their offences over all their residents is {found.pooled:,.1f}: large "
        f"areas count more in that.",
    ]
    numbers = {
        "own": found.own,
        "average": found.average,
        "pooled": found.pooled,
        "rank": found.rank,
    }
    return said, found.rates.rename("rate").reset_index(), numbers


def like(file: Path, area: str, on: list[str], count: int) -> Told:
    from saferplan.errors import MethodError
    from saferplan.methods.comparison import nearest_neighbours

    if not on:
        raise MethodError(
            "Say on what areas are to be alike: --on density --on young. Use no crime "
            "figures, or the comparison eats itself."
        )
    table = read_table(file, columns=["area", *on], numbers=on)
    only_once(file, table, "area")
    table = table.set_index("area")
    found = nearest_neighbours(table[on], area, count=count)
    said = [
        f"Most like {area} on {', '.join(on)}: {', '.join(map(str, found.index))}.",
        "An area among them need not have this one among its own.",
    ]
    return said, found.rename_axis("area").reset_index(), {}
