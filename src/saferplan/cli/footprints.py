"""saferplan footprints: how the areas of two agencies lie over each other."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, read_table, tell

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.methods.footprints import Footprints


def footprints(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A CSV file of small areas: area, residents, and a column for each "
            "agency with the area of it that each lies in."
        ),
    ] = None,
    outlines: Annotated[
        list[Path] | None,
        typer.Option(
            help="Or a map file of one agency’s areas, with a field code; give two."
        ),
    ] = None,
    overlaps: Annotated[
        bool, typer.Option(help="List every pair of areas that overlap.")
    ] = False,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Say which agencies share areas, and whose borders cross."""
    with errors_in_one_line():
        found = of_table(file) if file else of_outlines(outlines or [])
    table = found.overlaps if overlaps else found.areas
    numbers = {"agencies": found.agencies.to_dict(orient="records")}
    tell(sentences(found), table, numbers, as_json=as_json, csv=csv)


def of_table(file: Path) -> "Footprints":
    from saferplan.methods.footprints import footprints as compared

    table = read_table(file, columns=["area", "residents"], numbers=["residents"])
    table = table.set_index("area")
    agencies = table.drop(columns="residents")
    return compared(agencies.where(agencies != ""), table["residents"])


def of_outlines(files: list[Path]) -> "Footprints":
    from saferplan.areas.neighbours import overlaps as land
    from saferplan.errors import MethodError
    from saferplan.methods.footprints import footprints_of_land

    if len(files) != 2:
        raise MethodError(
            "Give a table of small areas, or two map files: --outlines FILE --outlines "
            "FILE."
        )
    one, other = (read_outlines(file) for file in files)
    names: tuple[Any, Any] = (files[0].stem, files[1].stem)
    return footprints_of_land(land(one, other), one=names[0], other=names[1])


def read_outlines(file: Path) -> "pd.Series":
    """The outlines in a map file as WKB in longitude and latitude, by code."""
    import geopandas as gpd
    import pandas as pd
    from pyogrio.errors import DataSourceError

    from saferplan.errors import SourceChanged

    try:
        shapes = gpd.read_file(file)
    except DataSourceError as error:
        raise SourceChanged(f"{file.name} is no map file: {error}.") from error
    if "code" not in shapes or shapes.crs is None:
        raise SourceChanged(
            f"{file.name} needs a field code and a known projection. Its fields: "
            f"{', '.join(map(str, shapes.columns))}."
        )
    there = shapes.to_crs(4326)
    return pd.Series(
        there.geometry.to_wkb().to_numpy(), index=shapes["code"].to_numpy()
    )


def sentences(found: "Footprints") -> list[str]:
    said = [
        f"{row.one} and {row.other}: {row.relation}; {row.same} of {row.areas} and "
        f"{row.other_areas} areas are the same, with {row.people_same:.0%} of the "
        f"whole."
        for row in found.agencies.itertuples()
    ]
    return [*said, *found.cautions]
