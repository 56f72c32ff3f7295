"""What verbs about places share: events and outlines read, cells written."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.tables import read_table

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.methods.grid import Grid, Shape

EventsArgument = Annotated[
    Path,
    typer.Argument(
        help="A CSV file, one row per event: x and y in metres on the British National "
        "Grid, or longitude and latitude."
    ),
]
AreaOption = Annotated[
    Path | None,
    typer.Option(
        "--area",
        help="GeoJSON of the area. Without it, the outermost events bound it.",
    ),
]
CellOption = Annotated[float, typer.Option("--cell", help="Metres across a cell.")]
ShapeOption = Annotated[str, typer.Option("--shape", help="square or hexagon.")]
ExactOption = Annotated[
    bool,
    typer.Option(
        "--exact",
        help="You hold the records, and no place in them was moved to a map point.",
    ),
]
PublicOption = Annotated[
    bool,
    typer.Option(
        "--public", help="Leave out every count: verdicts and marks alone, to publish."
    ),
]
GeoJsonOption = Annotated[
    Path | None, typer.Option("--geojson", help="Also write the cells to this file.")
]

NAMES = {
    "easting": "x",
    "northing": "y",
    "lon": "longitude",
    "long": "longitude",
    "lng": "longitude",
    "lat": "latitude",
}
OF_POLICE_UK = {"crime id", "falls within", "lsoa code"}
INSIDE = (
    "Cells with few events can point to a home: keep the counts in the partnership. "
    "--public leaves them out."
)


@dataclass(frozen=True)
class Events:
    """
    table      `x` and `y` in metres, and the file's other columns in lower case
    publisher  "police-uk" where the columns are theirs: they move every place
    said       how many events have no place and were left out
    """

    table: "pd.DataFrame"
    publisher: str
    said: list[str]


def read_events(file: Path) -> Events:
    """Read events. Raises SourceChanged if they have no columns for their places."""
    import numpy as np

    from saferplan.errors import SourceChanged

    table = read_table(file, columns=[])
    table = table.rename(columns=lambda name: str(name).strip().lower())
    publisher = "police-uk" if set(table) >= OF_POLICE_UK else ""
    table = table.rename(columns={k: v for k, v in NAMES.items() if v not in table})
    for across, up in (("x", "y"), ("longitude", "latitude")):
        if across in table and up in table:
            break
    else:
        raise SourceChanged(
            f"{file.name} needs x and y in metres on the British National Grid, or "
            f"longitude and latitude. It has {', '.join(map(str, table.columns))}."
        )
    table = with_numbers(file, table, (across, up))
    lost = table[[across, up]].isna().any(axis="columns")
    if across == "longitude":
        from saferplan.areas.projection import grid_from_degrees

        places = table.loc[~lost, ["longitude", "latitude"]].to_numpy(dtype=float)
        found = grid_from_degrees(places)
        if (off := int((~np.isfinite(found)).any(axis=1).sum())) > 0:
            raise SourceChanged(
                f"{off:,} of {len(table):,} places in {file.name} are off the map. Is "
                f"a longitude where a latitude should be?"
            )
        table[["x", "y"]] = np.nan
        table.loc[~lost, ["x", "y"]] = found
    said = [f"{lost.sum():,} of {len(table):,} events have no place, and are left out."]
    kept = table[~lost].reset_index(drop=True)
    return Events(table=kept, publisher=publisher, said=said if lost.any() else [])


def with_numbers(
    file: Path, table: "pd.DataFrame", names: Sequence[str]
) -> "pd.DataFrame":
    from saferplan.cli.tables import as_numbers

    return table.assign(**{name: as_numbers(file, name, table[name]) for name in names})


def read_outlines(file: Path) -> "pd.Series":
    """
    Return the shapes of a GeoJSON file in metres, under their names where they have
    one (a property id, name or code), else numbered from one.
    """
    import json

    import numpy as np
    import pandas as pd
    import shapely

    from saferplan.areas.projection import outlines_on_grid
    from saferplan.errors import SourceChanged

    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        features = told.get("features", [told])
        drawn = [each.get("geometry", each) for each in features]
        shapes = shapely.from_geojson([json.dumps(each) for each in drawn])
    except (ValueError, AttributeError, shapely.errors.GEOSException) as error:
        raise SourceChanged(f"{file.name} is no GeoJSON: {error}.") from error
    if len(shapes) == 0:
        raise SourceChanged(f"{file.name} has no shapes in it.")
    if np.abs(shapely.total_bounds(shapes)).max() <= 180:
        shapes = outlines_on_grid(shapes)
    return pd.Series(list(shapes), index=names_of(features), dtype=object)


def names_of(features: list[dict[str, Any]]) -> list[str]:
    known = ("id", "name", "code")

    def name(number: int, feature: dict[str, Any]) -> str:
        told = feature.get("properties") or {}
        return str(next((told[key] for key in known if key in told), number))

    names = [name(number, each) for number, each in enumerate(features, start=1)]
    alike = len(set(names)) < len(names)
    return [str(number + 1) for number in range(len(names))] if alike else names


def grid_for(
    events: "pd.DataFrame", area: Path | None, *, size: float, shape: str
) -> "Grid":
    """Return cells over the area of a file, or over the hull of the events."""
    from saferplan.errors import MethodError
    from saferplan.methods.grid import grid_over

    if shape not in ("square", "hexagon"):
        raise MethodError(f"Cells can be square or hexagon, and {shape!r} is neither.")
    kind: Shape = "square" if shape == "square" else "hexagon"
    return grid_over(area_of(events, area), size=size, shape=kind)


def area_of(events: "pd.DataFrame", area: Path | None) -> Any:
    import shapely

    from saferplan.errors import MethodError

    if area is not None:
        return shapely.union_all(read_outlines(area).to_numpy())
    points = shapely.points(events["x"].to_numpy(), events["y"].to_numpy())
    hull = shapely.convex_hull(shapely.multipoints(points))
    if hull.area == 0:
        raise MethodError(
            f"The {len(points):,} places of the events lie on one line or one spot, or "
            f"there are none: they bound no area. Give one with --area."
        )
    return hull


def without_counts(
    cells: "pd.DataFrame", *, public: bool
) -> tuple["pd.DataFrame", list[str]]:
    """The cells as they may go out, and what to say of that."""
    if not public:
        return cells, [INSIDE]
    kept = ("x", "y", "verdict", "pattern", "of", "now", "marked_at")
    return cells[[name for name in kept if name in cells]], []


def in_whole_metres(table: "pd.DataFrame") -> "pd.DataFrame":
    """The same with places that can be read; a table in short has four figures."""
    return table.assign(
        **{name: table[name].round().astype(int) for name in "xy" if name in table}
    )


def write_cells(cells: "pd.DataFrame", grid: "Grid", file: Path) -> None:
    """Write cells as GeoJSON, in longitude and latitude as the format has it."""
    import json

    import shapely

    from saferplan.areas.projection import outlines_in_degrees

    outlines = outlines_in_degrees(grid.outlines().loc[cells.index].to_numpy())
    # A tenth of a metre is finer than any place that goes in.
    drawn = shapely.to_geojson(shapely.transform(outlines, lambda at: at.round(6)))
    told = json.loads(cells.reset_index().to_json(orient="records"))
    features = [
        {"type": "Feature", "properties": each, "geometry": json.loads(shape)}
        for each, shape in zip(told, drawn, strict=True)
    ]
    whole = {"type": "FeatureCollection", "features": features}
    file.write_text(json.dumps(whole), encoding="utf-8")


@contextmanager
def waiting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal while work goes on; call it with what is done of all."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn(what),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,  # it would leave an empty line behind
    ) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
