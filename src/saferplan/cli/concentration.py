"""saferplan concentration: how few places hold most of the crime."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.events import (
    INSIDE,
    AreaOption,
    CellOption,
    ExactOption,
    PublicOption,
    ShapeOption,
    grid_for,
    in_whole_metres,
    read_events,
    read_outlines,
)
from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, read_table, tell, write_csv

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.cli.events import Events

SHOWN = 10


def concentration(
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV file: a row per place with a column count, or a row per event "
            "with x and y, or longitude and latitude."
        ),
    ],
    streets: Annotated[
        Path | None,
        typer.Option(help="GeoJSON of street segments: count events on each."),
    ] = None,
    spots: Annotated[
        Path | None,
        typer.Option(
            help="A CSV file of places, name and x and y: the nearest counts."
        ),
    ] = None,
    within: Annotated[
        float, typer.Option(help="Metres from an event to its street or place.")
    ] = 50,
    area: AreaOption = None,
    cell: CellOption = 250,
    shape: ShapeOption = "square",
    exact: ExactOption = False,
    public: PublicOption = False,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """How unevenly events fall over places, cells, streets or premises."""
    with errors_in_one_line():
        from saferplan.errors import MethodError

        table = read_table(file, columns=[])
        said: list[str] = []
        if "count" in table:
            counted = read_table(file, columns=["count"], numbers=["count"])
        else:
            events = read_events(file)
            choices = {"publisher": events.publisher, "exact": exact}
            said = events.said
            if streets is not None:
                counted, more = on_streets(events, streets, within, choices)
            elif spots is not None:
                counted, more = at_places(events, spots, within, choices)
            else:
                grid = grid_for(events.table, area, size=cell, shape=shape)
                counted, more = in_cells(events, grid, choices)
            said = [*said, *more]
        numbers, sentences = summed_up(counted["count"])
        if csv is not None:
            if public:
                raise MethodError("Without its counts there is no table to write.")
            write_csv(counted, csv)
    if public:
        tell([*sentences, *said], None, numbers, as_json=as_json)
        return
    shown = counted.sort_values("count", ascending=False, kind="stable")
    tell(
        [*sentences, *said, INSIDE],
        shown if as_json else in_whole_metres(shown.head(SHOWN)),
        numbers,
        as_json=as_json,
    )


def summed_up(counts: "pd.Series") -> tuple[dict[str, Any], list[str]]:
    from saferplan.methods.concentration import concentration as spread

    found = spread(counts)
    numbers = {
        "gini": found.gini,
        "generalised_gini": found.generalised,
        "half_in": found.half_in,
    }
    said = [
        f"Half of {counts.sum():,.0f} events are in {found.half_in:.1%} of "
        f"{len(counts):,} places.",
        f"Gini {found.gini:.2f}; {found.generalised:.2f} against the evenest spread "
        f"that whole events allow.",
    ]
    return numbers, said


def on_streets(
    events: "Events", file: Path, within: float, choices: dict[str, Any]
) -> tuple["pd.DataFrame", list[str]]:
    from saferplan.methods.street_counts import street_counts

    found = street_counts(events.table, read_outlines(file), within=within, **choices)
    said = [
        f"{share:.0%} of events lie on {row['share']:.1%} of segments; chance alone "
        f"would take {row['by_chance']:.1%}."
        for share, row in found.held.iterrows()
    ]
    segments = found.segments.rename_axis("segment").reset_index()
    return segments, [*said, *([found.caution] if found.caution else [])]


def at_places(
    events: "Events", file: Path, within: float, choices: dict[str, Any]
) -> tuple["pd.DataFrame", list[str]]:
    from saferplan.errors import SourceChanged
    from saferplan.methods.street_counts import place_counts

    spots = read_events(file).table
    if "name" not in spots:
        raise SourceChanged(f"{file.name} has no column name. Give each place its own.")
    found = place_counts(
        events.table, spots.set_index("name"), within=within, **choices
    )
    return found.places.rename_axis("name").reset_index(), [found.caution]


def in_cells(
    events: "Events", grid: Any, choices: dict[str, Any]
) -> tuple["pd.DataFrame", list[str]]:
    from saferplan.methods.grid import grid_counts

    found = grid_counts(events.table, grid, **choices)
    return found.cells.reset_index(), [found.caution] if found.caution else []
