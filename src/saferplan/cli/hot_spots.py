"""saferplan hot-spots: where events gather, more than chance would have it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.events import (
    AreaOption,
    CellOption,
    EventsArgument,
    ExactOption,
    GeoJsonOption,
    PublicOption,
    ShapeOption,
    grid_for,
    in_whole_metres,
    read_events,
    without_counts,
    write_cells,
)
from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, tell, write_csv

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.cli.events import Events
    from saferplan.methods.grid import Grid

SHOWN = 10


def hot_spots(
    file: EventsArgument,
    area: AreaOption = None,
    cell: CellOption = 250,
    shape: ShapeOption = "square",
    bandwidth: Annotated[
        float | None,
        typer.Option(help="Also the density, each event spread so many metres."),
    ] = None,
    over: Annotated[
        str | None,
        typer.Option(
            help="month, quarter or year: also say which spots are new, lasting or "
            "going. The file needs a column month or date."
        ),
    ] = None,
    exact: ExactOption = False,
    public: PublicOption = False,
    as_json: JsonOption = False,
    csv: CsvOption = None,
    geojson: GeoJsonOption = None,
) -> None:
    """Cells with more events than chance would put there, hottest first."""
    with errors_in_one_line():
        events = read_events(file)
        grid = grid_for(events.table, area, size=cell, shape=shape)
        cells, said = found(events, grid, bandwidth=bandwidth, exact=exact)
        if over is not None:
            history, more = found_over(events, grid, over, exact=exact)
            cells, said = cells.join(history), [*said, *more]
        shown = hottest(cells)
        cells, more = without_counts(cells, public=public)
        shown, _ = without_counts(shown, public=public)
        if csv is not None:
            write_csv(cells.reset_index(), csv)
        if geojson is not None:
            write_cells(cells, grid, geojson)
    told = (cells if as_json else in_whole_metres(shown)).reset_index()
    tell([*events.said, *said, *more], told, as_json=as_json)


def found(
    events: "Events", grid: "Grid", *, bandwidth: float | None, exact: bool
) -> tuple["pd.DataFrame", list[str]]:
    """Counts, Gi* and perhaps the density of each cell, and what to say of them."""
    from saferplan.methods.density import density
    from saferplan.methods.grid import grid_counts
    from saferplan.methods.hot_spots import hot_spots as hot

    choices: dict[str, Any] = {"publisher": events.publisher, "exact": exact}
    counted = grid_counts(events.table, grid, **choices)
    spots = hot(counted.cells["count"], grid)
    cells = counted.cells.join(spots.cells[["z", "p", "q", "verdict"]])
    many = spots.cells["verdict"].value_counts()
    said = [
        f"{many.get('hot', 0):,} of {len(cells):,} cells of {grid.size:g} m are hot, "
        f"and {many.get('cold', 0):,} cold: {spots.basis}."
    ]
    said.append(over_the_whole(counted.cells["count"], grid))
    said += [each for each in (counted.caution, spots.caution) if each]
    if bandwidth is not None:
        surface = density(events.table, grid, bandwidth=bandwidth, **choices)
        cells["density"] = surface.cells
        said.append(
            f"At its thickest there are {surface.peak:,.4g} events per square "
            f"kilometre, each spread {bandwidth:g} m."
        )
    return cells, said


def over_the_whole(counts: "pd.Series", grid: "Grid") -> str:
    """Whether the map clusters at all; or why that cannot be said."""
    from saferplan.errors import MethodError
    from saferplan.methods.overall_g import overall_g

    try:
        whole = overall_g(counts, grid)
    except MethodError as reason:
        return f"Over the whole map nothing can be said: {reason}"
    p = "below 0.001" if whole.p < 0.001 else f"{whole.p:.2g}"
    return f"Over the whole map: {whole.verdict} (p {p})."


def found_over(
    events: "Events", grid: "Grid", step: str, *, exact: bool
) -> tuple["pd.DataFrame", list[str]]:
    """What each cell has been over time."""
    from saferplan.errors import MethodError
    from saferplan.methods.emerging import emerging_hot_spots
    from saferplan.methods.hot_spot_patterns import PATTERNS
    from saferplan.methods.step_counts import FREQUENCY, step_counts

    if step not in FREQUENCY:
        raise MethodError(f"Choose month, quarter or year, and not {step!r}.")
    counted = step_counts(
        events.table,
        grid,
        step=step,  # type: ignore[arg-type]  # looked up above
        publisher=events.publisher,
        exact=exact,
    )
    seen = emerging_hot_spots(counted.counts, grid)
    many = seen.cells.loc[seen.cells["of"] == "hot", "pattern"].value_counts()
    said = [
        f"{many[name]:,} {name}: {means}."
        for name, means in PATTERNS.items()
        if name in many
    ]
    first, last = counted.counts.index[[0, -1]]
    said.insert(0, f"Over {len(counted.counts)} {step}s from {first} to {last}:")
    return seen.cells[["pattern", "of", "hot", "cold", "tau"]], [
        *said,
        *([seen.caution] if seen.caution else []),
    ]


def hottest(cells: "pd.DataFrame") -> "pd.DataFrame":
    """The hot cells with most, or the first of all if none is hot."""
    hot = cells[cells["verdict"] == "hot"]
    shown = (hot if len(hot) else cells).nlargest(SHOWN, "z")
    return shown.drop(columns=["within", "p"])
